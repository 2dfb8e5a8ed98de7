"""The pile beside the queue of requests: looked at together, put into the queue or refused."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require, require_permission
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.prevention.codes import tag_of
from ruang.prevention.events import PileMoved, RequestMoved
from ruang.prevention.flood import sort_in
from ruang.prevention.models import Request
from ruang.prevention.models.asking import MEANWHILE, RequestQuerySet
from ruang.prevention.policy import may_ask, may_plan
from ruang.prevention.states import Declined, RequestState, RequestStep

RELEASE, REFUSE, EXPIRE = "release", "refuse", "expire"
"""What is done with the pile, in its facts."""
LOOKED_AT_WITHIN = timedelta(days=14)
"""A pile that nobody looked at is refused by itself then; who really asked says so again."""
FORGOTTEN = timedelta(days=30)
"""What was refused with the pile names nobody any more then: it was nobody, or has said so."""


@transaction.atomic
def release_request(*, actor: Actor, request_id: UUID, at: datetime) -> None:
    """Put one request of the pile into the queue.

    :raises NotInSight: if there is none
    :raises PermissionDenied: if the actor does not plan
    :raises Refused: if it is not on the pile any more
    """
    rows = Request.objects.visible_to(actor).select_for_update()
    request = sight.one(rows, request_id)
    require(may_plan, actor, request)
    if request.state != RequestState.WAITING or request.parked_at is None:
        raise Refused(MEANWHILE)
    request.parked_at = None
    request.save(update_fields=["parked_at"])
    record(RequestMoved(request.pk, RELEASE), actor=actor, at=at)


@transaction.atomic
def release_pile(*, actor: Actor, until: datetime, village: str = "", at: datetime) -> int:
    """Put all of the pile that came until then into the queue; return how many.

    :param village: only of this kelurahan
    :raises PermissionDenied: if the actor does not plan
    """
    rows = _pile(actor, until, village)
    latest = _latest(rows)
    done = rows.update(parked_at=None)
    _told(latest, RELEASE, done, actor, at)
    return done


@transaction.atomic
def refuse_pile(*, actor: Actor, until: datetime, village: str = "", at: datetime) -> int:
    """Refuse all of the pile that came until then; whoever really asked can say so again.

    :param village: only of this kelurahan
    :raises PermissionDenied: if the actor does not plan
    """
    return _refuse(_pile(actor, until, village), REFUSE, actor, at)


@transaction.atomic
def ask_again(*, actor: Actor, code: str, at: datetime) -> None:
    """Let a request that was refused with the pile wait again, by its code.

    :raises NotInSight: if there is none with this code
    :raises PermissionDenied: if neither somebody from outside nor the office asks
    :raises Refused: if it was not refused with the pile
    """
    require(may_ask, actor, None)
    request = Request.objects.select_for_update().filter(tag=tag_of(code)).first()
    if request is None:
        raise sight.NotInSight("Request")
    if request.declined != Declined.FLOOD or not request.phone:
        raise Refused(_("This request has been answered already. Please ring us."))
    request.parked_at = None
    sort_in(request, at)
    request.take(RequestStep.AGAIN)
    request.declined, request.answered_at, request.answered_by = "", None, None
    request.received_at = at
    request.save(
        update_fields=["state", "declined", "answered_at", "answered_by", "parked_at",
                       "is_known", "received_at"]
    )  # fmt: skip
    record(RequestMoved(request.pk, RequestStep.AGAIN.value), actor=actor, at=at)


@transaction.atomic
def sweep_pile(*, actor: Actor, at: datetime) -> int:
    """Refuse what lay on the pile for two weeks, and forget who was refused a month ago.

    :raises PermissionDenied: for everybody but the system
    """
    require_permission(Permission.SYSTEM, actor)
    done = _refuse(_pile(actor, at - LOOKED_AT_WITHIN, ""), EXPIRE, actor, at)
    old = Request.objects.filter(
        state=RequestState.DECLINED, declined=Declined.FLOOD, answered_at__lt=at - FORGOTTEN
    )
    return done + old.exclude(name="–").update(name="–", phone="", host="", wished="")


def _pile(actor: Actor, until: datetime, village: str) -> RequestQuerySet:
    require(may_plan, actor, None)
    rows = Request.objects.visible_to(actor).piled().filter(parked_at__lte=until)
    return rows.filter(village=village) if village else rows


def _refuse(rows: RequestQuerySet, step: str, actor: Actor, at: datetime) -> int:
    latest = _latest(rows)
    done = rows.update(
        state=RequestState.DECLINED, declined=Declined.FLOOD, answered_at=at,
        answered_by=actor.user_id,
    )  # fmt: skip
    _told(latest, step, done, actor, at)
    return done


def _latest(rows: RequestQuerySet) -> UUID | None:
    return rows.order_by("-parked_at", "-pk").values_list("pk", flat=True).first()


def _told(latest: UUID | None, step: str, done: int, actor: Actor, at: datetime) -> None:
    if latest is not None:
        record(PileMoved(latest, step, count=done), actor=actor, at=at)
