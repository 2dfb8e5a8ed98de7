"""A machine asks for sessions everywhere: who really asks gets through, and the pile goes."""

import secrets
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ruang.access.actor import ANYBODY, SYSTEM
from ruang.access.roles import ASSIGNABLE, Role
from ruang.access.sight import NotInSight
from ruang.kernel.errors import Refused
from ruang.prevention import flood
from ruang.prevention.commands import (
    ask_again,
    cancel_session,
    plan_session,
    refuse_pile,
    release_pile,
    release_request,
    request_session,
    sweep_pile,
)
from ruang.prevention.commands.asking import Asked
from ruang.prevention.models import Request
from ruang.prevention.queries import pile_page, request_shown, requests_page
from ruang.prevention.states import Audience, Cancelled, Declined, RequestState, Unit
from ruang.register.commands import set_contact
from ruang.register.models import Rw
from ruang.register.states import Kind
from ruang.territory import queries as territory
from tests import make, make_prevention
from tests.prevention.scene import World
from tests.web.parts import links, words
from tests.web.test_schedule_pages import asking, page
from tests.web.test_schedule_pages import words as said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HEAD = "0811 1111 1111"
"""The number of the head of RT 1, as the register has it."""


@pytest.fixture
def world() -> World:
    made = World()
    set_contact(
        actor=made.officer, kind=Kind.RT, place_id=made.rts()[0].pk, name="Pak RT",
        phone=HEAD, on=make.AT.date(), at=make.AT,
    )  # fmt: skip
    return made


def ask(rw: Rw, number: object, at: Any = make.AT) -> str:
    asked = Asked(
        Unit.RW, rw.village_id, Audience.PARENTS, name="x", phone=f"0812 {number:08}"
        if isinstance(number, int) else str(number), rw=rw.pk,
    )  # fmt: skip
    return request_session(actor=ANYBODY, asked=asked, once=secrets.token_hex(16), at=at)


def of(code: str) -> Request:
    from ruang.prevention.codes import tag_of

    return Request.objects.get(tag=tag_of(code))


def officer(world: World) -> Client:
    return make.signed_in(world.person, at=make.AT)


@pytest.mark.slow
@time_machine.travel(make.AT, tick=False)
def test_a_thousand_requests_of_a_machine_shut_nobody_out(world: World) -> None:
    """Over all places at once; then a head of an RT, and one whose number nobody knows."""
    city = territory.city().code
    villages = [one.code for one in territory.villages(city_code=city)][::3]
    places = [world.rw, *(make_prevention.rw(code) for code in villages)]
    for number in range(1000):
        answer = Client().post(
            "/jadwal/minta/",
            asking(
                world, rw=str(places[number % len(places)].pk), once=f"{number:032}",
                kelurahan=places[number % len(places)].village_id,
                phone=f"0812 {number:08}",
            ),
        )  # fmt: skip
        assert b"kode-sesi" in answer.content
    assert Request.objects.queued().count() == flood.AN_HOUR
    assert Request.objects.piled().count() == 1000 - flood.AN_HOUR
    elsewhere = make_prevention.rw("36.73.01.1001")
    sent = asking(
        world, once="u" * 32, phone="0833 3333 3333", rw=str(elsewhere.pk),
        kelurahan=elsewhere.village_id,
    )  # fmt: skip
    unknown = said(page("/jadwal/minta/", sent).select_one("#kode-sesi"))
    known = said(
        page("/jadwal/minta/", asking(world, once="k" * 32, phone="+62 811-1111-1111"))
        .select_one("#kode-sesi")
    )  # fmt: skip
    assert (of(known).is_known, of(known).parked_at) == (True, None)
    assert (of(unknown).is_known, of(unknown).parked_at is None) == (False, False)

    plan_session(actor=world.officer, wanted=world.wanted(request=of(known).pk), at=make.AT)
    typed = {"b": "en", "kode": known}
    assert "30 November 2026" in said(page("/jadwal/permintaan/", typed))

    browser = officer(world)
    queue = browser.get(reverse("sessions:requests"))
    assert reverse("sessions:pile") in links(queue)
    pile = browser.get(reverse("sessions:pile"))
    refuse = next(url for url in links(pile) if "tumpukan/tolak" in url)
    done = browser.post(refuse, {"sampai": make.AT.isoformat(), "kelurahan": ""})
    assert done.status_code == 302
    assert not Request.objects.piled().exists()
    assert Request.objects.queued().count() == flood.AN_HOUR

    typed = {"b": "en", "kode": unknown}
    assert "Very many requests came at once" in said(page("/jadwal/permintaan/", typed))
    with time_machine.travel(make.AT + timedelta(hours=2), tick=False):
        again = said(page("/jadwal/permintaan/", {**typed, "masih": "1"}))
    assert "Your request waits for an answer" in again
    assert of(unknown) in Request.objects.queued()


