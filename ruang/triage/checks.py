"""The danger signs that were asked for go along into the case, in the words of the asking."""

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
from ruang.risk import Filled
from ruang.risk.filled import Asked
from ruang.vault.texts import open_texts


def checks_told(report: Report, actor: Actor) -> list[Told]:
    """Return every filling-in of the checklist as a note for the team.

    :raises Refused: if the report is closed to this desk
    """
    rows = list(report.risk_checks.order_by("at", "pk"))
    texts = open_texts(actor.keys, rows, "answers")
    if any(text is None for text in texts):
        raise Refused(NOT_HELD)
    with translation.override(settings.LANGUAGE_CODE):
        return [
            Told(Compartment.NARRATIVE, EntryKind.NOTE, _note(row, Filled.from_text(text)))
            for row, text in zip(rows, texts, strict=True)
            if text
        ]


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
