"""The law counts from when it was told to us, by whichever road the case is marked."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ruang.cases.models import Case
from ruang.clocks.models import Clock
from ruang.clocks.official import TPKS_POLICE
from ruang.dossier.commands import add_record
from ruang.dossier.states import Kind
from ruang.intake.commands import Wishes, record_report
from ruang.intake.models import Report
from ruang.intake.states import Door
from ruang.intake.told import Recorded
from ruang.kernel.errors import Refused
from ruang.triage.commands import Leads, decide_report, identify_case
from ruang.triage.states import Outcome
from tests import make
from tests.intake.writers import Room, room, sheet
from tests.migrating import forward

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
CAME = make.AT - timedelta(days=2)
LATER = make.AT + timedelta(hours=5)


def case_of_a_letter(desk: Room, *, code: bool) -> Case:
    """A case of a letter that had come two days before it was written down."""
    receipt = record_report(
        actor=desk.who("writer"), sheet=sheet(), wishes=Wishes(code=code), at=make.AT,
        told=make.told(
            door=Door.LETTER, received_at=CAME, recorded=Recorded(why_late="libur")
        ),
    )  # fmt: skip
    case_id = decide_report(
        actor=desk.who("writer"), report_id=make.report_of(receipt).pk, outcome=Outcome.CASE,
        message="Kami mendampingi Anda.", at=make.AT,
        leads=Leads(desk.users["manager"].pk, desk.users["deputy"].pk),
    )  # fmt: skip
    return Case.objects.get(pk=case_id)


@pytest.mark.parametrize("code", [True, False], ids=["with a code", "without a code"])
@pytest.mark.parametrize("road", ["incident", "identification"])
def test_both_roads_count_from_when_the_letter_came(road: str, *, code: bool) -> None:
    desk = room()
    case = case_of_a_letter(desk, code=code)
    assert (case.reported_at, case.opened_at) == (CAME, make.AT)
    lead = {"actor": desk.who("manager"), "case_id": case.pk, "at": LATER}
    if road == "incident":
        add_record(kind=Kind.INCIDENT, values={"forms": ("sexual",)}, **lead)
    else:
        identify_case(kind=None, authority=None, tpks=True, **lead)
    clock = Clock.objects.get(subject=case.pk, kind=TPKS_POLICE)
    assert (clock.started_at, clock.due_at) == (CAME, CAME + timedelta(hours=72))


def test_a_report_to_the_police_before_the_mark_meets_the_clock_on_the_other_road_too() -> None:
    desk = room()
    case = case_of_a_letter(desk, code=True)
    lead = {"actor": desk.who("manager"), "case_id": case.pk}
    said = {"step": "police_report", "done_on": make.AT.date().isoformat()}
    add_record(kind=Kind.LEGAL_STEP, values=said, at=LATER, **lead)
    much_later = make.AT + timedelta(days=9)
    identify_case(kind=None, authority=None, tpks=True, at=much_later, **lead)
    clock = Clock.objects.get(subject=case.pk, kind=TPKS_POLICE)
    assert (clock.state, clock.over_at, clock.missed_at) == ("met", LATER, None)


def test_nobody_alone_takes_the_mark_back() -> None:
    desk = room()
    case = case_of_a_letter(desk, code=True)
    lead = {"actor": desk.who("manager"), "case_id": case.pk, "at": LATER}
    identify_case(kind=None, authority=None, tpks=True, **lead)
    with pytest.raises(Refused):
        identify_case(kind=None, authority=None, tpks=False, **lead)


@pytest.mark.django_db(transaction=True)
def test_old_cases_count_from_their_report_or_else_from_their_opening() -> None:
    of_a_letter, without_report = case_of_a_letter(room(), code=True), make.case()
    before = [("cases", "0003_reopening_notes"), ("triage", "0002_keep_repeats_and_hand_overs")]
    try:
        MigrationExecutor(connection).migrate(before)
    finally:
        forward()
    assert Report.objects.get().received_at == CAME
    found = dict(Case.objects.values_list("pk", "reported_at"))
    assert found == {of_a_letter.pk: CAME, without_report.pk: without_report.opened_at}
