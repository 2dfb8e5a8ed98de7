"""A report is taken out of the hands of whoever holds it: nobody waits because one is away.

A colleague who opens the desk takes it over; the head, who opens nothing, frees it. The former
holder is named in the fact and reads it among her own work (ADR 0034).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require, require_permission
from ruang.audit.record import record
from ruang.identity import directory
from ruang.intake import clocks
from ruang.intake.events import ReportMoved
from ruang.intake.models import Report
from ruang.intake.policy import RULES
from ruang.intake.states import Step, TakenWhy
from ruang.intake.writing import key_of_part
from ruang.kernel.errors import Refused


@transaction.atomic
def take_back_report(
    *, actor: Actor, report_id: UUID, holder: UUID | None, why: TakenWhy, at: datetime
) -> Report:
    """Take a report over from the colleague who holds it.

    :param holder: out of whose hands; when two do it at once, one has it. None: out of
        nobody's, where a decided one was let go of
    :raises PermissionDenied: if the actor works no reports here, or holds it
    :raises Refused: if somebody else holds it by now, or it is closed to this desk
    """
    report = _locked(actor, report_id)
    require(RULES[Step.TAKE_BACK], actor, report)
    _must_hold(report, holder)
    key_of_part(report, "story", actor)
    _leave(report, Step.TAKE_BACK, to=actor.user_id, why=why, actor=actor, at=at)
    return report


@transaction.atomic
def free_report(
    *, actor: Actor, report_id: UUID, holder: UUID, why: TakenWhy, at: datetime
) -> Report:
    """Put a report that somebody holds back into the queue, without opening it.

    :param holder: out of whose hands
    :raises PermissionDenied: if the actor is neither head of this desk nor the system
    :raises Refused: if somebody else holds it by now, or it is decided
    """
    report = _locked(actor, report_id)
    require(RULES[Step.FREE], actor, report)
    _must_hold(report, holder)
    _leave(report, Step.FREE, to=None, why=why, actor=actor, at=at)
    return report


@transaction.atomic
def let_go(*, actor: Actor, report_id: UUID, holder: UUID, at: datetime) -> None:
    """Take a report out of the hands of who may know nothing of it any more. Twice is once.

    It became a case, or repeats one that did: it stays decided, and she is told nothing.

    :raises PermissionDenied: for everybody but the system
    """
    require_permission(Permission.SYSTEM, actor)
    report = _locked(actor, report_id)
    if report.holder != holder:
        return
    report.holder = None
    report.save(update_fields=["holder"])
    why = TakenWhy.BARRED.value
    moved = ReportMoved(report.pk, report.desk, Step.FREE.value, None, why, holder)
    record(moved, actor=actor, at=at)


def _must_hold(report: Report, holder: UUID | None) -> None:
    """Refuse to take it from anybody but who was named; nobody at all the table refuses."""
    if report.holder not in {None, holder}:
        name = "".join(directory.names([report.holder]).values())
        raise Refused(_("%(name)s has taken this report already.") % {"name": name})


def _leave(
    report: Report, step: Step, *, to: UUID | None, why: TakenWhy, actor: Actor, at: datetime
) -> None:
    report.take(step)
    former = report.leave(to=to, at=at)
    clocks.left(report, actor=actor, at=at)
    report.save(update_fields=["state", "holder", "taken_from", "taken_at", "due_at"])
    clocks.owned(report)
    moved = ReportMoved(report.pk, report.desk, step.value, to, why.value, former)
    record(moved, actor=actor, at=at)


def _locked(actor: Actor, report_id: UUID) -> Report:
    in_sight = Report.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, report_id)
