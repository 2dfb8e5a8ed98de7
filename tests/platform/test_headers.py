"""The policy of pages does not depend on what a process answered first."""

from csp.constants import HEADER
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config.headers import ContentPolicy

OF_A_FILE = "sandbox; default-src 'none'"


def test_a_file_that_is_answered_first_gives_pages_no_policy(rf: RequestFactory) -> None:
    answers = iter([HttpResponse(headers={HEADER: OF_A_FILE}), HttpResponse(), HttpResponse()])

    def answer(request: HttpRequest) -> HttpResponse:
        return next(answers)

    policy = ContentPolicy(answer)
    file, first, second = (policy(rf.get("/"))[HEADER] for _ in range(3))
    assert file == OF_A_FILE
    assert first == second != OF_A_FILE
    assert "style-src 'self'" in first
