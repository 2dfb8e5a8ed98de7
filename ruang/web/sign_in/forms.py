"""What is typed at the door."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_MISSING = {"required": _("Fill this in.")}


def secret(
    label: "str | _StrPromise", *, new: bool, hint: "str | _StrPromise" = ""
) -> forms.CharField:
    """Return a field for a password."""
    known = "new-password" if new else "current-password"
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=1_000,
        strip=False,
        error_messages=_MISSING,
        widget=forms.PasswordInput(attrs={"autocomplete": known, "spellcheck": "false"}),
    )


def code(label: "str | _StrPromise", hint: "str | _StrPromise" = "") -> forms.CharField:
    """Return a field for a printed code."""
    attrs = {"spellcheck": "false", "autocapitalize": "characters"}
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=200,
        error_messages=_MISSING,
        widget=forms.TextInput(attrs=attrs),
    )


def login() -> forms.CharField:
    """Return a field for the user name."""
    attrs = {"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"}
    return forms.CharField(
        label=_("User name"),
        max_length=60,
        error_messages=_MISSING,
        widget=forms.TextInput(attrs=attrs),
    )


NEW_HINT = _("At least 15 characters. Four or five words of your own are easy to remember.")
CODE_HINT = _("Capitals, spaces and hyphens do not matter.")


class Twice(forms.Form):
    """A new password, typed twice."""

    password = secret(_("New password"), new=True, hint=NEW_HINT)
    again = secret(_("The same password again"), new=True)

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        given = super().clean() or {}
        if "again" in given and given.get("password") != given["again"]:
            self.add_error("again", _("The two are not the same. Type both again."))
        return given


class SignIn(forms.Form):
    """User name and password."""

    login = login()
    password = secret(_("Password"), new=False)


class Code(forms.Form):
    """User name and printed code."""

    login = login()
    kode = code(_("Recovery code"), CODE_HINT)


class NewAccess(Twice):
    """A new password, after the code was right."""

    token = forms.CharField(max_length=4_000, widget=forms.HiddenInput)


class Invitation(Twice):
    """The code of an invitation and an own password."""

    kode = code(_("Code of the invitation"), CODE_HINT)
    field_order = ("kode", "password", "again")
