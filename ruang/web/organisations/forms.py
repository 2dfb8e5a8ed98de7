"""What is typed to enter an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.identity.states import OrganisationKind


class Found(forms.Form):
    """A new organisation."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=120,
        error_messages={"required": _("Say the organisation's name.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    phone = forms.CharField(
        label=_("Telephone (may be left out)"), max_length=30, required=False
    )
