"""Who sees clocks, and who corrects the time limits.

A clock shows kinds and times alone. Who may pause or end one is the law of the context whose
matter it is about (intake, cases): it asks before it calls ``keep``.
"""

from typing import TYPE_CHECKING

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.hidden import of_no_hidden_record
from ruang.access.permissions import Permission
from ruang.clocks.states import Area, Step

if TYPE_CHECKING:
    from ruang.clocks.models import CityRule, Clock


def sees_clock(actor: Actor) -> Q:
    """The desk it runs at sees it, whoever it waits for does, and the system.

    That of an office is seen by whoever answers for the office alone. Of a record of which
    somebody may know nothing, she sees no clock either, whatever else is true.
    """
    if actor.may(Permission.SYSTEM):
        return Q()
    seen = Q(owner=actor.user_id)
    if actor.may(Permission.DESK_SEE) or actor.may(Permission.CASE_COUNT):
        seen |= Q(desk=actor.organisation_id) & ~Q(area=Area.OFFICE)
    if actor.may(Permission.BREACH_KEEP):
        seen |= Q(desk=actor.organisation_id, area=Area.OFFICE)
    return seen & of_no_hidden_record(actor.user_id)


def may_act(actor: Actor, clock: "Clock") -> bool:
    """Whoever it waits for, and everybody who works at the desk it runs at, may say "mine"."""
    works = actor.may(Permission.REPORT_WORK) or actor.may(Permission.CASE_COUNT)
    if clock.area == Area.OFFICE:
        works = actor.may(Permission.BREACH_KEEP)
    return clock.owner == actor.user_id or (works and clock.desk == actor.organisation_id)


def may_sweep(actor: Actor, clock: "Clock | None") -> bool:
    """The system alone."""
    return actor.may(Permission.SYSTEM)


def may_correct(actor: Actor, rule: "CityRule | None") -> bool:
    """The administrator corrects time limits; set-up too."""
    return actor.may(Permission.CITY_MANAGE) or actor.may(Permission.SYSTEM)


RULES = dict.fromkeys(Step, may_act)
