"""Somebody asks for a session, and the office says no in words; yes is a session planned."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.kernel.text import tidy
from ruang.prevention.codes import code_of, tag_of
from ruang.prevention.events import RequestMoved
from ruang.prevention.models import Request
from ruang.prevention.policy import may_ask, may_plan
from ruang.prevention.states import Audience, Declined, RequestState, RequestStep, Unit
from ruang.register.models import Rw, School
from ruang.territory import queries as territory

PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{6,22}")
OF_ONE_PHONE = 3
"""Requests from one number that wait at once; more are a slip or a joke."""
OF_A_DAY = 300
"""Requests in a day; more than the city has sent in a year is a machine."""
RECEIVE = "receive"
"""The step by which a request begins, in its facts."""
KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """What somebody asks for.

    :ivar host: the name of a school or community, where it is not in the register
    """

    unit: Unit
    village: str
    audience: Audience
    name: str
    phone: str
    rw: UUID | None = None
    rt_number: int | None = None
    school: UUID | None = None
    host: str = ""
    people: int | None = None
    wished: str = ""


@transaction.atomic
def request_session(*, actor: Actor, asked: Asked, once: str, at: datetime) -> str:
    """Take a request in and return its code; the same form sent twice is one request.

    :raises PermissionDenied: if neither somebody from outside nor the office asks
    :raises Refused: if something is missing, or one number asks again and again
    """
    require(may_ask, actor, None)
    code = code_of(once)
    if Request.objects.filter(tag=tag_of(code)).exists():
        return code
    request = Request(
        pk=uuid7(), tag=tag_of(code), unit=asked.unit, audience=asked.audience,
        people=asked.people, received_at=at,
        name=_short(asked.name, 120, _("Write your name.")),
        phone=_phone(asked.phone), wished=_short(asked.wished, 200),
    )  # fmt: skip
    _place(request, asked)
    _not_too_many(request, at)
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:  # the same form, sent twice at once
        return code
    record(RequestMoved(request.pk, RECEIVE, asked.unit.value), actor=actor, at=at)
    return code


@transaction.atomic
def decline_request(*, actor: Actor, request_id: UUID, reason: Declined, at: datetime) -> None:
    """Say that there will be no session, and why.

    :raises NotInSight: if there is none
    :raises PermissionDenied: if the actor does not plan
    :raises Refused: if it has been answered already
    """
    rows = Request.objects.visible_to(actor).select_for_update()
    request = sight.one(rows, request_id)
    require(may_plan, actor, request)
    request.take(RequestStep.DECLINE)
    request.declined, request.answered_at, request.answered_by = reason, at, actor.user_id
    request.save(update_fields=["state", "declined", "answered_at", "answered_by"])
    record(
        RequestMoved(request.pk, RequestStep.DECLINE.value, reason.value), actor=actor, at=at
    )


@transaction.atomic
def sweep_requests(*, actor: Actor, at: datetime) -> int:
    """Forget who asked, a year after the answer, or unanswered; what was asked for stays.

    :raises PermissionDenied: for everybody but the system and the office
    """
    require(may_plan, actor, None)
    long_ago = at - KEPT
    old = Request.objects.visible_to(actor).filter(
        Q(answered_at__lt=long_ago) | Q(answered_at=None, received_at__lt=long_ago)
    )
    old = old.exclude(name="–")
    return old.update(name="–", phone="", host="", wished="")


def _place(request: Request, asked: Asked) -> None:
    """Say where it is, by the register as far as that knows it."""
    city = territory.city()
    if not city.code or not asked.village.startswith(f"{city.code}."):
        raise Refused(_("Choose a kelurahan of the city."))
    request.village_id = asked.village
    if asked.unit is Unit.RW:
        here = Rw.objects.filter(village=asked.village, ended_on=None)
        request.rw = cast("Rw | None", here.filter(pk=asked.rw).first())
        if request.rw is None:
            raise Refused(_("Choose your RW."))
        request.rt_number = asked.rt_number
        return
    if asked.school is not None:
        schools = School.objects.filter(village=asked.village, ended_on=None)
        request.school = cast("School | None", schools.filter(pk=asked.school).first())
    request.host = _short(asked.host, 120)
    if request.school is None and not request.host:
        raise Refused(_("Write the name of the school or community."))


def _not_too_many(request: Request, at: datetime) -> None:
    waiting = Request.objects.filter(phone=request.phone, state=RequestState.WAITING)
    if waiting.count() >= OF_ONE_PHONE:
        raise Refused(
            _("Three requests from this number wait for an answer already. We will call you.")
        )
    if Request.objects.filter(received_at__gt=at - timedelta(days=1)).count() >= OF_A_DAY:
        raise Refused(_("Very many requests came in today. Please call us, or try tomorrow."))


def _short(text: str, most: int, missing: "str | Promise" = "") -> str:
    words = " ".join(tidy(text).split())
    if missing and not words:
        raise Refused(missing)
    if len(words) > most:
        raise Refused(_("This is too long. Write it shorter."))
    return words


def _phone(text: str) -> str:
    plain = " ".join(tidy(text).split())
    if not PHONE.fullmatch(plain):
        raise Refused(_("Write your telephone number with digits, such as 0812 0000 0000."))
    return plain
