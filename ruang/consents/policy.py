"""Who sees a consent, who writes one down, and who ends it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.cases.models import Excluded, Member
from ruang.cases.states import LEADS
from ruang.consents.states import Basis, Step
from ruang.kernel.codes import Who
from ruang.vault.models import KeyPair

if TYPE_CHECKING:
    from ruang.cases.models import Case
    from ruang.consents.models import Consent


def sees_consent(actor: Actor) -> Q:
    """Manager and deputy see them; a partner on the team those of the own organisation.

    Who reported herself sees what she agreed to, by her seven words; who reported for somebody
    else does not. Who is barred from the case does not. The clocks run in all of them.
    """
    if actor.may(Permission.SYSTEM):
        return Q()
    if actor.may(Permission.REPORTER):
        hers = KeyPair.objects.filter(owner=actor.user_id).values("pk")
        return Q(case__reporter_pair__in=hers, case__who=Who.SELF, basis=Basis.CONSENT)
    if not actor.may(Permission.CASE_SEE):
        return Q(pk__in=[])
    on_team = _on_team(actor, OuterRef("case"))
    seen = Q(Exists(on_team.filter(part__in=LEADS)))
    seen |= Q(Exists(on_team), organisation=actor.organisation_id)
    barred = Excluded.objects.filter(case=OuterRef("case"), user=actor.user_id)
    return seen & ~Q(Exists(barred))


def may_give(actor: Actor, case: "Case") -> bool:
    """The case's manager and deputy write down on what ground something is shared."""
    return actor.may(Permission.CASE_MANAGE) and _leads(actor, case.pk)


def may_withdraw(actor: Actor, consent: "Consent") -> bool:
    """Manager and deputy, at her word: at any time and without a reason.

    She herself as well, under her seven words: whatever of it she sees is hers.
    """
    if actor.may(Permission.REPORTER):
        return type(consent).objects.visible_to(actor).filter(pk=consent.pk).exists()
    return actor.may(Permission.CASE_MANAGE) and _leads(actor, consent.case_id)


def may_renew(actor: Actor, consent: "Consent") -> bool:
    """Manager and deputy, where it must be put on another ground."""
    return actor.may(Permission.CASE_MANAGE) and _leads(actor, consent.case_id)


def may_end(actor: Actor, consent: "Consent") -> bool:
    """The clock alone."""
    return actor.may(Permission.SYSTEM)


def _on_team(actor: Actor, case: UUID | OuterRef) -> "QuerySet[Member]":
    return Member.objects.filter(case=case, user=actor.user_id, ended_at=None)


def _leads(actor: Actor, case_id: UUID) -> bool:
    return _on_team(actor, case_id).filter(part__in=LEADS).exists()


RULES = {Step.WITHDRAW: may_withdraw, Step.END: may_end, Step.RENEW: may_renew}
