"""What is sent about programmes: shapes only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.prevention.commands import Taught
from ruang.prevention.queries.programmes import ProgrammePage, QuestionLine
from ruang.prevention.states import Audience, Unit
from ruang.web.answers import Words
from ruang.web.once import Once
from ruang.web.sessions.forms import CHOOSE, TICK

_NUMBER = {
    "required": _("Write a number."),
    "invalid": _("Write whole numbers only."),
    "min_value": _("This number is too small."),
    "max_value": _("This number is too large."),
}


class Programme(forms.Form):
    """A programme."""

    name = Words(
        label=_("Name"),
        required=True,
        error_messages={"required": _("Give the programme a name.")},
    )
    english = Words(
        label=_("Name in English"),
        help_text=_("For the English pages. You may leave it empty."),
    )
    about = Words(
        label=_("What it is about"),
        rows=3,
        help_text=_("One or two sentences on what happens there."),
    )
    about_english = Words(label=_("The same in English"), rows=3)
    unit = forms.ChoiceField(
        label=_("It goes to"),
        choices=Unit.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    audiences = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=TICK,
    )
    topics = Words(label=_("Topics"), rows=4, help_text=_("One a line."))
    topics_english = Words(
        label=_("Topics in English"), rows=4,
        help_text=_("One a line, in the same order. You may leave it empty."),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("Length in minutes"),
        min_value=15,
        max_value=600,
        initial=90,
        error_messages=_NUMBER,
    )
    facilitators = forms.IntegerField(
        label=_("Facilitators a session"),
        min_value=1,
        max_value=9,
        initial=2,
        error_messages=_NUMBER,
    )
    every_months = forms.IntegerField(
        label=_("How often each place needs it, in months"),
        min_value=1,
        max_value=60,
        required=False,
        help_text=_("12 is once a year. Empty is no rule."),
        error_messages=_NUMBER,
    )
    is_active = forms.BooleanField(label=_("It is taught now"), required=False, initial=True)

    def __init__(self, *args: Any, page: ProgrammePage | None, **kwargs: Any) -> None:
        kwargs["initial"] = _first(page) if page else None
        super().__init__(*args, **kwargs)
        if page is not None:
            self.fields["unit"].disabled = True

    def taught(self) -> Taught:
        """Return the programme as the command takes it."""
        said = self.cleaned_data
        return Taught(
            name=said["name"], english=said["english"], about=said["about"],
            about_english=said["about_english"], unit=Unit(said["unit"]),
            audiences=[Audience(code) for code in said["audiences"]],
            topics=said["topics"].split("\n")[:20], minutes=said["minutes"],
            facilitators=said["facilitators"], every_months=said["every_months"],
            is_active=said["is_active"], topics_english=said["topics_english"].split("\n")[:20],
        )  # fmt: skip


class Question(Once):
    """A question of the sheet before and after."""

    topic = Words(
        label=_("Topic"), required=True, error_messages={"required": _("Write the topic.")}
    )
    text = Words(
        label=_("Question"),
        required=True,
        error_messages={"required": _("Write the question.")},
    )
    english = Words(label=_("Question in English"), help_text=_("You may leave it empty."))
    answers = Words(
        label=_("Answers"),
        rows=5,
        required=True,
        help_text=_("One a line, two to six. The right one begins with a star: * No"),
        error_messages={"required": _("Write two to six answers, one a line.")},
    )
    answers_english = Words(
        label=_("Answers in English"), rows=5,
        help_text=_("One a line, in the same order. You may leave it empty."),
    )  # fmt: skip

    def clean_answers(self) -> str:
        """Refuse answers of which not exactly one is right."""
        said: str = self.cleaned_data["answers"]
        if sum(line.strip().startswith("*") for line in said.split("\n")) != 1:
            raise forms.ValidationError(_("Put a star before the one right answer: * No"))
        return said

    def choices(self) -> list[str]:
        """Return the answers that are offered."""
        return [line.removeprefix("*").strip() for line in self._lines()]

    def choices_english(self) -> list[str]:
        """Return the same in English; none if they were left out."""
        said = self.cleaned_data["answers_english"].split("\n")
        return [line.strip().removeprefix("*").strip() for line in said]

    def right(self) -> int:
        """Return which one is right."""
        return next(n for n, line in enumerate(self._lines()) if line.startswith("*"))

    def _lines(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["answers"].split("\n")]
        return [line for line in lines if line.removeprefix("*").strip() or line == "*"]


class Material(Once):
    """A teaching material."""

    title = Words(
        label=_("Title"), help_text=_("Of a new material; a new version keeps its title.")
    )
    instead = forms.ChoiceField(label=_("New version of"), required=False)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, picture, sound, video or document; at most 8 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
        max_length=None,
    )

    def __init__(self, *args: Any, page: ProgrammePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(one.id), one.title) for one in page.materials]
        self.fields["instead"].choices = [("", _("– a new material –")), *listed]  # type: ignore[attr-defined]


def first(question: QuestionLine) -> dict[str, str]:
    """Return a question as it stands, to be worded anew."""
    lines = [f"* {words}" if is_right else words for words, is_right in question.choices]
    return {
        "topic": question.topic,
        "text": question.text,
        "english": question.english,
        "answers": "\n".join(lines),
        "answers_english": "\n".join(question.choices_english),
    }


def _first(page: ProgrammePage) -> dict[str, object]:
    row = page.row
    return {
        "name": page.name, "english": page.english, "about": page.about,
        "about_english": page.about_english, "unit": row.unit.value,
        "audiences": [one.value for one in row.audiences], "topics": "\n".join(page.topics),
        "topics_english": "\n".join(page.topics_english),
        "minutes": row.minutes, "facilitators": row.facilitators,
        "every_months": row.every_months, "is_active": row.is_active,
    }  # fmt: skip
