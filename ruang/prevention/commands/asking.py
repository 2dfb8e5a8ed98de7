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
from ruang.prevention.flood import is_known, sort_in
from ruang.prevention.models import Request
from ruang.prevention.policy import may_ask, may_plan
from ruang.prevention.states import Audience, Declined, RequestState, RequestStep, Unit
from ruang.register.models import Rw, School
from ruang.territory import queries as territory

PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{6,22}")
RECEIVE = "receive"
"""The step by which a request begins, in its facts."""
CORRECT = "correct"
"""The same form came again with another number, name, day or size."""
TOLD = ("name", "phone", "wished", "people")
"""What is said about a request and does not make it another."""
KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """What somebody asks for.

    :ivar host: the name of a school or community that is not in the register; which RW, in a
        kelurahan of which the register has none
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

    A form that comes back for the same place and people corrects what it said while it waits;
    for another place or other people it is another request.

    :raises PermissionDenied: if neither somebody from outside nor the office asks
    :raises Refused: if something is missing, three from this number wait already, or what was
        answered is to be corrected
    """
    require(may_ask, actor, None)
    request = _read(asked, at)
    code = code_of(_word(once, request))
    request.tag = tag_of(code)
    there = Request.objects.select_for_update().filter(tag=request.tag).first()
    if there is not None:
        _correct(there, request, actor, at)
        return code
    if not may_plan(actor, None):
        sort_in(request, at)
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


def _read(asked: Asked, at: datetime) -> Request:
    request = Request(
        pk=uuid7(), unit=asked.unit, audience=asked.audience, people=asked.people,
        received_at=at, name=_short(asked.name, 120, _("Write your name.")),
        phone=_phone(asked.phone), wished=_short(asked.wished, 200),
    )  # fmt: skip
    _place(request, asked)
    return request


def _word(once: str, request: Request) -> str:
    """Join a form's word with what was asked for."""
    asked = (request.unit, request.village_id, request.rw_id, request.rt_number,
             request.school_id, request.host.casefold(), request.audience)  # fmt: skip
    return "|".join((once, *(str(one) for one in asked)))


def _correct(there: Request, sent: Request, actor: Actor, at: datetime) -> None:
    """Take over what is said otherwise now."""
    other = [name for name in TOLD if getattr(there, name) != getattr(sent, name)]
    if not other:
        return
    if there.state != RequestState.WAITING:
        raise Refused(_("This request has been answered already. Please ring us."))
    for name in other:
        setattr(there, name, getattr(sent, name))
    if "phone" in other:
        _sort_anew(there, actor, at)
    there.save(update_fields=[*other, "is_known", "parked_at"])
    record(RequestMoved(there.pk, CORRECT), actor=actor, at=at)


def _sort_anew(there: Request, actor: Actor, at: datetime) -> None:
    """Sort a request by its other number, where one of the two is rung about the place.

    A number that is known is good for the three that it would have had anyway, and for none
    of which it was taken back.
    """
    was_known, there.is_known = there.is_known, is_known(there)
    if may_plan(actor, None) or not (was_known or there.is_known):
        return
    there.parked_at = None
    sort_in(there, at)


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
            request.host = _in_words(asked.host, is_listed=here.exists())
        request.rt_number = asked.rt_number
        return
    if asked.school is not None:
        schools = School.objects.filter(village=asked.village, ended_on=None)
        request.school = cast("School | None", schools.filter(pk=asked.school).first())
    request.host = _short(asked.host, 120)
    if request.school is None and not request.host:
        raise Refused(_("Write the name of the school or community."))


def _in_words(host: str, *, is_listed: bool) -> str:
    """Return which RW it is, in the words of whoever asks.

    :param is_listed: the register knows RW of this kelurahan, among which hers is
    :raises Refused: if she has to choose, or wrote nothing
    """
    if is_listed:
        raise Refused(_("Choose your RW."))
    return _short(host, 120, _("Write which RW it is."))


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
