"""Bringing a list, taking it over, dropping it. It never deletes: it ends what was ticked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.register.comparing import MOST_ENDED, Comparison, compared
from ruang.register.events import ListMoved
from ruang.register.keeping import check_day
from ruang.register.models import StagedList
from ruang.register.models.keeping import KEPT
from ruang.register.policy import may_keep
from ruang.register.reading import read_list
from ruang.register.sheets import read
from ruang.register.states import LISTS, Kind, ListStep
from ruang.register.taking import Hand, Taken, take_over


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What somebody said yes to.

    :ivar fingerprint: of the preview that was shown
    :ivar on: since when it holds
    :ivar ended: which of the missing ones are there no more
    """

    fingerprint: str
    on: date
    ended: Collection[UUID] = ()


@transaction.atomic
def stage_list(
    *, actor: Actor, kind: Kind, content: bytes, at: datetime, size: int = 0
) -> UUID:
    """Read a list and keep it for a day, for whoever brings it; return its id.

    One that the same person brought before and did not take over is dropped.

    :param size: how large the file was, where not all of it was let in
    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if it cannot be read
    """
    require(may_keep, actor, None)
    if kind not in LISTS:
        raise Refused(_("Choose what the list holds."))
    entries, faults = read_list(kind, read(content, size))
    StagedList.objects.visible_to(actor).filter(kind=kind, applied_at=None).delete()
    staged = StagedList.objects.create(
        by=actor.user_id, kind=kind, at=at, until=at + KEPT, entries=entries, faults=faults
    )
    event = ListMoved(staged.pk, kind.value, ListStep.STAGE.value, left_out=len(faults))
    record(event, actor=actor, at=at)
    return staged.pk


@transaction.atomic
def apply_list(*, actor: Actor, list_id: UUID, confirmed: Confirmed, at: datetime) -> None:
    """Take over a list as its preview showed it. A second time is none.

    :raises NotInSight: if the actor did not bring it, or its day is over
    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if the register has changed since, or the day lies ahead, or before what is
        changed or ended began
    """
    staged = sight.one(StagedList.objects.visible_to(actor).select_for_update(), list_id)
    require(may_keep, actor, staged)
    if staged.applied_at is not None:
        return
    found = compared(staged, actor)
    _check(found, confirmed, staged, at)
    try:
        with transaction.atomic():
            hand = Hand(Kind(staged.kind), confirmed.on, actor, at)
            taken = take_over(found, hand, ended=confirmed.ended)
    except IntegrityError:
        raise _stale() from None
    left_out = len(staged.faults) + len(found.homeless)
    staged.applied_at, staged.entries, staged.faults = at, [], []
    staged.save(update_fields=["applied_at", "entries", "faults"])
    record(_event(staged, taken, left_out), actor=actor, at=at)


@transaction.atomic
def drop_list(*, actor: Actor, list_id: UUID, at: datetime) -> None:
    """Drop a list that was not taken over.

    :raises NotInSight: if the actor did not bring it, or it is gone
    """
    waiting = StagedList.objects.visible_to(actor).select_for_update().filter(applied_at=None)
    staged = sight.one(waiting, list_id)
    require(may_keep, actor, staged)
    event = ListMoved(staged.pk, staged.kind, ListStep.DROP.value)
    staged.delete()
    record(event, actor=actor, at=at)


def _check(found: Comparison, confirmed: Confirmed, staged: StagedList, at: datetime) -> None:
    if found.fingerprint != confirmed.fingerprint:
        raise _stale()
    check_day(confirmed.on, at)
    if not set(confirmed.ended) <= {one.pk for one in found.gone}:
        raise _stale()
    if len(confirmed.ended) > MOST_ENDED:
        raise Refused(_("That is too much to end at once. Check whether the list is whole."))
    if not (found.new or found.changed or confirmed.ended):
        raise Refused(_("There is nothing to take over: the register says the same."))
    ended = [one.since for one in found.gone if one.pk in set(confirmed.ended)]
    since = max([*ended, *(one.since for one in found.changed)], default=confirmed.on)
    if confirmed.on < since:
        raise Refused(
            _("Something in this list stands in the register only since %(day)s. Choose that "
              "day or a later one.") % {"day": date_format(since, "j F Y")}
        )  # fmt: skip


def _stale() -> Refused:
    return Refused(
        _("The register was changed since you saw this. Look at the new comparison first.")
    )


def _event(staged: StagedList, taken: Taken, left_out: int) -> ListMoved:
    return ListMoved(
        staged.pk,
        staged.kind,
        ListStep.APPLY.value,
        added=taken.added,
        changed=taken.changed,
        ended=taken.ended,
        left_out=left_out,
    )
