"""What a record says of sexual violence bars settling until the records say otherwise.

No person takes it back by ticking another box: the record is corrected or set aside first, the
danger signs are asked again (ADR 0032), and only then can a second person be asked to take TPKS
off, with a reason (ADR 0048).
"""

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.approvals.models import Approval
from ruang.approvals.states import State as Asked
from ruang.approvals.states import Step
from ruang.cases import commands as cases
from ruang.cases.models import Case
from ruang.cases.states import Compartment
from ruang.clocks import keep
from ruang.clocks.commands import correct_rule
from ruang.clocks.models import Clock
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Ended, Unit
from ruang.clocks.states import State as ClockState
from ruang.dossier import commands as dossier
from ruang.dossier.models import Record
from ruang.dossier.states import Kind, Reason
from ruang.identity.models import User
from ruang.intake import commands as intake
from ruang.intake.states import State
from ruang.kernel.codes import CaseKind
from ruang.kernel.errors import Refused
from ruang.plans.commands import assess_mediation
from ruang.plans.models import Mediation
from ruang.plans.states import Assessor
from ruang.risk import Answer
from ruang.risk.checklists import ADULT, CHILD
from ruang.triage import commands as triage
from ruang.triage.commands import Leads
from ruang.triage.states import Outcome
from tests import make
from tests.cases.team import partner_on
from tests.intake.desk_people import Desk, desk_with, id_of
from tests.plans.test_plan_steps import lead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
RAPE = {"forms": ("sexual",), "tpks": ("rape",)}


def wrote(case: Case, kind: Kind, **said: Any) -> Record:
    return dossier.add_record(**lead(case), kind=kind, values=said)


def corrected(case: Case, row: Record, **said: Any) -> None:
    row.refresh_from_db()
    by = lead(case)
    dossier.save_record(
        actor=by["actor"], record_id=row.pk, base_version=row.version, values=said, at=by["at"]
    )


def set_aside(case: Case, row: Record, why: Reason = Reason.NOT_TRUE) -> None:
    by = lead(case)
    dossier.retire_record(actor=by["actor"], record_id=row.pk, why=why, at=by["at"])


def civil(case: Case) -> None:
    """What a person says who wants it to be a civil matter."""
    triage.identify_case(**lead(case), kind=CaseKind.CIVIL, authority=None, tpks=False)


def asked(case: Case, why: Ended = Ended.NOT_APPLICABLE) -> Approval:
    """A second person is asked to take TPKS off."""
    head = make.user(make.lead_of(case).organisation, Role.HEAD)
    said = {"why": why, "decider": head.pk, "reason": "Salah catat."}
    return Approval.objects.get(pk=triage.ask_unmarking(**lead(case), **said))


def answered(asked_for: Approval, step: Step, at: datetime = make.AT) -> None:
    by = make.actor(User.objects.get(pk=asked_for.decider))
    triage.decide_approval(
        actor=by, approval_id=asked_for.pk, step=step, answer="Belum jelas.", at=at
    )


def assess(case: Case) -> None:
    assess_mediation(**lead(case), assessor=Assessor.COMPANION, free=True, text="Bebas.")


def without_the_clock() -> None:
    admin = make.actor(make.user(role=Role.ADMIN))
    correct_rule(
        actor=admin, kind=TPKS_POLICE, amount=72, unit=Unit.HOURS, source="Perwal 1/2026",
        source_on=make.AT.date(), is_active=False, at=make.AT,
    )  # fmt: skip


def is_barred(case: Case) -> bool:
    with pytest.raises(Refused, match="ps 23"):
        assess(case)
    return not Mediation.objects.exists()


@pytest.mark.parametrize("has_clock", [True, False])
def test_no_identifying_takes_it_away_while_the_incident_stands(*, has_clock: bool) -> None:
    case = make.case()
    if not has_clock:
        without_the_clock()
    wrote(case, Kind.INCIDENT, **RAPE)

    with pytest.raises(Refused, match="UU 12/2022 ps 23"):
        civil(case)
    with pytest.raises(Refused, match="UU 12/2022 ps 23"):
        cases.identify_case(**lead(case), kind=CaseKind.CIVIL, authority=None, tpks=False)
    with pytest.raises(Refused, match="A record of this case"):
        asked(case)

    case.refresh_from_db()
    assert case.tpks
    assert (case.kind, is_barred(case)) == ("", True)
    clocks = Clock.objects.filter(subject=case.pk, state=ClockState.RUNNING)
    assert clocks.exists() is has_clock


