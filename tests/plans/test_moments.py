"""Each command that makes a moment so tells the clocks of it, in the same transaction."""

from collections.abc import Callable
from typing import Any

import pytest

from ruang.cases.commands import change_manager, rate_case
from ruang.cases.models import Case
from ruang.cases.states import Part
from ruang.clocks.models import Clock
from ruang.clocks.states import Area, Moment, State
from ruang.dossier import commands as dossier
from ruang.dossier.kinds.legal import Happening
from ruang.dossier.models import Record
from ruang.dossier.states import Kind as RecordKind
from ruang.dossier.states import Reason
from ruang.intake import commands as intake
from ruang.intake.states import State as Standing
from ruang.kernel.codes import Risk
from ruang.kernel.errors import Refused
from ruang.plans import commands
from ruang.plans.commands import Ending, Wanted
from ruang.plans.models import Service
from ruang.plans.states import Agreed, Contacted, Function, Kind, Outcome, ServiceStep
from ruang.triage.commands import Leads, decide_report
from ruang.triage.states import Outcome as Decided
from tests import make
from tests.clocks.own import HOUR, added
from tests.closings import asked_to_close, granted
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = make.AT.date()
COMPANION = Wanted(Function.COMPANION, None, need="Didampingi ke polisi.")
WANTED = Wanted(None, Kind.HEALTH, need="Periksa luka.")


def lead(case: Case) -> dict[str, Any]:
    return {"actor": make.actor(make.lead_of(case)), "case_id": case.pk, "at": make.AT}


def assess(case: Case) -> Record:
    said = {"needs": "Tempat aman."}
    return dossier.add_record(**lead(case), kind=RecordKind.ASSESSMENT, values=said)


def report_to_police(case: Case) -> Record:
    said = {"step": Happening.POLICE_REPORT.value, "done_on": TODAY.isoformat()}
    return dossier.add_record(**lead(case), kind=RecordKind.LEGAL_STEP, values=said)


def serve(case: Case, outcome: Outcome = Outcome.GIVEN) -> Service:
    row = commands.plan_service(**lead(case), wanted=WANTED)
    return commands.move_service(
        **lead(case), service_id=row.pk, step=ServiceStep.END,
        ending=Ending(outcome, TODAY, "Catatan."),
    )  # fmt: skip


def accompany(case: Case, wanted: Wanted = COMPANION) -> None:
    row = commands.plan_service(**lead(case), wanted=wanted)
    commands.move_service(**lead(case), service_id=row.pk, step=ServiceStep.BEGIN)


def follow_up(case: Case, way: Contacted = Contacted.VISIT) -> None:
    commands.write_follow_up(**lead(case), on=TODAY, way=way, text="Baik.", next_on=None)


ACTS: dict[str, tuple[Moment, Callable[[Case], object]]] = {
    "assess": (Moment.ASSESSED, assess),
    "agree": (
        Moment.PLAN_SAID,
        lambda case: commands.record_agreement(
            **lead(case), answer=Agreed.NO, why="Belum.", on=TODAY,
            explained_by=make.lead_of(case).pk,
        ),
    ),
    "end a service": (Moment.SERVICE_GIVEN, serve),
    "serve at once": (
        Moment.SERVICE_GIVEN,
        lambda case: commands.give_service(
            **lead(case), wanted=WANTED, on=TODAY, note="Selesai."
        ),
    ),
    "begin to accompany": (Moment.COMPANION, accompany),
    "have accompanied": (
        Moment.COMPANION,
        lambda case: commands.give_service(
            **lead(case), wanted=COMPANION, on=TODAY, note="Ke polisi."
        ),
    ),
    "follow up": (Moment.FOLLOW_UP, follow_up),
    "report to the police": (Moment.POLICE_REPORT, report_to_police),
    "rate": (Moment.RISK_HIGH, lambda case: rate_case(**lead(case), risk=Risk.HIGH)),
}  # fmt: skip
NOT_SO: dict[str, tuple[Moment, Callable[[Case], object]]] = {
    "plan a service": (
        Moment.SERVICE_GIVEN,
        lambda case: commands.plan_service(**lead(case), wanted=WANTED),
    ),
    "not wanted": (Moment.SERVICE_GIVEN, lambda case: serve(case, Outcome.NOT_WANTED)),
    "begin another service": (Moment.COMPANION, lambda case: accompany(case, WANTED)),
    "not reached": (
        Moment.FOLLOW_UP,
        lambda case: follow_up(case, Contacted.NOT_REACHED),
    ),
    "rate lower": (Moment.RISK_HIGH, lambda case: rate_case(**lead(case), risk=Risk.MEDIUM)),
}


@pytest.mark.parametrize("name", list(ACTS))
def test_what_is_done_in_a_case_starts_the_clock_that_waits_for_it(name: str) -> None:
    moment, act = ACTS[name]
    kind, case = added(starts=moment, meets=Moment.CASE_CLOSED), make.case()
    act(case)
    clock = Clock.objects.get(kind=kind)
    assert (clock.subject, clock.area, clock.owner) == (
        case.pk, Area.CASE, make.lead_of(case).pk,
    )  # fmt: skip


@pytest.mark.parametrize("name", [name for name in ACTS if name != "rate"])
def test_and_meets_the_one_that_runs(name: str) -> None:
    moment, act = ACTS[name]
    case = make.case()
    kind = added(starts=Moment.RISK_HIGH, meets=moment)
    rate_case(**lead(case), risk=Risk.HIGH)
    act(case)
    assert Clock.objects.get(kind=kind).state == State.MET


