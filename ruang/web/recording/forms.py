"""What an officer writes down: the four first questions, then anything in any order.

Nothing has to be answered. What is left open counts as the careful answer (``telling``).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from ruang.intake.commands import Wishes
from ruang.intake.drafts import Fields
from ruang.intake.states import (
    Age,
    Checked,
    Discard,
    Door,
    Help,
    HelperSex,
    IfOthersAnswer,
    Safety,
    Way,
    Who,
)
from ruang.kernel.text import tidy
from ruang.web.answers import Words
from ruang.web.chrome import LANGUAGES
from ruang.web.days import Day
from ruang.web.report.forms import BOTH_HOURS, HOURS

Label = Any
"""A text to be translated: Django's stubs know it under a private name."""

DOORS = tuple((door.value, door.label) for door in Door if door is not Door.WEB)
SAFE = (
    (Safety.DANGER.value, _("Danger now")),
    (Safety.SHORT.value, _("Safe, but little time")),
    (Safety.SAFE.value, _("Safe")),
    (Safety.UNKNOWN.value, _("Not known")),
)
WHO = (
    (Who.SELF.value, _("Whoever is speaking")),
    (Who.CHILD.value, _("A child")),
    (Who.KNOWN.value, _("Somebody they know")),
    (Who.STRANGER.value, _("Somebody they do not know")),
)
WAYS = (
    (Way.PHONE.value, Way.PHONE.label),
    (Way.WHATSAPP.value, Way.WHATSAPP.label),
    (Way.TRUSTED.value, _("Through somebody they trust")),
    (Way.PAGE.value, _("Only under the code")),
)
AGES = tuple((age.value, age.label) for age in (Age.CHILD, Age.ADULT))
CODE = (("yes", _("Yes: seven words to read out")), ("no", _("No code wanted")))
KEEPS = (("me", _("I take it")), ("free", _("Leave it free for the desk")))
CHOOSE = _("Choose one answer.")
NOON = time(12)


def _one_of(label: Label, choices: Any, hint: Label = "", initial: str = "") -> Any:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        required=False,
        initial=initial,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": CHOOSE},
    )


def _listed(label: Label, choices: Any = ()) -> Any:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )


