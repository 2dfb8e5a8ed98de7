"""Taking a report out of somebody's hands in the browser: asked first, told to who held it."""

import pytest

from ruang.access.actor import SYSTEM
from ruang.identity.models import User
from ruang.intake.commands import let_go
from ruang.intake.states import State
from tests import make
from tests.intake.desk_people import Desk
from tests.web.parts import links, opened, soup, words
from tests.web.test_desk_page import a_desk, browser, url

pytestmark = pytest.mark.django_db


def holder(desk: Desk) -> str:
    return str(desk.users["holder"].pk)


def said(desk: Desk, why: str) -> dict[str, str]:
    return {"why": why, "holder": holder(desk)}


@pytest.mark.parametrize(
    ("language", "asks", "tells"),
    [
        ("en", "over from", "Taken over. The report is in your hands"),
        ("id", "Ambil alih", "Diambil alih. Pengaduan ada di tangan Anda"),
    ],
)
def test_taking_over_is_asked_first_and_told_to_who_held_it(
    language: str, asks: str, tells: str
) -> None:
    desk = a_desk()
    User.objects.update(language=language)
    colleague = browser(desk, "colleague")
    page = colleague.get(url(desk))
    assert url(desk, "ambil-alih/") in links(page)

    asked = colleague.get(url(desk, "ambil-alih/"))
    nothing = colleague.post(url(desk, "ambil-alih/"))
    stood = desk.reload().holder
    done = colleague.post(url(desk, "ambil-alih/"), said(desk, "away"), follow=True)

    assert asks in words(asked)
    assert desk.users["holder"].name in words(asked)
    named = soup(asked).select_one("[name=holder]")
    assert named is not None
    assert named["value"] == holder(desk)
    assert soup(nothing).select(".govuk-error-summary")
    assert stood == desk.users["holder"].pk
    assert tells in words(done)
    assert desk.reload().holder == desk.users["colleague"].pk
    lost = soup(browser(desk).get("/meja/")).select_one("[aria-labelledby=diambil-alih-h]")
    assert lost is not None
    assert desk.report.number in lost.get_text()
    assert desk.users["colleague"].name in lost.get_text()


@pytest.mark.parametrize(("language", "tells"), [("en", "Freed."), ("id", "Dibebaskan.")])
def test_the_head_frees_what_somebody_holds_and_opens_nothing(
    language: str, tells: str
) -> None:
    desk = a_desk()
    User.objects.update(language=language)
    head = browser(desk, "head")
    assert url(desk, "bebaskan/") in links(head.get(url(desk)))
    assert head.get(url(desk, "bebaskan/")).status_code == 200

    done = head.post(url(desk, "bebaskan/"), said(desk, "urgent"), follow=True)

    assert tells in words(done)
    assert (desk.reload().state, desk.report.holder) == (State.NEW, None)
    assert opened(desk.report.pk) == []


def test_who_comes_too_late_reads_it() -> None:
    desk = a_desk()
    desk_browser = browser(desk, "colleague")
    browser(desk).post(url(desk, "lepas/"))

    answer = desk_browser.post(url(desk, "ambil-alih/"), said(desk, "away"))

    assert "Nobody has taken this report yet" in words(answer)


def test_what_is_in_nobodys_hands_after_it_was_decided_can_be_taken() -> None:
    desk = a_desk(State.DECIDED)
    User.objects.update(language="en")
    let_go(
        actor=SYSTEM, report_id=desk.report.pk, holder=desk.users["holder"].pk, at=make.AT
    )  # fmt: skip
    colleague = browser(desk, "colleague")
    page = colleague.get(url(desk))
    assert "Take over this report" in words(page)
    asked = colleague.get(url(desk, "ambil-alih/"))
    assert f"Take {desk.report.number} over?" in words(asked)
    colleague.post(url(desk, "ambil-alih/"), {"why": "urgent", "holder": ""})
    report = desk.reload()
    assert report.holder == desk.users["colleague"].pk
    assert (report.taken_from, report.taken_at) == (None, None)
