"""Why a message of hers is not answered in writing: one form, at the desk and in a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.kernel.codes import Answered

CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


class AnsweredBy(forms.Form):
    """How she was answered, or why no answer is written."""

    why = forms.ChoiceField(
        label=_("No written answer, because"),
        choices=[("", _("Choose")), *Answered.choices],
        error_messages=CHOOSE,
    )
