"""What is written down in a hall; the same names are read by ``field.js``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from ruang.intake.states import Age, Door, Safety, Way, Who
from ruang.intake.told import Recorded, Told
from ruang.prevention.commands import Counted, SheetTold
from ruang.prevention.entered import SentLog, SentSheet, pair_of
from ruang.prevention.shown import FieldQuestion, FieldRt
from ruang.prevention.states import Phase
from ruang.register.states import Band, Sex
from ruang.web.answers import Words
from ruang.web.once import Once

PARTS = ("orang", "baru", "disabilitas")
MOST = 2_000
COUNT = _("Write a whole number from 0 to 2000.")
CHOOSE = _("Choose one answer.")
BOTH = _(
    "You counted people and ticked that everybody scanned the QR code. Take one of the two "
    "back."
)
SAFE = (
    (Safety.DANGER.value, _("Yes, there is danger now")),
    (Safety.SAFE.value, _("No, not now")),
    (Safety.UNKNOWN.value, _("I do not know")),
)
AGES = ((Age.CHILD.value, _("A child (under 18)")), (Age.ADULT.value, _("An adult")))
WAYS = (
    (Way.TRUSTED.value, _("Through me: the desk asks me first")),
    (Way.PHONE.value, _("By telephone, on a number that is safe")),
    (Way.WHATSAPP.value, _("By WhatsApp, on a number that is safe")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One sex and age band: how many, how many for the first time, with a disability."""

    label: str
    people: BoundField
    first_time: BoundField
    with_disability: BoundField

    @property
    def errors(self) -> list[str]:
        """Return what is not right in it."""
        fields = (self.people, self.first_time, self.with_disability)
        return [str(error) for one in fields for error in one.errors]


def name_of(part: str, sex: str, band: str) -> str:
    """Return the name of one number."""
    return f"{part}-{sex}-{band}"


class Log(forms.Form):
    """Who came, counted; which RT; a note."""

    rt = forms.MultipleChoiceField(
        required=False,
        label=_("Which RT were there?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CHOOSE},
    )
    pindai = forms.BooleanField(
        required=False,
        label=_("Everybody scanned the QR code: I counted nobody by head"),
        help_text=_(
            "Those who scanned are added when this log arrives. Without a signal the phone "
            "cannot know how many they are."
        ),
    )
    semua = forms.BooleanField(
        required=False,
        label=_("Everybody is in my count, also who scanned the QR code"),
        help_text=_(
            "Otherwise count only those who did not scan: the others are added by themselves."
        ),
    )
    catatan = Words(
        label=_("Note for the next session"),
        help_text=_("What went well, what was missing. No names, and nothing anybody told."),
        rows=3,
    )

    def __init__(self, *args: Any, rts: Sequence[FieldRt] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.has_rts = bool(rts)
        chosen = [(str(one.id), one.name) for one in rts]
        self.fields["rt"].choices = chosen  # type: ignore[attr-defined]
        self.fields["rt"].initial = [code for code, _name in chosen]
        for sex in Sex:
            for band in Band:
                for part in PARTS:
                    self.fields[name_of(part, sex, band)] = _number()

    def groups(self) -> Iterator[tuple[str, list[Row]]]:
        """Return the numbers by sex."""
        for sex in Sex:
            yield (
                str(sex.label),
                [
                    Row(
                        str(band.label),
                        *(self[name_of(part, sex.value, band.value)] for part in PARTS),
                    )
                    for band in Band
                ],
            )

    def clean(self) -> None:
        """Refuse heads where everybody is said to have scanned: one of the two is a slip."""
        said = self.cleaned_data
        heads = any(said.get(name_of("orang", sex, band)) for sex in Sex for band in Band)
        if said.get("pindai") and (heads or said.get("semua")):
            self.add_error("pindai", BOTH)

    def sent(self, session: UUID) -> SentLog:
        """Return what was written."""
        said = self.cleaned_data
        counted = [
            Counted(sex, band, *(said[name_of(part, sex, band)] or 0 for part in PARTS))
            for sex in Sex
            for band in Band
        ]
        rts = tuple(map(UUID, said["rt"])) if self.has_rts else ()
        return SentLog(
            uuid4(),
            session,
            tuple(one for one in counted if one.people or one.first_time
                  or one.with_disability),
            rts,
            said["catatan"],
            is_whole=said["semua"],
            is_by_code=said["pindai"],
        )  # fmt: skip


class Sheet(forms.Form):
    """One anonymous sheet, filled in by whoever holds the phone just now."""

    kode = Words(
        required=True,
        label=_("Your own secret code"),
        help_text=_(
            "Make one up: an animal and a number, for example. Write it on your hand: you need "
            "it again after the session. It says nothing about who you are."
        ),
        error_messages={"required": _("Make up a code first.")},
    )

    def __init__(
        self, *args: Any, questions: Sequence[FieldQuestion] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.questions = questions
        for one in questions:
            self.fields[f"t-{one.id}"] = forms.ChoiceField(
                label=one.text,
                choices=list(enumerate(one.choices)),
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": CHOOSE},
            )

    def asked(self) -> list[BoundField]:
        """Return the questions."""
        return [self[f"t-{one.id}"] for one in self.questions]

    def sent(self, session: UUID, phase: Phase) -> SentSheet:
        """Return the sheet; the code is hashed before it goes anywhere."""
        said = self.cleaned_data
        answers = tuple(
            (one.id, int(chosen) if (chosen := said[f"t-{one.id}"]) else None)
            for one in self.questions
        )
        pair = pair_of(session, said["kode"])
        return SentSheet(uuid4(), session, SheetTold(pair, phase, answers))


class Tell(Once):
    """Somebody told something: three questions, and words if there are any."""

    bahaya = forms.ChoiceField(
        label=_("1. Is this person in danger now?"),
        choices=SAFE,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    umur = forms.ChoiceField(
        label=_("2. Is it about a child or an adult?"),
        choices=AGES,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    cara = forms.ChoiceField(
        label=_("3. How can the desk reach this person safely?"),
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    hubungi = Words(
        label=_("The safe number, or where and when you can be reached"),
    )
    cerita = Words(
        label=_("In this person's own words, if you like"),
        help_text=_("Only what was told. Do not ask for more: the desk does that."),
        rows=4,
    )

    def told(self, door: Door, *, by: str, language: str) -> Told:
        """Return what was told, as the desk takes it."""
        return told_of(self.cleaned_data, door, by=by, language=language)


def told_of(said: dict[str, Any], door: Door, *, by: str, language: str) -> Told:
    """Return what was told.

    :param by: who passes it on: sealed with the report, and nowhere else
    """
    age = Age(said["umur"])
    return Told(
        safety=Safety(said["bahaya"]),
        who=Who.CHILD if age is Age.CHILD else Who.KNOWN,
        way=Way(said["cara"]),
        age=age,
        reach=said["hubungi"],
        story=said["cerita"],
        language=language,
        door=door,
        recorded=Recorded(sender=by),
    )


def _number() -> forms.IntegerField:
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput(
            {"inputmode": "numeric", "autocomplete": "off", "class": "rk-number"}
        ),
        error_messages={"invalid": COUNT, "min_value": COUNT, "max_value": COUNT},
    )
