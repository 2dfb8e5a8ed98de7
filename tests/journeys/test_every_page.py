"""axe finds nothing: on every public page and step, and wherever each role can go."""

from itertools import islice
from typing import Any

import pytest

from ruang.kernel import clock
from scripts.shots import DOOR, PUBLIC, SIZES, follow, look_around, shape, walk
from tests import make
from tests.architecture.access_world import build
from tests.screens import WCAG, barriers, patient, press, sign_in, width

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.slow,
]
RULES = (*WCAG, "wcag21aa")
AREAS = {
    "officer": {"/meja/", "/pengaduan/", "/pengaduan/satu/", "/kasus/", "/anggota/"},
    "manager": {
        "/meja/",
        "/pengaduan/",
        "/kasus/satu/",
        "/kasus/satu/tim/",
        "/kasus/satu/minta/",
    },
    "partner": {"/meja/", "/rujukan/", "/rujukan/satu/", "/kasus/", "/anggota/"},
    "head": {"/meja/", "/pengaduan/", "/anggota/", "/anggota/undang/", "/audit/"},
    "auditor": {"/meja/", "/audit/"},
    "prevention_officer": {
        "/pencegahan/",
        "/pencegahan/sesi/",
        "/pencegahan/rencana/",
        "/pencegahan/wilayah/",
        "/pencegahan/lapangan/",
    },
    "cadre": {"/meja/", "/kader/"},
    "admin": {"/meja/", "/anggota/", "/organisasi/", "/pasang/"},
}
"""What each role surely sees; whatever else is linked is looked at too."""
MOST, IN_ENGLISH = 110, 2
"""Pages of each role that are looked at, and how many of them in English as well."""


def faults(page: Any, where: str) -> list[str]:
    """What axe finds on a page at both widths, and whether it fits them."""
    found = []
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        found += [f"{where} ({size}) {line}" for line in barriers(page, RULES)]
        if (wide := width(page)) > viewport["width"]:
            found.append(f"{where} ({size}) is {wide} px wide")
    return found


@pytest.mark.parametrize("language", ["id", "en"])
def test_public_pages(
    address: str, browsing: Any, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(make, "AT", clock.now())
    make.city()
    words = make.receipt().words
    found = []
    with browsing() as browser:
        page = patient(browser.new_context(bypass_csp=True)).new_page()
        for path in (*PUBLIC, *DOOR):
            page.goto(f"{address}{path}?b={language}")
            assert page.evaluate("document.documentElement.lang") == language
            found += faults(page, path)
        # Without the script every press leads to a page of its own.
        page.route("**/public*.js", lambda route: route.abort())
        page.goto(f"{address}/?b={language}")
        steps = [faults(page, page.locator("h1").inner_text()) for _ in walk(page)]
        page.goto(f"{address}/pantau/?b={language}")
        behind = [faults(page, name) for name in follow(page, str(words))]
    assert [line for lines in (found, *steps, *behind) for line in lines] == []
    assert (len(steps), len(behind)) == (15, 5)


@pytest.mark.parametrize("role", AREAS)
def test_staff_pages(
    address: str, browsing: Any, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    monkeypatch.setattr(make, "AT", clock.now())
    person = build().people[role]
    found, seen = [], []
    with browsing() as browser:
        context = browser.new_context(bypass_csp=True, viewport=SIZES["desktop"])
        page = patient(context).new_page()
        page.goto(f"{address}/masuk/")
        sign_in(page, person)
        for path, status in islice(look_around(page, address), MOST):
            assert status == 200, path
            seen.append(path)
            found += faults(page, path)
        page.goto(f"{address}/akun/")
        page.select_option("[name=language]", "en")
        press(page, "form[action='/akun/bahasa/'] button")
        for path in seen[:IN_ENGLISH]:
            page.goto(address + path)
            assert page.evaluate("document.documentElement.lang") == "en"
            found += faults(page, f"{path} in English")
    assert not found, "\n".join(found)
    assert {shape(path)[0] for path in seen} >= AREAS[role]
