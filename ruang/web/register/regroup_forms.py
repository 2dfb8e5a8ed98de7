"""What is sent when RW are split or merged, or an RT goes to another RW. Shape only."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ruang.register.lines import RtLine, RwLine
from ruang.web.register.forms import Noted, number, text
from ruang.web.words import number as in_words

PARTS = 2
"""How many new RW the page of a split asks for."""
_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
STAYS = ""


class _Numbered(Noted):
    """Checks that a new RW takes no number that an RW of the kelurahan has."""

    def __init__(self, *args: Any, taken: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._taken = taken

    def must_be_free(self, field: str, *, own: Collection[int] = ()) -> None:
        """Say it beside the field if the number is taken."""
        said = self.cleaned_data.get(field)
        if said in set(self._taken) - set(own):
            self.add_error(field, _("Another RW of this kelurahan has this number."))


class SplitRw(_Numbered):
    """Which RT become RW of their own."""

    def __init__(self, *args: Any, rts: Iterable[RtLine], own: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = own
        self._rts = {f"rt_{one.id}": one for one in rts}
        for place in range(1, PARTS + 1):
            first = place == 1
            self.fields[f"number_{place}"] = number(
                _("Number of the RW"), 999, 1, required=first
            )
            self.fields[f"local_name_{place}"] = text(
                _("Name on the spot (may be left out)"), required=False
            )
        ways = [
            (STAYS, gettext("Stays in RW %02d") % own),
            *((str(n), gettext("Goes to new RW %d") % n) for n in range(1, PARTS + 1)),
        ]
        for name, rt in self._rts.items():
            self.fields[name] = forms.ChoiceField(
                label=rt_words(rt), choices=ways, required=False, error_messages=_CHOOSE
            )
        last = ("on", "note")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def rts(self) -> list[Any]:
        """Return the fields of the RT."""
        return [self[name] for name in self._rts]

    def news(self) -> list[tuple[Any, Any]]:
        """Return the fields of each new RW."""
        return [(self[f"number_{n}"], self[f"local_name_{n}"]) for n in range(1, PARTS + 1)]

    def parts(self) -> list[tuple[int, str, list[UUID]]]:
        """Return the new RW: number, name, and the RT that go there."""
        said, found = self.cleaned_data, []
        for place in range(1, PARTS + 1):
            going = [rt.id for name, rt in self._rts.items() if said.get(name) == str(place)]
            if going or said.get(f"number_{place}"):
                named = said[f"number_{place}"], said[f"local_name_{place}"]
                found.append((*named, going))
        return found

    def clean(self) -> dict[str, Any]:
        """Take each new RW with a number of its own and at least one RT."""
        said = super().clean() or {}
        goes = [said.get(name) for name in self._rts]
        own = [self._own] if STAYS not in goes else []
        for place in range(1, PARTS + 1):
            named, is_used = said.get(f"number_{place}"), str(place) in goes
            if is_used and named is None and f"number_{place}" not in self.errors:
                self.add_error(f"number_{place}", _("Write the number of this new RW."))
            if named and not is_used:
                self.add_error(f"number_{place}", _("Choose below which RT go to this RW."))
            self.must_be_free(f"number_{place}", own=own)
        if said.get("number_1") and said.get("number_1") == said.get("number_2"):
            self.add_error("number_2", _("Give each new RW its own number."))
        return said


class MergeRw(_Numbered):
    """Which RW become one."""

    others = forms.MultipleChoiceField(
        label=_("Merge it with"), widget=forms.CheckboxSelectMultiple, error_messages=_CHOOSE
    )
    number = number(_("Number of the RW afterwards"), 999, 1)
    local_name = text(_("Name on the spot (may be left out)"), required=False)
    field_order = ("others", "number", "local_name", "on", "note")

    def __init__(
        self, *args: Any, others: Mapping[UUID, tuple[int, str]], own: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._own, self._others = own, others
        choices = [(str(pk), words) for pk, (_number, words) in others.items()]
        self.fields["others"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take a number that one of them has, or nobody."""
        said = super().clean() or {}
        merged = [self._others[UUID(pk)][0] for pk in said.get("others", [])]
        self.must_be_free("number", own=[self._own, *merged])
        return said


class MoveRt(Noted):
    """To which RW an RT goes."""

    rw = forms.ChoiceField(label=_("To which RW does it go?"), error_messages=_CHOOSE)
    number = number(_("Number of the RT there"), 999, 1)
    field_order = ("rw", "number", "on", "note")

    def __init__(
        self, *args: Any, rws: Iterable[tuple[str, str]], taken: Mapping[str, Collection[int]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._taken = taken
        self.fields["rw"].choices = [("", "–"), *rws]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take a number that is free there."""
        said = super().clean() or {}
        if said.get("number") in self._taken.get(said.get("rw", ""), ()):
            self.add_error("number", _("Another RT of that RW has this number."))
        return said


class Numbers(forms.Form):
    """The numbers that RT have afterwards, as the last look shows them."""

    def __init__(
        self, *args: Any, rts: Iterable[RtLine], suggested: Mapping[UUID, int],
        of_rws: Mapping[UUID, int], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        several = len(set(of_rws.values())) > 1
        for one in rts:
            rw = f"/RW {of_rws[one.id]:02}" if several and one.id in of_rws else ""
            self.fields[f"new_{one.id}"] = number(
                rt_words(one, rw), 999, 1, initial=suggested.get(one.id, one.number)
            )

    def of(self, rt: RtLine) -> Any:
        """Return the field of an RT."""
        return self[f"new_{rt.id}"]

    def said(self) -> dict[UUID, int]:
        """Return the number of each RT."""
        return {UUID(name[4:]): value for name, value in self.cleaned_data.items()}


def rt_words(rt: RtLine, rw: str = "") -> str:
    """Say which RT it is, and how many live there."""
    words = gettext("RT %(number)02d%(rw)s, %(people)s people")
    return words % {"number": rt.number, "rw": rw, "people": in_words(rt.people.total)}


def rw_words(rw: RwLine) -> str:
    """Say which RW it is, and how many RT and people it has."""
    name = f"RW {rw.number:02} {rw.local_name}".strip()
    words = gettext("%(name)s (%(rts)d RT, %(people)s people)")
    return words % {"name": name, "rts": len(rw.rts), "people": in_words(rw.people.total)}
