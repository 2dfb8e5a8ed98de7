"""A report that an officer writes down for somebody: on the telephone, from a letter.

It is saved as it is typed. A draft has a key of its own, for whoever writes it, for the desk it
is for and for the quorum; finishing makes a report of it and destroys that key, in one durable
transaction. Saving again is no fact: nobody did anything to anybody by it (ADR 0021).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require, require_permission
from ruang.access.sight import NotInSight
from ruang.audit.due import cancel, schedule
from ruang.audit.record import record, record_all
from ruang.clocks.states import Moment
from ruang.identity import directory
from ruang.intake import clocks
from ruang.intake.arrival import (
    Receipt,
    desk_for,
    holders_at,
    keep_copy,
    report_row,
    shown_again,
)
from ruang.intake.claims import claim_files
from ruang.intake.drafts import KEY, RESTING, Gone, Overtaken, Sheet, rests, rests_at
from ruang.intake.events import DraftMoved, ReportMoved, ReportReceived
from ruang.intake.models import Draft, Report
from ruang.intake.policy import may_record, may_take_draft, may_write_draft
from ruang.intake.states import COMPARTMENTS, Discard, DraftStep, Safety, State, Step
from ruang.intake.told import Told
from ruang.kernel.errors import Refused
from ruang.kernel.events import Event
from ruang.kernel.ids import uuid7
from ruang.vault import receipts
from ruang.vault.keyring import (
    Material,
    current_keys,
    destroy_keys,
    give,
    new_keys,
    ring,
    take_away,
)
from ruang.vault.models import KeyPair, Kind
from ruang.vault.pairs import pair_in_force
from ruang.vault.texts import seal_text

STILL_WRITING = _("%(name)s is writing this just now. It can be taken over when it rests.")
IN_FUTURE = _("It cannot have come in later than now. Check the day and the time.")
NO_REASON = _("Write in a few words why it is recorded later than it came in.")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What happens with the report once it is stored.

    :ivar keeps: whoever recorded it takes it at once
    :ivar code: the person wants seven words to follow it with
    """

    keeps: bool = True
    code: bool = True


def save_draft(*, actor: Actor, sheet: Sheet, at: datetime) -> int:
    """Save what was typed so far, whatever is missing; return the draft's new version.

    Two pages that begin the same draft at once: the second finds what the first saved.

    :raises PermissionDenied: if the actor works no reports
    :raises Overtaken: if another page or person saved it since; then nothing is overwritten
    :raises Gone: if it was finished or discarded
    :raises Refused: if it is longer than anybody types, or nobody holds a key to seal it to
    """
    require(may_record, actor, None)
    try:
        return _save(actor, sheet, at)
    except IntegrityError:
        return _save(actor, sheet, at)


@transaction.atomic
def take_over_draft(*, actor: Actor, draft_id: UUID, at: datetime) -> None:
    """Go on with a colleague's draft that rests; pages open at hers no longer save into it.

    :raises Refused: if it is still being written, or is the actor's own
    """
    draft = _locked(actor, draft_id)
    require(may_take_draft, actor, draft)
    if draft.by == actor.user_id:
        raise Refused(_("This is your own draft. Open it and write on."))
    if not rests(changed_at=draft.changed_at, danger=draft.danger, at=at):
        raise Refused(STILL_WRITING % {"name": "".join(directory.names([draft.by]).values())})
    key = ring(actor.keys).material(current_keys(draft.pk)[KEY])
    take_away(owner=draft.by, whose=draft.pk)
    give([key], to=_own(actor), given_by=actor.user_id, at=at)
    draft.by, draft.window, draft.version = actor.user_id, uuid7(), draft.version + 1
    draft.changed_at = at
    draft.save(update_fields=["by", "window", "version", "changed_at"])
    _wait(draft)
    _moved(draft, DraftStep.TAKE_OVER, actor, at)


