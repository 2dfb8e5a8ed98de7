"""Sealing a record and keeping what stood there before; then what follows from it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.cases import seats
from ruang.cases.models import Case
from ruang.cases.states import Compartment
from ruang.cases.states import Step as CaseStep
from ruang.cases.writing import NOT_HELD, material
from ruang.dossier import effects
from ruang.dossier.events import RecordMoved
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.models import Record, Version
from ruang.dossier.reading import answers
from ruang.dossier.schema import Value, Values
from ruang.dossier.states import ADD, Kind
from ruang.dossier.values import codes_of, to_text, with_changes
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.outbox.leave import leave
from ruang.vault.keyring import CannotOpen
from ruang.vault.texts import seal_text


def locked(actor: Actor, record_id: UUID) -> tuple[Case, Record]:
    """Load a record by sight and hold its case: changes come one after the other."""
    in_sight = Record.objects.visible_to(actor)
    case = seats.locked(actor, sight.one(in_sight, record_id).case_id)
    return case, sight.one(in_sight, record_id)


def opened(record: Record, actor: Actor) -> dict[str, Value]:
    """Return the answers of a record that is to be changed.

    :raises Refused: if the actor does not hold its compartment
    """
    try:
        return answers(record, actor)
    except CannotOpen:
        raise Refused(NOT_HELD) from None


def put_record(
    case: Case,
    kind: Kind,
    said: Mapping[str, Value],
    *,
    actor: Actor,
    at: datetime,
    form_tag: bytes | None,
) -> Record:
    """Seal a new record into an open case, with what follows from it."""
    case.take(CaseStep.WRITE)
    compartment = SCHEMAS[kind].compartment
    row = Record(
        pk=uuid7(), case=case, kind=kind, compartment=compartment, at=at, by=actor.user_id,
        changed_at=at, changed_by=actor.user_id, form_tag=form_tag,
    )  # fmt: skip
    now = with_changes({}, said)
    now |= SCHEMAS[kind].kept(now)
    key = material(case, compartment, actor)
    row.text = seal_text(key, Record, "text", row.pk, to_text(now))
    row.save(force_insert=True)
    after(case, row, before={}, now=now, actor=actor, at=at)
    return row


def put_version(
    case: Case,
    row: Record,
    now: Values,
    *,
    before: Values,
    actor: Actor,
    at: datetime,
    step: CaseStep = CaseStep.WRITE,
) -> None:
    """Seal a record anew under the newest key; what stood there becomes an earlier version.

    :param step: what it is saved for; most of it is saved in an open case alone
    """
    case.take(step)
    now = {**now, **SCHEMAS[Kind(row.kind)].kept(now)}
    key = material(case, Compartment(row.compartment), actor)
    old = Version(
        pk=uuid7(), record=row, version=row.version, at=row.changed_at, by=row.changed_by
    )
    old.text = seal_text(key, Version, "text", old.pk, to_text(before), old.version)
    old.save(force_insert=True)
    row.version += 1
    row.changed_at, row.changed_by = at, actor.user_id
    row.text = seal_text(key, Record, "text", row.pk, to_text(now), row.version)
    row.save()


def after(
    case: Case, row: Record, *, before: Values, now: Values, actor: Actor, at: datetime
) -> None:
    """Do what follows from answers, leave the coded ones for the statistics, touch the case.

    :param now: what counts now: nothing, where the record was set aside
    """
    effects.follow(case, row, before=before, now=now, actor=actor, at=at)
    case.changed_at = at
    case.save(update_fields=[
        "changed_at", "age", "tpks", "tpks_question", "sexual_by_record", "legal_on",
        "safety_on", "risk", "rank",
    ])  # fmt: skip
    left(case, row, now, at=at)


def left(case: Case, row: Record, now: Values, *, at: datetime) -> None:
    """Leave the coded answers of a record for the statistics process."""
    codes = codes_of(SCHEMAS[Kind(row.kind)], now, localdate(case.opened_at))
    if row.retired_at is not None:
        codes = {"retired": True}
    leave(
        subject=case.pk, kind=row.kind, row=row.pk, version_of_row=row.version, codes=codes,
        at=at,
    )  # fmt: skip


def moved(row: Record, step: str = ADD, code: str = "") -> RecordMoved:
    """Return the fact of what happened to a record."""
    return RecordMoved(row.case_id, row.pk, row.kind, step, row.version, code)
