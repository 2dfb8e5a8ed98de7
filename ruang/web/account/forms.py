"""What is typed on a person's own pages."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ruang.web.sign_in.forms import Twice, secret


class Password(Twice):
    """The present password and a new one."""

    present = secret(_("Present password"), new=False)
    field_order = ("present", "password", "again")


class Proof(forms.Form):
    """The present password."""

    present = secret(_("Present password"), new=False)


class Language(forms.Form):
    """The language of the pages."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
