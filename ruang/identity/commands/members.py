"""Confirming, suspending and removing members: at once, with sessions, wraps and epochs."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.identity import desks, sessions
from ruang.identity.events import (
    MemberConfirmed,
    MemberRemoved,
    MemberReturned,
    MemberSuspended,
)
from ruang.identity.models import Organisation, User
from ruang.identity.objections import objection_to_leaving
from ruang.identity.policy import RULES, holds_desk_key
from ruang.identity.states import State, Step
from ruang.kernel.errors import Refused
from ruang.vault import quorum
from ruang.vault.holdings import holds_anything
from ruang.vault.keyring import take_away
from ruang.vault.models import Kind
from ruang.vault.pairs import fingerprint, pair_in_force


@transaction.atomic
def confirm_member(*, actor: Actor, user_id: UUID, shown: str, at: datetime) -> None:
    """Give a waiting colleague the desk's keys: every epoch that is still in use.

    :param shown: the fingerprint both compared; if the key is another by now, nothing is given
    :raises NotInSight: if for this actor there is no such person
    :raises PermissionDenied: if the actor is no colleague who may confirm
    :raises Refused: if the fingerprint is another, or the actor does not hold the desk's key
    """
    user = _member(actor, user_id)
    require(RULES[Step.CONFIRM], actor, user)
    user.take(Step.CONFIRM)
    pair = pair_in_force(user.pk, Kind.USER)
    if pair is None or fingerprint(pair) != shown:
        raise Refused(_("The numbers have changed meanwhile. Compare them once more."))
    epochs = 0
    if holds_desk_key(user.role):
        epochs = desks.hand_over(
            keys=actor.keys,
            organisation=user.organisation_id,
            to=pair,
            given_by=actor.user_id,
            at=at,
        )
    user.save(update_fields=["state"])
    event = MemberConfirmed(user.pk, user.organisation_id, epochs=epochs)
    record(event, actor=actor, at=at)


@transaction.atomic
def suspend_member(*, actor: Actor, user_id: UUID, at: datetime) -> None:
    """Let somebody not sign in for now: sessions and wraps end, the desk gets a new epoch.

    :raises NotInSight: if for this actor there is no such person
    :raises PermissionDenied: if the actor may not
    :raises Refused: if something would be left that nobody opens
    """
    user = _member(actor, user_id)
    require(RULES[Step.SUSPEND], actor, user)
    epoch = _leave(user, Step.SUSPEND, actor, at)
    event = MemberSuspended(user.pk, user.organisation_id, epoch=epoch)
    record(event, actor=actor, at=at)


@transaction.atomic
def return_member(*, actor: Actor, user_id: UUID, at: datetime) -> None:
    """Let somebody sign in again. The keys come, as for a new member, from a colleague.

    :raises NotInSight: if for this actor there is no such person
    :raises PermissionDenied: if the actor may not
    :raises Refused: if the account is not suspended
    """
    user = _member(actor, user_id)
    require(RULES[Step.RETURN], actor, user)
    user.take(Step.RETURN)
    founds = holds_desk_key(user.role) and desks.needs_founder(user.organisation_id)
    if founds or not holds_desk_key(user.role):
        user.take(Step.CONFIRM)
    user.save(update_fields=["state"])
    if founds:
        desks.new_epoch(
            organisation=user.organisation_id,
            members=[user.pk],
            given_by=actor.user_id,
            at=at,
        )
    record(MemberReturned(user.pk, user.organisation_id), actor=actor, at=at)


@transaction.atomic
def remove_member(*, actor: Actor, user_id: UUID, at: datetime) -> None:
    """Let somebody go for good: sessions and wraps end, the desk gets a new epoch.

    :raises NotInSight: if for this actor there is no such person
    :raises PermissionDenied: if the actor may not
    :raises Refused: if something would be left that nobody opens
    """
    user = _member(actor, user_id)
    require(RULES[Step.REMOVE], actor, user)
    officials = quorum.quorum_pair()
    if officials is not None and user.pk in quorum.seats(officials):
        raise Refused(
            _("This official holds a part of the recovery key. Form a new quorum first.")
        )
    epoch = _leave(user, Step.REMOVE, actor, at)
    event = MemberRemoved(user.pk, user.organisation_id, epoch=epoch)
    record(event, actor=actor, at=at)


def _member(actor: Actor, user_id: UUID) -> User:
    """Return a member, with the desk locked: epochs are made one after the other."""
    user = sight.one(User.objects.visible_to(actor), user_id)
    Organisation.objects.select_for_update().get(pk=user.organisation_id)
    return sight.one(User.objects.visible_to(actor).select_for_update(of=("self",)), user_id)


def _leave(user: User, step: Step, actor: Actor, at: datetime) -> int:
    """End what the member holds; return the desk's new epoch, or 0 if there is none."""
    held = user.state == State.ACTIVE and holds_desk_key(user.role)
    user.take(step)
    left = desks.key_holders(user.organisation_id, but=user.pk)
    if held and not left and holds_anything(user.organisation_id):
        raise Refused(
            _("Nobody else at this desk could open what it holds. Confirm a colleague first.")
        )
    if (words := objection_to_leaving(user.pk)) is not None:
        raise Refused(words)
    user.invitation_tag = user.invitation_until = None
    user.save(update_fields=["state", "invitation_tag", "invitation_until"])
    sessions.end(user_id=user.pk, at=at)
    take_away(owner=user.pk)
    if held and left:
        return desks.new_epoch(
            organisation=user.organisation_id, members=left, given_by=actor.user_id, at=at
        )
    if held:
        desks.end_epoch(organisation=user.organisation_id, at=at)
    return 0
