"""That a report was opened again after it had been decided."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from ruang.audit.trail import happenings
from ruang.identity import directory
from ruang.intake.events import ReportMoved
from ruang.intake.models import Report
from ruang.intake.states import Reopened, Step

LAST = 200
"""So many of the latest facts of a report are looked through, at most."""


@dataclass(frozen=True, slots=True)
class ReopenedShown:
    """When it was opened again last, by whom, and why."""

    at: datetime
    by: str
    why: str | Promise


def reopened_of(*, report: Report) -> ReopenedShown | None:
    """Return how a report in sight was opened again; its facts are read only where it was."""
    if report.reopened_at is None:
        return None
    for fact in happenings(report.pk, [ReportMoved.name], limit=LAST):
        if fact.codes["step"] == Step.REOPEN:
            by = "".join(directory.names([fact.by]).values())
            return ReopenedShown(fact.at, by, Reopened(str(fact.codes["code"])).label)
    return None
