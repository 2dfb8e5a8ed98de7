"""A clock of the law that nothing stored here tells of: a person starts it, and says why."""

from datetime import date, datetime, timedelta

import pytest

from ruang.access.actor import SYSTEM
from ruang.cases.commands import identify_case, start_case_clock, write_note
from ruang.cases.models import Case
from ruang.cases.queries import case_keys
from ruang.cases.states import Compartment, Part, Step
from ruang.clocks import commands as clocks
from ruang.clocks import keep, legal
from ruang.clocks.models import Clock
from ruang.clocks.official import PDP_BREACH, PDP_RESTRICTION, TPKS_POLICE
from ruang.clocks.states import Moment, State, Unit
from ruang.kernel.errors import Refused
from ruang.vault.texts import open_text
from tests import make
from tests.cases.team import close
from tests.clocks.own import added

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = make.AT.date()


def start(
    case: Case, kind: str = PDP_RESTRICTION, on: date = TODAY, source: str = "Surat 12/XI",
    at: datetime = make.AT, part: Part = Part.MANAGER,
) -> Clock:  # fmt: skip
    lead = make.actor(make.lead_of(case, part))
    return start_case_clock(actor=lead, case_id=case.pk, kind=kind, on=on, source=source, at=at)


@pytest.mark.parametrize("part", [Part.MANAGER, Part.DEPUTY])
@pytest.mark.parametrize("kind", [PDP_RESTRICTION, PDP_BREACH])
def test_manager_and_deputy_start_it_and_what_they_say_is_sealed(kind: str, part: Part) -> None:
    case = make.case()
    clock = start(case, kind, part=part)
    assert (clock.started_at, clock.due_at) == (make.AT, make.AT + timedelta(hours=72))
    assert clock.owner == make.lead_of(case).pk
    note = case.entries.get()
    assert note.compartment == Compartment.LEGAL
    assert open_text(make.actor(make.lead_of(case)).keys, note, "text") == "Surat 12/XI"


def test_an_earlier_day_counts_from_its_beginning() -> None:
    clock = start(make.case(), on=TODAY - timedelta(days=1))
    assert clock.started_at == datetime.fromisoformat("2026-11-22T00:00:00+07:00")


def test_what_comes_after_closing_has_its_clock_and_its_reason_too() -> None:
    """Her wish to restrict what is done with her data, or a breach; no other note is."""
    case = make.case()
    close(case)
    clock = start(case)
    assert clock.state == State.RUNNING
    assert case.entries.get().compartment == Compartment.LEGAL
    with pytest.raises(Refused, match="closed"):
        write_note(
            actor=make.actor(make.lead_of(case)), case_id=case.pk, text="Lagi",
            compartment=Compartment.LEGAL, at=make.AT,
        )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": TPKS_POLICE}, {"kind": "what"}, {"on": TODAY + timedelta(days=1)},
        {"source": "  "},
    ],
)  # fmt: skip
def test_what_starts_by_itself_is_to_come_or_has_no_source_is_refused(
    wrong: dict[str, object],
) -> None:
    case = make.case()
    with pytest.raises(Refused):
        start(case, **wrong)  # type: ignore[arg-type]
    assert not Clock.objects.exists()
    assert not case.entries.exists()


def test_it_runs_once_and_again_when_somebody_asks_again() -> None:
    case = make.case()
    clock = start(case)
    with pytest.raises(Refused, match="started already"):
        start(case)
    assert case.entries.count() == 1
    keep.meet(clock, actor=SYSTEM, at=make.AT)
    later = make.AT + timedelta(days=30)
    again = start(case, on=later.date(), at=later)
    assert (again.state, again.started_at) == (State.RUNNING, later)


def test_of_sexual_violence_it_is_started_where_none_runs() -> None:
    case = make.case()
    lead = make.actor(make.lead_of(case))
    about = {"actor": lead, "case_id": case.pk, "at": make.AT}

    def offered() -> bool:
        keys = case_keys(**about, wanted=Step.LEGAL)
        return TPKS_POLICE in {rule.kind for rule in keys.startable}

    assert not offered()
    identify_case(**about, kind=None, authority=None, tpks=True)
    assert not offered()
    later = make.AT + timedelta(days=9)
    with pytest.raises(Refused, match="started already"):
        start(case, TPKS_POLICE, on=later.date(), at=later)
    first = Clock.objects.get()
    keep.meet(first, actor=SYSTEM, at=make.AT)
    assert offered()
    again = start(case, TPKS_POLICE, on=later.date(), at=later)
    assert (again.started_at, again.due_at) == (later, later + timedelta(hours=72))
    with pytest.raises(Refused, match="started already"):
        start(case, TPKS_POLICE, on=later.date(), at=later)
    assert case.entries.count() == 1


def test_a_rule_that_is_switched_off_starts_nothing() -> None:
    clocks.correct_rule(
        actor=SYSTEM, kind=PDP_BREACH, amount=72, unit=Unit.HOURS, source="UU 27/2022",
        source_on=TODAY, is_active=False, at=make.AT,
    )  # fmt: skip
    with pytest.raises(Refused, match="no such time limit"):
        start(make.case(), PDP_BREACH)


def test_a_time_limit_of_the_city_that_a_person_starts_is_offered_too() -> None:
    kind = added(starts=Moment.BY_HAND, meets=Moment.BY_HAND)
    assert kind in {rule.kind for rule in legal.by_hand()}
    clock = start(make.case(), kind)
    assert (clock.kind, clock.due_at) == (kind, make.AT + timedelta(hours=48))
