"""Danger signs asked again while the case runs: one list for adults, one for children.

What was asked is kept word by word with its version. The list suggests, and raises the risk of
the case in the same save (``effects``); it never lowers it.
"""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext_lazy as _

from ruang.cases.states import Compartment
from ruang.dossier.schema import (
    Field,
    Group,
    Names,
    Schema,
    Shape,
    Value,
    Values,
    Warned,
    Words,
    one,
)
from ruang.dossier.states import Kind
from ruang.dossier.values import day_in_words
from ruang.kernel.codes import Age, Risk
from ruang.risk import (
    CHECKLISTS,
    Answer,
    Checklist,
    Suggestion,
    fill,
    sexual_answer,
    suggest,
)

LISTS: dict[Kind, Checklist] = {
    Kind.RISK_ADULT: CHECKLISTS[Age.ADULT],
    Kind.RISK_CHILD: CHECKLISTS[Age.CHILD],
}
"""Kind → the list that is asked."""
FILLED = "filled"
"""Beside the answers: the list, its version, and the words in which each was asked."""


def suggested(kind: Kind, values: Values) -> Suggestion:
    """Return what these answers suggest."""
    return suggest(LISTS[kind], _answers(kind, values))


def sexual(kind: Kind, values: Values) -> Answer | None:
    """Return what was answered to the question about sexual violence."""
    return sexual_answer(LISTS[kind].code, _answers(kind, values))


def _answers(kind: Kind, values: Values) -> dict[str, Answer]:
    said = {item.id: one(values, item.id) for item in LISTS[kind].items}
    return {code: Answer(value) for code, value in said.items() if value in Answer.values}


def _title(kind: Kind, values: Values, names: Names) -> Words:
    who, level = names.get(one(values, "person"), ""), suggested(kind, values).level
    parts = (day_in_words(values, "asked_on"), who, str(Risk(level).label))
    return " · ".join(part for part in parts if part)


def _warnings(kind: Kind, values: Values) -> tuple[Warned, ...]:
    found = suggested(kind, values)
    words = {item.id: item.words for item in LISTS[kind].items}
    said = [
        Warned(code, _("Red flag: %(words)s") % {"words": words[code]})
        for code in found.red_flags
    ]
    if found.unanswered:
        still = _("%(count)d questions are open. That is no “no”: ask again.")
        said.append(Warned("", still % {"count": len(found.unanswered)}))
    return tuple(said)


def _kept(kind: Kind, values: Values) -> Mapping[str, Value]:
    return {FILLED: fill(LISTS[kind], _answers(kind, values))[0].to_text()}


def _schema(kind: Kind, add: Words) -> Schema:
    checklist = LISTS[kind]

    signs = tuple(Field(item.id, item.words, Shape.CHOICE, Answer) for item in checklist.items)
    return Schema(
        kind=kind,
        compartment=Compartment.NARRATIVE,
        add=add,
        note=_(
            "One red flag is enough for a high risk. The list only raises the risk of the "
            "case; who sees it as lower asks a second person."
        ),
        groups=(
            Group(
                _("Of whom, when"),
                (
                    Field("person", _("Of whom"), Shape.PERSON),
                    Field("asked_on", _("Day"), Shape.DATE),
                ),
            ),
            Group(checklist.title, signs),
            Group(_("Note"), (Field("note", _("Note"), Shape.LONG),)),
        ),
        title=partial(_title, kind),
        warnings=partial(_warnings, kind),
        kept=partial(_kept, kind),
    )


RISK_ADULT = _schema(Kind.RISK_ADULT, _("Ask an adult"))
RISK_CHILD = _schema(Kind.RISK_CHILD, _("Ask about a child"))
