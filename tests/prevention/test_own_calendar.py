"""Calendars are told of every move; a facilitator's own is at a secret address."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from icalendar import Calendar

from ruang.access.actor import SYSTEM
from ruang.access.sight import NotInSight
from ruang.audit.feed import Happened
from ruang.identity.models import User
from ruang.identity.states import State as UserState
from ruang.prevention.arrivals import A_MINUTE
from ruang.prevention.codes import calendar_tag
from ruang.prevention.commands import (
    Moved,
    cancel_session,
    close_calendar,
    move_session,
    open_calendar,
)
from ruang.prevention.models import OwnCalendar, Session
from ruang.prevention.queries import calendar_behind, own_events
from ruang.prevention.reactions import close_after_leaving
from ruang.prevention.states import Anyway, Cancelled
from tests import make
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATER = make.AT + timedelta(days=1)


@pytest.fixture
def world() -> World:
    return World()


def entry(address: str = "/jadwal/kalender.ics") -> Any:
    (one,) = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    return one


def said(one: Any) -> tuple[int, datetime, datetime, str]:
    return int(one["sequence"]), one["dtstamp"].dt, one["last-modified"].dt, str(one["status"])


def opened(world: World) -> str:
    about = {"facilitator_id": world.ani.pk, "at": make.AT}
    return open_calendar(actor=make.actor(world.ani.user), **about)


def test_a_move_and_a_cancellation_are_later_versions_of_the_same(world: World) -> None:
    session = world.plan()
    now = make.AT.replace(microsecond=0)
    assert said(entry()) == (0, now, now, "CONFIRMED")
    to = Moved(SOON + timedelta(days=1), None, "Balai", [world.ani.pk], Anyway.HOSTS)
    about = {"actor": world.officer, "session_id": session.pk}
    move_session(to=to, at=LATER, **about)
    assert said(entry()) == (1, LATER, LATER, "CONFIRMED")
    latest = LATER + timedelta(hours=1)
    cancel_session(reason=Cancelled.HOST, at=latest, **about)
    assert said(entry()) == (2, latest, latest, "CANCELLED")


def test_a_phone_reads_the_own_sessions_at_a_secret_address(world: World) -> None:
    Session.objects.filter(pk=world.plan().pk).update(is_public=False)
    world.plan(facilitators=[world.budi.pk], starts_at=SOON + timedelta(days=1))
    secret = opened(world)
    address = f"/jadwal/saya/{secret}.ics"
    kept = OwnCalendar.objects.get()
    assert (bytes(kept.tag), len(secret)) == (calendar_tag(secret), 43)
    answer = Client().get(address)
    assert answer["Cache-Control"] == "private, no-store"
    assert str(world.rw) in str(entry(address)["summary"])
    assert world.ani.user.name not in answer.content.decode()
    again = opened(world)
    assert Client().get(address).status_code == 404
    assert Client().get("/jadwal/saya/x.ics").status_code == 404
    for _n in range(A_MINUTE + 1):
        answer = Client().get(f"/jadwal/saya/{again}.ics")
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


def test_nobody_opens_anothers_calendar_and_the_office_can_close_it(world: World) -> None:
    about = {"facilitator_id": world.ani.pk, "at": make.AT}
    for actor in (world.officer, make.actor(world.budi.user), SYSTEM):
        with pytest.raises(PermissionDenied):
            open_calendar(actor=actor, **about)
    secret = opened(world)
    with pytest.raises(PermissionDenied):
        close_calendar(actor=make.actor(world.budi.user), **about)
    close_calendar(actor=world.officer, **about)
    close_calendar(actor=world.officer, **about)
    with pytest.raises(NotInSight):
        calendar_behind(secret=secret)


def test_a_suspended_account_has_no_calendar_any_more(world: World) -> None:
    secret, user = opened(world), User.objects.filter(pk=world.ani.user.pk)
    assert own_events(facilitator_id=calendar_behind(secret=secret), at=make.AT) == ()
    user.update(state=UserState.SUSPENDED)
    with pytest.raises(NotInSight):
        calendar_behind(secret=secret)
    ids = {"user": str(world.ani.user.pk)}
    fact = Happened(
        number=1, name="identity.member_suspended", at=make.AT, role="system", by=UUID(int=0),
        organisation=UUID(int=0), ids=ids, codes={},
    )  # fmt: skip
    close_after_leaving(fact, make.AT)
    user.update(state=UserState.ACTIVE)
    with pytest.raises(NotInSight):
        calendar_behind(secret=secret)
