"""A cadre's pages: the own RW and nothing else, and somebody referred without a trace."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ruang.access.roles import Role
from ruang.identity.models import User
from ruang.intake.models import Report
from ruang.intake.states import Door
from ruang.kernel import clock
from ruang.prevention.models import Session
from ruang.prevention.queries.cadre import cadre_page
from ruang.prevention.states import State, Unit
from ruang.register.models import CadreArea
from ruang.vault.models import KeyPair, Kind
from ruang.vault.texts import open_text
from tests import make, make_prevention
from tests.web.parts import soup, words
from tests.web.test_field_pages import TOLD

pytestmark = pytest.mark.django_db


class Kitchen:
    """A cadre with one RW, and another RW beside it."""

    def __init__(self) -> None:
        self.city = make.city()
        self.rw, self.other = make_prevention.rw(), make_prevention.rw()
        self.cadre = make.user(role=Role.CADRE)
        CadreArea.objects.create(user=self.cadre, rw=self.rw)
        self.due = make_prevention.programme(name="Sekolah Orang Tua")
        self.done = make_prevention.programme(name="Nyapeu Wacil")
        make_prevention.programme(Unit.SCHOOL, name="Goes to School")
        self.held(self.done, days=30)
        self.held(self.due, days=500)
        User.objects.update(language="en")
        self.phone = make.signed_in(self.cadre)

    def held(self, programme: Any, *, days: int) -> Session:
        ago = clock.now() - timedelta(days=days)
        return make_prevention.session(
            programme, self.rw, starts_at=ago, state=State.HELD, over_at=ago,
            over_by=self.cadre.pk,
        )  # fmt: skip


@pytest.fixture
def kitchen() -> Kitchen:
    return Kitchen()


def test_the_own_rw_shows_what_is_due_and_what_comes(kitchen: Kitchen) -> None:
    ahead = make_prevention.session(
        kitchen.due, kitchen.rw, starts_at=clock.now() + timedelta(days=2)
    )
    foreign = make_prevention.session(
        kitchen.due, kitchen.other, starts_at=clock.now() + timedelta(days=2)
    )
    page = kitchen.phone.get("/kader/")
    shown, links = words(page), [one["href"] for one in soup(page).select("main a")]
    due = soup(page).select(".rk-box li:has(.rk-tag--late) b")
    assert [one.text for one in due] == ["Sekolah Orang Tua"]
    assert "Goes to School" not in shown
    assert f"/pencegahan/lapangan/{ahead.pk}/" in links
    assert str(foreign.pk) not in str(page.content)
    assert kitchen.phone.get(f"/pencegahan/lapangan/{foreign.pk}/").status_code == 404
    bar = str(soup(page).find("header"))
    assert "/kader/" in bar
    assert "/pengaduan/" not in bar


def test_the_first_page_says_what_is_due_in_the_own_rw(kitchen: Kitchen) -> None:
    page = kitchen.phone.get("/meja/")
    due = soup(page).select(".rk-box li:has(.rk-tag--late) b")
    assert [one.text for one in due] == ["Sekolah Orang Tua"]
    assert soup(page).select_one("main a[href='/kader/rujuk/']") is not None
    assert "Nothing waits for you" not in words(page)


def test_a_cadre_logs_a_session_of_the_own_rw(kitchen: Kitchen) -> None:
    late = make_prevention.session(
        kitchen.due, kitchen.rw, starts_at=clock.now() - timedelta(days=1)
    )
    assert "Not logged yet" in words(kitchen.phone.get("/kader/"))
    url = f"/pencegahan/lapangan/{late.pk}/"
    rts = [one["value"] for one in soup(kitchen.phone.get(url)).select("input[name=rt]")]
    assert kitchen.phone.post(url, {"orang-female-25_59": "12", "rt": rts}).status_code == 302
    late.refresh_from_db()
    assert (late.state, late.over_by) == (State.HELD, kitchen.cadre.pk)


def test_somebody_is_referred_and_the_cadre_learns_nothing_more(kitchen: Kitchen) -> None:
    page = kitchen.phone.get("/kader/rujuk/")
    once = soup(page).select_one("input[name=once]")
    assert once is not None
    said = {**TOLD, "once": once["value"], "umur": "adult"}
    for _twice in range(2):
        answer = kitchen.phone.post("/kader/rujuk/", said)
        assert answer["Location"] == "/kader/rujuk/diterima/"
    report = Report.objects.get()
    assert (report.door, report.who, report.age) == (Door.CADRE, "known", "adult")
    assert not KeyPair.objects.filter(owner=report.pk, kind=Kind.REPORTER).exists()
    shown = words(kitchen.phone.get("/kader/rujuk/diterima/"))
    assert report.number not in shown
    assert "kenari" not in shown
    for path in (f"/pengaduan/{report.pk}/", "/kader/rujuk/", "/kader/"):
        assert report.number not in str(kitchen.phone.get(path).content)
    desk = make.actor(make.officer(kitchen.city))
    assert kitchen.cadre.name in open_text(desk.keys, report, "recorded")


def test_a_cadre_without_an_rw_is_told_who_enters_it() -> None:
    make.city()
    person = make.user(role=Role.CADRE)
    User.objects.update(language="en")
    assert "No RW is yours yet" in words(make.signed_in(person).get("/kader/"))
    assert Client().get("/kader/").status_code == 302


def test_more_rw_and_sessions_ask_no_more_questions(
    kitchen: Kitchen, django_assert_num_queries: Any
) -> None:
    actor, at = make.actor(kitchen.cadre), clock.now()
    for _number in range(3):
        rw = make_prevention.rw()
        CadreArea.objects.create(user=kitchen.cadre, rw=rw)
        make_prevention.session(kitchen.due, rw, starts_at=at + timedelta(days=1))
    with django_assert_num_queries(6):
        found = cadre_page(actor=actor, at=at)
    assert (len(found.rws), len(found.ahead)) == (4, 3)
