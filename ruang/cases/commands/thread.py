"""The thread between the reporter and the case's manager or deputy."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.events import CaseMoved, ThreadWritten
from ruang.cases.models import Case, ThreadMessage
from ruang.cases.policy import RULES, may_follow
from ruang.cases.seats import legal_holder
from ruang.cases.states import Compartment, Step
from ruang.cases.writing import Brought, checked, material, put_files, put_message
from ruang.clocks import answers
from ruang.kernel.codes import Answered, MessageKind, Risk
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy


@transaction.atomic
def write_to_reporter(
    *, actor: Actor, case_id: UUID, text: str, at: datetime, form_tag: bytes | None = None
) -> ThreadMessage:
    """Write to the reporter; she reads it under her code. The same form twice is one message.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if the text is empty or too long
    """
    case = _locked(actor, case_id)
    require(RULES[Step.REPLY], actor, case)
    if (before := _same(case, form_tag)) is not None:
        return before
    case.take(Step.REPLY)
    message = put_message(case, actor=actor, text=checked(text), at=at, form_tag=form_tag)
    _answered(case, actor, at)
    _record(case, message, actor, at)
    return message


@transaction.atomic
def answer_otherwise(*, actor: Actor, case_id: UUID, why: Answered, at: datetime) -> Case:
    """Say why a message of hers is not answered in writing; its clock is met by that.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if no message of hers waits for an answer
    """
    case = _locked(actor, case_id)
    require(RULES[Step.ANSWERED], actor, case)
    case.take(Step.ANSWERED)
    if not case.waiting:
        raise Refused(_("No message of hers waits for an answer any more. Reload the page."))
    _answered(case, actor, at)
    moved = CaseMoved(case.pk, case.desk, Step.ANSWERED.value, why.value)
    record(moved, actor=actor, at=at)
    return case


@transaction.atomic
def write_from_reporter(
    *,
    actor: Actor,
    case_id: UUID,
    text: str,
    at: datetime,
    kind: MessageKind = MessageKind.TEXT,
    files: Iterable[Brought] = (),
    form_tag: bytes | None = None,
) -> ThreadMessage:
    """Write as the reporter: a message, files, a change of contact or the wish to stop.

    It is taken in a closed case too: she can come back at any time. From then on the time runs
    within which she is answered.

    :raises NotInSight: if this is not the case her report became
    """
    case = _locked(actor, case_id)
    require(may_follow, actor, case)
    if (before := _same(case, form_tag)) is not None:
        return before
    message = put_message(
        case, actor=actor, text=tidy(text), at=at, kind=kind, form_tag=form_tag
    )
    _keep(case, message, files, actor)
    if kind is not MessageKind.FEEDBACK:  # no answer is owed to it
        case.waiting, case.changed_at = True, at
        case.save(update_fields=["waiting", "changed_at"])
        answers.wrote(legal_holder(case), Risk(case.risk), actor=actor, at=at)
    _record(case, message, actor, at)
    return message


def _answered(case: Case, actor: Actor, at: datetime) -> None:
    case.waiting, case.changed_at = False, at
    case.save(update_fields=["waiting", "changed_at"])
    answers.answered(case.pk, actor=actor, at=at)


def _keep(case: Case, message: ThreadMessage, files: Iterable[Brought], actor: Actor) -> None:
    kept = [replace(file, message=message.pk) for file in files]
    put_files(case, Compartment.THREAD, kept, material(case, Compartment.THREAD, actor))


def _locked(actor: Actor, case_id: UUID) -> Case:
    in_sight = Case.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, case_id)


def _same(case: Case, form_tag: bytes | None) -> ThreadMessage | None:
    return case.thread.filter(form_tag=form_tag).first() if form_tag else None


def _record(case: Case, message: ThreadMessage, actor: Actor, at: datetime) -> None:
    event = ThreadWritten(case.pk, case.desk, message.pk, message.side, message.kind)
    record(event, actor=actor, at=at)
