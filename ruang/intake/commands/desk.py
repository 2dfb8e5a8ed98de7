"""What the desk does with a report before it is decided: take, rate, answer, hand on."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require, require_permission
from ruang.audit.record import record
from ruang.clocks.states import Moment, Pause
from ruang.identity import directory
from ruang.intake import clocks
from ruang.intake.events import MessageWritten, ReportMoved
from ruang.intake.models import Message, Report
from ruang.intake.policy import RULES
from ruang.intake.states import MessageKind, Risk, State, Step, Way
from ruang.intake.told import Contact
from ruang.intake.writing import hours_of, key_of_part, put_message
from ruang.kernel.errors import Refused
from ruang.risk.suggesting import raises
from ruang.vault.texts import open_text, seal_text, version_of


@transaction.atomic
def claim_report(*, actor: Actor, report_id: UUID, at: datetime) -> Report:
    """Take a free report. When two do it at once, one has it and the other reads who.

    :raises Refused: if it is taken already
    """
    report = _locked(actor, report_id)
    require(RULES[Step.CLAIM], actor, report)
    if report.state == State.CLAIMED:
        raise Refused(_taken(report, actor))
    report.take(Step.CLAIM)
    report.hold(actor.user_id)
    report.save(update_fields=["state", "holder", "taken_from", "taken_at"])
    clocks.owned(report)
    clocks.happened(report, Moment.REPORT_TAKEN, actor=actor, at=at)
    _moved(report, Step.CLAIM, actor, at)
    return report


@transaction.atomic
def put_back_report(*, actor: Actor, report_id: UUID, at: datetime) -> Report:
    """Let go of a report: it is free again, and its clock runs on, paused or not.

    :raises PermissionDenied: if somebody else holds it
    """
    report = _locked(actor, report_id)
    require(RULES[Step.PUT_BACK], actor, report)
    report.take(Step.PUT_BACK)
    report.holder = None
    clocks.left(report, actor=actor, at=at)
    report.save(update_fields=["state", "holder", "due_at"])
    clocks.owned(report)
    _moved(report, Step.PUT_BACK, actor, at)
    return report


@transaction.atomic
def pass_on_report(*, actor: Actor, report_id: UUID, colleague: UUID, at: datetime) -> Report:
    """Hand a report to a colleague at the same desk.

    :raises PermissionDenied: if somebody else holds it
    :raises Refused: if the colleague is not an active member who works reports here
    """
    report = _locked(actor, report_id)
    require(RULES[Step.PASS_ON], actor, report)
    report.take(Step.PASS_ON)
    able = {person.id for person in directory.working(report.desk, Permission.REPORT_WORK)}
    if colleague == actor.user_id or colleague not in able:
        raise Refused(_("Choose a colleague who works at this desk now."))
    report.holder = colleague
    report.save(update_fields=["holder"])
    clocks.owned(report)
    _moved(report, Step.PASS_ON, actor, at)
    return report


@transaction.atomic
def rate_report(*, actor: Actor, report_id: UUID, risk: Risk, at: datetime) -> Report:
    """Set the risk; place in the queue and clock follow it.

    :raises PermissionDenied: if somebody else holds it
    :raises Refused: if it would lower a high risk, or the report is decided
    """
    report = _locked(actor, report_id)
    require(RULES[Step.RATE], actor, report)
    report.take(Step.RATE)
    before = Risk(report.risk)
    report.rate(risk)
    if raises(risk, before):
        clocks.end_pauses(report, actor=actor, at=at)
    clocks.rated(report, actor=actor, at=at)
    report.save(update_fields=["risk", "rank", "due_at"])
    _moved(report, Step.RATE, actor, at, code=risk.value)
    return report


@transaction.atomic
def write_to_reporter(
    *, actor: Actor, report_id: UUID, text: str, at: datetime, form_tag: bytes | None = None
) -> Message:
    """Write to the reporter; she reads it under her code. The same form twice is one message.

    :raises PermissionDenied: if somebody else holds the report
    :raises Refused: if the text is empty or too long, or the report is closed to this desk
    """
    report = _locked(actor, report_id)
    require(RULES[Step.REPLY], actor, report)
    if form_tag and (before := report.messages.filter(form_tag=form_tag).first()):
        return before
    report.take(Step.REPLY)
    message = put_message(report, actor=actor, text=text, at=at, form_tag=form_tag)
    report.answered_at, report.waiting = report.answered_at or at, False
    if report.state == State.CLAIMED:
        clocks.answered(report, actor=actor, at=at)
    else:
        clocks.answered_after(report, actor=actor, at=at)
    report.save(update_fields=["answered_at", "waiting", "due_at"])
    event = MessageWritten(report.pk, report.desk, message.pk, message.side, message.kind)
    record(event, actor=actor, at=at)
    return message


@transaction.atomic
def take_over_contact(
    *, actor: Actor, report_id: UUID, message_id: UUID, at: datetime
) -> Report:
    """Make the contact that the reporter sent in her thread the one in force.

    :raises PermissionDenied: if somebody else holds the report
    :raises Refused: if there is no such message, or the report is closed to this desk
    """
    report = _locked(actor, report_id)
    require(RULES[Step.TAKE_OVER], actor, report)
    report.take(Step.TAKE_OVER)
    message = report.messages.filter(pk=message_id, kind=MessageKind.CONTACT).first()
    if message is None:
        raise Refused(_("There is no such change of contact any more. Reload the page."))
    material = key_of_part(report, "contact", actor)
    contact = Contact.from_text(open_text(actor.keys, message, "text"))
    version = version_of(report.contact) + 1 if report.contact else 1
    text = contact.to_text()
    report.contact = seal_text(material, Report, "contact", report.pk, text, version)
    report.way = contact.way if contact.way in Way.values else report.way
    report.safe_from, report.safe_until = hours_of(contact)
    report.save(update_fields=["contact", "way", "safe_from", "safe_until"])
    _moved(report, Step.TAKE_OVER, actor, at)
    return report


@transaction.atomic
def pause_report_clock(
    *,
    actor: Actor,
    report_id: UUID,
    why: Pause,
    at: datetime,
    until: date | None = None,
) -> Report:
    """Stop the report's clock while one waits for somebody; reason and end are on record.

    :param until: the last day of the pause; None is the longest that the city allows
    :raises PermissionDenied: if somebody else holds it
    :raises Refused: if the risk is high or there is danger now, the day is too far, it is
        paused already, or the report is decided
    """
    report = _locked(actor, report_id)
    require(RULES[Step.PAUSE], actor, report)
    report.take(Step.PAUSE)
    clocks.pause(report, why=why, until=until, actor=actor, at=at)
    _moved(report, Step.PAUSE, actor, at, code=why.value)
    return report


@transaction.atomic
def resume_report_clock(*, actor: Actor, report_id: UUID, at: datetime) -> Report:
    """Let the report's clock run again: what was left when it was paused is left now.

    :raises PermissionDenied: if somebody else holds it
    :raises Refused: if it is not paused, or the report is decided
    """
    report = _locked(actor, report_id)
    require(RULES[Step.RESUME], actor, report)
    report.take(Step.RESUME)
    clocks.resume(report, actor=actor, at=at)
    report.save(update_fields=["due_at"])
    _moved(report, Step.RESUME, actor, at)
    return report


@transaction.atomic
def run_on(*, actor: Actor, report_id: UUID, at: datetime) -> None:
    """The pause of the report's clock ended by itself: it is due when the clock says so.

    :raises PermissionDenied: for everybody but the system
    """
    report = _locked(actor, report_id)
    require_permission(Permission.SYSTEM, actor)
    if report.state == State.DECIDED or not clocks.follow(report):
        return
    report.save(update_fields=["due_at"])
    _moved(report, Step.RESUME, actor, at)


def _locked(actor: Actor, report_id: UUID) -> Report:
    in_sight = Report.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, report_id)


def _taken(report: Report, actor: Actor) -> str:
    if report.holder == actor.user_id:
        return _("You hold this report already.")
    name = "".join(directory.names([report.holder]).values())
    return _("%(name)s has taken this report already.") % {"name": name}


def _moved(report: Report, step: Step, actor: Actor, at: datetime, code: str = "") -> None:
    event = ReportMoved(report.pk, report.desk, step.value, report.holder, code)
    record(event, actor=actor, at=at)
