"""Who sees a request to a partner, and who may do what with it. The whole law, in one file.

The asked desk sees what is asked and nothing of who. One person takes it, is first shown the
names alone, and only after knowing none of them reads what was shared (vault.md §2).
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.cases.models import Excluded, Member
from ruang.cases.states import OWN, Part
from ruang.referrals.states import SEEN_BY_ASKED, Step

if TYPE_CHECKING:
    from ruang.cases.models import Case
    from ruang.referrals.models import Referral


def sees_referral(actor: Actor) -> Q:
    """The case's managers see it; the asked desk while it runs and when it was finished.

    Who is barred from the case does not. What was declined, ran out or was withdrawn does not
    exist for the asked desk any more. The clocks run in all of them.
    """
    if actor.may(Permission.SYSTEM):
        return Q()
    if not actor.is_staff:
        return Q(pk__in=[])
    seen = Q(Exists(_leads(actor, OuterRef("case"))))
    if actor.may(Permission.REFERRAL_ANSWER):
        seen |= Q(receiver=actor.organisation_id, state__in=SEEN_BY_ASKED)
    barred = Excluded.objects.filter(case=OuterRef("case"), user=actor.user_id)
    return seen & ~Q(Exists(barred))


def sees_case_minutes(actor: Actor) -> Q:
    """Who of the own office is on the team sees the minutes of its hand-over; nobody barred."""
    if actor.may(Permission.SYSTEM):
        return Q()
    if not actor.may(Permission.CASE_SEE):
        return Q(pk__in=[])
    mine = Member.objects.filter(
        case=OuterRef("case"), user=actor.user_id, ended_at=None, part__in=OWN
    )
    barred = Excluded.objects.filter(case=OuterRef("case"), user=actor.user_id)
    return Q(Exists(mine)) & ~Q(Exists(barred))


def may_ask(actor: Actor, case: "Case") -> bool:
    """The case's manager and deputy ask partners."""
    return actor.may(Permission.REFERRAL_ASK) and _leads(actor, case.pk).exists()


def may_take(actor: Actor, referral: "Referral") -> bool:
    """Whoever answers for the asked desk may take it; two at once, and the first one has it."""
    return (
        actor.may(Permission.REFERRAL_ANSWER) and referral.receiver_id == actor.organisation_id
    )


def may_decline(actor: Actor, referral: "Referral") -> bool:
    """Whoever answers for the asked desk may decline it; once taken, who took it."""
    return may_take(actor, referral) and referral.taken_by_id in {None, actor.user_id}


def may_check(actor: Actor, referral: "Referral") -> bool:
    """Whoever took it checks the names and works on it, and nobody else."""
    return may_take(actor, referral) and referral.taken_by_id == actor.user_id


def may_put_back(actor: Actor, referral: "Referral") -> bool:
    """Whoever took it; who bars that person; the system, when the account was suspended."""
    return may_withdraw(actor, referral) or may_check(actor, referral)


def may_manage(actor: Actor, referral: "Referral") -> bool:
    """The case's manager and deputy see to it."""
    return actor.may(Permission.REFERRAL_ASK) and _leads(actor, referral.case_id).exists()


def may_withdraw(actor: Actor, referral: "Referral") -> bool:
    """Manager and deputy at any time; the system when the case closed or the taker left."""
    return actor.may(Permission.SYSTEM) or may_manage(actor, referral)


def may_expire(actor: Actor, referral: "Referral") -> bool:
    """The clock alone."""
    return actor.may(Permission.SYSTEM)


def _leads(actor: Actor, case: UUID | OuterRef) -> "QuerySet[Member]":
    return Member.objects.filter(
        case=case,
        user=actor.user_id,
        ended_at=None,
        part__in=[Part.MANAGER, Part.DEPUTY],
    )


RULES = {
    Step.TAKE: may_take,
    Step.DECLINE: may_decline,
    Step.CONFIRM: may_check,
    Step.HAND_BACK: may_check,
    Step.PUT_BACK: may_put_back,
    Step.FINISH: may_check,
    Step.WITHDRAW: may_withdraw,
    Step.EXPIRE: may_expire,
    Step.LAPSE: may_expire,
}
