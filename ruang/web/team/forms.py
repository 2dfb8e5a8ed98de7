"""What is chosen to change a team. Shape only: the commands know the rules."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.cases.states import Compartment, Exclusion
from ruang.consents.queries import Standing
from ruang.identity.directory import Desk, Person
from ruang.web.referrals.forms import consent_line

_CHOOSE = {"required": _("Choose one answer."), "invalid_choice": _("Choose one answer.")}
_PERSON = {
    "required": _("Choose a person."),
    "invalid_choice": _("Choose a person from the list."),
}


class Parts(forms.Form):
    """Parts of the case, one by one; nothing is chosen beforehand."""

    parts = forms.MultipleChoiceField(
        label=_("Which parts?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one part."),
            "invalid_choice": _("Choose from the parts that are shown."),
        },
    )

    def __init__(self, *args: Any, parts: Iterable[Compartment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [(p.value, p.label) for p in parts]  # type: ignore[attr-defined]

    def chosen(self) -> list[Compartment]:
        """Return the parts that were chosen."""
        return [Compartment(code) for code in self.cleaned_data["parts"]]


class More(Parts):
    """Parts to give, and the consent on which."""

    consent = forms.ChoiceField(
        label=_("On which consent does it rest?"),
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )

    def __init__(self, *args: Any, consents: Iterable[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.id), consent_line(one)) for one in consents]
        self.fields["consent"].choices = choices  # type: ignore[attr-defined]


class Successor(forms.Form):
    """Who becomes manager or deputy."""

    person = forms.ChoiceField(
        label=_("Who?"), widget=forms.RadioSelect, error_messages=_PERSON
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = _people(people)  # type: ignore[attr-defined]


class Joining(Parts, Successor):
    """Who of the office joins, and what she may read beside the plan."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].required = False
        self.fields["parts"].label = _("What may this person read?")
        self.fields["parts"].help_text = _(
            "Only what the work needs. Everybody on the team reads the plan and shared notes."
        )
        self.order_fields(["person", "parts"])


class Place(forms.Form):
    """At which organisation the person is whom one wants to bar."""

    lembaga = forms.ChoiceField(label=_("At which organisation?"), error_messages=_CHOOSE)

    def __init__(self, *args: Any, desks: Iterable[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((str(desk.id), desk.name) for desk in desks)]
        self.fields["lembaga"].choices = choices  # type: ignore[attr-defined]


class Barring(Successor):
    """Whom to bar, and because of whom."""

    why = forms.ChoiceField(
        label=_("Why?"),
        choices=[(one.value, one.label) for one in (Exclusion.SURVIVOR, Exclusion.MANAGER)],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )


def _people(people: Iterable[Person]) -> list[tuple[str, str]]:
    return [(str(one.id), f"{one.name} ({one.role.label})") for one in people]
