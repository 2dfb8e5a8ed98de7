"""Danger signs and official keys of a report, and the clock of the law that follows them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.sight import NotInSight
from ruang.approvals.states import Step
from ruang.clocks.models import CityRule, Clock
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Ended, Missed
from ruang.clocks.states import State as ClockState
from ruang.clocks.states import Step as ClockStep
from ruang.intake import commands, queries
from ruang.intake.models import RiskCheck
from ruang.intake.states import RANK, Risk, Safety, State
from ruang.kernel.codes import Authority, CaseKind
from ruang.kernel.errors import Refused
from ruang.outbox.models import Answers
from ruang.risk import Answer, Filled
from ruang.risk.checklists import ADULT, CHILD
from ruang.triage.commands import decide_approval
from ruang.vault.keyring import CannotOpen
from ruang.vault.texts import open_text
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
N, C, D = State.NEW, State.CLAIMED, State.DECIDED
U, H, M, L = Risk.UNRATED, Risk.HIGH, Risk.MEDIUM, Risk.LOW
CALM = dict.fromkeys([item.id for item in ADULT.items], Answer.NO)


def check(desk: Desk, answers: dict[str, Answer], **changed: Any) -> Any:
    said = {
        "actor": desk.who("holder"), "report_id": desk.report.pk, "checklist": ADULT,
        "answers": answers, "at": make.AT,
    }  # fmt: skip
    return commands.fill_risk_check(**{**said, **changed})


class TestDangerSigns:
    @pytest.mark.parametrize(
        ("before", "answers", "after"),
        [
            (U, {"weapon": Answer.YES}, H),
            (L, {"weapon": Answer.YES}, H),
            (M, {"weapon": Answer.YES}, H),
            (U, {"alone": Answer.YES}, M),
            (L, {"alone": Answer.YES}, M),
            (H, {"alone": Answer.YES}, H),
            (U, {"alone": Answer.NO}, M),
            (U, CALM, U),
            (H, CALM, H),
            (M, CALM, M),
            (L, CALM, L),
        ],
    )
    def test_only_ever_raise_the_risk(
        self, before: Risk, answers: dict[str, Answer], after: Risk
    ) -> None:
        desk = desk_with(C)
        if before is not U:
            commands.rate_report(
                actor=desk.who("holder"), report_id=desk.report.pk, risk=before, at=make.AT
            )

        check(desk, answers)

        assert (desk.reload().risk, desk.report.rank) == (after, RANK[after])

    def test_of_a_report_with_danger_now_change_nothing_below_high(self) -> None:
        desk = desk_with(C, safety=Safety.DANGER)

        check(desk, {"alone": Answer.YES})
        assert (desk.reload().risk, desk.report.rank) == (U, RANK[H])
        check(desk, {"weapon": Answer.YES})
        assert desk.reload().risk == H

    def test_are_kept_each_time_with_their_wording_for_who_holds_the_key(self) -> None:
        desk = desk_with(C)

        check(desk, {"weapon": Answer.UNKNOWN})
        check(desk, {"afraid_home": Answer.YES}, checklist=CHILD)

        rows = list(RiskCheck.objects.order_by("pk"))
        kept = [
            Filled.from_text(open_text(desk.who("colleague").keys, row, "answers"))
            for row in rows
        ]
        assert [(one.code, one.answers) for one in kept] == [
            ("adult", {"weapon": Answer.UNKNOWN}), ("child", {"afraid_home": Answer.YES}),
        ]  # fmt: skip
        assert [one.words for one in kept[0].asked] == [str(one.words) for one in ADULT.items]
        for who in ("outsider", "head", "partner"):
            with pytest.raises(CannotOpen):
                open_text(desk.who(who).keys, rows[0], "answers")
        assert Answers.objects.count() == 2

    def test_nothing_answered_is_nothing_kept(self) -> None:
        desk = desk_with(C)

        with pytest.raises(Refused, match="Nothing was answered"):
            check(desk, {})
        assert not RiskCheck.objects.exists()

    def test_are_offered_again_after_contact(self) -> None:
        desk = desk_with(C)

        def opened() -> Any:
            return queries.opened_report(
                actor=desk.who("holder"), report_id=desk.report.pk, at=make.AT
            )

        assert (opened().check, opened().ask_again) == (None, False)
        check(desk, {"weapon": Answer.YES})
        assert [one.id for one in opened().check.filled.red_flags] == ["weapon"]
        assert not opened().ask_again
        commands.write_to_reporter(
            actor=desk.who("holder"), report_id=desk.report.pk, text="Kami telepon.",
            at=make.AT + timedelta(minutes=1),
        )  # fmt: skip
        assert opened().ask_again


def identify(desk: Desk, **changed: Any) -> Any:
    said = {
        "actor": desk.who("holder"), "report_id": desk.report.pk, "kind": None,
        "authority": Authority.OURS, "tpks": False, "at": make.AT + timedelta(hours=5),
    }  # fmt: skip
    return commands.identify_report(**{**said, **changed})


def tpks_clocks(desk: Desk) -> list[Clock]:
    return list(Clock.objects.filter(subject=desk.report.pk, kind=TPKS_POLICE).order_by("pk"))


class TestClockOfTheLaw:
    @pytest.mark.parametrize(
        ("kind", "tpks", "runs"),
        [
            (None, False, False), (None, True, True), (CaseKind.SEXUAL, False, True),
            (CaseKind.SEXUAL, True, True), (CaseKind.DOMESTIC, False, False),
            (CaseKind.DOMESTIC, True, True),
        ],
    )  # fmt: skip
    def test_starts_with_the_save_that_makes_it_apply(
        self, kind: CaseKind | None, tpks: bool, runs: bool
    ) -> None:
        desk = desk_with(C)

        identify(desk, kind=kind, tpks=tpks)

        report = desk.reload()
        assert (report.kind, report.authority, report.tpks) == (kind or "", "ours", runs)
        clocks = tpks_clocks(desk)
        assert len(clocks) == int(runs)
        for one in clocks:
            assert one.started_at == report.received_at
            assert one.due_at == report.received_at + timedelta(hours=72)
            assert (one.desk, one.owner) == (report.desk, report.holder)

    def test_starts_once(self) -> None:
        desk = desk_with(C)

        for _again in range(2):
            identify(desk, tpks=True)
        assert len(tpks_clocks(desk)) == 1

    def test_does_not_start_where_the_city_switched_the_rule_off(self) -> None:
        desk = desk_with(C)
        CityRule.objects.create(
            kind=TPKS_POLICE, amount=72, unit="hours", source="-", source_on=make.AT.date(),
            is_active=False,
        )  # fmt: skip

        identify(desk, tpks=True)
        assert tpks_clocks(desk) == []

    @pytest.mark.parametrize("why", [Ended.REPLACED, Ended.DECIDED])
    def test_is_not_switched_off_by_one_person_or_without_a_reason(self, why: Ended) -> None:
        desk = desk_with(C)
        identify(desk, tpks=True)

        with pytest.raises(Refused, match="by nobody alone"):
            identify(desk, kind=CaseKind.DOMESTIC)
        with pytest.raises(Refused, match="Say why it does not apply"):
            unmark(desk, why=why)
        assert desk.reload().tpks
        assert tpks_clocks(desk)[0].state == ClockState.RUNNING

    def test_ends_with_a_reason_and_begins_again_when_it_applies_after_all(self) -> None:
        desk = desk_with(C)
        identify(desk, tpks=True)

        asked = unmark(desk)
        assert desk.reload().tpks
        assert tpks_clocks(desk)[0].state == ClockState.RUNNING
        decide(desk, asked)
        (ended,) = tpks_clocks(desk)
        assert (ended.state, ended.ended_why) == (ClockState.ENDED, Ended.BY_MISTAKE)
        assert not desk.reload().tpks
        identify(desk, tpks=True)
        assert [one.state for one in tpks_clocks(desk)] == [
            ClockState.ENDED, ClockState.RUNNING,
        ]  # fmt: skip
        assert tpks_clocks(desk)[1].started_at == desk.report.received_at

    def test_once_met_the_mark_stays(self) -> None:
        desk = desk_with(C)
        identify(desk, tpks=True)
        keep(desk, ClockStep.MEET)

        with pytest.raises(Refused, match="done already"):
            unmark(desk)
        identify(desk, kind=CaseKind.SEXUAL)
        assert len(tpks_clocks(desk)) == 1

    def test_danger_signs_asked_since_end_the_asking(self) -> None:
        desk = desk_with(C)
        identify(desk, tpks=True)
        asked = unmark(desk)
        commands.fill_risk_check(
            actor=desk.who("holder"), report_id=desk.report.pk, checklist=ADULT,
            answers={"forced_sex": Answer.YES}, at=make.AT + timedelta(hours=7),
        )  # fmt: skip
        with pytest.raises(Refused, match="ask anew"):
            decide(desk, asked)
        assert desk.reload().tpks


def unmark(desk: Desk, why: Ended = Ended.BY_MISTAKE) -> Any:
    """Ask the head to take TPKS off."""
    return commands.ask_unmarking(
        actor=desk.who("holder"), report_id=desk.report.pk, why=why,
        decider=id_of(desk, "head"), reason="Salah baca.", at=make.AT + timedelta(hours=6),
    )  # fmt: skip


def decide(desk: Desk, asked: Any) -> None:
    decide_approval(
        actor=desk.who("head"), approval_id=asked, step=Step.GRANT, answer="",
        at=make.AT + timedelta(hours=8),
    )  # fmt: skip


def keep(desk: Desk, step: ClockStep, code: str = "", **changed: Any) -> Any:
    said = {
        "actor": desk.who("holder"), "report_id": desk.report.pk, "step": step, "code": code,
        "clock_id": tpks_clocks(desk)[0].pk, "at": make.AT + timedelta(hours=6),
    }  # fmt: skip
    return commands.move_report_clock(**{**said, **changed})


@pytest.mark.parametrize("state", [N, C, D])
@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        ("holder", None), ("colleague", None), ("manager", None), ("head", PermissionDenied),
        ("admin", NotInSight), ("outsider", NotInSight), ("partner", NotInSight),
        ("reporter", PermissionDenied),
    ],
)  # fmt: skip
def test_who_keeps_a_clock_of_the_law(
    who: str, state: State, outcome: type[Exception] | None
) -> None:
    desk = desk_with(N)
    identify(desk, tpks=True)
    if state is not N:
        commands.claim_report(actor=desk.who("holder"), report_id=desk.report.pk, at=make.AT)
    if state is D:
        type(desk.report).objects.filter(pk=desk.report.pk).update(state=D)

    if outcome is None:
        keep(desk, ClockStep.MEET, actor=desk.who(who))
        assert tpks_clocks(desk)[0].state == ClockState.MET
    else:
        with pytest.raises(outcome):
            keep(desk, ClockStep.MEET, actor=desk.who(who))
        assert tpks_clocks(desk)[0].state == ClockState.RUNNING


class TestKeeping:
    @pytest.mark.parametrize(
        ("step", "code", "says"),
        [
            (ClockStep.PAUSE, "survivor", "set by law"),
            (ClockStep.EXPLAIN, Missed.OVERSIGHT, "not missed"),
            (ClockStep.END, "", "Choose a reason"),
            (ClockStep.END, Ended.REPLACED, "Choose a reason"),
            (ClockStep.END, Ended.CLOSED, "Choose a reason"),
            (ClockStep.EXPLAIN, "what", "Choose a reason"),
            (ClockStep.RESUME, "", "changed meanwhile"),
        ],
    )
    def test_refuses_what_would_be_silent(self, step: ClockStep, code: str, says: str) -> None:
        desk = desk_with(C)
        identify(desk, tpks=True)

        with pytest.raises(Refused, match=says):
            keep(desk, step, code)
        assert tpks_clocks(desk)[0].state == ClockState.RUNNING

    def test_a_miss_gets_its_reason(self) -> None:
        desk = desk_with(C)
        identify(desk, tpks=True)
        late = make.AT + timedelta(hours=80)

        keep(desk, ClockStep.MEET, at=late)
        keep(desk, ClockStep.EXPLAIN, Missed.HER_WISH, at=late)

        (one,) = tpks_clocks(desk)
        assert (one.state, one.missed_why) == (ClockState.MET, Missed.HER_WISH)

    def test_no_clock_of_another_report(self) -> None:
        desk = desk_with(C)
        identify(desk, tpks=True)
        other = make.report_of(make.receipt())

        with pytest.raises(NotInSight):
            keep(desk, ClockStep.MEET, report_id=other.pk)

    def test_what_can_be_done_is_what_is_accepted(self) -> None:
        desk = desk_with(C)
        identify(desk, tpks=True)

        def steps(hours: int) -> tuple[ClockStep, ...]:
            (one,) = queries.report_clocks(
                actor=desk.who("holder"), report_id=desk.report.pk,
                at=make.AT + timedelta(hours=hours),
            )  # fmt: skip
            return one.steps

        assert steps(1) == (ClockStep.MEET, ClockStep.END)
        assert steps(80) == (ClockStep.MEET, ClockStep.EXPLAIN, ClockStep.END)
        keep(desk, ClockStep.END, Ended.NOT_APPLICABLE)
        assert steps(1) == ()
