"""The days of which manager and deputy are reminded, as the records of a case say (ADR 0049).

A day stays until it is done, also when it is past: of the legal track once a step of that day
or a later one is on record, of a safety plan once another day is set. Changing or emptying it
in its record, or setting the record aside, ends it too.
"""

from datetime import date, datetime

from django.utils.timezone import localdate

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.dossier.models import Record
from ruang.dossier.reading import answers_of
from ruang.dossier.schema import Values
from ruang.dossier.states import Kind
from ruang.dossier.values import day


def legal_on(
    case: Case, record: Record, now: Values, actor: Actor, at: datetime
) -> date | None:
    """Return the nearest date of the legal track that no step on record covers.

    :param now: what counts now of the record that was saved
    """
    said, is_whole = _said(case, record, now, actor, Kind.LEGAL_STEP)
    steps = [(day(one.get("next_on")), day(one.get("done_on"))) for one in said]
    done = [(place, on) for place, (_next, on) in enumerate(steps) if on is not None]
    open_days = [
        coming
        for place, (coming, _done) in enumerate(steps)
        if coming is not None
        and not any(other != place and coming <= on <= localdate(at) for other, on in done)
    ]
    return _nearest(open_days, case.legal_on, is_whole=is_whole)


def safety_on(case: Case, record: Record, now: Values, actor: Actor) -> date | None:
    """Return the nearest day on which a safety plan is looked at again."""
    said, is_whole = _said(case, record, now, actor, Kind.SAFETY_PLAN)
    days = [found for one in said if (found := day(one.get("again_on"))) is not None]
    return _nearest(days, case.safety_on, is_whole=is_whole)


def _said(
    case: Case, record: Record, now: Values, actor: Actor, kind: Kind
) -> tuple[list[Values], bool]:
    """Return the answers of the records of a kind that count, and whether all could be read."""
    rows = Record.objects.visible_to(actor).filter(case=case, kind=kind, retired_at=None)
    others = [said for _row, said in answers_of(rows.exclude(pk=record.pk), actor)]
    read = [said for said in others if said is not None]
    return [*read, *([now] if now else [])], len(read) == len(others)


def _nearest(days: list[date], before: date | None, *, is_whole: bool) -> date | None:
    """Return the nearest day; what stood there stays where somebody could not read it all."""
    kept = [] if is_whole or before is None else [before]
    return min([*days, *kept], default=None)
