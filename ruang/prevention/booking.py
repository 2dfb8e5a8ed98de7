"""Who and what is free: a facilitator or a hall is in one place at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.identity import directory
from ruang.kernel.errors import Refused
from ruang.prevention.models import Away, Facilitator, Part, Programme, Session, Skill
from ruang.prevention.naming import meeting_place, programme_name
from ruang.prevention.states import State
from ruang.register.models import Venue


@dataclass(frozen=True, slots=True)
class Slot:
    """A time, the place, and who is wanted there.

    :ivar but: the session that is moved, which does not stand in its own way
    """

    starts_at: datetime
    ends_at: datetime
    venue: Venue | None
    facilitators: Sequence[Facilitator]
    but: UUID | None = None


def locked(actor: Actor, session_id: UUID) -> Session:
    """Return a session in sight, locked until the end of the transaction.

    :raises NotInSight: if there is none
    """
    rows = Session.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(rows.select_related("programme", "request"), session_id)


def must_be_as_seen(session: Session, seen: int | None) -> None:
    """Refuse a page that shows a session as it was before somebody moved it.

    :param seen: how often it had been moved then; None if nothing says
    :raises Refused: with when, where and by whom it is held now
    """
    if seen in {None, session.moves} or session.state != State.PLANNED:
        return
    parts = session.parts.order_by("facilitator__user__name")
    said = {
        "when": moment(session.starts_at),
        "where": meeting_place(session),
        "who": ", ".join(parts.values_list("facilitator__user__name", flat=True)),
    }
    words = gettext(
        "Somebody moved this session meanwhile. It is now on %(when)s, %(where)s, held by "
        "%(who)s. Look at it again."
    )
    raise Refused(words % said)


def facilitators_of(ids: Collection[UUID]) -> list[Facilitator]:
    """Return these facilitators, locked, so that two plans do not both find them free.

    :raises Refused: if there are none, or one is gone
    """
    wanted = set(ids)
    if not wanted:
        raise Refused(_("Choose at least one facilitator."))
    found = Facilitator.objects.select_for_update(of=("self",)).select_related("user")
    rows = list(found.filter(pk__in=wanted, is_active=True).order_by("pk"))
    if len(rows) != len(wanted):
        raise Refused(_("A facilitator you chose no longer holds sessions. Choose again."))
    return rows


def must_be_able(programme: Programme, facilitators: Sequence[Facilitator]) -> None:
    """Refuse whoever cannot hold the programme.

    :raises Refused: naming who
    """
    able = Skill.objects.filter(programme=programme, facilitator__in=facilitators)
    can = set(able.values_list("facilitator", flat=True))
    for one in facilitators:
        if one.pk not in can:
            said = {"who": name_of(one), "programme": programme_name(programme)}
            words = gettext("%(who)s does not hold %(programme)s. Choose somebody who does.")
            raise Refused(words % said)


def must_be_free(slot: Slot) -> None:
    """Refuse a time at which somebody, or the hall, is somewhere else.

    :raises Refused: naming who or what, and what stands there
    """
    _must_be_here(slot)
    for other in clashes(slot):
        taken = {part.facilitator_id for part in other.parts.all()}
        said = {"what": programme_name(other.programme), "when": moment(other.starts_at)}
        for one in slot.facilitators:
            if one.pk in taken:
                said["who"] = name_of(one)
                raise Refused(
                    gettext(
                        "%(who)s holds %(what)s on %(when)s. Choose another time or person."
                    )
                    % said
                )
        said["who"] = str(slot.venue)
        raise Refused(
            gettext("%(who)s is taken by %(what)s on %(when)s. Choose another time or place.")
            % said
        )


def clashes(slot: Slot) -> "QuerySet[Session]":
    """Return the sessions of the same people, or at the same venue, that overlap."""
    parts = Prefetch("parts", Part.objects.all())
    then = Session.objects.exclude(state=State.CANCELLED).filter(
        starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at
    )
    if slot.but is not None:
        then = then.exclude(pk=slot.but)
    busy = Part.objects.filter(facilitator__in=slot.facilitators, session__in=then)
    theirs = then.filter(pk__in=busy.values("session"))
    here = then.filter(venue=slot.venue) if slot.venue else then.none()
    found = (theirs | here).select_related("programme").prefetch_related(parts)
    return found.order_by("starts_at", "pk")


def _must_be_here(slot: Slot) -> None:
    day = local_day(slot.starts_at)
    away = Away.objects.filter(
        facilitator__in=slot.facilitators, begins_on__lte=day, ends_on__gte=day
    )
    if (one := away.select_related("facilitator__user").first()) is not None:
        said = {"who": name_of(one.facilitator), "day": date_format(day, "j F Y")}
        raise Refused(
            gettext("%(who)s is away on %(day)s. Choose another day or person.") % said
        )


def name_of(facilitator: Facilitator) -> str:
    """Return a facilitator's name."""
    return directory.names([facilitator.user_id])[facilitator.user_id]


def local_month(at: datetime) -> date:
    """Return the first day of a month: all that a sheet keeps of when it came."""
    return local_day(at).replace(day=1)


def local_day(at: datetime) -> date:
    """Return which day it is here."""
    return timezone.localtime(at).date()


def moment(at: datetime) -> str:
    """Return a day and an hour as they are said."""
    here = timezone.localtime(at)
    return f"{date_format(here, 'l j F Y')}, {here:%H.%M}"
