"""What is sent about requests: shapes only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.prevention.states import Declined
from ruang.web.sessions.forms import CHOOSE

REASONS = [(one.value, one.label) for one in Declined if one is not Declined.FLOOD]
"""A flood is refused together, never one by one."""


class Declining(forms.Form):
    """Why there will be no session."""

    reason = forms.ChoiceField(
        label=_("Why not?"), choices=REASONS, widget=forms.RadioSelect,
        help_text=_("Whoever asked reads exactly this under the code. Ring first."),
        error_messages=CHOOSE,
    )  # fmt: skip
