"""What follows from what is written: sexual violence, the clocks of the law, the next date."""

from datetime import datetime, timedelta

import pytest

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.clocks.models import Clock
from ruang.clocks.official import OFFICIAL
from ruang.clocks.states import State
from ruang.dossier import commands
from ruang.dossier.effects import MEETS, OF_SEXUAL, STARTS
from ruang.dossier.kinds.legal import Happening
from ruang.dossier.models import Record
from ruang.dossier.states import Kind, Reason
from ruang.vault.models import KeyPair
from tests import make

pytestmark = pytest.mark.django_db
TODAY, LATER = make.AT.date().isoformat(), make.AT + timedelta(hours=5)


def lead(case: Case) -> Actor:
    return make.actor(make.lead_of(case))


def add(case: Case, kind: Kind, at: datetime = LATER, **said: object) -> Record:
    row = commands.add_record(actor=lead(case), case_id=case.pk, kind=kind, values=said, at=at)
    case.refresh_from_db()
    return row


def save(case: Case, row: Record, **said: object) -> None:
    row.refresh_from_db()
    commands.save_record(
        actor=lead(case), record_id=row.pk, base_version=row.version, values=said, at=LATER
    )
    case.refresh_from_db()


def clock(case: Case, kind: str) -> Clock:
    return Clock.objects.get(subject=case.pk, kind=kind)


class TestSexualViolence:
    @pytest.mark.parametrize(
        "said", [{"forms": ("physical", "sexual")}, {"tpks": ("electronic",)}]
    )
    def test_a_sexual_form_or_an_offence_makes_the_case_one_and_starts_the_clock(
        self, said: dict[str, object]
    ) -> None:
        case = make.case()
        add(case, Kind.INCIDENT, **said)
        assert case.tpks
        found = clock(case, "tpks_police")
        assert found.started_at == make.AT
        assert found.due_at == make.AT + timedelta(hours=72)

    def test_a_later_save_does_too(self) -> None:
        case = make.case()
        row = add(case, Kind.INCIDENT, forms=("physical",))
        assert not case.tpks
        assert not Clock.objects.exists()
        save(case, row, forms=("physical", "sexual"))
        assert case.tpks
        assert clock(case, "tpks_police").state == State.RUNNING

    @pytest.mark.parametrize("reporter", [True, False])
    def test_it_is_counted_from_when_it_was_told_to_us(self, *, reporter: bool) -> None:
        case = make.case()
        told = make.AT - timedelta(hours=9)
        Case.objects.filter(pk=case.pk).update(reported_at=told)
        if not reporter:
            Case.objects.filter(pk=case.pk).update(reporter_pair=None)
        add(case, Kind.INCIDENT, forms=("sexual",))
        assert clock(case, "tpks_police").started_at == told

    def test_a_newer_key_of_the_reporter_changes_nothing(self) -> None:
        case = make.case()
        KeyPair.objects.filter(pk=case.reporter_pair).update(created_at=LATER)
        add(case, Kind.INCIDENT, forms=("sexual",))
        assert clock(case, "tpks_police").started_at == case.reported_at

    def test_nothing_takes_it_back(self) -> None:
        case = make.case()
        row = add(case, Kind.INCIDENT, forms=("sexual",))
        save(case, row, forms=("physical",))
        commands.retire_record(actor=lead(case), record_id=row.pk, why=Reason.MISTAKE, at=LATER)
        case.refresh_from_db()
        assert case.tpks
        assert clock(case, "tpks_police").state == State.RUNNING


