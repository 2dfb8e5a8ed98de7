"""A closing that waits: what came up since ends it, and what the second person is shown."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from ruang import wiring
from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.approvals.models import Approval
from ruang.approvals.states import State
from ruang.cases import commands as cases
from ruang.cases.events import ThreadWritten
from ruang.cases.models import Case
from ruang.cases.states import Closing, Compartment
from ruang.cases.states import State as CaseState
from ruang.clocks.events import ClockMissed
from ruang.clocks.models import Clock
from ruang.clocks.official import PDP_BREACH
from ruang.dossier.commands import add_record
from ruang.dossier.events import RecordMoved
from ruang.dossier.states import Kind
from ruang.identity.models import User
from ruang.kernel.codes import Risk
from ruang.kernel.errors import Refused
from ruang.plans.queries import closing_asked
from ruang.plans.states import BY_RECORD, Check
from ruang.referrals.commands import ask_to_close
from ruang.triage.commands import end_overtaken
from ruang.triage.reactions import end_what_cannot_be_granted, is_of_her, is_telling
from tests import closings, make
from tests.cases.test_case_steps import reporter_of
from tests.web.parts import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SINCE = make.AT + timedelta(days=2)


def lead(case: Case) -> dict[str, object]:
    return {"actor": make.actor(make.lead_of(case)), "case_id": case.pk, "at": SINCE}


def risk_rises(case: Case) -> None:
    add_record(**lead(case), kind=Kind.RISK_ADULT, values={"weapon": "yes"})


def she_writes(case: Case) -> None:
    reporter = {"actor": reporter_of(case), "case_id": case.pk, "at": SINCE}
    cases.write_from_reporter(**reporter, text="Dia kembali.")


def an_incident(case: Case) -> None:
    add_record(**lead(case), kind=Kind.INCIDENT, values={"forms": ("physical",)})


def a_clock_is_missed(case: Case) -> None:
    about = {"area": "case", "subject": case.pk, "desk": case.desk, "state": "met"}
    Clock.objects.create(
        kind=PDP_BREACH, **about, started_at=make.AT, due_at=SINCE, warn_at=SINCE,
        missed_at=SINCE, over_at=SINCE,
    )  # fmt: skip


def a_note(case: Case) -> None:
    cases.write_note(**lead(case), compartment=Compartment.PLAN, text="Ditelepon.")


@pytest.mark.parametrize(
    ("what", "stands"),
    [
        (risk_rises, False), (she_writes, False), (an_incident, False),
        (a_clock_is_missed, False), (a_note, True),
    ],
)  # fmt: skip
def test_what_came_up_since_ends_the_asking_and_is_asked_anew(
    what: Callable[[Case], None], *, stands: bool
) -> None:
    case = make.case()
    asked = closings.asked_to_close(case)
    what(case)
    later = SINCE + timedelta(hours=1)
    if stands:
        end_overtaken(actor=SYSTEM, subject=case.pk, at=later)
        closings.granted(asked, at=later)
    else:
        with pytest.raises(Refused, match="came up since"):
            closings.granted(asked, at=later)
        end_overtaken(actor=SYSTEM, subject=case.pk, at=later)
        asked.refresh_from_db()
        assert asked.state == State.LAPSED
    case.refresh_from_db()
    assert case.state == (CaseState.CLOSED if stands else CaseState.OPEN)


def test_a_risk_that_was_lowered_since_does_not() -> None:
    case = make.case(risk="high")
    asked = closings.asked_to_close(case)
    cases.lower_case(actor=SYSTEM, case_id=case.pk, risk=Risk.LOW, at=SINCE)
    closings.granted(asked, at=SINCE)


def test_each_of_it_wakes_the_worker() -> None:
    for name in (ThreadWritten.name, RecordMoved.name, ClockMissed.name):
        assert end_what_cannot_be_granted in wiring.REACTIONS[name]
    assert wiring.MATTERS[ThreadWritten.name] is is_of_her
    assert wiring.MATTERS[RecordMoved.name] is is_telling


def head_asked(case: Case) -> tuple[User, Approval]:
    head = make.user(make.lead_of(case).organisation, Role.HEAD)
    row = ask_to_close(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, decider=head.pk, at=make.AT,
        proposal=closings.proposal(yes=frozenset({Check.SAFETY, Check.TOLD}), why_not={
            **dict.fromkeys(BY_RECORD, "KENARI"), Check.FEEDBACK: "KENARI",
        }),
    )  # fmt: skip
    return head, Approval.objects.get(pk=row.approval)


def test_the_second_person_is_shown_codes_of_what_is_now() -> None:
    case = make.case()
    head, asked = head_asked(case)
    Case.objects.filter(pk=case.pk).update(risk=Risk.HIGH, rank=0)
    shown = closing_asked(actor=make.actor(head), approval_id=asked.pk)
    assert shown is not None
    assert (shown.risk, shown.closing) == (Risk.HIGH, Closing.HELPED)
    done = {one for one, is_done in shown.checks if is_done}
    assert {Check.SAFETY, Check.TOLD} <= done
    assert Check.FEEDBACK not in done
    with pytest.raises(NotInSight):
        closing_asked(actor=make.actor(make.user(head.organisation)), approval_id=asked.pk)

    User.objects.update(language="en")
    page = words(make.signed_in(head).get(f"/persetujuan/{asked.pk}/"))
    for said in ("Risk now", "High", "Closed with", "Help finished", "Clocks that run"):
        assert said in page, said
    assert str(Check.SAFETY.label) in page
    assert "the reason is locked" in page
    assert "KENARI" not in page