class Record(forms.Form):
    """Everything that can be written down."""

    door = _one_of(_("How it came"), DOORS, initial=Door.PHONE.value)
    safety = _one_of(_("1. Safe now?"), SAFE)
    who = _one_of(_("2. Who needs help?"), WHO)
    helps = forms.MultipleChoiceField(
        label=_("3. What help is hoped for?"),
        choices=Help.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CHOOSE},
    )
    way = _one_of(_("4. How may we safely make contact?"), WAYS)
    reach = Words(label=_("The number, or the name and number of that person"))
    safe_from = _listed(_("Safe from"), HOURS)
    safe_until = _listed(_("Safe until"), HOURS)
    if_others = _one_of(_("If somebody else answers, we say:"), IfOthersAnswer.choices)
    story = Words(label=_("What is told, in their own words"), rows=12)
    names = Words(
        label=_("Names, as told"),
        help_text=_("One person a line: who it is, and what they are to each other."),
        rows=4,
    )
    when = Words(label=_("When"))
    by_whom = Words(label=_("By whom, in their own words"), rows=2)
    age = _one_of(_("Child or adult?"), AGES)
    age_said = Words(label=_("Age, as told"))
    district = _listed(_("District (kecamatan)"))
    village = Words(label=_("Kelurahan, village or a landmark"))
    office = forms.BooleanField(required=False, label=_("Somebody at this office"))
    must_not_read = Words(label=_("Names, or who they are"), rows=2)
    helper_sex = _one_of(_("Rather speaks with"), HelperSex.choices)
    helper_language = Words(label=_("Language they like to speak"))
    note = Words(
        label=_("Note for colleagues at the desk"),
        help_text=_("Who reported does not see it."),
        rows=3,
    )
    sender = Words(label=_("From whom it came"))
    reference = Words(label=_("Their number"))
    received_on = Day(label=_("Day on which it came in"), required=False)
    received_time = forms.TimeField(
        label=_("At what time"),
        required=False,
        widget=forms.TimeInput({"type": "time"}),
        error_messages={"invalid": _("Write the time, for example 14:30.")},
    )
    why_late = Words(label=_("Why it is recorded later"))
    language = _listed(_("Language for messages"), tuple(LANGUAGES.items()))
    code = _one_of(
        _("A code to follow it with?"),
        CODE,
        _("With it the person reads our messages and writes to us."),
        initial="yes",
    )
    keeps = _one_of(_("Who goes on with it?"), KEEPS, initial="me")

    def __init__(
        self, *args: Any, at: datetime, districts: Iterable[tuple[str, str]] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.at = at
        self.fields["district"].choices = [("", _("not said")), *districts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """See that the hours are both there, and that an earlier day has its reason."""
        said = super().clean() or {}
        if bool(said.get("safe_from")) != bool(said.get("safe_until")):
            self.add_error("safe_until" if said.get("safe_from") else "safe_from", BOTH_HOURS)
        came = self.came(said.get("received_on"), said.get("received_time"))
        if came is not None and came > self.at:
            self.add_error("received_on", _("It cannot have come in later than now."))
        elif came is not None and not said.get("why_late"):
            self.add_error("why_late", _("Write in a few words why it is recorded later."))
        said["came"] = came
        return said

    def came(self, on: date | None, hour: time | None) -> datetime | None:
        """Return when it came in, if an earlier time was written; a day alone means noon."""
        today = self.at.astimezone(get_current_timezone()).date()
        if on is None or (on == today and hour is None):
            return None
        return datetime.combine(on, hour or NOON, get_current_timezone())

    def wishes(self) -> Wishes:
        """Return what is to happen with the report."""
        said = self.cleaned_data
        return Wishes(keeps=said["keeps"] != "free", code=said["code"] != "no")


def typed(data: QueryDict) -> dict[str, tuple[str, ...]]:
    """Return what stands in the fields, in storable form, whatever is missing or wrong."""
    found = {name: tuple(map(tidy, data.getlist(name))) for name in Record.base_fields}
    return {name: values for name, values in found.items() if any(values)}


def as_typed(fields: Fields, **given: Any) -> Record:
    """Return the form with what was typed, and no word on what is not right yet."""
    form = Record(**given)
    if fields:
        data = posted(fields)
        for name, field in form.fields.items():
            form.initial[name] = field.widget.value_from_datadict(data, {}, name) or ""
    return form


def posted(fields: Fields) -> QueryDict:
    """Return typed fields as a browser sends them."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, list(values))
    return data


def said_in_words(form: Record, fields: Fields) -> Mapping[str, tuple[Label, str]]:
    """Return each answer as a reader sees it, with what was asked, by the field's name."""
    said: dict[str, tuple[Label, str]] = {}
    for name, values in fields.items():
        field = form.fields[name]
        choices: Any = getattr(field, "choices", ())
        known = {str(code): str(label) for code, label in choices}
        if isinstance(field, forms.BooleanField):
            known = {value: str(field.label) for value in values}
        words = ", ".join(known.get(value, value) for value in values if value)
        said[name] = (field.label, words)
    return said


class Attach(forms.Form):
    """A scan of the letter, or whatever came with it."""

    berkas = forms.FileField(
        required=False,
        label=_("Scan or photo of the letter, or another file"),
        help_text=_("25 MB at most for each file. It is sealed like what was told."),
    )


class Throw(forms.Form):
    """Why a draft is thrown away."""

    why = forms.ChoiceField(
        label=_("Why is it thrown away?"),
        choices=Discard.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


class NewCode(forms.Form):
    """How it was made sure that it is the reporter who asks."""

    checked = forms.ChoiceField(
        label=_("How did you make sure it is the person who reported?"),
        choices=Checked.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    safely = forms.BooleanField(
        label=_("I kept to the safe way of contact that is written above"),
        error_messages={"required": _("Confirm that the safe way of contact was kept to.")},
    )
