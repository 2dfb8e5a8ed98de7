"""Services: planned with her, begun, ended with an outcome; or given, in one line.

What the register asks of one can be said later; each save of its words is a later version.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.models import Case
from ruang.cases.seats import happened, locked
from ruang.cases.writing import NOT_HELD, checked
from ruang.clocks.states import Moment
from ruang.identity import directory
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.kernel.text import tidy
from ruang.plans.entry import Entry, edition, entry_of, in_words
from ruang.plans.health import is_from_before, reads_health, words
from ruang.plans.models import Service
from ruang.plans.policy import SERVICE_RULES, may_complete, may_plan, may_work
from ruang.plans.sealed import ServiceText
from ruang.plans.states import (
    RECEIVED,
    Detail,
    Function,
    Kind,
    Outcome,
    Payer,
    ServiceStep,
)
from ruang.plans.storing import left, store
from ruang.plans.whom import whom
from ruang.plans.words import NO_BPJS, NOT_HEALTH
from ruang.plans.writing import (
    COMPLETE,
    WRITE,
    changed,
    moved,
    must_be_held,
    must_be_mediable,
    same,
    short,
    today,
)

CHANGED = _(
    "Somebody changed this service while you had it open. Nothing of yours was saved. What "
    "stands there now: %(now)s. Open the page again and enter yours anew."
)
NO_LIST = _("Choose the service from one of the two lists.")


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """A service as it is asked for.

    :ivar provider: an organisation here; ``provider_name`` somebody outside
    :ivar detail: what of health it is
    :ivar persons: for whom of the case it is, where there are several
    """

    function: Function | None
    kind: Kind | None
    need: str = ""
    provider: UUID | None = None
    provider_name: str = ""
    payer: Payer | None = None
    due_on: date | None = None
    detail: Detail | None = None
    persons: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Ending:
    """How a service ended, when, and a note."""

    outcome: Outcome
    on: date
    note: str = ""


@transaction.atomic
def plan_service(
    *,
    actor: Actor,
    case_id: UUID,
    wanted: Wanted,
    at: datetime,
    form_tag: bytes | None = None,
) -> Service:
    """Plan one service for one need.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if it is from no list, has no need, is to be paid by who does not pay, or
        is a mediation where there is none, or it is not said for whom of several it is
    """
    case = locked(actor, case_id)
    require(may_plan, actor, case)
    if (before := same(case.services.all(), form_tag)) is not None:
        return before
    checked(wanted.need)
    row = _new(case, wanted, actor, at, form_tag)
    store(case, row, _text(case, wanted, actor), actor, at, version=1)
    row.save(force_insert=True)
    record(moved(case, row.pk, "service", WRITE, row.kind or row.function), actor=actor, at=at)
    return row


@transaction.atomic
def give_service(
    *,
    actor: Actor,
    case_id: UUID,
    wanted: Wanted,
    on: date,
    note: str,
    at: datetime,
    form_tag: bytes | None = None,
) -> Service:
    """Record a service that was given, in one line. Every member may.

    :raises Refused: if it is from no list, the day lies ahead, the case is closed, it is not
        said for whom of several it is, or it is a mediation of which no session is on record
    """
    case = locked(actor, case_id)
    require(may_work, actor, case)
    if (before := same(case.services.all(), form_tag)) is not None:
        return before
    row = _new(case, wanted, actor, at, form_tag)
    _end(case, row, _text(case, wanted, actor), Ending(Outcome.GIVEN, on, note), actor, at)
    row.save(force_insert=True)
    record(moved(case, row.pk, "service", ServiceStep.END, Outcome.GIVEN), actor=actor, at=at)
    return row


@transaction.atomic
def move_service(
    *,
    actor: Actor,
    case_id: UUID,
    service_id: UUID,
    step: ServiceStep,
    at: datetime,
    ending: Ending | None = None,
) -> Service:
    """Say that a service has begun, or how it ended.

    :raises Refused: if it is not at this step, it ends without an outcome, or it is a mediation
        of which no session is on record
    """
    case = locked(actor, case_id)
    row = sight.one(case.services.all(), service_id)
    require(SERVICE_RULES[step], actor, case)
    changed(case, at)
    if row.function == Function.MEDIATION and step is ServiceStep.BEGIN:
        must_be_held(case)
    if step is ServiceStep.END:
        if ending is None:
            raise Refused(_("Say how it ended."))
        _end(case, row, words(row, actor), ending, actor, at)
    else:
        row.take(step)
        _with_her(case, row, actor, at)
    row.save()
    record(moved(case, row.pk, "service", step, row.outcome), actor=actor, at=at)
    return row


@transaction.atomic
def complete_service(
    *,
    actor: Actor,
    case_id: UUID,
    service_id: UUID,
    said: Entry,
    at: datetime,
    base: str | None = None,
) -> Service:
    """Say what the register asks of a service: kind, detail, who gave it, and for whom.

    :param base: the edition of what was known when the form began
    :raises PermissionDenied: if neither manager nor deputy, nor who recorded it
    :raises Refused: if it is from no list then, names who is not here, or leaves open for whom
        of several it is; if the case is closed, or what of health it was is locked and its
        kind or detail is to change
    """
    case = locked(actor, case_id)
    row = sight.one(case.services.select_related("case"), service_id)
    require(may_complete, actor, row)
    changed(case, at)
    before = words(row, actor)
    if said.kind is None and not row.function:
        raise Refused(NO_LIST)
    _must_fit(said.kind, said.detail, said.provider)
    holds = reads_health(case.pk, actor)
    is_told = bool(row.health) or is_from_before(before)
    if not holds and (said.detail or (is_told and said.kind is not Kind.HEALTH)):
        raise Refused(NOT_HELD)
    known = entry_of(row, before)
    row.kind, row.provider_id = said.kind or "", said.provider
    text = replace(
        before,
        provider=short(said.provider_name),
        detail=(said.detail or "") if holds else before.detail,
        persons=whom(case, actor).chosen(said.persons, tuple(before.persons)),
    )
    if base not in {None, edition(known)} and entry_of(row, text) != known:
        raise Refused(CHANGED % {"now": in_words(known)})
    store(case, row, text, actor, at, version=left(row) + 1)
    row.save()
    code = row.kind or row.function
    record(moved(case, row.pk, "service", COMPLETE, code), actor=actor, at=at)
    return row


def _new(
    case: Case, wanted: Wanted, actor: Actor, at: datetime, form_tag: bytes | None
) -> Service:
    changed(case, at)
    if wanted.function is None and wanted.kind is None:
        raise Refused(NO_LIST)
    if wanted.function is Function.MEDIATION:
        must_be_mediable(case)
    if wanted.payer is Payer.BPJS:
        raise Refused(NO_BPJS)
    _must_fit(wanted.kind, wanted.detail, wanted.provider)
    if wanted.detail is not None and not reads_health(case.pk, actor):
        raise Refused(NOT_HELD)
    return Service(
        pk=uuid7(), case=case, function=wanted.function or "", kind=wanted.kind or "",
        provider_id=wanted.provider, due_on=wanted.due_on, at=at, author=actor.user_id,
        form_tag=form_tag,
    )  # fmt: skip


def _text(case: Case, wanted: Wanted, actor: Actor) -> ServiceText:
    return ServiceText(
        need=short(wanted.need),
        provider=short(wanted.provider_name),
        payer=wanted.payer or "",
        detail=wanted.detail or "",
        persons=whom(case, actor).chosen(wanted.persons),
    )


def _must_fit(kind: Kind | None, detail: Detail | None, provider: UUID | None) -> None:
    if detail is not None and kind is not Kind.HEALTH:
        raise Refused(NOT_HEALTH)
    known = {desk.id for desk in directory.organisations()}
    if provider is not None and provider not in known:
        raise Refused(_("Choose an organisation from the list."))


def _end(
    case: Case, row: Service, text: ServiceText, ending: Ending, actor: Actor, at: datetime
) -> None:
    if ending.on > today(at):
        raise Refused(_("This day lies ahead. Record a service when it was given."))
    note = short(ending.note)
    if ending.outcome not in RECEIVED and not note:
        raise Refused(_("Say in a few words why it was not given."))
    if row.function == Function.MEDIATION and ending.outcome in RECEIVED:
        must_be_held(case)
    version = left(row) + 1
    row.take(ServiceStep.END)
    row.outcome, row.over_at = ending.outcome, at
    row.given_on = ending.on if ending.outcome in RECEIVED else None
    store(case, row, replace(text, note=tidy(note)), actor, at, version=version)
    if ending.outcome in RECEIVED:
        happened(case, Moment.SERVICE_GIVEN, actor=actor, at=at)
        _with_her(case, row, actor, at)


def _with_her(case: Case, row: Service, actor: Actor, at: datetime) -> None:
    """Tell the clocks that a companion is with her, where this service is that."""
    if row.function == Function.COMPANION:
        happened(case, Moment.COMPANION, actor=actor, at=at)
