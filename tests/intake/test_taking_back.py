"""A report in somebody's hands: who takes it out of them, and what happens when she leaves."""

from datetime import timedelta

import pytest

from ruang import wiring
from ruang.access.actor import SYSTEM
from ruang.audit.models import Fact
from ruang.clocks.commands import acknowledge_clock, sweep_clocks
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER
from ruang.clocks.states import Pause
from ruang.clocks.states import State as ClockState
from ruang.identity import commands as identity
from ruang.intake import commands, queries
from ruang.intake.events import ReportMoved
from ruang.intake.models import Report
from ruang.intake.states import State, Step, TakenWhy
from ruang.jobs.worker import Worker
from ruang.kernel.errors import Refused
from ruang.vault.keyring import take_away
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HOUR = timedelta(hours=1)


def take_back(desk: Desk, who: str = "colleague", why: TakenWhy = TakenWhy.AWAY) -> Report:
    return commands.take_back_report(
        actor=desk.who(who),
        report_id=desk.report.pk,
        holder=id_of(desk, "holder"),
        why=why,
        at=make.AT,
    )


def react() -> None:
    """Let what follows by itself from what happened happen."""
    worker = Worker(reactions=wiring.REACTIONS, due=wiring.DUE, sweeps={})
    while worker.turn(make.AT):
        pass


def clock_of(desk: Desk) -> Clock:
    return Clock.objects.live().get(subject=desk.report.pk, kind=ANSWER)


def taken_from(desk: Desk, who: str) -> list[object]:
    held = queries.held_reports(actor=desk.who(who), at=make.AT + HOUR)
    return [row.id for row in held.taken]


def test_the_fact_names_both_and_the_former_holder_reads_it_on_her_desk() -> None:
    desk = desk_with(State.CLAIMED)

    take_back(desk, why=TakenWhy.URGENT)

    fact = Fact.objects.filter(name=ReportMoved.name).latest("number")
    assert fact.codes == {"step": "take_back", "code": "urgent"}
    assert fact.ids["holder"] == str(id_of(desk, "colleague"))
    assert fact.ids["former"] == str(id_of(desk, "holder"))
    assert taken_from(desk, "holder") == [desk.report.pk]
    assert taken_from(desk, "colleague") == []
    page = queries.report_page(
        actor=desk.who("holder"), report_id=desk.report.pk, at=make.AT + HOUR
    )
    assert page.hands.taken_from == desk.users["holder"].name
    assert page.hands.taken_at == make.AT


def test_the_one_works_on_and_the_other_no_more() -> None:
    desk = desk_with(State.CLAIMED)

    take_back(desk)

    assert desk.reload().holder == id_of(desk, "colleague")
    assert clock_of(desk).owner == id_of(desk, "colleague")
    commands.write_to_reporter(
        actor=desk.who("colleague"), report_id=desk.report.pk, text="Kami baca.", at=make.AT
    )


def test_when_two_take_it_over_at_once_one_has_it() -> None:
    desk = desk_with(State.CLAIMED)
    take_back(desk)

    with pytest.raises(Refused, match=f"{desk.users['colleague'].name} has taken this"):
        take_back(desk, "manager")
    assert desk.reload().holder == id_of(desk, "colleague")
    assert desk.report.taken_from == id_of(desk, "holder")


def test_what_she_takes_back_herself_was_taken_from_her_no_more() -> None:
    desk = desk_with(State.CLAIMED)
    take_back(desk)
    commands.put_back_report(actor=desk.who("colleague"), report_id=desk.report.pk, at=make.AT)

    commands.claim_report(actor=desk.who("holder"), report_id=desk.report.pk, at=make.AT)

    assert taken_from(desk, "holder") == []


def test_nobody_takes_over_what_is_closed_to_the_desk() -> None:
    desk = desk_with(State.DECIDED)
    take_away(owner=desk.report.desk, whose=desk.report.pk)

    with pytest.raises(Refused, match="closed to your desk"):
        take_back(desk)
    assert desk.reload().holder == id_of(desk, "holder")


@pytest.mark.parametrize("end", [identity.suspend_member, identity.remove_member])
def test_whoever_leaves_leaves_nothing_in_her_hands(end: object) -> None:
    desk = desk_with(State.CLAIMED)

    end(actor=desk.who("admin"), user_id=id_of(desk, "holder"), at=make.AT)  # type: ignore[operator]
    react()

    assert (desk.reload().state, desk.report.holder) == (State.NEW, None)
    assert clock_of(desk).owner is None
    fact = Fact.objects.filter(name=ReportMoved.name).latest("number")
    assert (fact.codes["step"], fact.codes["code"], fact.by) == (
        Step.FREE, TakenWhy.LEFT, SYSTEM.user_id,
    )  # fmt: skip
    commands.claim_report(actor=desk.who("colleague"), report_id=desk.report.pk, at=make.AT)


def test_what_others_hold_and_what_is_decided_stays_where_it_is() -> None:
    desk = desk_with(State.DECIDED)

    identity.suspend_member(actor=desk.who("admin"), user_id=id_of(desk, "holder"), at=make.AT)
    react()

    assert (desk.reload().state, desk.report.holder) == (
        State.DECIDED, id_of(desk, "holder"),
    )  # fmt: skip


def test_a_clock_that_was_paused_runs_again_in_nobodys_hands() -> None:
    desk = desk_with(State.CLAIMED)
    due = desk.report.due_at
    holder = {"actor": desk.who("holder"), "report_id": desk.report.pk}
    commands.pause_report_clock(**holder, why=Pause.SURVIVOR, at=make.AT)  # type: ignore[arg-type]

    commands.put_back_report(**holder, at=make.AT + HOUR)  # type: ignore[arg-type]

    assert (clock_of(desk).state, clock_of(desk).due_at) == (ClockState.RUNNING, due + HOUR)
    assert desk.reload().due_at == due + HOUR


def test_a_clock_that_was_paused_in_her_hands_runs_again() -> None:
    desk = desk_with(State.CLAIMED)
    due = desk.report.due_at
    commands.pause_report_clock(
        actor=desk.who("holder"), report_id=desk.report.pk, why=Pause.SURVIVOR, at=make.AT
    )

    commands.free_report(
        actor=desk.who("head"),
        report_id=desk.report.pk,
        holder=id_of(desk, "holder"),
        why=TakenWhy.AWAY,
        at=make.AT + HOUR,
    )

    clock = clock_of(desk)
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, due + HOUR)
    assert desk.reload().due_at == clock.due_at


def test_what_she_took_care_of_is_told_again() -> None:
    desk = desk_with(State.CLAIMED)
    late = desk.report.due_at + HOUR
    sweep_clocks(actor=SYSTEM, at=late)
    acknowledge_clock(actor=desk.who("holder"), clock_id=clock_of(desk).pk, at=late)
    sweep_clocks(actor=SYSTEM, at=late + HOUR)
    told = clock_of(desk).level

    commands.free_report(
        actor=desk.who("head"),
        report_id=desk.report.pk,
        holder=id_of(desk, "holder"),
        why=TakenWhy.AWAY,
        at=late + HOUR,
    )
    sweep_clocks(actor=SYSTEM, at=late + HOUR)

    assert clock_of(desk).level == told + 1
