"""Which sessions and answers count for whoever looks: all as they stand, or closed batches."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Coalesce

from ruang.prevention.batches import closed, month_of, within
from ruang.prevention.models import Answer, SessionQuerySet
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
    """

    sessions: SessionQuerySet
    pairs: Pairs
    of: Mapping[UUID, UUID]
    shown: Pairs
    groups: Sequence[set[Key]]


def exact_look(sessions: SessionQuerySet, since: datetime, until: datetime) -> Look:
    """Return what the office reads: twelve months as they stand today."""
    here = sessions.filter(starts_at__gte=since, starts_at__lt=until)
    of = dict(here.values_list("pk", "programme"))
    pairs, _came = _pairs(here)
    shown = shown_of(pairs, of)
    return Look(here, pairs, of, shown, groups_of(shown, of))


def closed_look(sessions: SessionQuerySet, since: datetime, until: datetime) -> Look:
    """Return what others read: the batches that closed in twelve months."""
    first, last, zone = month_of(since), month_of(until), until.tzinfo
    here = sessions.filter(over_at__gte=since.replace(month=1), over_at__lt=until)
    rows = here.annotate(n=Coalesce(Sum("attendance__people"), 0) + F("unsaid"))
    known = list(rows.values_list("pk", "programme", "over_at", "n"))
    logged = {
        pk: month_of(over_at.astimezone(zone)) for pk, _of, over_at, _n in known if over_at
    }
    of = {pk: programme for pk, programme, _over_at, _n in known}
    people = {pk: n for pk, _of, _over_at, n in known}
    pairs, came = _pairs(here)
    months = {key: max(logged[key[0]], came.get(key, 0)) for key in pairs}
    alike = {key: (of[key[0]], frozenset(topics)) for key, topics in pairs.items()}
    groups = within(closed(months, alike), first, last)
    counted = within(closed(logged, dict.fromkeys(logged, 0), people), first, last)
    return Look(
        sessions=sessions.filter(pk__in=set().union(*counted)),
        pairs={key: topics for key, topics in pairs.items() if first <= months[key] < last},
        of=of,
        shown={key: pairs[key] for group in groups for key in group},
        groups=groups,
    )


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
