"""Who lets whom in and out, and what happens to keys, sessions and epochs then."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.identity import commands, policy, queries
from ruang.identity.models import User
from ruang.identity.states import State
from ruang.kernel.errors import Refused
from ruang.vault import pairs
from ruang.vault.models import KeyPair, Kind, Wrap
from tests import make
from tests.identity import house
from tests.identity.desks import opens, report_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


# --- inviting and joining -----------------------------------------------------------------


@pytest.mark.parametrize("role", policy.OF_THE_OFFICE)
def test_the_head_of_a_partner_gives_no_role_in_prevention(
    people: house.House, role: Role
) -> None:
    """Those read names and numbers of the whole city: the office's head gives them there."""
    partner = User.objects.get(pk=people.lawyer.actor().user_id).organisation
    head = make.actor(make.user(partner, Role.HEAD))
    assert role not in queries.roles_for(actor=head)
    invite = {"actor": head, "organisation_id": partner.pk, "name": "Ibu Baru", "at": make.AT}
    with pytest.raises(PermissionDenied):
        commands.invite_member(**invite, login="baru", role=role)
    commands.invite_member(**invite, login="baru", role=Role.PARTNER_DESK)
    own = make.user(partner, role)
    commands.suspend_member(actor=head, user_id=own.pk, at=make.AT)
    User.objects.filter(pk=own.pk).update(state=State.INVITED)
    with pytest.raises(PermissionDenied):
        commands.invite_again(actor=head, user_id=own.pk, at=make.AT)
    assert not queries.member_page(actor=head, user_id=own.pk, at=make.AT).may_invite_again


@pytest.mark.parametrize("login", ["ab", "A B", "", "-x", "é" * 5, "a" * 41, "sari"])
def test_a_user_name_that_is_taken_or_cannot_be_one_is_refused(
    people: house.House, login: str
) -> None:
    with pytest.raises(Refused):
        commands.invite_member(
            actor=people.admin.actor(),
            organisation_id=people.office,
            name="Ibu",
            login=login,
            role=Role.HEAD,
            at=make.AT,
        )


def test_an_invitation_works_once_and_for_seven_days(people: house.House) -> None:
    invited = commands.invite_member(
        actor=people.head.actor(),
        organisation_id=people.office,
        name="Ibu Baru",
        login="baru",
        role=Role.INTAKE_OFFICER,
        at=make.AT,
    )
    late = make.AT + timedelta(days=7)
    for code, when in ((invited.code, late), ("AAAA-BBBB", make.AT), ("", make.AT)):
        with pytest.raises(Refused):
            commands.accept_invitation(
                actor=SYSTEM, code=code, password=house.PASSWORD, at=when
            )
    again = commands.invite_again(
        actor=people.head.actor(), user_id=invited.user_id, at=make.AT
    )
    with pytest.raises(Refused):
        commands.accept_invitation(
            actor=SYSTEM, code=invited.code, password=house.PASSWORD, at=make.AT
        )
    typed = again.code.lower().replace("-", " ")
    joined = commands.accept_invitation(
        actor=SYSTEM, code=typed, password=house.PASSWORD, at=make.AT
    )
    assert joined.waits
    with pytest.raises(Refused):
        commands.accept_invitation(
            actor=SYSTEM, code=again.code, password=house.PASSWORD, at=make.AT
        )
    with pytest.raises(Refused):
        commands.invite_again(actor=people.head.actor(), user_id=joined.user_id, at=make.AT)


def test_the_first_at_a_desk_founds_it_and_the_next_waits(people: house.House) -> None:
    key = report_at(people.office)
    assert opens(people.officer, key)
    newcomer = house.join(people.office, "baru", Role.INTAKE_OFFICER, by=people.head.actor())
    assert newcomer.user.state == State.WAITING
    assert not opens(newcomer, key)
    house.confirm(newcomer, people.second)
    assert newcomer.user.state == State.ACTIVE
    assert opens(newcomer, key)


@pytest.mark.parametrize("role", [Role.HEAD, Role.AUDITOR, Role.ADMIN])
def test_a_role_without_the_desks_key_gets_none(people: house.House, role: Role) -> None:
    key = report_at(people.office)
    person = house.join(people.office, "lain", role)
    assert person.user.state == State.ACTIVE
    assert not opens(person, key)
    assert not Wrap.objects.filter(holder__owner=person.id).exists()


def test_before_the_quorum_nobody_founds_a_desk(db: None) -> None:
    office = house.place("DP3AKB")
    with pytest.raises(Refused, match="officials"):
        house.join(office, "sari", Role.INTAKE_OFFICER)
    assert User.objects.get(login="sari").state == State.INVITED
    assert not KeyPair.objects.filter(kind=Kind.USER).exists()


# --- confirming ---------------------------------------------------------------------------


def test_a_colleague_who_holds_no_key_gives_none(people: house.House) -> None:
    one = house.join(people.office, "satu", Role.INTAKE_OFFICER)
    two = house.join(people.office, "dua", Role.INTAKE_OFFICER)
    with pytest.raises(Refused, match="do not hold"):
        house.confirm(one, two)
    assert one.user.state == State.WAITING


def test_another_fingerprint_confirms_nobody(people: house.House) -> None:
    newcomer = house.join(people.office, "baru", Role.INTAKE_OFFICER)
    with pytest.raises(Refused, match="numbers"):
        commands.confirm_member(
            actor=people.officer.actor(),
            user_id=newcomer.id,
            shown=pairs.fingerprint(people.second.pair),
            at=make.AT,
        )


def test_every_epoch_still_in_use_is_given(people: house.House) -> None:
    old = report_at(people.office)
    gone = house.join(people.office, "pergi", Role.INTAKE_OFFICER)
    house.confirm(gone, people.officer)
    commands.remove_member(actor=people.head.actor(), user_id=gone.id, at=make.AT)
    fresh = report_at(people.office)
    newcomer = house.join(people.office, "baru", Role.INTAKE_OFFICER)
    house.confirm(newcomer, people.officer)
    assert opens(newcomer, old)
    assert opens(newcomer, fresh)


# --- suspending, returning, removing ------------------------------------------------------
