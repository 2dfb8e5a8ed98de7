"""Clocks over any time zone, opening hours, holidays, pauses, and a system clock that jumps."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from ruang.access.actor import SYSTEM
from ruang.clocks import commands, keep, legal
from ruang.clocks.legal import Holder
from ruang.clocks.models import Clock
from ruang.clocks.official import KDRT_PROTECTION, TPKS_POLICE
from ruang.clocks.spans import due_after, warn_at
from ruang.clocks.states import Area, Ended, Missed, Pause, State, Unit
from ruang.clocks.sweep import sweep
from ruang.kernel.errors import Refused
from ruang.territory.hours import Hours
from tests import make

AT = make.AT
KIND = "answer"
zones = st.sampled_from(
    [ZoneInfo(name) for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "UTC",
                                 "Europe/Berlin", "America/New_York", "Pacific/Apia")]
)  # fmt: skip
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(0), timedelta(days=2_500)).map(lambda after: FIRST + after)
hours_of = st.builds(
    lambda a, b, days, zone, closed: Hours(
        time(min(a, b)), time(max(a, b)), frozenset(days), zone, closed
    ),
    st.integers(0, 23),
    st.integers(0, 23),
    st.sets(st.integers(1, 7), min_size=1),
    zones,
    st.booleans(),
)
IN_THE_GAP = Hours(time(2), time(3), frozenset({1, 2, 7}), ZoneInfo("Europe/Berlin"), False)
"""One hour that a clock is put forward over in spring."""
database = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@given(hours=hours_of, since=moments, amount=st.integers(1, 60), unit=st.sampled_from(Unit))
def test_a_time_limit_ends_after_it_begins_and_warns_in_between(
    hours: Hours, since: datetime, amount: int, unit: Unit
) -> None:
    due = due_after(hours, since, amount, unit)
    assert since <= warn_at(since, due) <= due
    assert due > since


@given(
    hours=hours_of, since=moments, later=st.timedeltas(timedelta(0), timedelta(days=9)),
    amount=st.integers(1, 40), unit=st.sampled_from(Unit),
)  # fmt: skip
def test_due_times_are_monotone(
    hours: Hours, since: datetime, later: timedelta, amount: int, unit: Unit
) -> None:
    if (
        unit is Unit.WORKDAYS
    ):  # the same time of day: within one local day it may fold in autumn
        assume(hours.zone.key not in {"Europe/Berlin", "America/New_York"})
    due = due_after(hours, since, amount, unit)
    assert due_after(hours, since + later, amount, unit) >= due
    assert due_after(hours, since, amount + 1, unit) > due


@given(hours=hours_of, at=moments, span=st.timedeltas(timedelta(minutes=1), timedelta(days=3)))
@example(hours=IN_THE_GAP, at=FIRST, span=timedelta(days=2))
def test_open_hours_count_the_open_minutes_alone(
    hours: Hours, at: datetime, span: timedelta
) -> None:
    half = span / 2
    whole = hours.after_open_hours(at, span)
    assert hours.after_open_hours(hours.after_open_hours(at, half), span - half) == whole
    assert whole - at >= span
    assert hours.is_open(whole - timedelta(microseconds=1))


@given(hours=hours_of, at=moments, days=st.integers(1, 30))
def test_working_days_end_on_one_at_the_same_time_of_day(
    hours: Hours, at: datetime, days: int
) -> None:
    due = hours.after_workdays(at, days).astimezone(hours.zone)
    assert hours._works_on(due.date())
    local = at.astimezone(hours.zone)
    between = [
        local.date() + timedelta(days=n) for n in range(1, (due.date() - local.date()).days + 1)
    ]
    assert sum(hours._works_on(day) for day in between) == days


def a_clock(since: datetime = AT, length: timedelta = timedelta(hours=8)) -> Clock:
    return keep.start(
        kind=KIND, area=Area.REPORT, subject=uuid4(), desk=uuid4(), actor=SYSTEM, since=since,
        due_at=since + length, at=since,
    )  # fmt: skip


def stored(clock: Clock) -> Clock:
    return Clock.objects.get(pk=clock.pk)


@pytest.mark.django_db
@database
@given(
    stops=st.lists(
        st.tuples(
            st.timedeltas(timedelta(0), timedelta(hours=5)),
            st.timedeltas(timedelta(0), timedelta(days=400)),
        ),
        max_size=5,
    )
)
def test_resuming_gives_back_exactly_what_was_left_until_the_pause_was_over(
    stops: list[tuple[timedelta, timedelta]],
) -> None:
    clock, now = a_clock(), AT
    left, missed = clock.due_at - AT, None
    for ran, stood in stops:
        now += ran
        left -= ran
        if left <= timedelta(0):
            missed = missed or clock.due_at
        keep.pause(clock, why=Pause.SURVIVOR, actor=SYSTEM, at=now)
        now += stood
        assert clock.paused_until is not None
        left -= max(now - clock.paused_until, timedelta(0))
        keep.resume(clock, actor=SYSTEM, at=now)
        assert stored(clock).due_at - now == left
        assert stored(clock).warn_at == stored(clock).due_at - timedelta(hours=2)
        assert stored(clock).missed_at == missed, "a pause of a late clock hides no miss"


LATE = AT + timedelta(hours=9)


def resumed_and_met(clock: Clock) -> None:
    keep.resume(clock, actor=SYSTEM, at=LATE + timedelta(days=1))
    keep.meet(clock, actor=SYSTEM, at=LATE + timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "then",
    [
        lambda clock: keep.meet(clock, actor=SYSTEM, at=LATE),
        lambda clock: keep.end(clock, why=Ended.DECIDED, actor=SYSTEM, at=LATE),
        lambda clock: keep.explain(clock, why=Missed.OVERSIGHT, actor=SYSTEM, at=LATE),
        resumed_and_met,
    ],
    ids=["met", "ended", "explained", "resumed and met"],
)
def test_a_miss_that_nobody_saw_before_the_pause_is_one(
    then: Callable[[Clock], object],
) -> None:
    clock = a_clock()
    due = clock.due_at
    keep.pause(clock, why=Pause.SURVIVOR, actor=SYSTEM, at=LATE)
    then(clock)
    assert stored(clock).missed_at == due


@pytest.mark.django_db
def test_a_late_clock_that_pauses_gives_way_with_its_miss_and_the_new_one_waits_too() -> None:
    clock = a_clock()
    keep.pause(clock, why=Pause.NOT_SAFE, actor=SYSTEM, at=LATE)
    due = LATE + timedelta(hours=15)
    new = keep.renew(clock, since=AT, due_at=due, actor=SYSTEM, at=LATE)
    old = stored(clock)
    assert (old.ended_why, old.missed_at) == (Ended.REPLACED, AT + timedelta(hours=8))
    assert (new.state, new.paused_why, new.missed_at) == (State.PAUSED, Pause.NOT_SAFE, None)


@pytest.mark.django_db
def test_a_late_clock_somebody_cared_for_is_told_anew_when_the_waiting_is_over() -> None:
    """Else it would run, late, and nobody would ever hear of it again."""
    clock = a_clock()
    sweep(actor=SYSTEM, at=LATE)
    clock = stored(clock)
    keep.acknowledge(clock, actor=SYSTEM, at=LATE)
    sweep(actor=SYSTEM, at=LATE + timedelta(hours=2))
    assert stored(clock).next_at is None
    clock = stored(clock)
    keep.pause(clock, why=Pause.SURVIVOR, actor=SYSTEM, at=LATE + timedelta(days=1))
    over = LATE + timedelta(days=9)
    keep.resume(clock, actor=SYSTEM, at=over)
    assert stored(clock).next_at == over
    sweep(actor=SYSTEM, at=over)
    assert stored(clock).next_at > over


@pytest.mark.django_db
@database
@given(back=st.timedeltas(timedelta(0), timedelta(days=4_000)))
def test_a_system_clock_that_jumps_back_takes_nothing_away(back: timedelta) -> None:
    clock = a_clock()
    due = clock.due_at
    keep.pause(clock, why=Pause.SURVIVOR, actor=SYSTEM, at=AT + timedelta(hours=1))
    keep.resume(clock, actor=SYSTEM, at=AT + timedelta(hours=1) - back)
    assert stored(clock).due_at == due


@pytest.mark.django_db
def test_a_pause_goes_on_when_another_time_is_set() -> None:
    clock = a_clock()
    keep.pause(clock, why=Pause.SURVIVOR, actor=SYSTEM, at=AT)
    at = AT + timedelta(days=2)
    keep.move(clock, since=at, due_at=at + timedelta(hours=6), actor=SYSTEM, at=at)
    keep.resume(clock, actor=SYSTEM, at=at + timedelta(days=3))
    assert stored(clock).due_at == at + timedelta(days=3, hours=6)


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("why", "missed"),
    [
        (Ended.DECIDED, True),
        (Ended.HANDED_OVER, True),
        (Ended.CLOSED, True),
        (Ended.REPLACED, True),
        (Ended.BY_MISTAKE, False),
        (Ended.NOT_APPLICABLE, False),
    ],
)
def test_ending_late_is_a_miss_unless_it_should_never_have_run(
    why: Ended, missed: bool
) -> None:
    clock = a_clock()
    keep.end(clock, why=why, actor=SYSTEM, at=AT + timedelta(hours=9))
    assert (stored(clock).missed_at is not None) is missed


@pytest.mark.django_db
def test_met_while_paused_is_no_miss_and_met_late_is_one() -> None:
    paused, late = a_clock(), a_clock()
    keep.pause(paused, why=Pause.SURVIVOR, actor=SYSTEM, at=AT)
    for clock in (paused, late):
        keep.meet(clock, actor=SYSTEM, at=AT + timedelta(days=1))
    assert stored(paused).missed_at is None
    assert stored(late).missed_at == late.due_at


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_only_a_miss_is_explained() -> None:
    clock = a_clock()
    with pytest.raises(Refused):
        keep.explain(clock, why=Missed.OVERSIGHT, actor=SYSTEM, at=AT)
    keep.explain(clock, why=Missed.HER_WISH, actor=SYSTEM, at=AT + timedelta(hours=8))
    assert stored(clock).missed_why == Missed.HER_WISH


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("state", [State.PAUSED, State.MET, State.ENDED])
def test_a_clock_that_does_not_run_is_not_paused(state: State) -> None:
    clock = a_clock()
    if state is State.PAUSED:
        keep.pause(clock, why=Pause.SURVIVOR, actor=SYSTEM, at=AT)
    elif state is State.MET:
        keep.meet(clock, actor=SYSTEM, at=AT)
    else:
        keep.end(clock, why=Ended.DECIDED, actor=SYSTEM, at=AT)
    with pytest.raises(Refused):
        keep.pause(clock, why=Pause.SURVIVOR, actor=SYSTEM, at=AT)


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_the_law_does_not_wait_and_does_not_begin_again() -> None:
    make.city()
    case, desk = uuid4(), uuid4()
    about = {"subject": case, "desk": desk, "actor": SYSTEM, "since": AT, "at": AT}
    clock = keep.start_legal(kind=TPKS_POLICE, **about)
    assert clock is not None
    assert clock.due_at == AT + timedelta(hours=72)
    with pytest.raises(Refused):
        keep.pause(clock, why=Pause.SURVIVOR, actor=SYSTEM, at=AT)
    keep.end_all(case, why=Ended.CLOSED, actor=SYSTEM, at=AT)
    assert stored(clock).state == State.RUNNING
    keep.meet(clock, actor=SYSTEM, at=AT)
    assert keep.start_legal(kind=TPKS_POLICE, **about) is None
    assert keep.start_legal(kind=KDRT_PROTECTION, **about) is not None


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_a_rule_that_is_switched_off_switches_off_no_clock_that_runs() -> None:
    make.city()
    here, there = (Holder(uuid4(), Area.REPORT, uuid4()) for _ in range(2))
    clock = legal.begin(here, kind=TPKS_POLICE, since=AT, actor=SYSTEM, at=AT)
    assert clock is not None
    commands.correct_rule(
        actor=SYSTEM, kind=TPKS_POLICE, amount=72, unit=Unit.HOURS, source="UU 12/2022",
        source_on=AT.date(), is_active=False, at=AT,
    )  # fmt: skip
    with pytest.raises(Refused, match="set by law"):
        keep.pause(clock, why=Pause.SURVIVOR, actor=SYSTEM, at=AT)
    for why in (Ended.DECIDED, Ended.CLOSED, Ended.HANDED_OVER):
        keep.end_all(here.subject, why=why, actor=SYSTEM, at=AT)
    assert stored(clock).state == State.RUNNING
    legal.carry(here.subject, there, why=Ended.HANDED_OVER, actor=SYSTEM, at=AT)
    moved = Clock.objects.live().get(subject=there.subject)
    assert (moved.pk, moved.started_at, moved.due_at) == (
        clock.pk, clock.started_at, clock.due_at,
    )  # fmt: skip
    assert legal.begin(there, kind=TPKS_POLICE, since=AT, actor=SYSTEM, at=AT) is None