def test_what_is_answered_does_not_say_whose_number_is_known(world: World) -> None:
    """In the calm and in a flood, a number that is known gets the same answers as another."""
    for flooded in (False, True):
        answers: dict[str, list[str]] = {}
        for who in (HEAD, "0899 9999 9999"):
            Request.objects.all().delete()
            if flooded:
                for number in range(flood.OF_A_PLACE):
                    ask(world.rw, number)
            answers[who] = []
            for _each in range(5):
                try:
                    shown = request_shown(typed=ask(world.rw, who))
                    assert shown is not None
                    answers[who].append(f"{shown.state} {shown.may_ask_again}")
                except Refused as refusal:
                    answers[who].append(str(refusal))
        assert answers[HEAD] == answers["0899 9999 9999"]


def test_every_bound_frees_itself(world: World) -> None:
    places = [make_prevention.rw() for _more in range(20)]
    for number in range(flood.AN_HOUR + 1):
        last = ask(places[number % 20], number)
    assert of(last).parked_at == make.AT
    assert of(ask(world.rw, 99, make.AT + flood.HOUR)).parked_at is None
    Request.objects.all().delete()
    for number in range(flood.A_DAY + 1):
        at = make.AT + number * timedelta(minutes=10)
        last = ask(places[number % 20], number, at)
    assert of(last).parked_at is not None
    assert of(ask(world.rw, 99, make.AT + flood.DAY)).parked_at is None
    Request.objects.all().delete()
    for number in range(flood.OF_THE_CITY + 1):
        at = make.AT + number * timedelta(minutes=25)
        last = ask(places[number % 20], number, at)
    assert of(last).parked_at is not None
    late = make.AT + flood.COUNTED + flood.DAY
    assert of(ask(world.rw, 99, late)).parked_at is None


def test_a_pile_that_is_full_for_today_says_whom_to_ring_and_opens_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "PILED_A_DAY", 3)
    monkeypatch.setattr(flood, "AN_HOUR", 0)
    for number in range(3):
        ask(world.rw, number)
    with pytest.raises(Refused, match="Please ring us: SAPA 129"):
        ask(make_prevention.rw(), 4)
    assert of(ask(make_prevention.rw("36.73.01.1001"), 4)).parked_at is not None
    assert of(ask(world.rw, HEAD)).parked_at is None
    assert of(ask(world.rw, 5, make.AT + flood.DAY)).parked_at is not None


