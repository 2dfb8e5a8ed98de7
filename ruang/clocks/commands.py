"""What a person does to a clock itself, and how the city corrects a time limit."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.clocks import keep
from ruang.clocks.events import RuleChanged
from ruang.clocks.models import Clock, RuleChange
from ruang.clocks.official import OFFICIAL
from ruang.clocks.policy import RULES, may_correct, may_sweep
from ruang.clocks.states import Missed, Step, Unit
from ruang.clocks.sweep import sweep
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy

LONGEST = {Unit.HOURS: 8_760, Unit.OPEN_HOURS: 2_000, Unit.DAYS: 1_830, Unit.WORKDAYS: 1_250}
"""The longest time limit of each unit; more is a slip of the finger."""


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
    amount: int,
    unit: Unit,
    source: str,
    source_on: date,
    is_active: bool,
    at: datetime,
) -> RuleChange:
    """Correct an official time limit for this city. Clocks that run keep the time they have.

    :raises PermissionDenied: if the actor is no administrator
    :raises Refused: if there is no such limit, it is no time, or it has no source
    """
    require(may_correct, actor, None)
    words = " ".join(tidy(source).split())
    if kind not in OFFICIAL:
        raise Refused(_("There is no such time limit. Reload the page."))
    if not 1 <= amount <= LONGEST[unit]:
        raise Refused(_("Give a number from 1 to %(most)d.") % {"most": LONGEST[unit]})
    if not words or len(words) > 200:
        raise Refused(_("Name the source: law and article, in at most 200 letters."))
    change, _made = RuleChange.objects.update_or_create(
        kind=kind,
        defaults={
            "amount": amount, "unit": unit, "source": words, "source_on": source_on,
            "is_active": is_active,
        },
    )  # fmt: skip
    record(RuleChanged(actor.organisation_id, kind), actor=actor, at=at)
    return change


def sweep_clocks(*, actor: Actor, at: datetime) -> int:
    """Warn, and tell who must know, about every clock whose moment has come; return how many.

    :raises PermissionDenied: for everybody but the system
    """
    require(may_sweep, actor, None)
    return sweep(actor=actor, at=at)


def _locked(actor: Actor, clock_id: UUID) -> Clock:
    in_sight = Clock.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, clock_id)
