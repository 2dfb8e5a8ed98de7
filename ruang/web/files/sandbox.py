"""A file that a browser may keep or show, and that can do nothing there."""

from django.http.response import HttpResponseBase

POLICY = "sandbox; default-src 'none'"


def shut_in(answer: HttpResponseBase, size: int | None = None) -> HttpResponseBase:
    """Let nothing in a file run, load or be taken for another kind; say its size if known."""
    if size is not None:
        answer["Content-Length"] = str(size)
    answer["Content-Security-Policy"] = POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
