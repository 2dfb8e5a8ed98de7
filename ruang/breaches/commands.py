"""Putting a breach on record, saying that notice was given, keeping its clock."""

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.breaches.events import BreachMoved, BreachRecorded
from ruang.breaches.models import Breach
from ruang.breaches.policy import RULES, may_record
from ruang.breaches.states import BOTH, Data, Kind, People, Said, Step, Told
from ruang.clocks import keep, legal
from ruang.clocks.legal import Holder
from ruang.clocks.official import PDP_BREACH
from ruang.clocks.states import Area
from ruang.clocks.states import Step as ClockStep
from ruang.kernel.errors import Refused

MORNING, EVENING = time.min, time(23, 59)
"""What counts where no time of day is given: the earliest since when, the latest by when."""


@transaction.atomic
def record_breach(
    *,
    actor: Actor,
    kind: Kind,
    known_on: date,
    known_time: time | None,
    data: Iterable[Data],
    people: People,
    at: datetime,
    form_tag: bytes | None = None,
) -> Breach:
    """Put a breach on record; its clock counts from when it was known.

    The same form sent twice is one breach.

    :param known_time: without it the day counts from its beginning
    :raises PermissionDenied: if the actor does not answer for an office
    :raises Refused: if it is still to come, or no kind of data is named
    """
    require(may_record, actor, None)
    same = Breach.objects.visible_to(actor).filter(form_tag=form_tag) if form_tag else None
    if same is not None and (before := same.first()) is not None:
        return before
    known_at = _moment(known_on, known_time or MORNING, at)
    row = Breach.objects.create(
        desk=actor.organisation_id, kind=kind, people=people, known_at=known_at,
        data=_named(data), recorded_at=at, recorded_by=actor.user_id, form_tag=form_tag,
    )  # fmt: skip
    holder = Holder(row.pk, Area.OFFICE, row.desk, actor.user_id)
    legal.begin(holder, kind=PDP_BREACH, since=known_at, actor=actor, at=at)
    event = BreachRecorded(row.pk, row.desk, kind=kind.value, people=people.value)
    record(event, actor=actor, at=at)
    return row


@transaction.atomic
def correct_breach(
    *,
    actor: Actor,
    breach_id: UUID,
    kind: Kind,
    data: Iterable[Data],
    people: People,
    at: datetime,
) -> Breach:
    """Correct what is known of a breach; its clock goes on with the time it has.

    Since when it was known stays: one that was recorded wrongly is ended and recorded anew.

    :raises PermissionDenied: if it is another office's
    :raises Refused: if it was no breach after all, or no kind of data is named
    """
    row = _locked(actor, breach_id)
    require(RULES[Step.CORRECT], actor, row)
    row.take(Step.CORRECT)
    row.kind, row.data, row.people = kind, _named(data), people
    row.save(update_fields=["kind", "data", "people"])
    record(BreachMoved(row.pk, row.desk, Step.CORRECT.value), actor=actor, at=at)
    return row


@transaction.atomic
def give_notice(
    *,
    actor: Actor,
    breach_id: UUID,
    on: date,
    on_time: time | None,
    told: Iterable[Told],
    said: Iterable[Said],
    at: datetime,
) -> Breach:
    """Record that notice was given: it meets the clock as of then.

    :param on_time: without it the day counts to its end
    :param said: what stood in the notice; all that the law asks for
    :raises PermissionDenied: if it is another office's
    :raises Refused: if it says too little, went to too few, or is of a wrong time
    """
    row = _locked(actor, breach_id)
    require(RULES[Step.TELL], actor, row)
    row.take(Step.TELL)
    to = set(told)
    if not to >= BOTH:
        raise Refused(_("The law asks for notice to those concerned and to the authority."))
    if set(said) != set(Said):
        raise Refused(_("The notice must say all three. Send what is missing, then record it."))
    row.told_at = min(_moment(on, on_time or EVENING, at, is_day=on_time is None), at)
    if row.told_at < row.known_at:
        raise Refused(_("This is before the breach was known. Check the date."))
    row.told = [one.value for one in Told if one in to]
    row.save()
    clock = keep.clock_of(row.pk, PDP_BREACH)
    if clock is not None:
        keep.meet(clock, actor=actor, at=at, done_at=row.told_at)
    record(BreachMoved(row.pk, row.desk, Step.TELL.value), actor=actor, at=at)
    return row


@transaction.atomic
def move_breach_clock(
    *,
    actor: Actor,
    breach_id: UUID,
    clock_id: UUID,
    step: ClockStep,
    code: str,
    at: datetime,
    until: date | None = None,
) -> Breach:
    """Say why its clock was missed, or why no notice is due.

    :param until: the last day of a pause, where the city's rule allows one
    :raises NotInSight: if there is no such breach or clock for this actor
    :raises Refused: if it is met by hand, or no reason is given
    """
    row = _locked(actor, breach_id)
    ours = Step.END if step is ClockStep.END else Step.CLOCK
    require(RULES[ours], actor, row)
    if step is ClockStep.MEET:
        raise Refused(_("Record the notice: that meets the clock."))
    row.take(ours)
    legal.act(row.pk, clock_id, step=step, code=code, until=until, actor=actor, at=at)
    row.save(update_fields=["state"])
    record(BreachMoved(row.pk, row.desk, ours.value, code), actor=actor, at=at)
    return row


def _named(data: Iterable[Data]) -> list[str]:
    named = set(data)
    if not named:
        raise Refused(_("Choose at least one kind of data."))
    return [one.value for one in Data if one in named]


def _moment(on: date, hour: time, at: datetime, *, is_day: bool = False) -> datetime:
    """Return the moment that was given.

    :param is_day: the day alone was given, so that today is not to come
    :raises Refused: if it is to come
    """
    found = datetime.combine(on, hour, get_current_timezone())
    begins = datetime.combine(on, MORNING, get_current_timezone())
    if (begins if is_day else found) > at:
        raise Refused(_("This time is still to come. Check date and hour."))
    return found


def _locked(actor: Actor, breach_id: UUID) -> Breach:
    in_sight = Breach.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, breach_id)
