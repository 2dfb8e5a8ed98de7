"""What another report repeats: found by its number, raised by it, and told what it tells.

A report is found within the desk's own sight. A case is found by its number by who is on its
team, and by who made it of a report; for everybody else such a number is no number at all.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from ruang.access.actor import SYSTEM, Actor
from ruang.cases import commands as cases
from ruang.cases.commands import Told
from ruang.cases.models import Case
from ruang.cases.states import Compartment, EntryKind
from ruang.intake import commands as intake
from ruang.intake.clocks import level
from ruang.intake.models import Report
from ruang.intake.states import OPEN, Side
from ruang.intake.writing import NOT_HELD
from ruang.kernel.codes import Risk
from ruang.kernel.errors import Refused
from ruang.risk.suggesting import raises
from ruang.triage.becoming import files_of, narrative_of, written_down_of
from ruang.triage.checks import as_notes, checks_of
from ruang.triage.models import Decision
from ruang.triage.states import Outcome
from ruang.vault.texts import open_texts


@dataclass(frozen=True, slots=True)
class Repeated:
    """What is repeated.

    :ivar case: what it became, if it became a case
    """

    report: Report
    case: Case | None


def repeated(report: Report, number: str, actor: Actor) -> Repeated:
    """Return the report with this number, or the one that became the case with it.

    :raises Refused: if there is none at this desk, or it repeats another one itself
    """
    wanted = "".join(number.split()).upper()
    seen = Report.objects.visible_to(actor).exclude(pk=report.pk)
    decisions = Decision.objects.visible_to(actor).select_related("case")
    found = seen.filter(number=wanted).first()
    if found is None:
        hers = Q(case__in=Case.objects.visible_to(actor).values("pk")) | Q(by=actor.user_id)
        became = decisions.filter(hers, case__number=wanted, report__in=seen.values("pk"))
        found = seen.filter(pk__in=became.values("report")).first()
    if found is None:
        raise Refused(_("There is no other report with this number at your desk."))
    own = decisions.filter(report=found).first()
    if own is not None and own.outcome == Outcome.SAME_AS:
        raise Refused(_("That report repeats another one itself. Give the number of that one."))
    return Repeated(found, own.case if own else None)


def join(report: Report, to: Repeated, *, actor: Actor, at: datetime) -> None:
    """Let what is repeated be no lower a risk than what repeats it, and a case be told.

    :raises Refused: if it is decided or closed, so that nobody would look after the danger, or
        the report is closed to this desk
    """
    if to.case is None:
        _raise_report(report, to.report, at)
        return
    cases.tell_again(
        actor=actor, case_id=to.case.pk, told=_told(report, actor),
        brought=files_of(report, actor), at=at,
    )  # fmt: skip
    if _is_higher(level(report), to.case.level):
        cases.raise_case(actor=SYSTEM, case_id=to.case.pk, risk=level(report), at=at)


def _raise_report(report: Report, to: Report, at: datetime) -> None:
    risk = level(report)
    if not _is_higher(risk, level(to)):
        return
    if to.state not in OPEN:
        raise Refused(
            _("That report is decided, and this is a higher risk. Open that one again first.")
        )
    intake.raise_report(actor=SYSTEM, report_id=to.pk, risk=risk, at=at)


def _is_higher(risk: Risk, there: Risk) -> bool:
    """Say whether what was judged, or told as a danger, is higher than what stands there."""
    return risk is not Risk.UNRATED and raises(risk, there)


def _told(report: Report, actor: Actor) -> list[Told]:
    """Return everything that was told in a report, as entries of what was told in the case."""
    with translation.override(settings.LANGUAGE_CODE):
        head = _("Told again, in report %(number)s") % {"number": report.number}
    notes = (*written_down_of(report, actor), _messages(report, actor))
    return [
        *(_with(head, one) for one in narrative_of(report, actor)),
        *(_note(f"{head}\n\n{text}") for text in notes if text),
        *as_notes(checks_of(report, actor)),
    ]


def _with(head: str, told: Told) -> Told:
    """Return the story with a word on where it was told; the team sees that also of none."""
    is_story = told.kind is EntryKind.STORY
    return replace(told, text=f"{head}\n\n{told.text}".strip()) if is_story else told


def _note(text: str) -> Told:
    return Told(Compartment.NARRATIVE, EntryKind.NOTE, text)


def _messages(report: Report, actor: Actor) -> str:
    """Return what the reporter wrote in her thread, one message after the other."""
    rows = list(report.messages.filter(side=Side.REPORTER).order_by("at", "id"))
    texts = open_texts(actor.keys, rows, "text")
    if any(text is None for text in texts):
        raise Refused(NOT_HELD)
    return "\n\n".join(text for text in texts if text)
