"""A case is closed by two people, when nothing stands in the way any more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.approvals.models import Approval
from ruang.cases.commands import write_from_reporter
from ruang.cases.models import Case, Entry, ThreadMessage
from ruang.cases.states import Closing, EntryKind, Part, State
from ruang.clocks import keep
from ruang.clocks.models import Clock
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Area, Ended
from ruang.dossier.commands import add_record, save_record
from ruang.dossier.states import Kind
from ruang.kernel.codes import MessageKind
from ruang.kernel.errors import Refused
from ruang.kernel.told import Feedback
from ruang.plans import commands, queries
from ruang.plans.models import Task, Termination
from ruang.plans.states import BY_RECORD, Blocker, Check, Contacted, Reached
from ruang.referrals.commands import ask_to_close
from ruang.referrals.queries import partners_done
from ruang.referrals.states import Step as Asked
from ruang.vault.texts import open_text
from tests import closings, make
from tests.cases.team import partner_on
from tests.cases.test_case_steps import reporter_of
from tests.plans.test_mediation import M, mediation
from tests.plans.test_plan_steps import TODAY, a_goal, a_service, a_task, about, lead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def legal_clock(case: Case) -> Clock:
    return keep.start(
        kind=TPKS_POLICE, area=Area.CASE, subject=case.pk, desk=case.desk, actor=SYSTEM,
        since=make.AT, due_at=make.AT + timedelta(hours=72), at=make.AT,
    )  # fmt: skip


def page(case: Case, who: Part = Part.MANAGER) -> Any:
    by = about(case, make.actor(make.lead_of(case, who)))
    return queries.closing_page(**by, partners_done=partners_done(case_id=case.pk))


def test_asked_it_stays_open_and_its_words_are_sealed() -> None:
    case = make.case()
    closings.asked_to_close(case, note="KENARI-NOTA", message="KENARI-PESAN")
    row = Termination.objects.get()
    for blob in (row.note, row.message, row.checklist):
        assert b"KENARI" not in bytes(blob)
    assert not Entry.objects.filter(kind=EntryKind.CLOSING).exists()
    assert not ThreadMessage.objects.exists()
    for who in (Part.MANAGER, Part.DEPUTY):
        asked = page(case, who).asked
        assert (asked.note, asked.message) == ("KENARI-NOTA", "KENARI-PESAN")
        assert set(asked.yes) == set(Check) - {Check.SIMFONI}
        assert asked.why_not == ((Check.SIMFONI, "Tidak terhubung."),)


def test_granted_by_a_head_without_keys_the_team_and_she_read_it() -> None:
    case = make.case()
    head = make.user(make.lead_of(case).organisation, Role.HEAD)
    row = ask_to_close(**lead(case), proposal=closings.proposal(), decider=head.pk)
    closings.granted(Approval.objects.get(pk=row.approval))
    case.refresh_from_db()
    assert (case.state, case.closing, case.closed_at) == (State.CLOSED, "helped", make.AT)
    note = case.entries.get(kind=EntryKind.CLOSING)
    deputy = make.actor(make.lead_of(case, Part.DEPUTY))
    assert open_text(deputy.keys, note, "text") == "Tercapai bersama."
    hers = open_text(reporter_of(case).keys, case.thread.get(), "text")
    assert hers == "Anda bisa kembali kapan saja."


@pytest.mark.parametrize("check", sorted(set(Check) - BY_RECORD))
def test_each_check_is_done_or_explained(check: Check) -> None:
    case = make.case()
    yes, why_not = frozenset(set(Check) - {check}), {Check.SIMFONI: "Tidak terhubung."}
    with pytest.raises(Refused, match="checklist"):
        closings.asked_to_close(case, yes=yes, why_not=why_not)
    why_not[check] = "Tidak terhubung."
    closings.asked_to_close(case, yes=yes, why_not=why_not)
    assert dict(page(case).asked.why_not) == why_not


def asked_partner(case: Case) -> Callable[[], object]:
    request = make.referral(case)
    by, step = make.actor(make.lead_of(case)), Asked.WITHDRAW
    return lambda: make.moved(request, by, step)


def not_registered(case: Case) -> Callable[[], object]:
    save = written(case, Kind.PERSON, role="beneficiary", name="Melati")
    return lambda: save(simfoni_entered="yes")


def hearing(case: Case) -> Callable[[], object]:
    ahead = (TODAY + timedelta(days=5)).isoformat()
    save = written(case, Kind.LEGAL_STEP, step="hearing", next_on=ahead)
    return lambda: save(next_on=(TODAY - timedelta(days=5)).isoformat())


def written(case: Case, kind: Kind, **values: str) -> Callable[..., object]:
    row = add_record(**lead(case), kind=kind, values=values)
    by = {"actor": make.actor(make.lead_of(case)), "record_id": row.pk, "at": make.AT}
    return lambda **more: save_record(**by, base_version=1, values={**values, **more})


@pytest.mark.parametrize(
    ("check", "unsettled"),
    [
        (Check.PARTNERS, asked_partner),
        (Check.SIMFONI, not_registered),
        (Check.LEGAL, hearing),
    ],
)
def test_what_the_record_knows_nobody_can_tick(
    check: Check, unsettled: Callable[[Case], Callable[[], object]]
) -> None:
    """It answers by itself, with no until it is so; a person may still say why not."""
    case = make.case()
    mend = unsettled(case)
    others = dict.fromkeys(BY_RECORD - {check}, "Tidak terhubung.")
    assert check not in page(case).settled
    with pytest.raises(Refused, match="checklist"):
        closings.asked_to_close(case, why_not=others)
    closings.asked_to_close(case, why_not={**others, check: "Berlanjut di mitra."})
    assert dict(page(case).asked.why_not)[check] == "Berlanjut di mitra."
    commands.withdraw_closing(**lead(case))

    mend()
    assert check in page(case).settled
    closings.asked_to_close(case, yes=frozenset(set(Check) - BY_RECORD), why_not=others)
    assert check in page(case).asked.yes


def test_that_she_said_how_the_help_was_is_read_from_the_thread() -> None:
    case = make.case()
    assert Check.FEEDBACK not in page(case).settled
    write_from_reporter(
        actor=reporter_of(case), case_id=case.pk, text=Feedback("yes", "", "", "").to_text(),
        kind=MessageKind.FEEDBACK, at=make.AT,
    )  # fmt: skip
    assert Check.FEEDBACK in page(case).settled


BLOCKED = {
    Blocker.GOALS: a_goal,
    Blocker.SERVICES: a_service,
    Blocker.CLOCKS: legal_clock,
}


@pytest.mark.parametrize("blocker", list(BLOCKED))
def test_what_is_not_finished_stands_in_the_way(blocker: Blocker) -> None:
    case = make.case()
    BLOCKED[blocker](case)
    assert page(case).blockers == (blocker,)
    with pytest.raises(Refused) as refusal:
        closings.asked_to_close(case)
    assert str(refusal.value) == str(blocker.label)
    assert not Approval.objects.exists()


@pytest.mark.parametrize("blocker", list(BLOCKED))
def test_what_comes_up_while_she_thinks_stands_in_the_way_too(blocker: Blocker) -> None:
    case = make.case()
    asked = closings.asked_to_close(case)
    BLOCKED[blocker](case)
    with pytest.raises(Refused):
        closings.granted(asked)
    asked.refresh_from_db()
    case.refresh_from_db()
    assert (asked.state, case.state) == ("asked", State.OPEN)


def test_a_mediation_that_runs_stands_in_the_way() -> None:
    case = mediation(M.MEETING)
    assert page(case).blockers == (Blocker.MEDIATION,)


def test_a_clock_that_was_met_or_ended_with_a_reason_does_not() -> None:
    case = make.case()
    clock = legal_clock(case)
    keep.end(clock, why=Ended.NOT_APPLICABLE, actor=SYSTEM, at=make.AT)
    assert page(case).blockers == ()
    closings.closed(case)


def test_open_tasks_and_the_reminder_end_with_the_case() -> None:
    case = make.case()
    a_task(case)
    commands.write_follow_up(
        **lead(case), on=TODAY, way=Contacted.VISIT, text="Baik.",
        next_on=TODAY + timedelta(days=30),
    )  # fmt: skip
    closings.closed(case)
    assert (Task.objects.get().state, Task.objects.get().dropped) == ("cancelled", "closed")
    assert case.next_on is None


@pytest.mark.parametrize("missing", ["note", "message", "reason"])
def test_no_text_is_left_out(missing: str) -> None:
    case = make.case()
    with pytest.raises(Refused):
        closings.asked_to_close(case, **{missing: " "})
    assert not Approval.objects.exists()


def test_only_who_can_decide_is_asked_and_never_oneself() -> None:
    case = make.case()
    for who in (make.lead_of(case), make.user(make.lead_of(case).organisation), make.user()):
        with pytest.raises(Refused, match="second person"):
            ask_to_close(**lead(case), proposal=closings.proposal(), decider=who.pk)


def test_it_is_taken_back_by_who_leads_the_case_and_can_be_asked_again() -> None:
    case = make.case()
    asked = closings.asked_to_close(case)
    with pytest.raises(Refused, match="already"):
        closings.asked_to_close(case)
    with pytest.raises(PermissionDenied):
        commands.withdraw_closing(**about(case, make.actor(partner_on(case))))
    deputy = make.actor(make.lead_of(case, Part.DEPUTY))
    commands.withdraw_closing(**about(case, deputy))
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    with pytest.raises(Refused, match="any more"):
        commands.withdraw_closing(**lead(case))
    closings.closed(case, closing=Closing.HER_WISH)
    assert case.closing == "her_wish"


def test_a_goal_that_was_not_reached_does_not_keep_a_case_open() -> None:
    case = make.case()
    goal = a_goal(case)
    commands.end_goal(**lead(case), goal_id=goal.pk, reached=Reached.NO, why="Ia pindah.")
    closings.closed(case)
    assert case.state == State.CLOSED
