"""What waits for a second person ends by itself once it could not be granted any more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ruang import wiring
from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.approvals.models import Approval
from ruang.approvals.queries import approvals_for
from ruang.approvals.states import Kind, State, Step
from ruang.audit import feed
from ruang.audit.models import Due, Fact
from ruang.cases import commands as cases
from ruang.cases.models import Case
from ruang.clocks import keep
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Area
from ruang.identity.models import User
from ruang.intake import commands as intake
from ruang.intake.events import ReportMoved
from ruang.intake.states import State as ReportState
from ruang.jobs.worker import Worker
from ruang.kernel.codes import Risk
from ruang.kernel.errors import Refused
from ruang.plans import commands as plans
from ruang.plans.queries import closing_page
from ruang.plans.states import Contacted
from ruang.risk import Answer
from ruang.risk.checklists import ADULT
from ruang.triage.commands import decide_approval, end_overtaken
from ruang.triage.reactions import is_of_keys
from tests import closings, make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def work() -> None:
    worker = Worker(reactions=wiring.REACTIONS, due={}, sweeps={})
    while worker.turn(make.AT):
        pass
    assert not Due.objects.filter(attempts__gt=0).exists(), "a reaction failed"


def lead(case: Case) -> dict[str, Any]:
    return {"actor": make.actor(make.lead_of(case)), "case_id": case.pk, "at": make.AT}


def lowering(case: Case) -> Approval:
    head = make.user(make.lead_of(case).organisation, Role.HEAD)
    asked = cases.ask_lowering(
        **lead(case), risk=Risk.LOW, decider=head.pk, reason="Sudah pindah."
    )
    return Approval.objects.get(pk=asked)


def raised(case: Case) -> None:
    cases.rate_case(**lead(case), risk=Risk.HIGH)


def rated(desk: Desk, risk: Risk) -> None:
    intake.rate_report(
        actor=desk.who("holder"), report_id=desk.report.pk, risk=risk, at=make.AT
    )


def red_flag(desk: Desk) -> None:
    intake.fill_risk_check(
        actor=desk.who("holder"), report_id=desk.report.pk, checklist=ADULT,
        answers={"strangled": Answer.YES}, at=make.AT,
    )  # fmt: skip


RAISING = [red_flag, lambda desk: rated(desk, Risk.HIGH)]


def a_goal(case: Case) -> None:
    plans.add_goal(**lead(case), text="Aman.")


def a_task(case: Case) -> None:
    plans.set_task(
        **lead(case), owner=make.lead_of(case).pk, title="Telepon.", due_on=make.AT.date()
    )


def a_clock(case: Case) -> None:
    keep.start(
        kind=TPKS_POLICE, area=Area.CASE, subject=case.pk, desk=case.desk, actor=SYSTEM,
        since=make.AT, due_at=make.AT + timedelta(hours=72), at=make.AT,
    )  # fmt: skip


def sexual(case: Case) -> None:
    cases.identify_case(**lead(case), kind=None, authority=None, tpks=True)


def a_follow_up(case: Case) -> None:
    plans.write_follow_up(
        **lead(case), on=make.AT.date(), way=Contacted.PHONE, text="Baik.", next_on=None
    )


@pytest.mark.parametrize(
    ("kind", "change", "left"),
    [
        (Kind.LOWER_CASE, raised, State.LAPSED), (Kind.LOWER_CASE, a_goal, State.ASKED),
        (Kind.LOWER_CASE, closings.closed, State.LAPSED),
        (Kind.LOWER_CASE, sexual, State.ASKED),
        (Kind.CLOSE_CASE, a_goal, State.LAPSED), (Kind.CLOSE_CASE, a_clock, State.LAPSED),
        (Kind.CLOSE_CASE, sexual, State.LAPSED), (Kind.CLOSE_CASE, raised, State.LAPSED),
        (Kind.CLOSE_CASE, a_task, State.ASKED), (Kind.CLOSE_CASE, a_follow_up, State.ASKED),
    ],
)  # fmt: skip
def test_what_ends_and_what_goes_on_waiting(
    kind: Kind, change: Callable[[Case], Any], left: State
) -> None:
    case = make.case(risk="medium")
    asked = lowering(case) if kind is Kind.LOWER_CASE else closings.asked_to_close(case)
    decider = make.actor(User.objects.get(pk=asked.decider))
    change(case)
    work()
    work()
    asked.refresh_from_db()
    assert asked.state == left
    waits = [one.id for one in approvals_for(actor=decider)]
    assert (asked.pk in waits) == (left == State.ASKED)
    facts = Fact.objects.filter(name="approvals.approval_moved", about=asked.pk)
    assert [fact.codes["step"] for fact in facts] == [Step.LAPSE] * (left == State.LAPSED)
    if left == State.LAPSED:
        with pytest.raises(Refused, match="decided or withdrawn"):
            decide_approval(
                actor=decider, approval_id=asked.pk, step=Step.GRANT, answer="", at=make.AT
            )


def test_the_manager_is_told_on_the_page_and_can_ask_again() -> None:
    case = make.case()
    closings.asked_to_close(case)
    a_clock(case)
    work()
    page = closing_page(**lead(case), partners_done=True)
    assert page.lapsed is not None
    assert page.asked is None
    clock = keep.clock_of(case.pk, TPKS_POLICE)
    assert clock is not None
    keep.meet(clock, actor=SYSTEM, at=make.AT)
    closings.asked_to_close(case)
    work()
    assert closing_page(**lead(case), partners_done=True).asked is not None


def test_a_lowering_from_another_level_is_not_granted_before_the_worker_comes() -> None:
    case = make.case(risk="medium")
    asked = lowering(case)
    raised(case)
    with pytest.raises(Refused, match="has changed"):
        closings.granted(asked)
    case.refresh_from_db()
    assert case.risk == Risk.HIGH


def test_nobody_but_the_system_ends_it() -> None:
    case = make.case(risk="medium")
    lowering(case)
    raised(case)
    with pytest.raises(PermissionDenied):
        end_overtaken(actor=lead(case)["actor"], subject=case.pk, at=make.AT)


class TestReport:
    @staticmethod
    def asked() -> tuple[Desk, Approval]:
        """The head is shown a medium risk that is to become a low one."""
        desk = desk_with(ReportState.CLAIMED)
        rated(desk, Risk.MEDIUM)
        row = intake.ask_lowering(
            actor=desk.who("holder"), report_id=desk.report.pk, risk=Risk.LOW,
            decider=id_of(desk, "head"), reason="Pelaku ditahan.", at=make.AT,
        )  # fmt: skip
        return desk, Approval.objects.get(pk=row)

    @pytest.mark.parametrize("change", RAISING)
    def test_one_that_was_raised_meanwhile_is_not_lowered(
        self, change: Callable[[Desk], Any]
    ) -> None:
        desk, row = self.asked()
        change(desk)
        with pytest.raises(Refused, match="has changed"):
            self.granted(desk, row)
        assert desk.reload().risk == Risk.HIGH

    @pytest.mark.parametrize("change", RAISING)
    def test_what_waits_for_it_ends_by_itself_and_can_be_asked_anew(
        self, change: Callable[[Desk], Any]
    ) -> None:
        desk, row = self.asked()
        change(desk)
        work()
        row.refresh_from_db()
        assert row.state == State.LAPSED
        assert not approvals_for(actor=desk.who("head"))
        anew = intake.ask_lowering(
            actor=desk.who("holder"), report_id=desk.report.pk, risk=Risk.LOW,
            decider=id_of(desk, "head"), reason="Sudah di rumah aman.", at=make.AT,
        )  # fmt: skip
        self.granted(desk, Approval.objects.get(pk=anew))
        assert desk.reload().risk == Risk.LOW

    @pytest.mark.parametrize(
        "change",
        [
            lambda desk: rated(desk, Risk.MEDIUM),
            lambda desk: intake.put_back_report(
                actor=desk.who("holder"), report_id=desk.report.pk, at=make.AT
            ),
        ],
    )
    def test_it_waits_on_where_the_level_is_the_same(
        self, change: Callable[[Desk], Any]
    ) -> None:
        desk, row = self.asked()
        change(desk)
        work()
        self.granted(desk, row)
        assert desk.reload().risk == Risk.LOW

    def test_of_what_is_done_with_reports_only_a_rating_wakes_the_worker(self) -> None:
        desk, _row = self.asked()
        facts = Fact.objects.filter(name=ReportMoved.name, about=desk.report.pk)
        steps = {fact.codes["step"]: is_of_keys(feed.one(fact.number)) for fact in facts}
        assert steps == {"claim": False, "rate": True, "lower": False}
        assert wiring.MATTERS[ReportMoved.name] is is_of_keys

    @staticmethod
    def granted(desk: Desk, row: Approval) -> None:
        decide_approval(
            actor=desk.who("head"), approval_id=row.pk, step=Step.GRANT, answer="", at=make.AT
        )
