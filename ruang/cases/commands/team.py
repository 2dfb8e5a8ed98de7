"""Who is on the team of a case, and what each of them can open.

What somebody may read is what the vault has wrapped to them; these commands keep the rows that
show it and the wraps the same. Who loses a compartment loses its keys at once, and what is
written afterwards is sealed under the next epoch's key (vault.md §1, §2). Manager and deputy
are changed in ``leads``, colleagues of the own office are added in ``own_team``.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import SYSTEM, Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.models import Case, Excluded, Member
from ruang.cases.policy import may_join, may_leave, may_manage, may_remove
from ruang.cases.seats import (
    changed,
    helper_on,
    locked,
    materials,
    member_of,
    must_be_open,
    ordered,
    pair_of,
    partner_on,
)
from ruang.cases.states import LEADS, Change, Compartment, Exclusion, Part
from ruang.kernel.errors import Refused
from ruang.vault.epochs import next_epoch
from ruang.vault.keyring import give, readers, take_away


@transaction.atomic
def join_team(
    *,
    actor: Actor,
    case_id: UUID,
    compartments: Iterable[Compartment],
    until: datetime | None,
    at: datetime,
) -> None:
    """Join as a partner who was handed the keys of these compartments in this transaction.

    :raises PermissionDenied: if barred, or not of a partner's role
    :raises Refused: if the case is closed, or the keys were not handed over
    """
    case = locked(SYSTEM, case_id)
    require(may_join, actor, case)
    must_be_open(case)
    chosen = ordered(compartments)
    if not set(chosen) <= readers(case.pk, at).get(actor.user_id, frozenset()):
        raise Refused(
            _("The keys of this case were not handed to you. Open the request again.")
        )
    if member_of(case, actor.user_id) is not None:
        raise Refused(_("You are on the team of this case already."))
    Member.objects.create(
        case=case,
        user_id=actor.user_id,
        part=Part.PARTNER,
        compartments=chosen,
        since=at,
        until=until,
    )
    record(
        changed(case, actor.user_id, Change.JOINED, Part.PARTNER, compartments=chosen),
        actor=actor,
        at=at,
    )


@transaction.atomic
def leave_team(*, actor: Actor, case_id: UUID, at: datetime) -> None:
    """Leave a team as a partner; what was shared is closed to this person at once.

    :raises PermissionDenied: if manager or deputy: they hand on instead
    """
    case = locked(actor, case_id)
    require(may_leave, actor, case)
    _end(case, partner_on(case, actor.user_id), actor, at)
    record(changed(case, actor.user_id, Change.LEFT, Part.PARTNER), actor=actor, at=at)


@transaction.atomic
def remove_member(*, actor: Actor, case_id: UUID, user_id: UUID, at: datetime) -> None:
    """Take a colleague or partner off the team; what each could read is closed at once.

    :raises Refused: if that person is neither on this team
    """
    case = locked(actor, case_id)
    require(may_remove, actor, case)
    member = helper_on(case, user_id)
    _end(case, member, actor, at)
    by_itself = Change.ENDED if member.part == Part.PARTNER else Change.LOST
    change = Change.REMOVED if actor.is_staff else by_itself
    record(changed(case, user_id, change, member.part), actor=actor, at=at)


@transaction.atomic
def exclude_user(
    *, actor: Actor, case_id: UUID, user_id: UUID, why: Exclusion, at: datetime
) -> None:
    """Bar somebody from this case for ever; who is on the team leaves it at once.

    :raises Refused: if that person is manager or deputy, or barred already
    """
    case = locked(actor, case_id)
    require(may_manage, actor, case)
    member = member_of(case, user_id)
    if member is not None and member.part in LEADS:
        raise Refused(
            _("This person is manager or deputy. Name another one first, then bar this person.")
        )
    if member is not None:
        _end(case, member, actor, at)
    _bar(case, user_id, why, actor, at)


@transaction.atomic
def exclude_oneself(*, actor: Actor, case_id: UUID, at: datetime) -> None:
    """Be barred from a case for ever because one knows somebody in it.

    The case need not be in sight: who was asked to help, and only saw the names, is no member.
    Who is on the team leaves it at once.

    :raises Refused: if manager or deputy: the case would be left without
    """
    case = locked(SYSTEM, case_id)
    require(may_join, actor, case)
    member = member_of(case, actor.user_id)
    if member is not None and member.part in LEADS:
        raise Refused(
            _("You are manager or deputy of this case. Name another one first, then step back.")
        )
    if member is not None:
        _end(case, member, actor, at)
    _bar(case, actor.user_id, Exclusion.KNOWS, actor, at)


@transaction.atomic
def give_compartments(
    *,
    actor: Actor,
    case_id: UUID,
    user_id: UUID,
    compartments: Iterable[Compartment],
    basis: str,
    at: datetime,
) -> None:
    """Let a partner on the team read more, until the partner's part ends.

    :param basis: the code of the ground on which it is shared
    :raises Refused: if nothing was chosen, that person is no partner on this team, or the
        actor does not hold the key
    """
    case = locked(actor, case_id)
    require(may_manage, actor, case)
    must_be_open(case)
    member = partner_on(case, user_id)
    chosen = [code for code in ordered(compartments) if code not in member.compartments]
    if not chosen:
        raise Refused(_("Choose at least one part that this person cannot read yet."))
    pair = pair_of(user_id)
    keys = materials(actor, case.pk, chosen)
    give(keys, to=[pair], given_by=actor.user_id, at=at, until=member.until)
    member.compartments = ordered([*member.compartments, *chosen])
    member.save(update_fields=["compartments"])
    record(
        changed(case, user_id, Change.GIVEN, Part.PARTNER, compartments=chosen, code=basis),
        actor=actor,
        at=at,
    )


@transaction.atomic
def withdraw_compartments(
    *,
    actor: Actor,
    case_id: UUID,
    user_id: UUID,
    compartments: Iterable[Compartment],
    at: datetime,
) -> None:
    """Let a colleague or partner on the team read less, at once.

    :raises Refused: if nothing was chosen, or the shared plan, which every member reads
    """
    case = locked(actor, case_id)
    require(may_remove, actor, case)
    member = helper_on(case, user_id)
    chosen = [code for code in ordered(compartments) if code in member.compartments]
    if not chosen:
        raise Refused(_("Choose at least one part that this person can read now."))
    if Compartment.PLAN.value in chosen:
        raise Refused(
            _("Everybody on the team reads the plan. Take the person off the team instead.")
        )
    take_away(owner=user_id, whose=case.pk, names=chosen)
    next_epoch(whose=case.pk, names=chosen, given_by=actor.user_id, at=at)
    member.compartments = [code for code in member.compartments if code not in chosen]
    member.save(update_fields=["compartments"])
    record(
        changed(case, user_id, Change.TAKEN, member.part, compartments=chosen),
        actor=actor,
        at=at,
    )


def _end(case: Case, member: Member, actor: Actor, at: datetime) -> None:
    member.ended_at = at
    member.save(update_fields=["ended_at"])
    take_away(owner=member.user_id, whose=case.pk)
    next_epoch(whose=case.pk, names=member.compartments, given_by=actor.user_id, at=at)


def _bar(case: Case, user_id: UUID, why: Exclusion, actor: Actor, at: datetime) -> None:
    if case.excluded.filter(user=user_id).exists():
        raise Refused(_("This person is barred from this case already."))
    Excluded.objects.create(case=case, user_id=user_id, why=why, by=actor.user_id, at=at)
    record(changed(case, user_id, Change.BARRED, code=why.value), actor=actor, at=at)
