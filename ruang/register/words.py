"""How columns and values of the register are said."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ruang.kernel.ids import uuid_of
from ruang.register.states import (
    Band,
    CommunityKind,
    Ending,
    SchoolLevel,
    Sex,
    VenueKind,
)

Words = str | Promise
NOTHING = "–"

COLUMN_WORDS: dict[str, Words] = {
    "local_name": _("Name on the spot"),
    "households": _("Households"),
    "people": _("People"),
    "female": _("Women and girls"),
    "male": _("Men and boys"),
    "has_estimated_bands": _("Age bands estimated"),
    "npsn": "NPSN",
    "name": _("Name"),
    "level": _("Level"),
    "kind": _("Kind"),
    "pupils_female": _("Girls"),
    "pupils_male": _("Boys"),
    "members": _("Members"),
    "capacity": _("Room for"),
    "has_step_free_entry": _("Entry without steps"),
    "opens_at": _("Opens"),
    "closes_at": _("Closes"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "rw_place": _("Place of the RW on the map"),
    "village": _("Kelurahan"),
    "ending": _("Ended because"),
    "rw": "RW",
    "rt": "RT",
}
_CODES: dict[str, Words] = {
    code: label
    for choices in (SchoolLevel, CommunityKind, VenueKind, Ending)
    for code, label in choices.choices
}


def column(name: str) -> Words:
    """Say a column."""
    if name in COLUMN_WORDS:
        return COLUMN_WORDS[name]
    sex, _line, band = name.partition("_")
    if sex in Sex.values and band in Band.values:
        return f"{Sex(sex).label}, {Band(band).label}"
    return name


def value(name: str, said: Any) -> Words:
    """Say a value of a column."""
    if said is None or said == "":
        return NOTHING
    if isinstance(said, bool):
        return pgettext_lazy("a value", "yes") if said else pgettext_lazy("a value", "no")
    if isinstance(said, list):
        return " ".join(str(value(name, one)) for one in said)
    if name in {"level", "kind", "ending"}:
        return _CODES.get(str(said), str(said))
    return str(said)


@dataclass(frozen=True, slots=True)
class Difference:
    """What stood in a column before, and what stands there now."""

    label: Words
    old: Words
    new: Words


def differences(old: dict[str, Any], new: dict[str, Any]) -> tuple[Difference, ...]:
    """Say what differs, in words; the successors of an RT or RW are said by their links."""
    return tuple(
        Difference(column(name), value(name, old.get(name)), value(name, said))
        for name, said in new.items()
        if name not in {"rts", "rws"} and old.get(name) != said and uuid_of(str(said)) is None
    )
