"""The legal track, step by step: what was done or is to come, and who goes along.

Steps start and meet the clocks of the law (``effects``); which step it was stays sealed.
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
    words_of,
)
from ruang.dossier.simfoni import Handling
from ruang.dossier.states import Kind
from ruang.dossier.values import day_in_words


class Happening(models.TextChoices):
    """What was done."""

    POLICE_REPORT = "police_report", _("Report to the police")
    TPKS_PROTECTION = "tpks_protection", _("Temporary protection by the police (TPKS)")
    KDRT_PROTECTION = "kdrt_protection", _("Temporary protection by the police (KDRT)")
    ORDER_ASKED = "order_asked", _("The court is asked for a protection order")
    ORDER_GIVEN = "order_given", _("The court gave a protection order")
    VISUM_ASKED = "visum_asked", _("The police asked for a visum")
    VISUM_RESULT = "visum_result", _("The hospital handed the visum to the police")
    BAP = "bap", _("Questioning on record (BAP)")
    TO_PROSECUTOR = "to_prosecutor", _("Handed to the prosecutor")
    HEARING = "hearing", _("Hearing in court")
    VERDICT = "verdict", _("Verdict")
    RESTITUTION_ASKED = "restitution_asked", _("Restitution asked for at LPSK")
    LPSK_ASKS = "lpsk_asks", _("LPSK asks for what is missing in the file")
    LPSK_COMPLETE = "lpsk_complete", _("LPSK finds the file complete")
    RESTITUTION_GIVEN = "restitution_given", _("Restitution was paid")
    OTHER = "other", _("Another step")


def _title(values: Values, names: Names) -> Words:
    what = words_of(values.get("step"), Happening) or words_of(values.get("stage"), Handling)
    said = str(what[0]) if what else str(_("Legal step"))
    when = day_in_words(values, "done_on")
    return f"{when} · {said}" if when else said


LEGAL_STEP = Schema(
    kind=Kind.LEGAL_STEP,
    compartment=Compartment.LEGAL,
    add=_("Add a step"),
    note=_(
        "The result of a visum is handed by the hospital to the police alone. Write here that "
        "it was; do not keep or pass on the result itself."
    ),
    groups=(
        Group(
            _("Step"),
            (
                Field("step", _("What was done"), Shape.CHOICE, Happening),
                Field("stage", _("Stage for SIMFONI (Penanganan)"), Shape.CHOICE, Handling),
                Field(
                    "done_on",
                    _("Done on"),
                    Shape.DATE,
                    hint=_(
                        "From this day the clocks of the law are counted. One that this step "
                        "meets counts as met when you save, not on this day."
                    ),
                ),
                Field("institution", _("Institution and officer")),
                Field("reference", _("Number of the document")),
            ),
        ),
        Group(
            _("What comes next"),
            (
                Field(
                    "next_on",
                    _("Next date"),
                    Shape.DATE,
                    hint=_(
                        "The nearest one stands in the list of cases, also when it is past, "
                        "until a step of that day or later is recorded."
                    ),
                ),
                Field("next_what", _("What happens then")),
                Field("companion", _("Who accompanies her")),
            ),
        ),
        Group(_("Note"), (Field("note", _("Note"), Shape.LONG),)),
    ),
    title=_title,
)
