"""Records: adding, saving, versions, setting aside; who may, and what is then on record."""

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import Actor
from ruang.audit.models import Fact
from ruang.audit.trail import happenings
from ruang.cases.models import Case
from ruang.cases.states import Compartment, Part
from ruang.dossier import commands, queries
from ruang.dossier.models import Record, Version
from ruang.dossier.reading import answers
from ruang.dossier.states import Kind, Reason, State
from ruang.dossier.values import Conflict
from ruang.kernel.errors import Refused
from ruang.vault.keyring import CannotOpen
from tests import make
from tests.cases.test_team import partner_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def lead(case: Case, part: Part = Part.MANAGER) -> Actor:
    return make.actor(make.lead_of(case, part))


def person(case: Case, by: Actor | None = None, **said: object) -> Record:
    return commands.add_record(
        actor=by or lead(case), case_id=case.pk, kind=Kind.PERSON,
        values=said or {"name": "Melati"}, at=make.AT,
    )  # fmt: skip


def save(row: Record, by: Actor, base: int, **said: object) -> Record:
    return commands.save_record(
        actor=by, record_id=row.pk, base_version=base, values=said, at=make.AT
    )


class TestAdding:
    def test_one_answer_is_enough_and_is_sealed_in_its_compartment(self) -> None:
        case = make.case()
        row = person(case, name="Melati", sex="woman")
        assert row.compartment == Compartment.IDENTITY
        assert b"Melati" not in bytes(row.text)
        assert answers(row, lead(case, Part.DEPUTY)) == {"name": "Melati", "sex": "woman"}
        fact = Fact.objects.get(name="dossier.record_moved")
        assert fact.codes == {"kind": "person", "step": "add", "version": 1, "code": ""}
        assert fact.about == case.pk

    def test_nothing_written_is_refused(self) -> None:
        case = make.case()
        with pytest.raises(Refused, match="One answer is enough"):
            person(case, name="  ", unknown="x")
        assert not Record.objects.exists()

    def test_the_same_form_sent_twice_is_one_record(self) -> None:
        case = make.case()
        made = [
            commands.add_record(
                actor=lead(case), case_id=case.pk, kind=Kind.PERSON,
                values={"name": "Melati"}, form_tag=b"t" * 32, at=make.AT,
            ).pk
            for _ in range(2)
        ]  # fmt: skip
        assert made[0] == made[1]

    @pytest.mark.parametrize(
        "said",
        [
            {"sex": "other"},
            {"born_on": "2026-13-01"},
            {"about_age": "-1"},
            {"about_age": "²"},
            {"name": "x" * 501},
            {"disability": "perhaps"},
            {"village": "36.73.01.1001.999"},
        ],
    )
    def test_what_cannot_be_an_answer_is_refused(self, said: dict[str, str]) -> None:
        with pytest.raises(Refused):
            person(make.case(), **said)

    def test_a_code_that_is_not_in_a_list_of_many_is_refused(self) -> None:
        case = make.case()
        with pytest.raises(Refused):
            commands.add_record(
                actor=lead(case), case_id=case.pk, kind=Kind.INCIDENT,
                values={"forms": ("physical", "invented")}, at=make.AT,
            )  # fmt: skip


class TestWhoMay:
    def test_a_partner_writes_where_the_key_is_held_and_nowhere_else(self) -> None:
        case = make.case()
        partner = make.actor(partner_on(case, Compartment.NARRATIVE))
        commands.add_record(
            actor=partner, case_id=case.pk, kind=Kind.INCIDENT,
            values={"forms": ("physical",)}, at=make.AT,
        )  # fmt: skip
        with pytest.raises(Refused, match="hold no key"):
            person(case, partner)
        row = person(case)
        with pytest.raises(Refused, match="hold no key"):
            save(row, partner, 1, name="Lain")
        with pytest.raises(CannotOpen):
            answers(row, partner)
        with pytest.raises(PermissionDenied):
            commands.retire_record(
                actor=partner, record_id=row.pk, why=Reason.MISTAKE, at=make.AT
            )


