"""The questions, in the words of the design. Shape only: what is missing, what is no answer."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.intake.states import Help, HelperSex, IfOthersAnswer, Safety, Way, Who
from ruang.web.answers import Words
from ruang.web.report.steps import Step

Label = Any
"""A text to be translated: Django's stubs know it under a private name."""

ONE = _("Choose one answer, or choose “I would rather not say”.")
ONE_PLAIN = _("Choose one answer.")
SOME = _("Choose one or more, or choose “I do not know yet”.")
BOTH_HOURS = _("Choose both: from which hour, and until which hour. Or leave both empty.")
NUMBER = _("Write the number, or choose another way.")

Form = TypeVar("Form", bound=type[forms.Form])


class _Shared(dict[str, forms.Field]):
    def __deepcopy__(self, _: object) -> dict[str, forms.Field]:
        return dict(self)


def shared(form: Form) -> Form:
    """Let all forms of a class have the same fields: copying them was an eighth of a step.

    None of them may change a field; one that needs another field puts that in its place.
    """
    form.base_fields = _Shared(form.base_fields)
    return form


HOURS = (("", _("not said")), *((f"{hour:02}:00", f"{hour:02}.00") for hour in range(24)))


def _one_of(
    choices: Any, label: Label, *, error: Label = ONE_PLAIN, required: bool = True
) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=choices,
        label=label,
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": error, "invalid_choice": error},
    )


def _listed(label: Label, choices: Any = ()) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=choices,
        label=label,
        required=False,
        error_messages={"invalid_choice": ONE_PLAIN},
    )


@shared
class SafetyForm(forms.Form):
    """Question 1."""

    safety = _one_of(Safety.choices, _("Are you safe now?"), error=ONE)
    safety.help_text = _("We ask this first so that we know how fast we need to move.")
    safety.hints = {  # type: ignore[attr-defined]
        Safety.SHORT.value: _("We keep it short. The rest can come later."),
        Safety.DANGER.value: _("We show numbers that you can call at once."),
    }


@shared
class WhoForm(forms.Form):
    """Question 2."""

    who = _one_of(Who.choices, _("Who needs help?"))
    who.help_text = _("So that we prepare the right person.")


@shared
class AgeForm(forms.Form):
    """Question 2, for a child."""

    age = Words(label=_("About how old is the child?"), help_text=_("You may skip this."))


@shared
class HelpForm(forms.Form):
    """Question 3."""

    helps = forms.MultipleChoiceField(
        choices=Help.choices,
        label=_("What help do you hope for?"),
        help_text=_("You may choose more than one. It may change later."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": SOME, "invalid_choice": SOME, "invalid_list": SOME},
    )


@shared
class ContactForm(forms.Form):
    """Question 4; also the change of contact under the code."""

    way = _one_of(Way.choices, _("How may we safely contact you?"))
    way.help_text = _("We will not contact you in any other way.")
    reach = Words(label=_("The number, or the name and number of that person"))
    safe_from = _listed(_("Safe from"), HOURS)
    safe_until = _listed(_("Safe until"), HOURS)
    if_others = _one_of(
        IfOthersAnswer.choices, _("If somebody else answers, we say:"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """See that a way can be used."""
        said = super().clean() or {}
        if bool(said.get("safe_from")) != bool(said.get("safe_until")):
            missing = "safe_until" if said.get("safe_from") else "safe_from"
            self.add_error(missing, BOTH_HOURS)
        if said.get("way") in {Way.PHONE, Way.WHATSAPP, Way.TRUSTED} and not said.get("reach"):
            self.add_error("reach", NUMBER)
        return said


@shared
class GuardForm(forms.Form):
    """Who must not read it."""

    office = forms.BooleanField(required=False, label=_("Somebody at this office"))
    must_not_read = Words(label=_("Names, or who they are"), rows=3)


@shared
class StoryForm(forms.Form):
    """What happened."""

    story = Words(
        label=_("Tell it in your own words"),
        help_text=_("As much or as little as you like. You may skip this."),
        rows=9,
    )


@lru_cache(maxsize=4)
def _district(districts: tuple[tuple[str, str], ...] = ()) -> forms.ChoiceField:
    return _listed(_("District (kecamatan)"), [("", _("not said")), *districts])


@shared
class PlaceForm(forms.Form):
    """Where."""

    district = _district()
    village = Words(label=_("Kelurahan, village or a landmark"))

    def __init__(
        self, *args: Any, districts: tuple[tuple[str, str], ...] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"] = _district(districts)


@shared
class EventForm(forms.Form):
    """When, and who did it."""

    when = Words(
        label=_("When was it?"), help_text=_("For example: last night, or since last year.")
    )
    by_whom = Words(label=_("Who did it, in your own words"), rows=4)


@shared
class HelperForm(forms.Form):
    """Whom she would rather speak with."""

    helper_sex = _one_of(
        HelperSex.choices, _("Whom would you rather talk with?"), required=False
    )
    helper_sex.help_text = _("You may skip this.")
    helper_language = Words(
        label=_("Which language do you like to speak?"),
        help_text=_("Sundanese, Javanese, sign language or another."),
    )


@shared
class FilesForm(forms.Form):
    """Files; the view reads them itself, because a bad one must not lose the good ones."""

    berkas = forms.FileField(required=False, label=_("Choose a photo, recording or document"))


FORMS: Mapping[Step, type[forms.Form]] = {
    Step.SAFETY: SafetyForm,
    Step.WHO: WhoForm,
    Step.AGE: AgeForm,
    Step.HELP: HelpForm,
    Step.CONTACT: ContactForm,
    Step.GUARD: GuardForm,
    Step.STORY: StoryForm,
    Step.PLACE: PlaceForm,
    Step.EVENT: EventForm,
    Step.HELPER: HelperForm,
    Step.FILES: FilesForm,
}
"""Which page asks what; a page that is not here only tells something."""

TITLES: Mapping[Step, str | Promise] = {
    Step.SAFETY: _("Are you safe now?"),
    Step.WHO: _("Who needs help?"),
    Step.AGE: _("About how old is the child?"),
    Step.HELP: _("What help do you hope for?"),
    Step.CONTACT: _("How may we safely contact you?"),
    Step.GUARD: _("Is there anyone who must not read this?"),
    Step.STORY: _("What happened?"),
    Step.PLACE: _("Where did it happen?"),
    Step.EVENT: _("When was it, and who did it?"),
    Step.HELPER: _("Whom would you rather talk with?"),
    Step.FILES: _("Do you have a photo, a recording or a document?"),
}
"""What each page is about, also where all answers are shown again."""
