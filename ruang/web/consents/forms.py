"""What is written down of a consent. Shape only: the command knows the rules."""

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ruang.cases.states import Compartment
from ruang.consents.commands import Grant, Ground
from ruang.consents.queries import GivePage
from ruang.consents.states import ONLY_CODES, Giver, Purpose
from ruang.web.consents.ground import CHOOSE, OnGround
from ruang.web.days import Day
from ruang.web.once import Once


class Renewing(OnGround, Once):
    """The ground on which something goes on that a child agreed to herself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(code, label) for code, label in Giver.choices if code != Giver.SELF]
        self.fields["giver"].choices = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Say beside the field what belongs to the ground that was chosen."""
        said = super().clean() or self.cleaned_data
        self.check_ground(said)
        return said

    def said(self) -> Ground:
        """Return the answers as the command takes them."""
        return Ground(**self.ground())


class Giving(OnGround, Once):
    """One organisation, one purpose, parts of the case, a day, and the ground."""

    organisation = forms.ChoiceField(
        label=_("With which organisation?"),
        error_messages={**CHOOSE, "required": _("Choose an organisation.")},
    )
    purpose = forms.ChoiceField(
        label=_("For what?"), choices=Purpose.choices, error_messages=CHOOSE
    )
    compartments = forms.MultipleChoiceField(
        label=_("Which parts of the case may it read?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose from the parts that are shown.")},
    )
    until = Day(label=_("Until when?"), help_text=_("Afterwards everything closes by itself."))

    def __init__(self, *args: Any, page: GivePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desks = [("", "–"), *((str(desk.id), desk.name) for desk in page.organisations)]
        self.fields["organisation"].choices = desks  # type: ignore[attr-defined]
        parts = self.fields["compartments"]
        parts.choices = [(part.value, part.label) for part in page.parts]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = [("", "–"), *Purpose.choices]  # type: ignore[attr-defined]
        parts.help_text = _(
            "Nothing is opened by writing this down. The plan and shared notes always belong "
            "to it; messages with the reporter never do."
        )

    def clean(self) -> dict[str, Any]:
        """Say beside the field what belongs to the ground that was chosen."""
        said = super().clean() or self.cleaned_data
        self.check_ground(said)
        if said.get("purpose") in ONLY_CODES and said.get("compartments"):
            self.add_error(
                "compartments",
                _("For this purpose codes alone are used: choose no part of the case."),
            )
        return said

    def said(self) -> Grant:
        """Return the answers as the command takes them."""
        data = self.cleaned_data
        last = datetime.combine(data["until"], time(23, 59))
        return Grant(
            organisation=UUID(data["organisation"]),
            purpose=Purpose(data["purpose"]),
            until=timezone.make_aware(last).astimezone(UTC),
            ground=Ground(**self.ground()),
            compartments=tuple(Compartment(code) for code in data["compartments"]),
        )
