"""The form that asks a partner: whom one can ask, and what is filled in beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.cases.queries import CaseHead, case_head, names_in_force
from ruang.cases.states import SHAREABLE, Compartment
from ruang.consents.queries import Standing, standing
from ruang.identity import directory
from ruang.identity.states import OrganisationKind as K
from ruang.referrals.clocks import USUAL_SHARE, usual_answer_by
from ruang.referrals.models import Referral
from ruang.referrals.purposes import purpose_of
from ruang.referrals.states import Need
from ruang.territory import queries as territory
from ruang.vault.keyring import CannotOpen
from ruang.vault.texts import open_text

SUITED: Mapping[Need, frozenset[K]] = {
    Need.HEALTH: frozenset({K.HEALTH}),
    Need.LEGAL: frozenset({K.LEGAL_AID, K.PROSECUTION}),
    Need.POLICE: frozenset({K.POLICE}),
    Need.PSYCHOLOGY: frozenset({K.PSYCHOLOGY, K.HEALTH, K.UNIVERSITY}),
    Need.SHELTER: frozenset({K.SHELTER, K.SOCIAL}),
    Need.SOCIAL: frozenset({K.SOCIAL, K.COMMUNITY}),
    Need.REINTEGRATION: frozenset({K.SOCIAL, K.COMMUNITY}),
    Need.RETURN_HOME: frozenset({K.SOCIAL}),
    Need.RELIGIOUS: frozenset({K.RELIGION}),
    Need.SCHOOL: frozenset({K.EDUCATION}),
    Need.OTHER: frozenset(),
}
"""Which kinds of organisation are proposed first for a need. Any other can be chosen."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A desk that can be asked.

    :ivar is_suited: its kind fits the need; such desks stand first
    :ivar was_asked: a request for this case went there before
    """

    id: UUID
    name: str
    is_suited: bool
    was_asked: bool


@dataclass(frozen=True, slots=True, repr=False)
class Earlier:
    """What was asked before of somebody who did not take it: a start for the next.

    Her consent was for that desk, and is asked anew.
    """

    id: UUID
    number: str
    need: Need
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class AskPage:
    """What the form needs.

    :ivar names: the names of those involved, as they were last written in the case
    :ivar consents: those in force for this need, to rest the request on
    :ivar mine: the parts the actor holds and could share; the plan always goes along
    """

    head: CaseHead
    candidates: tuple[Candidate, ...]
    names: str
    mine: tuple[Compartment, ...]
    answer_by: datetime
    share_until: datetime
    consents: tuple[Standing, ...]
    earlier: Earlier | None


def ask_page(
    *,
    actor: Actor,
    case_id: UUID,
    at: datetime,
    need: Need | None = None,
    after: UUID | None = None,
) -> AskPage:
    """Return what the form needs.

    :param after: an earlier request that came to nothing
    :raises NotInSight: if there is no such case or earlier request for this actor
    :raises PermissionDenied: if the actor is neither manager nor deputy, or the case is closed
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    if not (head.leads and head.is_open and actor.may(Permission.REFERRAL_ASK)):
        raise PermissionDenied("may_ask")
    earlier = _earlier(actor, case_id, after) if after else None
    city = territory.city()
    return AskPage(
        head=head,
        candidates=_candidates(actor, head, need or (earlier.need if earlier else None)),
        names=_names(actor, case_id),
        mine=tuple(
            code for code in SHAREABLE if code is not Compartment.PLAN and head.reads(code)
        ),
        answer_by=usual_answer_by(city=city, risk=head.risk, at=at),
        share_until=at + USUAL_SHARE,
        consents=_consents(actor, case_id, need or (earlier.need if earlier else None), at),
        earlier=earlier,
    )


def _consents(
    actor: Actor, case_id: UUID, need: Need | None, at: datetime
) -> tuple[Standing, ...]:
    if need is None:
        return ()
    return standing(actor=actor, case_id=case_id, at=at, purposes=[purpose_of(need)])


def _names(actor: Actor, case_id: UUID) -> str:
    try:
        return names_in_force(actor=actor, case_id=case_id)
    except CannotOpen:
        return ""


def _candidates(actor: Actor, head: CaseHead, need: Need | None) -> tuple[Candidate, ...]:
    asked = Referral.objects.visible_to(actor).filter(case=head.id)
    before = set(asked.values_list("receiver", flat=True))
    suited = SUITED[need] if need else frozenset()
    found = [
        Candidate(desk.id, desk.name, desk.kind in suited, desk.id in before)
        for desk in directory.desks(Permission.REFERRAL_ANSWER)
        if desk.id != head.desk
    ]
    return tuple(sorted(found, key=_order))


def _order(one: Candidate) -> tuple[bool, bool, str]:
    return (not one.is_suited, one.was_asked, one.name.casefold())


def _earlier(actor: Actor, case_id: UUID, referral_id: UUID) -> Earlier:
    rows = Referral.objects.visible_to(actor).filter(case=case_id)
    row = sight.one(rows, referral_id)
    return Earlier(
        id=row.pk, number=row.number, need=Need(row.need), text=_text(actor, row, "ask")
    )


def _text(actor: Actor, row: Referral, column: str) -> str:
    try:
        return open_text(actor.keys, row, column)
    except CannotOpen:
        return ""
