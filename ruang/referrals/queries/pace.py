"""How soon a partner's desk answers: counts and times alone, of no case and of nobody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.identity import directory
from ruang.referrals.models import Referral, ReferralQuerySet
from ruang.referrals.states import State

LOOKED_BACK = timedelta(days=180)
"""Half a year: longer ago says little of how a desk answers now."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How one desk answered in the last half year.

    :ivar asked: requests that were answered, or ran out
    :ivar silent: those of them that ran out without an answer
    :ivar usual: the median time from asking to the answer; None if none was answered
    :ivar in_time: percent of what was asked that was answered by the time agreed on
    """

    organisation: str
    asked: int
    silent: int
    usual: timedelta | None
    in_time: int


def own_pace(*, actor: Actor, at: datetime) -> Pace | None:
    """Return how the actor's own desk answers; None while there is nothing to count."""
    if not actor.may(Permission.REFERRAL_ANSWER):
        return None
    asked = _countable(at).filter(receiver=actor.organisation_id)
    return next(iter(_paces(asked)), None)


def partner_paces(*, actor: Actor, at: datetime) -> tuple[Pace, ...]:
    """Return how each partner answers this organisation's requests, by name."""
    if not actor.may(Permission.REFERRAL_ASK):
        return ()
    return _paces(_countable(at).filter(sender=actor.organisation_id))


def _countable(at: datetime) -> ReferralQuerySet:
    """Return requests to be counted, whoever may read them: no row and no id leaves here."""
    return Referral.objects.filter(asked_at__gt=at - LOOKED_BACK)


def _paces(rows: ReferralQuerySet) -> tuple[Pace, ...]:
    columns = ("receiver", "state", "asked_at", "answer_by", "answered_at")
    by_desk: Mapping[UUID, list[_Answer]] = defaultdict(list)
    for desk, state, asked_at, answer_by, answered_at in rows.values_list(*columns):
        one = _Answer(state == State.EXPIRED, asked_at, answer_by, answered_at)
        if answered_at is not None or one.silent:
            by_desk[desk].append(one)
    names = directory.desk_names(by_desk)
    found = (_pace(names.get(desk, ""), answers) for desk, answers in by_desk.items())
    return tuple(sorted(found, key=lambda pace: pace.organisation.casefold()))


@dataclass(frozen=True, slots=True)
class _Answer:
    silent: bool
    asked_at: datetime
    answer_by: datetime
    answered_at: datetime | None


def _pace(organisation: str, answers: Iterable[_Answer]) -> Pace:
    listed = list(answers)
    lengths = [one.answered_at - one.asked_at for one in listed if one.answered_at]
    in_time = sum(1 for one in listed if one.answered_at and one.answered_at <= one.answer_by)
    return Pace(
        organisation=organisation,
        asked=len(listed),
        silent=sum(1 for one in listed if one.silent),
        usual=timedelta(seconds=median(x.total_seconds() for x in lengths))
        if lengths
        else None,
        in_time=in_time * 100 // len(listed),
    )
