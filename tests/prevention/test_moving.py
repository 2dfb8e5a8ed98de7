"""A session that is moved keeps to the same as one that is planned, whoever planned it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.prevention.commands import Moved, cancel_session, move_session
from ruang.prevention.models import Facilitator, Session
from ruang.prevention.queries import plan_warnings
from ruang.prevention.states import Anyway, Audience, Cancelled, State, Unit
from ruang.prevention.warnings import Warned, mark_of
from ruang.register.models import Rw, Venue
from ruang.territory.commands import set_days
from ruang.territory.spans import Span
from tests import make, make_prevention
from tests.prevention.scene import World
from tests.territory.people import ADMIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world() -> World:
    return World()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the first week of December 2026, which begins on a Tuesday."""
    return timezone.make_aware(datetime.combine(date(2026, 12, day), time(hour, minute)))


def both(world: World) -> list[Any]:
    return [world.ani.pk, world.budi.pk]


def warned(world: World, **changed: object) -> str:
    wanted = world.wanted(**{"facilitators": both(world), **changed})
    return " ".join(str(one) for one in plan_warnings(actor=world.officer, wanted=wanted))


def move(world: World, session: Session, to: Moved) -> Session:
    move_session(actor=world.officer, session_id=session.pk, to=to, at=make.AT)
    session.refresh_from_db()
    return session


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (at(8, 11, 45), "the time of zuhur"), (at(8, 15), "the time of asar"),
        (at(8, 17, 30), "the time of maghrib"), (at(4, 12), "the Friday prayer"),
        (at(8, 9), ""),
    ],
)  # fmt: skip
def test_the_times_of_prayer_are_said(world: World, when: datetime, words: str) -> None:
    assert (
        (words in warned(world, starts_at=when)) if words else not warned(world, starts_at=when)
    )
    assert "zuhur" not in warned(world, starts_at=at(4, 12))


def test_a_school_is_open_from_its_first_lesson_to_its_last(world: World) -> None:
    programme = make_prevention.programme(Unit.SCHOOL)
    school = make_prevention.school()
    said = {"programme": programme.pk, "unit": Unit.SCHOOL, "host": school.pk, "rts": []}
    assert "school is closed" in warned(world, starts_at=at(8, 12), **said)
    assert "school is closed" not in warned(world, starts_at=at(8, 9), **said)


def test_school_holidays_and_the_hours_of_the_fasting_month_are_said(world: World) -> None:
    programme = make_prevention.programme(Unit.SCHOOL)
    school = make_prevention.school()
    said = {"programme": programme.pk, "unit": Unit.SCHOOL, "host": school.pk, "rts": []}
    pupils = {"audience": Audience.TEENS, "starts_at": at(8, 9)}
    assert "at school" in warned(world, **pupils)
    week = (date(2026, 12, 7), date(2026, 12, 11))
    set_days(
        actor=ADMIN,
        school_holidays=(Span(*week, "Semester"),),
        fasting=(Span(*week, "", ((time(16, 30), time(21)),)),),
        at=make.AT,
    )
    assert "the school holidays" in warned(world, starts_at=at(8, 9), **said)
    assert "school holidays" not in warned(world, starts_at=at(14, 9), **said)
    assert "at school" not in warned(world, **pupils)
    assert "the fasting month" in warned(world, starts_at=at(8, 16))
    assert "fasting" not in warned(world, starts_at=at(8, 9))
    assert "fasting" not in warned(world, starts_at=at(14, 16))


def test_the_way_between_two_sessions_of_one_person_is_said(world: World) -> None:
    Venue.objects.filter(pk=world.venue.pk).update(latitude=-6.0, longitude=106.0)
    far = make_prevention.rw()
    Rw.objects.filter(pk=far.pk).update(latitude=-6.2, longitude=106.3)
    first = world.plan(starts_at=at(8, 8), facilitators=both(world))
    after = {"host": far.pk, "rts": [far.rts.all()[0].pk], "venue": None, "place": "x"}
    words = warned(world, starts_at=first.ends_at, **after)
    assert f"{world.ani.user.name} holds {world.programme.name} for {world.rw}" in words
    assert "and 0 between the two" in words
    assert "on the way" not in warned(world, starts_at=at(8, 16), **after)
    assert "on the way" not in warned(world, starts_at=at(9, 9), **after)


def test_the_same_place_and_programme_twice_is_said(world: World) -> None:
    session = world.plan(starts_at=at(8, 9), facilitators=both(world))
    assert f"{world.rw} has {world.programme.name} on" in warned(world, starts_at=at(10, 9))
    other = make_prevention.programme()
    assert "already" not in warned(world, starts_at=at(10, 9), programme=other.pk)
    assert "already" not in warned(world, starts_at=at(8, 9) + timedelta(days=120))
    to = Moved(at(10, 9), world.venue.pk, "", both(world))
    assert move(world, session, to).starts_at == at(10, 9)


def test_moving_is_warned_of_what_planning_is_and_asks_why(world: World) -> None:
    session = world.plan(facilitators=both(world), is_promised=True)
    to = Moved(at(4, 12), world.venue.pk, "", [world.ani.pk])
    with pytest.raises(Warned, match=r"the Friday prayer.*usually held by 2") as why:
        move(world, session, to)
    agreed = replace(to, anyway=Anyway.HOSTS, warned=mark_of(why.value.words))
    with pytest.raises(Warned):
        move(world, session, replace(agreed, warned="0" * 16))
    assert move(world, session, agreed).anyway == Anyway.HOSTS
    fact = Fact.objects.filter(name="prevention.session_moved").latest("number")
    assert (fact.codes["step"], fact.codes["code"]) == ("move", "hosts")
    back = Moved(at(8, 9), world.venue.pk, "", both(world))
    assert move(world, session, back).anyway == ""


def test_a_page_from_before_a_move_is_told_what_stands_now(world: World) -> None:
    session = world.plan(facilitators=both(world))
    people: Sequence[Facilitator] = (world.ani, world.budi)
    to = Moved(at(8, 9), None, "Aula", both(world), seen=0)
    assert move(world, session, to).moves == 1
    with pytest.raises(Refused, match=r"now on Tuesday 8 December 2026, 09.00, Aula") as why:
        move(world, session, replace(to, starts_at=at(9, 9)))
    assert all(one.user.name in str(why.value) for one in people)
    about = {"actor": world.officer, "session_id": session.pk, "at": make.AT}
    with pytest.raises(Refused, match="moved this session meanwhile"):
        cancel_session(reason=Cancelled.HOST, seen=0, **about)
    cancel_session(reason=Cancelled.HOST, seen=1, **about)
    session.refresh_from_db()
    assert (session.state, session.moves, session.changed_at) == (State.CANCELLED, 2, make.AT)
    with pytest.raises(Refused, match="cancelled already"):
        move(world, session, to)
