"""The public schedule without JavaScript or cookies: seen, subscribed to, asked for."""

import secrets
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from ruang.prevention.commands import cancel_session
from ruang.prevention.flood import OF_A_PLACE, OF_A_VILLAGE
from ruang.prevention.models import Request, Session
from ruang.prevention.states import Audience, Cancelled, RequestState, Unit
from tests import make, make_prevention
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ASK = "/jadwal/minta/?b=en"


@pytest.fixture
def world() -> World:
    return World()


def page(url: str, data: dict[str, object] | None = None) -> BeautifulSoup:
    """A page as a phone without cookies gets it."""
    phone = Client()
    answer = phone.get(url) if data is None else phone.post(url, data)
    assert answer.status_code == 200, url
    assert not answer.cookies
    assert len(answer.content) < 60_000
    return BeautifulSoup(answer.content, "html.parser")


def words(soup: BeautifulSoup) -> str:
    return " ".join(soup.get_text(" ").split())


def asking(world: World, **changed: object) -> dict[str, object]:
    return {
        "b": "en", "untuk": "rw", "kelurahan": make_prevention.VILLAGE, "once": "w" * 32,
        "rw": str(world.rw.pk), "rt": "2", "audience": "parents", "people": "40",
        "wished": "Saturday", "name": "Bu Contoh", "phone": "0800 0000 0001", "kirim": "1",
        **changed,
    }  # fmt: skip


@time_machine.travel(make.AT, tick=False)
def test_anybody_sees_what_is_public_by_month_and_kecamatan_and_no_name(world: World) -> None:
    world.plan()
    hidden = world.plan(is_public=False, starts_at=SOON + timedelta(days=1), place="Rahasia")
    gone = world.plan(starts_at=SOON + timedelta(days=2))
    cancel_session(actor=world.officer, session_id=gone.pk, reason=Cancelled.HOST, at=make.AT)
    said = words(page("/jadwal/?b=en&bulan=2026-11"))
    assert world.programme.name in said
    assert str(world.venue) in said
    assert world.ani.user.name not in said
    assert hidden.place not in said
    december = words(page("/jadwal/?b=en&bulan=2026-12"))
    assert "(cancelled)" in december
    other = words(page("/jadwal/?b=en&bulan=2026-11&kecamatan=36.73.01"))
    assert world.programme.name not in other
    assert "No session is planned in this month" in other
    assert "Kapan kami datang?" in words(page("/jadwal/"))
    for odd in ("?bulan=0000-99&kecamatan=%00", "?bulan=9999-12", "?bulan=🌧&b=xx"):
        page(f"/jadwal/{odd}")


