"""Who sees a case, and who may do what with it. The whole law of cases, in one file.

A case is seen by its members. Seeing it shows codes; what stands in a compartment opens only
with the compartment's key. Who was excluded is no member, whatever else is true.
"""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.cases.states import OWN, Part, Step

if TYPE_CHECKING:
    from ruang.cases.models import Case


def sees_case(actor: Actor) -> Q:
    """Members see it, the reporter her own, the clocks run in it. Nobody else knows of it."""
    member, barred_one = apps.get_model("cases.Member"), apps.get_model("cases.Excluded")
    if actor.may(Permission.SYSTEM):
        return Q()
    if actor.may(Permission.REPORTER):
        hers = apps.get_model("vault.KeyPair").objects.filter(owner=actor.user_id)
        return Q(reporter_pair__in=hers.values("pk"))
    if not actor.may(Permission.CASE_SEE):
        return Q(pk__in=[])
    mine = member.objects.filter(case=OuterRef("pk"), user=actor.user_id, ended_at=None)
    barred = barred_one.objects.filter(case=OuterRef("pk"), user=actor.user_id)
    return Q(Exists(mine)) & ~Q(Exists(barred))


def part_of(actor: Actor, case: "Case") -> Part | None:
    """Return what the actor is in this case."""
    found = case.team.filter(user=actor.user_id, ended_at=None).values_list("part", flat=True)
    return Part(found[0]) if found else None


def may_manage(actor: Actor, case: "Case") -> bool:
    """Manager and deputy manage it."""
    return actor.may(Permission.CASE_MANAGE) and part_of(actor, case) in {
        Part.MANAGER,
        Part.DEPUTY,
    }


def may_write(actor: Actor, case: "Case") -> bool:
    """Every member may write a note, in a compartment the member holds."""
    return actor.may(Permission.CASE_WRITE) and part_of(actor, case) is not None


def may_enter(actor: Actor, case: "Case") -> bool:
    """Whoever of the own office is on the team, in a part she holds; closed cases too."""
    return actor.may(Permission.CASE_WRITE) and part_of(actor, case) in OWN


def may_open(actor: Actor, case: "Case") -> bool:
    """Whoever may manage cases at the desk may open one there."""
    return actor.may(Permission.CASE_MANAGE) and case.desk == actor.organisation_id


def may_follow(actor: Actor, case: "Case") -> bool:
    """The reporter, by her seven words."""
    return actor.may(Permission.REPORTER) and case.reporter_pair is not None


def may_join(actor: Actor, case: "Case") -> bool:
    """Who works for a partner may join once handed the keys, unless barred from this case."""
    barred = case.excluded.filter(user=actor.user_id).exists()
    return actor.may(Permission.CASE_WRITE) and not barred


def may_leave(actor: Actor, case: "Case") -> bool:
    """A partner may leave. Manager and deputy cannot: they hand on, and tell a colleague."""
    return part_of(actor, case) == Part.PARTNER


def may_remove(actor: Actor, case: "Case") -> bool:
    """Manager and deputy end a colleague's or partner's part; so does the clock."""
    return actor.may(Permission.SYSTEM) or may_manage(actor, case)


def may_lower(actor: Actor, case: "Case") -> bool:
    """Nobody alone: the system, when a second person has approved."""
    return actor.may(Permission.SYSTEM)


def may_raise(actor: Actor, case: "Case") -> bool:
    """The system, when another report of the same is a higher risk; no person needs to ask."""
    return actor.may(Permission.SYSTEM)


def may_tell_again(actor: Actor, case: "Case") -> bool:
    """Whoever works reports at its desk puts into it what another report of the same tells.

    She reads nothing of the case by that: what comes is sealed with a new key of its parts.
    """
    return actor.may(Permission.REPORT_WORK) and case.desk == actor.organisation_id


def may_unmark(actor: Actor, case: "Case") -> bool:
    """Nobody alone takes TPKS off: the system, when a second person has approved."""
    return actor.may(Permission.SYSTEM)


def may_close(actor: Actor, case: "Case") -> bool:
    """Nobody alone: the second person who was asked at its desk, or the system for her."""
    second = actor.may(Permission.APPROVAL_DECIDE) and case.desk == actor.organisation_id
    return actor.may(Permission.SYSTEM) or second


def may_renew(actor: Actor, case: "Case") -> bool:
    """The system alone, when the account of manager or deputy has ended."""
    return actor.may(Permission.SYSTEM)


RULES = {
    Step.WRITE: may_write,
    Step.REPLY: may_manage,
    Step.CHANGE_TEAM: may_manage,
    Step.RATE: may_manage,
    Step.CLOSE: may_close,
    Step.REOPEN: may_manage,
    Step.IDENTIFY: may_manage,
    Step.LOWER: may_manage,
    Step.UNMARK: may_manage,
    Step.LEGAL: may_manage,
    Step.CONTACT: may_manage,
    Step.ENTER: may_enter,
    Step.ANSWERED: may_manage,
    Step.READ_AGAIN: may_manage,
    Step.TPKS: may_manage,
}