class TestClocks:
    def test_every_clock_that_a_step_moves_is_one_of_the_law(self) -> None:
        for table in (MEETS, STARTS, OF_SEXUAL):
            for kinds in table.values():
                assert set(kinds) <= set(OFFICIAL)

    def test_the_code_of_every_clock_fits_its_column(self) -> None:
        longest = Clock._meta.get_field("kind").max_length
        assert longest is not None
        assert all(len(kind) <= longest for kind in OFFICIAL)

    def test_the_police_report_meets_its_clock_and_starts_the_protection(self) -> None:
        case = make.case()
        add(case, Kind.INCIDENT, forms=("sexual",))
        add(case, Kind.LEGAL_STEP, step=Happening.POLICE_REPORT, done_on=TODAY)
        assert clock(case, "tpks_police").state == State.MET
        protection = clock(case, "police_protect")
        assert protection.due_at == LATER + timedelta(hours=24)
        add(case, Kind.LEGAL_STEP, step=Happening.TPKS_PROTECTION, done_on=TODAY)
        assert clock(case, "police_protect").state == State.MET

    def test_where_it_is_no_sexual_violence_no_such_clock_starts(self) -> None:
        case = make.case()
        add(case, Kind.LEGAL_STEP, step=Happening.POLICE_REPORT, done_on=TODAY)
        assert not Clock.objects.exists()

    def test_protection_in_the_household_starts_a_day_and_a_week(self) -> None:
        case = make.case()
        add(case, Kind.LEGAL_STEP, step=Happening.KDRT_PROTECTION, done_on=TODAY)
        assert clock(case, "kdrt_court_order").due_at == LATER + timedelta(hours=24)
        assert clock(case, "kdrt_protection").due_at == LATER + timedelta(days=7)
        add(case, Kind.LEGAL_STEP, step=Happening.ORDER_ASKED, done_on=TODAY)
        assert clock(case, "kdrt_court_order").state == State.MET
        assert clock(case, "kdrt_protection").state == State.RUNNING
        add(case, Kind.LEGAL_STEP, step=Happening.ORDER_GIVEN, done_on=TODAY)
        assert clock(case, "kdrt_protection").state == State.MET

    def test_restitution_goes_to_and_fro_with_lpsk(self) -> None:
        case = make.case()
        add(case, Kind.LEGAL_STEP, step=Happening.RESTITUTION_ASKED, done_on=TODAY)
        assert clock(case, "lpsk_check").state == State.RUNNING
        add(case, Kind.LEGAL_STEP, step=Happening.LPSK_ASKS, done_on=TODAY)
        assert clock(case, "lpsk_check").state == State.MET
        assert clock(case, "restitution").state == State.RUNNING
        add(case, Kind.LEGAL_STEP, step=Happening.LPSK_COMPLETE, done_on=TODAY)
        assert clock(case, "restitution").state == State.MET

    @pytest.mark.parametrize("done_on", ["", "2026-12-24"])
    def test_a_step_that_is_not_done_moves_no_clock(self, done_on: str) -> None:
        case = make.case()
        add(case, Kind.LEGAL_STEP, step=Happening.KDRT_PROTECTION, done_on=done_on)
        assert not Clock.objects.exists()

    def test_a_step_of_an_earlier_day_counts_from_the_beginning_of_that_day(self) -> None:
        case = make.case()
        add(case, Kind.LEGAL_STEP, step=Happening.KDRT_PROTECTION, done_on="2026-11-22")
        started = clock(case, "kdrt_court_order").started_at
        assert started == datetime.fromisoformat("2026-11-22T00:00:00+07:00")


class TestNextDate:
    def test_the_nearest_date_to_come_stands_on_the_case(self) -> None:
        case = make.case()
        far = add(case, Kind.LEGAL_STEP, step=Happening.HEARING, next_on="2026-12-20")
        assert str(case.next_on) == "2026-12-20"
        near = add(case, Kind.LEGAL_STEP, note="x", next_on="2026-12-01")
        assert str(case.next_on) == "2026-12-01"
        save(case, near, next_on="2026-12-24")
        assert str(case.next_on) == "2026-12-20"
        commands.retire_record(actor=lead(case), record_id=far.pk, why=Reason.MISTAKE, at=LATER)
        case.refresh_from_db()
        assert str(case.next_on) == "2026-12-24"
        save(case, near, next_on="2026-01-01")
        assert case.next_on is None

    def test_a_nearer_date_of_another_kind_stays(self) -> None:
        case = make.case()
        Case.objects.filter(pk=case.pk).update(next_on="2026-11-30")
        add(case, Kind.LEGAL_STEP, next_on="2026-12-20", note="x")
        assert str(case.next_on) == "2026-11-30"