@pytest.mark.parametrize("way", ["corrected", "set aside"])
def test_once_corrected_and_asked_again_two_people_take_it_off(way: str) -> None:
    case = make.case()
    first, second = (wrote(case, Kind.INCIDENT, **RAPE) for _ in range(2))
    for row in (first, second):
        with pytest.raises(Refused, match="ps 23"):
            asked(case)
        if way == "corrected":
            corrected(case, row, forms=("psychic",), tpks=())
        else:
            set_aside(case, row)
    with pytest.raises(Refused, match="danger signs"):
        asked(case)
    wrote(case, Kind.RISK_ADULT, forced_sex="no")
    assert is_barred(case), "nothing falls by itself"
    with pytest.raises(Refused, match="by nobody alone"):
        civil(case)
    with pytest.raises(Refused, match="Say why"):
        asked(case, why=Ended.CLOSED)

    waiting = asked(case)
    assert is_barred(case), "asking takes nothing off"
    assert keep.clock_of(case.pk, TPKS_POLICE) is not None
    answered(waiting, Step.GRANT)
    civil(case)

    assess(case)
    assert keep.clock_of(case.pk, TPKS_POLICE) is None


@pytest.mark.parametrize("answer", ["unknown", ""])
def test_a_question_left_open_denies_nothing(answer: str) -> None:
    case = make.case()
    set_aside(case, wrote(case, Kind.INCIDENT, **RAPE))
    wrote(case, Kind.RISK_ADULT, forced_sex=answer, weapon="no")
    with pytest.raises(Refused, match="ps 23"):
        asked(case)


def marked(*, kind: CaseKind = CaseKind.CIVIL) -> Case:
    """A case that a person marked, and no record speaks of it."""
    case = make.case()
    triage.identify_case(**lead(case), kind=kind, authority=None, tpks=True)
    return case


def test_a_mark_that_no_record_bears_out_is_not_taken_off_in_one_act_either() -> None:
    case = marked()
    with pytest.raises(Refused, match="by nobody alone"):
        civil(case)
    waiting = asked(case)
    answered(waiting, Step.REFUSE)
    assert is_barred(case)
    answered(asked(case), Step.GRANT)
    assess(case)
    ended = Clock.objects.get(subject=case.pk, kind=TPKS_POLICE)
    assert (ended.state, ended.ended_why) == (ClockState.ENDED, Ended.NOT_APPLICABLE)


def test_where_the_kind_says_the_same_that_is_set_first() -> None:
    case = marked(kind=CaseKind.SEXUAL)
    with pytest.raises(Refused, match="Set another kind first"):
        asked(case)
    triage.identify_case(**lead(case), kind=CaseKind.CIVIL, authority=None, tpks=True)
    waiting = asked(case)
    triage.identify_case(**lead(case), kind=CaseKind.SEXUAL, authority=None, tpks=True)
    with pytest.raises(Refused, match="ask anew"):
        answered(waiting, Step.GRANT)


@pytest.mark.parametrize("kind", [Kind.INCIDENT, Kind.RISK_ADULT])
def test_what_was_written_since_is_not_taken_off_unread(kind: Kind) -> None:
    case = marked()
    waiting = asked(case)
    later, by = make.AT + timedelta(hours=1), lead(case)
    said = RAPE if kind is Kind.INCIDENT else {"forced_sex": "yes"}
    dossier.add_record(**by | {"at": later}, kind=kind, values=said)
    with pytest.raises(Refused, match="ask anew"):
        answered(waiting, Step.GRANT, later)
    triage.end_overtaken(actor=SYSTEM, subject=case.pk, at=later)
    waiting.refresh_from_db()
    assert waiting.state == Asked.LAPSED
    assert is_barred(case)


def test_what_the_law_asks_for_was_done_and_the_mark_stays() -> None:
    case = marked()
    waiting = asked(case)
    clock = keep.clock_of(case.pk, TPKS_POLICE)
    assert clock is not None
    keep.meet(clock, actor=SYSTEM, at=make.AT)
    with pytest.raises(Refused, match="ask anew"):
        answered(waiting, Step.GRANT)
    with pytest.raises(Refused, match="done already"):
        asked(case)


