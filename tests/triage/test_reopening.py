"""A report decided without a case is opened again: she wrote, or it was a slip."""

from datetime import timedelta

import pytest

from ruang.audit.models import Fact
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER
from ruang.intake import commands as intake
from ruang.intake.queries import report_page
from ruang.intake.states import Reopened, State
from ruang.kernel.codes import CaseKind, Risk
from ruang.kernel.errors import Refused
from ruang.triage import commands, queries
from ruang.triage.commands import Leads
from ruang.triage.models import Decision
from ruang.triage.queries.follow import follow_page
from ruang.triage.states import Outcome, PublicStatus
from ruang.vault.suites import new_secret
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = pytest.mark.django_db
AT = make.AT
LATER = AT + timedelta(minutes=30)
ENDS = (Outcome.COUNSELLING, Outcome.NOT_OURS, Outcome.NOT_A_REPORT, Outcome.SAME_AS)


def decided(outcome: Outcome) -> Desk:
    desk = desk_with(State.CLAIMED)
    other = make.report_of(make.receipt())
    commands.decide_report(
        actor=desk.who("holder"), report_id=desk.report.pk, outcome=outcome,
        message="Kami tulis di sini.", same_as=other.number, at=AT,
        leads=Leads(id_of(desk, "manager"), id_of(desk, "colleague")),
    )  # fmt: skip
    return desk


def reopen(desk: Desk, who: str = "colleague") -> None:
    commands.reopen_report(
        actor=make.actor(desk.users[who], at=LATER), report_id=desk.report.pk,
        why=Reopened.NEWS, at=LATER,
    )  # fmt: skip


@pytest.mark.parametrize("outcome", ENDS)
def test_it_can_be_rated_and_decided_anew(outcome: Outcome) -> None:
    desk = decided(outcome)
    reopen(desk)
    report = desk.reload()
    assert (report.state, report.holder) == (State.CLAIMED, id_of(desk, "colleague"))
    about = {"actor": desk.who("colleague"), "report_id": report.pk, "at": LATER}
    intake.rate_report(risk=Risk.HIGH, **about)  # type: ignore[arg-type]
    intake.identify_report(kind=CaseKind.SEXUAL, authority=None, tpks=True, **about)  # type: ignore[arg-type]
    commands.decide_report(
        outcome=Outcome.CASE, message="Kami bersama Anda.",
        leads=Leads(id_of(desk, "manager"), id_of(desk, "colleague")), **about,  # type: ignore[arg-type]
    )  # fmt: skip
    assert Decision.objects.get(report=report).outcome == Outcome.CASE


def test_without_a_clock_one_begins() -> None:
    desk = decided(Outcome.COUNSELLING)
    reopen(desk)
    clock = Clock.objects.live().get(subject=desk.report.pk, kind=ANSWER)
    assert (clock.started_at, clock.owner) == (LATER, id_of(desk, "colleague"))
    assert desk.reload().due_at == clock.due_at


def test_a_clock_that_runs_for_her_message_goes_on() -> None:
    desk = decided(Outcome.COUNSELLING)
    commands.write_as_reporter(
        actor=desk.who("reporter"), text="Dia datang lagi.", form_tag=new_secret(), at=AT
    )
    before = Clock.objects.live().get(subject=desk.report.pk, kind=ANSWER)
    reopen(desk)
    after = Clock.objects.live().get(subject=desk.report.pk, kind=ANSWER)
    assert (after.pk, after.due_at) == (before.pk, before.due_at)
    assert desk.reload().waiting


def test_both_pages_say_it_and_the_fact_names_the_reason() -> None:
    desk = decided(Outcome.NOT_A_REPORT)
    assert follow_page(actor=desk.who("reporter"), at=AT).status == PublicStatus.DONE
    reopen(desk)
    hers = follow_page(actor=make.reporter(desk.receipt, at=LATER), at=LATER)
    assert (hers.status, hers.reopened_at) == (PublicStatus.IN_HAND, LATER)
    fact = Fact.objects.latest("number")
    assert (fact.codes["step"], fact.codes["code"]) == ("reopen", Reopened.NEWS)
    shown = report_page(actor=desk.who("holder"), report_id=desk.report.pk, at=LATER).reopened
    assert shown is not None
    assert (shown.at, shown.by) == (LATER, desk.users["colleague"].name)
    assert queries.decision_of(actor=desk.who("holder"), report_id=desk.report.pk) is None


@pytest.mark.parametrize("outcome", [Outcome.CASE, Outcome.REFER])
def test_what_became_a_case_goes_on_there(outcome: Outcome) -> None:
    desk = decided(outcome)
    with pytest.raises(Refused):
        reopen(desk)
    assert desk.reload().state == State.DECIDED
