"""Which facts are asked for."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.identity.queries import Wanted
from ruang.web.audit.words import GROUPS
from ruang.web.days import Day


class Filter(forms.Form):
    """The filter over the trail; an answer that makes no sense is as if it were not given."""

    jenis = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("Everything")), *GROUPS.items()],
    )
    orang = forms.ChoiceField(label=_("Person"), required=False)
    dari = Day(label=_("From"), required=False)
    sampai = Day(label=_("Until"), required=False)
    tentang = forms.UUIDField(required=False, widget=forms.HiddenInput)
    sebelum = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def set_people(self, people: tuple[tuple[UUID, str], ...]) -> None:
        """Offer these people to choose from."""
        everybody = [("", _("Everybody")), *((str(pk), name) for pk, name in people)]
        self.fields["orang"].choices = everybody  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return what is asked for, as far as it was understood."""
        self.full_clean()
        given: dict[str, Any] = self.cleaned_data
        return Wanted(
            kind=given.get("jenis") or "",
            person=_uuid(self.data.get("orang", "")),
            about=given.get("tentang"),
            since=given.get("dari"),
            until=given.get("sampai"),
            before=given.get("sebelum"),
        )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
