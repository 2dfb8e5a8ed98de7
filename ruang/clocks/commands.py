"""What a person does to a clock itself, and how the city corrects and adds time limits."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.clocks import keep
from ruang.clocks.events import RuleAdded, RuleChanged, RuleRemoved
from ruang.clocks.models import CityRule, Clock
from ruang.clocks.official import OFFICIAL
from ruang.clocks.policy import RULES, may_correct, may_sweep
from ruang.clocks.rules import edition_of
from ruang.clocks.said import (
    NO_SUCH_RULE,
    OFFICIAL_WORDS,
    OwnRule,
    RuleWords,
    Time,
    must_be_dated,
)
from ruang.clocks.states import Missed, Step, Unit
from ruang.clocks.sweep import sweep
from ruang.kernel.errors import Refused

OWN = "own_"
"""How the code of a time limit of the city's own begins."""


@transaction.atomic
def acknowledge_clock(*, actor: Actor, clock_id: UUID, at: datetime) -> Clock:
    """Say that one takes care of a clock that ran out, or is about to.

    :raises Refused: if it is over meanwhile
    """
    clock = _locked(actor, clock_id)
    require(RULES[Step.ACKNOWLEDGE], actor, clock)
    keep.acknowledge(clock, actor=actor, at=at)
    return clock


@transaction.atomic
def explain_miss(*, actor: Actor, clock_id: UUID, why: Missed, at: datetime) -> Clock:
    """Say why a clock was missed: every breach has a reason.

    :raises Refused: if it was not missed
    """
    clock = _locked(actor, clock_id)
    require(RULES[Step.EXPLAIN], actor, clock)
    keep.explain(clock, why=why, actor=actor, at=at)
    return clock


@transaction.atomic
def correct_rule(
    *,
    actor: Actor,
    kind: str,
    amount: int | None,
    unit: Unit,
    source: str,
    source_on: date | None,
    is_active: bool,
    at: datetime,
    may_pause: bool = False,
    words: RuleWords = OFFICIAL_WORDS,
    base: str | None = None,
) -> CityRule:
    """Correct an official time limit for this city. Clocks that run keep the time they have.

    A step that has no time in any source gets one by this, and is on from then.

    :param words: what the city says instead; an empty text is the official one
    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor is no administrator
    :raises Refused: if there is no such limit, it is no time, it has no source, or somebody
        changed it meanwhile
    """
    require(may_correct, actor, None)
    if kind not in OFFICIAL:
        raise Refused(NO_SUCH_RULE)
    time = Time(amount, unit, source, source_on, may_pause=may_pause, is_active=is_active)
    if OFFICIAL[kind].has_a_time or is_active:
        must_be_dated(time)
    said = {**words.tidied(), **time.checked(), "starts": "", "meets": ""}
    _must_be_as_it_was(kind, base, said)
    row, _made = CityRule.objects.update_or_create(kind=kind, defaults=said)
    record(RuleChanged(actor.organisation_id, kind), actor=actor, at=at)
    return row


@transaction.atomic
def restore_rule(*, actor: Actor, kind: str, at: datetime) -> None:
    """Go back to the official text of a time limit. Clocks that run keep the time they have.

    :raises PermissionDenied: if the actor is no administrator
    :raises Refused: if there is no official text of it
    """
    require(may_correct, actor, None)
    if kind not in OFFICIAL:
        raise Refused(NO_SUCH_RULE)
    CityRule.objects.filter(pk=kind).delete()
    record(RuleChanged(actor.organisation_id, kind), actor=actor, at=at)


@transaction.atomic
def add_rule(
    *, actor: Actor, own: OwnRule, at: datetime, form_tag: bytes | None = None
) -> CityRule:
    """Add a time limit of the city's own, in force from now on unless it says otherwise.

    The same form sent twice is one.

    :raises PermissionDenied: if the actor is no administrator
    :raises Refused: if it has no title, nobody who acts, or no time
    """
    require(may_correct, actor, None)
    kind = f"{OWN}{form_tag.hex()[:12]}" if form_tag else _new_kind(at)
    row, is_new = CityRule.objects.get_or_create(kind=kind, defaults=own.checked())
    if is_new:
        record(RuleAdded(actor.organisation_id, row.kind), actor=actor, at=at)
    return row


@transaction.atomic
def change_rule(
    *, actor: Actor, kind: str, own: OwnRule, at: datetime, base: str | None = None
) -> CityRule:
    """Change a time limit of the city's own, or switch it off. Clocks that run go on.

    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor is no administrator
    :raises Refused: if it is not there any more, says too little, or somebody changed it
        meanwhile
    """
    require(may_correct, actor, None)
    _own_rule(kind)
    said = own.checked()
    _must_be_as_it_was(kind, base, said)
    row = CityRule(kind=kind, **said)
    row.save(force_update=True)
    record(RuleChanged(actor.organisation_id, kind), actor=actor, at=at)
    return row


@transaction.atomic
def remove_rule(*, actor: Actor, kind: str, at: datetime) -> None:
    """Remove a time limit of the city's own by which no clock ever ran.

    :raises PermissionDenied: if the actor is no administrator
    :raises Refused: if one ran by it: then it can only be switched off
    """
    require(may_correct, actor, None)
    row = _own_rule(kind)
    if Clock.objects.filter(kind=kind).exists():
        raise Refused(_("A clock ran by this time limit, so it stays. Switch it off instead."))
    row.delete()
    record(RuleRemoved(actor.organisation_id, kind), actor=actor, at=at)


def sweep_clocks(*, actor: Actor, at: datetime) -> int:
    """Warn, and tell who must know, about every clock whose moment has come; return how many.

    :raises PermissionDenied: for everybody but the system
    """
    require(may_sweep, actor, None)
    return sweep(actor=actor, at=at)


def _locked(actor: Actor, clock_id: UUID) -> Clock:
    in_sight = Clock.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, clock_id)


def _must_be_as_it_was(kind: str, base: str | None, said: dict[str, Any]) -> None:
    """Refuse to write over what somebody saved while this form was open.

    The same saved twice is no such thing.
    """
    is_same = base is None or base == edition_of(kind)
    if not is_same and not CityRule.objects.filter(kind=kind, **said).exists():
        raise Refused(
            _(
                "Somebody changed this time limit while you had it open. Nothing was saved. "
                "Open it again, look at what stands there now, and enter yours anew."
            )
        )


def _new_kind(at: datetime) -> str:
    """Return a code that says nothing but when the limit was added."""
    begins = f"{OWN}{int(at.timestamp()):x}"
    return f"{begins}{CityRule.objects.filter(pk__startswith=begins).count():x}"


def _own_rule(kind: str) -> CityRule:
    rows = CityRule.objects.select_for_update(of=("self",)).exclude(pk__in=OFFICIAL)
    row = rows.filter(pk=kind).first()
    if row is None:
        raise Refused(NO_SUCH_RULE)
    return row
