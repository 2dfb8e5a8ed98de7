"""Sessions in the browser: found, planned, moved, cancelled, logged; lists and the calendar."""

import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ruang.access.roles import Role
from ruang.identity.models import User
from ruang.prevention.commands import Counted, Log, SheetTold, log_session
from ruang.prevention.models import Attendance, Request, Session
from ruang.prevention.states import Audience, Phase, State, Unit
from ruang.register.states import Band, Sex
from tests import make, make_prevention
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PAST = SOON - timedelta(days=20)


@pytest.fixture
def world() -> World:
    made = World()
    User.objects.update(language="en")
    return made


def browser(who: User) -> Client:
    return make.signed_in(who, at=make.AT)


def text_of(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def said(world: World, **changed: object) -> dict[str, object]:
    return {
        "once": "x" * 32,
        "programme": str(world.programme.pk),
        "rts": [str(one.pk) for one in world.rts()],
        "audience": "parents",
        "language": "id",
        "on": "2026-12-08",
        "at": "10.00",
        "venue": str(world.venue.pk),
        "place": "",
        "facilitators": [str(world.ani.pk), str(world.budi.pk)],
        "is_public": "on",
        **changed,
    }


@time_machine.travel(make.AT, tick=False)
def test_a_place_is_found_and_a_session_is_planned_there_once(world: World) -> None:
    officer = browser(world.person)
    assert str(world.rw) not in text_of(officer, "/pencegahan/sesi/rencanakan/")
    found = officer.get(
        f"/pencegahan/sesi/rencanakan/?kelurahan={make_prevention.VILLAGE}&cari=rw{world.rw.number}"
    )
    url = f"/pencegahan/sesi/rencanakan/rw/{world.rw.pk}/"
    assert url in found.content.decode()
    assert officer.get(f"/pencegahan/sesi/baru/?rw={world.rw.pk}")["Location"] == url
    assert officer.get("/pencegahan/sesi/baru/?rw=x")["Location"].endswith("/rencanakan/")
    nothing = text_of(officer, "/pencegahan/sesi/rencanakan/?cari=%00🌧%E2%80%AE%27")
    assert "There is no such place" in nothing

    page = officer.get(url).content.decode()
    assert page.count('name="rts"') == 3
    assert page.count("checked") >= 3
    wrong = officer.post(url, {"on": "x", "at": "25", "rts": ["nonsense"]}).content.decode()
    assert "Choose from those shown." in wrong
    assert "This date could not be read" in wrong
    made = officer.post(url, said(world))
    again = officer.post(url, said(world))
    session = Session.objects.get()
    assert made["Location"] == again["Location"] == f"/pencegahan/sesi/{session.pk}/?hasil=sesi"
    shown = text_of(officer, made["Location"])
    assert "The session is planned" in shown
    assert f"{world.ani.user.name} , {world.budi.user.name}" in shown
    clash = officer.post(url, said(world, once="y" * 32))
    assert "Choose another time or person" in clash.content.decode()


@time_machine.travel(make.AT, tick=False)
def test_what_may_be_wrong_is_said_once_and_a_person_decides(world: World) -> None:
    officer = browser(world.person)
    url = f"/pencegahan/sesi/rencanakan/rw/{world.rw.pk}/"
    friday = said(world, on="2026-12-04", at="11:45", language="su",
                  facilitators=[str(world.ani.pk)])  # fmt: skip
    warned = officer.post(url, friday).content.decode()
    for words in ("the Friday prayer", "usually held by 2 people", "Nobody you chose speaks"):
        assert words in warned
    assert not Session.objects.exists()
    evening = officer.post(url, said(world, at="17:30")).content.decode()
    assert "the time of maghrib" in evening
    holiday = officer.post(url, said(world, on="2026-12-25")).content.decode()
    assert "public holiday" in holiday
    mark = re.findall(r'name="warned"[^>]*value="(\w{16})"', warned)[0]
    silent = officer.post(url, {**friday, "anyway": "on", "warned": mark})
    asked = silent.content.decode()
    assert "Why all the same?" in asked
    assert "Choose one." in asked
    why = {"anyway": "on", "why": "hosts", "warned": mark}
    another = officer.post(url, {**friday, **why, "at": "17:30"}).content.decode()
    assert "the time of maghrib" in another
    assert not Session.objects.exists()
    planned = officer.post(url, {**friday, **why})
    assert "The hosts want it so" in text_of(officer, planned["Location"])


@time_machine.travel(make.AT, tick=False)
def test_a_session_is_moved_and_cancelled_with_a_reason(world: World) -> None:
    officer, session = browser(world.person), world.plan()
    to = f"/pencegahan/sesi/{session.pk}/"
    form = officer.get(f"{to}pindah/").content.decode()
    assert 'value="2026-11-30"' in form
    said = {
        "on": "2026-12-09", "at": "09:00", "venue": "", "place": "Rumah Bu RT",
        "facilitators": [str(world.budi.pk)], "seen": "0",
    }  # fmt: skip
    warned = officer.post(f"{to}pindah/", said).content.decode()
    assert "usually held by 2 people" in warned
    mark = re.findall(r'name="warned"[^>]*value="(\w{16})"', warned)[0]
    why = {"anyway": "on", "why": "only", "warned": mark}
    moved = officer.post(f"{to}pindah/", {**said, **why})
    assert moved["Location"] == f"{to}?hasil=sesi-pindah"
    shown = text_of(officer, to)
    assert "Rumah Bu RT" in shown
    assert world.ani.user.name not in shown
    stale = officer.post(f"{to}batal/", {"reason": "weather", "seen": "0"}).content.decode()
    assert "moved this session meanwhile" in stale
    assert re.search(r'name="seen"[^>]*value="1"', stale)
    assert "Choose one." in officer.post(f"{to}batal/", {}).content.decode()
    gone = officer.post(f"{to}batal/", {"reason": "weather"})
    assert gone["Location"] == f"{to}?hasil=sesi-batal"
    assert "Weather or flood" in text_of(officer, to)
    twice = officer.post(f"{to}batal/", {"reason": "weather"}).content.decode()
    assert "cancelled already" in twice


@time_machine.travel(make.AT, tick=False)
def test_the_paper_list_is_logged_by_who_held_it(world: World) -> None:
    session = world.plan(starts_at=make.AT - timedelta(days=1))
    holder, other = browser(world.ani.user), browser(world.budi.user)
    to = f"/pencegahan/sesi/{session.pk}/"
    assert "Log as held" in text_of(holder, to)
    assert "Log as held" not in text_of(other, to)
    assert other.post(f"{to}catat/", {}).status_code == 403
    rts = [str(one.pk) for one in world.rts()[:2]]
    wrong = holder.post(f"{to}catat/", {"rts": rts, "female_25_59_people": "-1"})
    assert "Count people from 0 to 2000" in wrong.content.decode()
    parts = holder.post(
        f"{to}catat/", {"rts": rts, "female_25_59_people": "3", "female_25_59_first": "4"}
    )
    assert "not more than all of them" in parts.content.decode()
    done = holder.post(f"{to}catat/", {
        "rts": rts, "female_25_59_people": "18", "female_25_59_first": "7",
        "male_60_up_people": "2", "male_60_up_disability": "1",
    })  # fmt: skip
    assert done["Location"] == f"{to}?hasil=sesi-catat"
    shown = text_of(holder, to)
    assert "20 people" in shown
    assert "For the first time: 7. With a disability: 1." in shown
    assert Session.objects.get().state == State.HELD


@time_machine.travel(make.AT, tick=False)
def test_few_people_are_counted_for_those_who_count_them_alone(world: World) -> None:
    """Who held the session wrote the numbers down; to everybody else three people are few."""
    session = world.plan(starts_at=make.AT - timedelta(days=1))
    told = [SheetTold(f"{phase.value} {n}", phase, ()) for phase, most in (
        (Phase.BEFORE, 3), (Phase.AFTER, 5)) for n in range(most)]  # fmt: skip
    counted = (Counted(Sex.FEMALE, Band.ADULT, 3, 2, 1),)
    log_session(
        actor=make.actor(world.ani.user), session_id=session.pk, at=make.AT,
        log=Log((world.rts()[0].pk,), counted, tuple(told)),
    )  # fmt: skip
    to = f"/pencegahan/sesi/{session.pk}/"
    assert "3 people" in text_of(browser(world.ani.user), to)
    assert "Before: 3. After: 5." in text_of(browser(world.ani.user), to)
    for other in (world.budi.user, make.user(role=Role.HEAD)):
        User.objects.update(language="en")
        shown = text_of(browser(other), to)
        assert "Fewer than five people." in shown
        assert "3 people" not in shown
        assert "With a disability" not in shown
        assert "Test sheets" not in shown


@time_machine.travel(make.AT, tick=False)
def test_how_many_came_is_exact_for_those_who_count_them_alone(world: World) -> None:
    """Exact totals of all sessions but one, taken from the city's, would give that one away."""
    session = world.plan(starts_at=make.AT - timedelta(days=1))
    log_session(
        actor=make.actor(world.ani.user), session_id=session.pk, at=make.AT,
        log=Log((world.rts()[0].pk,), (Counted(Sex.FEMALE, Band.ADULT, 23, 2, 1),)),
    )  # fmt: skip
    to = f"/pencegahan/sesi/{session.pk}/"
    for one in (world.ani.user, make_prevention.officer()):
        User.objects.update(language="en")
        assert "23 people" in text_of(browser(one), to)
        assert "Test sheets" in text_of(browser(one), to)
    for other in (world.budi.user, make.user(role=Role.HEAD)):
        User.objects.update(language="en")
        shown = text_of(browser(other), to)
        assert "20–49 people" in shown
        assert "23 people" not in shown
        assert "Test sheets" not in shown
    for count, words in ((9, "5–9 people"), (250, "200 people or more")):
        Attendance.objects.update(people=count)
        assert words in text_of(browser(world.budi.user), to)


@time_machine.travel(make.AT, tick=False)
def test_lists_are_narrowed_go_on_by_key_and_cost_the_same_when_they_grow(world: World) -> None:
    officer = browser(world.person)
    world.plan()
    with CaptureQueriesContext(
        connection,
    ) as few:
        officer.get("/pencegahan/sesi/")
    for n in range(30):
        make_prevention.session(
            world.programme, world.rw, by=[world.ani], starts_at=SOON + timedelta(days=n + 1)
        )
    late = make_prevention.session(world.programme, starts_at=PAST)
    with CaptureQueriesContext(connection) as many:
        page = officer.get("/pencegahan/sesi/").content.decode()
    assert len(many) == len(few)
    soup = BeautifulSoup(page, "html.parser")
    assert len(soup.select("tbody tr")) == 25
    following = soup.select_one('a[rel="next"]')
    assert following is not None
    rest = officer.get("/pencegahan/sesi/" + str(following["href"]))
    assert len(BeautifulSoup(rest.content, "html.parser").select("tbody tr")) == 6
    unlogged = officer.get("/pencegahan/sesi/?tampil=belum-dicatat").content.decode()
    assert str(late.pk) in unlogged
    assert "Not logged yet (1)" in unlogged
    narrowed = text_of(
        officer,
        f"/pencegahan/sesi/?kecamatan=36.73.01&program={world.programme.pk}&fasilitator=x"
        "&dari=2026-99-99&sampai=9999999999-01-01&keadaan=nonsense&sesudah=0.1.2&tampil=%00",
    )
    assert "Nothing matches" in narrowed
    for odd in ("?kelurahan=%00", "?kecamatan=%00", "?kelurahan=%00&cari=%00"):
        for url in ("/pencegahan/sesi/", "/pencegahan/sesi/rencanakan/"):
            assert officer.get(url + odd).status_code == 200
    for url in ("?bulan=2026-12", "?pekan=2026-12-02", "?bulan=0000-00", "?pekan=", "?bulan=🌧"):
        assert officer.get(f"/pencegahan/sesi/kalender/{url}").status_code == 200
    assert str(world.rw) in text_of(officer, "/pencegahan/sesi/kalender/?pekan=2026-12-02")


@time_machine.travel(make.AT, tick=False)
def test_a_request_is_answered_by_planning_or_with_a_reason(world: World) -> None:
    officer = browser(world.person)

    def asked(n: int) -> Request:
        return Request.objects.create(
            tag=bytes([n]) * 32, unit=Unit.RW, village_id=world.rw.village_id, rw=world.rw,
            rt_number=2, audience=Audience.PARENTS, people=30, wished="Sabtu sore",
            name="Bu Contoh", phone="0800 0000 0001", received_at=make.AT,
        )  # fmt: skip

    first, second = asked(1), asked(2)
    world.plan(starts_at=make.AT - timedelta(days=1), venue=None, place="Posyandu")
    morning = text_of(officer, "/meja/")
    assert "2 wait" in morning
    assert "1 session was held and is not logged yet." in morning
    assert "Your next sessions" not in morning
    assert "1 session was held" in text_of(browser(world.ani.user), "/meja/")
    assert "Nothing waits for you" in text_of(browser(world.budi.user), "/meja/")
    Session.objects.all().delete()
    listed = text_of(officer, "/pencegahan/permintaan/")
    assert f"RT 02/{world.rw}" in listed
    assert "0800" not in listed
    page = officer.get(f"/pencegahan/permintaan/{first.pk}/").content.decode()
    url = f"/pencegahan/sesi/rencanakan/rw/{world.rw.pk}/?permintaan={first.pk}"
    assert url in page
    assert "0800 0000 0001" in page
    form = BeautifulSoup(officer.get(url).content, "html.parser")
    assert len(form.select('input[name="rts"][checked]')) == 1
    assert officer.post(url, said(world)).status_code == 302
    session = Session.objects.get()
    assert (session.request_id, session.is_promised) == (first.pk, True)
    assert (
        f"/pencegahan/sesi/{session.pk}/"
        in officer.get("/pencegahan/permintaan/?keadaan=scheduled").content.decode()
    )
    to = f"/pencegahan/permintaan/{second.pk}/"
    assert "Choose one." in officer.post(f"{to}tolak/", {"reason": "x"}).content.decode()
    no = officer.post(f"{to}tolak/", {"reason": "reached"})
    assert no["Location"] == f"{to}?hasil=permintaan-tolak"
    assert "We have been there recently" in text_of(officer, to)
    assert (
        "changed meanwhile" in officer.post(f"{to}tolak/", {"reason": "twice"}).content.decode()
    )
    empty = text_of(officer, "/pencegahan/permintaan/?keadaan=nonsense")
    assert "Nothing here." in empty
