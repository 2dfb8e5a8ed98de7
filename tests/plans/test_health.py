"""A service of health: what it was stands under the key of the part Health, not of the plan."""

from typing import Any

import pytest

from ruang.access.actor import Actor
from ruang.audit.models import Fact
from ruang.cases.models import Case
from ruang.cases.queries import case_head
from ruang.cases.states import Compartment
from ruang.dossier.commands import add_record
from ruang.dossier.states import Kind as Record
from ruang.kernel.errors import Refused
from ruang.outbox.models import Answers
from ruang.plans import commands, queries
from ruang.plans.commands import Ending, Entry, Wanted
from ruang.plans.models import Service
from ruang.plans.states import Detail, Function, Kind, Outcome, ServiceStep
from ruang.plans.writing import sealed
from ruang.vault.keyring import CannotOpen
from ruang.vault.texts import open_text
from tests import make
from tests.cases.team import SHARED, partner_on
from tests.left import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = make.AT.date()
NEED = "Luka KENARI diperiksa."
NOTE = "Selesai MURAI."
OLD = '{"detail": "visum", "need": "Luka KENARI diperiksa.", "note": "Selesai MURAI."}'


def lead(case: Case) -> dict[str, Any]:
    return {"actor": make.actor(make.lead_of(case)), "case_id": case.pk, "at": make.AT}


def plan(case: Case, detail: Detail | None = Detail.VISUM, **more: Any) -> Service:
    wanted = Wanted(None, Kind.HEALTH, need=NEED, detail=detail, **more)
    return commands.plan_service(**lead(case), wanted=wanted)


def give(case: Case, actor: Actor | None = None, detail: Detail | None = None) -> Service:
    about = lead(case) | ({"actor": actor} if actor else {})
    wanted = Wanted(None, Kind.HEALTH, provider_name="Puskesmas", detail=detail)
    return commands.give_service(**about, wanted=wanted, on=TODAY, note=NOTE)


def end(case: Case, row: Service, actor: Actor | None = None) -> None:
    about = lead(case) | ({"actor": actor} if actor else {})
    ending = Ending(Outcome.GIVEN, TODAY, NOTE)
    commands.move_service(**about, service_id=row.pk, step=ServiceStep.END, ending=ending)


def partner(case: Case, *more: Compartment) -> Actor:
    return make.actor(partner_on(case, *SHARED, *more))


def from_before(case: Case, row: Service, text: str = OLD) -> Service:
    """Let a row stand as rows did before its words had a part of their own."""
    row.text = sealed(case, Service, "text", row.pk, text, lead(case)["actor"])
    row.health = None
    row.save()
    return row


def line(case: Case, actor: Actor) -> tuple[str, str, str, bool]:
    (one,) = queries.plan_page(actor=actor, case_id=case.pk, at=make.AT).services
    return str(one.name), one.need, one.note, one.locked


def under_plan(row: Service, actor: Actor) -> str:
    row.refresh_from_db()
    return open_text(actor.keys, row, "text")


def test_who_holds_health_reads_it_and_who_holds_the_plan_alone_does_not() -> None:
    case = make.case()
    row = plan(case)
    end(case, row)
    plain = partner(case)
    assert line(case, plain) == ("Health", "", "", True)
    read = ("Health: Visum", NEED, NOTE, False)
    assert line(case, partner(case, Compartment.HEALTH)) == line(case, lead(case)["actor"])
    assert line(case, lead(case)["actor"]) == read
    assert under_plan(row, plain) == ""
    with pytest.raises(CannotOpen):
        open_text(plain.keys, row, "health")


def test_a_service_of_another_kind_stands_under_the_plan_as_before() -> None:
    case = make.case()
    commands.plan_service(**lead(case), wanted=Wanted(None, Kind.LAW, need=NEED))
    assert line(case, partner(case)) == ("Law enforcement", NEED, "", False)


def test_the_timeline_keeps_it_in_the_part_health() -> None:
    case = make.case()
    end(case, plan(case))
    for actor, told in (
        (partner(case), ("Service: Health", None, True)),
        (lead(case)["actor"], ("Service: Health: Visum", NOTE, False)),
    ):
        head = case_head(actor=actor, case_id=case.pk, at=make.AT)
        (one,) = queries.plan_moments(actor=actor, head=head)
        assert (str(one.title), one.text, one.locked) == told
        assert one.compartment is Compartment.HEALTH


def test_the_page_of_the_register_says_locked_and_asks_nothing() -> None:
    case = make.case()
    values = {"name": "Sari", "role": "beneficiary"}
    sari = add_record(**lead(case), kind=Record.PERSON, values=values).pk
    give(case, detail=Detail.VISUM)
    about: dict[str, Any] = {"case_id": case.pk, "people": [sari]}
    (one,) = queries.service_entries(actor=lead(case)["actor"], **about).of[sari]
    assert (str(one.name), one.locked, one.missing) == ("Health: Visum", False, ())
    who = partner(case, Compartment.IDENTITY)
    (one,) = queries.service_entries(actor=who, **about).of[sari]
    assert (str(one.name), one.locked, one.missing) == ("Health", True, ())


def test_what_is_not_said_is_asked_of_those_alone_who_could_read_it() -> None:
    case = make.case()
    values = {"name": "Sari", "role": "beneficiary"}
    sari = add_record(**lead(case), kind=Record.PERSON, values=values).pk
    who = partner(case, Compartment.IDENTITY)
    give(case, who)
    about: dict[str, Any] = {"case_id": case.pk, "people": [sari]}
    (one,) = queries.service_entries(actor=who, **about).of[sari]
    assert (one.locked, one.missing, one.can_be_completed) == (False, (), False)
    (one,) = queries.service_entries(actor=lead(case)["actor"], **about).of[sari]
    assert [str(word) for word in one.missing] == ["Detail (Visum, medical or psychological)"]


