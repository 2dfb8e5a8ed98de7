"""What holds for every answer, whatever was asked: said once, asked everywhere."""

import re

from tests.attacks.phone import Answer

TRACES = re.compile(
    r"Traceback|File \"|site-packages|django\.|ruang\.web|(?<!/static/)ruang/|sqlite|psycopg|"
    r"granian|OperationalError|Exception|/home/|/root/|/tmp/"
)
NUMBERS = ("tel:112", "tel:110", "tel:129")


def sane(answer: Answer, *, public: bool = True) -> Answer:
    """Assert it: never broken, never a trace of the code, on public pages never a cookie."""
    text = answer.body.decode(errors="replace")
    assert answer.status < 500 or answer.status == 503, (answer.status, answer.path, text[:300])
    if answer.status == 503:
        assert all(number in text for number in NUMBERS), "not saved, and no number to call"
    if "html" in answer.header("Content-Type") or answer.status >= 400:
        assert not TRACES.search(text), (answer.path, TRACES.search(text))
    if public:
        assert not answer.all("Set-Cookie"), answer.path
    if not answer.header("Server"):  # no HTTP: the protocol's own refusal, without a word
        assert (answer.status, answer.body) in {(400, b""), (414, b""), (431, b"")}
    elif not answer.path.startswith("/static/"):
        assert answer.header("Cache-Control") == "no-store", (answer.status, answer.path)
    assert "granian" not in str(answer.headers).lower()
    return answer
