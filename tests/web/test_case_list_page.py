"""The list of one's own cases: whose they are, what narrows them, page by page."""

from datetime import timedelta

import pytest

from ruang.access.roles import Role
from ruang.cases.models import Case
from ruang.cases.states import Part
from ruang.identity.models import User
from tests import make
from tests.web.parts import links, opened, soup, words
from tests.web.test_case_page import a_case, browser, questions, url

pytestmark = pytest.mark.django_db


def test_it_holds_ones_own_cases_and_their_codes() -> None:
    mine, other = a_case(), make.case()
    manager = browser(make.lead_of(mine))

    answer = manager.get("/kasus/")

    assert mine.number in words(answer)
    assert other.number not in words(answer)
    assert "KENARI" not in answer.content.decode()
    assert opened(mine.pk) == []
    assert url(mine) in links(answer)


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", True), ("risiko=medium", True), ("risiko=high", False), ("saring=pesan", False),
     ("saring=selesai", False), ("nomor=K-26", True), ("nomor=%00", True),
     ("nomor=😀", False), ("setelah=rusak&risiko=x", True)],
)  # fmt: skip
def test_filters(query: str, shown: bool) -> None:
    case = a_case()

    answer = browser(make.lead_of(case)).get(f"/kasus/?{query}")

    assert (case.number in soup(answer).select_one("#kasus").get_text()) == shown  # type: ignore[union-attr]


def test_pages_meet_every_case_once_and_the_questions_do_not_grow() -> None:
    case = make.case()
    manager = make.lead_of(case)
    deputy = make.lead_of(case, Part.DEPUTY)
    person = browser(manager)
    few = questions(person, "/kasus/")
    for number in range(60):
        one = Case.objects.create(
            number=f"K-25-{number:04}", desk=case.desk, opened_at=make.AT, reported_at=make.AT,
            changed_at=make.AT + timedelta(minutes=number % 7), risk="low", rank=2,
            age="adult", who="self",
        )  # fmt: skip
        one.team.create(user=manager, part=Part.MANAGER, since=make.AT)
        one.team.create(user=deputy, part=Part.DEPUTY, since=make.AT)
    assert questions(person, "/kasus/") == few
    first = person.get("/kasus/")
    older = soup(first).select_one('a[rel="next"]')
    assert older is not None
    second = person.get(f"/kasus/{older['href']}")
    seen = [b.get_text() for answer in (first, second) for b in soup(answer).select("tbody b")]
    assert len(seen) == len(set(seen)) == 61


def test_an_empty_list_says_why() -> None:
    make.case()
    person = make.user(role=Role.CASE_MANAGER)
    User.objects.update(language="en")

    assert "You are on the team of no case" in words(browser(person).get("/kasus/"))
