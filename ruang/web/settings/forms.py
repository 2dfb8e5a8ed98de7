"""What the city has decided. Shape only: the commands know the rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.territory.facts import CityFacts
from ruang.web.answers import Words

_NUMBER = {"invalid": _("Write a whole number."), "required": _("Fill this in.")}


def _number(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, error_messages=_NUMBER, **more)


class Shelter(forms.Form):
    """How long a stay in a shelter lasts."""

    days = _number(_("A stay lasts (days)"))
    more_days = _number(_("It can be extended by (days)"))

    @classmethod
    def of(cls, city: CityFacts) -> dict[str, Any]:
        """Return what stands there now."""
        return {"days": city.shelter_days, "more_days": city.shelter_more_days}


class Pause(forms.Form):
    """How long a clock pauses at most."""

    days = _number(_("A pause lasts at most (days)"))

    @classmethod
    def of(cls, city: CityFacts) -> dict[str, Any]:
        """Return what stands there now."""
        return {"days": city.pause_days}


class Retention(forms.Form):
    """For how many years things are kept."""

    cases = _number(_("Cases, after closing (years)"))
    reports = _number(_("Reports that became no case (years)"))
    audit = _number(_("Audit trail (years)"), help_text=_("At least as long as the others."))

    @classmethod
    def of(cls, city: CityFacts) -> dict[str, Any]:
        """Return what stands there now."""
        return {
            "cases": city.keep_case_years,
            "reports": city.keep_report_years,
            "audit": city.keep_audit_years,
        }


class Mediation(forms.Form):
    """Whether offences that need a complaint may be mediated."""

    complaint_offences = forms.BooleanField(
        label=_("Delik aduan may be mediated, at her request and after both assessments"),
        required=False,
    )

    @classmethod
    def of(cls, city: CityFacts) -> dict[str, Any]:
        """Return what stands there now."""
        return {"complaint_offences": city.may_mediate_complaint_offences}


class PublicWords(forms.Form):
    """What the public pages say in the city's own words."""

    unit_short = forms.CharField(
        label=_("Short name of the unit"),
        help_text=_("At most 40 letters. Empty: the whole name stands there."),
        required=False,
    )
    welcome_id = Words(rows=2)
    welcome_en = Words(rows=2)
    next_id = Words(rows=4)
    next_en = Words(rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, hint in _SAID:
            self.fields[name].label, self.fields[name].help_text = label, hint

    @classmethod
    def of(cls, city: CityFacts) -> dict[str, Any]:
        """Return what stands there now."""
        return {
            "unit_short": city.unit_short,
            "welcome_id": city.welcome.get("id", ""),
            "welcome_en": city.welcome.get("en", ""),
            "next_id": city.happens_next.get("id", ""),
            "next_en": city.happens_next.get("en", ""),
        }


_WELCOME = _("At most 200 letters, on the first public page. Promise nothing you cannot keep.")
_NEXT = _("At most 600 letters, where one reads what services there are.")
_SAID = (
    ("welcome_id", _("Welcome, in Indonesian"), _WELCOME),
    ("welcome_en", _("Welcome, in English"), ""),
    ("next_id", _("What happens after a report, in Indonesian"), _NEXT),
    ("next_en", _("What happens after a report, in English"), ""),
)
