"""What is asked under the words. Shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.web.answers import Words
from ruang.web.told import HEARD, HELPED, SAFE, SAID


class EntryForm(forms.Form):
    """The seven words."""

    kode = Words(
        label=_("Your seven words"),
        help_text=_("With spaces or hyphens; capital letters do not matter."),
        rows=2,
    )


class MessageForm(forms.Form):
    """A message."""

    pesan = Words(label=_("Write an answer"), rows=3)


class FilesForm(forms.Form):
    """Files, and a word on them if she likes."""

    berkas = forms.FileField(required=False, label=_("Choose a photo, recording or document"))
    pesan = Words(label=_("Something about it, if you like"), rows=2)


class StopForm(forms.Form):
    """The wish to stop."""

    pesan = Words(
        label=_("When and how can we talk safely about it?"),
        help_text=_("You need not give a reason."),
        rows=3,
    )


def _how(asked: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=asked, required=False, choices=list(SAID.items()), widget=forms.RadioSelect
    )


class FeedbackForm(forms.Form):
    """How the help was: three plain questions, none of which must be answered."""

    safe = _how(SAFE)
    heard = _how(HEARD)
    helped = _how(HELPED)
    pesan = Words(label=_("Anything else, in your words"), rows=3)
