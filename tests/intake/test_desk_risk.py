"""Risk and clock at the desk: raising is free, lowering is not, the clock follows."""

from datetime import timedelta

import pytest

from ruang.intake import commands
from ruang.intake.states import RANK, Risk, Safety, State
from ruang.kernel.errors import Refused
from tests import make
from tests.intake.desk_people import Desk, desk_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
U, H, M, L = Risk.UNRATED, Risk.HIGH, Risk.MEDIUM, Risk.LOW


def rate(desk: Desk, risk: Risk) -> None:
    commands.rate_report(
        actor=desk.who("holder"), report_id=desk.report.pk, risk=risk, at=make.AT
    )


@pytest.mark.parametrize(
    ("first", "then", "allowed"),
    [
        (U, H, True), (U, M, True), (U, L, True), (L, M, True), (L, H, True), (M, H, True),
        (M, L, False), (H, H, True), (H, M, False), (H, L, False),
    ],
)  # fmt: skip
def test_nobody_lowers_alone_what_was_judged(first: Risk, then: Risk, allowed: bool) -> None:
    desk = desk_with(State.CLAIMED)
    if first is not U:
        rate(desk, first)

    if allowed:
        rate(desk, then)
        assert (desk.reload().risk, desk.report.rank) == (then, RANK[then])
    else:
        with pytest.raises(Refused, match="not lowered by one person alone"):
            rate(desk, then)
        assert (desk.reload().risk, desk.report.rank) == (first, RANK[first])


@pytest.mark.parametrize("risk", [M, L])
def test_danger_now_is_high_whoever_judges(risk: Risk) -> None:
    desk = desk_with(safety=Safety.DANGER)

    with pytest.raises(Refused, match="danger now"):
        rate(desk, risk)
    assert desk.reload().rank == RANK[H]
    rate(desk, H)
    assert desk.reload().risk == H


@pytest.mark.parametrize(("risk", "hours"), [(H, 0), (M, 6), (L, 24)])
def test_before_the_first_answer_the_clock_counts_from_receipt(risk: Risk, hours: int) -> None:
    desk = desk_with(State.CLAIMED)

    rate(desk, risk)

    assert desk.reload().due_at == desk.report.received_at + timedelta(hours=hours)


def test_an_answer_sets_the_clock_for_the_next_one() -> None:
    desk = desk_with(State.CLAIMED)
    later = make.AT + timedelta(minutes=20)

    commands.write_to_reporter(
        actor=desk.who("holder"), report_id=desk.report.pk, text="Halo.", at=later
    )

    report = desk.reload()
    assert (report.answered_at, report.waiting) == (later, False)
    assert report.due_at == later + timedelta(hours=6)
    commands.write_to_reporter(
        actor=desk.who("holder"),
        report_id=desk.report.pk,
        text="Sekali lagi.",
        at=later + timedelta(hours=1),
    )
    assert desk.reload().answered_at == later, "when she was first answered stays"
