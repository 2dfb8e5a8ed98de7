"""A service for somebody whose record was set aside is for nobody else who is left."""

from typing import Any
from uuid import UUID

import pytest

from ruang.cases.models import Case
from ruang.dossier.states import Reason
from ruang.plans import commands, queries
from ruang.plans.commands import Entry
from ruang.plans.states import Kind
from tests import make
from tests.cases.team import SHARED, partner_on
from tests.left import opened
from tests.plans.test_for_whom import entries, give, lead, lines, person, text_of, whose

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def aside(case: Case, who: UUID) -> None:
    commands.set_aside(
        actor=lead(case)["actor"], record_id=who, why=Reason.OTHER_CASE, at=make.AT
    )


def back(case: Case, who: UUID) -> None:
    commands.bring_back(actor=lead(case)["actor"], record_id=who, at=make.AT)


def test_it_counts_for_nobody_until_it_is_said_for_whom_it_was() -> None:
    case = make.case()
    sari, dani = person(case, "Sari"), person(case, "Dani", "child")
    row = give(case, sari)
    give(case, dani, sari)
    aside(case, sari)
    found = entries(case)
    assert [one.id for one in found.open] == [row.pk]
    assert whose(case) == {dani: ["Health"]}


def test_it_is_asked_on_the_plan_and_can_be_said() -> None:
    case = make.case()
    sari, dani = person(case, "Sari"), person(case, "Dani", "child")
    row = give(case, sari)
    aside(case, sari)
    (line,) = lines(case)
    assert (line.asks, line.persons) == (True, ())
    about: dict[str, Any] = {"actor": lead(case)["actor"], "case_id": case.pk}
    offered = queries.people(**about, before=(sari,))
    assert offered == ((dani, "Dani · Child concerned"),)
    assert queries.people(**about) == ()
    commands.complete_service(
        **lead(case), service_id=row.pk, said=Entry(Kind.HEALTH, persons=(dani,))
    )
    assert whose(case) == {dani: ["Health"]}
    (line,) = lines(case)
    assert (line.asks, line.persons) == (False, ())


def test_it_is_guessed_by_no_other_correction() -> None:
    case = make.case()
    sari, dani = person(case, "Sari"), person(case, "Dani", "child")
    row = give(case, sari)
    aside(case, sari)
    said = Entry(Kind.HEALTH, provider_name="Puskesmas")
    commands.complete_service(**lead(case), service_id=row.pk, said=said)
    assert text_of(case, row).persons == (sari.hex,)
    person(case, "Tuti", "child")
    commands.complete_service(**lead(case), service_id=row.pk, said=said)
    assert text_of(case, row).persons == (sari.hex,)
    assert dani not in [UUID(one) for one in text_of(case, row).persons]


def test_it_is_hers_again_when_she_is_brought_back() -> None:
    case = make.case()
    sari, dani = person(case, "Sari"), person(case, "Dani", "child")
    give(case, sari)
    aside(case, sari)
    back(case, sari)
    assert whose(case) == {sari: ["Health"], dani: []}
    assert [line.asks for line in lines(case)] == [False]


def test_the_only_one_set_aside_leaves_it_to_nobody_who_comes_after() -> None:
    case = make.case()
    sari = person(case, "Sari")
    give(case)
    aside(case, sari)
    dani = person(case, "Dani", "child")
    assert whose(case) == {dani: []}


def test_who_cannot_read_who_is_in_the_case_learns_nothing() -> None:
    case = make.case()
    sari = person(case, "Sari")
    person(case, "Dani", "child")
    give(case, sari)
    aside(case, sari)
    partner = make.actor(partner_on(case, *SHARED))
    assert [line.asks for line in lines(case, partner)] == [False]


@pytest.mark.usefixtures("a_web_process")
def test_the_statistics_count_whoever_counts() -> None:
    case = make.case()
    sari, dani = person(case, "Sari"), person(case, "Dani", "child")
    row, other = give(case, sari, dani), give(case, dani)
    aside(case, sari)
    back(case, sari)
    said = Entry(Kind.HEALTH, provider_name="Puskesmas", persons=(dani,))
    commands.complete_service(**lead(case), service_id=row.pk, said=said)
    left = [(one["row"], one["codes"]) for one in opened() if one["kind"] == "plan_service"]
    assert [codes["people"] for pk, codes in left if pk == row.pk.hex] == [2, 1, 2, 1]  # type: ignore[index]
    assert [codes["people"] for pk, codes in left if pk == other.pk.hex] == [1]  # type: ignore[index]
