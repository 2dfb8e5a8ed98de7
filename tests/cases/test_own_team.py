"""Colleagues of the own office on the team of a case: their keys, and who never joins."""

import pytest

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.audit.models import Fact
from ruang.cases import commands
from ruang.cases.models import Case
from ruang.cases.queries import case_list
from ruang.cases.queries.case_list import Sieve
from ruang.cases.states import Change, Compartment, Exclusion, Part
from ruang.consents.models import Consent
from ruang.dossier.commands import add_record, enter_person
from ruang.dossier.states import Kind
from ruang.identity.commands import suspend_member
from ruang.identity.models import Organisation, User
from ruang.kernel.errors import Refused
from ruang.plans.commands import set_task
from ruang.plans.queries import my_tasks
from ruang.referrals.commands import bar_person, hand_case_on, remove_person
from tests import make
from tests.cases.team import check_rows_and_keys_agree, close, partner_on, reads
from tests.referrals.scene import let_time_pass

pytestmark = pytest.mark.django_db
GIVEN = (Compartment.NARRATIVE, Compartment.HEALTH)


@pytest.fixture
def case() -> Case:
    make.city()
    return make.case()


def office(case: Case) -> Organisation:
    return make.lead_of(case).organisation


def psychologist(case: Case) -> User:
    return make.user(office(case), Role.CASE_MANAGER)


def joined(case: Case, person: User | None = None, by: Part = Part.MANAGER) -> User:
    who = person or psychologist(case)
    commands.add_colleague(
        actor=make.actor(make.lead_of(case, by)), case_id=case.pk, user_id=who.pk,
        compartments=GIVEN, at=make.AT,
    )  # fmt: skip
    return who


def about(case: Case, person: User) -> dict[str, object]:
    by = make.actor(make.lead_of(case))
    return {"actor": by, "case_id": case.pk, "user_id": person.pk, "at": make.AT}


def test_she_reads_what_was_chosen_and_the_plan_without_a_consent(case: Case) -> None:
    who = joined(case, by=Part.DEPUTY)
    member = case.team.get(user=who)
    assert member.part == Part.TEAM
    assert member.compartments == ["narrative", "health", "plan"]
    assert reads(who, make.entry(case, "Memar.", Compartment.HEALTH))
    assert not reads(who, make.entry(case, "Alamatnya.", Compartment.IDENTITY))
    check_rows_and_keys_agree(case)
    assert not Consent.objects.exists()
    assert Fact.objects.latest("number").codes["change"] == Change.JOINED


def test_the_case_stands_in_her_list_and_tasks_can_be_given_to_her(case: Case) -> None:
    who = joined(case)
    (line,) = case_list(actor=make.actor(who), sieve=Sieve()).rows
    assert line.number == case.number
    set_task(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, owner=who.pk,
        title="Asesmen psikologis", due_on=make.AT.date(), at=make.AT,
    )  # fmt: skip
    assert [one.title for one in my_tasks(actor=make.actor(who), at=make.AT)] == [
        "Asesmen psikologis"
    ]


def test_she_may_be_let_read_more_and_less(case: Case) -> None:
    who = joined(case)
    legal = make.entry(case, "BAP.", Compartment.LEGAL)
    commands.give_colleague(**about(case, who), compartments=[Compartment.LEGAL])
    assert reads(who, legal)
    commands.withdraw_compartments(**about(case, who), compartments=[Compartment.LEGAL])
    assert not reads(who, legal)
    with pytest.raises(Refused):
        commands.withdraw_compartments(**about(case, who), compartments=[Compartment.PLAN])
    check_rows_and_keys_agree(case)


def test_taken_off_the_team_she_opens_nothing_any_more(case: Case) -> None:
    who, told = joined(case), make.entry(case, "Ia dipukul.", Compartment.NARRATIVE)
    remove_person(**about(case, who))
    assert not reads(who, told)
    assert not case_list(actor=make.actor(who), sieve=Sieve()).rows
    check_rows_and_keys_agree(case)


def test_only_who_works_on_cases_at_this_office_and_is_not_barred(case: Case) -> None:
    barred = psychologist(case)
    bar_person(**about(case, barred), why=Exclusion.SURVIVOR)
    never = (
        barred, make.user(office(case), Role.HEAD), make.user(office(case), Role.ADMIN),
        make.user(role=Role.CASE_MANAGER), make.lead_of(case, Part.DEPUTY),
        partner_on(case),
    )  # fmt: skip
    for person in never:
        with pytest.raises(Refused):
            joined(case, person)


def test_nobody_joins_a_closed_case(case: Case) -> None:
    who = psychologist(case)
    close(case)
    with pytest.raises(Refused):
        joined(case, who)


def test_who_is_barred_later_leaves_at_once(case: Case) -> None:
    who, told = joined(case), make.entry(case, "Ia dipukul.", Compartment.NARRATIVE)
    bar_person(**about(case, who), why=Exclusion.MANAGER)
    assert not reads(who, told)
    check_rows_and_keys_agree(case)


def test_a_partner_is_not_let_read_more_without_a_consent(case: Case) -> None:
    with pytest.raises(Refused):
        commands.give_colleague(
            **about(case, partner_on(case)), compartments=[Compartment.HEALTH]
        )


@pytest.mark.parametrize("part", [Part.MANAGER, Part.DEPUTY])
def test_she_may_become_manager_or_deputy(case: Case, part: Part) -> None:
    who = joined(case)
    hand_case_on(**about(case, who), part=part)
    assert make.lead_of(case, part) == who
    check_rows_and_keys_agree(case)


def test_she_leaves_the_team_when_her_account_ends(case: Case) -> None:
    who, told = joined(case), make.entry(case, "Ia dipukul.", Compartment.NARRATIVE)
    head = make.user(office(case), Role.HEAD)
    suspend_member(actor=make.actor(head), user_id=who.pk, at=make.AT)
    let_time_pass(make.AT)
    assert not case.team.filter(user=who, ended_at=None).exists()
    assert not reads(who, told)
    assert SYSTEM.user_id == Fact.objects.filter(name="cases.team_changed").latest("number").by


def test_the_data_officer_writes_down_the_entry_after_the_closing(case: Case) -> None:
    who = psychologist(case)
    by = make.actor(make.lead_of(case))
    commands.add_colleague(
        actor=by, case_id=case.pk, user_id=who.pk, compartments=[Compartment.IDENTITY],
        at=make.AT,
    )  # fmt: skip
    values = {"role": "beneficiary", "name": "Melati"}
    row = add_record(actor=by, case_id=case.pk, kind=Kind.PERSON, values=values, at=make.AT)
    close(case)
    enter_person(
        actor=make.actor(who), record_id=row.pk, base_version=1,
        values={"simfoni_number": "S-1"}, at=make.AT,
    )  # fmt: skip
    row.refresh_from_db()
    assert row.version == 2
