"""What every correction of a place has in common: finding it, the day, what stood before."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.register.models import Change, Community, Rt, Rw, School, Venue
from ruang.register.policy import may_keep
from ruang.register.states import Kind, Step

MODELS: Mapping[Kind, Any] = {
    Kind.RW: Rw,
    Kind.RT: Rt,
    Kind.SCHOOL: School,
    Kind.COMMUNITY: Community,
    Kind.VENUE: Venue,
}
NOTE = 200


def standing(kind: Kind, pk: UUID, actor: Actor) -> Any:
    """Return a place that stands, locked, for somebody who keeps the register.

    :raises NotInSight: if the actor may know of no such place
    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if it has ended
    """
    row = sight.one(MODELS[kind].objects.visible_to(actor).select_for_update(), pk)
    require(may_keep, actor, row)
    if row.ended_on is not None:
        raise Refused(_("This has ended. Its page says what came after it."))
    return row


def check_day(on: date, at: datetime, *, since: date | None = None) -> None:
    """Refuse a day that lies ahead, or before the place began."""
    if on > timezone.localdate(at):
        raise Refused(_("The day lies ahead. Choose today or a day before."))
    if since is not None and on < since:
        raise Refused(_("That is before this place began in the register. Choose a later day."))


def check_free(rw: Rw, number: int, actor: Actor, *, but: tuple[UUID, ...] = ()) -> None:
    """Refuse a number that an RT of this RW has already."""
    there = Rt.objects.visible_to(actor).standing().filter(rw=rw, number=number)
    if there.exclude(pk__in=but).exists():
        raise Refused(
            _("There is an RT %d in this RW already. Choose another number.") % number
        )


def note_change(
    row: models.Model,
    step: Step,
    *,
    on: date,
    actor: Actor,
    at: datetime,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """Keep what stood there before, and why it does no more."""
    Change.objects.create(
        kind=kind_of(row),
        subject=row.pk,
        step=step,
        on=on,
        at=at,
        by=actor.user_id,
        old=dict(old or {}),
        new=dict(new or {}),
        note=tidy(note)[:NOTE],
    )


def kind_of(row: models.Model) -> Kind:
    """Return which kind of place a row is."""
    return next(kind for kind, model in MODELS.items() if isinstance(row, model))


def put(row: Any, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the columns that differ and save; return what stood there, and what stands now."""
    old, new = {}, {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            old[name], new[name] = said(before), said(value)
    if new:
        row.save(update_fields=list(new))
    return old, new


def said(value: Any) -> Any:
    """Return a value as a change keeps it."""
    return f"{value:%H:%M}" if isinstance(value, time) else value