class TestSaving:
    def test_every_earlier_version_is_kept_and_opens(self) -> None:
        case = make.case()
        row = person(case)
        save(row, lead(case, Part.DEPUTY), 1, name="Melati Kusuma")
        save(row, lead(case), 2, alias="Ati")
        row.refresh_from_db()
        assert row.version == 3
        kept = [answers(old, lead(case)) for old in row.versions.order_by("version")]
        assert kept == [{"name": "Melati"}, {"name": "Melati Kusuma"}]
        assert answers(row, lead(case)) == {"name": "Melati Kusuma", "alias": "Ati"}

    def test_saving_nothing_new_makes_no_version(self) -> None:
        case = make.case()
        row = person(case)
        save(row, lead(case), 1, name="Melati", alias="")
        assert not Version.objects.exists()
        assert Fact.objects.filter(name="dossier.record_moved").count() == 1

    def test_different_fields_changed_at_once_are_both_kept(self) -> None:
        case = make.case()
        row = person(case, name="Melati", phone="0811")
        save(row, lead(case), 1, name="Melati Kusuma", phone="0811")
        save(row, lead(case, Part.DEPUTY), 1, name="Melati", phone="0822")
        row.refresh_from_db()
        assert answers(row, lead(case)) == {"name": "Melati Kusuma", "phone": "0822"}

    def test_the_same_field_changed_to_the_same_is_no_conflict(self) -> None:
        case = make.case()
        row = person(case)
        save(row, lead(case), 1, name="Ati")
        save(row, lead(case, Part.DEPUTY), 1, name="Ati")
        row.refresh_from_db()
        assert row.version == 2

    def test_the_same_field_changed_to_another_is_shown_and_nothing_is_saved(self) -> None:
        case = make.case()
        row = person(case, name="Melati", phone="0811")
        deputy = make.lead_of(case, Part.DEPUTY)
        save(row, make.actor(deputy), 1, name="Melati K")
        save(row, lead(case), 2, alias="Ati")
        with pytest.raises(Conflict) as found:
            save(row, lead(case), 1, name="Melati Kusuma", phone="0822")
        (clash,) = found.value.clashes
        assert (clash.name, clash.before, clash.theirs, clash.mine) == (
            "name", "Melati", "Melati K", "Melati Kusuma",
        )  # fmt: skip
        assert clash.by == deputy.pk
        assert found.value.version == 3
        assert found.value.values == {
            "name": "Melati Kusuma", "phone": "0822", "alias": "Ati",
        }  # fmt: skip
        row.refresh_from_db()
        assert answers(row, lead(case)) == {"name": "Melati K", "phone": "0811", "alias": "Ati"}

    def test_a_version_that_never_was_is_refused(self) -> None:
        case = make.case()
        row = person(case)
        for base in (0, 2):
            with pytest.raises(Refused, match="Reload"):
                save(row, lead(case), base, name="x")


class TestSettingAside:
    def test_it_is_kept_counts_no_more_and_comes_back(self) -> None:
        case = make.case()
        row = person(case)
        commands.retire_record(actor=lead(case), record_id=row.pk, why=Reason.TWICE, at=make.AT)
        with pytest.raises(Refused, match="set aside"):
            save(row, lead(case), 2, name="x")
        with pytest.raises(Refused, match="set aside"):
            commands.retire_record(
                actor=lead(case), record_id=row.pk, why=Reason.TWICE, at=make.AT
            )
        commands.restore_record(actor=lead(case), record_id=row.pk, at=make.AT)
        row.refresh_from_db()
        assert (row.state, row.version) == (State.LIVE, 3)
        assert answers(row, lead(case)) == {"name": "Melati"}
        with pytest.raises(Refused, match="counts already"):
            commands.restore_record(actor=lead(case), record_id=row.pk, at=make.AT)
        save(row, lead(case), 1, name="Ati")
        assert [f.codes["step"] for f in Fact.objects.filter(name="dossier.record_moved")] == [
            "add", "retire", "restore", "save",
        ]  # fmt: skip


class TestTimeline:
    def test_it_says_what_happened_and_nothing_of_what_stands_there(self) -> None:
        case = make.case()
        row = person(case)
        save(row, lead(case), 1, name="Melati Kusuma")
        commands.retire_record(actor=lead(case), record_id=row.pk, why=Reason.TWICE, at=make.AT)
        commands.restore_record(actor=lead(case), record_id=row.pk, at=make.AT)
        facts = happenings(case.pk, queries.FACTS, limit=9)
        moments = [queries.record_moment(fact=fact) for fact in facts]
        said = [f"{one.title}: {one.detail}" for one in reversed(moments)]
        assert said == [
            "Person: added", "Person: saved (version 2)", "Person: It stands here twice",
            "Person: brought back",
        ]  # fmt: skip
        assert all(one.text is None for one in moments)