@pytest.mark.parametrize("name", list(NOT_SO))
def test_what_is_not_so_starts_nothing(name: str) -> None:
    moment, act = NOT_SO[name]
    added(starts=moment, meets=Moment.CASE_CLOSED)
    act(make.case())
    assert not Clock.objects.exists()


def test_an_assessment_that_is_set_aside_lets_the_clock_run_again() -> None:
    case = make.case()
    added(starts=Moment.RISK_HIGH, meets=Moment.ASSESSED)
    rate_case(**lead(case), risk=Risk.HIGH)
    row, clock = assess(case), Clock.objects.get()
    said = {"actor": make.actor(make.lead_of(case)), "record_id": row.pk, "at": make.AT}
    assert clock.state == State.MET
    dossier.retire_record(**said, why=Reason.MISTAKE)
    clock.refresh_from_db()
    assert clock.state == State.RUNNING
    dossier.restore_record(**said)
    clock.refresh_from_db()
    assert clock.state == State.MET
    dossier.retire_record(**{**said, "at": make.AT + HOUR}, why=Reason.MISTAKE)
    clock.refresh_from_db()
    assert clock.state == State.RUNNING


def test_an_earlier_assessment_does_not_stand_for_one_that_is_set_aside_but_a_later_does() -> (
    None
):
    case = make.case()
    dossier.add_record(
        **{**lead(case), "at": make.AT - HOUR}, kind=RecordKind.ASSESSMENT,
        values={"needs": "Aman."},
    )  # fmt: skip
    added(starts=Moment.RISK_HIGH, meets=Moment.ASSESSED)
    rate_case(**lead(case), risk=Risk.HIGH)
    actor, rows = make.actor(make.lead_of(case)), []
    for hours in (1, 2):
        said = {**lead(case), "at": make.AT + hours * HOUR}
        rows.append(
            dossier.add_record(**said, kind=RecordKind.ASSESSMENT, values={"needs": "Aman."})
        )
    for row, state in zip(rows, (State.MET, State.RUNNING), strict=True):
        dossier.retire_record(
            actor=actor, record_id=row.pk, why=Reason.TWICE, at=make.AT + 3 * HOUR
        )
        assert Clock.objects.get().state == state


def test_a_police_report_that_was_none_lets_the_clock_run_again() -> None:
    case = make.case()
    added(starts=Moment.RISK_HIGH, meets=Moment.POLICE_REPORT)
    rate_case(**lead(case), risk=Risk.HIGH)
    row = report_to_police(case)
    assert Clock.objects.get().state == State.MET
    dossier.retire_record(
        actor=make.actor(make.lead_of(case)), record_id=row.pk, why=Reason.MISTAKE, at=make.AT
    )
    assert Clock.objects.get().state == State.RUNNING


class TestReports:
    def decide(self, desk: Desk, outcome: Decided) -> Any:
        leads = Leads(id_of(desk, "manager"), id_of(desk, "colleague"))
        return decide_report(
            actor=desk.who("holder"), report_id=desk.report.pk, outcome=outcome,
            message="Kami tulis di sini.", leads=leads, at=make.AT,
        )  # fmt: skip

    def taken(self, **said: object) -> Desk:
        desk = desk_with(Standing.NEW)
        added(starts=Moment.REPORT_TAKEN, **said)
        intake.claim_report(actor=desk.who("holder"), report_id=desk.report.pk, at=make.AT)
        return desk

    def test_taking_one_starts_it_for_whoever_holds_it(self) -> None:
        desk = self.taken(meets=Moment.CASE_OPENED)
        clock = Clock.objects.get(kind__startswith="own_")
        assert (clock.area, clock.owner) == (Area.REPORT, id_of(desk, "holder"))

    @pytest.mark.parametrize("meets", [Moment.REPORT_DECIDED, Moment.CASE_OPENED])
    def test_deciding_it_meets_it(self, meets: Moment) -> None:
        self.decide(self.taken(meets=meets), Decided.CASE)
        last = Clock.objects.filter(kind__startswith="own_").order_by("pk").last()
        assert last is not None
        assert last.state == State.MET

    def test_what_the_case_is_to_meet_goes_along(self) -> None:
        case_id = self.decide(self.taken(meets=Moment.ASSESSED), Decided.CASE)
        clock = Clock.objects.get(kind__startswith="own_")
        assert (clock.state, clock.subject, clock.area) == (State.RUNNING, case_id, Area.CASE)

    def test_a_case_that_is_opened_starts_its_own(self) -> None:
        desk = desk_with(Standing.CLAIMED)
        kind = added(starts=Moment.CASE_OPENED)
        case_id = self.decide(desk, Decided.CASE)
        assert Clock.objects.get(kind=kind).subject == case_id


class TestClosing:
    def test_one_that_runs_stands_in_the_way_like_those_of_the_law(self) -> None:
        case = make.case()
        added(starts=Moment.RISK_HIGH, meets=Moment.BY_HAND)
        rate_case(**lead(case), risk=Risk.HIGH)
        with pytest.raises(Refused, match="Time limits"):
            asked_to_close(case)

    def test_one_that_the_closing_meets_does_not(self) -> None:
        case = make.case()
        added(starts=Moment.RISK_HIGH, meets=Moment.CASE_CLOSED)
        rate_case(**lead(case), risk=Risk.HIGH)
        asked = asked_to_close(case)
        granted(asked)
        assert Clock.objects.get().state == State.MET


def test_it_waits_for_whoever_manages_the_case_now() -> None:
    case = make.case()
    added(starts=Moment.RISK_HIGH, meets=Moment.CASE_CLOSED)
    rate_case(**lead(case), risk=Risk.HIGH)
    deputy = make.lead_of(case, Part.DEPUTY)
    change_manager(**lead(case), user_id=deputy.pk)
    assert Clock.objects.get().owner == deputy.pk
