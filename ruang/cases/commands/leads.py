"""Manager and deputy: the two who always hold everything, in closed cases too.

The new one gets the keys before the old one loses them. When an account ended, the other of
the two holds alone until somebody is named; what comes meanwhile has new keys already.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.models import Case, Member
from ruang.cases.policy import may_manage, may_renew
from ruang.cases.seats import (
    changed,
    locked,
    materials,
    member_of,
    pair_of,
    wait_for_manager,
)
from ruang.cases.states import LEADS, Change, Compartment, Part
from ruang.identity import directory
from ruang.kernel.errors import Refused
from ruang.vault.epochs import next_epoch
from ruang.vault.keyring import current_keys, give, readers, take_away

EVERYTHING = frozenset(code.value for code in Compartment)


def change_manager(
    *, actor: Actor, case_id: UUID, user_id: UUID, at: datetime, also: Sequence[UUID] = ()
) -> None:
    """Hand the case to another manager; the deputy and the manager may change places.

    Naming the present one again gives back keys that were lost with an account.

    :param also: records that manager and deputy hold together with the case
    :raises Refused: if that person cannot manage this case, or the actor lacks a key
    """
    _hand_on(actor, case_id, Part.MANAGER, user_id, at, also)


def change_deputy(
    *, actor: Actor, case_id: UUID, user_id: UUID, at: datetime, also: Sequence[UUID] = ()
) -> None:
    """Name another deputy; the deputy and the manager may change places.

    Naming the present one again gives back keys that were lost with an account.

    :param also: records that manager and deputy hold together with the case
    :raises Refused: if that person cannot manage this case, or the actor lacks a key
    """
    _hand_on(actor, case_id, Part.DEPUTY, user_id, at, also)


@transaction.atomic
def renew_keys(*, actor: Actor, case_id: UUID, user_id: UUID, at: datetime) -> None:
    """Seal what comes under new keys, because the account of manager or deputy has ended.

    :raises PermissionDenied: for everybody but the system
    """
    case = locked(actor, case_id)
    require(may_renew, actor, case)
    take_away(owner=user_id, whose=case.pk)
    next_epoch(whose=case.pk, names=EVERYTHING, given_by=actor.user_id, at=at)
    record(changed(case, user_id, Change.LOST), actor=actor, at=at)


@transaction.atomic
def _hand_on(
    actor: Actor, case_id: UUID, part: Part, user_id: UUID, at: datetime, also: Sequence[UUID]
) -> None:
    case = locked(actor, case_id)
    require(may_manage, actor, case)
    leads = {member.part: member for member in case.team.filter(ended_at=None, part__in=LEADS)}
    old = leads.pop(part)
    (other,) = leads.values()
    _must_be_able(case, user_id)
    if user_id == old.user_id and readers(case.pk, at).get(user_id) == EVERYTHING:
        raise Refused(_("This person has this part already. Choose somebody else."))
    _give_everything(actor, case, user_id, at, also)
    if user_id == other.user_id:
        _change_places(case, old, other, at)
    elif user_id != old.user_id:
        _replace(case, old, user_id, actor, at, also)
    wait_for_manager(case)
    change = Change.MANAGES if part is Part.MANAGER else Change.DEPUTISES
    record(changed(case, user_id, change, part), actor=actor, at=at)


def _must_be_able(case: Case, user_id: UUID) -> None:
    able = {person.id for person in directory.working(case.desk, Permission.CASE_MANAGE)}
    if user_id not in able or case.excluded.filter(user=user_id).exists():
        raise Refused(_("This person cannot manage this case. Choose somebody from the list."))
    member = member_of(case, user_id)
    if member is not None and member.part == Part.PARTNER:
        raise Refused(_("This person is on the team as a partner. Choose somebody else."))


def _give_everything(
    actor: Actor, case: Case, user_id: UUID, at: datetime, also: Sequence[UUID]
) -> None:
    pair = pair_of(user_id)
    for whose in (case.pk, *also):
        give(materials(actor, whose), to=[pair], given_by=actor.user_id, at=at)


def _change_places(case: Case, one: Member, other: Member, at: datetime) -> None:
    """Both stay: only the rows change."""
    case.team.filter(pk__in=[one.pk, other.pk]).update(ended_at=at)
    _seat(case, one.user_id, Part(other.part), at)
    _seat(case, other.user_id, Part(one.part), at)


def _replace(
    case: Case, old: Member, user_id: UUID, actor: Actor, at: datetime, also: Sequence[UUID]
) -> None:
    old.ended_at = at
    old.save(update_fields=["ended_at"])
    case.team.filter(user=user_id, ended_at=None).update(ended_at=at)  # a colleague on it
    _seat(case, user_id, Part(old.part), at)
    for whose in (case.pk, *also):
        take_away(owner=old.user_id, whose=whose)
        names = current_keys(whose)
        next_epoch(whose=whose, names=names, given_by=actor.user_id, at=at)


def _seat(case: Case, user_id: UUID, part: Part, at: datetime) -> None:
    everything = [code.value for code in Compartment]
    Member.objects.create(
        case=case, user_id=user_id, part=part, compartments=everything, since=at
    )
