"""What is sent about sessions: shapes only; what fits what is the command's to say."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ruang.kernel.pagination import Place
from ruang.prevention.commands import Moved, Wanted
from ruang.prevention.queries import Sieve
from ruang.prevention.queries.planning import MovePage, PersonChoice, PlanPage
from ruang.prevention.queries.sessions import SessionList
from ruang.prevention.states import Anyway, Audience, Cancelled, Language, Show, State, Unit
from ruang.prevention.warnings import Reason, mark_of
from ruang.prevention.warnings import Words as Words_
from ruang.web.answers import Words
from ruang.web.days import Day
from ruang.web.once import Once
from ruang.web.words import inside

CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
TICK = {"required": _("Tick at least one."), "invalid_choice": _("Choose from those shown.")}
_TIME = {
    "required": _("Choose a time."),
    "invalid": _("This time could not be read. Write it like 14:30."),
}


def clock(label: Any, **more: Any) -> forms.TimeField:
    """Return a field for a time of day."""
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages=_TIME,
        **more,
    )


def moment(on: date, at: time) -> datetime:
    """Return a moment here."""
    return timezone.make_aware(datetime.combine(on, at)).astimezone(UTC)


def with_value(sent: Any, name: str, value: str) -> Any:
    """Return what was sent with another value for one name."""
    changed = sent.copy()
    changed[name] = value
    return changed


class Filter(forms.Form):
    """What a list of sessions is narrowed to; what makes no sense is as if it were not said."""

    tampil = forms.ChoiceField(choices=Show.choices, required=False)
    kecamatan = forms.ChoiceField(label=_("Kecamatan"), required=False)
    program = forms.ChoiceField(label=_("Programme"), required=False)
    keadaan = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *State.choices]
    )
    fasilitator = forms.ChoiceField(label=_("Facilitator"), required=False)
    dari = Day(label=_("From"), required=False)
    sampai = Day(label=_("Until"), required=False)

    def offer(self, found: SessionList) -> None:
        """Let one choose from what there is."""
        nothing = ("", _("All"))
        offered = {
            "kecamatan": [(one.code, one.name) for one in found.districts],
            "program": found.programmes,
            "fasilitator": found.facilitators,
        }
        for name, choices in offered.items():
            self.fields[name].choices = [nothing, *choices]  # type: ignore[attr-defined]

    def sieve(self) -> Sieve:
        """Return what was asked for."""
        self.is_valid()
        said = {name: self.data.get(name, "") for name in self.fields}
        clean = self.cleaned_data
        show, state = said["tampil"], said["keadaan"]
        return Sieve(
            show=Show(show) if show in Show.values else Show.AHEAD,
            district=said["kecamatan"][:8],
            programme=_uuid(said["program"]),
            facilitator=_uuid(said["fasilitator"]),
            state=State(state) if state in State.values else None,
            since=clean.get("dari"),
            until=clean.get("sampai"),
            after=Place.read(self.data.get("sesudah", "")),
        )


class Find(forms.Form):
    """For which place a session is planned."""

    jenis = forms.ChoiceField(label=_("For"), choices=Unit.choices, required=False)
    kelurahan = forms.ChoiceField(label=_("Kelurahan"), required=False)
    cari = Words(label=_("Name or number"))

    def __init__(self, *args: Any, villages: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(one.code, one.name) for one in villages]
        self.fields["kelurahan"].choices = [("", _("All")), *listed]  # type: ignore[attr-defined]


class Slot(forms.Form):
    """When, where and by whom."""

    on = Day(label=_("Day"))
    at = clock(_("Time"))
    venue = forms.ChoiceField(
        label=_("Place to meet"), required=False, error_messages=CHOOSE,
        help_text=_("In brackets: for how many people there is room."),
    )  # fmt: skip
    place = Words(
        label=_("Place in your words"),
        help_text=_(
            "If it is not in the list, or to find it: behind the mosque, second floor."
        ),
    )
    facilitators = forms.MultipleChoiceField(
        label=_("Who holds it"), widget=forms.CheckboxSelectMultiple, error_messages=TICK
    )

    def offer(self, venues: Iterable[tuple[UUID, str]], people: Iterable[PersonChoice]) -> None:
        """Let one choose from the venues of the kelurahan and from the team."""
        listed = [(str(pk), name) for pk, name in venues]
        self.fields["venue"].choices = [("", _("– another place –")), *listed]  # type: ignore[attr-defined]
        team = self.fields["facilitators"]
        team.choices = [(str(one.id), one.name) for one in people]  # type: ignore[attr-defined]
        team.hints = {str(one.id): ", ".join(one.languages) for one in people}  # type: ignore[attr-defined]

    anyway = forms.BooleanField(required=False)
    why = forms.ChoiceField(
        label=_("Why all the same?"), required=False, widget=forms.RadioSelect,
        choices=Anyway.choices, error_messages=CHOOSE,
    )  # fmt: skip
    warned = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    warnings: tuple[Words_, ...] = ()
    """What a person should look at first; the page asks why it is done all the same."""

    def warn(self, words: tuple[Words_, ...]) -> None:
        """Show warnings, and ask again where they are not those that were seen."""
        self.warnings = words
        mark, seen = mark_of(words), self.data.get("warned")
        self.data = with_value(self.data, "warned", mark)
        if seen != mark:
            self.data = with_value(self.data, "anyway", "")
        elif self.cleaned_data["anyway"] and not self.cleaned_data["why"]:
            self.add_error("why", CHOOSE["required"])

    def reason(self) -> Reason:
        """Return why it is done all the same; nothing unless it was both ticked and said."""
        said = self.cleaned_data
        return Anyway(said["why"]) if said.get("anyway") and said.get("why") else ""

    def moved(self) -> Moved:
        """Return where and when, as the command takes it."""
        said = self.cleaned_data
        return Moved(
            starts_at=moment(said["on"], said["at"]),
            venue=_uuid(said["venue"]),
            place=said["place"],
            facilitators=[UUID(one) for one in said["facilitators"]],
            anyway=self.reason(),
            warned=said["warned"],
            seen=said.get("seen"),
        )


class Move(Slot):
    """A session is moved."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: MovePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(page.venues, page.people)


