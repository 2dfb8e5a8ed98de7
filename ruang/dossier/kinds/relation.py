"""What the reported person is to the survivor: once per pair, as the register counts it."""

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
    one,
    words_of,
)
from ruang.dossier.simfoni import Relation
from ruang.dossier.states import Kind


def _title(values: Values, names: Names) -> Words:
    pair = [names.get(one(values, name), "?") for name in ("person", "reported")]
    said = words_of(values.get("relation"), Relation)
    return f"{pair[1]} → {pair[0]}{f': {said[0]}' if said else ''}"


RELATION = Schema(
    kind=Kind.RELATION,
    compartment=Compartment.SUSPECT,
    add=_("Add a relation"),
    groups=(
        Group(
            _("What the reported person is to the survivor"),
            (
                Field("person", _("Survivor"), Shape.PERSON),
                Field("reported", _("Reported person"), Shape.PERSON),
                Field("relation", _("The reported person is her or his …"), Shape.CHOICE,
                      Relation, simfoni=True),
                Field("lives_together", _("Do they live under one roof?"), Shape.YES_NO),
                Field("note", _("In words"), Shape.LONG),
            ),
        ),
    ),
    title=_title,
)  # fmt: skip
