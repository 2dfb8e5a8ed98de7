"""Lists of requests: what is asked of us, what we asked, what was asked for one case.

They show codes alone: nothing sealed is opened by looking at a list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.audit.trail import Look, openings
from ruang.cases.queries import CaseHead, case_head
from ruang.cases.states import State as CaseState
from ruang.identity import directory
from ruang.kernel.codes import Age, Risk
from ruang.kernel.pagination import Place
from ruang.referrals.models import Referral, ReferralQuerySet
from ruang.referrals.states import OFFERED, RUNNING, Decline, Need, Result, State
from ruang.territory import queries as territory

PAGE = 30


class Tab(models.TextChoices):
    """What the list of the asked desk is narrowed to."""

    ASKED = "asked", _("Asked of us")
    WORK = "work", _("Under way")
    ENDED = "ended", _("Finished")


_STATES: Mapping[Tab, frozenset[State]] = {
    Tab.ASKED: OFFERED,
    Tab.WORK: frozenset({State.ACCEPTED}),
    Tab.ENDED: frozenset({State.DONE}),
}
_CAME_TO_NOTHING = frozenset({State.DECLINED, State.EXPIRED, State.LAPSED})


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One request as the asked desk sees it.

    :ivar is_mine: this person has taken it
    """

    id: UUID
    number: str
    need: Need
    risk: Risk
    age: str | Promise
    district: str
    sender: str
    state: State
    asked_at: datetime
    answer_by: datetime
    share_until: datetime
    moved_at: datetime | None
    result: str | Promise
    taker: str
    is_mine: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class AskedList:
    """One page of what is asked of the own desk."""

    desk: UUID
    tab: Tab
    rows: tuple[AskedRow, ...]
    older: str
    is_first: bool
    counts: Mapping[Tab, int]


@dataclass(frozen=True, slots=True)
class SentRow:
    """One request as the case's managers see it.

    :ivar seen_at: when somebody at the asked desk first read what is asked
    :ivar ask_again: it came to nothing, the case goes on: somebody else can be asked
    """

    id: UUID
    case_id: UUID
    case_number: str
    number: str
    need: Need
    risk: Risk
    receiver: str
    state: State
    asked_at: datetime
    answer_by: datetime
    share_until: datetime
    moved_at: datetime | None
    taker: str
    decline: str | Promise
    result: str | Promise
    seen_at: datetime | None
    is_late: bool
    ask_again: bool


@dataclass(frozen=True, slots=True)
class SentList:
    """One page of what was asked for the cases one manages."""

    rows: tuple[SentRow, ...]
    older: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class CaseRequests:
    """Everything asked for one case, the latest first."""

    head: CaseHead
    rows: tuple[SentRow, ...]
    may_ask: bool


def asked_list(*, actor: Actor, tab: Tab, at: datetime, after: str = "") -> AskedList:
    """Return one page of what is asked of the actor's desk: by risk, then by clock.

    What is over comes by when it ended, the latest first.
    """
    mine = _asked_of(actor)
    counts = {one: mine.filter(state__in=_STATES[one]).count() for one in (Tab.ASKED, Tab.WORK)}
    rows = mine.filter(state__in=_STATES[tab])
    place = Place.read(after)
    if tab is Tab.ENDED:
        page, older = _latest_first(rows, place)
    else:
        page, older = _by_urgency(rows, place)
    return AskedList(
        desk=actor.organisation_id,
        tab=tab,
        rows=_asked_rows(page, actor, at),
        older=older,
        is_first=place is None,
        counts=counts,
    )


def sent_list(*, actor: Actor, at: datetime, after: str = "") -> SentList:
    """Return one page of what was asked for the cases this actor manages."""
    place = Place.read(after)
    sent = Referral.objects.visible_to(actor).filter(sender=actor.organisation_id)
    page, older = _latest_first(sent, place, by="asked_at")
    return SentList(_sent_rows(page, at), older, is_first=place is None)


def partners_done(*, case_id: UUID) -> bool:
    """Say whether nothing that was asked for a case in sight still runs."""
    return not Referral.objects.filter(case=case_id, state__in=RUNNING).exists()


