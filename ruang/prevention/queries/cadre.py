"""A cadre's RW: what each programme is due, what comes next, what is not logged yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.timezone import localdate

from ruang.access.actor import SYSTEM, Actor
from ruang.access.permissions import Permission as P
from ruang.access.require import require_permission
from ruang.prevention.lineage import latest_of
from ruang.prevention.models import Programme, Session, SessionQuerySet
from ruang.prevention.naming import programme_name
from ruang.prevention.queries.field import MOST
from ruang.prevention.shown import PLACES, FieldSession, shown_session
from ruang.prevention.states import State, Unit
from ruang.register.models import CadreArea, Rt, Rw

DAYS_OF_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class DueProgramme:
    """A programme in an RW.

    :ivar last_on: when it was held there last; None if never
    :ivar due_on: from when it is due again; None if it was never held, or has no rule
    """

    name: str
    last_on: date | None
    due_on: date | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class OwnRw:
    """An RW that the cadre looks after."""

    name: str
    village: str
    rts: int
    people: int
    programmes: Sequence[DueProgramme]

    @property
    def due(self) -> Sequence[DueProgramme]:
        """Return the programmes that are due."""
        return [one for one in self.programmes if one.is_due]


@dataclass(frozen=True, slots=True)
class CadrePage:
    """Everything of a cadre."""

    rws: Sequence[OwnRw]
    unlogged: Sequence[FieldSession]
    ahead: Sequence[FieldSession]


def cadre_page(*, actor: Actor, at: datetime) -> CadrePage:
    """Return the RW of a cadre, with what is due there.

    :raises PermissionDenied: if the actor is no cadre
    """
    require_permission(P.CADRE, actor)
    own = CadreArea.objects.filter(user=actor.user_id, rw__ended_on=None)
    rows = own.select_related("rw__village").order_by("rw__village", "rw__number")
    rws = [area.rw for area in rows]
    rule = Programme.objects.filter(unit=Unit.RW, is_active=True, every_months__isnull=False)
    programmes = list(rule.order_by("name"))
    # what counts for her RW may have been held for another, which it was split from or took in:
    # of that she is told the day alone, as the office reads it
    held = Session.objects.visible_to(SYSTEM).filter(state=State.HELD)
    of = [one.pk for one in programmes]
    last, sizes = latest_of(held, Unit.RW, [rw.pk for rw in rws], of), _sizes(rws)
    planned = Session.objects.visible_to(actor).filter(state=State.PLANNED)
    return CadrePage(
        rws=[_own(rw, sizes, programmes, last, localdate(at)) for rw in rws],
        unlogged=_shown(planned.filter(starts_at__lt=at)),
        ahead=_shown(planned.filter(starts_at__gte=at)),
    )


def _own(
    rw: Rw,
    sizes: Mapping[UUID, tuple[int, int]],
    programmes: Sequence[Programme],
    last: Mapping[UUID, Mapping[UUID, datetime]],
    today: date,
) -> OwnRw:
    rts, people = sizes.get(rw.pk, (0, 0))
    return OwnRw(
        name=str(rw),
        village=str(rw.village),
        rts=rts,
        people=people,
        programmes=[_due(one, last.get(rw.pk, {}).get(one.pk), today) for one in programmes],
    )


def _due(programme: Programme, last: datetime | None, today: date) -> DueProgramme:
    if last is None:
        return DueProgramme(programme_name(programme), None, None, is_due=True)
    last_on = localdate(last)
    due_on = last_on + timedelta(days=round((programme.every_months or 0) * DAYS_OF_A_MONTH))
    return DueProgramme(programme_name(programme), last_on, due_on, is_due=due_on <= today)


def _sizes(rws: Sequence[Rw]) -> dict[UUID, tuple[int, int]]:
    """Return how many RT stand in each RW, and how many people live there."""
    rows = Rt.objects.filter(rw__in=rws, ended_on=None).values_list("rw")
    counted = rows.annotate(rts=Count("pk"), everybody=Sum("people"))
    return {rw: (rts, people) for rw, rts, people in counted}


def _shown(rows: SessionQuerySet) -> list[FieldSession]:
    ordered = rows.select_related(*PLACES).order_by("starts_at", "id")
    return [shown_session(row) for row in ordered[:MOST]]
