"""Sentences that more than one place of the plan says."""

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.plans.states import Detail, Function, Kind

if TYPE_CHECKING:
    from ruang.plans.models import Service
    from ruang.plans.sealed import ServiceText

NO_SETTLEMENT = _(
    "A code or a record of this case says sexual violence: nothing is ever mediated or settled "
    "(UU 12/2022 ps 23). What helps her is in the other services."
)
NOT_THIS_KIND = _(
    "Mediation exists only for civil matters of women's rights and for labour disputes. Set "
    "the kind of the case first, if it is one."
)
NOT_HELD_YET = _(
    "Mediation begins with the assessments of psychologist and companion, and her own request. "
    "Record them and a session under Mediation first."
)
NO_BPJS = _(
    "BPJS does not pay for victims of crime (Perpres 82/2018 ps 52). Within a legal process "
    "LPSK pays on application; else it is the city's budget."
)
NOT_HEALTH = _(
    "Visum, medical and psychological belong to the kind Health. Choose that kind, or leave "
    "the detail empty."
)


def name_of(row: "Service", said: "ServiceText") -> str | Promise:
    """Return what a service is called: its kind, else its place in the standard."""
    if not row.kind:
        return Function(row.function).label
    kind = Kind(row.kind).label
    return f"{kind}: {Detail(said.detail).label}" if said.detail else kind
