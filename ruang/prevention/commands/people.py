"""Those who hold sessions: what they can, when they are free, on which days they are away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require
from ruang.access.roles import GRANTS
from ruang.audit.record import record
from ruang.identity import directory
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.prevention.booking import local_day
from ruang.prevention.events import CadreAreaChanged, FacilitatorChanged
from ruang.prevention.models import Away, Facilitator, Programme, Skill, Working
from ruang.prevention.policy import may_change_days, may_plan, sees_facilitator
from ruang.prevention.states import Language, Sex
from ruang.register.models import CadreArea, Rw
from ruang.territory import queries as territory

LONGEST = timedelta(days=366)
MOST = 60
"""Spans of days away that lie ahead; more is a slip."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody can, and how much."""

    sex: Sex
    languages: Sequence[Language]
    home: str
    programmes: Sequence[UUID]
    sessions_a_day: int = 2
    sessions_a_week: int = 4
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a day of the week (1 = Monday) in which somebody can be sent out."""

    weekday: int
    begins: time
    ends: time


@transaction.atomic
def save_facilitator(*, actor: Actor, user: UUID, profile: Profile, at: datetime) -> UUID:
    """Write down what an account's person can teach, in which languages, how often.

    :raises PermissionDenied: if the actor does not plan
    :raises Refused: if that person holds no sessions, or a limit is none
    """
    require(may_plan, actor, None)
    person = directory.people([user]).get(user)
    if person is None or Permission.SESSION_LOG not in GRANTS[person.role]:
        raise Refused(_("Choose an account that may hold sessions."))
    if not profile.languages:
        raise Refused(_("Choose at least one language."))
    city = territory.city()
    if profile.home not in {one.code for one in territory.villages(city_code=city.code)}:
        raise Refused(_("Choose the kelurahan where the day begins."))
    if not (1 <= profile.sessions_a_day <= 6 and 1 <= profile.sessions_a_week <= 20):
        raise Refused(_("At most 1 to 6 sessions a day and 1 to 20 a week."))
    row = Facilitator.objects.select_for_update().filter(user=user).first()
    row = row or Facilitator(pk=uuid7(), user_id=user)
    row.sex, row.home_id = profile.sex, profile.home
    row.languages = sorted({one.value for one in profile.languages})
    row.sessions_a_day, row.sessions_a_week = profile.sessions_a_day, profile.sessions_a_week
    row.is_active = profile.is_active
    row.save()
    row.skills.all().delete()
    taught = Programme.objects.filter(pk__in=set(profile.programmes))
    Skill.objects.bulk_create(Skill(facilitator=row, programme=one) for one in taught)
    _record(row, "profile", actor, at)
    return row.pk


@transaction.atomic
def set_working(
    *, actor: Actor, facilitator_id: UUID, hours: Sequence[Hours], at: datetime
) -> None:
    """Say in which hours of the week somebody can be sent out; none means at any time.

    :raises NotInSight: if there is nobody
    :raises PermissionDenied: if it is somebody else, and the actor does not plan
    :raises Refused: if an hour ends before it begins
    """
    row = _locked(actor, facilitator_id)
    for one in hours:
        if not 1 <= one.weekday <= 7 or one.begins >= one.ends:
            raise Refused(_("The time until must be after the time from."))
    row.working.all().delete()
    Working.objects.bulk_create(
        Working(facilitator=row, weekday=one.weekday, begins=one.begins, ends=one.ends)
        for one in hours
    )
    _record(row, "working", actor, at)


@transaction.atomic
def add_away(
    *, actor: Actor, facilitator_id: UUID, begins_on: date, ends_on: date, at: datetime
) -> None:
    """Say on which days somebody cannot come. Why is not asked.

    :raises NotInSight: if there is nobody
    :raises PermissionDenied: if it is somebody else, and the actor does not plan
    :raises Refused: if the last day is before the first, or all of it is past
    """
    row = _locked(actor, facilitator_id)
    if not begins_on <= ends_on <= begins_on + LONGEST:
        raise Refused(_("The last day must not be before the first, nor a year after it."))
    today = local_day(at)
    if ends_on < today:
        raise Refused(_("These days are over. Give days from today on."))
    ahead = row.away.filter(ends_on__gte=today)
    if ahead.filter(begins_on=begins_on, ends_on=ends_on).exists():
        return
    if ahead.count() >= MOST:
        raise Refused(_("There are sixty entries already. Take one away first."))
    Away.objects.create(facilitator=row, begins_on=begins_on, ends_on=ends_on)
    _record(row, "away", actor, at)


@transaction.atomic
def drop_away(*, actor: Actor, facilitator_id: UUID, away_id: int, at: datetime) -> None:
    """Say that somebody can come after all.

    :raises NotInSight: if there is no such entry
    :raises PermissionDenied: if it is somebody else, and the actor does not plan
    """
    row = _locked(actor, facilitator_id)
    if row.away.filter(pk=away_id).delete()[0] == 0:
        raise sight.NotInSight("Away")
    _record(row, "away", actor, at)


@transaction.atomic
def set_cadre_area(
    *, actor: Actor, user: UUID, rws: Sequence[UUID], at: datetime, village: str = ""
) -> None:
    """Say which RW a cadre looks after; none takes all away that stand.

    What she looked after before it ended stays hers: its sessions are what she held there.

    :param village: of this kelurahan; what she looks after elsewhere stays hers
    :raises PermissionDenied: if the actor does not plan
    :raises Refused: if that person is no cadre, or an RW is no longer in the register
    """
    require(may_plan, actor, None)
    person = directory.people([user]).get(user)
    if person is None or Permission.CADRE not in GRANTS[person.role]:
        raise Refused(_("Choose the account of a cadre."))
    wanted = set(rws)
    standing = Rw.objects.filter(pk__in=wanted, ended_on=None)
    if village:
        standing = standing.filter(village=village)
    if standing.count() != len(wanted):
        raise Refused(_("An RW is no longer in the register. Choose again."))
    here = CadreArea.objects.filter(user=user, rw__ended_on=None)
    (here.filter(rw__village=village) if village else here).delete()
    CadreArea.objects.bulk_create(CadreArea(user_id=user, rw_id=rw) for rw in wanted)
    record(CadreAreaChanged(user, len(wanted)), actor=actor, at=at)


def _locked(actor: Actor, facilitator_id: UUID) -> Facilitator:
    rows = Facilitator.objects.filter(sees_facilitator(actor)).select_for_update()
    row = sight.one(rows, facilitator_id)
    require(may_change_days, actor, row)
    return row


def _record(row: Facilitator, thing: str, actor: Actor, at: datetime) -> None:
    record(FacilitatorChanged(row.pk, row.user_id, thing), actor=actor, at=at)
