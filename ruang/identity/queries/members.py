"""The members of organisations, as those who let them in and out see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require
from ruang.access.roles import Role
from ruang.identity.models import Organisation, User
from ruang.identity.policy import RULES, may_found, may_give, may_invite, roles_to_give
from ruang.identity.states import MOVES, OrganisationKind, State, Step
from ruang.vault.models import Kind
from ruang.vault.pairs import fingerprint, pair_in_force

ORDER = (State.WAITING, State.ACTIVE, State.INVITED, State.SUSPENDED, State.REMOVED)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member in a list."""

    id: UUID
    name: str
    login: str
    role: Role
    state: State
    signed_in_at: datetime | None
    invitation_until: datetime | None
    is_me: bool
    has_page: bool


@dataclass(frozen=True, slots=True)
class MembersPage:
    """The members of one organisation.

    :ivar total: how many there are, also when only some were searched for
    """

    at: datetime
    organisation_id: UUID
    organisation: str
    is_own: bool
    is_active: bool
    members: tuple[MemberRow, ...]
    waiting: tuple[MemberRow, ...]
    total: int
    may_confirm: bool
    may_invite: bool


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One member, and what this actor may do with the account."""

    at: datetime
    id: UUID
    name: str
    login: str
    role: Role
    state: State
    organisation_id: UUID
    organisation: str
    created_at: datetime
    signed_in_at: datetime | None
    invitation_until: datetime | None
    fingerprint: tuple[str, ...]
    steps: tuple[Step, ...]
    may_invite_again: bool


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation in the list."""

    id: UUID
    name: str
    kind: OrganisationKind
    phone: str
    is_active: bool
    active: int
    waiting: int
    is_own: bool


def members_page(
    *, actor: Actor, organisation_id: UUID | None = None, named: str = "", at: datetime
) -> MembersPage:
    """Return the members of an organisation; of the own one by default.

    :param named: only those in whose name or user name this stands
    :raises NotInSight: if it is another's and the actor lets nobody in there
    """
    place = _organisation(actor, organisation_id or actor.organisation_id)
    rows = User.objects.visible_to(actor).filter(organisation=place).order_by("name", "pk")
    shown = [_row(actor, row) for row in rows if _is_shown(actor, row)]
    listed = [row for row in shown if _is_named(row, named)]
    listed.sort(key=lambda row: ORDER.index(row.state))
    return MembersPage(
        at=at,
        organisation_id=place.pk,
        organisation=place.name,
        is_own=place.pk == actor.organisation_id,
        is_active=place.is_active,
        members=tuple(row for row in listed if row.state is not State.WAITING),
        waiting=tuple(row for row in listed if row.state is State.WAITING),
        total=len(shown),
        may_confirm=actor.may(Permission.MEMBER_CONFIRM),
        may_invite=may_invite(actor, place),
    )


def member_page(*, actor: Actor, user_id: UUID, at: datetime) -> MemberPage:
    """Return one member.

    :raises NotInSight: if for this actor there is no such person, or nothing to do with her
    """
    rows = User.objects.visible_to(actor).select_related("organisation")
    user = sight.one(rows, user_id)
    _organisation(actor, user.organisation_id)
    pair = pair_in_force(user.pk, Kind.USER)
    open_steps = (
        step
        for step in (Step.CONFIRM, Step.RETURN, Step.SUSPEND, Step.REMOVE)
        if user.state in MOVES[step][0] and RULES[step](actor, user)
    )
    return MemberPage(
        at=at,
        id=user.pk,
        name=user.name,
        login=user.login,
        role=Role(user.role),
        state=State(user.state),
        organisation_id=user.organisation_id,
        organisation=user.organisation.name,
        created_at=user.created_at,
        signed_in_at=user.signed_in_at,
        invitation_until=user.invitation_until,
        fingerprint=tuple(fingerprint(pair).split()) if pair else (),
        steps=tuple(open_steps),
        may_invite_again=user.state == State.INVITED
        and may_give(actor, (user.organisation, Role(user.role))),
    )