def test_a_record_that_is_brought_back_counts_again() -> None:
    case = make.case()
    row = wrote(case, Kind.INCIDENT, **RAPE)
    set_aside(case, row)
    wrote(case, Kind.RISK_ADULT, forced_sex="no")
    answered(asked(case), Step.GRANT)
    dossier.restore_record(actor=lead(case)["actor"], record_id=row.pk, at=make.AT)
    assert is_barred(case)
    with pytest.raises(Refused, match="ps 23"):
        civil(case)


@pytest.mark.parametrize(
    ("kind", "question"), [(Kind.RISK_ADULT, "forced_sex"), (Kind.RISK_CHILD, "sexual")]
)
def test_a_danger_sign_bars_settling_while_it_stands_and_starts_no_clock(
    kind: Kind, question: str
) -> None:
    case = make.case()
    row = wrote(case, kind, **{question: "yes"})
    case.refresh_from_db()
    assert not case.tpks, "whether it is TPKS is for a person to say"
    assert not Clock.objects.exists()

    civil(case)
    assert is_barred(case)
    wrote(case, kind, **{question: "no"})
    civil(case)
    assert is_barred(case), "an answer stands beside a later one"
    corrected(case, row, **{question: "no"})
    civil(case)
    assess(case)


def test_what_a_partner_writes_bars_it_too_and_a_partner_takes_nothing_away() -> None:
    case = make.case()
    partner = make.actor(partner_on(case, Compartment.NARRATIVE, Compartment.PLAN))
    dossier.add_record(
        actor=partner, case_id=case.pk, kind=Kind.RISK_ADULT, values={"forced_sex": "yes"},
        at=make.AT,
    )  # fmt: skip
    civil(case)
    assert is_barred(case)
    with pytest.raises(PermissionDenied):
        triage.identify_case(
            actor=partner, case_id=case.pk, kind=CaseKind.CIVIL, authority=None, tpks=False,
            at=make.AT,
        )  # fmt: skip


def opened(desk: Desk, *checks: tuple[Any, dict[str, Answer]]) -> Case:
    """The case of a report whose danger signs were asked for at the desk."""
    for checklist, answers in checks:
        intake.fill_risk_check(
            actor=desk.who("holder"), report_id=desk.report.pk, checklist=checklist,
            answers=answers, at=make.AT,
        )  # fmt: skip
    case_id = triage.decide_report(
        actor=desk.who("holder"), report_id=desk.report.pk, outcome=Outcome.CASE,
        message="Kami dampingi.", at=make.AT,
        leads=Leads(id_of(desk, "manager"), id_of(desk, "colleague")),
    )  # fmt: skip
    return Case.objects.get(pk=case_id)


@pytest.mark.parametrize(
    ("checklist", "question", "kind"),
    [(ADULT, "forced_sex", Kind.RISK_ADULT), (CHILD, "sexual", Kind.RISK_CHILD)],
)
def test_what_was_answered_at_the_desk_stands_until_it_is_asked_again(
    checklist: Any, question: str, kind: Kind
) -> None:
    desk = desk_with(State.CLAIMED)
    User.objects.filter(pk=id_of(desk, "colleague")).update(role=Role.CASE_MANAGER)
    case = opened(desk, (checklist, {question: Answer.YES}), (checklist, {"weapon": Answer.NO}))
    civil(case)
    assert is_barred(case)
    wrote(case, kind, **{question: "no"})
    civil(case)
    assess(case)


def test_at_the_desk_asking_again_corrects() -> None:
    desk = desk_with(State.CLAIMED)
    yes, no = ({"forced_sex": one} for one in (Answer.YES, Answer.NO))
    case = opened(desk, (ADULT, yes), (ADULT, no))
    civil(case)
    assess(case)


def test_cases_from_before_that_bear_tpks_begin_marked() -> None:
    marked, other = make.case(), make.case()
    Case.objects.filter(pk=marked.pk).update(tpks=True)
    migration = import_module("ruang.cases.migrations.0004_keep_what_records_say")
    migration.mark_cases_with_tpks(apps, None)
    found = dict(Case.objects.values_list("pk", "sexual_by_record"))
    assert found == {marked.pk: True, other.pk: False}