class TestWithoutTheKeyOfHealth:
    def test_one_records_a_service_but_not_which_examination_it_was(self) -> None:
        case = make.case()
        who = partner(case)
        with pytest.raises(Refused, match="hold no key"):
            give(case, who, Detail.MEDICAL)
        give(case, who)
        assert line(case, who) == ("Health", "", NOTE, False)

    def test_what_one_wrote_moves_once_somebody_says_which_it_was(self) -> None:
        case = make.case()
        who = partner(case)
        row = give(case, who)
        said = Entry(Kind.HEALTH, Detail.MEDICAL, provider_name="Puskesmas")
        commands.complete_service(**lead(case), service_id=row.pk, said=said)
        assert line(case, lead(case)["actor"]) == ("Health: Medical", "", NOTE, False)
        assert line(case, who) == ("Health", "", "", True)
        assert NOTE not in under_plan(row, who)

    def test_ending_it_leaves_what_it_was_as_it_stood(self) -> None:
        case = make.case()
        who = partner(case)
        end(case, plan(case), who)
        assert line(case, lead(case)["actor"]) == ("Health: Visum", NEED, NOTE, False)
        assert line(case, who) == ("Health", "", NOTE, True)

    def test_completing_it_leaves_it_and_its_kind_too(self) -> None:
        case = make.case()
        who = partner(case)
        row = give(case, who)
        said = Entry(Kind.HEALTH, Detail.MEDICAL, provider_name="Puskesmas")
        commands.complete_service(**lead(case), service_id=row.pk, said=said)
        about: dict[str, Any] = {"actor": who, "case_id": case.pk, "at": make.AT}
        about["service_id"] = row.pk
        for wrong in (Entry(Kind.LAW), Entry(Kind.HEALTH, Detail.VISUM)):
            with pytest.raises(Refused, match="hold no key"):
                commands.complete_service(**about, said=wrong)
        commands.complete_service(**about, said=Entry(Kind.HEALTH, provider_name="RSUD"))
        (one,) = queries.plan_page(**lead(case)).services
        assert (str(one.name), one.provider) == ("Health: Medical", "RSUD")

    @pytest.mark.usefixtures("a_web_process")
    def test_the_statistics_are_left_nothing_instead_of_it(self) -> None:
        case = make.case()
        row = plan(case)
        Answers.objects.all().delete()
        end(case, row, partner(case))
        (left,) = [one for one in opened() if one["kind"] == "plan_service"]
        assert "detail" not in left["codes"]  # type: ignore[operator]
        assert left["codes"]["outcome"] == "given"  # type: ignore[index]


def test_its_words_follow_the_kind() -> None:
    case = make.case()
    row = plan(case)
    end(case, row)
    about = {**lead(case), "service_id": row.pk}
    commands.complete_service(**about, said=Entry(Kind.LAW))
    who = partner(case)
    assert line(case, who) == ("Law enforcement", NEED, NOTE, False)
    row.refresh_from_db()
    assert row.health is None
    commands.complete_service(**about, said=Entry(Kind.HEALTH, Detail.MEDICAL))
    assert line(case, who) == ("Health", "", "", True)
    assert line(case, lead(case)["actor"]) == ("Health: Medical", NEED, NOTE, False)


class TestRowsFromBefore:
    def test_they_are_read_by_who_holds_health_and_shown_to_nobody_else(self) -> None:
        case = make.case()
        from_before(case, give(case))
        assert line(case, lead(case)["actor"]) == ("Health: Visum", NEED, NOTE, False)
        assert line(case, partner(case)) == ("Health", "", "", True)

    @pytest.mark.usefixtures("a_web_process")
    def test_the_next_service_that_a_holder_saves_takes_them_along(self) -> None:
        case = make.case()
        row, who = from_before(case, give(case)), partner(case)
        wanted = Wanted(Function.CASE_WORK, None, need="Pulang.")
        other = commands.plan_service(**lead(case), wanted=wanted)
        assert under_plan(row, who) == ""
        assert b"visum" not in bytes(row.health or b"")
        lines = queries.plan_page(**lead(case)).services
        assert {str(one.name) for one in lines} == {"Case management", "Health: Visum"}
        left = [one for one in opened() if one["row"] == row.pk.hex]
        assert [(one["version"], one["codes"]["detail"]) for one in left] == [  # type: ignore[index]
            (2, ""), (3, "visum"),
        ]  # fmt: skip
        assert Service.objects.get(pk=other.pk).health is None

    def test_who_holds_no_key_of_health_leaves_them_as_they_are(self) -> None:
        case = make.case()
        old = from_before(case, plan(case))
        who = partner(case)
        end(case, old, who)
        assert line(case, lead(case)["actor"]) == ("Health: Visum", NEED, NOTE, False)
        assert line(case, who) == ("Health", "", "", True)

    def test_a_note_without_a_detail_stays_where_its_writer_reads_it(self) -> None:
        case = make.case()
        who = partner(case)
        give(case, who)
        commands.plan_service(
            **lead(case), wanted=Wanted(Function.CASE_WORK, None, need="Pulang.")
        )
        lines = queries.plan_page(actor=who, case_id=case.pk, at=make.AT).services
        assert {one.note for one in lines} == {"", NOTE}


def test_no_fact_says_which_examination_it_was() -> None:
    case = make.case()
    end(case, plan(case))
    for fact in Fact.objects.values():
        assert "visum" not in str(fact)