def roles_for(*, actor: Actor, organisation_id: UUID | None = None) -> tuple[Role, ...]:
    """Return the roles the actor may invite people into there.

    :raises NotInSight: if there is no such organisation
    :raises PermissionDenied: if the actor invites nobody there
    """
    wanted = organisation_id or actor.organisation_id
    place = sight.one(Organisation.objects.visible_to(actor), wanted)
    require(may_invite, actor, place)
    return roles_to_give(actor, place)


def organisations_page(*, actor: Actor) -> tuple[OrganisationRow, ...]:
    """Return every organisation, with how many people it has.

    :raises PermissionDenied: unless the actor manages the city
    """
    require(may_found, actor, None)
    counted: dict[UUID, dict[str, int]] = {}
    states = (State.ACTIVE, State.WAITING)
    people = User.objects.visible_to(actor).filter(state__in=states)
    for place, state in people.values_list("organisation", "state"):
        of_place = counted.setdefault(place, {})
        of_place[state] = of_place.get(state, 0) + 1
    return tuple(
        OrganisationRow(
            id=row.pk,
            name=row.name,
            kind=OrganisationKind(row.kind),
            phone=row.phone,
            is_active=row.is_active,
            active=counted.get(row.pk, {}).get(State.ACTIVE, 0),
            waiting=counted.get(row.pk, {}).get(State.WAITING, 0),
            is_own=row.pk == actor.organisation_id,
        )
        for row in Organisation.objects.visible_to(actor).order_by("name")
    )


def organisation_row(*, actor: Actor, organisation_id: UUID) -> OrganisationRow:
    """Return one organisation.

    :raises NotInSight: if there is none
    :raises PermissionDenied: unless the actor manages the city
    """
    rows = organisations_page(actor=actor)
    found = next((row for row in rows if row.id == organisation_id), None)
    if found is None:
        raise sight.NotInSight("Organisation")
    return found


def administrators(*, actor: Actor) -> tuple[MemberRow, ...]:
    """Return who manages the city, and who was invited to.

    :raises PermissionDenied: unless the actor manages the city, or sets it up
    """
    require(may_found, actor, None)
    rows = User.objects.visible_to(actor).filter(role=Role.ADMIN).exclude(state=State.REMOVED)
    return tuple(_row(actor, row) for row in rows.order_by("created_at", "pk"))


def _organisation(actor: Actor, wanted: UUID) -> Organisation:
    """Return an organisation whose members are this actor's to see.

    :raises NotInSight: if there is none
    """
    place = sight.one(Organisation.objects.visible_to(actor), wanted)
    if not (may_invite(actor, place) or _confirms_there(actor, place)):
        raise sight.NotInSight("Organisation")
    return place


def _confirms_there(actor: Actor, place: Organisation) -> bool:
    return actor.may(Permission.MEMBER_CONFIRM) and place.pk == actor.organisation_id


def _is_shown(actor: Actor, user: User) -> bool:
    """Who has left is shown to those who let people in; so is who was invited."""
    return user.state in {State.WAITING, State.ACTIVE} or actor.may(Permission.MEMBER_MANAGE)


def _is_named(row: MemberRow, named: str) -> bool:
    """Compared here, not in the database: SQLite folds the case of ASCII letters only."""
    sought = named.casefold()
    return sought in row.name.casefold() or sought in row.login.casefold()


def _row(actor: Actor, user: User) -> MemberRow:
    steps = (step for step in RULES if user.state in MOVES[step][0])
    return MemberRow(
        id=user.pk,
        name=user.name,
        login=user.login,
        role=Role(user.role),
        state=State(user.state),
        signed_in_at=user.signed_in_at,
        invitation_until=user.invitation_until,
        is_me=user.pk == actor.user_id,
        has_page=any(RULES[step](actor, user) for step in steps),
    )
