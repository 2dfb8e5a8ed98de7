"""The safety plan. What is printed carries neutral words alone: somebody else may find it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ruang.cases.states import Compartment
from ruang.dossier.schema import (
    NO,
    Field,
    Group,
    Names,
    Schema,
    Shape,
    Values,
    Warned,
    Words,
    one,
)
from ruang.dossier.states import Kind
from ruang.dossier.values import day_in_words


def _title(values: Values, names: Names) -> Words:
    who, day = names.get(one(values, "person"), ""), day_in_words(values, "made_on")
    return " · ".join(part for part in (who, day) if part) or _("Safety plan")


def _warnings(values: Values) -> tuple[Warned, ...]:
    if one(values, "may_keep") != NO:
        return ()
    words = _("She cannot keep a paper safely: print nothing for her unless that has changed.")
    return (Warned("may_keep", words),)


def _long(name: str, label: Words, printed: Words, hint: Words = "") -> Field:
    return Field(name, label, Shape.LONG, printed=printed, hint=hint)


SAFETY_PLAN = Schema(
    kind=Kind.SAFETY_PLAN,
    compartment=Compartment.PLAN,
    add=_("Make a safety plan"),
    note=_(
        "Made with her, in her words. Five answers (what to do at once, where to go, how to "
        "get there, whom to ring, what to pack) can be printed for her under neutral headings: "
        "write there nothing that tells what happened, and no name."
    ),
    groups=(
        Group(
            _("Whose, when"),
            (
                Field("person", _("Whose plan"), Shape.PERSON),
                Field("made_on", _("Day"), Shape.DATE),
                Field("may_keep", _("Can she keep a paper safely?"), Shape.YES_NO),
            ),
        ),
        Group(
            _("Signs and first steps"),
            (
                Field("signs", _("Signs that it becomes dangerous"), Shape.LONG),
                _long("calm", _("What she can do at once"), pgettext_lazy("paper", "To do")),
                Field("word", _("Code word, and who knows it"), Shape.LONG),
            ),
        ),
        Group(
            _("Where and with whom"),
            (
                _long("go", _("Where she can go"), pgettext_lazy("paper", "Errands")),
                _long("way", _("How she gets there"), pgettext_lazy("paper", "On the way"),
                      _("By day, by night, without money.")),
                _long("call", _("Whom she can ring"), pgettext_lazy("paper", "Numbers"),
                      _("For the paper: first names or nicknames, and numbers.")),
                Field("children", _("How the children stay safe"), Shape.LONG),
            ),
        ),
        Group(
            _("To have at hand"),
            (
                _long("pack", _("What to pack"), pgettext_lazy("paper", "Shopping list"),
                      _("Papers, money, medicine, keys, clothes, things of the children.")),
                Field("kept_at", _("Where it is kept"), Shape.LONG),
                Field("phone_safe", _("Telephone and accounts: what was made safe"),
                      Shape.LONG),
            ),
        ),
        Group(_("Next look"), (Field("again_on", _("Look at it again on"), Shape.DATE),)),
    ),
    title=_title,
    warnings=_warnings,
)  # fmt: skip
