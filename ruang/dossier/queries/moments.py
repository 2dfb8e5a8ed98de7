"""What happened to the records of a case, for its timeline: from the facts, without content."""

from django.utils.translation import gettext_lazy as _

from ruang.audit.feed import Happened
from ruang.cases.queries import Moment
from ruang.dossier.events import RecordMoved
from ruang.dossier.schema import Words
from ruang.dossier.states import ADD, Kind, Reason, Step

FACTS = (RecordMoved.name,)


def record_moment(*, fact: Happened) -> Moment:
    """Return what happened to a record as a moment."""
    step = str(fact.codes.get("step", ""))
    return Moment(
        key=f"d{fact.number:012d}",
        at=fact.at,
        title=Kind(str(fact.codes["kind"])).label,
        detail=_said(step, fact),
        by=fact.by,
    )


def _said(step: str, fact: Happened) -> Words:
    if step == ADD:
        return _("added")
    if step == Step.RETIRE:
        return Reason(str(fact.codes.get("code"))).label
    if step == Step.RESTORE:
        return _("brought back")
    return _("saved (version %(number)s)") % {"number": fact.codes.get("version")}
