"""A second rape starts the clock as the first one did (UU 12/2022 ps 41; ADR 0048)."""

from datetime import timedelta

import pytest

from ruang.access.actor import SYSTEM
from ruang.cases.commands import identify_case
from ruang.cases.models import Case
from ruang.clocks import keep
from ruang.clocks.states import Ended, State
from ruang.dossier import commands
from ruang.dossier.kinds.legal import Happening
from ruang.dossier.models import Record
from ruang.dossier.states import Kind, Reason
from ruang.kernel.codes import CaseKind
from tests import make
from tests.dossier.test_effects import LATER, add, clock, clocks, lead, save, step

pytestmark = pytest.mark.django_db


class TestToldAnew:
    """A second rape starts the clock as the first one did (UU 12/2022 ps 41; ADR 0048)."""

    RAPE = {"forms": ("sexual",), "tpks": ("rape",)}
    DAYS_LATER = make.AT + timedelta(days=40)

    def over(self, how: str) -> tuple[Case, Record]:
        """A case whose first clock was met by a step, or ended by hand."""
        case = make.case()
        row = add(case, Kind.INCIDENT, **self.RAPE)
        if how == "met":
            step(case, Happening.POLICE_REPORT, LATER)
        else:
            keep.end(
                clock(case, "tpks_police"), why=Ended.NOT_APPLICABLE, actor=SYSTEM, at=LATER
            )
        return case, row

    def states(self, case: Case) -> list[str]:
        return [one.state for one in clocks(case, "tpks_police")]

    @pytest.mark.parametrize(("how", "state"), [("met", State.MET), ("ended", State.ENDED)])
    def test_a_new_incident_starts_it_again_from_when_it_was_told(
        self, how: str, state: State
    ) -> None:
        case, _row = self.over(how)
        add(case, Kind.INCIDENT, self.DAYS_LATER, **self.RAPE)
        first, second = clocks(case, "tpks_police")
        assert (first.state, second.state) == (state, State.RUNNING)
        assert second.started_at == self.DAYS_LATER
        assert second.due_at == self.DAYS_LATER + timedelta(hours=72)
        add(case, Kind.INCIDENT, self.DAYS_LATER + timedelta(hours=80), **self.RAPE)
        assert self.states(case) == [state, State.RUNNING], "no time is won by a third"

    def test_the_police_report_of_the_first_does_not_meet_the_second(self) -> None:
        case, _row = self.over("met")
        add(case, Kind.INCIDENT, self.DAYS_LATER, **self.RAPE)
        assert self.states(case) == [State.MET, State.RUNNING]
        step(case, Happening.POLICE_REPORT, self.DAYS_LATER + timedelta(hours=2))
        assert self.states(case) == [State.MET, State.MET]

    def test_marked_by_a_person_and_ended_by_mistake_it_starts_too(self) -> None:
        case = make.case()
        identify_case(
            actor=lead(case), case_id=case.pk, kind=CaseKind.SEXUAL, authority=None, tpks=True,
            at=make.AT,
        )  # fmt: skip
        ended = clock(case, "tpks_police")
        keep.end(ended, why=Ended.NOT_APPLICABLE, actor=SYSTEM, at=make.AT)
        add(case, Kind.INCIDENT, **self.RAPE)
        assert self.states(case) == [State.ENDED, State.RUNNING]
        assert clocks(case, "tpks_police")[1].started_at == LATER

    @pytest.mark.parametrize(
        ("said", "starts"),
        [
            ({"chronology": "Lebih rinci."}, False),
            ({"forms": ("sexual", "psychic")}, False),
            ({"tpks": ()}, False),
            ({"tpks": ("rape", "electronic")}, True),
            ({"tpks": ("electronic",)}, True),
            ({"trafficking": ("sexual",)}, True),
        ],
    )
    def test_an_edit_starts_it_if_it_tells_of_another_offence(
        self, said: dict[str, object], *, starts: bool
    ) -> None:
        case, row = self.over("met")
        save(case, row, **said)
        save(case, row, **said)
        assert self.states(case) == [State.MET, *([State.RUNNING] if starts else [])]

    def test_naming_the_offence_of_a_form_that_was_told_starts_none(self) -> None:
        case = make.case()
        row = add(case, Kind.INCIDENT, forms=("sexual",))
        step(case, Happening.POLICE_REPORT, LATER)
        save(case, row, tpks=("rape",))
        assert self.states(case) == [State.MET]

    def test_an_incident_that_becomes_sexual_starts_it(self) -> None:
        case, _row = self.over("met")
        other = add(case, Kind.INCIDENT, forms=("physical",))
        assert self.states(case) == [State.MET]
        save(case, other, forms=("physical", "sexual"))
        assert self.states(case) == [State.MET, State.RUNNING]

    def test_a_record_brought_back_and_a_form_sent_twice_start_none(self) -> None:
        case, row = self.over("met")
        by = {"actor": lead(case), "at": LATER}
        commands.retire_record(record_id=row.pk, why=Reason.MISTAKE, **by)
        commands.restore_record(record_id=row.pk, **by)
        for _ in range(2):
            commands.add_record(
                case_id=case.pk, kind=Kind.INCIDENT, values=self.RAPE, form_tag=b"t" * 32, **by
            )
        assert self.states(case) == [State.MET, State.RUNNING]

    def test_a_danger_sign_starts_none(self) -> None:
        case, _row = self.over("met")
        add(case, Kind.RISK_ADULT, forced_sex="yes")
        assert self.states(case) == [State.MET]
