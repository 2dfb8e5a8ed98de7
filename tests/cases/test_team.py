"""The team of a case: who may change it, and that rows and keys say the same afterwards."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.cases import commands
from ruang.cases.models import Case, Member
from ruang.cases.states import Change, Compartment, Exclusion, Part, State
from ruang.identity.models import User
from ruang.kernel.errors import Refused
from ruang.vault.keyring import (
    current_keys,
)
from ruang.vault.models import Wrap
from tests import make
from tests.cases.team import (
    SHARED,
    UNTIL,
    check_rows_and_keys_agree,
    close,
    hand_keys,
    is_barred,
    partner_on,
    reads,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def last_fact() -> Fact:
    return Fact.objects.order_by("number").last()


# --- joining ------------------------------------------------------------------------------


def test_whoever_was_handed_the_keys_joins_with_just_those_compartments() -> None:
    case = make.case()
    story = make.entry(case, "kronologi", Compartment.NARRATIVE)
    health = make.entry(case, "hasil visum", Compartment.HEALTH)
    person = partner_on(case)
    member = case.team.get(user=person)
    assert (member.part, member.compartments, member.until) == (
        Part.PARTNER, ["narrative", "plan"], UNTIL,
    )  # fmt: skip
    assert reads(person, story)
    assert not reads(person, health)
    check_rows_and_keys_agree(case)
    fact = last_fact()
    assert fact.codes == {
        "change": Change.JOINED.value, "part": "partner", "compartments": "narrative,plan",
        "code": "",
    }  # fmt: skip
    assert fact.ids["user"] == str(person.pk)


@pytest.mark.parametrize("has", [(), (Compartment.PLAN,)])
def test_nobody_joins_without_the_keys(has: tuple[Compartment, ...]) -> None:
    case, person = make.case(), make.user(role=Role.PARTNER_DESK)
    if has:
        hand_keys(case, person, *has)
    with pytest.raises(Refused, match="not handed"):
        commands.join_team(
            actor=make.actor(person), case_id=case.pk, compartments=SHARED, until=UNTIL,
            at=make.AT,
        )  # fmt: skip
    assert not case.team.filter(user=person).exists()


def test_the_thread_is_never_part_of_joining() -> None:
    case = make.case()
    person = partner_on(case, *Compartment)
    assert "thread" not in case.team.get(user=person).compartments


def test_nobody_joins_twice_or_a_closed_case_or_when_barred() -> None:
    case = make.case()
    person = partner_on(case)
    actor = make.actor(person)

    def join(who: Actor) -> None:
        commands.join_team(
            actor=who, case_id=case.pk, compartments=SHARED, until=UNTIL, at=make.AT
        )

    with pytest.raises(Refused, match="already"):
        join(actor)
    late = make.user(role=Role.PARTNER_DESK)
    hand_keys(case, late, *SHARED)
    close(case)
    with pytest.raises(Refused, match="closed"):
        join(make.actor(late))
    Case.objects.filter(pk=case.pk).update(state=State.OPEN, closed_at=None, closing="")
    commands.exclude_user(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, user_id=late.pk,
        why=Exclusion.SURVIVOR, at=make.AT,
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        join(make.actor(late))


# --- leaving, being taken off, the end of the time ------------------------------------------

Ending = Callable[[Case, User], None]


def leaves(case: Case, person: User) -> None:
    commands.leave_team(actor=make.actor(person), case_id=case.pk, at=make.AT)


def is_removed(case: Case, person: User) -> None:
    commands.remove_member(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, user_id=person.pk, at=make.AT
    )


def runs_out(case: Case, person: User) -> None:
    commands.remove_member(actor=SYSTEM, case_id=case.pk, user_id=person.pk, at=make.AT)


@pytest.mark.parametrize("ending", [leaves, is_removed, runs_out, is_barred])
@pytest.mark.parametrize("closed", [False, True])
def test_whose_part_ends_reads_nothing_old_and_nothing_new(
    ending: Ending, closed: bool
) -> None:
    case = make.case()
    before = make.entry(case, "sebelum")
    person, colleague = partner_on(case), partner_on(case)
    if closed:
        close(case)
    assert reads(person, before)
    stolen = list(Wrap.objects.filter(holder__owner=person.pk, key__whose=case.pk))
    epochs = current_keys(case.pk)

    ending(case, person)

    assert not reads(person, before)
    after = make.entry(case, "sesudah")
    assert not reads(person, after)
    assert reads(colleague, before)
    assert reads(colleague, after)
    assert not Case.objects.visible_to(make.actor(person)).exists()
    changed = {name for name, key in current_keys(case.pk).items() if epochs[name] != key}
    assert changed == {code.value for code in SHARED}
    check_rows_and_keys_agree(case)
    # even with the database rows of yesterday, what is written afterwards stays closed
    Wrap.objects.bulk_create(stolen)
    assert reads(person, before)
    assert not reads(person, after)


@pytest.mark.parametrize(
    ("ending", "change"),
    [
        (leaves, Change.LEFT),
        (is_removed, Change.REMOVED),
        (runs_out, Change.ENDED),
        (is_barred, Change.BARRED),
    ],
)
def test_each_end_is_one_fact(ending: Ending, change: Change) -> None:
    case = make.case()
    person = partner_on(case)
    facts = Fact.objects.count()
    ending(case, person)
    assert Fact.objects.count() == facts + 1
    assert last_fact().codes["change"] == change.value


def test_manager_and_deputy_cannot_leave_or_be_taken_off_or_barred() -> None:
    case = make.case()
    manager, deputy = make.lead_of(case), make.lead_of(case, Part.DEPUTY)
    with pytest.raises(PermissionDenied):
        leaves(case, manager)
    with pytest.raises(Refused):
        is_removed(case, deputy)
    with pytest.raises(Refused, match="Name another"):
        is_barred(case, manager)
    check_rows_and_keys_agree(case)


# --- barring ------------------------------------------------------------------------------


def test_who_is_barred_never_sees_the_case_again_even_with_keys() -> None:
    case = make.case()
    person = partner_on(case)
    is_barred(case, person)
    assert case.excluded.get(user=person).why == Exclusion.MANAGER
    hand_keys(case, person, *SHARED)
    with pytest.raises(PermissionDenied):
        commands.join_team(
            actor=make.actor(person), case_id=case.pk, compartments=SHARED, until=UNTIL,
            at=make.AT,
        )  # fmt: skip
    Member.objects.create(case=case, user=person, part=Part.PARTNER, since=make.AT)
    assert not Case.objects.visible_to(make.actor(person)).exists()
    with pytest.raises(Refused, match="already"):
        is_barred(case, person)


def test_somebody_asked_may_bar_herself_and_only_herself() -> None:
    case, person = make.case(), make.user(role=Role.PARTNER_DESK)
    commands.exclude_oneself(actor=make.actor(person), case_id=case.pk, at=make.AT)
    row = case.excluded.get()
    assert (row.user_id, row.why, row.by) == (person.pk, Exclusion.KNOWS, person.pk)
    with pytest.raises(PermissionDenied):
        commands.exclude_oneself(actor=make.actor(person), case_id=case.pk, at=make.AT)


@pytest.mark.parametrize("part", [Part.MANAGER, Part.DEPUTY])
def test_manager_and_deputy_name_another_one_before_they_step_back(part: Part) -> None:
    case = make.case()
    lead = make.lead_of(case, part)
    with pytest.raises(Refused, match="Name another one first"):
        commands.exclude_oneself(actor=make.actor(lead), case_id=case.pk, at=make.AT)
    assert not case.excluded.exists()
    assert Case.objects.visible_to(make.actor(lead)).exists()


def test_a_partner_on_the_team_who_bars_herself_leaves_it_and_its_keys() -> None:
    case = make.case()
    person = partner_on(case)
    commands.exclude_oneself(actor=make.actor(person), case_id=case.pk, at=make.AT)
    assert not case.team.filter(user=person, ended_at=None).exists()
    assert not reads(person, make.entry(case, "nanti", Compartment.NARRATIVE))
    check_rows_and_keys_agree(case)


# --- more and less ------------------------------------------------------------------------


def give_more(case: Case, person: User, *names: Compartment, by: User | None = None) -> None:
    commands.give_compartments(
        actor=make.actor(by or make.lead_of(case)), case_id=case.pk, user_id=person.pk,
        compartments=names, basis="consent", at=make.AT,
    )  # fmt: skip


def give_less(case: Case, person: User, *names: Compartment, by: User | None = None) -> None:
    commands.withdraw_compartments(
        actor=make.actor(by or make.lead_of(case)), case_id=case.pk, user_id=person.pk,
        compartments=names, at=make.AT,
    )  # fmt: skip


def test_more_is_given_in_every_epoch_and_until_the_same_day() -> None:
    case = make.case()
    first = make.entry(case, "lama", Compartment.HEALTH)
    is_removed(case, partner_on(case, Compartment.PLAN, Compartment.HEALTH))
    second = make.entry(case, "baru", Compartment.HEALTH)
    person = partner_on(case)
    assert not reads(person, first)
    give_more(case, person, Compartment.HEALTH, Compartment.PLAN, Compartment.THREAD)
    assert reads(person, first)
    assert reads(person, second)
    assert set(Wrap.objects.filter(holder__owner=person.pk).exclude(key__name="private")
               .values_list("until", flat=True)) == {UNTIL}  # fmt: skip
    assert case.team.get(user=person).compartments == ["narrative", "health", "plan"]
    check_rows_and_keys_agree(case)
    assert last_fact().codes["compartments"] == "health"
    assert last_fact().codes["code"] == "consent"
    with pytest.raises(Refused, match="cannot read yet"):
        give_more(case, person, Compartment.HEALTH)
    close(case)
    with pytest.raises(Refused, match="closed"):
        give_more(case, person, Compartment.LEGAL)


def test_less_is_taken_at_once_and_what_comes_has_a_new_key() -> None:
    case = make.case()
    story = make.entry(case, "kronologi", Compartment.NARRATIVE)
    plan = make.entry(case, "rencana")
    person = partner_on(case)
    give_less(case, person, Compartment.NARRATIVE)
    assert not reads(person, story)
    assert not reads(person, make.entry(case, "lanjutan", Compartment.NARRATIVE))
    assert reads(person, plan)
    assert reads(person, make.entry(case, "rencana baru"))
    assert case.team.get(user=person).compartments == ["plan"]
    check_rows_and_keys_agree(case)
    with pytest.raises(Refused, match="plan"):
        give_less(case, person, Compartment.PLAN)
    with pytest.raises(Refused, match="can read now"):
        give_less(case, person, Compartment.LEGAL)


def test_only_manager_and_deputy_give_and_take() -> None:
    case = make.case()
    person, colleague = partner_on(case), partner_on(case)
    for change in (give_more, give_less):
        with pytest.raises(PermissionDenied):
            change(case, person, Compartment.NARRATIVE, Compartment.LEGAL, by=colleague)
        with pytest.raises(NotInSight):
            change(case, person, Compartment.NARRATIVE, by=make.user())
        with pytest.raises(Refused, match="on this team"):
            change(case, make.lead_of(case, Part.DEPUTY), Compartment.LEGAL)
        with pytest.raises(Refused, match="on this team"):
            change(case, make.user(), Compartment.LEGAL)