@pytest.fixture
def pile(world: World, monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """Three requests beside the queue, the last from another kelurahan, an hour later."""
    monkeypatch.setattr(flood, "AN_HOUR", 0)
    later = make.AT + timedelta(hours=1)
    codes = [ask(world.rw, 1), ask(make_prevention.rw(), 2)]
    codes.append(ask(make_prevention.rw("36.73.01.1001"), 3, later))
    return [of(code) for code in codes]


def test_the_pile_is_in_no_queue_and_in_no_plan(world: World, pile: list[Request]) -> None:
    found = requests_page(actor=world.officer, state=RequestState.WAITING)
    assert (found.rows, found.counts, found.pile) == ((), {}, 3)
    shown = pile_page(actor=world.officer, at=make.AT + flood.DAY)
    assert shown.count == 3
    assert [number for _code, _name, number in shown.villages] == [2, 1]
    assert pile_page(actor=world.officer, at=make.AT).count == 2


def test_all_or_one_goes_into_the_queue(world: World, pile: list[Request]) -> None:
    about: dict[str, Any] = {"actor": world.officer, "at": make.AT + flood.DAY}
    release_request(request_id=pile[0].pk, **about)
    assert list(Request.objects.queued()) == [pile[0]]
    with pytest.raises(Refused):
        release_request(request_id=pile[0].pk, **about)
    assert release_pile(until=make.AT, **about) == 1
    assert list(Request.objects.piled()) == [pile[2]]


def test_what_came_later_or_from_elsewhere_is_not_refused(
    world: World, pile: list[Request]
) -> None:
    about: dict[str, Any] = {"actor": world.officer, "at": make.AT + flood.DAY}
    assert refuse_pile(until=make.AT, village=pile[2].village_id, **about) == 0
    assert refuse_pile(until=make.AT, village=pile[0].village_id, **about) == 2
    assert list(Request.objects.piled()) == [pile[2]]


def test_a_pile_nobody_looks_at_goes_by_itself_and_is_forgotten(
    world: World, pile: list[Request]
) -> None:
    for days, waiting, named in ((13, 3, 3), (15, 0, 3), (44, 0, 3), (46, 0, 0)):
        sweep_pile(actor=SYSTEM, at=make.AT + timedelta(days=days))
        assert Request.objects.piled().count() == waiting
        assert Request.objects.exclude(name="–").count() == named
    with pytest.raises((PermissionDenied, NotInSight)):
        sweep_pile(actor=world.officer, at=make.AT)


def test_only_what_was_refused_with_the_pile_is_asked_for_again(world: World) -> None:
    code = ask(world.rw, 1)
    for state, declined in (
        (RequestState.WAITING, ""),
        (RequestState.SCHEDULED, ""),
        (RequestState.DECLINED, Declined.OUTSIDE),
    ):
        answered = None if state == RequestState.WAITING else make.AT
        Request.objects.update(state=state, declined=declined, answered_at=answered)
        with pytest.raises(Refused):
            ask_again(actor=ANYBODY, code=code, at=make.AT)
    with pytest.raises(NotInSight):
        ask_again(actor=ANYBODY, code="AAAA-AAAA", at=make.AT)


@pytest.mark.parametrize("role", sorted(ASSIGNABLE))
def test_only_who_answers_requests_sorts_the_pile(
    world: World, pile: list[Request], role: Role
) -> None:
    actor = make.actor(make.user(make.organisation(), role))
    acts = (
        lambda: release_request(actor=actor, request_id=pile[0].pk, at=make.AT),
        lambda: release_pile(actor=actor, until=make.AT, at=make.AT),
        lambda: refuse_pile(actor=actor, until=make.AT, at=make.AT),
        lambda: pile_page(actor=actor, at=make.AT),
    )
    for act in acts:
        if role == Role.PREVENTION_OFFICER:
            act()
        else:
            with pytest.raises((PermissionDenied, NotInSight)):
                act()


@time_machine.travel(make.AT, tick=False)
def test_pages_and_asking_cost_the_same_whatever_lies_there(world: World) -> None:
    browser = officer(world)

    def cost() -> list[int]:
        found = []
        for name in ("requests", "pile"):
            with CaptureQueriesContext(connection) as caught:
                browser.get(reverse(f"sessions:{name}"))
            found.append(len(caught))
        with CaptureQueriesContext(connection) as caught:
            ask(world.rw, secrets.randbelow(10**8))
        return [*found, len(caught)]

    for number in range(flood.OF_A_PLACE + 2):
        ask(world.rw, number)
    few = cost()
    places = [make_prevention.rw() for _more in range(8)]
    for number in range(100, 180):
        ask(places[number % 8], number)
    assert cost() == few


@time_machine.travel(make.AT, tick=False)
def test_the_office_looks_and_sorts_in_the_browser(world: World, pile: list[Request]) -> None:
    Request.objects.filter(pk=pile[2].pk).update(parked_at=make.AT)
    browser = officer(world)
    shown = browser.get(reverse("sessions:pile"))
    assert "3 permintaan" in words(shown) or "3 requests" in words(shown)
    village = pile[0].village_id
    here = browser.get(reverse("sessions:pile"), {"kelurahan": village})
    assert any(village in url and "tolak" in url for url in links(here))
    one = reverse("sessions:request", args=[pile[0].pk])
    assert reverse("sessions:release", args=[pile[0].pk]) in browser.get(one).content.decode()
    assert browser.post(reverse("sessions:release", args=[pile[0].pk])).status_code == 302
    sort = reverse("sessions:sort_pile", args=["antrekan"])
    for odd in ("", "x", "9999-99-99", "\x00", "2026-11-23T00:00"):
        assert browser.get(sort, {"sampai": odd, "kelurahan": odd}).status_code == 200
    assert browser.post(sort, {"sampai": make.AT.isoformat()}).status_code == 302
    assert not Request.objects.piled().exists()
    assert browser.get(reverse("sessions:sort_pile", args=["lain"])).status_code == 404
    empty = words(browser.get(reverse("sessions:pile")))
    assert "sekaligus" in empty or "at once" in empty


@time_machine.travel(make.AT, tick=False)
def test_a_number_that_is_corrected_to_a_known_one_comes_into_the_queue(world: World) -> None:
    for number in range(flood.OF_A_PLACE):
        ask(world.rw, number)
    shown = page("/jadwal/minta/", asking(world, phone="0811 1111 1112"))
    code = said(shown.select_one("#kode-sesi"))
    assert of(code).parked_at is not None
    page("/jadwal/minta/", asking(world, phone=HEAD))
    assert (of(code).is_known, of(code).parked_at) == (True, None)


@time_machine.travel(make.AT, tick=False)
def test_a_kelurahan_that_was_sorted_meanwhile_is_not_the_whole_city(
    world: World, pile: list[Request]
) -> None:
    """Two of the office look at one kelurahan; the second presses after the first has done."""
    Request.objects.filter(pk=pile[2].pk).update(parked_at=make.AT)
    village, browser = pile[0].village_id, officer(world)
    refuse_pile(actor=world.officer, until=make.AT, village=village, at=make.AT)
    sort = reverse("sessions:sort_pile", args=["tolak"])
    late = browser.get(sort, {"sampai": make.AT.isoformat(), "kelurahan": village})
    for shown in (late, browser.get(reverse("sessions:pile"), {"kelurahan": village})):
        assert not BeautifulSoup(shown.content, "html.parser").select("main form")
        assert reverse("sessions:pile") in links(shown)
    browser.post(sort, {"sampai": make.AT.isoformat(), "kelurahan": village})
    browser.post(sort, {"sampai": make.AT.isoformat(), "kelurahan": "\x00x"})
    assert list(Request.objects.piled()) == [pile[2]]


@time_machine.travel(make.AT, tick=False)
def test_one_known_number_lends_its_place_to_no_others(world: World) -> None:
    """Whoever knows the number of a head could ask with it, and correct it to another one."""
    for number in range(flood.OF_A_PLACE):
        ask(world.rw, number)
    for number in range(5):
        once = f"{number:032}"
        code = said(page("/jadwal/minta/", asking(world, once=once, phone=HEAD))
                    .select_one("#kode-sesi"))  # fmt: skip
        assert of(code).parked_at is None
        page("/jadwal/minta/", asking(world, once=once, phone=f"0899 {number:08}"))
        assert not of(code).is_known
        assert of(code).parked_at is not None
    assert Request.objects.queued().count() == flood.OF_A_PLACE


@time_machine.travel(make.AT, tick=False)
def test_many_of_the_pile_are_not_corrected_to_one_known_number(world: World) -> None:
    for number in range(flood.OF_A_PLACE):
        ask(world.rw, number)
    for number in range(6):
        once = f"{number:032}"
        page("/jadwal/minta/", asking(world, once=once, phone=f"0899 {number:08}"))
        page("/jadwal/minta/", asking(world, once=once, phone=HEAD))
    assert Request.objects.queued().filter(is_known=True).count() == flood.OF_ONE_PHONE
    page("/jadwal/minta/", asking(world, once=f"{0:032}", phone="+62 811 1111 1111"))
    assert Request.objects.queued().filter(is_known=True).count() == flood.OF_ONE_PHONE


@time_machine.travel(make.AT, tick=False)
def test_what_was_promised_from_the_pile_waits_in_the_queue_if_the_session_falls_through(
    world: World, pile: list[Request]
) -> None:
    session = plan_session(
        actor=world.officer, wanted=world.wanted(request=pile[0].pk), at=make.AT
    )
    cancel_session(actor=world.officer, session_id=session, reason=Cancelled.VENUE, at=make.AT)
    assert list(Request.objects.queued()) == [pile[0]]
    sweep_pile(actor=SYSTEM, at=make.AT + timedelta(days=15))
    assert list(Request.objects.queued()) == [pile[0]]