def case_requests(*, actor: Actor, case_id: UUID, at: datetime) -> CaseRequests:
    """Return everything asked for a case; a partner on the team sees an empty list.

    :raises NotInSight: if the actor is no member of the case
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    rows = Referral.objects.visible_to(actor).filter(case=case_id, sender=head.desk)
    listed = rows.select_related("case").order_by("-asked_at", "-pk")
    return CaseRequests(
        head=head,
        rows=_sent_rows(list(listed), at),
        may_ask=head.leads and head.is_open and actor.may(Permission.REFERRAL_ASK),
    )


def waiting_count(*, actor: Actor) -> int:
    """Return how many requests wait for an answer of the actor's desk."""
    return _asked_of(actor).filter(state__in=OFFERED).count()


def _asked_of(actor: Actor) -> ReferralQuerySet:
    rows = Referral.objects.visible_to(actor).filter(receiver=actor.organisation_id)
    return rows.select_related("case")


def _by_urgency(rows: ReferralQuerySet, place: Place | None) -> tuple[list[Referral], str]:
    if place is not None:
        rows = rows.filter(
            Q(rank__gt=place.rank)
            | Q(rank=place.rank, answer_by__gt=place.at)
            | Q(rank=place.rank, answer_by=place.at, pk__gt=place.pk)
        )
    found = list(rows.order_by("rank", "answer_by", "pk")[: PAGE + 1])
    return _cut(found, "answer_by")


def _latest_first(
    rows: ReferralQuerySet, place: Place | None, by: str = "moved_at"
) -> tuple[list[Referral], str]:
    if place is not None:
        rows = rows.filter(Q(**{f"{by}__lt": place.at}) | Q(**{by: place.at}, pk__lt=place.pk))
    found = list(rows.select_related("case").order_by(f"-{by}", "-pk")[: PAGE + 1])
    return _cut(found, by)


def _cut(found: list[Referral], by: str) -> tuple[list[Referral], str]:
    page = found[:PAGE]
    if len(found) <= PAGE:
        return page, ""
    last = page[-1]
    return page, str(Place(last.rank, getattr(last, by), last.pk))


def _asked_rows(page: Iterable[Referral], actor: Actor, at: datetime) -> tuple[AskedRow, ...]:
    listed = list(page)
    names = directory.names(row.taken_by_id for row in listed)
    desks = directory.desk_names(row.sender_id for row in listed)
    city = territory.city()
    return tuple(
        AskedRow(
            id=row.pk,
            number=row.number,
            need=Need(row.need),
            risk=Risk(row.risk),
            age=Age(row.age).label if row.age != Age.UNKNOWN else "",
            district=city.district_name(row.district),
            sender=desks.get(row.sender_id, ""),
            state=State(row.state),
            asked_at=row.asked_at,
            answer_by=row.answer_by,
            share_until=row.share_until,
            moved_at=row.moved_at,
            result=Result(row.result).label if row.result else "",
            taker=names.get(row.taken_by_id, "") if row.taken_by_id else "",
            is_mine=row.taken_by_id == actor.user_id,
            is_late=row.state in OFFERED and row.answer_by <= at,
        )
        for row in listed
    )


def _sent_rows(page: Iterable[Referral], at: datetime) -> tuple[SentRow, ...]:
    listed = list(page)
    names = directory.names(row.taken_by_id for row in listed)
    desks = directory.desk_names(row.receiver_id for row in listed)
    looks = openings(row.pk for row in listed)
    return tuple(
        SentRow(
            id=row.pk,
            case_id=row.case_id,
            case_number=row.case.number,
            number=row.number,
            need=Need(row.need),
            risk=Risk(row.risk),
            receiver=desks.get(row.receiver_id, ""),
            state=State(row.state),
            asked_at=row.asked_at,
            answer_by=row.answer_by,
            share_until=row.share_until,
            moved_at=row.moved_at,
            taker=names.get(row.taken_by_id, "") if row.taken_by_id else "",
            decline=Decline(row.decline).label if row.decline else "",
            result=Result(row.result).label if row.result else "",
            seen_at=first_look(row=row, looks=looks),
            is_late=row.state in OFFERED and row.answer_by <= at,
            ask_again=row.state in _CAME_TO_NOTHING and row.case.state == CaseState.OPEN,
        )
        for row in listed
    )


def first_look(*, row: Referral, looks: Iterable[Look]) -> datetime | None:
    """Return when the asked desk first read it with its own hand; None if not yet."""
    theirs = (
        look.first
        for look in looks
        if look.about == row.pk and look.organisation == row.receiver_id and not look.automatic
    )
    return min(theirs, default=None)
