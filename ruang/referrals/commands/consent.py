"""What happens to requests and teams when the consent they rest on ends: both, or neither.

The keys go in the same transaction, so that the partner's next request finds nothing.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import SYSTEM, Actor
from ruang.access.require import require
from ruang.approvals import asking
from ruang.approvals.states import Kind as ApprovalKind
from ruang.approvals.states import Step as ApprovalStep
from ruang.cases.commands import (
    give_compartments,
    withdraw_compartments,
    write_from_reporter,
)
from ruang.cases.models import Case, Member
from ruang.cases.policy import may_manage
from ruang.cases.states import Compartment, Part
from ruang.consents.commands import Ground, move_consent, renew_ground
from ruang.consents.coverage import consent_for, covered
from ruang.consents.models import Consent
from ruang.consents.states import Step as ConsentStep
from ruang.identity import directory
from ruang.kernel.errors import Refused
from ruang.referrals.commands.move import move_referral
from ruang.referrals.models import CaseHandOver, Referral
from ruang.referrals.purposes import purposes_of
from ruang.referrals.states import RUNNING, State, Step


@transaction.atomic
def give_more(
    *,
    actor: Actor,
    case_id: UUID,
    user_id: UUID,
    compartments: Iterable[Compartment],
    consent_id: UUID,
    at: datetime,
) -> None:
    """Let a partner on the team read more, on a consent for that partner's organisation.

    :raises Refused: if the consent does not cover it, is for something else than what this
        person was asked for, or nothing more can be given
    """
    case = _locked(actor, case_id)
    require(may_manage, actor, case)
    person = directory.people([user_id]).get(user_id)
    purposes = purposes_of(case_id, user_id)
    if person is None or not purposes:
        raise Refused(_("This person is no partner on this team any more. Reload the page."))
    chosen = list(compartments)
    consent = consent_for(
        actor=actor, case=case, consent_id=consent_id, organisation=person.desk,
        purposes=purposes, compartments=[part.value for part in chosen], at=at,
    )  # fmt: skip
    give_compartments(
        actor=actor, case_id=case.pk, user_id=user_id, compartments=chosen,
        basis=str(consent.basis), at=at,
    )  # fmt: skip


@transaction.atomic
def withdraw_consent(*, actor: Actor, consent_id: UUID, at: datetime) -> Consent:
    """Take a consent back: every running request and every part that rests on it ends now.

    :raises NotInSight: if for this actor there is no such consent
    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if it is over already
    """
    return _over(actor, consent_id, ConsentStep.WITHDRAW, at)


@transaction.atomic
def withdraw_own_consent(
    *, actor: Actor, consent_id: UUID, text: str, form_tag: bytes, at: datetime
) -> Consent:
    """Let her take her own consent back under her seven words; the team reads that she did.

    What rested on it ends in the same transaction, as the system: she holds no part of it.

    :param text: what stands in the messages, in her language
    :raises NotInSight: if there is no such consent of hers
    :raises Refused: if it is over already
    """
    consent = _over(actor, consent_id, ConsentStep.WITHDRAW, at, then=SYSTEM)
    write_from_reporter(
        actor=actor, case_id=consent.case_id, text=text, form_tag=form_tag, at=at
    )
    return consent


@transaction.atomic
def renew_consent(
    *,
    actor: Actor,
    consent_id: UUID,
    ground: Ground,
    at: datetime,
    form_tag: bytes | None = None,
) -> Consent:
    """Put what a child agreed to herself on another ground; nothing that runs is cut off.

    Requests that are running rest on the new ground from now on, and say so.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if nothing need be renewed, or the new ground lacks something
    """
    found = sight.one(Consent.objects.visible_to(actor), consent_id)
    _locked(actor, found.case_id)
    old, new = renew_ground(
        actor=actor, consent_id=consent_id, ground=ground, at=at, form_tag=form_tag
    )
    resting = Referral.objects.visible_to(actor).filter(consent=old, state__in=RUNNING)
    resting.update(consent=new, basis=new.basis, consent_on=new.given_on, consent_way=new.way)
    return new


@transaction.atomic
def end_consent(*, actor: Actor, consent_id: UUID, at: datetime) -> Consent:
    """Let a consent end because its last day has passed, with all that rests on it.

    :raises PermissionDenied: for everybody but the system
    :raises Refused: if it is over already, or not yet
    """
    return _over(actor, consent_id, ConsentStep.END, at)


def _over(
    actor: Actor,
    consent_id: UUID,
    step: ConsentStep,
    at: datetime,
    *,
    then: Actor | None = None,
) -> Consent:
    """End a consent.

    :param then: who ends what rests on it, where that is not the actor
    """
    found = sight.one(Consent.objects.visible_to(actor), consent_id)
    case, by = _locked(actor, found.case_id), then or actor
    consent = move_consent(actor=actor, consent_id=consent_id, step=step, at=at)
    resting = Referral.objects.visible_to(by).filter(consent=consent, state__in=RUNNING)
    for referral in resting.order_by("pk"):
        end = Step.WITHDRAW if step is ConsentStep.WITHDRAW else _end_of(referral, at)
        move_referral(actor=by, referral_id=referral.pk, step=end, at=at)
    _close_uncovered(by, case, consent.organisation_id, at)
    _end_hand_over(case, consent, at)
    return consent


def _end_hand_over(case: Case, consent: Consent, at: datetime) -> None:
    """Let a hand-over that rests on a consent wait for its second person no longer."""
    waits = asking.waiting(case.pk, ApprovalKind.CLOSE_CASE)
    if waits is None:
        return
    minutes = CaseHandOver.objects.visible_to(SYSTEM).filter(consent=consent.pk)
    if minutes.filter(termination__approval=waits.pk).exists():
        asking.decide(
            actor=SYSTEM, approval_id=waits.pk, step=ApprovalStep.LAPSE, answer="", at=at
        )


def _end_of(referral: Referral, at: datetime) -> Step:
    """Return the clock's own step where its time has come; what it shares ended with it."""
    if referral.state == State.ACCEPTED:
        return Step.LAPSE if referral.share_until <= at else Step.WITHDRAW
    return Step.EXPIRE if referral.answer_by <= at else Step.WITHDRAW


def _close_uncovered(actor: Actor, case: Case, organisation: UUID, at: datetime) -> None:
    """Close to this organisation's people on the team what no consent in force covers."""
    for member in _partners(case, organisation):
        purposes = purposes_of(case.pk, member.user_id)
        still = covered(case=case, organisation=organisation, purposes=purposes, at=at)
        closed = [Compartment(code) for code in member.compartments if code not in still]
        if closed:
            withdraw_compartments(
                actor=actor, case_id=case.pk, user_id=member.user_id, compartments=closed, at=at
            )


def _partners(case: Case, organisation: UUID) -> list[Member]:
    on_team = case.team.filter(part=Part.PARTNER, ended_at=None)
    return list(on_team.filter(user__organisation=organisation).order_by("pk"))


def _locked(actor: Actor, case_id: UUID) -> Case:
    in_sight = Case.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, case_id)
