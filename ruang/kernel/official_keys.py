"""Kind of matter, authority and TPKS, as a form holds them; merged when two save at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ruang.kernel.codes import Authority, CaseKind, Risk
from ruang.kernel.errors import Refused

ANSWERED_ALREADY = _("It was said already whether it is TPKS. Reload the page.")
MARK_STAYS = _(
    "TPKS is taken off by nobody alone. Ask a second person, with a reason: until she "
    "approves, the clock runs and nothing is settled (UU 12/2022 ps 23)."
)
NOT_MARKED = _("This bears no TPKS mark. Reload the page.")
KIND_FIRST = _("The kind of matter is sexual violence. Set another kind first, then ask.")


@dataclass(frozen=True, slots=True)
class Keys:
    """The official keys of a report or case. Sexual violence as a kind is always TPKS."""

    kind: CaseKind | None
    authority: Authority | None
    tpks: bool

    @classmethod
    def of(cls, kind: str, authority: str, *, tpks: bool) -> "Keys":
        """Read them as they are stored or sent: nothing where it is not known yet.

        :raises ValueError: if it is no such code
        """
        return cls(
            CaseKind(kind) if kind else None, Authority(authority) if authority else None, tpks
        )

    @property
    def whole(self) -> "Keys":
        """Return them with what the kind of matter says of TPKS."""
        return replace(self, tpks=self.tpks or self.kind is CaseKind.SEXUAL)


class Key(models.TextChoices):
    """The three keys of the standard (product.md B2)."""

    KIND = "kind", _("Kind of matter")
    RISK = "risk", _("Risk")
    AUTHORITY = "authority", _("Whose matter it is")


def missing_keys(kind: str, authority: str, risk: Risk) -> tuple[Key, ...]:
    """Return which of the three keys nobody has identified yet."""
    known = {Key.KIND: kind, Key.RISK: risk is not Risk.UNRATED, Key.AUTHORITY: authority}
    return tuple(key for key in Key if not known[key])


FIELDS: dict[str, Callable[[Keys], Any]] = {
    "kind": lambda keys: keys.kind,
    "authority": lambda keys: keys.authority,
    "tpks": lambda keys: keys.tpks,
}


def keep_the_mark(*, was: bool, now: Keys) -> None:
    """Refuse to take TPKS off in one act: nobody does that alone (ADR 0048).

    :raises Refused: if the mark stood there and would be gone
    """
    if was and not now.tpks:
        raise Refused(MARK_STAYS)


def must_be_unmarkable(keys: Keys) -> None:
    """Refuse to ask for the mark to be taken off where it could not be.

    :raises Refused: if there is none, or the kind of matter says the same
    """
    if not keys.tpks:
        raise Refused(NOT_MARKED)
    if keys.kind is CaseKind.SEXUAL:
        raise Refused(KIND_FIRST)


class KeysConflict(Refused):
    """Somebody saved another answer to the same question meanwhile. Nothing was saved.

    :ivar before: what the form began with; ``theirs`` is stored now
    :ivar mine: everything stored, with what was to be saved now in its place
    :ivar fields: the questions that both answered
    """

    def __init__(self, before: Keys, theirs: Keys, mine: Keys, fields: tuple[str, ...]) -> None:
        super().__init__(_("Somebody else changed the same answer meanwhile. Choose."))
        self.before, self.theirs, self.mine, self.fields = before, theirs, mine, fields


def merged(*, base: Keys, theirs: Keys, mine: Keys) -> Keys:
    """Return what is stored now, with what this form changed.

    :param base: what the form began with
    :raises KeysConflict: if both changed one answer, or together say what cannot be
    """
    mine = mine.whole
    mixed = {
        name: of(theirs) if of(mine) == of(base) else of(mine) for name, of in FIELDS.items()
    }
    clashes = {name for name, of in FIELDS.items() if of(theirs) not in {of(base), mixed[name]}}
    now = Keys(**mixed)
    if now != now.whole:
        clashes.add("tpks")
    if clashes:
        shown = replace(now, tpks=mine.tpks) if "tpks" in clashes else now
        ordered = tuple(name for name in FIELDS if name in clashes)
        raise KeysConflict(base, theirs, shown, ordered)
    return now
