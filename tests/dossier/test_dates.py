"""The days of which somebody is reminded: each by itself, and none goes because it is past."""

from datetime import timedelta

import pytest

from ruang.cases.models import Case
from ruang.dossier import commands
from ruang.dossier.kinds.legal import Happening
from ruang.dossier.states import Kind, Reason
from tests import make
from tests.dossier.test_effects import LATER, TODAY, add, lead, save

pytestmark = pytest.mark.django_db


class TestNextDate:
    def test_the_nearest_date_of_the_legal_track_stands_on_the_case(self) -> None:
        case = make.case()
        far = add(case, Kind.LEGAL_STEP, step=Happening.HEARING, next_on="2026-12-20")
        assert str(case.legal_on) == "2026-12-20"
        near = add(case, Kind.LEGAL_STEP, note="x", next_on="2026-12-01")
        assert str(case.legal_on) == "2026-12-01"
        save(case, near, next_on="2026-12-24")
        assert str(case.legal_on) == "2026-12-20"
        commands.retire_record(actor=lead(case), record_id=far.pk, why=Reason.MISTAKE, at=LATER)
        case.refresh_from_db()
        assert str(case.legal_on) == "2026-12-24"
        save(case, near, next_on="")
        assert case.legal_on is None
        assert case.next_on is None

    def test_one_that_is_past_stays_until_a_step_of_that_day_or_later_is_done(self) -> None:
        case = make.case()
        add(case, Kind.LEGAL_STEP, step=Happening.BAP, done_on=TODAY, next_on="2026-12-02")
        late = make.AT + timedelta(days=20)
        add(case, Kind.LEGAL_STEP, late, note="x", next_on="2026-12-24")
        assert str(case.legal_on) == "2026-12-02"
        add(case, Kind.LEGAL_STEP, late, step=Happening.OTHER, done_on="2026-12-01")
        assert str(case.legal_on) == "2026-12-02"
        add(case, Kind.LEGAL_STEP, late, step=Happening.HEARING, done_on="2026-12-30")
        assert str(case.legal_on) == "2026-12-02", "what is to come does nothing"
        add(case, Kind.LEGAL_STEP, late, step=Happening.HEARING, done_on="2026-12-02")
        assert str(case.legal_on) == "2026-12-24"

    def test_neither_a_follow_up_nor_a_safety_plan_is_touched(self) -> None:
        case = make.case()
        add(case, Kind.SAFETY_PLAN, go="Bu Ani", again_on="2026-11-25")
        Case.objects.filter(pk=case.pk).update(next_on="2026-11-20")
        add(case, Kind.LEGAL_STEP, next_on="2026-12-20", note="x")
        days = (case.next_on, case.legal_on, case.safety_on)
        assert [str(one) for one in days] == ["2026-11-20", "2026-12-20", "2026-11-25"]

    def test_the_safety_plan_reminds_until_its_date_is_changed(self) -> None:
        case = make.case()
        row = add(case, Kind.SAFETY_PLAN, go="Bu Ani", again_on="2026-11-25")
        late = make.AT + timedelta(days=20)
        add(case, Kind.SAFETY_PLAN, late, go="Bu Ida", again_on="2026-12-25")
        assert str(case.safety_on) == "2026-11-25"
        save(case, row, again_on="2027-01-05")
        assert str(case.safety_on) == "2026-12-25"
