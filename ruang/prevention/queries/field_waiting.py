"""What waits for a second person: what could not be taken as it came, and photos."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission as P
from ruang.access.require import require_permission
from ruang.identity import directory
from ruang.prevention.entered import log_of
from ruang.prevention.log_key import open_card
from ruang.prevention.models import Photo, Sent, Session
from ruang.prevention.queries.field import FieldCount
from ruang.prevention.shown import (
    PLACES,
    FieldPhoto,
    FieldSession,
    shown_photo,
    shown_session,
)
from ruang.prevention.states import PhotoState, SentKind, SentState, State, Waits
from ruang.vault.files import read_file
from ruang.vault.phones import open_sent

PAGE = 24
LISTED = 100
NEARBY = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class WaitingLog:
    """A log that waits, without what was counted."""

    id: UUID
    session: FieldSession
    by: str
    at: datetime
    waits: Waits


@dataclass(frozen=True, slots=True)
class WaitingLot:
    """Sheets or photos that somebody sent from a session and that wait; never what is in them.

    :ivar id: the first entry of them
    :ivar left: how many did not fit when the others were taken over
    :ivar instead: sessions that they may be meant for; empty in a list
    """

    id: UUID
    kind: SentKind
    session: FieldSession
    by: str
    at: datetime
    waits: Waits
    count: int
    left: int = 0
    instead: Sequence[FieldSession] = ()


@dataclass(frozen=True, slots=True)
class OpenedLog:
    """A log that waits, opened for whoever decides.

    :ivar is_by_code: it says that everybody came by QR code, and no head was counted
    :ivar instead: sessions that it may be meant for: same programme, about the same time
    """

    head: WaitingLog
    counts: Sequence[FieldCount]
    note: str = field(repr=False)
    instead: Sequence[FieldSession]
    is_by_code: bool = False


@dataclass(frozen=True, slots=True)
class Photos:
    """Some photos, newest first.

    :ivar older: the key from which the next page goes on; None on the last
    """

    rows: Sequence[FieldPhoto]
    older: UUID | None


def waiting_logs(*, actor: Actor) -> list[WaitingLog]:
    """Return the logs that wait for a person, oldest first.

    :raises PermissionDenied: if the actor does not plan
    """
    require_permission(P.PREVENTION_PLAN, actor)
    rows = list(_waiting(actor).filter(kind=SentKind.LOG).order_by("at", "id")[:LISTED])
    names = directory.names(row.by for row in rows)
    return [_head(row, names) for row in rows]


def waiting_log(*, actor: Actor, entry_id: UUID) -> OpenedLog:
    """Return one log that waits, opened.

    :raises NotInSight: if it waits no longer
    :raises PermissionDenied: if the actor does not plan
    """
    require_permission(P.PREVENTION_PLAN, actor)
    row = sight.one(_waiting(actor).filter(kind=SentKind.LOG), entry_id)
    sent = log_of(open_sent(bytes(row.blob or b"")))
    counts = [
        FieldCount(one.sex.value, one.band.value, one.people, one.first_time,
                   one.with_disability)
        for one in sent.counted if one.people
    ]  # fmt: skip
    head = _head(row, directory.names([row.by]))
    instead = _instead(actor, row)
    return OpenedLog(head, counts, sent.note, instead, is_by_code=sent.is_by_code)


def waiting_lots(*, actor: Actor) -> list[WaitingLot]:
    """Return the sheets and photos that wait for a person, lot by lot, oldest first.

    :raises PermissionDenied: if the actor does not plan
    """
    require_permission(P.PREVENTION_PLAN, actor)
    rows = _waiting(actor).exclude(kind=SentKind.LOG).defer("blob").order_by("at", "id")
    lots: dict[tuple[UUID, UUID, str], list[Sent]] = defaultdict(list)
    for row in rows:
        lots[row.session_id, row.by, row.kind].append(row)
    names = directory.names({by for _session, by, _kind in lots})
    return [_lot(found, names) for found in list(lots.values())[:LISTED]]


def waiting_lot(*, actor: Actor, entry_id: UUID) -> WaitingLot:
    """Return the lot that an entry belongs to.

    :raises NotInSight: if it waits no longer, or is a log
    :raises PermissionDenied: if the actor does not plan
    """
    require_permission(P.PREVENTION_PLAN, actor)
    rows = _waiting(actor).exclude(kind=SentKind.LOG).defer("blob")
    row = sight.one(rows, entry_id)
    lot = rows.filter(session=row.session_id, by=row.by, kind=row.kind).order_by("at", "id")
    found = _lot(list(lot), directory.names([row.by]))
    states = (State.PLANNED, State.HELD)  # its log may have been taken over for one already
    return replace(found, instead=_instead(actor, row, states))


def photos(*, actor: Actor, before: UUID | None = None, waiting: bool = False) -> Photos:
    """Return confirmed photos, or those that wait for a second person.

    :raises PermissionDenied: if the actor does not work in prevention, or does not plan
    """
    require_permission(P.PREVENTION_PLAN if waiting else P.PREVENTION_SEE, actor)
    state = PhotoState.WAITING if waiting else PhotoState.SHOWN
    rows = Photo.objects.visible_to(actor).filter(state=state)
    rows = rows.select_related("session__programme", "session__village")
    if before is not None and (last := rows.filter(pk=before).first()) is not None:
        rows = rows.filter(at__lte=last.at).exclude(at=last.at, pk__gte=last.pk)
    found = [shown_photo(row, actor) for row in rows.order_by("-at", "-id")[: PAGE + 1]]
    return Photos(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def photo_file(*, actor: Actor, photo_id: UUID) -> tuple[int, Iterator[bytes]]:
    """Return the size of a photo and its opened chunks.

    :raises NotInSight: if there is none for this actor
    """
    row = sight.one(Photo.objects.visible_to(actor), photo_id)
    card = open_card(row)
    return card.size, read_file(row.file, card.key, card.size)


def _instead(
    actor: Actor, row: Sent, states: Sequence[State] = (State.PLANNED,)
) -> list[FieldSession]:
    meant = row.session
    rows = Session.objects.visible_to(actor).filter(
        programme=meant.programme_id, state__in=states, village=meant.village_id,
        starts_at__range=(row.at - NEARBY, row.at + timedelta(days=1)),
    )  # fmt: skip
    rows = rows.select_related(*PLACES)
    return [shown_session(one) for one in rows.order_by("starts_at", "id")[:LISTED]]


def _waiting(actor: Actor) -> QuerySet[Sent]:
    rows = Sent.objects.visible_to(actor).filter(state=SentState.WAITING)
    return rows.select_related("session", *(f"session__{one}" for one in PLACES))


def _lot(rows: Sequence[Sent], names: Mapping[UUID, str]) -> WaitingLot:
    first = rows[0]
    misfits = [one for one in rows if one.waits == Waits.MISFIT]
    return WaitingLot(
        id=first.pk, kind=SentKind(first.kind), session=shown_session(first.session),
        by=names.get(first.by, ""), at=first.at, waits=Waits(first.waits), count=len(rows),
        left=len(misfits),
    )  # fmt: skip


def _head(row: Sent, names: dict[UUID, str]) -> WaitingLog:
    return WaitingLog(
        row.pk, shown_session(row.session), names.get(row.by, ""), row.at, Waits(row.waits)
    )
