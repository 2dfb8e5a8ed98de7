"""The clock of a report says what the queue is ordered by, whatever happens to the report."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ruang.access.actor import SYSTEM
from ruang.clocks.commands import acknowledge_clock, sweep_clocks
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER
from ruang.clocks.states import LIVE, Ended, Pause
from ruang.clocks.states import State as ClockState
from ruang.intake import commands
from ruang.intake.models import Report
from ruang.intake.states import Door, Risk, Safety, State
from ruang.intake.told import Recorded
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.triage.commands import decide_report
from ruang.triage.minutes import Over
from ruang.triage.states import Ground, Outcome
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of
from tests.intake.writers import room, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HOUR = timedelta(hours=1)


def clock_of(desk: Desk) -> Clock:
    return Clock.objects.get(subject=desk.report.pk, kind=ANSWER, state__in=LIVE)


def act(desk: Desk, what: str, minutes: int) -> None:
    """One thing that can happen to a report, if it can happen now."""
    at = make.AT + timedelta(minutes=minutes)
    about = {"report_id": desk.report.pk, "at": at}
    by_holder = {**about, "actor": desk.who("holder")}
    happen: dict[str, Callable[[], object]] = {
        "claim": lambda: commands.claim_report(**by_holder),
        "answer": lambda: commands.write_to_reporter(text="Kami baca.", **by_holder),
        "she_writes": lambda: commands.write_as_reporter(
            actor=desk.who("reporter"), text="Halo.", form_tag=uuid7().bytes * 2, **about
        ),
        "pause": lambda: commands.pause_report_clock(why=Pause.NOT_SAFE, **by_holder),
        "resume": lambda: commands.resume_report_clock(**by_holder),
        "sweep": lambda: sweep_clocks(actor=SYSTEM, at=at),
    }
    rate = partial(commands.rate_report, **by_holder)
    with suppress(Refused):
        if what in happen:
            happen[what]()
        else:
            rate(risk=Risk(what))


ACTS = ("high", "medium", "low", "answer", "she_writes", "pause", "resume", "sweep")


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    data=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 40 * 60)), max_size=8),
    safety=st.sampled_from([Safety.SAFE, Safety.DANGER]),
)
def test_the_queue_and_the_clock_never_disagree(
    data: list[tuple[str, int]], safety: Safety, world: Desk
) -> None:
    receipt = make.receipt(safety=safety)
    report = make.report_of(receipt)
    desk = Desk(report, receipt, world.users)
    act(desk, "claim", 0)
    for what, minutes in data:
        act(desk, what, minutes)
        live = clock_of(desk)
        stored = Report.objects.get(pk=report.pk)
        assert live.due_at == stored.due_at
        assert (live.owner, live.desk) == (stored.holder, stored.desk)
        assert live.started_at <= live.warn_at <= live.due_at or live.paused_at
        if stored.safety == Safety.DANGER:
            assert live.due_at <= live.started_at + HOUR * 40


@pytest.fixture
def world(db: None) -> Desk:
    return desk_with()


def test_the_clock_waits_for_whoever_holds_the_report() -> None:
    desk = desk_with()
    assert clock_of(desk).owner is None
    act(desk, "claim", 1)
    assert clock_of(desk).owner == id_of(desk, "holder")
    commands.pass_on_report(
        actor=desk.who("holder"), report_id=desk.report.pk, at=make.AT,
        colleague=id_of(desk, "colleague"),
    )  # fmt: skip
    assert clock_of(desk).owner == id_of(desk, "colleague")
    commands.put_back_report(actor=desk.who("colleague"), report_id=desk.report.pk, at=make.AT)
    assert clock_of(desk).owner is None


def test_an_answer_meets_the_clock_and_begins_the_next() -> None:
    desk = desk_with(State.CLAIMED)
    first = clock_of(desk)
    act(desk, "answer", 30)
    first.refresh_from_db()
    assert (first.state, first.missed_at) == (ClockState.MET, None)
    assert clock_of(desk).started_at == make.AT + HOUR / 2


def test_an_answer_does_not_begin_at_once_anew() -> None:
    desk = desk_with(State.CLAIMED, safety=Safety.DANGER)
    first = clock_of(desk)
    act(desk, "answer", 30)
    assert clock_of(desk) == first
    assert desk.reload().due_at == first.due_at


def test_a_miss_stays_to_be_explained_when_another_time_runs() -> None:
    desk = desk_with(State.CLAIMED)
    first = clock_of(desk)
    act(desk, "low", 7 * 60)
    first.refresh_from_db()
    assert (first.state, first.ended_why) == (ClockState.ENDED, Ended.REPLACED)
    assert first.missed_at == first.due_at
    assert clock_of(desk).due_at == make.AT + 24 * HOUR


def test_while_paused_no_time_passes_and_what_was_left_is_left() -> None:
    desk = desk_with(State.CLAIMED)
    act(desk, "pause", 60)
    sweep_clocks(actor=SYSTEM, at=make.AT + 30 * HOUR)
    assert clock_of(desk).missed_at is None
    act(desk, "resume", 31 * 60)
    assert desk.reload().due_at == make.AT + 36 * HOUR


def test_what_was_paused_because_she_was_awaited_runs_again_when_she_writes() -> None:
    desk = desk_with(State.CLAIMED)
    act(desk, "pause", 60)
    act(desk, "she_writes", 120)
    clock = clock_of(desk)
    assert (clock.state, clock.started_at) == (ClockState.RUNNING, make.AT + 2 * HOUR)
    assert desk.reload().due_at == clock.due_at > make.AT + 6 * HOUR


def test_a_decision_ends_the_clock() -> None:
    desk = desk_with(State.CLAIMED)
    decide_report(
        actor=desk.who("holder"), report_id=desk.report.pk, outcome=Outcome.COUNSELLING,
        message="Kami bicara.", at=make.AT + HOUR,
    )  # fmt: skip
    clock = Clock.objects.get(subject=desk.report.pk)
    assert (clock.state, clock.ended_why) == (ClockState.ENDED, Ended.DECIDED)


def test_handing_over_starts_the_clock_of_the_other_desk() -> None:
    desk = desk_with(State.CLAIMED)
    other = make.user().organisation
    decide_report(
        actor=desk.who("holder"), report_id=desk.report.pk, outcome=Outcome.HAND_OVER,
        message="Kami serahkan.", at=make.AT + HOUR,
        over=Over(other.pk, Ground.TERRITORY, "Wilayah lain."),
    )  # fmt: skip
    old, new = Clock.objects.filter(subject=desk.report.pk).order_by("started_at")
    assert (old.ended_why, new.desk, new.owner) == (Ended.HANDED_OVER, other.pk, None)
    assert new.due_at == desk.reload().due_at == make.AT + 7 * HOUR


def test_raised_to_high_it_is_at_once_from_when_that_was_known() -> None:
    desk = desk_with(State.CLAIMED)
    act(desk, "high", 120)
    known = make.AT + 2 * HOUR
    clock = clock_of(desk)
    assert (clock.started_at, clock.due_at, clock.missed_at) == (known, known, None)
    assert desk.reload().due_at == known
    acknowledge_clock(
        actor=desk.who("holder"), clock_id=clock.pk, at=known + timedelta(seconds=10)
    )
    sweep_clocks(actor=SYSTEM, at=known + HOUR)
    assert clock_of(desk).missed_at is None
    assert Clock.objects.filter(missed_at__isnull=False).count() == 0


def test_judging_danger_as_high_begins_nothing_anew() -> None:
    desk = desk_with(State.CLAIMED, safety=Safety.DANGER)
    first = clock_of(desk)
    act(desk, "high", 60)
    assert (clock_of(desk), clock_of(desk).due_at) == (first, make.AT)


def test_a_letter_that_tells_of_danger_is_at_once_from_when_it_is_written_down() -> None:
    desk = room()
    came = make.AT - timedelta(days=2)
    told = make.told(
        door=Door.LETTER, received_at=came, safety=Safety.DANGER,
        recorded=Recorded(why_late="libur"),
    )  # fmt: skip
    receipt = commands.record_report(
        actor=desk.who("writer"), sheet=sheet(), told=told, wishes=commands.Wishes(), at=make.AT
    )
    report = make.report_of(receipt)
    clock = Clock.objects.get(subject=report.pk)
    assert report.received_at == came
    assert clock.started_at == clock.due_at == report.due_at == make.AT
