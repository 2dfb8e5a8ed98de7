"""Who works where: what other contexts may know of people and desks without acting on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from ruang.access.permissions import Permission
from ruang.access.roles import GRANTS, Role
from ruang.identity.models import Organisation, User
from ruang.identity.states import NOT_DIRECTLY, OrganisationKind, State


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff as colleagues see her."""

    id: UUID
    name: str
    role: Role
    desk: UUID
    organisation: str


@dataclass(frozen=True, slots=True)
class Desk:
    """An organisation that can be asked or handed something."""

    id: UUID
    name: str
    kind: OrganisationKind


@dataclass(frozen=True, slots=True)
class Service:
    """An organisation as the public directory shows it."""

    id: UUID
    name: str
    kind: OrganisationKind
    phone: str


def people(users: Iterable[UUID | None]) -> dict[UUID, Person]:
    """Return these people, by id; whoever was removed is still named."""
    wanted = {user for user in users if user is not None}
    if not wanted:
        return {}
    rows = User.objects.select_related("organisation").filter(pk__in=wanted)
    return {row.pk: _person(row) for row in rows}


def names(
    users: Iterable[UUID | None], *, known: Mapping[UUID, str] | None = None
) -> dict[UUID, str]:
    """Return the names of these people, by id.

    :param known: names the caller has already; only the others are looked up
    """
    had = known or {}
    asked = {user for user in users if user is not None}
    found = {user: had[user] for user in asked & had.keys()}
    if wanted := asked - had.keys():
        found |= dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return found


def working(desk: UUID, permission: Permission) -> list[Person]:
    """Return the active members of a desk whose role has this permission, by name."""
    rows = User.objects.select_related("organisation").filter(
        organisation=desk, state=State.ACTIVE, role__in=roles_with(permission)
    )
    return [_person(row) for row in rows.order_by("name", "pk")]


def active(desk: UUID) -> list[Person]:
    """Return everybody at an organisation who can sign in, by name."""
    rows = User.objects.select_related("organisation").filter(organisation=desk)
    here = rows.filter(state=State.ACTIVE)
    return [_person(row) for row in here.order_by("name", "pk")]


def languages(users: Iterable[UUID]) -> dict[UUID, str]:
    """Return the language in which each of these people reads."""
    return dict(User.objects.filter(pk__in=set(users)).values_list("pk", "language"))


def desks(permission: Permission) -> list[Desk]:
    """Return the desks in service where somebody active has this permission, by name."""
    rows = Organisation.objects.filter(
        is_active=True, members__state=State.ACTIVE, members__role__in=roles_with(permission)
    )
    return [_desk(row) for row in rows.order_by("name").distinct()]


def organisations() -> list[Desk]:
    """Return every organisation, by name."""
    return [_desk(row) for row in Organisation.objects.order_by("name")]


def accounts(desk: UUID) -> list[Person]:
    """Return everybody at an organisation who has not left, by name."""
    rows = User.objects.select_related("organisation").filter(organisation=desk)
    here = rows.exclude(state=State.REMOVED)
    return [_person(row) for row in here.order_by("name", "pk")]


def desk_names(desk_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of these organisations, by id."""
    wanted = set(desk_ids)
    if not wanted:
        return {}
    return dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name"))


def public_names(desk_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return those of these names that may stand on a page anybody could look at."""
    wanted = Organisation.objects.filter(pk__in=set(desk_ids))
    return dict(wanted.exclude(kind=OrganisationKind.SHELTER).values_list("pk", "name"))


def public_services() -> list[Service]:
    """Return the organisations to which anybody can go for help, by kind and name."""
    rows = Organisation.objects.filter(is_active=True).exclude(kind__in=NOT_DIRECTLY)
    return [
        Service(row.pk, row.name, OrganisationKind(row.kind), row.phone)
        for row in rows.order_by("kind", "name")
    ]


def roles_with(permission: Permission) -> list[str]:
    """Return the codes of the roles that have this permission."""
    return [role.value for role, granted in GRANTS.items() if permission in granted]


def _desk(row: Organisation) -> Desk:
    return Desk(row.pk, row.name, OrganisationKind(row.kind))


def _person(row: User) -> Person:
    return Person(row.pk, row.name, Role(row.role), row.organisation_id, row.organisation.name)
