"""Who sees which member, and who may do what with an account. The whole law, in one file.

An administrator lets people in and out everywhere, a head in the own organisation. Neither
gets anybody's keys by it: those are given by a colleague who holds them, after comparing the
fingerprint (vault.md §2). Nobody acts on the own account here, and nobody silences an auditor,
an administrator or a quorum official but an administrator.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.hidden import of_no_hidden_record
from ruang.access.permissions import Permission
from ruang.access.roles import ASSIGNABLE, GRANTS, Role
from ruang.identity.states import OrganisationKind, Step

if TYPE_CHECKING:
    from ruang.identity.models import Organisation, User

OF_A_HEAD = (Role.INTAKE_OFFICER, Role.CASE_MANAGER, Role.PARTNER_DESK, Role.HEAD)
"""The roles that every head gives and takes in the own organisation."""

OF_THE_OFFICE = (Role.PREVENTION_OFFICER, Role.FACILITATOR, Role.CADRE)
"""The roles of prevention: whoever has one reads names and numbers of the whole city, so that
only the head of the city's own office gives them there, and an administrator anywhere."""


def sees_organisation(actor: Actor) -> Q:
    """Organisations are public knowledge."""
    return Q() if actor.is_staff or actor.may(Permission.SYSTEM) else Q(pk__in=[])


def sees_member(actor: Actor) -> Q:
    """Colleagues see each other; an administrator and the system see everybody."""
    if actor.may(Permission.SYSTEM) or actor.may(Permission.CITY_MANAGE):
        return Q()
    return Q(organisation=actor.organisation_id) if actor.is_staff else Q(pk__in=[])


def sees_session(actor: Actor) -> Q:
    """One's own."""
    return Q(user=actor.user_id) if actor.is_staff else Q(pk__in=[])


def sees_fact(actor: Actor) -> Q:
    """An auditor reads the whole trail; a head what people of the own organisation did.

    Neither reads what was done with a record of which she may know nothing.
    """
    if not actor.may(Permission.AUDIT_READ):
        return Q(pk__in=[])
    read = Q() if reads_all(actor) else Q(organisation=actor.organisation_id)
    return read & of_no_hidden_record(actor.user_id, "about")


def reads_all(actor: Actor) -> bool:
    """Whoever reads the trail and lets nobody in or out reads all of it."""
    return actor.may(Permission.AUDIT_READ) and not actor.may(Permission.MEMBER_MANAGE)


def roles_to_give(actor: Actor, place: "Organisation") -> tuple[Role, ...]:
    """Return the roles this actor may invite people into in an organisation."""
    if actor.may(Permission.CITY_MANAGE) or actor.may(Permission.SYSTEM):
        return ASSIGNABLE
    if not actor.may(Permission.MEMBER_MANAGE):
        return ()
    is_office = place.kind == OrganisationKind.CITY_OFFICE
    return OF_A_HEAD + OF_THE_OFFICE if is_office else OF_A_HEAD


def roles_to_end(actor: Actor) -> tuple[Role, ...]:
    """Return the roles in which this actor may suspend and remove people."""
    if actor.may(Permission.CITY_MANAGE) or actor.may(Permission.SYSTEM):
        return ASSIGNABLE
    return OF_A_HEAD + OF_THE_OFFICE if actor.may(Permission.MEMBER_MANAGE) else ()


def may_invite(actor: Actor, organisation: "Organisation") -> bool:
    """An administrator anywhere, a head into the own organisation, set-up the first ones."""
    if actor.may(Permission.CITY_MANAGE) or actor.may(Permission.SYSTEM):
        return True
    return actor.may(Permission.MEMBER_MANAGE) and _own(actor, organisation.pk)


def may_give(actor: Actor, wanted: "tuple[Organisation, Role]") -> bool:
    """Say whether this actor may invite somebody there into this role."""
    place, role = wanted
    return may_invite(actor, place) and role in roles_to_give(actor, place)


def may_manage(actor: Actor, member: "User") -> bool:
    """An administrator everywhere, a head in the own organisation; not one's own account."""
    everywhere = actor.may(Permission.CITY_MANAGE)
    near = actor.may(Permission.MEMBER_MANAGE) and _own(actor, member.organisation_id)
    return (
        (everywhere or near)
        and member.role in roles_to_end(actor)
        and member.pk != actor.user_id
    )


def may_confirm(actor: Actor, member: "User") -> bool:
    """A colleague at the same desk; that she holds the desk's key shows when she gives it."""
    return (
        actor.may(Permission.MEMBER_CONFIRM)
        and _own(actor, member.organisation_id)
        and member.pk != actor.user_id
    )


def may_join(actor: Actor, member: "User") -> bool:
    """Whoever has the invitation's code: the door acts for the person until then."""
    return actor.may(Permission.SYSTEM)


def may_found(actor: Actor, organisation: "Organisation | None") -> bool:
    """The city's administrators, and set-up."""
    return actor.may(Permission.CITY_MANAGE) or actor.may(Permission.SYSTEM)


def may_recover(actor: Actor, member: "User") -> bool:
    """Two officials, by what they prove; the command line acts for them."""
    return actor.may(Permission.SYSTEM)


def holds_desk_key(role: str) -> bool:
    """Say whether members in this role are given the desk's key."""
    return Permission.DESK_KEY in GRANTS[Role(role)]


def _own(actor: Actor, organisation: UUID) -> bool:
    return actor.organisation_id == organisation


RULES = {
    Step.JOIN: may_join,
    Step.CONFIRM: may_confirm,
    Step.SUSPEND: may_manage,
    Step.RETURN: may_manage,
    Step.REMOVE: may_manage,
}
