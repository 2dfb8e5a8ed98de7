"""The same form sent twice is one: a hidden word, joined with what was sent and where to.

Joined, because a page that came back with *Back* carries its old word: what was changed in it
is something new, not a repetition.
"""

import secrets
from hashlib import sha256

from django import forms
from django.http import HttpRequest


def word() -> str:
    """Return a word that is on one page and on no other."""
    return secrets.token_hex(16)


class Once(forms.Form):
    """A form that is known again when it is sent once more."""

    once = forms.CharField(
        required=False, max_length=64, initial=word, widget=forms.HiddenInput
    )

    def tag(self, request: HttpRequest) -> bytes | None:
        """Return what this form, sent to this address, is known by; None without its word."""
        said = self.cleaned_data
        if not said.get("once"):
            return None
        parts = [request.path, *(f"{name}={said[name]}" for name in sorted(said))]
        return sha256("\0".join(parts).encode("utf-8", "replace")).digest()
