"""For whom a session is: an RW with RT of its own, a school or a community that stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.kernel.errors import Refused
from ruang.prevention.models import Session
from ruang.prevention.states import Unit
from ruang.register.models import Community, Rt, Rw, School, Venue
from ruang.register.policy import sees_register

HOSTS: dict[Unit, type[Rw | School | Community]] = {
    Unit.RW: Rw,
    Unit.SCHOOL: School,
    Unit.COMMUNITY: Community,
}


@dataclass(frozen=True, slots=True)
class Host:
    """One of the three, its kelurahan, and the RT that are meant."""

    unit: Unit
    row: Rw | School | Community
    rts: tuple[UUID, ...] = field(default=())

    def columns(self) -> dict[str, Model | str]:
        """Return what a session stores of it."""
        return {self.unit.value: self.row, "village_id": self.row.village_id}


def host_of(actor: Actor, unit: Unit, pk: UUID, rts: Collection[UUID]) -> Host:
    """Return the host and the RT that are meant.

    :raises Refused: if it has ended, or an RT is not one of its own
    """
    standing = HOSTS[unit].objects.filter(sees_register(actor), ended_on=None)
    row = cast("Rw | School | Community | None", standing.filter(pk=pk).first())
    if row is None:
        raise Refused(_("This place is no longer in the register. Choose again."))
    if unit is Unit.RW:
        return Host(unit, row, own_rts(row.pk, rts))
    if rts:
        raise Refused(_("Only a session for an RW has RT. Leave them out."))
    return Host(unit, row)


def own_rts(
    rw: UUID | None, rts: Collection[UUID], *, invited: Collection[UUID] = ()
) -> tuple[UUID, ...]:
    """Return the RT, each once.

    :param invited: those that may have ended, or been put into another RW
    :raises Refused: if there are none, or one is of another RW or has ended
    """
    wanted = set(rts)
    if not wanted:
        raise Refused(_("Tick at least one RT."))
    able = Q(ended_on=None, rw=rw) | Q(pk__in=invited)
    own = Rt.objects.filter(able, pk__in=wanted)
    found = tuple(own.order_by("number").values_list("pk", flat=True))
    if len(found) != len(wanted):
        raise Refused(_("An RT is not of this RW, or no longer in the register. Tick again."))
    return found


def reached_rts(session: Session, rts: Collection[UUID]) -> tuple[UUID, ...]:
    """Return the RT that came, by what stands of them now: a log is not lost to the register.

    :raises Refused: if there are none, or one is of another RW or had ended before
    """
    came, invited = _heirs(rts), _heirs(session.invited.values_list("rt", flat=True))
    able = invited.standing | invited.ended
    return own_rts(session.rw_id, came.standing or came.ended, invited=able)


def invited_rts(session: Session) -> list[Rt]:
    """Return the RT that are invited, by what stands of them now, in order."""
    invited = _heirs(session.invited.values_list("rt", flat=True))
    found = Rt.objects.filter(pk__in=invited.standing or invited.ended).select_related("rw")
    return [cast("Rt", row) for row in found.order_by("rw__number", "number", "pk")]


@dataclass(frozen=True, slots=True)
class _Heirs:
    """What became of RT: what stands now, and those of which nothing does."""

    standing: set[UUID]
    ended: set[UUID]


def _heirs(rts: Iterable[UUID]) -> _Heirs:
    """Follow RT through splits and mergers, as often as there were any."""
    found, front = _Heirs(set(), set()), set(rts)
    while front:
        rows = Rt.objects.filter(pk__in=front).exclude(ended_on=None)
        into = dict(rows.values_list("pk", "went_into"))
        found.standing.update(front - into.keys())
        parts = Rt.objects.filter(came_from__in=list(into)).values_list("came_from", "pk")
        pairs = [*into.items(), *parts] if into else []
        followed = [(old, new) for old, new in pairs if new is not None]
        found.ended.update(into.keys() - {old for old, _new in followed})
        front = {new for _old, new in followed}
    return found


def venue_of(actor: Actor, pk: UUID | None) -> Venue | None:
    """Return the venue, locked, so that two plans do not both find it free.

    :raises Refused: if it has ended
    """
    if pk is None:
        return None
    standing = Venue.objects.filter(sees_register(actor), ended_on=None)
    venue = cast("Venue | None", standing.select_for_update().filter(pk=pk).first())
    if venue is None:
        raise Refused(_("This place to meet is no longer in the register. Choose again."))
    return venue


def host_id(session: Session) -> UUID:
    """Return whose a session is."""
    found = session.rw_id or session.school_id or session.community_id
    if found is None:
        raise TypeError("a session is for one of three")
    return found
