"""What is typed when a case is closed or opened again. The commands know the rules."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from ruang.cases.states import Closing
from ruang.plans.commands import Proposal
from ruang.plans.states import BY_RECORD, Check
from ruang.web.answers import Words
from ruang.web.plans.forms import NOBODY_TO_ASK, NONE, choice_of, chosen_from

ALL_THE_SAME = _("Why it is closed all the same")


@dataclass(frozen=True, slots=True)
class Checked:
    """One line before a closing. ``yes`` is None where only the record can say it."""

    check: Check
    yes: BoundField | None
    why: BoundField


class Close(forms.Form):
    """What is asked of a second person."""

    closing = choice_of(Closing, _("With what does it end?"))
    note = Words(
        label=_("Closing note"),
        help_text=_("For the team: what was reached, what stays open, what was agreed."),
        rows=5,
    )
    text = Words(
        label=_("What the reporter is told"),
        help_text=_("She reads it under her code. Change it as you see fit. No names."),
        rows=5,
    )
    decider = chosen_from(_("Who is asked to approve?"))
    reason = Words(
        label=_("Reason for the second person"),
        help_text=_("She sees the codes of the case and this, and nothing else. No names."),
        rows=3,
    )

    def __init__(
        self,
        *args: Any,
        deciders: Iterable[tuple[UUID, str]],
        has_reporter: bool,
        settled: Container[Check],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        listed = [(str(one), name) for one, name in deciders]
        self.fields["decider"].choices = [NONE, *listed]  # type: ignore[attr-defined]
        if not listed:
            self.fields["decider"].help_text = NOBODY_TO_ASK
        if not has_reporter:
            del self.fields["text"]
        self.settled = [one for one in Check if one in settled]
        self.asked = [one for one in Check if one not in settled]
        for check in self.asked:
            if check not in BY_RECORD:
                self.fields[f"yes_{check.value}"] = forms.BooleanField(
                    label=check.label, required=False
                )
            label = ALL_THE_SAME if check in BY_RECORD else _("If not: why")
            self.fields[f"why_{check.value}"] = Words(label=label)

    def checks(self) -> list[Checked]:
        """Return what a person answers, and what the record says is not done."""
        return [
            Checked(
                one,
                self[f"yes_{one.value}"] if one not in BY_RECORD else None,
                self[f"why_{one.value}"],
            )
            for one in self.asked
        ]

    def proposal(self) -> Proposal:
        """Return the answers as the command takes them."""
        said = self.cleaned_data
        return Proposal(
            closing=Closing(said["closing"]),
            note=said["note"],
            message=said.get("text", ""),
            reason=said["reason"],
            yes=frozenset(one for one in self.asked if said.get(f"yes_{one.value}")),
            why_not={one: said[f"why_{one.value}"] for one in self.asked},
        )


class Reopen(forms.Form):
    """Why a case is opened again."""

    reason = Words(
        label=_("Why is it opened again?"), help_text=_("The whole team reads it."), rows=3
    )
    text = Words(
        label=_("What the reporter is told"),
        help_text=_("She reads it under her code. Change it as you see fit. No names."),
        rows=3,
    )

    def __init__(self, *args: Any, has_reporter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_reporter:
            del self.fields["text"]
