"""What is typed in a plan. Shapes only: the commands know the rules."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ruang.cases.queries import CaseHead
from ruang.cases.states import SHAREABLE
from ruang.plans.commands import Entry, Wanted
from ruang.plans.entry import edition
from ruang.plans.states import (
    Agreed,
    Assessor,
    Contacted,
    Detail,
    Dropped,
    Function,
    Kind,
    Outcome,
    Payer,
    Reached,
)
from ruang.plans.whom import NOT_HERE, SAY_WHOM, SET_ASIDE
from ruang.web.answers import Words
from ruang.web.days import Day
from ruang.web.once import Once

_CHOOSE = {"required": _("Choose one answer."), "invalid_choice": _("Choose one answer.")}
NONE = ("", "–")
WHO_READS = _(
    "The whole team reads it; of a service of health, only who can read the part Health."
)
NOT_WHICH = _("The whole team reads it. Of health, do not say which examination it was.")
NOBODY_TO_ASK = _("Nobody else at this desk can approve yet. Ask your head to sign in first.")


def choice_of(of: type[TextChoices], label: Any, **more: Any) -> forms.ChoiceField:
    """Return a question of which one answer of a list is ticked."""
    return forms.ChoiceField(
        label=label,
        choices=of.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
        **more,
    )


def chosen_from(label: Any, **more: Any) -> forms.ChoiceField:
    """Return a question whose answers are listed to choose from; the form says which."""
    return forms.ChoiceField(label=label, error_messages=_CHOOSE, **more)


def _team(head: CaseHead) -> list[tuple[str, str]]:
    return [(str(one.id), f"{one.name} ({one.organisation})") for one in head.team]


class Goal(Once):
    """One goal."""

    text = Words(
        label=_("What does she want to reach?"),
        help_text=_("In her words, as she said it. One goal at a time."),
        rows=4,
    )


class GoalEnd(forms.Form):
    """What became of a goal."""

    reached = choice_of(Reached, _("Was it reached?"))
    why = Words(label=_("Why not, or what is missing"), rows=3)


class Agreement(Once):
    """What she said to the plan."""

    answer = choice_of(Agreed, _("What did she say to the plan?"))
    why = Words(
        label=_("What does she not agree to, and why?"),
        help_text=_("Needed unless she agreed to all of it."),
        rows=3,
    )
    on = Day(label=_("When was it explained to her?"))
    explained_by = chosen_from(_("Who explained it?"))

    def __init__(self, *args: Any, head: CaseHead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["explained_by"].choices = [NONE, *_team(head)]  # type: ignore[attr-defined]


class _Lists(Once):
    """A service by its place in the official lists, who gives it, and for whom it is.

    Whoever holds no key of the part Health is not asked which examination it was.
    """

    persons = forms.MultipleChoiceField(
        label=_("For whom?"),
        help_text=_("Each person has an entry of her or his own in SIMFONI-PPA."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": SAY_WHOM, "invalid_choice": NOT_HERE},
    )
    kind = chosen_from(
        _("Kind of service (SIMFONI-PPA)"), required=False, choices=[NONE, *Kind.choices]
    )
    detail = chosen_from(
        _("If it is health: which?"),
        required=False,
        choices=[NONE, *Detail.choices],
        help_text=_("Only who can read the part Health reads it."),
    )
    function = chosen_from(
        _("Service of the standard"),
        required=False,
        choices=[NONE, *Function.choices],
        help_text=_("Choose from at least one of the two lists."),
    )
    provider = chosen_from(_("Which organisation gives it?"), required=False)
    provider_name = Words(label=_("Somebody outside: who?"))

    def __init__(
        self,
        *args: Any,
        providers: Iterable[tuple[UUID, str]],
        people: Iterable[tuple[UUID, str]],
        health: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not health:
            del self.fields["detail"]
        listed = [(str(one), name) for one, name in providers]
        self.fields["provider"].choices = [NONE, *listed]  # type: ignore[attr-defined]
        if whom := [(str(one), name) for one, name in people]:
            self.fields["persons"].choices = whom  # type: ignore[attr-defined]
        else:
            del self.fields["persons"]

    def entry(self) -> Entry:
        """Return what the register asks, as the commands take it."""
        said = self.cleaned_data
        return Entry(
            kind=Kind(said["kind"]) if said["kind"] else None,
            detail=Detail(said["detail"]) if said.get("detail") else None,
            provider=UUID(said["provider"]) if said["provider"] else None,
            provider_name=said["provider_name"],
            persons=tuple(UUID(one) for one in said.get("persons", ())),
        )

    def wanted(self) -> Wanted:
        """Return the answers as the commands take them."""
        said, entry = self.cleaned_data, self.entry()
        payer: str = said.get("payer", "")
        due_on: date | None = said.get("due_on")
        return Wanted(
            function=Function(said["function"]) if said["function"] else None,
            kind=entry.kind,
            need=said.get("need", ""),
            provider=entry.provider,
            provider_name=entry.provider_name,
            payer=Payer(payer) if payer else None,
            due_on=due_on,
            detail=entry.detail,
            persons=entry.persons,
        )


class Service(_Lists):
    """A service that is planned."""

    need = Words(label=_("What does she need?"), help_text=WHO_READS, rows=3)
    due_on = Day(label=_("Until when?"), required=False)
    payer = choice_of(Payer, _("Who pays?"), required=False)

    field_order = (
        "once", "persons", "need", "kind", "detail", "function", "provider", "provider_name",
        "due_on",
    )  # fmt: skip


class Given(_Lists):
    """A service that was given, in one line."""

    on = Day(label=_("When?"))
    note = Words(label=_("Short note"), help_text=WHO_READS)

    field_order = (
        "once", "persons", "kind", "detail", "function", "provider", "provider_name", "on",
        "note",
    )  # fmt: skip

    def __init__(self, *args: Any, health: bool, **kwargs: Any) -> None:
        super().__init__(*args, health=health, **kwargs)
        if not health:
            self.fields["note"].help_text = NOT_WHICH


class Complete(_Lists):
    """What the register asks of a service that was recorded."""

    base = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    field_order = ("once", "base", "persons", "kind", "detail", "provider", "provider_name")

    def __init__(self, *args: Any, known: Entry, **kwargs: Any) -> None:
        begin = {
            "kind": known.kind,
            "detail": known.detail,
            "provider": known.provider,
            "provider_name": known.provider_name,
            "persons": [str(one) for one in known.persons],
            "base": edition(known),
        }
        super().__init__(*args, initial=begin, **kwargs)
        del self.fields["function"]
        here = {one for one, _name in kwargs["people"]}
        if here and known.persons and here.isdisjoint(known.persons):
            self.fields["persons"].required = False
            self.fields["persons"].help_text = SET_ASIDE


class ServiceEnd(forms.Form):
    """How a service ended."""

    outcome = choice_of(Outcome, _("How did it end?"))
    on = Day(label=_("When?"))
    note = Words(label=_("Short note"), help_text=_("If it was not given: why."), rows=3)

    def __init__(self, *args: Any, health: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not health:
            said = self.fields["note"].help_text
            self.fields["note"].help_text = format_lazy("{} {}", said, NOT_WHICH)


class Task(Once):
    """A task for somebody on the team."""

    title = Words(label=_("What is to be done?"), help_text=_("One line. No names."))
    owner = chosen_from(_("Who does it?"))
    due_on = Day(label=_("Until when?"))
    part = chosen_from(
        _("Who can read it?"), help_text=_("Whoever can read that part can read the task.")
    )
    notes = Words(label=_("Notes"), rows=3)

    def __init__(self, *args: Any, head: CaseHead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [NONE, *_team(head)]  # type: ignore[attr-defined]
        parts = [part for part in SHAREABLE if head.reads(part)]
        self.fields["part"].choices = [  # type: ignore[attr-defined]
            (part.value, f"{part.label}: {head.link(part).readers.label}") for part in parts
        ]


class TaskEnd(forms.Form):
    """Why a task is cancelled."""

    reason = forms.ChoiceField(
        label=_("Why is it cancelled?"),
        choices=[(one.value, one.label) for one in Dropped if one is not Dropped.CLOSED],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )


class Assess(forms.Form):
    """An assessment before mediation."""

    assessor = choice_of(Assessor, _("Whose assessment is it?"))
    free = forms.ChoiceField(
        label=_("Does she decide free of pressure?"),
        choices=[("yes", _("Yes")), ("no", _("No, or not certain"))],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    text = Words(
        label=_("What was found"), help_text=_("Name and post of who assessed first."), rows=4
    )


class MediationStep(forms.Form):
    """What is to be recorded at a step."""

    text = Words(label=_("What is to be recorded"), rows=4)


class FollowUp(Once):
    """How she is, and when to ask again."""

    on = Day(label=_("When?"))
    way = choice_of(Contacted, _("How?"))
    text = Words(label=_("How is she?"), rows=4)
    next_on = Day(
        label=_("Next follow-up"),
        required=False,
        help_text=_("Manager and deputy are reminded on that day. Empty: none."),
    )
