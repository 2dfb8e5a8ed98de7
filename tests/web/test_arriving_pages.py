"""Being counted by code: no cookie, no script, no name; once a form; and what the hall sees."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from ruang.audit.models import Fact
from ruang.identity.models import User
from ruang.intake.models import Report
from ruang.prevention.arrivals import arrival_code
from ruang.prevention.commands.field import take_log
from ruang.prevention.entered import log_of
from ruang.prevention.models import Arrivals, Arrived, Session
from ruang.prevention.states import SentState
from ruang.register.models import School
from ruang.vault.phones import open_sent
from tests import make, make_prevention
from tests.field_phone import sealed
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SAID = {"jk": "female", "umur": "25_59", "baru": "ya", "disabilitas": "-", "once": "w" * 32}
HALL = "/pencegahan/lapangan/"


@pytest.fixture
def world() -> World:
    made = World()
    User.objects.update(language="en")
    return made


def address(session: Session) -> str:
    return f"/hadir/{arrival_code(session.pk)}/"


def words(answer: HttpResponse) -> str:
    text = BeautifulSoup(answer.content, "html.parser").get_text(" ")
    return " ".join(text.split())


@time_machine.travel(SOON, tick=False)
def test_somebody_is_counted_without_a_cookie_and_once(world: World) -> None:
    to = address(world.plan())
    phone = Client()
    page = phone.get(f"{to}?b=en")
    assert page["Cache-Control"] == "private, max-age=10800", "the same form, if scanned again"
    assert world.programme.name in words(page)
    missing = phone.post(f"{to}hitung/", {"b": "en", "once": "w" * 32})
    assert words(missing).count("Choose one, or press") == 4, "two questions, twice each"
    done = phone.post(f"{to}hitung/", {**SAID, "b": "en"})
    assert (done.status_code, done["Location"]) == (302, f"{to}terima-kasih/?b=en")
    thanks = phone.get(done["Location"])
    assert "Thank you, you are counted" in words(thanks)
    for again in (SAID, {**SAID, "jk": "male"}):
        twice = phone.post(f"{to}hitung/", {**again, "b": "en"})
        assert "counted here already" in words(phone.get(twice["Location"]))
    assert not phone.cookies
    cell = Arrived.objects.get()
    assert (cell.sex, cell.people, cell.first_time, cell.with_disability) == ("female", 1, 1, 0)


@time_machine.travel(SOON, tick=False)
def test_another_person_with_the_same_phone_is_another_form(world: World) -> None:
    to = address(world.plan())
    page = BeautifulSoup(Client().get(f"{to}terima-kasih/").content, "html.parser")
    again = page.select_one(f'main a[href^="{to}?lagi="]')
    assert again is not None
    once = {
        str(form["value"])
        for url in (to, str(again["href"]))
        for form in BeautifulSoup(Client().get(url).content, "html.parser").select(
            "input[name=once]"
        )
    }
    assert len(once) == 2


@time_machine.travel(SOON, tick=False)
def test_just_count_me_is_one_tap(world: World) -> None:
    to = address(world.plan())
    for said in ({}, SAID):
        sent = {**said, "once": f"{len(said)}" * 32, "saja": "1"}
        assert Client().post(f"{to}hitung/", sent).status_code == 302
    assert Arrivals.objects.get().unsaid == 2
    assert not Arrived.objects.exists()


@time_machine.travel(SOON, tick=False)
def test_anything_at_all_is_answered_with_a_page(world: World) -> None:
    to = address(world.plan())
    odd = ({}, {"once": ""}, {**SAID, "once": "\x00"}, {**SAID, "jk": "😀"}, {"jk": "x" * 9999})
    for said in odd:
        answer = Client().post(f"{to}hitung/?b=en", {"b": "en", **said})
        assert answer.status_code == 200, said
        assert "Something" in words(answer), said
    assert not Arrived.objects.exists()
    unread = Client().post(f"{to}hitung/", b"\xff\x00", content_type="text/plain")
    assert unread.status_code == 200
    foreign = Client(headers={"Origin": "https://jahat.example"}).post(f"{to}hitung/", SAID)
    assert foreign.status_code == 403


@pytest.mark.parametrize("at", [SOON - timedelta(hours=2), SOON, SOON + timedelta(hours=5)])
def test_a_code_that_is_wrong_or_over_says_what_to_do_and_nothing_else(
    world: World, at: datetime
) -> None:
    session = world.plan()
    is_open = at == SOON
    if is_open:
        world.log(session)
    wrong = ("/hadir/ABCDEFGHJKMNP/", "/hadir/x/", f"/hadir/{uuid4()}/")
    with time_machine.travel(at, tick=False):
        answers = [Client().get(f"{url}?b=en") for url in (*wrong, address(session))]
        sent = Client().post(f"{address(session)}hitung/?b=en", SAID)
    assert {one.status_code for one in (*answers, sent)} == {404}
    assert len({one.content for one in (*answers, sent)}) == 1
    assert "tell the facilitator" in words(sent)
    assert world.programme.name not in words(sent)


@time_machine.travel(SOON, tick=False)
def test_a_code_is_typed_as_it_hangs_on_the_wall(world: World) -> None:
    session = world.plan()
    code = arrival_code(session.pk)
    assert "Type the code" in words(Client().get("/hadir/?b=en"))
    typed = Client().get("/hadir/", {"kode": f"{code[:4]}-{code[4:8]}-{code[8:]}".lower()})
    assert typed["Location"] == f"/hadir/{code}/"
    for nothing in ("", "\x00../", "0110", "😀"):
        answer = Client().get("/hadir/", {"kode": nothing, "b": "en"})
        assert answer.status_code == 200
        assert "Type the thirteen letters" in words(answer), nothing


@time_machine.travel(SOON, tick=False)
def test_a_report_after_being_counted_is_joined_to_nothing(world: World) -> None:
    to = address(world.plan())
    Client().post(f"{to}hitung/", SAID)
    before = {model: list(model.objects.values()) for model in (Arrivals, Arrived, Fact)}
    thanks = BeautifulSoup(Client().get(f"{to}terima-kasih/").content, "html.parser")
    link = thanks.select_one('main a[href="/"]')
    assert link is not None
    assert link["rel"] == ["noreferrer"]
    assert "129" in thanks.get_text()
    assert Client().get("/").status_code == 200
    assert before == {m: list(m.objects.values()) for m in (Arrivals, Arrived, Fact)}
    assert not Report.objects.exists()


def of_a_school(session: Session) -> None:
    school: School = make_prevention.school()
    Session.objects.filter(pk=session.pk).update(rw=None, school=school)


@time_machine.travel(SOON, tick=False)
def test_whoever_holds_the_session_shows_the_code_and_counts_the_others(world: World) -> None:
    session = world.plan()
    to = f"{HALL}{session.pk}/"
    phone = make.signed_in(world.ani.user, at=SOON)
    for n in range(8):
        said = {"saja": "1"} if n < 2 else SAID
        Client().post(f"{address(session)}hitung/", {**said, "once": f"{n}" * 32})
    page = phone.get(to)
    soup = BeautifulSoup(page.content, "html.parser")
    assert soup.select_one(".rk-qr svg path") is not None
    shown = words(page)
    code = arrival_code(session.pk)
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in shown
    assert "8 people so far" in shown
    assert "8 people came by QR code" in shown
    poster = words(phone.get(f"{to}poster/"))
    assert "Without a phone you are counted just as well" in poster
    other = make.signed_in(world.budi.user, at=SOON)
    assert "Attendance by QR" not in words(other.get(to))
    assert other.get(f"{to}poster/").status_code == 403

    office = make.signed_in(world.person, at=SOON)
    paper = office.get(f"/pencegahan/sesi/{session.pk}/catat/")
    assert "8 people came by QR code" in words(paper)
    rts = [one["value"] for one in soup.select("input[name=rt]")]
    said = {"orang-female-25_59": "5", "disabilitas-female-25_59": "1", "rt": rts}
    assert phone.post(to, said).status_code == 302
    after = words(phone.get(to))
    assert "13 people came" in after
    assert "Counted by head: 5. By QR code: 8." in after
    assert "2 of them said neither sex nor age" in after
    assert "With a disability: fewer than five people" in after
    assert "Attendance by QR" not in after
    staff = words(office.get(f"/pencegahan/sesi/{session.pk}/"))
    assert "13 people" in staff
    assert "By QR code: 8." in staff


@time_machine.travel(SOON, tick=False)
def test_a_school_is_told_that_heads_are_the_usual_way(world: World) -> None:
    session = world.plan()
    of_a_school(session)
    phone = make.signed_in(world.ani.user, at=SOON)
    assert "counting heads is the usual way" in words(phone.get(f"{HALL}{session.pk}/"))


@time_machine.travel(SOON, tick=False)
def test_the_code_of_a_session_ahead_says_from_when_it_counts(world: World) -> None:
    session = world.plan(starts_at=SOON + timedelta(days=1))
    phone = make.signed_in(world.ani.user, at=SOON)
    page = phone.get(f"{HALL}{session.pk}/")
    assert "an hour before it begins" in words(page)
    assert BeautifulSoup(page.content, "html.parser").select_one(".rk-qr") is None
    assert "<svg" in phone.get(f"{HALL}{session.pk}/poster/").content.decode()


@pytest.mark.parametrize(("whole", "people"), [(False, 10), (True, 9)])
def test_a_log_from_a_phone_without_a_signal_is_added_to_the_codes_once(
    world: World, whole: bool, people: int
) -> None:
    session = world.plan()
    with time_machine.travel(SOON, tick=False):
        Client().post(f"{address(session)}hitung/", SAID)
    entry = uuid4()
    said = {
        "kind": "log", "session": str(session.pk), "counted": [["male", "6_12", 9, 0, 0]],
        "rts": None, "note": "", "starts_at": None, "at": SOON.isoformat(), "whole": whole,
    }  # fmt: skip
    blob = sealed(said, entry=entry)
    for late in (0, 3):
        state = take_log(
            actor=make.actor(world.ani.user), sent=log_of(open_sent(blob)), blob=blob,
            at=SOON + timedelta(hours=late),
        )  # fmt: skip
        assert state is SentState.DONE
    assert sum(one.people for one in session.attendance.all()) == people