@time_machine.travel(make.AT, tick=False)
def test_a_phone_subscribes_to_the_city_or_a_kecamatan(world: World) -> None:
    session = world.plan()
    gone = world.plan(starts_at=SOON + timedelta(days=2))
    cancel_session(actor=world.officer, session_id=gone.pk, reason=Cancelled.HOST, at=make.AT)
    answer = Client().get("/jadwal/kalender.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(one["status"]) for one in events] == ["CONFIRMED", "CANCELLED"]
    assert str(events[0]["uid"]).startswith(str(session.pk))
    assert events[0]["dtstart"].dt == session.starts_at
    assert world.ani.user.name not in answer.content.decode()
    district = make_prevention.VILLAGE[:8].replace(".", "-")
    here = Client().get(f"/jadwal/kalender-{district}.ics")
    assert len(Calendar.from_ical(here.content).walk("VEVENT")) == 2
    assert Client().get("/jadwal/kalender-36-73-99.ics").status_code == 404
    mine = make.signed_in(world.ani.user, at=make.AT)
    own = mine.get(reverse("sessions:feed", args=[world.ani.pk]))
    assert len(Calendar.from_ical(own.content).walk("VEVENT")) == 2
    assert mine.get(reverse("sessions:feed", args=[world.budi.pk])).status_code == 404


@time_machine.travel(make.AT, tick=False)
def test_a_session_is_asked_for_once_and_the_code_says_what_became_of_it(
    world: World,
) -> None:
    assert "Who would like a session?" in words(page(ASK))
    assert "Choose one." in words(page(f"{ASK}&untuk=rw&kelurahan=99"))
    form = page(f"{ASK}&untuk=rw&kelurahan={make_prevention.VILLAGE}")
    assert form.select_one(f'option[value="{world.rw.pk}"]') is not None
    missing = words(page("/jadwal/minta/", asking(world, rw="x", name=" ", phone="", rt="-1")))
    for expected in ("Choose one.", "Write your name.", "Write your telephone number."):
        assert expected in missing
    assert "Write your telephone number with digits" in words(
        page("/jadwal/minta/", asking(world, phone="call me"))
    )
    assert not Request.objects.exists()
    turned = page("/jadwal/minta/", asking(world, bahasa="id"))
    assert "Nama Anda" in words(turned)
    kept = turned.select_one('input[name="name"]')
    assert kept is not None
    assert kept["value"] == "Bu Contoh"

    first = page("/jadwal/minta/", asking(world)).select_one("#kode-sesi")
    again = page("/jadwal/minta/", asking(world)).select_one("#kode-sesi")
    assert first is not None
    assert again is not None
    request = Request.objects.get()
    assert first.text == again.text
    assert (request.rw, request.rt_number, request.people) == (world.rw, 2, 40)
    assert first.text.encode() not in bytes(request.tag)

    typed = {"b": "en", "kode": first.text.lower().replace("-", " ")}
    waiting = page("/jadwal/permintaan/", typed)
    assert "Your request waits for an answer" in words(waiting)
    assert "Bu Contoh" not in words(waiting)
    world.plan(request=request.pk)
    assert "30 November 2026" in words(page("/jadwal/permintaan/", typed))
    session = Session.objects.get()
    cancel_session(
        actor=world.officer, session_id=session.pk, reason=Cancelled.HOST, at=make.AT
    )
    assert "waits for an answer" in words(page("/jadwal/permintaan/", typed))
    Request.objects.update(state=RequestState.DECLINED, declined="outside", answered_at=make.AT)
    assert "It is outside the city." in words(page("/jadwal/permintaan/", typed))
    for odd in ("AAAA-AAAA", "\x00🌧", "x" * 5000, ""):
        page("/jadwal/permintaan/", {"b": "en", "kode": odd})


@time_machine.travel(make.AT, tick=False)
def test_one_number_or_a_machine_does_not_fill_the_desk(world: World) -> None:
    for n in range(3):
        page("/jadwal/minta/", asking(world, once=f"{n}" * 32))
    fourth = words(page("/jadwal/minta/", asking(world, once="z" * 32)))
    assert "Three requests from this number" in fourth
    spaced = asking(world, once="y" * 32, phone="+62 800-0000-0001")
    assert "Three requests from this number" in words(page("/jadwal/minta/", spaced))
    forged = Client().post(
        "/jadwal/minta/", asking(world), headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert forged.status_code == 403


def flood(many: int, **where: object) -> None:
    """What a machine sends about one place within a minute."""
    said: dict[str, object] = {
        "audience": Audience.PARENTS, "name": "x", "received_at": make.AT,
        "village_id": make_prevention.VILLAGE, **where,
    }  # fmt: skip
    Request.objects.bulk_create(
        Request(tag=secrets.token_bytes(32), phone=f"0800{n}", **said) for n in range(many)
    )


@time_machine.travel(make.AT, tick=False)
def test_a_machine_that_fills_a_place_shuts_nobody_out(world: World) -> None:
    """Who comes then is kept beside the queue; nobody is sent away."""
    other, school = make_prevention.rw(), make_prevention.school()
    flood(OF_A_PLACE, unit=Unit.RW, rw=world.rw)
    flood(OF_A_VILLAGE, unit=Unit.COMMUNITY, host="x")
    group = asking(world, untuk="community", host="PKK Contoh", once="b" * 32)
    for sent in (asking(world, once="a" * 32), group):
        assert page("/jadwal/minta/", sent).select_one("#kode-sesi") is not None
        assert Request.objects.latest("pk").parked_at == make.AT
    for n, open_ in enumerate((
        asking(world, rw=str(other.pk)),
        asking(world, untuk="school", school=str(school.pk), host=""),
        asking(world, untuk="school", school="", host="SD Lain"),
    )):  # fmt: skip
        sent = {**open_, "once": f"{n}" * 32}
        assert page("/jadwal/minta/", sent).select_one("#kode-sesi") is not None
    Request.objects.update(received_at=make.AT - timedelta(days=31))
    assert page("/jadwal/minta/", asking(world, once="c" * 32)).select_one("#kode-sesi")
    assert Request.objects.latest("pk").parked_at is None


@time_machine.travel(make.AT, tick=False)
def test_one_number_asks_for_as_many_places_as_it_likes(world: World) -> None:
    for n in range(1, 9):
        sent = asking(world, rw=str(make_prevention.rw().pk), once=f"{n}" * 32)
        assert page("/jadwal/minta/", sent).select_one("#kode-sesi") is not None
    assert Request.objects.count() == 8


@time_machine.travel(make.AT, tick=False)
def test_a_form_that_comes_back_corrected_is_believed(world: World) -> None:
    codes = []
    for phone in ("0800 0000 0001", "0800 0000 0002"):
        shown = page("/jadwal/minta/", asking(world, phone=phone))
        assert phone in words(shown)
        codes.append(words(shown.select_one("#kode-sesi")))
    assert codes[0] == codes[1]
    assert Request.objects.get().phone == "0800 0000 0002"
    other = page("/jadwal/minta/", asking(world, rt="3")).select_one("#kode-sesi")
    assert words(other) != codes[0]
    assert Request.objects.count() == 2
    Request.objects.update(state=RequestState.DECLINED, declined="outside", answered_at=make.AT)
    late = words(page("/jadwal/minta/", asking(world, phone="0800 0000 0003")))
    assert "has been answered already" in late
    assert "0800 0000 0003" not in Request.objects.values_list("phone", flat=True)


@time_machine.travel(make.AT, tick=False)
def test_a_school_and_a_community_ask_with_their_name(world: World) -> None:
    school = make_prevention.school()
    nameless = asking(world, untuk="school", school="", host="", once="a" * 32)
    assert "name of the school" in words(page("/jadwal/minta/", nameless))
    page("/jadwal/minta/", {**nameless, "school": str(school.pk)})
    page("/jadwal/minta/", {**nameless, "once": "b" * 32, "host": "Pondok \u202e🌧 Contoh"})
    page("/jadwal/minta/", {**nameless, "once": "c" * 32, "untuk": "community", "host": "PKK"})
    assert set(Request.objects.values_list("school", "host")) == {
        (school.pk, ""), (None, "Pondok \u202e🌧 Contoh"), (None, "PKK"),
    }  # fmt: skip
    for odd in (
        {},
        {"untuk": "rw"},
        {"once": "x", "kelurahan": "\x00"},
        {"b": "en", "rt": "9" * 99},
    ):
        page("/jadwal/minta/", odd)
