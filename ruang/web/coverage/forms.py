"""What narrows the pages of reach, and what is said with a file of boundaries."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.prevention.queries.coverage_list import Show
from ruang.prevention.reach import Rule, Sieve
from ruang.prevention.states import Audience, Unit
from ruang.territory.facts import Place
from ruang.web.answers import Words

MONTHS = {
    3: _("last 3 months"),
    6: _("last 6 months"),
    12: _("last 12 months"),
    24: _("last 24 months"),
}
SHOWN = {"": Show.ALL, "belum": Show.NEVER, "lewat": Show.OVERDUE}
UNITS = {"": Unit.RW, "sekolah": Unit.SCHOOL, "komunitas": Unit.COMMUNITY}
"""Words in the address → what they ask for."""


class Narrow(forms.Form):
    """What narrows a page. Anything unknown narrows nothing."""

    bulan = forms.ChoiceField(
        label=_("Period"),
        required=False,
        choices=[(str(months), words) for months, words in MONTHS.items()],
        initial="12",
    )
    program = forms.ChoiceField(label=_("Programme"), required=False)
    sasaran = forms.ChoiceField(label=_("Target group"), required=False)
    kecamatan = forms.ChoiceField(label=_("District"), required=False)
    keadaan = forms.ChoiceField(label=_("State"), required=False)

    def __init__(
        self,
        *args: Any,
        programmes: Iterable[Rule] = (),
        districts: Iterable[Place] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("All"))
        lists: dict[str, Iterable[tuple[str, Any]]] = {
            "program": [(str(one.id), one.name) for one in programmes],
            "sasaran": Audience.choices,
            "kecamatan": [(one.code, one.name) for one in districts],
        }
        for name, choices in lists.items():
            self.fields[name].choices = [every, *choices]  # type: ignore[attr-defined]
        states = [(word, one.label) for word, one in SHOWN.items()]
        self.fields["keadaan"].choices = states  # type: ignore[attr-defined]


def asked(data: Any) -> Sieve:
    """Return what the address asks for."""
    said = {name: str(data.get(name, ""))[:60] for name in Narrow.base_fields}
    months = said["bulan"]
    return Sieve(
        months=int(months) if months in set(map(str, MONTHS)) else 12,
        programme=_uuid(said["program"]),
        audience=said["sasaran"] if said["sasaran"] in Audience.values else "",
        district=said["kecamatan"].replace("\x00", ""),
    )


def filled(sieve: Sieve, show: Show = Show.ALL) -> dict[str, str]:
    """Return the form's answers for what is shown."""
    word = next(word for word, one in SHOWN.items() if one is show)
    return {
        "bulan": str(sieve.months),
        "program": str(sieve.programme or ""),
        "sasaran": sieve.audience,
        "kecamatan": sieve.district,
        "keadaan": word,
    }


def _uuid(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


class Boundaries(forms.Form):
    """A file, where it comes from, and whether it is official."""

    file = forms.FileField(
        label=_("GeoJSON file"),
        help_text=_(
            "Kelurahan as areas in longitude and latitude, at most 10 MB, with the official "
            "code or with name and kecamatan."
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty."),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
        },
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
    )
    source = Words(
        label=_("Where it comes from"),
        help_text=_("Shown below the map: who made it, from when, under which licence."),
    )
    official = forms.BooleanField(
        label=_("These are the official boundaries"),
        help_text=_("Otherwise the map says that they are not."),
        required=False,
    )
