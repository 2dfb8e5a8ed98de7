"""No danger ends unseen: in bulk, unopened, without a reason, or as a repetition."""

from typing import Any

import pytest

from ruang.access.roles import Role
from ruang.audit.disclosures import disclose
from ruang.cases import commands as cases
from ruang.cases.models import Case
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER
from ruang.intake import commands as intake
from ruang.intake.models import Report
from ruang.intake.queries import Show, Sieve, desk_page
from ruang.intake.states import Safety, State
from ruang.kernel.codes import RANK, Risk
from ruang.kernel.errors import Refused
from ruang.triage import commands, queries
from ruang.triage.commands import Leads
from ruang.triage.states import IN_BULK, OVER, Outcome
from ruang.vault.ledger import Opening
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DANGER = {"danger": {"safety": Safety.DANGER}, "high": {}}


def danger(kind: str) -> Desk:
    desk = desk_with(State.CLAIMED, **DANGER[kind])
    if kind == "high":
        rate(desk, Risk.HIGH)
    desk.reload()
    assert desk.report.rank == RANK[Risk.HIGH]
    return desk


def rate(desk: Desk, risk: Risk) -> None:
    intake.rate_report(
        actor=desk.who("holder"), report_id=desk.report.pk, risk=risk, at=make.AT
    )


def decide(desk: Desk, outcome: Outcome, **changed: Any) -> Any:
    said = {
        "actor": desk.who("holder"), "report_id": desk.report.pk, "outcome": outcome,
        "message": "Kami tulis di sini.", "at": make.AT,
        "leads": Leads(id_of(desk, "manager"), id_of(desk, "colleague")),
    }  # fmt: skip
    return commands.decide_report(**{**said, **changed})


def opens(desk: Desk) -> None:
    disclose([Opening(desk.report.pk, "story")], actor=desk.who("holder"), at=make.AT)


def another(desk: Desk, **told: object) -> Report:
    return make.report_of(make.receipt(**told))


@pytest.mark.parametrize("outcome", IN_BULK)
@pytest.mark.parametrize("kind", DANGER)
def test_it_is_left_out_of_a_flood_with_a_word_on_why(kind: str, outcome: Outcome) -> None:
    desk = danger(kind)
    calm = another(desk)
    left = commands.decide_many(
        actor=desk.who("holder"), report_ids=[desk.report.pk, calm.pk], outcome=outcome,
        messages={"id": "Terima kasih."}, at=make.AT, same_as=another(desk).number,
    )  # fmt: skip
    assert [one.number for one in left] == [desk.report.number]
    assert "on its own" in str(left[0].why)
    assert desk.reload().state == State.CLAIMED
    shown = {one.id: one for one in queries.many_page(actor=desk.who("holder")).reports}
    assert shown[desk.report.pk].is_danger


@pytest.mark.parametrize("outcome", sorted(OVER))
@pytest.mark.parametrize("kind", DANGER)
def test_alone_it_ends_only_opened_and_with_a_reason(kind: str, outcome: Outcome) -> None:
    desk = danger(kind)
    with pytest.raises(Refused, match="open it first"):
        decide(desk, outcome, reason="Salah sambung.")
    opens(desk)
    with pytest.raises(Refused, match="write why"):
        decide(desk, outcome, reason=" \n")
    decide(desk, outcome, reason="Anak-anak bermain telepon; ibunya sudah bicara.")
    about = {"report_id": desk.report.pk}
    assert "bermain" in queries.reason_of(actor=desk.who("colleague"), **about)
    head = make.actor(make.user(desk.users["holder"].organisation, Role.HEAD))
    archive = desk_page(actor=head, sieve=Sieve(show=Show.DECIDED_HIGH), at=make.AT)
    assert [row.id for row in archive.rows] == [desk.report.pk]


def test_what_is_no_danger_needs_neither() -> None:
    desk = desk_with(State.CLAIMED)
    decide(desk, Outcome.NOT_A_REPORT)
    assert desk.reload().state == State.DECIDED
    archive = desk_page(
        actor=desk.who("holder"), sieve=Sieve(show=Show.DECIDED_HIGH), at=make.AT
    )
    assert not archive.rows


class TestWhatIsRepeated:
    @pytest.mark.parametrize("kind", DANGER)
    def test_is_no_lower_with_its_clock(self, kind: str) -> None:
        desk = danger(kind)
        other = another(desk)
        decide(desk, Outcome.SAME_AS, same_as=other.number)
        other.refresh_from_db()
        assert (other.risk, other.rank) == (Risk.HIGH, 0)
        assert Clock.objects.live().get(subject=other.pk, kind=ANSWER).is_at_once

    def test_stays_higher(self) -> None:
        desk = desk_with(State.CLAIMED)
        rate(desk, Risk.LOW)
        other = another(desk, safety=Safety.DANGER)
        decide(desk, Outcome.SAME_AS, same_as=other.number)
        other.refresh_from_db()
        assert other.rank == 0

    def test_that_is_decided_is_opened_again_first(self) -> None:
        desk = danger("danger")
        other = another(desk)
        about = {"actor": desk.who("holder"), "report_id": other.pk, "at": make.AT}
        intake.claim_report(**about)  # type: ignore[arg-type]
        decide(desk, Outcome.COUNSELLING, report_id=other.pk)
        with pytest.raises(Refused, match="Open that one again"):
            decide(desk, Outcome.SAME_AS, same_as=other.number)

    def test_of_a_case_is_raised_there(self) -> None:
        desk = danger("danger")
        case = case_of(desk)
        decide(desk, Outcome.SAME_AS, same_as=case_report(case).number)
        case.refresh_from_db()
        assert (case.risk, case.rank) == (Risk.HIGH, 0)


def case_of(desk: Desk) -> Case:
    other = another(desk)
    about = {"actor": desk.who("holder"), "report_id": other.pk, "at": make.AT}
    intake.claim_report(**about)  # type: ignore[arg-type]
    return Case.objects.get(pk=decide(desk, Outcome.CASE, report_id=other.pk))


def case_report(case: Case) -> Report:
    from ruang.triage.models import Decision

    return Decision.objects.get(case=case).report


def test_a_case_of_a_danger_is_high_and_not_lowered_by_one() -> None:
    desk = desk_with(State.CLAIMED, safety=Safety.DANGER)
    with pytest.raises(Refused):
        rate(desk, Risk.LOW)
    case = Case.objects.get(pk=decide(desk, Outcome.CASE))
    assert (case.risk, case.rank) == (Risk.HIGH, 0)
    lead = make.actor(make.lead_of(case))
    with pytest.raises(Refused, match="second person"):
        cases.rate_case(actor=lead, case_id=case.pk, risk=Risk.LOW, at=make.AT)


def test_an_older_case_that_is_unrated_in_danger_is_not_lowered_either() -> None:
    make.city()
    case = make.case(risk="unrated")
    Case.objects.filter(pk=case.pk).update(rank=0)
    lead = make.actor(make.lead_of(case))
    with pytest.raises(Refused, match="second person"):
        cases.rate_case(actor=lead, case_id=case.pk, risk=Risk.LOW, at=make.AT)
