"""The danger signs that were asked for go along into the case, in the words of the asking.

What they say of sexual violence goes along as a code: nothing is settled then (ADR 0032).
"""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ruang.access.actor import Actor
from ruang.cases.commands import Told
from ruang.cases.states import Compartment, EntryKind
from ruang.intake.models import Report, RiskCheck
from ruang.intake.writing import NOT_HELD
from ruang.kernel.errors import Refused
from ruang.risk import Answer, Filled, sexual_answer
from ruang.risk.filled import Asked
from ruang.vault.texts import open_texts

Check = tuple[RiskCheck, Filled]


def checks_of(report: Report, actor: Actor) -> list[Check]:
    """Open every filling-in of the checklist, the oldest first.

    :raises Refused: if the report is closed to this desk
    """
    rows = list(report.risk_checks.order_by("at", "pk"))
    texts = open_texts(actor.keys, rows, "answers")
    if any(text is None for text in texts):
        raise Refused(NOT_HELD)
    return [
        (row, Filled.from_text(text)) for row, text in zip(rows, texts, strict=True) if text
    ]


def as_notes(checks: Iterable[Check]) -> list[Told]:
    """Return each filling-in as a note for the team."""
    with translation.override(settings.LANGUAGE_CODE):
        return [
            Told(Compartment.NARRATIVE, EntryKind.NOTE, _note(row, filled))
            for row, filled in checks
        ]


def speak_of_sexual_violence(checks: Iterable[Check]) -> bool:
    """Say whether the newest answer of a list does; at the desk, asking again corrects.

    An answer that was left out, or is not known, corrects nothing.
    """
    newest = {}
    for _row, filled in checks:
        said = sexual_answer(filled.code, filled.answers)
        if said in {Answer.YES, Answer.NO}:
            newest[filled.code] = said
    return Answer.YES in newest.values()


def _note(row: RiskCheck, filled: Filled) -> str:
    head = _("Danger signs asked for on %(day)s, list %(list)s %(version)s: %(level)s") % {
        "day": f"{localtime(row.at):%d.%m.%Y %H.%M}",
        "list": filled.code,
        "version": filled.version,
        "level": filled.level.label,
    }
    parts = ((_("Yes:"), filled.signs), (_("Not answered or not known:"), filled.unanswered))
    return "\n".join([head, *(line for title, asked in parts for line in _lines(title, asked))])


def _lines(title: str, asked: Iterable[Asked]) -> list[str]:
    listed = [f"– {one.words}" for one in asked]
    return [title, *listed] if listed else []
