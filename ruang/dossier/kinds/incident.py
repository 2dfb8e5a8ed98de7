"""What happened: the codes of the register, the offences of UU 12/2022, when, where, the story.

An incident with a sexual form, one of these offences or trafficking for sexual exploitation
makes the case one of sexual violence.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ruang.cases.states import Compartment
from ruang.dossier.schema import (
    Field,
    Group,
    Names,
    Schema,
    Shape,
    Values,
    Words,
    many,
    one,
    words_of,
)
from ruang.dossier.simfoni import Form, Place, Tpks, Trafficking
from ruang.dossier.states import Kind
from ruang.dossier.values import day_in_words


class When(models.TextChoices):
    """How well the time is known."""

    ON = "on", _("On this day")
    ABOUT = "about", _("About then")
    REPEATED = "repeated", _("Repeatedly since then")


def offences(values: Values) -> frozenset[str]:
    """Return which offences of UU 12/2022 ps 4 an incident names."""
    named = set(many(values, "tpks"))
    if Trafficking.SEXUAL in many(values, "trafficking"):
        named.add(f"trafficking:{Trafficking.SEXUAL}")
    return frozenset(named)


def is_sexual(values: Values) -> bool:
    """Say whether this is sexual violence: by form, offence, or kind of trafficking.

    Trafficking for sexual exploitation is an offence of UU 12/2022 too (ps 4(2)h).
    """
    return Form.SEXUAL in many(values, "forms") or bool(offences(values))


def _title(values: Values, names: Names) -> Words:
    forms = ", ".join(str(word) for word in words_of(values.get("forms"), Form))
    when = day_in_words(values, "happened_on") or one(values, "when_words")[:60]
    return " · ".join(part for part in (when, forms) if part) or _("What happened")


INCIDENT = Schema(
    kind=Kind.INCIDENT,
    compartment=Compartment.NARRATIVE,
    add=_("Add an incident"),
    note=_(
        "A sexual form, any offence of UU 12/2022, or trafficking for sexual exploitation "
        "starts the clock of the report to the police (3×24 h), and no mediation is offered "
        "any more (ps 23)."
    ),
    groups=(
        Group(
            _("What it was"),
            (
                Field("forms", _("Forms of violence"), Shape.CHOICES, Form, simfoni=True),
                Field("tpks", _("Offences of UU 12/2022 ps 4"), Shape.CHOICES, Tpks),
                Field("trafficking", _("Kinds of trafficking"), Shape.CHOICES, Trafficking,
                      simfoni=True, asked_with=("forms", Form.TRAFFICKING)),
                Field("kdrt", _("Violence in the household (KDRT)?"), Shape.YES_NO,
                      simfoni=True),
            ),
        ),
        Group(
            _("When"),
            (
                Field("when", _("How well is the time known?"), Shape.CHOICE, When),
                Field("happened_on", _("Day, or since when"), Shape.DATE, simfoni=True),
                Field("when_words", _("When, in words"),
                      hint=_("For example: every weekend since the fasting month.")),
            ),
        ),
        Group(
            _("Where"),
            (
                Field("place", _("Kind of place"), Shape.CHOICE, Place, simfoni=True),
                Field("where", _("Address or landmark"), Shape.LONG, simfoni=True),
                Field("village", _("Kelurahan"), Shape.VILLAGE, simfoni=True,
                      or_else="elsewhere"),
                Field("elsewhere", _("Outside this city: where"),
                      hint=_("Village or kelurahan, kecamatan, city or regency, province.")),
                Field("online", _("Also over telephone or internet?"), Shape.YES_NO),
            ),
        ),
        Group(
            _("What happened"),
            (
                Field("chronology", _("Chronology"), Shape.LONG, simfoni=True,
                      hint=_("In her own words, so that she need not tell it again.")),
                Field("person", _("Survivor"), Shape.PERSON),
                Field("witnesses", _("Who saw or knows it"), Shape.LONG),
            ),
        ),
    ),
    title=_title,
)  # fmt: skip
