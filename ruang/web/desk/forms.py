"""What is sent at the desk: shapes only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.clocks.states import Pause
from ruang.identity.directory import Desk, Person, Service
from ruang.intake.queries import Show, Sieve
from ruang.intake.states import SAID, Age, Door, Reopened, Risk
from ruang.kernel.codes import CaseKind
from ruang.kernel.official_keys import Key
from ruang.triage.queries import Chosen
from ruang.triage.states import ALONE, BECOMES_CASE, IN_BULK, OVER, Ground, Outcome
from ruang.web.answers import Words
from ruang.web.days import Day
from ruang.web.once import Once
from ruang.web.pausing import pause_hint
from ruang.web.words import moment

TABS = {
    "": Show.ALL,
    "bebas": Show.FREE,
    "lewat": Show.LATE,
    "segera": Show.SOON,
    "saya": Show.MINE,
    "pesan": Show.WAITING,
    "diputuskan": Show.DECIDED,
    "diputuskan-tinggi": Show.DECIDED_HIGH,
}
"""Word in the address → part of the queue."""


class Narrow(forms.Form):
    """What narrows the queue. Anything unknown narrows nothing."""

    pintu = forms.ChoiceField(label=_("Door"), required=False)
    kecamatan = forms.ChoiceField(label=_("District"), required=False)
    nomor = Words(label=_("Number"))
    risiko = forms.ChoiceField(label=_("Risk"), required=False)
    jenis = forms.ChoiceField(label=_("Kind of case"), required=False)
    umur = forms.ChoiceField(label=_("Child or adult"), required=False)
    tpks = forms.ChoiceField(label=_("Sexual violence (TPKS)"), required=False)
    pemegang = forms.ChoiceField(label=_("Holder"), required=False)

    def __init__(
        self,
        *args: Any,
        districts: Iterable[tuple[str, str]] = (),
        holders: Iterable[Person] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("All"))
        people = [(str(one.id), one.name) for one in holders]
        lists: dict[str, Iterable[tuple[str, Any]]] = {
            "pintu": Door.choices, "kecamatan": districts, "risiko": Risk.choices,
            "jenis": CaseKind.choices, "umur": Age.choices, "tpks": [("ya", _("Yes"))],
            "pemegang": people,
        }  # fmt: skip
        for name, choices in lists.items():
            self.fields[name].choices = [every, *choices]  # type: ignore[attr-defined]

    def sieve(self) -> Sieve:
        """Return what the address asks for."""
        asked = {name: str(self.data.get(name, ""))[:60] for name in (*self.fields, *MORE)}
        return Sieve(
            show=TABS.get(asked["saring"], Show.ALL),
            door=asked["pintu"],
            district=asked["kecamatan"],
            number=self.fields["nomor"].clean(asked["nomor"]),
            risk=asked["risiko"],
            kind=asked["jenis"],
            age=asked["umur"],
            tpks=asked["tpks"] == "ya",
            holder=asked["pemegang"],
            after=asked["setelah"],
            before=asked["sebelum"],
        )


NUMBER = _("Number of the other report")
NUMBER_HINT = _("As it stands in the queue, such as A-2611-042.")
FOR_MINUTES = _("For the minutes (berita acara)")
FIRST = ("confirmed", "manager", "deputy", "desk", "ground", "same_as", "instead", "reason")
"""What is asked before the words for the reporter, in this order."""
IN_LANGUAGE = {
    "id": _("What the reporters are told, in Indonesian"),
    "en": _("What the reporters are told, in English"),
}
MORE = ("saring", "setelah", "sebelum")


class Rate(forms.Form):
    """The risk that was judged."""

    risk = forms.ChoiceField(
        label=_("Risk"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a level."),
            "invalid_choice": _("Choose a level."),
        },
    )

    def __init__(self, *args: Any, risks: Iterable[Risk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["risk"].choices = [(r.value, r.label) for r in risks]  # type: ignore[attr-defined]


class PauseFor(forms.Form):
    """For what a clock pauses."""

    why = forms.ChoiceField(
        label=_("What is waited for"),
        choices=[("", _("Choose")), *Pause.choices],
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )

    until = Day(label=_("Until which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = pause_hint()


class TakenFor(forms.Form):
    """Out of whose hands a report is taken, and why."""

    holder = forms.UUIDField(widget=forms.HiddenInput, required=False)
    why = forms.ChoiceField(
        label=_("Why"),
        widget=forms.RadioSelect,
        choices=[(why.value, why.label) for why in SAID],
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )


class ReopenFor(forms.Form):
    """Why a report that was decided is opened again."""

    why = forms.ChoiceField(
        label=_("Why"),
        widget=forms.RadioSelect,
        choices=Reopened.choices,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )


class PassOn(forms.Form):
    """The colleague who takes over."""

    colleague = forms.UUIDField(
        label=_("Colleague"),
        error_messages={
            "required": _("Choose a colleague."),
            "invalid": _("Choose a colleague."),
        },
    )

    def __init__(self, *args: Any, colleagues: Iterable[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].widget = forms.Select(choices=_people(colleagues))
        self.fields["colleague"].choices = _people(colleagues)  # type: ignore[attr-defined]


class Reply(Once):
    """A message to the reporter."""

    text = Words(label=_("Message"), rows=4)


class TakeOver(forms.Form):
    """The message whose contact is to be used from now on."""

    message = forms.UUIDField(widget=forms.HiddenInput)


class Decide(forms.Form):
    """What is decided, and what the reporter is told."""

    text = Words(
        label=_("What the reporter is told"),
        help_text=_("She reads it under her code. Change it as you see fit. No names."),
        rows=7,
    )

    def __init__(
        self,
        *args: Any,
        outcome: Outcome,
        leads: Iterable[Person] = (),
        desks: Iterable[Desk] = (),
        services: Iterable[Service] = (),
        is_danger: bool = False,
        missing: Sequence[Key] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_danger and outcome in OVER:
            self.fields["reason"] = Words(
                label=_("Why nothing more is to be done"),
                help_text=_("It is a high risk, or danger now. The desk can read this reason."),
                rows=3,
            )
        if outcome in BECOMES_CASE:
            if missing:
                self.fields["confirmed"] = forms.BooleanField(
                    label=_("I know that this is still to be identified in the case"),
                    error_messages={"required": _("Confirm this, or identify it first.")},
                )
            people = _people(leads)
            self.fields["manager"] = _choice(_("Case manager"), people)
            self.fields["deputy"] = _choice(_("Deputy"), people)
        if outcome is Outcome.HAND_OVER:
            self._hand_over(desks)
        if outcome is Outcome.SAME_AS:
            self.fields["same_as"] = Words(label=NUMBER, help_text=NUMBER_HINT)
        if outcome is Outcome.NOT_OURS:
            self.fields["instead"] = forms.MultipleChoiceField(
                label=_("Where she can go"),
                help_text=_("Their names and telephone numbers are added below your words."),
                choices=[(str(one.id), one.name) for one in services],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.order_fields(
            ["manager", "deputy", "desk", "ground", "same_as", "instead", "reason", "text"]
        )

    def _hand_over(self, desks: Iterable[Desk]) -> None:
        others = [("", _("Choose")), *((str(one.id), one.name) for one in desks)]
        self.fields["desk"] = _choice(_("To which desk"), others)
        self.fields["ground"] = _ground()
        self.fields["minutes"] = Words(
            label=FOR_MINUTES,
            help_text=_("Why, and what has been done so far. Both desks read it. No story."),
            rows=5,
        )


class ToElsewhere(forms.Form):
    """An institution without a desk here that took a report over, and the words for her."""

    name = Words(label=_("Which institution"))
    place = Words(label=_("Where it is"), help_text=_("City or regency, or the address."))
    person = Words(label=_("Who took it over there"), help_text=_("Name and position."))
    how = Words(
        label=_("How you told them"),
        help_text=_(
            "By telephone, by letter with its number, in person. Nothing is sent by this."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"] = _ground()
        self.fields["minutes"] = Words(
            label=FOR_MINUTES,
            help_text=_("Why, and what has been done so far. Your desk keeps it. No story."),
            rows=5,
        )
        self.fields["text"] = Words(
            label=_("What the reporter is told"),
            help_text=_("The institution and its place are added below your words."),
            rows=6,
        )


class Many(forms.Form):
    """One outcome for many reports, and the words in each language they need."""

    reports = forms.MultipleChoiceField(
        label=_("Which reports?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one report."),
            "invalid_choice": _("One of these is not open any more. Choose again."),
        },
    )
    outcome = forms.ChoiceField(
        label=_("What are they?"),
        choices=[(one.value, one.label) for one in IN_BULK],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )
    same_as = Words(label=NUMBER, help_text=NUMBER_HINT)

    def __init__(
        self,
        *args: Any,
        words: Mapping[str, Mapping[Outcome, str]],
        reports: Iterable[Chosen],
        at: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        listed = list(reports)
        field = self.fields["reports"]
        field.choices = [(str(one.id), one.number) for one in listed]  # type: ignore[attr-defined]
        field.hints = {str(one.id): _hint(one, at) for one in listed}  # type: ignore[attr-defined]
        for code, told in words.items():
            self.fields[f"text_{code}"] = Words(
                label=IN_LANGUAGE[code], rows=5, initial=told[Outcome.SAME_AS]
            )

    def messages(self) -> dict[str, str]:
        """Return what the reporters are told, by language."""
        said = self.cleaned_data
        return {
            name.removeprefix("text_"): text
            for name, text in said.items()
            if name.startswith("text_")
        }


def _ground() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("On what ground?"),
        choices=Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )


def _hint(one: Chosen, at: datetime) -> str:
    """Return when it came in and its risk; of a danger, that it is decided on its own."""
    said = f"{moment(one.received_at, at)} · {one.risk.label}"
    return f"{said} · {ALONE}" if one.is_danger else said


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.UUIDField:
    words = {"required": _("Choose one."), "invalid": _("Choose one.")}
    field = forms.UUIDField(label=label, error_messages=words)
    field.widget = forms.Select(choices=choices)
    field.choices = choices  # type: ignore[attr-defined]
    return field


def _people(people: Iterable[Person]) -> list[tuple[str, Any]]:
    return [("", _("Choose")), *((str(one.id), one.name) for one in people)]
