"""Danger signs asked in a case: they only ever raise its risk, and are kept word by word."""

import pytest

from ruang.access.actor import Actor
from ruang.audit.models import Fact
from ruang.cases.models import Case
from ruang.cases.states import Compartment
from ruang.dossier import commands, queries
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.kinds.risk import FILLED, LISTS
from ruang.dossier.models import Record
from ruang.dossier.reading import answers
from ruang.dossier.states import Kind
from ruang.kernel.codes import Risk
from ruang.risk.filled import Filled
from tests import make
from tests.cases.test_team import partner_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def lead(case: Case) -> Actor:
    return make.actor(make.lead_of(case))


def ask(case: Case, kind: Kind, by: Actor | None = None, **said: str) -> Record:
    row = commands.add_record(
        actor=by or lead(case), case_id=case.pk, kind=kind, values=said, at=make.AT
    )
    case.refresh_from_db()
    return row


@pytest.mark.parametrize("kind", LISTS)
def test_each_red_flag_alone_raises_the_case_to_high(kind: Kind) -> None:
    case = make.case()
    for item in LISTS[kind].red_flags:
        Case.objects.filter(pk=case.pk).update(risk="low", rank=2)
        ask(case, kind, **{item.id: "yes"})
        assert case.risk == Risk.HIGH, item.id
    assert Fact.objects.filter(name="cases.case_moved", codes__step="rate").exists()


@pytest.mark.parametrize("kind", LISTS)
def test_no_answer_lowers_a_case(kind: Kind) -> None:
    case = make.case(risk="high")
    ask(case, kind, **{item.id: "no" for item in LISTS[kind].items})
    assert case.risk == Risk.HIGH
    assert not Fact.objects.filter(name="cases.case_moved").exists()


def test_a_partner_who_asks_raises_it_too() -> None:
    case = make.case(risk="low")
    partner = make.actor(partner_on(case, Compartment.NARRATIVE))
    ask(case, Kind.RISK_ADULT, partner, **{LISTS[Kind.RISK_ADULT].red_flags[0].id: "yes"})
    assert case.risk == Risk.HIGH


def test_what_was_asked_is_kept_word_by_word_in_every_version() -> None:
    case = make.case()
    first, second = LISTS[Kind.RISK_CHILD].items[:2]
    row = ask(case, Kind.RISK_CHILD, **{first.id: "no"})
    commands.save_record(
        actor=lead(case), record_id=row.pk, base_version=1, values={second.id: "yes"},
        at=make.AT,
    )  # fmt: skip
    row.refresh_from_db()
    old = answers(row.versions.get(), lead(case))
    for said, known in ((old, {first.id}), (answers(row, lead(case)), {first.id, second.id})):
        filled = Filled.from_text(str(said[FILLED]))
        assert set(filled.answers) == known
        assert filled.version == LISTS[Kind.RISK_CHILD].version
        assert [one.words for one in filled.asked] == [
            str(item.words) for item in LISTS[Kind.RISK_CHILD].items
        ]


def test_red_flags_and_what_is_open_stand_on_the_page() -> None:
    case = make.case()
    flag = LISTS[Kind.RISK_ADULT].red_flags[0]
    row = ask(case, Kind.RISK_ADULT, **{flag.id: "yes"})
    page = queries.record_page(actor=lead(case), case_id=case.pk, record_id=row.pk, at=make.AT)
    said = [str(one.words) for one in page.warnings]
    assert said[0] == f"Red flag: {flag.words}"
    assert said[-1].startswith(f"{len(LISTS[Kind.RISK_ADULT].items) - 1} questions are open")
    assert "High" in str(page.title)


def test_the_fields_are_the_questions_of_the_list() -> None:
    for kind, checklist in LISTS.items():
        names = {field.name for field in SCHEMAS[kind].fields}
        assert {item.id for item in checklist.items} == names - {"person", "asked_on", "note"}
