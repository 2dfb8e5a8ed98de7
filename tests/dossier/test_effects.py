"""What follows from what is written: sexual violence, the clocks of the law, the next date."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import localdate

from ruang.access.actor import SYSTEM, Actor
from ruang.cases.models import Case
from ruang.clocks import keep
from ruang.clocks.commands import sweep_clocks
from ruang.clocks.models import Clock
from ruang.clocks.official import OFFICIAL
from ruang.clocks.states import Ended, State
from ruang.dossier import commands
from ruang.dossier.kinds.legal import Happening
from ruang.dossier.legal_track import MEETS, OF_SEXUAL, STARTS
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


def step(case: Case, what: Happening, at: datetime) -> Record:
    """A step that is written down on the day it is done."""
    return add(case, Kind.LEGAL_STEP, at, step=what, done_on=localdate(at).isoformat())


def clocks(case: Case, kind: str) -> list[Clock]:
    return list(Clock.objects.filter(subject=case.pk, kind=kind).order_by("started_at"))


def clock(case: Case, kind: str) -> Clock:
    return Clock.objects.get(subject=case.pk, kind=kind)


class TestSexualViolence:
    @pytest.mark.parametrize(
        "said",
        [
            {"forms": ("physical", "sexual")},
            {"tpks": ("electronic",)},
            {"trafficking": ("drugs", "sexual")},
        ],
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


class TestAgain:
    """What happens again starts its clocks again; what was not done is not met."""

    def test_a_second_protection_in_the_household_starts_a_week_of_its_own(self) -> None:
        case = make.case()
        add(case, Kind.LEGAL_STEP, step=Happening.KDRT_PROTECTION, done_on=TODAY)
        add(case, Kind.LEGAL_STEP, step=Happening.ORDER_GIVEN, done_on=TODAY)
        at = make.AT + timedelta(days=40)
        again = step(case, Happening.KDRT_PROTECTION, at)
        for kind, days in (("kdrt_court_order", 1), ("kdrt_protection", 7)):
            first, second = clocks(case, kind)
            assert (first.state, second.state) == (State.MET, State.RUNNING)
            assert second.due_at == at + timedelta(days=days)
        commands.retire_record(actor=lead(case), record_id=again.pk, why=Reason.MISTAKE, at=at)
        commands.restore_record(actor=lead(case), record_id=again.pk, at=at)
        assert len(clocks(case, "kdrt_protection")) == 2, "brought back is not done again"

    def test_one_that_ran_out_gives_way_and_stays_missed(self) -> None:
        case = make.case()
        add(case, Kind.LEGAL_STEP, step=Happening.KDRT_PROTECTION, done_on=TODAY)
        step(case, Happening.KDRT_PROTECTION, make.AT + timedelta(days=40))
        first, second = clocks(case, "kdrt_protection")
        assert (first.state, first.ended_why) == (State.ENDED, Ended.REPLACED)
        assert first.missed_at == first.due_at
        assert second.state == State.RUNNING

    def test_one_that_still_runs_wins_no_time(self) -> None:
        case = make.case()
        add(case, Kind.LEGAL_STEP, step=Happening.KDRT_PROTECTION, done_on=TODAY)
        due = clock(case, "kdrt_protection").due_at
        step(case, Happening.KDRT_PROTECTION, LATER + timedelta(days=2))
        assert clock(case, "kdrt_protection").due_at == due

    def test_the_same_step_written_down_twice_starts_nothing_anew(self) -> None:
        case = make.case()
        for _once in range(2):
            add(case, Kind.LEGAL_STEP, step=Happening.KDRT_PROTECTION, done_on="2026-11-22")
            add(case, Kind.LEGAL_STEP, step=Happening.ORDER_GIVEN, done_on=TODAY)
        assert clock(case, "kdrt_protection").state == State.MET

    def test_another_day_for_the_same_step_starts_nothing_anew(self) -> None:
        case = make.case()
        row = add(case, Kind.LEGAL_STEP, step=Happening.KDRT_PROTECTION, done_on="2026-11-20")
        add(case, Kind.LEGAL_STEP, step=Happening.ORDER_GIVEN, done_on=TODAY)
        save(case, row, step=Happening.KDRT_PROTECTION, done_on="2026-11-22")
        assert clock(case, "kdrt_protection").state == State.MET

    def test_a_file_handed_in_again_meets_what_was_asked_and_lpsk_checks_again(self) -> None:
        case = make.case()
        add(case, Kind.LEGAL_STEP, step=Happening.RESTITUTION_ASKED, done_on=TODAY)
        step(case, Happening.LPSK_ASKS, LATER + timedelta(days=3))
        step(case, Happening.RESTITUTION_ASKED, LATER + timedelta(days=5))
        assert clock(case, "restitution").state == State.MET
        first, second = clocks(case, "lpsk_check")
        assert (first.state, second.state) == (State.MET, State.RUNNING)
        step(case, Happening.LPSK_ASKS, LATER + timedelta(days=8))
        assert clocks(case, "lpsk_check")[1].state == State.MET
        assert [one.state for one in clocks(case, "restitution")] == [State.MET, State.RUNNING]

    def test_a_planned_step_counts_once_it_is_said_to_be_done(self) -> None:
        case = make.case()
        add(case, Kind.INCIDENT, forms=("sexual",))
        row = add(case, Kind.LEGAL_STEP, step=Happening.POLICE_REPORT, done_on="2026-11-24")
        assert clock(case, "tpks_police").state == State.RUNNING
        at = make.AT + timedelta(days=1)
        commands.save_record(
            actor=lead(case), record_id=row.pk, base_version=1, at=at,
            values={"step": Happening.POLICE_REPORT, "done_on": "2026-11-24", "note": "Sudah."},
        )  # fmt: skip
        assert clock(case, "tpks_police").state == State.MET


class TestNotDone:
    def sexual_and_reported(self) -> tuple[Case, Record, Clock]:
        case = make.case()
        add(case, Kind.INCIDENT, forms=("sexual",))
        began = clock(case, "tpks_police")
        row = add(case, Kind.LEGAL_STEP, step=Happening.POLICE_REPORT, done_on=TODAY)
        assert clock(case, "tpks_police").state == State.MET
        return case, row, began

    def runs_as_before(self, case: Case, began: Clock) -> bool:
        now = clock(case, "tpks_police")
        times = (now.pk, now.started_at, now.due_at, now.next_at, now.over_at)
        before = (began.pk, began.started_at, began.due_at, began.next_at, None)
        return now.state == State.RUNNING and times == before

    def test_set_aside_by_mistake_the_clock_runs_again_from_where_it_began(self) -> None:
        case, row, began = self.sexual_and_reported()
        commands.retire_record(actor=lead(case), record_id=row.pk, why=Reason.MISTAKE, at=LATER)
        assert self.runs_as_before(case, began)
        commands.restore_record(actor=lead(case), record_id=row.pk, at=LATER)
        assert clock(case, "tpks_police").state == State.MET

    @pytest.mark.parametrize(
        "said", [{"step": Happening.BAP}, {"step": Happening.POLICE_REPORT, "done_on": ""}]
    )
    def test_corrected_to_another_step_or_to_none_it_runs_again(
        self, said: dict[str, object]
    ) -> None:
        case, row, began = self.sexual_and_reported()
        save(case, row, **{"done_on": TODAY, **said})
        assert self.runs_as_before(case, began)

    def test_another_report_to_the_police_still_meets_it(self) -> None:
        case, first, _began = self.sexual_and_reported()
        second = step(case, Happening.POLICE_REPORT, LATER)
        for row in (first, second):
            assert clock(case, "tpks_police").state == State.MET
            commands.retire_record(
                actor=lead(case), record_id=row.pk, why=Reason.MISTAKE, at=LATER
            )
        assert clock(case, "tpks_police").state == State.RUNNING

    def test_what_a_person_met_stays_met(self) -> None:
        case = make.case()
        add(case, Kind.INCIDENT, forms=("sexual",))
        keep.meet(clock(case, "tpks_police"), actor=SYSTEM, at=LATER - timedelta(hours=1))
        row = add(case, Kind.LEGAL_STEP, step=Happening.POLICE_REPORT, done_on=TODAY)
        commands.retire_record(actor=lead(case), record_id=row.pk, why=Reason.MISTAKE, at=LATER)
        assert clock(case, "tpks_police").state == State.MET

    def test_it_is_told_again_when_it_ran_out_meanwhile(self) -> None:
        case, row, began = self.sexual_and_reported()
        late = began.due_at + timedelta(hours=2)
        commands.retire_record(actor=lead(case), record_id=row.pk, why=Reason.MISTAKE, at=late)
        sweep_clocks(actor=SYSTEM, at=late)
        assert clock(case, "tpks_police").missed_at == began.due_at


class TestReportedBeforeTheMark:
    def test_the_clock_is_met_as_of_when_it_was_on_record(self) -> None:
        case = make.case()
        add(case, Kind.LEGAL_STEP, step=Happening.POLICE_REPORT, done_on=TODAY)
        add(case, Kind.INCIDENT, at=make.AT + timedelta(days=9), forms=("sexual",))
        found = clock(case, "tpks_police")
        assert (found.state, found.over_at, found.missed_at) == (State.MET, LATER, None)
        protection = clock(case, "police_protect")
        assert protection.due_at == LATER + timedelta(hours=24)

    def test_protection_that_was_given_meets_its_clock_too(self) -> None:
        case = make.case()
        add(case, Kind.LEGAL_STEP, step=Happening.POLICE_REPORT, done_on=TODAY)
        add(case, Kind.LEGAL_STEP, step=Happening.TPKS_PROTECTION, done_on=TODAY)
        add(case, Kind.INCIDENT, forms=("sexual",))
        assert clock(case, "police_protect").state == State.MET

    def test_what_was_set_aside_or_is_planned_meets_nothing(self) -> None:
        case = make.case()
        row = add(case, Kind.LEGAL_STEP, step=Happening.POLICE_REPORT, done_on=TODAY)
        commands.retire_record(actor=lead(case), record_id=row.pk, why=Reason.MISTAKE, at=LATER)
        add(case, Kind.LEGAL_STEP, step=Happening.POLICE_REPORT, done_on="2026-12-24")
        add(case, Kind.INCIDENT, forms=("sexual",))
        assert clock(case, "tpks_police").state == State.RUNNING
