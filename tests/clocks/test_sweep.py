"""What the sweep does when time passes, twice, in jumps, and to whom it tells what."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ruang.access.actor import ANYBODY, SYSTEM
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.clocks import commands, keep, queries
from ruang.clocks.events import ClockMissed, ClockSoon
from ruang.clocks.models import Clock
from ruang.clocks.states import Area, Missed, State
from ruang.clocks.sweep import AGAIN, HOURLY
from ruang.identity.models import User
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AT = make.AT
HOUR = timedelta(hours=1)


def a_clock(desk: UUID | None = None, owner: UUID | None = None) -> Clock:
    return keep.start(
        kind="answer", area=Area.REPORT, subject=uuid4(), desk=desk or uuid4(), owner=owner,
        actor=SYSTEM, since=AT, due_at=AT + 8 * HOUR, at=AT,
    )  # fmt: skip


def told(clock: Clock) -> list[tuple[str, int]]:
    facts = Fact.objects.filter(about=clock.subject).order_by("number")
    return [(fact.name, fact.codes.get("level", 0)) for fact in facts]


def stored(clock: Clock) -> Clock:
    return Clock.objects.get(pk=clock.pk)


def sweep(*hours: float) -> None:
    for hour in hours:
        commands.sweep_clocks(actor=SYSTEM, at=AT + hour * HOUR)


SOON, MISSED = ClockSoon.name, ClockMissed.name


def test_it_warns_then_tells_ever_more_until_somebody_takes_care() -> None:
    person = make.user()
    clock = a_clock(person.organisation_id)
    sweep(0, 5.9)
    assert told(clock) == []
    sweep(6, 6, 7)
    assert told(clock) == [(SOON, 0)]
    sweep(8, 8, 8.5)
    assert told(clock)[1:] == [(MISSED, 1)]
    sweep(9, 10.2, 10.5)
    assert told(clock)[2:] == [(MISSED, 2), (MISSED, 3)]
    commands.acknowledge_clock(actor=make.actor(person), clock_id=clock.pk, at=AT + 10.6 * HOUR)
    before = told(clock)
    sweep(12, 13, 40)
    assert told(clock) == before
    listed = queries.late_clocks(actor=make.actor(person), at=AT + 40 * HOUR)
    assert [line.id for line in listed] == [clock.pk], "it stays visible until somebody acts"


def test_a_promise_before_the_time_ran_out_silences_no_miss() -> None:
    person = make.user()
    clock = a_clock(person.organisation_id)
    sweep(6)
    commands.acknowledge_clock(actor=make.actor(person), clock_id=clock.pk, at=AT + 7 * HOUR)
    sweep(8)
    assert told(clock)[-1] == (MISSED, 1)


def test_it_is_told_every_hour_of_a_day_and_then_daily_until_somebody_takes_care() -> None:
    person = make.user()
    clock = a_clock(person.organisation_id)
    sweep(*range(6, 8 + 24))
    assert told(clock)[-1] == (MISSED, HOURLY)
    sweep(*range(8 + 24, 8 + 24 * 9))
    assert told(clock)[-1] == (MISSED, HOURLY + 8)
    at = AT + (8 + 24 * 9.5) * HOUR
    commands.acknowledge_clock(actor=make.actor(person), clock_id=clock.pk, at=at)
    before = told(clock)
    sweep(*range(8 + 24 * 10, 8 + 24 * 40, 12))
    assert told(clock) == before


class TestAtOnce:
    """What has no time to run out of: told in the first turn, missed if nobody takes care."""

    SECOND = timedelta(seconds=1)

    def at_once(self, person: User) -> Clock:
        return keep.start(
            kind="answer", area=Area.REPORT, subject=uuid4(), desk=person.organisation_id,
            actor=SYSTEM, since=AT, due_at=AT, at=AT,
        )  # fmt: skip

    def sweep(self, *seconds: int) -> None:
        for after in seconds:
            commands.sweep_clocks(actor=SYSTEM, at=AT + after * self.SECOND)

    def take_care(self, clock: Clock, person: User, seconds: int) -> None:
        at = AT + seconds * self.SECOND
        commands.acknowledge_clock(actor=make.actor(person), clock_id=clock.pk, at=at)

    @pytest.mark.parametrize("turn", [0, 5, 29])
    def test_it_is_told_in_the_first_turn_and_missed_within_the_length_of_one(
        self, turn: int
    ) -> None:
        clock = self.at_once(make.user())
        self.sweep(turn)
        assert told(clock) == [(MISSED, 1)]
        assert stored(clock).missed_at is None
        self.sweep(turn + 30)
        assert stored(clock).missed_at == AT
        assert told(clock) == [(MISSED, 1)], "nobody is told twice within a minute"
        self.sweep(turn + 30 + 3_600)
        assert told(clock)[1:] == [(MISSED, 2)]

    @pytest.mark.parametrize("turn", [3, 12])
    def test_who_takes_care_within_ten_seconds_has_missed_nothing(self, turn: int) -> None:
        person = make.user()
        clock = self.at_once(person)
        self.sweep(*({turn} - {12}))
        self.take_care(clock, person, 10)
        self.sweep(12, 42, 3_700, 90_000)
        kept = stored(clock)
        assert (kept.missed_at, kept.next_at, kept.state) == (None, None, State.RUNNING)
        later = AT + timedelta(days=2)
        listed = queries.late_clocks(actor=make.actor(person), at=later)
        assert [line.id for line in listed] == [clock.pk], "it stays on the list all the same"
        keep.meet(kept, actor=SYSTEM, at=later)
        assert stored(clock).missed_at is None

    @pytest.mark.parametrize("turns", [(), (5,), (5, 35)])
    def test_who_takes_care_later_has(self, turns: tuple[int, ...]) -> None:
        person = make.user()
        clock = self.at_once(person)
        self.sweep(*turns)
        self.take_care(clock, person, 40)
        self.sweep(60)
        assert stored(clock).missed_at == AT

    @pytest.mark.parametrize(("seconds", "missed"), [(20, None), (40, AT)])
    def test_what_is_done_before_the_sweep_came_by(
        self, seconds: int, missed: datetime | None
    ) -> None:
        clock = self.at_once(make.user())
        keep.meet(clock, actor=SYSTEM, at=AT + seconds * self.SECOND)
        assert stored(clock).missed_at == missed


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(jumps=st.lists(st.integers(-3_650 * 24, 3_650 * 24), min_size=1, max_size=12))
def test_however_the_system_clock_jumps_nothing_is_told_twice_or_backwards(
    jumps: Iterable[int],
) -> None:
    clock = a_clock()
    for hours in jumps:
        sweep(hours, hours)
        kept = Clock.objects.get(pk=clock.pk)
        assert kept.due_at == clock.due_at
        assert kept.missed_at in {None, clock.due_at}
    levels = [level for name, level in told(clock) if name == MISSED]
    assert all(later == earlier + 1 for earlier, later in pairwise(levels))
    assert [name for name, _level in told(clock)].count(SOON) <= 1


def test_a_miss_that_only_a_wrong_system_clock_saw_is_none() -> None:
    clock = a_clock()
    sweep(24)
    keep.meet(Clock.objects.get(pk=clock.pk), actor=SYSTEM, at=AT + HOUR)
    assert Clock.objects.get(pk=clock.pk).missed_at is None


def test_what_is_paused_or_over_is_left_alone() -> None:
    clock = a_clock()
    keep.meet(clock, actor=SYSTEM, at=AT)
    sweep(6, 9, 24)
    assert told(clock) == []
    assert Clock.objects.get(pk=clock.pk).state == State.MET


@pytest.mark.parametrize("step", ["acknowledge", "explain"])
@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("owner", None),
        ("officer", None),
        ("manager", None),
        ("head", None),
        ("admin", NotInSight),
        ("auditor", NotInSight),
        ("outsider", NotInSight),
        ("partner", NotInSight),
    ],
)
def test_who_may_take_care_and_who_may_say_why(
    who: str, answer: type[Exception] | None, step: str
) -> None:
    place = make.organisation()
    people: dict[str, User] = {
        "officer": make.user(place),
        "manager": make.user(place, Role.CASE_MANAGER),
        "head": make.user(place, Role.HEAD),
        "admin": make.user(place, Role.ADMIN),
        "auditor": make.user(place, Role.AUDITOR),
        "outsider": make.user(),
        "owner": make.user(),
        "partner": make.partner(),
    }
    clock = a_clock(place.pk, owner=people["owner"].pk)
    sweep(8)
    facts = Fact.objects.count()

    def act() -> None:
        about = {"actor": make.actor(people[who]), "clock_id": clock.pk, "at": AT + 9 * HOUR}
        if step == "acknowledge":
            commands.acknowledge_clock(**about)
        else:
            commands.explain_miss(why=Missed.NOBODY_FREE, **about)

    if answer is None:
        act()
        assert Fact.objects.count() == facts + 1
    else:
        with pytest.raises(answer):
            act()
        assert Fact.objects.count() == facts


def test_a_miss_is_listed_until_it_has_a_reason() -> None:
    person = make.user()
    clock = a_clock(person.organisation_id)
    sweep(8)
    actor = make.actor(person)
    keep.meet(Clock.objects.get(pk=clock.pk), actor=SYSTEM, at=AT + 9 * HOUR)
    assert [line.id for line in queries.unexplained(actor=actor)] == [clock.pk]
    commands.explain_miss(
        actor=actor, clock_id=clock.pk, why=Missed.TECHNICAL, at=AT + 9 * HOUR
    )
    assert queries.unexplained(actor=actor) == ()


def test_nobody_but_the_system_sweeps() -> None:
    for actor in (ANYBODY, make.actor(make.user(role=Role.ADMIN))):
        with pytest.raises(PermissionDenied):
            commands.sweep_clocks(actor=actor, at=AT)


def test_the_next_telling_is_an_hour_later() -> None:
    clock = a_clock()
    at: datetime = AT + 8.3 * HOUR
    commands.sweep_clocks(actor=SYSTEM, at=at)
    assert Clock.objects.get(pk=clock.pk).next_at == at + AGAIN