@transaction.atomic
def show_resting_draft(*, actor: Actor, draft_id: UUID, at: datetime) -> None:
    """Tell the desk that a draft rests, once a rest; one that is still written is left alone.

    :raises PermissionDenied: for everybody but the system
    """
    require_permission(Permission.SYSTEM, actor)
    in_sight = Draft.objects.visible_to(actor).select_for_update(of=("self",))
    draft = in_sight.filter(pk=draft_id).first()
    if draft is None:
        return
    then = rests_at(changed_at=draft.changed_at, danger=draft.danger)
    if then > at:
        schedule(RESTING, draft.pk, then)
    else:
        _moved(draft, DraftStep.REST, actor, at)


@transaction.atomic
def discard_draft(*, actor: Actor, draft_id: UUID, why: Discard, at: datetime) -> None:
    """Throw a draft away: its key is destroyed, and with it every word.

    :raises PermissionDenied: if somebody else writes it
    """
    draft = _locked(actor, draft_id)
    require(may_write_draft, actor, draft)
    _end(draft)
    _moved(draft, DraftStep.DISCARD, actor, at, draft_id=draft_id, why=why.value)


def record_report(
    *, actor: Actor, sheet: Sheet, told: Told, wishes: Wishes, at: datetime
) -> Receipt:
    """Make a report of a draft, or of a page that was never saved; twice is once.

    :raises PermissionDenied: if the actor works no reports
    :raises Overtaken: if another page or person saved the draft since
    :raises Gone: if the draft was discarded
    :raises Refused: if nobody could read it, or it came in in the future
    """
    require(may_record, actor, told)
    try:
        with transaction.atomic():
            return _finish(actor, sheet, told, wishes, at)
    except (IntegrityError, Gone):
        done = Report.objects.filter(form_tag=sheet.form.tag)
        stored = done.visible_to(actor).filter(recorded_by=actor.user_id).first()
        if stored is None and done.filter(recorded_by=actor.user_id).exists():
            raise Gone from None
        if stored is None:
            raise
    return shown_again(stored, sheet.form, at)


@transaction.atomic
def _save(actor: Actor, sheet: Sheet, at: datetime) -> int:
    text, desk = sheet.to_text(), desk_for(actor, office_named=sheet.office_named)
    draft = _on_sheet(actor, sheet)
    if draft is None:
        return _begin(actor, sheet, desk, text, at)
    key = ring(actor.keys).material(current_keys(draft.pk)[KEY])
    if draft.desk != desk:
        _move_to(draft, desk, key, actor, at)
    is_new_danger = sheet.is_danger and not draft.danger
    had_rested = rests(changed_at=draft.changed_at, danger=draft.danger, at=at)
    draft.danger = sheet.is_danger
    draft.version, draft.window, draft.changed_at = draft.version + 1, sheet.window, at
    draft.files = _ids(sheet)
    draft.text = seal_text(key, Draft, "text", draft.pk, text, draft.version)
    draft.save()
    if is_new_danger or had_rested:
        _wait(draft)
    if is_new_danger:
        _moved(draft, DraftStep.DANGER, actor, at)
    return draft.version


def _on_sheet(actor: Actor, sheet: Sheet) -> Draft | None:
    """Return the draft this page writes; None before it was first saved."""
    try:
        draft = _locked(actor, sheet.draft_id)
    except NotInSight:
        done = Report.objects.filter(form_tag=sheet.form.tag).exists()
        if done or sheet.version:
            raise Gone from None
        return None
    is_mine = draft.by == actor.user_id
    if not is_mine or (sheet.window != draft.window and sheet.version != draft.version):
        raise Overtaken(is_mine=is_mine)
    return draft


def _begin(actor: Actor, sheet: Sheet, desk: UUID, text: str, at: datetime) -> int:
    keys = new_keys(
        whose=sheet.draft_id,
        names=[KEY],
        holders=[*holders_at(desk), *_own(actor)],
        given_by=actor.user_id,
        at=at,
    )
    draft = Draft(
        pk=sheet.draft_id, desk=desk, by=actor.user_id, started_at=at, changed_at=at,
        window=sheet.window, danger=sheet.is_danger, files=_ids(sheet),
    )  # fmt: skip
    draft.text = seal_text(keys[KEY], Draft, "text", draft.pk, text, draft.version)
    draft.save(force_insert=True)
    _wait(draft)
    _moved(draft, DraftStep.DANGER if draft.danger else DraftStep.BEGIN, actor, at)
    return draft.version


