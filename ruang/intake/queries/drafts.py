"""What is being written down: the unfinished drafts of a desk, and one draft with its text."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require, require_permission
from ruang.identity import directory
from ruang.intake.drafts import RESTS, Stored, rests
from ruang.intake.models import Draft
from ruang.intake.policy import may_write_draft
from ruang.territory import queries as territory
from ruang.vault.texts import open_text

MOST = 30


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One draft in a list: who writes it and since when; nothing of what was typed.

    :ivar rests: a colleague may take it over
    """

    id: UUID
    by: str
    is_mine: bool
    is_danger: bool
    started_at: datetime
    changed_at: datetime
    rests: bool


@dataclass(frozen=True, slots=True)
class Recording:
    """What the page for recording says of the desk.

    :ivar other_desk: where a report goes that names this office; empty where that is nowhere
    """

    districts: tuple[tuple[str, str], ...]
    other_desk: str


def unfinished(*, actor: Actor, at: datetime) -> tuple[Unfinished, ...]:
    """Return the actor's own drafts, and those of colleagues that rest or tell of danger.

    Danger comes first, then what has waited longest.
    """
    if not actor.may(Permission.REPORT_WORK):
        return ()
    shown = (
        Q(by=actor.user_id)
        | Q(danger=True)
        | Q(changed_at__lte=at - RESTS)
    )  # fmt: skip
    rows = list(
        Draft.objects.visible_to(actor)
        .filter(shown)
        .defer("text")
        .order_by("-danger", "changed_at", "pk")[:MOST]
    )
    names = directory.names(row.by for row in rows)
    return tuple(
        Unfinished(
            id=row.pk,
            by=names.get(row.by, ""),
            is_mine=row.by == actor.user_id,
            is_danger=row.danger,
            started_at=row.started_at,
            changed_at=row.changed_at,
            rests=row.by != actor.user_id
            and row.desk == actor.organisation_id
            and rests(changed_at=row.changed_at, danger=row.danger, at=at),
        )
        for row in rows
    )


def one_unfinished(*, actor: Actor, draft_id: UUID, at: datetime) -> Unfinished:
    """Return one draft as a list shows it; nothing is opened.

    :raises NotInSight: if the actor may not know of it
    """
    row = sight.one(Draft.objects.visible_to(actor).defer("text"), draft_id)
    is_mine = row.by == actor.user_id
    resting = rests(changed_at=row.changed_at, danger=row.danger, at=at)
    return Unfinished(
        id=row.pk,
        by="".join(directory.names([row.by]).values()),
        is_mine=is_mine,
        is_danger=row.danger,
        started_at=row.started_at,
        changed_at=row.changed_at,
        rests=resting and not is_mine and row.desk == actor.organisation_id,
    )


def stored_draft(*, actor: Actor, draft_id: UUID) -> Stored:
    """Open a draft of the actor's own.

    :raises NotInSight: if there is none any more
    :raises PermissionDenied: if somebody else writes it
    """
    row = sight.one(Draft.objects.visible_to(actor), draft_id)
    require(may_write_draft, actor, row)
    return Stored.of(
        draft_id=row.pk,
        version=row.version,
        saved_at=row.changed_at,
        text=open_text(actor.keys, row, "text"),
    )


def recording(*, actor: Actor) -> Recording:
    """Return what there is to choose from.

    :raises PermissionDenied: if the actor works no reports
    """
    require_permission(Permission.REPORT_WORK, actor)
    city = territory.city()
    other = city.alternate_desk
    known = directory.desk_names([other]) if other and other != actor.organisation_id else {}
    return Recording(
        districts=tuple((place.code, place.name) for place in city.districts),
        other_desk="".join(known.values()),
    )
