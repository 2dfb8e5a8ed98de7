"""Those who hold sessions: the team, and one of them with hours, days away and what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission as P
from ruang.identity import directory
from ruang.prevention.booking import local_day
from ruang.prevention.listing import SessionRow, full, must_see, rows_of
from ruang.prevention.models import Away, Facilitator, OwnCalendar, Programme, Session, Skill
from ruang.prevention.naming import programme_name
from ruang.prevention.policy import may_change_days, may_plan, sees_facilitator
from ruang.prevention.states import Language, Sex, State
from ruang.territory import queries as territory
from ruang.territory.facts import Place

NEXT = 20


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One facilitator in the list of the team."""

    id: UUID
    name: str
    languages: tuple[str, ...]
    programmes: tuple[str, ...]
    held: int
    ahead: int
    is_away: bool
    is_active: bool
    is_me: bool


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody who holds sessions, and accounts that could but are not written down yet."""

    rows: tuple[PersonRow, ...]
    waiting: tuple[tuple[UUID, str], ...]
    may_plan: bool


@dataclass(frozen=True, slots=True)
class AwayLine:
    """Some days away."""

    id: int
    begins_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One facilitator."""

    id: UUID
    user: UUID
    name: str
    sex: Sex
    languages: tuple[Language, ...]
    home: str
    home_code: str
    programmes: tuple[tuple[UUID, str], ...]
    sessions_a_day: int
    sessions_a_week: int
    is_active: bool
    hours: tuple[tuple[int, time, time], ...]
    away: tuple[AwayLine, ...]
    sessions: tuple[SessionRow, ...]
    in_the_way: frozenset[UUID]
    """Sessions that lie in days away: the office finds somebody else."""
    is_me: bool
    may_plan: bool
    may_change: bool
    has_calendar: bool
    """Whether a phone asks for them under a secret address; said to whoever may end it."""


@dataclass(frozen=True, slots=True)
class ProfileChoices:
    """What a profile is chosen from."""

    name: str
    villages: tuple[Place, ...]
    programmes: tuple[tuple[UUID, str], ...]


def facilitators_page(*, actor: Actor, at: datetime) -> Team:
    """Return the team with how much each has held this year and has ahead.

    :raises PermissionDenied: for whoever does not work in prevention
    """
    must_see(actor)
    year, today = at - timedelta(days=365), local_day(at)
    held = Q(parts__session__state=State.HELD, parts__session__starts_at__gte=year)
    ahead = Q(parts__session__state=State.PLANNED, parts__session__starts_at__gte=at)
    people = Facilitator.objects.filter(sees_facilitator(actor)).select_related("user")
    people = people.annotate(
        held=Count("parts", filter=held, distinct=True),
        ahead=Count("parts", filter=ahead, distinct=True),
    )
    away = set(
        Away.objects.filter(begins_on__lte=today, ends_on__gte=today).values_list(
            "facilitator", flat=True
        )
    )
    can: dict[UUID, list[str]] = {}
    for skill in Skill.objects.select_related("programme").order_by("programme__name"):
        can.setdefault(skill.facilitator_id, []).append(programme_name(skill.programme))
    rows = tuple(
        PersonRow(
            id=one.pk, name=one.user.name,
            languages=tuple(str(Language(code).label) for code in one.languages),
            programmes=tuple(can.get(one.pk, ())), held=one.held, ahead=one.ahead,
            is_away=one.pk in away, is_active=one.is_active,
            is_me=one.user_id == actor.user_id,
        )
        for one in people.order_by("-is_active", "user__name", "pk")
    )  # fmt: skip
    return Team(rows, _waiting(actor), may_plan(actor, None))


def facilitator_page(*, actor: Actor, facilitator_id: UUID, at: datetime) -> PersonPage:
    """Return one facilitator with hours, days away and the next sessions.

    :raises NotInSight: if there is nobody, or for whoever does not work in prevention
    """
    rows = Facilitator.objects.filter(sees_facilitator(actor))
    row = sight.one(rows.select_related("user", "home__parent"), facilitator_id)
    ahead = Session.objects.visible_to(actor).filter(
        parts__facilitator=row, state=State.PLANNED, ends_at__gte=at
    )
    listed = list(full(ahead.order_by("starts_at", "pk"))[:NEXT])
    away = tuple(
        AwayLine(one.pk, one.begins_on, one.ends_on)
        for one in row.away.filter(ends_on__gte=local_day(at)).order_by("begins_on", "pk")
    )
    return PersonPage(
        id=row.pk, user=row.user_id, name=row.user.name, sex=Sex(row.sex),
        languages=tuple(Language(code) for code in row.languages),
        home=str(row.home), home_code=row.home_id,
        programmes=tuple(
            (skill.programme_id, programme_name(skill.programme))
            for skill in row.skills.select_related("programme").order_by("programme__name")
        ),
        sessions_a_day=row.sessions_a_day, sessions_a_week=row.sessions_a_week,
        is_active=row.is_active,
        hours=tuple(
            (one.weekday, one.begins, one.ends)
            for one in row.working.order_by("weekday", "begins")
        ),
        away=away, sessions=rows_of(listed, actor, at), in_the_way=_in_the_way(listed, away),
        is_me=row.user_id == actor.user_id, may_plan=may_plan(actor, row),
        may_change=may_change_days(actor, row),
        has_calendar=may_change_days(actor, row)
        and OwnCalendar.objects.filter(facilitator=row).exists(),
    )  # fmt: skip


def my_facilitator(*, actor: Actor) -> UUID | None:
    """Return under which id the actor holds sessions; None if she holds none."""
    rows = Facilitator.objects.filter(sees_facilitator(actor), user=actor.user_id)
    return rows.values_list("pk", flat=True).first()


def profile_choices(*, actor: Actor, user: UUID) -> ProfileChoices:
    """Return what the profile of this account's person is chosen from.

    :raises NotInSight: if that person holds no sessions
    """
    must_see(actor)
    person = directory.people([user]).get(user)
    if person is None or person.role.value not in directory.roles_with(P.SESSION_LOG):
        raise sight.NotInSight("User")
    taught = Programme.objects.filter(is_active=True).order_by("name")
    return ProfileChoices(
        person.name,
        territory.villages(city_code=territory.city().code),
        tuple((one.pk, programme_name(one)) for one in taught),
    )


def _in_the_way(sessions: Sequence[Session], away: tuple[AwayLine, ...]) -> frozenset[UUID]:
    return frozenset(
        one.pk
        for one in sessions
        for days in away
        if days.begins_on <= timezone.localtime(one.starts_at).date() <= days.ends_on
    )


def _waiting(actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return the colleagues whose account may hold sessions and who are in no list yet."""
    if not may_plan(actor, None):
        return ()
    known = set(Facilitator.objects.values_list("user", flat=True))
    people = directory.working(actor.organisation_id, P.SESSION_LOG)
    return tuple((one.id, one.name) for one in people if one.id not in known)
