"""Boundaries: a file is read, looked at, and then used or dropped. The file is not kept."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.territory import geojson
from ruang.territory.drawing import draw
from ruang.territory.events import BoundariesDropped, BoundariesRead, BoundariesUsed
from ruang.territory.facts import city_facts
from ruang.territory.matching import Matched, Village, match
from ruang.territory.models import Boundary, BoundarySet, Region
from ruang.territory.policy import may_draw
from ruang.territory.states import Level

SHOWN = 100
"""So many areas without a kelurahan are named; the rest is only counted."""


@transaction.atomic
def read_boundaries(
    *, actor: Actor, content: bytes, source: str, is_official: bool, at: datetime
) -> UUID:
    """Read a GeoJSON file of kelurahan; return the set to be looked at before it is used.

    :raises PermissionDenied: if the actor keeps no register
    :raises Refused: without a source, or when the file has no kelurahan of this city
    """
    require(may_draw, actor, None)
    said = " ".join(tidy(source).split())
    if not 3 <= len(said) <= 200:
        raise Refused(_("Say where the boundaries come from, in at most 200 letters."))
    matched = match(geojson.read(content), _villages())
    drawing = draw(matched.rings) if matched.rings else None
    if drawing is None or not drawing.paths:
        raise Refused(
            _("No area in this file is a kelurahan of this city, by its code or its names.")
        )
    BoundarySet.objects.filter(is_current=False).delete()
    made = BoundarySet.objects.create(
        source=said, is_official=is_official, width=drawing.width, height=drawing.height,
        unmatched=_named(matched), at=at, by=actor.user_id,
    )  # fmt: skip
    Boundary.objects.bulk_create(
        Boundary(
            of=made, village_id=code, path=path,
            longitude=drawing.middles[code][0], latitude=drawing.middles[code][1],
        )
        for code, path in drawing.paths.items()
    )  # fmt: skip
    event = BoundariesRead(made.pk, len(drawing.paths), len(matched.unmatched), is_official)
    record(event, actor=actor, at=at)
    return made.pk


@transaction.atomic
def use_boundaries(*, actor: Actor, boundaries_id: UUID, at: datetime) -> None:
    """Draw these boundaries from now on; those drawn before are deleted.

    :raises NotInSight: if they were dropped meanwhile
    """
    require(may_draw, actor, None)
    chosen = sight.one(BoundarySet.objects.select_for_update(), boundaries_id)
    BoundarySet.objects.filter(is_current=True).exclude(pk=chosen.pk).delete()
    chosen.is_current = True
    chosen.save(update_fields=["is_current"])
    record(BoundariesUsed(chosen.pk), actor=actor, at=at)


@transaction.atomic
def drop_boundaries(*, actor: Actor, boundaries_id: UUID, at: datetime) -> None:
    """Forget boundaries, used or not: the map is made of tiles again.

    :raises NotInSight: if they were dropped already
    """
    require(may_draw, actor, None)
    chosen = sight.one(BoundarySet.objects.select_for_update(), boundaries_id)
    chosen.delete()
    record(BoundariesDropped(boundaries_id), actor=actor, at=at)


def _villages() -> Iterator[Village]:
    city = city_facts().code
    found = Region.objects.filter(parent__parent=city, level=Level.VILLAGE)
    for one in found.select_related("parent"):
        above = {one.parent.name, str(one.parent)} if one.parent else set()
        yield Village(one.code, tuple({one.name, str(one)}), tuple(above))


def _named(matched: Matched) -> list[str]:
    return [name for name in matched.unmatched if name][:SHOWN]
