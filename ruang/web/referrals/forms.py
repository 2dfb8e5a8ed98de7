"""What is typed to ask a partner and to answer. Shape only: the commands know the rules."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ruang.cases.states import Compartment
from ruang.consents.queries import Standing
from ruang.referrals.commands import Ask
from ruang.referrals.queries import AskPage
from ruang.referrals.states import Decline, Need, Result
from ruang.web.answers import Words
from ruang.web.consents.ground import CHOOSE, OnGround
from ruang.web.days import Day
from ruang.web.once import Once
from ruang.web.words import inside

_TIME = {
    "required": _("Choose a time."),
    "invalid": _("This time could not be read. Write it like 14:30."),
}
_CLOCKS = ("%H:%M", "%H.%M", "%H:%M:%S")


class WhatFor(forms.Form):
    """The first question: what is needed."""

    need = forms.ChoiceField(
        label=_("What is needed?"),
        choices=Need.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class Asking(OnGround, Once):
    """One thing asked of one desk."""

    need = forms.ChoiceField(choices=Need.choices, widget=forms.HiddenInput)
    receiver = forms.ChoiceField(
        label=_("Which organisation do you ask?"),
        help_text=_("Desks that suit this need stand first; who was asked before, after them."),
        error_messages={**CHOOSE, "required": _("Choose an organisation.")},
    )
    text = Words(rows=5, required=True)
    consent = forms.ChoiceField(
        label=_("On which consent does it rest?"),
        help_text=_(
            "One that is in force, for this organisation and these parts; or a new one."
        ),
        widget=forms.RadioSelect,
        required=False,
        error_messages=CHOOSE,
    )
    compartments = forms.MultipleChoiceField(
        label=_("What may this partner read after accepting?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose from the parts that are shown.")},
    )
    share_until = Day(
        label=_("Until when?"), help_text=_("Afterwards everything closes by itself.")
    )
    answer_on = Day(label=_("Answer by: day"))
    answer_at = forms.TimeField(
        label=_("Answer by: time"),
        help_text=_("Without an answer by then the request ends, and you ask somebody else."),
        input_formats=_CLOCKS,
        widget=forms.TimeInput(format="%H:%M"),
        error_messages=_TIME,
    )
    names = Words(rows=4)
    nobody_known = forms.BooleanField(label=_("No name is known"), required=False)

    def __init__(self, *args: Any, page: AskPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_at"].widget.input_type = "time"
        receiver, parts = self.fields["receiver"], self.fields["compartments"]
        receiver.choices = [("", "–"), *_candidates(page)]  # type: ignore[attr-defined]
        parts.choices = [(part.value, part.label) for part in page.mine]  # type: ignore[attr-defined]
        for name, label, hint in _TEXTS:
            self.fields[name].label, self.fields[name].help_text = label, hint
        self.fields["text"].error_messages["required"] = _(
            "Write what you ask the partner to do."
        )
        parts.help_text = _(
            "Nothing is chosen beforehand: choose only what this task needs. The plan and "
            "shared notes always go along; messages with the reporter never do."
        )
        self.fields["basis_note"].help_text = _(
            "Needed unless she, or the parent or guardian, agreed. The asked desk reads it "
            "too: write no name."
        )
        self._offer(page.consents)

    def _offer(self, standing: Iterable[Standing]) -> None:
        """Let one choose from the consents in force; where there are none, it is not asked."""
        lines = [(str(one.id), consent_line(one)) for one in standing]
        new = ("", _("None of these: write down a new one below"))
        self.fields["consent"].choices = [*lines, new]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Say beside the field what is missing."""
        said = super().clean() or self.cleaned_data
        if not said.get("consent"):
            self.check_ground(said)
        if not said.get("names") and not said.get("nobody_known"):
            self.add_error(
                "names",
                _("Write the names of those involved, or say that no name is known."),
            )
        return said

    def said(self) -> Ask:
        """Return the answers as the command takes them."""
        data, ground = self.cleaned_data, self.ground()
        return Ask(
            receiver=UUID(data["receiver"]),
            need=Need(data["need"]),
            text=data["text"],
            names=data["names"],
            nobody_known=data["nobody_known"],
            consent=UUID(data["consent"]) if data.get("consent") else None,
            basis=ground["basis"],
            consent_on=ground["given_on"],
            consent_way=ground["way"],
            giver=ground["giver"],
            giver_name=ground["giver_name"],
            explained=ground["explained"],
            basis_note=ground["reason"],
            compartments=tuple(Compartment(code) for code in data["compartments"]),
            share_until=_at(data["share_until"], time(23, 59)),
            answer_by=_at(data["answer_on"], data["answer_at"]),
        )


_TEXTS = (
    (
        "text",
        _("What do you ask?"),
        _(
            "One thing this partner can do. The whole desk reads it: write no name, no "
            "address, no story."
        ),
    ),
    (
        "names",
        _("Who is involved?"),
        _(
            "One name a line: survivor, reported person, family. Whoever accepts reads these "
            "names first, alone, and says whether one of them is known. Nobody else does."
        ),
    ),
)


def _candidates(page: AskPage) -> Iterable[tuple[str, Any]]:
    asked_before = _("%(name)s (asked before in this case)")
    for one in page.candidates:
        name = asked_before % {"name": one.name} if one.was_asked else one.name
        yield str(one.id), name


def consent_line(one: Standing) -> str:
    """Return one consent in force in a line: for whom, for what, which parts, until when."""
    parts = ", ".join(inside(part.label) for part in one.compartments)
    until = f"{timezone.localtime(one.until):%d-%m-%Y}"
    said = _("%(place)s: %(purpose)s (%(parts)s), until %(until)s")
    given = {"place": one.organisation, "purpose": one.purpose.label}
    return said % {**given, "parts": parts, "until": until}


def _at(on: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(on, moment)).astimezone(UTC)


class Declining(forms.Form):
    """Why a desk cannot."""

    code = forms.ChoiceField(
        label=_("Why not?"),
        choices=Decline.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the reason that fits best."),
            "invalid_choice": _("Choose the reason that fits best."),
        },
    )
    text = Words(rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("A few words for who asked (optional)")
        self.fields["text"].help_text = _("Read by the case's manager and deputy alone.")


class Finishing(forms.Form):
    """How the help ended."""

    code = forms.ChoiceField(
        label=_("How did it end?"),
        choices=Result.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how the help ended."),
            "invalid_choice": _("Choose how the help ended."),
        },
    )
    text = Words(rows=6, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What was done, and what comes next?")
        self.fields["text"].help_text = _("The whole team of the case reads it.")
        self.fields["text"].error_messages["required"] = _("Write down what was done.")


class Note(Once):
    """A note in a part of the case."""

    part = forms.ChoiceField(label=_("Where does it belong?"), error_messages=CHOOSE)
    text = Words(rows=4, required=True)

    def __init__(self, *args: Any, parts: Iterable[Compartment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [(p.value, p.label) for p in parts]  # type: ignore[attr-defined]
        self.fields["part"].initial = Compartment.PLAN.value
        self.fields["text"].label = _("Note")
        self.fields["text"].error_messages["required"] = _(
            "Nothing was written yet. Write a few words first."
        )
