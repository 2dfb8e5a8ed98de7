"""How long the desk waits: the queue with 1,000 and 10,000 open reports, and opening a case.

    python -m benchmarks.desk            about a minute

Measured over the loopback on the server that ships, signed in by the real door, one page after
the other on one connection. A case is its overview with the full record behind it: the strip,
seven compartments, 200 entries of which a page is opened, people, incidents, assessments, legal
steps, plan, tasks, follow-ups, consents, the last messages. What was opened is on record before
each answer.
"""

import argparse
import http.client
import json
import re
import statistics
import sys
import time
from urllib.parse import urlencode

from benchmarks.installation import PASSWORD, Installation, installed, served

PAGES, WARM = 60, 10
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
NEXT = re.compile(rb'href="([^"]+)" rel="next"')
ROW = re.compile(rb"<tr")


class Officer:
    """One browser of somebody at the desk."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("localhost", port, timeout=30)
        self._origin = f"http://localhost:{port}"
        self._cookies: dict[str, str] = {}

    def sign_in(self, login: str) -> None:
        """Sign in as a person does."""
        page = self.get("/masuk/")
        found = TOKEN.search(page)
        assert found is not None
        form = {
            "csrfmiddlewaretoken": found[1].decode(), "login": login, "password": PASSWORD
        }  # fmt: skip
        self._ask("POST", "/masuk/", urlencode(form))

    def get(self, path: str) -> bytes:
        """Return a page."""
        return self._ask("GET", path)

    def times(self, path: str) -> tuple[list[float], bytes]:
        """Return how long a page took again and again, in milliseconds, and the page."""
        for _again in range(WARM):
            page = self.get(path)
        took = []
        for _again in range(PAGES):
            begun = time.perf_counter()
            page = self.get(path)
            took.append(1000 * (time.perf_counter() - begun))
        return took, page

    def _ask(self, method: str, path: str, body: str = "") -> bytes:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = self._origin
        self._line.request(method, path, body or None, headers)
        answer = self._line.getresponse()
        page = answer.read()
        if answer.status not in {200, 302}:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return page


def main(arguments: list[str] | None = None) -> int:
    """Measure, print a table, and end with one line of JSON."""
    argparse.ArgumentParser(prog="benchmarks.desk", description=__doc__).parse_args(arguments)
    with installed() as installation:
        case_id = installation.run("benchmarks.desk_fill", "case").strip()
        with served(installation) as server:
            officer = Officer(server.port)
            officer.sign_in("petugas-0")
            figures = _measure(installation, officer, case_id)
    sys.stdout.write(json.dumps({"bench": "desk", "figures": figures}) + "\n")
    return 0


def _measure(installation: Installation, officer: Officer, case_id: str) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, count in (("1k", 1_000), ("10k", 10_000)):
        installation.run("benchmarks.desk_fill", str(count))
        took, page = officer.times("/pengaduan/")
        assert len(ROW.findall(page)) == 51, "a head and fifty reports"
        figures |= _said(f"list with {count} open reports", name, took, page)
        deep = officer.get("/pengaduan/")
        for _page in range(10):
            following = NEXT.search(deep)
            assert following is not None
            path = "/pengaduan/" + following[1].decode().replace("&amp;", "&")
            deep = officer.get(path)
        took, page = officer.times(path)
        figures |= _said("the same, ten pages on", f"{name}_deep", took, page)
    took, page = officer.times(f"/kasus/{case_id}/")
    assert page.count(b"moj-timeline__item") >= 30, "a page of the timeline"
    shown = _said("opening a case, the full record", "case", took, page)
    figures |= {
        "open_case_p50_ms": shown["p50_ms_case"],
        "open_case_p95_ms": shown["p95_ms_case"],
    }
    figures["open_case_kb"] = shown["kb_case"]
    return figures


def _said(what: str, name: str, took: list[float], page: bytes) -> dict[str, float]:
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[18]
    kilobytes = len(page) / 1024
    line = f"{what:34} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   {kilobytes:5.1f} KB\n"
    sys.stdout.write(line)
    sys.stdout.flush()
    return {
        f"p50_ms_{name}": round(p50, 1),
        f"p95_ms_{name}": round(p95, 1),
        f"kb_{name}": round(kilobytes, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
