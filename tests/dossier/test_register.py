"""The page of the register says nothing is missing only where nothing is (domain.md §2.2)."""

from typing import Any

import pytest
from django.utils import translation

from ruang.cases.models import Case
from ruang.dossier.commands import add_record
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.models import Record
from ruang.dossier.queries import RegisterPage, register_page
from ruang.dossier.schema import Value
from ruang.dossier.states import Kind
from tests import make

pytestmark = pytest.mark.django_db

LIFE: dict[str, Value] = {
    "disability": "no", "sex": "woman", "birth_place": "Serang", "born_on": "1990-01-01",
    "address": "Jl. Melati 1", "phone": "081200000001", "education": "sma",
    "religion": "Islam", "job": "none", "marital": "married",
}  # fmt: skip
SURVIVOR = {**LIFE, "role": "beneficiary", "name": "Melati"}
SUSPECT = {**LIFE, "name": "Bayu", "sex": "man"}
INCIDENT: dict[str, Value] = {
    "forms": ("physical",), "kdrt": "no", "happened_on": "2026-11-01", "place": "work",
    "where": "Gudang", "village": "36.73.01.1001", "chronology": "Ia dipukul.",
}  # fmt: skip

FIELDS = {
    Kind.INCIDENT: {
        "forms", "trafficking", "kdrt", "happened_on", "place", "where", "village",
        "chronology",
    },
    Kind.PERSON: {
        "name", "sex", "birth_place", "born_on", "address", "phone", "education", "religion",
        "job", "marital", "disability",
    },
    Kind.SUSPECT: {
        "name", "sex", "birth_place", "born_on", "address", "phone", "education", "religion",
        "job", "marital", "disability",
    },
    Kind.RELATION: {"relation"},
}  # fmt: skip
"""Record structure of the register. Number, day of the report and status the case has itself;
services are of the plan; stages of the law and referrals are entered where there are any."""


@pytest.fixture
def case() -> Case:
    make.city()
    return make.case()


def add(case: Case, kind: Kind, values: dict[str, Value]) -> Record:
    actor = make.actor(make.lead_of(case))
    return add_record(actor=actor, case_id=case.pk, kind=kind, values=values, at=make.AT)


def page_of(case: Case) -> RegisterPage:
    return register_page(actor=make.actor(make.lead_of(case)), case_id=case.pk, at=make.AT)


def relate(case: Case, person: Record, suspect: Record) -> None:
    pair: dict[str, Value] = {"person": person.pk.hex, "reported": suspect.pk.hex}
    add(case, Kind.RELATION, {**pair, "relation": "employer"})


def missing(words: Any) -> list[str]:
    with translation.override("en"):
        return [str(one) for one in words]


@pytest.mark.parametrize("kind", FIELDS)
def test_the_fields_are_those_of_the_register(kind: Kind) -> None:
    assert {field.name for field in SCHEMAS[kind].fields if field.simfoni} == FIELDS[kind]


def test_nothing_is_missing_where_everything_is_said(case: Case) -> None:
    survivor, suspect = add(case, Kind.PERSON, SURVIVOR), add(case, Kind.SUSPECT, SUSPECT)
    add(case, Kind.INCIDENT, INCIDENT)
    relate(case, survivor, suspect)
    page = page_of(case)
    assert missing(page.missing) == []
    assert [missing(row.missing) for row in page.rows] == [[]]
    assert page.suspects is not None
    assert [missing(row.missing) for row in page.suspects] == [[]]


def test_a_reported_person_is_asked_for(case: Case) -> None:
    add(case, Kind.PERSON, SURVIVOR)
    assert page_of(case).suspects == ()


def test_an_alias_is_not_what_the_register_asks(case: Case) -> None:
    add(case, Kind.SUSPECT, {"alias": "Bos"})
    page = page_of(case)
    assert page.suspects is not None
    (row,) = page.suspects
    assert {"Name", "Sex", "Address", "Work"} <= set(missing(row.missing))


def test_nothing_more_is_asked_of_one_whom_nobody_knows(case: Case) -> None:
    add(case, Kind.PERSON, SURVIVOR)
    add(case, Kind.SUSPECT, {"unknown": "yes"})
    page = page_of(case)
    assert page.suspects is not None
    assert [missing(row.missing) for row in page.suspects] == [[]]
    assert [missing(row.missing) for row in page.rows] == [[]]


def test_trafficking_is_asked_for_its_kind(case: Case) -> None:
    kind = "Kinds of trafficking"
    add(case, Kind.INCIDENT, INCIDENT)
    assert kind not in missing(page_of(case).missing)
    add(case, Kind.INCIDENT, {**INCIDENT, "forms": ("trafficking",)})
    assert kind in missing(page_of(case).missing)


def test_a_place_outside_the_city_can_be_said_in_words(case: Case) -> None:
    outside = {name: value for name, value in INCIDENT.items() if name != "village"}
    row = add(case, Kind.INCIDENT, {**outside, "elsewhere": "Kramatwatu, Kab. Serang, Banten"})
    assert row.version == 1
    assert missing(page_of(case).missing) == []


def test_of_several_survivors_each_incident_says_whose_it_is(case: Case) -> None:
    first = add(case, Kind.PERSON, SURVIVOR)
    add(case, Kind.INCIDENT, INCIDENT)
    assert missing(page_of(case).missing) == []
    add(case, Kind.PERSON, {**SURVIVOR, "name": "Mawar", "role": "child"})
    assert missing(page_of(case).missing) == ["Survivor"]
    assert first.version == 1