class Plan(Slot, Once):
    """A session is planned for one place."""

    programme = forms.ChoiceField(
        label=_("Programme"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    rts = forms.MultipleChoiceField(
        label=_("For which RT"), widget=forms.CheckboxSelectMultiple, error_messages=TICK
    )
    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=[("", _("Choose")), *Audience.choices],
        error_messages=CHOOSE,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=Language.choices, error_messages=CHOOSE
    )
    is_public = forms.BooleanField(
        label=_("Show it in the public schedule, without names of people"), required=False,
        initial=True,
    )  # fmt: skip
    is_promised = forms.BooleanField(
        label=_("It is promised: a new plan leaves it as it is"), required=False
    )

    def __init__(self, *args: Any, page: PlanPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.offer(page.venues, page.people)
        programme = self.fields["programme"]
        programme.choices = [(str(one.id), one.name) for one in page.programmes]  # type: ignore[attr-defined]
        programme.hints = {  # type: ignore[attr-defined]
            str(one.id): _("%(minutes)d minutes; %(who)s")
            % {
                "minutes": one.minutes,
                "who": ", ".join(inside(who.label) for who in one.audiences),
            }
            for one in page.programmes
        }
        if page.host.unit is not Unit.RW:
            del self.fields["rts"]
        else:
            self.fields["rts"].choices = [(str(one.id), one.name) for one in page.rts]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return the session as the command takes it."""
        said, slot, asking = self.cleaned_data, self.moved(), self.page.asking
        return Wanted(
            programme=UUID(said["programme"]),
            unit=self.page.host.unit,
            host=self.page.host.id,
            rts=[UUID(one) for one in said.get("rts", ())],
            venue=slot.venue,
            place=slot.place,
            audience=Audience(said["audience"]),
            language=Language(said["language"]),
            starts_at=slot.starts_at,
            facilitators=slot.facilitators,
            is_public=said["is_public"],
            is_promised=said["is_promised"] or asking is not None,
            request=asking.id if asking else None,
            anyway=self.reason(),
            warned=said["warned"],
        )


class Cancelling(forms.Form):
    """Why a session is not held."""

    reason = forms.ChoiceField(
        label=_("Why is it not held?"), choices=Cancelled.choices, widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )  # fmt: skip
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
