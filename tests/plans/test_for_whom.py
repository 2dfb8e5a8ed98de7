"""For whom a service is, and what of health it was: as the register counts, per person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import Actor
from ruang.audit.models import Fact
from ruang.cases.models import Case
from ruang.cases.states import Compartment
from ruang.dossier.commands import add_record
from ruang.dossier.queries import register_page
from ruang.dossier.states import Kind as Record
from ruang.kernel.errors import Refused
from ruang.outbox.models import Answers
from ruang.plans import commands, queries
from ruang.plans.commands import Ending, Entry, Wanted
from ruang.plans.health import words
from ruang.plans.models import Service
from ruang.plans.sealed import ServiceText
from ruang.plans.states import Detail, Function, Kind, Outcome, ServiceState, ServiceStep
from ruang.plans.writing import sealed
from tests import make
from tests.cases.team import SHARED, partner_on
from tests.left import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = make.AT.date()


def lead(case: Case) -> dict[str, Any]:
    return {"actor": make.actor(make.lead_of(case)), "case_id": case.pk, "at": make.AT}


def person(case: Case, name: str, role: str = "beneficiary") -> UUID:
    values = {"name": name, "role": role}
    return add_record(**lead(case), kind=Record.PERSON, values=values).pk


def wanted(*persons: UUID, detail: Detail | None = None, need: str = "Periksa.") -> Wanted:
    return Wanted(None, Kind.HEALTH, need=need, persons=persons, detail=detail)


def plan(case: Case, *persons: UUID, **said: Any) -> Service:
    return commands.plan_service(**lead(case), wanted=wanted(*persons, **said))


def give(case: Case, *persons: UUID, **said: Any) -> Service:
    return commands.give_service(
        **lead(case), wanted=wanted(*persons, **said), on=TODAY, note="Selesai."
    )


def text_of(case: Case, row: Service) -> ServiceText:
    row.refresh_from_db()
    return words(row, lead(case)["actor"])


def lines(case: Case, actor: Actor | None = None) -> tuple[Any, ...]:
    about = lead(case) | ({"actor": actor} if actor else {})
    return queries.plan_page(**about).services


WAYS = pytest.mark.parametrize("write", [plan, give], ids=["planned", "given"])


class TestWhom:
    @WAYS
    def test_one_person_is_chosen_by_itself(self, write: Callable[..., Service]) -> None:
        case = make.case()
        sari = person(case, "Sari")
        person(case, "Tuti", "witness")
        assert text_of(case, write(case)).persons == (sari.hex,)

    @WAYS
    def test_of_several_one_or_more_are_chosen(self, write: Callable[..., Service]) -> None:
        case = make.case()
        sari, dani = person(case, "Sari"), person(case, "Dani", "child")
        with pytest.raises(Refused, match="for whom"):
            write(case)
        assert not Service.objects.exists()
        assert text_of(case, write(case, dani)).persons == (dani.hex,)
        assert text_of(case, write(case, dani, sari)).persons == (sari.hex, dani.hex)
        names = [[str(one) for one in line.persons] for line in lines(case)]
        assert names == [
            ["Sari · Survivor (beneficiary)", "Dani · Child concerned"],
            ["Dani · Child concerned"],
        ]

    @WAYS
    def test_it_is_for_people_of_this_case(self, write: Callable[..., Service]) -> None:
        case, other = make.case(), make.case()
        person(case, "Sari")
        tuti = person(case, "Tuti", "witness")
        for wrong in (make.stranger(), tuti, person(other, "Rini")):
            with pytest.raises(Refused, match="people of this case"):
                write(case, wrong)

    @WAYS
    def test_nobody_written_down_yet_is_no_hindrance(
        self, write: Callable[..., Service]
    ) -> None:
        case = make.case()
        row = write(case)
        assert text_of(case, row).persons == ()
        assert [line.asks for line in lines(case)] == [False]
        person(case, "Sari")
        assert [(line.asks, line.persons) for line in lines(case)] == [(False, ())]
        person(case, "Dani", "child")
        assert [line.asks for line in lines(case)] == [True]

    def test_who_cannot_read_who_is_in_the_case_is_not_asked(self) -> None:
        case = make.case()
        person(case, "Sari"), person(case, "Dani", "child")
        partner = make.actor(partner_on(case, *SHARED))
        row = commands.give_service(
            actor=partner, case_id=case.pk, at=make.AT, on=TODAY, note="", wanted=wanted()
        )
        assert text_of(case, row).persons == ()
        assert [line.asks for line in lines(case, partner)] == [False]
        assert [line.asks for line in lines(case)] == [True]

    def test_a_partner_who_can_read_it_is_asked_like_anybody(self) -> None:
        case = make.case()
        person(case, "Sari"), person(case, "Dani", "child")
        partner = make.actor(partner_on(case, *SHARED, Compartment.IDENTITY))
        with pytest.raises(Refused, match="for whom"):
            commands.give_service(
                actor=partner, case_id=case.pk, at=make.AT, on=TODAY, note="", wanted=wanted()
            )


class TestDetail:
    def test_the_list_is_that_of_the_register(self) -> None:
        assert [str(one.label) for one in Detail] == ["Visum", "Medical", "Psychological"]

    @WAYS
    def test_it_is_kept_and_shown(self, write: Callable[..., Service]) -> None:
        case = make.case()
        assert text_of(case, write(case, detail=Detail.VISUM)).detail == "visum"
        assert [str(line.name) for line in lines(case)] == ["Health: Visum"]

    @pytest.mark.parametrize("kind", [None, Kind.LAW])
    def test_it_belongs_to_health_alone(self, kind: Kind | None) -> None:
        said = Wanted(Function.COMPANION, kind, need="X", detail=Detail.VISUM)
        with pytest.raises(Refused, match="belong to the kind Health"):
            commands.plan_service(**lead(make.case()), wanted=said)

    def test_it_stays_when_the_service_ends(self) -> None:
        case = make.case()
        sari = person(case, "Sari")
        row = plan(case, detail=Detail.MEDICAL)
        commands.move_service(
            **lead(case), service_id=row.pk, step=ServiceStep.END,
            ending=Ending(Outcome.GIVEN, TODAY, "Sembuh."),
        )  # fmt: skip
        said = text_of(case, row)
        assert (said.detail, said.persons, said.note) == ("medical", (sari.hex,), "Sembuh.")


class TestCompleting:
    def test_what_was_left_open_is_filled_in_later(self) -> None:
        case = make.case()
        row = give(case)
        sari, dani = person(case, "Sari"), person(case, "Dani", "child")
        place = make.partner().organisation
        said = Entry(Kind.HEALTH, Detail.MEDICAL, place.pk, "", (sari, dani))
        commands.complete_service(**lead(case), service_id=row.pk, said=said)
        line = lines(case)[0]
        assert (line.asks, line.provider, str(line.name)) == (
            False, place.name, "Health: Medical",
        )  # fmt: skip
        assert (line.note, line.state) == ("Selesai.", ServiceState.ENDED)

    def test_whoever_recorded_it_and_manager_and_deputy_may(self) -> None:
        case = make.case()
        person(case, "Sari")
        parts = (*SHARED, Compartment.HEALTH)
        partner, other = (make.actor(partner_on(case, *parts)) for _one in range(2))
        row = commands.give_service(
            actor=partner, case_id=case.pk, at=make.AT, on=TODAY, note="", wanted=wanted()
        )
        about: dict[str, Any] = {"case_id": case.pk, "service_id": row.pk, "at": make.AT}
        said = Entry(Kind.HEALTH, Detail.VISUM)
        with pytest.raises(PermissionDenied):
            commands.complete_service(**about, actor=other, said=said)
        commands.complete_service(**about, actor=partner, said=said)
        assert text_of(case, row).detail == "visum"

    def test_who_cannot_read_who_it_is_leaves_that_as_it_was(self) -> None:
        case = make.case()
        partner = make.actor(partner_on(case, *SHARED, Compartment.HEALTH))
        row = commands.give_service(
            actor=partner, case_id=case.pk, at=make.AT, on=TODAY, note="", wanted=wanted()
        )
        sari, _dani = person(case, "Sari"), person(case, "Dani", "child")
        said = Entry(Kind.HEALTH, persons=(sari,))
        commands.complete_service(**lead(case), service_id=row.pk, said=said)
        said = Entry(Kind.HEALTH, Detail.VISUM)
        commands.complete_service(
            actor=partner, case_id=case.pk, at=make.AT, service_id=row.pk, said=said
        )
        assert text_of(case, row).persons == (sari.hex,)

    @pytest.mark.parametrize(
        ("said", "says"),
        [
            (Entry(None), "two lists"),
            (Entry(Kind.LAW, Detail.VISUM), "belong to the kind Health"),
            (Entry(Kind.HEALTH, provider=make.stranger()), "organisation"),
            (Entry(Kind.HEALTH, persons=(make.stranger(),)), "people of this case"),
        ],
    )
    def test_what_is_wrong_is_said(self, said: Entry, says: str) -> None:
        case = make.case()
        row = give(case)
        with pytest.raises(Refused, match=says):
            commands.complete_service(**lead(case), service_id=row.pk, said=said)


@pytest.mark.usefixtures("a_web_process")
def test_each_save_leaves_a_later_version_and_nobodys_name() -> None:
    case = make.case()
    sari = person(case, "Sari")
    Answers.objects.all().delete()
    row = plan(case)
    said = Entry(Kind.HEALTH, Detail.VISUM)
    commands.complete_service(**lead(case), service_id=row.pk, said=said)
    commands.move_service(
        **lead(case), service_id=row.pk, step=ServiceStep.END,
        ending=Ending(Outcome.GIVEN, TODAY),
    )  # fmt: skip
    commands.complete_service(
        **lead(case), service_id=row.pk, said=Entry(Kind.HEALTH, Detail.MEDICAL)
    )
    left = opened()
    assert [(one["version"], one["codes"]["detail"]) for one in left] == [  # type: ignore[index]
        (1, ""), (2, "visum"), (3, "visum"), (4, "medical"),
    ]  # fmt: skip
    assert {one["codes"]["people"] for one in left} == {1}  # type: ignore[index]
    assert sari.hex not in str(left)


def whose(case: Case) -> dict[UUID, list[str]]:
    page = register_page(**lead(case))
    found = queries.service_entries(
        actor=lead(case)["actor"], case_id=case.pk, people=[one.id for one in page.rows]
    )
    return {who: [str(one.name) for one in rows] for who, rows in found.of.items()}


class TestRegister:
    def test_each_service_stands_with_each_person_it_was_for(self) -> None:
        case = make.case()
        sari, dani = person(case, "Sari"), person(case, "Dani", "child")
        give(case, sari, dani, detail=Detail.MEDICAL)
        give(case, dani, detail=Detail.PSYCHOLOGICAL)
        plan(case, sari)
        assert whose(case) == {
            sari: ["Health: Medical"],
            dani: ["Health: Medical", "Health: Psychological"],
        }

    def test_what_each_lacks_is_said(self) -> None:
        case = make.case()
        person(case, "Sari")
        give(case)
        begun = commands.plan_service(
            **lead(case),
            wanted=Wanted(Function.COMPANION, None, need="X", provider_name="Bidan desa"),
        )
        commands.move_service(**lead(case), service_id=begun.pk, step=ServiceStep.BEGIN)
        found = entries(case)
        (rows,) = found.of.values()
        assert [[str(one) for one in row.missing] for row in rows] == [
            ["Institution", "Detail (Visum, medical or psychological)"],
            ["Kind of service (SIMFONI-PPA)", "Date: the service has not ended yet"],
        ]
        assert [(row.is_running, row.can_be_completed) for row in rows] == [
            (False, True), (True, True),
        ]  # fmt: skip

    def test_what_was_not_given_is_no_entry(self) -> None:
        case = make.case()
        person(case, "Sari")
        row = plan(case)
        commands.move_service(
            **lead(case), service_id=row.pk, step=ServiceStep.END,
            ending=Ending(Outcome.NOT_WANTED, TODAY, "Ia belum mau."),
        )  # fmt: skip
        person(case, "Dani", "child")
        assert list(entries(case).of.values()) == [(), ()]
        assert [line.asks for line in lines(case)] == [False], "nobody needs to know"

    def test_one_of_several_people_is_asked_for(self) -> None:
        case = make.case()
        old = give(case)
        sari, dani = person(case, "Sari"), person(case, "Dani", "child")
        found = entries(case)
        assert [one.id for one in found.open] == [old.pk]
        assert found.of == {sari: (), dani: ()}

    def test_a_row_from_before_this_was_asked_is_hers_if_she_is_the_only_one(self) -> None:
        case = make.case()
        row = give(case)
        before = '{"need": "Periksa.", "note": "Selesai."}'
        row.text = sealed(case, Service, "text", row.pk, before, lead(case)["actor"])
        row.save()
        sari = person(case, "Sari")
        assert whose(case) == {sari: ["Health"]}
        assert lines(case)[0].note == "Selesai."

    def test_without_the_key_of_the_plan_it_is_said(self) -> None:
        case = make.case()
        sari = person(case, "Sari")
        give(case)
        partner = make.actor(partner_on(case, Compartment.IDENTITY))
        found = queries.service_entries(actor=partner, case_id=case.pk, people=[sari])
        assert found.locked
        assert found.of == {sari: ()}


def entries(case: Case) -> Any:
    page = register_page(**lead(case))
    return queries.service_entries(
        actor=lead(case)["actor"], case_id=case.pk, people=[one.id for one in page.rows]
    )


@pytest.mark.usefixtures("a_web_process")
def test_a_thief_learns_neither_for_whom_nor_which_examination() -> None:
    case = make.case()
    sari, _dani = person(case, "Sari"), person(case, "Dani", "child")
    before = Answers.objects.count()
    row = give(case, sari, detail=Detail.VISUM)
    said = Entry(Kind.HEALTH, Detail.VISUM, persons=(sari,))
    commands.complete_service(**lead(case), service_id=row.pk, said=said)
    stolen = [
        *Service.objects.values(),
        *Fact.objects.filter(name="plans.plan_moved").values(),
        *Answers.objects.order_by("pk").values()[before:],
    ]
    assert len(stolen) == 1 + 2 + 2
    for value in (one for row in stolen for one in row.values()):
        plain = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for secret in (b"visum", sari.hex.encode(), str(sari).encode(), sari.bytes):
            assert secret not in plain
