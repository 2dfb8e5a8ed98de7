"""What is sent about the official keys: shapes only."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ruang.clocks.legal import ENDINGS
from ruang.clocks.official import Rule
from ruang.clocks.states import Missed, Pause, Step
from ruang.identity.directory import Person
from ruang.identity.doers import Doer
from ruang.kernel.codes import Authority, CaseKind, Risk
from ruang.kernel.official_keys import FIELDS, Keys, KeysConflict
from ruang.risk import Answer, Checklist
from ruang.web.answers import Words
from ruang.web.days import Day
from ruang.web.pausing import pause_hint
from ruang.web.words import Words as Label

NOT_KNOWN = _("Not known yet")
THEIRS = "theirs"
PICK = "ambil-"
"""What chooses, in a conflict, the answer that is stored: ``ambil-<field>=theirs``."""
CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


class Signs(forms.Form):
    """The answers to a checklist; any of them may be left out."""

    def __init__(self, *args: Any, checklist: Checklist, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in checklist.items:
            self.fields[item.id] = forms.ChoiceField(
                label=cast("Any", item.words), choices=Answer.choices, widget=forms.RadioSelect,
                required=False,
            )  # fmt: skip

    def answers(self) -> dict[str, Answer]:
        """Return what was answered, by id."""
        return {code: Answer(said) for code, said in self.cleaned_data.items() if said}


class Base(forms.CharField):
    """What the form began with, as one hidden word; nothing where the page did not say."""

    def clean(self, value: Any) -> Keys | None:
        """Return it as keys."""
        word = str(super().clean(value))
        if not word:
            return None
        try:
            kind, authority, tpks = word.split(",")
            return Keys.of(kind, authority, tpks=tpks == "tpks")
        except ValueError:
            raise forms.ValidationError(_("This page is too old. Reload it.")) from None


class Identify(forms.Form):
    """Kind of matter, authority, TPKS. ``base`` is what was stored when the form was read.

    A mark that stands is no box to be unticked: a second person is asked to take it off.
    """

    base = Base(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind of matter"), required=False)
    authority = forms.ChoiceField(label=_("Whose matter is it?"), required=False)
    tpks = forms.BooleanField(
        label=_("It is sexual violence (TPKS)"),
        help_text=_("UU 12/2022: within 3 × 24 hours it is reported to the police."),
        required=False,
    )

    def __init__(self, *args: Any, is_tpks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = ("", NOT_KNOWN)
        self.fields["kind"].choices = [later, *CaseKind.choices]  # type: ignore[attr-defined]
        self.fields["authority"].choices = [later, *Authority.choices]  # type: ignore[attr-defined]
        if is_tpks:
            del self.fields["tpks"]

    def said(self) -> Keys:
        """Return what was chosen; in a conflict, what is stored where that was chosen."""
        said, base = self.cleaned_data, self.cleaned_data["base"]
        mine = Keys.of(said["kind"], said["authority"], tpks=said.get("tpks", True))
        kept = {name: of(base) for name, of in FIELDS.items() if base and self._is_kept(name)}
        return replace(mine, **kept)

    def _is_kept(self, name: str) -> bool:
        return bool(self.data.get(f"{PICK}{name}") == THEIRS)


def identify(stored: Keys, shown: Keys, posted: QueryDict | None) -> Identify:
    """Return the form, filled with what is shown, to begin from what is stored."""
    word = ",".join([stored.kind or "", stored.authority or "", "tpks" if stored.tpks else ""])
    begin = {"kind": shown.kind or "", "authority": shown.authority or "", "tpks": shown.tpks}
    return Identify(posted, is_tpks=stored.tpks, initial={**begin, "base": word})


@dataclass(frozen=True, slots=True)
class Clash:
    """One question that two answered at once, in words, side by side.

    :ivar by: who saved the other answer, and when; empty if that is not known
    """

    name: str
    label: Label
    before: Label
    theirs: Label
    mine: Label
    by: str
    at: datetime | None


def clashes(form: Identify, conflict: KeysConflict, saved: Doer | None) -> tuple[Clash, ...]:
    """Return the questions to choose an answer of, in the order of the form."""
    by, at = (saved.name, saved.at) if saved else ("", None)
    return tuple(
        Clash(
            name=name,
            label=cast("Label", form.base_fields[name].label),
            before=_in_words(FIELDS[name](conflict.before)),
            theirs=_in_words(FIELDS[name](conflict.theirs)),
            mine=_in_words(FIELDS[name](conflict.mine)),
            by=by,
            at=at,
        )
        for name in conflict.fields
    )


def _in_words(answer: object) -> Label:
    if isinstance(answer, CaseKind | Authority):
        return answer.label
    if answer is None:
        return NOT_KNOWN
    return _("Yes") if answer else _("No")


class StartClock(forms.Form):
    """Which clock a person starts, from when, and why."""

    kind = forms.ChoiceField(
        label=_("Which clock?"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    on = Day(label=_("From which day does it count?"))
    source = Words(
        label=_("What makes it apply?"),
        help_text=_(
            "For example who asked, and by which letter. It is locked in the legal part."
        ),
        rows=4,
    )

    def __init__(self, *args: Any, rules: Iterable[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds, listed = self.fields["kind"], list(rules)
        kinds.choices = [(rule.kind, rule.title) for rule in listed]  # type: ignore[attr-defined]
        kinds.hints = {rule.kind: rule.source for rule in listed}  # type: ignore[attr-defined]


class Lower(forms.Form):
    """To what level, by whose word, and why."""

    risk = forms.ChoiceField(
        label=_("To which level?"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    decider = forms.ChoiceField(
        label=_("Who is asked?"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    reason = Words(
        label=_("Why is the danger smaller now?"),
        help_text=_("Only the person you ask reads it, and you. No names."),
        rows=5,
    )

    def __init__(
        self, *args: Any, lower: Iterable[Risk], deciders: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["risk"].choices = [(one.value, one.label) for one in lower]  # type: ignore[attr-defined]
        _of_people(self.fields["decider"], deciders)


class Unmark(forms.Form):
    """Why TPKS would not apply after all, by whose word, and the reason in words."""

    why = forms.ChoiceField(
        label=_("Why does TPKS not apply?"),
        choices=[(one.value, one.label) for one in ENDINGS],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    decider = forms.ChoiceField(
        label=_("Who is asked?"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    reason = Words(
        label=_("How do you know?"),
        help_text=_("Only the person you ask reads it, and you. No names."),
        rows=5,
    )

    def __init__(self, *args: Any, deciders: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _of_people(self.fields["decider"], deciders)


def _of_people(field: Any, deciders: Iterable[Person]) -> None:
    """Let a field offer the people who can be asked."""
    people = list(deciders)
    field.choices = [(str(one.id), one.name) for one in people]
    field.hints = {str(one.id): one.role.label for one in people}
    if not people:
        field.help_text = _("Nobody else at this desk can approve yet.")


REASONS: dict[Step, list[tuple[str, Any]]] = {
    Step.PAUSE: list(Pause.choices),
    Step.EXPLAIN: list(Missed.choices),
    Step.END: [(one.value, one.label) for one in ENDINGS],
}
"""Step of a clock → the reasons that can be given."""


class KeepClock(forms.Form):
    """Why a clock is paused, ended, or was missed."""

    code = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect, error_messages=CHOOSE)
    until = Day(label=_("Until which day?"))

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = pause_hint()
        if step is not Step.PAUSE:
            del self.fields["until"]
        if step in REASONS:
            self.fields["code"].choices = REASONS[step]  # type: ignore[attr-defined]
        else:
            del self.fields["code"]
