"""What is sent in a case: shapes only."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.cases.queries import Sieve
from ruang.cases.states import Compartment, State
from ruang.kernel.codes import JUDGED, Risk, lowers
from ruang.web.answers import Words
from ruang.web.once import Once

LEVEL = {"required": _("Choose a level."), "invalid_choice": _("Choose a level.")}


class Narrow(forms.Form):
    """What narrows the list. Anything unknown narrows nothing."""

    risiko = forms.ChoiceField(
        label=_("Risk"),
        required=False,
        choices=[("", _("All")), *((risk.value, risk.label) for risk in JUDGED)],
    )
    nomor = Words(label=_("Number"))

    def sieve(self) -> Sieve:
        """Return what the address asks for."""
        asked = {name: str(value)[:60] for name, value in self.data.items()}
        risk = asked.get("risiko", "")
        return Sieve(
            state=State.CLOSED if asked.get("saring") == "selesai" else State.OPEN,
            risk=Risk(risk) if risk in Risk.values else None,
            waiting=asked.get("saring") == "pesan",
            number=self.fields["nomor"].clean(asked.get("nomor", "")),
        )


class Note(Once):
    """A note, and the part it stands in."""

    part = forms.ChoiceField(
        label=_("Which part does it belong to?"),
        help_text=_("Whoever can read that part can read the note."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a part."), "invalid_choice": _("Choose a part.")},
    )
    text = Words(label=_("Note"), rows=6)

    def __init__(
        self, *args: Any, parts: Iterable[tuple[Compartment, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        listed = list(parts)
        field = self.fields["part"]
        field.choices = [(part.value, part.label) for part, _readers in listed]  # type: ignore[attr-defined]
        field.hints = {part.value: readers for part, readers in listed}  # type: ignore[attr-defined]


class NewFiles(Note):
    """Files, what they are, and the part they stand in; the view reads the files itself."""

    berkas = forms.FileField(
        required=False,
        label=_("Files"),
        help_text=_("A photo, sound or video recording, a PDF or a Word document, 25 MB each."),
    )
    text = Words(
        label=_("What is it?"),
        help_text=_("For example: result of the visum, twelve pages, from RSUD on 3 March."),
        rows=2,
    )


class Names(Once):
    """The names of those involved."""

    names = Words(
        label=_("Names of those involved, one a line"),
        help_text=_(
            "Survivor, family, reported person, witnesses. Before a partner reads anything, "
            "she sees these names alone and says whether she knows one of them."
        ),
        rows=6,
    )


class Reply(Once):
    """A message to the reporter."""

    text = Words(label=_("Message"), rows=4)


class TakeOver(forms.Form):
    """The message whose contact is to be used from now on."""

    message = forms.UUIDField(widget=forms.HiddenInput)


class Rate(forms.Form):
    """The risk that was judged."""

    risk = forms.ChoiceField(
        label=_("Risk"), widget=forms.RadioSelect, error_messages=LEVEL, choices=()
    )

    def __init__(self, *args: Any, risk: Risk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_to = [one for one in JUDGED if not lowers(risk, one)]
        self.fields["risk"].choices = [(one.value, one.label) for one in open_to]  # type: ignore[attr-defined]
