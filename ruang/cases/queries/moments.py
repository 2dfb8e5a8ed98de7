"""The shared timeline: what was written, and what happened, latest first, page by page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.audit.feed import Happened
from ruang.cases.events import AgeCorrected, CaseMoved, CaseOpened, TeamChanged, ToldAgain
from ruang.cases.models import Case, Entry
from ruang.cases.states import Change, Closing, Compartment, EntryKind, Step
from ruang.clocks.keep import START
from ruang.clocks.states import Ended
from ruang.clocks.states import Step as ClockStep
from ruang.kernel.codes import Age, Answered, CaseKind, IsTpks, Risk
from ruang.vault.texts import open_texts

PAGE = 30
"""Moments on a page."""
TIES = 20
"""Moments of the same instant that stay on one page."""
KEPT_SHUT = frozenset({EntryKind.CONTACT, EntryKind.NAMES})
"""Opened in their own part only: nobody needs them to see how a case goes."""
FACTS = (
    CaseOpened.name, CaseMoved.name, AgeCorrected.name, TeamChanged.name, ToldAgain.name,
)  # fmt: skip
"""What happens to a case and is a moment of its timeline."""

KEYS: dict[str, Callable[[str], tuple[str | Promise, str | Promise]]] = {
    Step.RATE: lambda code: (_("The risk was set"), Risk(code).label),
    Step.LOWER: lambda code: (_("A second person was asked to lower it"), Risk(code).label),
    Step.UNMARK: lambda code: (
        _("A second person was asked to take TPKS off"), Ended(code).label,
    ),
    Step.IDENTIFY: lambda code: (
        _("Kind, authority and TPKS were set"), CaseKind(code).label if code else "",
    ),
    Step.ANSWERED: lambda code: (
        _("A message of hers needs no written answer"), Answered(code).label,
    ),
    Step.TPKS: lambda code: (
        _("It was said whether it is sexual violence (TPKS)"), IsTpks(code).label,
    ),
    Step.READ_AGAIN: lambda _code: (_("What was told again was read"), ""),
    Step.REOPEN: lambda _code: (_("The case was reopened"), ""),
    Step.LEGAL: lambda code: (
        (_("A clock of the law was started by hand"), "") if code == START
        else (_("A clock of the law was kept"), ClockStep(code).label)
    ),
}  # fmt: skip
"""Step of the official keys → title and detail of its moment."""


@dataclass(frozen=True, slots=True, repr=False)
class Moment:
    """One thing that was written or happened.

    :ivar title: what it is, in words
    :ivar by: who did it; None if nobody in particular
    :ivar whom: whose place on the team it changed
    :ivar text: what stands there; None if there is nothing, or it is locked for this actor
    :ivar compartment: the part it stands in; None for what every member sees
    :ivar locked: it is there, but not open to this actor
    :ivar shut: it opens in its own part only
    """

    key: str
    at: datetime
    title: str | Promise
    detail: str | Promise = ""
    by: UUID | None = None
    whom: UUID | None = None
    text: str | None = None
    compartment: Compartment | None = None
    kind: EntryKind | None = None
    locked: bool = False
    shut: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Stretch:
    """One page of the timeline; ``older`` is where the next one begins."""

    moments: tuple[Moment, ...]
    older: datetime | None


def stretch(
    *,
    case_id: UUID,
    actor: Actor,
    before: datetime | None,
    also: Iterable[Moment] = (),
    limit: int = PAGE,
) -> Stretch:
    """Return one page of the timeline; only what stands on the page is opened.

    :param also: what happened, and what other contexts wrote
    """
    rows = _entries(case_id, before=before, limit=limit)
    entries = [_unopened(row) for row in rows]
    others = [one for one in also if before is None or one.at < before]
    ordered = sorted([*entries, *others], key=lambda one: (one.at, one.key))
    page = _cut(ordered[::-1], limit)
    return Stretch(_opened(page.moments, rows, actor), page.older)


def shelf(
    *, case: Case, compartment: Compartment, actor: Actor, before: datetime | None
) -> Stretch:
    """Return one page of what stands in one compartment, but not contact and names."""
    rows = _entries(case.pk, before=before, limit=PAGE, compartment=compartment)
    page = _cut([_unopened(row) for row in rows if row.kind not in KEPT_SHUT], PAGE)
    return Stretch(_opened(page.moments, rows, actor), page.older)


def _entries(
    case_id: UUID,
    *,
    before: datetime | None,
    limit: int,
    compartment: Compartment | None = None,
) -> list[Entry]:
    """Return the newest entries, those of one instant together, still sealed."""
    rows = Entry.objects.filter(case=case_id).order_by("-at", "-id")
    if compartment is not None:
        rows = rows.filter(compartment=compartment)
    if before is not None:
        rows = rows.filter(at__lt=before)
    return list(rows[: limit + TIES])


def _cut(ordered: Sequence[Moment], limit: int) -> Stretch:
    """Cut after the limit, but never between two moments of the same instant."""
    if len(ordered) <= limit:
        return Stretch(tuple(ordered), None)
    last = ordered[limit - 1].at
    page = [one for number, one in enumerate(ordered) if number < limit or one.at == last]
    return Stretch(tuple(page), last if len(page) < len(ordered) else None)


def _unopened(row: Entry) -> Moment:
    return Moment(
        key=f"e{row.pk.hex}",
        at=row.at,
        title=EntryKind(row.kind).label,
        by=row.author,
        compartment=Compartment(row.compartment),
        kind=EntryKind(row.kind),
        shut=row.kind in KEPT_SHUT,
    )


def _opened(
    moments: Sequence[Moment], rows: Sequence[Entry], actor: Actor
) -> tuple[Moment, ...]:
    wanted = {one.key for one in moments if not one.shut}
    shown = [row for row in rows if f"e{row.pk.hex}" in wanted]
    texts = open_texts(actor.keys, shown, "text")
    by_key = {f"e{row.pk.hex}": text for row, text in zip(shown, texts, strict=True)}
    return tuple(
        replace(one, text=by_key[one.key], locked=by_key[one.key] is None)
        if one.key in by_key
        else one
        for one in moments
    )


def case_moment(*, fact: Happened) -> Moment:
    """Return one of :data:`FACTS` as a moment."""
    title, detail = _said(fact)
    user = fact.ids.get("user")
    return Moment(
        key=f"f{fact.number:012d}",
        at=fact.at,
        title=title,
        detail=detail,
        by=fact.by,
        whom=UUID(user) if user else None,
    )


def _said(fact: Happened) -> tuple[str | Promise, str | Promise]:
    code = str(fact.codes.get("code", ""))
    if fact.name == CaseOpened.name:
        return _("The case was opened"), ""
    if fact.name == ToldAgain.name:
        return _("Another report told of the same; it stands in “What was told”"), ""
    if fact.name == AgeCorrected.name:
        return _("Whether it is about a child was corrected"), Age(code).label
    if fact.name == TeamChanged.name:
        return Change(str(fact.codes["change"])).label, _more_or_less(fact)
    step = str(fact.codes.get("step", ""))
    if step in KEYS:
        return KEYS[step](code)
    return _("The case was closed"), Closing(code).label


def _more_or_less(fact: Happened) -> str:
    """The parts that somebody may read now, or no longer may."""
    if fact.codes["change"] not in {Change.GIVEN, Change.TAKEN}:
        return ""
    codes = str(fact.codes.get("compartments", "")).split(",")
    return ", ".join(str(part.label) for part in Compartment if part.value in codes)
