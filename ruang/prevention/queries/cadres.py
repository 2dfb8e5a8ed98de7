"""Who looks after which RW, for the office that gives them."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied

from ruang.access.actor import Actor
from ruang.access.permissions import Permission as P
from ruang.access.sight import NotInSight
from ruang.identity import directory
from ruang.prevention.naming import area
from ruang.prevention.policy import may_plan
from ruang.register.models import CadreArea, Rw
from ruang.territory import queries as territory
from ruang.territory.facts import Place


@dataclass(frozen=True, slots=True)
class CadreRow:
    """One cadre with the RW she looks after."""

    user: UUID
    name: str
    organisation: str
    rws: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CadrePage:
    """One cadre, and the RW of a kelurahan to choose from."""

    user: UUID
    name: str
    village: str
    villages: tuple[Place, ...]
    rws: tuple[tuple[UUID, str], ...]
    own: frozenset[UUID]


def cadres_page(*, actor: Actor) -> tuple[CadreRow, ...]:
    """Return every cadre of the city with her RW.

    :raises PermissionDenied: for whoever does not plan
    """
    _must_plan(actor)
    found: dict[UUID, list[str]] = {}
    standing = CadreArea.objects.filter(rw__ended_on=None)
    areas = standing.select_related("rw__village__parent").order_by("rw__village", "rw__number")
    for one in areas:
        found.setdefault(one.user_id, []).append(f"{one.rw}, {area(one.rw.village)}")
    people = [who for desk in directory.desks(P.CADRE)
              for who in directory.working(desk.id, P.CADRE)]  # fmt: skip
    return tuple(
        CadreRow(one.id, one.name, one.organisation, tuple(found.get(one.id, ())))
        for one in people
    )


def cadre_page(*, actor: Actor, user: UUID, village: str = "") -> CadrePage:
    """Return one cadre with the RW of a kelurahan: the one asked for, or her own.

    :raises PermissionDenied: for whoever does not plan
    :raises NotInSight: if that person is no cadre
    """
    _must_plan(actor)
    person = directory.people([user]).get(user)
    if person is None or person.role.value not in directory.roles_with(P.CADRE):
        raise NotInSight("User")
    villages = territory.villages(city_code=territory.city().code)
    own = dict(CadreArea.objects.filter(user=user).values_list("rw", "rw__village"))
    known = {one.code for one in villages}
    chosen = village if village in known else next(iter(own.values()), "")
    rws = Rw.objects.filter(village=chosen, ended_on=None).order_by("number")
    choices = tuple((one.pk, str(one)) for one in rws[:200])
    return CadrePage(user, person.name, chosen, villages, choices, frozenset(own))


def _must_plan(actor: Actor) -> None:
    if not may_plan(actor, None):
        raise PermissionDenied(may_plan.__name__)
