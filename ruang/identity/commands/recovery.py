"""The quorum: made once at set-up; any two of its officials recover a lost access.

What two officials do here needs nothing of ROOT when they use their printed codes, so a lost
ROOT does not lock a city out of its cases (vault.md §1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require, require_permission
from ruang.access.roles import Role
from ruang.audit.record import record
from ruang.identity import sessions
from ruang.identity.commands.invitations import accept_invitation, invite_member
from ruang.identity.events import AccessRecovered, QuorumFormed
from ruang.identity.models import User
from ruang.identity.policy import may_recover
from ruang.identity.states import SIGNS_IN
from ruang.kernel.errors import Refused
from ruang.vault import pairs, quorum
from ruang.vault.holdings import move_wraps
from ruang.vault.keyring import Keyring
from ruang.vault.models import KeyPair, Kind
from ruang.vault.suites import Tampered


@dataclass(frozen=True, slots=True, repr=False)
class ByCode:
    """An official who proves by the printed code."""

    official: UUID
    code: str


@dataclass(frozen=True, slots=True, repr=False)
class ByPassword:
    """An official who proves by the own sign-in."""

    official: UUID
    password: str


Proof = ByCode | ByPassword


@dataclass(frozen=True, slots=True, repr=False)
class Official:
    """Somebody who is to be an official of the quorum."""

    organisation_id: UUID
    name: str
    login: str
    password: str


@transaction.atomic
def seat_officials(
    *, actor: Actor, officials: Sequence[Official], at: datetime
) -> dict[UUID, str]:
    """Enter three officials, each with an own password, and make the quorum's key of them.

    :return: the officials' printed codes, to be shown once, by user
    :raises PermissionDenied: if this is not the set-up
    :raises Refused: if these are not three of three organisations, or a password is weak
    """
    require_permission(Permission.SYSTEM, actor)
    codes: dict[UUID, str] = {}
    for one in officials:
        invited = invite_member(
            actor=actor,
            organisation_id=one.organisation_id,
            name=one.name,
            login=one.login,
            role=Role.QUORUM_OFFICIAL,
            at=at,
        )
        joined = accept_invitation(actor=actor, code=invited.code, password=one.password, at=at)
        codes[joined.user_id] = joined.code
    form_quorum(actor=actor, codes=codes, at=at)
    return codes


@transaction.atomic
def form_quorum(*, actor: Actor, codes: dict[UUID, str], at: datetime) -> None:
    """Make the quorum's key of three officials, each with the printed code just given.

    :param codes: the officials' codes, by user
    :raises PermissionDenied: if this is not the set-up
    :raises Refused: if there is a quorum, or these are not three officials of three houses
    """
    require_permission(Permission.SYSTEM, actor)
    if quorum.quorum_pair() is not None:
        raise Refused(_("There is a quorum already."))
    rows = User.objects.visible_to(actor).filter(pk__in=codes, role=Role.QUORUM_OFFICIAL)
    officials = list(rows.filter(state__in=SIGNS_IN).order_by("created_at", "pk"))
    houses = {official.organisation_id for official in officials}
    held = [pairs.pair_in_force(official.pk, Kind.USER) for official in officials]
    seated = [pair for pair in held if pair is not None]
    if len(houses) != quorum.SEATS or len(seated) != quorum.SEATS:
        raise Refused(_("A quorum is three officials of three different organisations."))
    made = quorum.create_quorum(seated, codes, at)
    event = QuorumFormed(made.pk, *(official.pk for official in officials))
    record(event, actor=actor, at=at)


def recover_access(
    *, actor: Actor, user_id: UUID, proofs: Sequence[Proof], at: datetime
) -> str:
    """Give somebody who lost everything a new key pair; return its printed code.

    Every key the old pair held is opened by the quorum's wrap of the same key and wrapped to
    the new pair; the old one holds nothing any more. The person signs in with the code, which
    demands a new password and prints a new code.

    :raises PermissionDenied: unless the command line acts for the officials
    :raises Refused: if the two do not open the quorum's key, or there is nobody to recover
    """
    require_permission(Permission.SYSTEM, actor)
    officials = quorum.quorum_pair()
    if officials is None:
        raise Refused(_("There is no quorum yet."))
    private = _opened(officials, proofs)
    with transaction.atomic():
        rows = User.objects.visible_to(actor).select_for_update(of=("self",))
        user = sight.one(rows, user_id)
        require(may_recover, actor, user)
        old = pairs.pair_in_force(user.pk, Kind.USER)
        if old is None or user.state not in SIGNS_IN:
            raise Refused(_("This account cannot sign in, so there is nothing to recover."))
        pairs.retire_pair(old, at)
        epoch = old.epoch + 1
        pair, opened = pairs.create_pair(owner=user.pk, kind=Kind.USER, at=at, epoch=epoch)
        code = pairs.new_code()
        pairs.set_code(pair, opened, code, at)
        pairs.forget_ways(old)
        restored, lost = move_wraps(
            keys=Keyring({officials.pk: private}, at=at),
            old=old,
            to=pair,
            given_by=proofs[0].official,
            at=at,
        )
        sessions.end(user_id=user.pk, at=at)
        first, second = (proof.official for proof in proofs)
        event = AccessRecovered(user.pk, first, second, restored=restored, lost=lost)
        record(event, actor=actor, at=at)
    return code


def _opened(officials: KeyPair, proofs: Sequence[Proof]) -> bytes:
    """Return the quorum's private key, from two officials' halves."""
    seats = quorum.seats(officials)
    who = [proof.official for proof in proofs]
    if len(who) != 2 or len(set(who)) != 2 or not set(who) <= seats:
        raise Refused(_("Two different officials of the quorum are needed."))
    one, other = proofs
    try:
        halves = _half(officials, one, other.official), _half(officials, other, one.official)
    except (pairs.WrongSecret, Tampered):
        raise Refused(_("One of the two codes is not right. Nothing was changed.")) from None
    return quorum.join_halves(*halves)


def _half(officials: KeyPair, proof: Proof, partner: UUID) -> bytes:
    if isinstance(proof, ByCode):
        return quorum.half_by_code(officials, proof.official, partner, proof.code)
    pair = pairs.pair_in_force(proof.official, Kind.USER)
    if pair is None:
        raise pairs.WrongSecret
    private = pairs.open_with_password(pair, proof.password)
    return quorum.half_by_key(officials, private, pair, partner)
