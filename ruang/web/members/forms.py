"""What is typed to let somebody in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.access.roles import Role
from ruang.web.answers import Words
from ruang.web.sign_in.forms import login

_MISSING = {"required": _("Fill this in.")}


class Search(forms.Form):
    """Whom to look for in the list. Anything that makes no sense looks for everybody."""

    nama = Words(label=_("Name or user name"))

    def named(self) -> str:
        """Return the part of a name that was asked for."""
        return str(self.fields["nama"].clean(str(self.data.get("nama", ""))[:120]))


class Invite(forms.Form):
    """Somebody to invite."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages=_MISSING)
    login = login()
    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one role.")},
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].help_text = _("3 to 40 letters, digits, dots or hyphens.")
        self.fields["role"].choices = [(r.value, r.label) for r in roles]  # type: ignore[attr-defined]


class Compared(forms.Form):
    """The numbers that were compared, and the word that they are the same."""

    shown = forms.CharField(max_length=100, widget=forms.HiddenInput)
    same = forms.BooleanField(
        label=_("We have compared all twelve groups of numbers: they are the same."),
        error_messages={"required": _("Compare the numbers with your colleague first.")},
    )
