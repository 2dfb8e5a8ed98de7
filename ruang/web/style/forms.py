"""Forms that the gallery of components shows; nobody sends them anywhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.web.days import Day


class Safe(forms.Form):
    """One question of the public form."""

    safe = forms.ChoiceField(
        label=_("Are you safe now?"),
        help_text=_("We ask this first so that we know how quickly we have to act."),
        choices=[
            ("yes", _("Yes, I am safe enough to fill this in")),
            ("short", _("I am safe, but I have little time")),
            ("no", _("No, there is danger now")),
            ("unknown", _("I do not know / I do not want to answer")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one answer, or choose ‘I do not want to answer’.")
        },
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["safe"].hints = {  # type: ignore[attr-defined]
            "short": _("We keep it short. The rest can follow later."),
            "no": _("We show numbers you can call at once."),
        }


class Everything(forms.Form):
    """Every other kind of field once."""

    help = forms.MultipleChoiceField(
        label=_("What help do you hope for?"),
        help_text=_("More than one is fine. It may change later."),
        choices=[
            ("listen", _("To be listened to first")),
            ("shelter", _("A safe place")),
            ("health", _("Treatment or an examination")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    number = forms.CharField(
        label=_("A number that is safe to call"), widget=forms.TextInput({"inputmode": "tel"})
    )
    hours = forms.ChoiceField(
        label=_("Which hours are safe?"),
        choices=[("", "–"), ("morning", "09.00–11.00"), ("afternoon", "13.00–15.00")],
    )
    story = forms.CharField(
        label=_("Tell it in your own words"), widget=forms.Textarea({"rows": 4})
    )
    file = forms.FileField(
        label=_("Photo, sound or document"), help_text=_("25 MB at most for each file.")
    )
    until = Day(label=_("Until when?"))
    agreed = forms.BooleanField(label=_("I have read who can see this"))
