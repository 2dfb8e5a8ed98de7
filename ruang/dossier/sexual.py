"""What in the records of a case speaks of sexual violence: then nothing is settled (ADR 0032).

An incident makes the case one of sexual violence. A danger sign, and protection by the police
under UU 12/2022, bar the settling alone: whether it is TPKS is for a person to say.
"""

from datetime import datetime
from uuid import UUID

from ruang.access.actor import Actor
from ruang.dossier.kinds.incident import is_sexual, offences
from ruang.dossier.kinds.legal import Happening
from ruang.dossier.kinds.risk import LISTS, sexual
from ruang.dossier.models import Record
from ruang.dossier.reading import answers_of
from ruang.dossier.schema import Values, one
from ruang.dossier.states import Kind
from ruang.risk import Answer

SPEAKING = (Kind.INCIDENT, *LISTS, Kind.LEGAL_STEP)
"""Kinds of record that can speak of it."""


def speaks_of_it(kind: Kind, values: Values) -> bool:
    """Say whether these answers speak of sexual violence."""
    if kind is Kind.INCIDENT:
        return is_sexual(values)
    if kind in LISTS:
        return sexual(kind, values) is Answer.YES
    return kind is Kind.LEGAL_STEP and one(values, "step") == Happening.TPKS_PROTECTION


def is_told_anew(record: Record, before: Values, now: Values) -> bool:
    """Say whether an incident tells of sexual violence that it did not tell of before.

    One that is brought back tells nothing new; nor does an edit that only names the offence of
    a form that was told, or says more of it.
    """
    if record.kind != Kind.INCIDENT or (not before and record.version > 1):
        return False
    if not is_sexual(before):
        return is_sexual(now)
    had = offences(before)
    return bool(had and offences(now) - had)


def is_denied(case_id: UUID, actor: Actor) -> bool:
    """Say whether no record that counts speaks of it, and the danger signs asked here say no.

    What this actor cannot open may speak of it.
    """
    rows = Record.objects.visible_to(actor).filter(
        case=case_id, kind__in=SPEAKING, retired_at=None
    )
    opened = answers_of(rows.order_by("pk"), actor)
    if any(said is None or speaks_of_it(Kind(row.kind), said) for row, said in opened):
        return False
    lists = [(Kind(row.kind), said) for row, said in opened if row.kind in LISTS]
    return any(said and sexual(kind, said) is Answer.NO for kind, said in lists)


def may_speak_since(case_id: UUID, since: datetime) -> bool:
    """Say whether a record was written or changed since then that can speak of it.

    What it says is sealed: whoever was asked before it was written is asked anew.
    """
    rows = Record.objects.filter(case=case_id, kind__in=SPEAKING, changed_at__gt=since)
    return rows.exists()
