"""What the reporter writes goes where her thread is: to the desk, or into the case."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.cases import commands as cases
from ruang.cases.commands import Brought
from ruang.intake import commands as intake
from ruang.intake.attachments import StoredFile
from ruang.intake.models import Report
from ruang.intake.policy import may_follow
from ruang.intake.states import MessageKind
from ruang.triage.models import Decision


@transaction.atomic
def write_as_reporter(
    *,
    actor: Actor,
    text: str,
    form_tag: bytes,
    kind: MessageKind = MessageKind.TEXT,
    files: Sequence[StoredFile] = (),
    at: datetime,
) -> None:
    """Write in her thread, wherever it is now; the same form twice is one message.

    Where it is cannot change meanwhile: who decides the report waits for the same row.

    :raises NotInSight: if there is no such report
    """
    in_sight = Report.objects.visible_to(actor).select_for_update(of=("self",))
    report = sight.one(in_sight, actor.user_id)
    require(may_follow, actor, report)
    if report.messages.filter(form_tag=form_tag).exists():
        return  # written just before it became a case, and carried over
    case_id = Decision.objects.filter(report=report).values_list("case", flat=True).first()
    if case_id is None:
        intake.write_as_reporter(
            actor=actor,
            report_id=report.pk,
            text=text,
            form_tag=form_tag,
            kind=kind,
            files=files,
            at=at,
        )
    else:
        _into_case(actor, case_id, text, form_tag, kind, files, at)


def _into_case(
    actor: Actor,
    case_id: UUID,
    text: str,
    form_tag: bytes,
    kind: MessageKind,
    files: Sequence[StoredFile],
    at: datetime,
) -> None:
    brought = [
        Brought(one.id, at, one.family, one.bucket, one.card.to_text(), None) for one in files
    ]
    cases.write_from_reporter(
        actor=actor,
        case_id=case_id,
        text=text,
        kind=kind,
        files=brought,
        form_tag=form_tag,
        at=at,
    )
