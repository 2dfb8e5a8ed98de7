"""Time limits as a city sends them. Shape only: the commands know the rules."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.clocks.official import Rule
from ruang.clocks.rules import edition_of
from ruang.clocks.said import MOST_SOURCE, MOST_WORDS, OwnRule, RuleWords, Time
from ruang.clocks.states import EACH_TIME, MEETS, STARTS, Moment, Unit
from ruang.web.consents.ground import CHOOSE
from ruang.web.days import Day
from ruang.web.once import Once
from ruang.web.words import Words as Label

_NUMBER = {"invalid": _("Write a whole number."), "required": _("Fill this in.")}
_MISSING = {"required": _("Fill this in.")}
_WORDS = ("title", "title_en", "who", "who_en")


def _text(label: Any, most: int = MOST_WORDS) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=most, error_messages=_MISSING
    )


class Limit(forms.Form):
    """What every time limit has: its words, how long, by which text, whether it holds."""

    title = _text(_("What must be done, in Indonesian"))
    title_en = _text(_("What must be done, in English"))
    who = _text(_("Who must act, in Indonesian"))
    who_en = _text(_("Who must act, in English"))
    amount = forms.IntegerField(label=_("How long"), required=False, error_messages=_NUMBER)
    unit = forms.ChoiceField(label=_("Counted in"), choices=Unit.choices, error_messages=CHOOSE)
    source = _text(_("Source"), MOST_SOURCE)
    source_on = Day(label=_("Date of that text"), required=False)
    may_pause = forms.BooleanField(
        label=_("It may pause"),
        help_text=_("Waiting for her, for safety or for another institution stops the time."),
        required=False,
    )
    is_active = forms.BooleanField(label=_("In force here"), required=False)
    base = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def words(self) -> RuleWords:
        """Return what was written, as the command takes it."""
        said = self.cleaned_data
        return RuleWords(**{name: said[name] for name in asdict(RuleWords()) if name in said})

    def base_or_none(self) -> str | None:
        """Return the edition that this form began with."""
        return self.cleaned_data["base"] or None

    def time(self) -> Time:
        """Return how long, by which text, and whether it holds."""
        said = self.cleaned_data
        return Time(
            said["amount"], Unit(said["unit"]), said["source"], said["source_on"],
            may_pause=said["may_pause"], is_active=said["is_active"],
        )  # fmt: skip


class Official(Limit):
    """A time limit of the law or the standard, as this city reads it."""

    begins = _text(_("Starts when, in Indonesian"))
    begins_en = _text(_("Starts when, in English"))

    def __init__(self, *args: Any, official: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].help_text = _("Law and article, or the standard.")
        if official.has_a_time:
            for name in ("amount", "source", "source_on"):
                self.fields[name].required = True
        for name in ("title", "who", "begins"):
            self.fields[name].help_text = _("Empty: the official words, “%(words)s”.") % {
                "words": getattr(official, name)
            }
        self.order_fields([*_WORDS, "begins", "begins_en"])

    def said(self) -> dict[str, Any]:
        """Return the answers as the command takes them."""
        return {**asdict(self.time()), "words": self.words(), "base": self.base_or_none()}


class Own(Limit):
    """A time limit of the city's own, with what starts and meets it."""

    starts = forms.ChoiceField(
        label=_("What starts it?"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    meets = forms.ChoiceField(
        label=_("What meets it?"),
        help_text=_("Whoever keeps the clock can also say that it is done."),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "who", "amount"):
            self.fields[name].required = True
        for name in ("title_en", "who_en"):
            self.fields[name].help_text = _("Empty: the Indonesian words stand there too.")
        self.fields["source"].help_text = _("Empty: the city's own decision.")
        self.fields["source_on"].label = _("Date of that text, or of the decision")
        self.fields["source_on"].required = True
        starts: Any = self.fields["starts"]
        starts.choices = [(one.value, one.label) for one in STARTS]
        starts.hints = {one.value: _how_often(one) for one in STARTS}
        meets: Any = self.fields["meets"]
        meets.choices = [(one.value, one.label) for one in MEETS]
        self.order_fields([*_WORDS, "starts", "meets"])

    def said(self) -> dict[str, Any]:
        """Return the answers as the command takes them."""
        starts, meets = (Moment(self.cleaned_data[name]) for name in ("starts", "meets"))
        own = OwnRule(self.words(), starts, meets, self.time())
        return {"own": own, "base": self.base_or_none()}


class Added(Own, Once):
    """One that is new: sent twice it is one."""


def of_rule(rule: Rule, words: RuleWords) -> dict[str, Any]:
    """Return what a rule says, as the forms show it.

    :param words: what the city itself wrote of it
    """
    return {
        **asdict(words), "base": edition_of(rule.kind), "starts": rule.starts,
        "meets": rule.meets, "amount": rule.amount,
        "unit": rule.unit, "source": rule.source if rule.has_source else "",
        "source_on": rule.source_on.isoformat() if rule.source_on else None,
        "may_pause": rule.may_pause, "is_active": rule.is_active,
    }  # fmt: skip


def _how_often(moment: Moment) -> Label:
    if moment is Moment.BY_HAND:
        return _("In the case, with the day it counts from and a reason.")
    if moment in EACH_TIME:
        return _("Each time, unless it still runs.")
    return _("The first time.")
