"""Whether a case is about a child: what is written of its people corrects what was reported."""

from datetime import date

import pytest

from ruang.access.actor import Actor
from ruang.audit.models import Fact
from ruang.cases.models import Case
from ruang.dossier import commands
from ruang.dossier.age import age_by_people
from ruang.dossier.states import Kind, Reason
from ruang.kernel.codes import Age
from tests import make

HER = {"role": "beneficiary"}
CHILD = {"role": "child"}
A, C, U = Age.ADULT, Age.CHILD, Age.UNKNOWN


@pytest.mark.parametrize(
    ("before", "people", "after"),
    [
        (U, [{**HER, "about_age": "34"}], A), (C, [{**HER, "about_age": "34"}], A),
        (A, [{**HER, "about_age": "17"}], C), (A, [{**HER, "about_age": "18"}], A),
        (A, [{**HER, "born_on": "2008-11-30"}], C), (C, [{**HER, "born_on": "2008-11-29"}], A),
        (U, [HER], U), (C, [HER], C), (U, [], U),
        (U, [{**HER, "about_age": "34"}, HER], U), (C, [{**HER, "about_age": "34"}, HER], C),
        (A, [{**HER, "about_age": "34"}, {**HER, "about_age": "12"}], C),
        (U, [{**CHILD, "about_age": "11"}], C), (U, [CHILD], C), (A, [CHILD], A),
        (C, [{**HER, "about_age": "34"}, CHILD], C),
        (A, [{**HER, "about_age": "34"}, {**CHILD, "about_age": "9"}], A),
        (C, [{**HER, "about_age": "34"}, {"role": "child_law", "about_age": "14"}], C),
        (C, [{**HER, "about_age": "34"}, {**CHILD, "about_age": "20"}], A),
        (C, [{"role": "safe_guardian", "about_age": "40"}], C),
        (U, [{"role": "witness", "about_age": "12"}], U),
    ],
)  # fmt: skip
def test_by_whom_it_is_said(before: Age, people: list[dict[str, str]], after: Age) -> None:
    for order in (people, people[::-1]):
        assert age_by_people(order, before=before, on=date(2026, 11, 29)) is after


def lead(case: Case) -> Actor:
    return make.actor(make.lead_of(case))


@pytest.mark.django_db
def test_a_save_corrects_the_case_and_is_on_record() -> None:
    case = make.case()
    row = commands.add_record(
        actor=lead(case), case_id=case.pk, kind=Kind.PERSON, at=make.AT,
        values={**HER, "name": "Melati", "about_age": "15"},
    )  # fmt: skip
    case.refresh_from_db()
    assert case.age == C
    fact = Fact.objects.get(name="cases.age_corrected")
    assert (fact.about, fact.codes) == (case.pk, {"code": "child"})

    commands.save_record(
        actor=lead(case), record_id=row.pk, base_version=1, values={"about_age": "25"},
        at=make.AT,
    )  # fmt: skip
    case.refresh_from_db()
    assert case.age == A


@pytest.mark.django_db
def test_who_was_set_aside_says_nothing_any_more() -> None:
    case = make.case()
    add = {"actor": lead(case), "case_id": case.pk, "kind": Kind.PERSON, "at": make.AT}
    commands.add_record(**add, values={**HER, "about_age": "30"})  # type: ignore[arg-type]
    wrong = commands.add_record(**add, values={**HER, "about_age": "5"})  # type: ignore[arg-type]
    case.refresh_from_db()
    assert case.age == C

    commands.retire_record(actor=lead(case), record_id=wrong.pk, why=Reason.MISTAKE, at=make.AT)

    case.refresh_from_db()
    assert case.age == A