def _finish(actor: Actor, sheet: Sheet, told: Told, wishes: Wishes, at: datetime) -> Receipt:
    _check_time(told, at)
    draft = _on_sheet(actor, sheet)
    report_id, desk = uuid7(), desk_for(actor, office_named=told.office_named)
    keys = new_keys(
        whose=report_id,
        names=COMPARTMENTS,
        holders=holders_at(desk),
        given_by=actor.user_id,
        at=at,
    )
    report = report_row(report_id, desk, sheet.form, told, keys, at)
    report.recorded_by, report.file_count = actor.user_id, len(sheet.files)
    keeps = wishes.keeps and desk == actor.organisation_id
    if keeps:
        report.state, report.holder = State.CLAIMED, actor.user_id
    report.save(force_insert=True)
    claim_files(report, sheet.files, keys["story"], at)
    clocks.begin(report)
    if keeps:
        clocks.happened(report, Moment.REPORT_TAKEN, actor=actor, at=at)
    words = None
    if wishes.code:
        _pair, words = receipts.renew(
            owner=report_id, materials=keys.values(), given_by=actor.user_id, at=at
        )
        keep_copy(sheet.form, report, words, at)
    facts = _facts(report, draft, told, keeps=keeps)
    if draft is not None:
        _end(draft)
    record_all(facts, actor=actor, at=at)
    return Receipt(report.number, words, report.received_at, report.due_at)


def _facts(report: Report, draft: Draft | None, told: Told, *, keeps: bool) -> list[Event]:
    danger = told.safety is Safety.DANGER
    facts: list[Event] = [
        ReportReceived(report.pk, report.desk, door=told.door.value, danger=danger)
    ]
    if draft is not None:
        step = DraftStep.FINISH.value
        facts.append(DraftMoved(draft.pk, draft.desk, step, report=report.pk))
    if keeps:
        facts.append(ReportMoved(report.pk, report.desk, Step.CLAIM.value, report.holder))
    return facts


def _check_time(told: Told, at: datetime) -> None:
    if told.received_at is None:
        return
    if told.received_at > at:
        raise Refused(IN_FUTURE)
    if not told.recorded.why_late:
        raise Refused(NO_REASON)


def _move_to(draft: Draft, desk: UUID, key: Material, actor: Actor, at: datetime) -> None:
    """Give the key to the other desk, and take it from the one it was for."""
    give([key], to=holders_at(desk), given_by=actor.user_id, at=at)
    take_away(owner=draft.desk, whose=draft.pk)
    draft.desk = desk


def _wait(draft: Draft) -> None:
    """Let the desk be told when it has rested; later saves are looked at then."""
    then = rests_at(changed_at=draft.changed_at, danger=draft.danger)
    schedule(RESTING, draft.pk, then)


def _end(draft: Draft) -> None:
    """Let nothing of a draft be left: neither text nor key nor due time."""
    cancel(RESTING, draft.pk)
    destroy_keys(draft.pk)
    draft.delete()


def _ids(sheet: Sheet) -> list[str]:
    return [one.id.hex for one in sheet.files]


def _own(actor: Actor) -> list[KeyPair]:
    pair = pair_in_force(actor.user_id, Kind.USER)
    return [pair] if pair else []


def _locked(actor: Actor, draft_id: UUID) -> Draft:
    in_sight = Draft.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, draft_id)


def _moved(
    draft: Draft,
    step: DraftStep,
    actor: Actor,
    at: datetime,
    *,
    draft_id: UUID | None = None,
    why: str = "",
) -> None:
    event = DraftMoved(draft_id or draft.pk, draft.desk, step.value, why=why)
    record(event, actor=actor, at=at)
