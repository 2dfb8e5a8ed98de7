"""Which sessions and answers count for whoever looks: all as they stand, or closed batches."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from uuid import UUID

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Coalesce

from ruang.prevention.batches import closed, month_of, within
from ruang.prevention.models import Answer, Correction, Earlier, SessionQuerySet
from ruang.prevention.overlapping import Key, groups_of, shown_of
from ruang.prevention.states import Phase


@dataclass(frozen=True, slots=True)
class Both:
    """What one person answered before and after: how many questions, and how many rightly."""

    before: tuple[int, int]
    after: tuple[int, int]


Topics = Mapping[str, Both]
Pairs = Mapping[Key, Topics]


@dataclass(frozen=True, slots=True)
class Look:
    """What counts for whoever looks.

    :ivar sessions: of whom those who came are counted
    :ivar pairs: everybody who answered twice; what none of the shown answered has a name alone
    :ivar of: the programme of each session
    :ivar groups: those of the shown of whom no line may give a few away
    :ivar late: of a session, its first correction that does not count here: what stood before
        it does
    """

    sessions: SessionQuerySet
    pairs: Pairs
    of: Mapping[UUID, UUID]
    shown: Pairs
    groups: Sequence[set[Key]]
    late: Mapping[UUID, UUID] = field(default_factory=dict)


def exact_look(sessions: SessionQuerySet, since: datetime, until: datetime) -> Look:
    """Return what the office reads: twelve months as they stand today."""
    here = sessions.filter(starts_at__gte=since, starts_at__lt=until)
    of = dict(here.values_list("pk", "programme"))
    pairs, _came = _pairs(here)
    shown = shown_of(pairs, of)
    return Look(here, pairs, of, shown, groups_of(shown, of))


def closed_look(sessions: SessionQuerySet, since: datetime, until: datetime) -> Look:
    """Return what others read: the batches that closed in twelve months.

    A session weighs, and counts, as it stood at the end of the month of its log: a batch that
    has closed is not opened by a correction, not even by one person.
    """
    first, last, zone = month_of(since), month_of(until), until.tzinfo
    here = sessions.filter(over_at__gte=since.replace(month=1), over_at__lt=until)
    rows = here.annotate(n=Coalesce(Sum("attendance__people"), 0))
    known = list(rows.values_list("pk", "programme", "over_at", "n", "unsaid"))
    logged = {
        pk: month_of(over_at.astimezone(zone)) for pk, _of, over_at, *_n in known if over_at
    }
    of = {pk: programme for pk, programme, *_told in known}
    late = _late(here, logged, zone)
    stood = _stood(late)
    people = {pk: stood.get(pk, n) + unsaid for pk, _of, _over_at, n, unsaid in known}
    pairs, came = _pairs(here)
    months = {key: max(logged[key[0]], came.get(key, 0)) for key in pairs}
    alike = {key: (of[key[0]], frozenset(topics)) for key, topics in pairs.items()}
    groups = within(closed(months, alike), first, last)
    counted = within(closed(logged, dict.fromkeys(logged, 0), people), first, last)
    shown = set[UUID]().union(*counted)
    return Look(
        sessions=sessions.filter(pk__in=shown),
        pairs={key: topics for key, topics in pairs.items() if first <= months[key] < last},
        of=of,
        shown={key: pairs[key] for group in groups for key in group},
        groups=groups,
        late={pk: correction for pk, correction in late.items() if pk in shown},
    )


def _late(
    sessions: SessionQuerySet, logged: Mapping[UUID, int], zone: tzinfo | None
) -> Mapping[UUID, UUID]:
    """Return, of each session, its first correction after the month of its log."""
    found: dict[UUID, UUID] = {}
    made = Correction.objects.filter(session__in=sessions).order_by("at", "pk")
    for pk, session, at in made.values_list("pk", "session", "at"):
        if month_of(at.astimezone(zone)) > logged[session]:
            found.setdefault(session, pk)
    return found


def _stood(late: Mapping[UUID, UUID]) -> Mapping[UUID, int]:
    """Return how many were counted in a session before its late correction."""
    rows = Earlier.objects.filter(correction__in=list(late.values())).select_related(
        "correction"
    )
    found = dict.fromkeys(late, 0)
    for row in rows:
        found[row.correction.session_id] += row.people
    return found


def _pairs(sessions: SessionQuerySet) -> tuple[Pairs, Mapping[Key, int]]:
    """Return, for who answered before and after, the answers by topic asked both times.

    And the month in which the later of both sheets came, where it is known. The database counts
    them: a year has some hundred thousand answers.
    """
    before, after = (Q(sheet__phase=phase) for phase in (Phase.BEFORE, Phase.AFTER))
    counted = (
        Answer.objects.filter(sheet__session__in=sessions)
        .values("sheet__session", "sheet__pair", "question__topic")
        .annotate(
            asked=Count("pk", filter=before),
            right=Count("pk", filter=before & Q(is_right=True)),
            asked_after=Count("pk", filter=after),
            right_after=Count("pk", filter=after & Q(is_right=True)),
            month=Max("sheet__month"),
        )
        .filter(asked__gt=0, asked_after__gt=0)
        .values_list(
            "sheet__session", "sheet__pair", "question__topic",
            "asked", "right", "asked_after", "right_after", "month",
        )
    )  # fmt: skip
    found: dict[Key, dict[str, Both]] = defaultdict(dict)
    came: dict[Key, int] = {}
    for session, pair, topic, *told, month in counted.iterator():
        key, (asked, right, asked_after, right_after) = (session, pair), told
        found[key][topic] = Both((asked, right), (asked_after, right_after))
        if month is not None:
            came[key] = max(came.get(key, 0), month_of(month))
    return found, came
