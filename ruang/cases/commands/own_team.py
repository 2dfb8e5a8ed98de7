"""Colleagues of one's own office on the team of a case: who is added, and what each may read.

They work for the same unit and the same purpose, so nothing is shared with anybody else and no
consent is asked (ADR 0051). What each may read is chosen part by part all the same. Taking a
colleague off the team, and back what she may read, is in ``team``.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.models import Case, Member
from ruang.cases.policy import may_manage
from ruang.cases.seats import (
    changed,
    locked,
    materials,
    member_of,
    must_be_open,
    ordered,
    pair_of,
)
from ruang.cases.states import Change, Compartment, Part
from ruang.identity import directory
from ruang.kernel.errors import Refused
from ruang.vault.keyring import give


@transaction.atomic
def add_colleague(
    *,
    actor: Actor,
    case_id: UUID,
    user_id: UUID,
    compartments: Iterable[Compartment],
    at: datetime,
) -> Member:
    """Take a colleague of the case's own office on the team; she reads the plan and these.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if the case is closed, that person does not work on cases at this office,
        is barred from it or on the team already, or has no key yet
    """
    case = locked(actor, case_id)
    require(may_manage, actor, case)
    must_be_open(case)
    if member_of(case, user_id) is not None:
        raise Refused(_("This person is on the team already. Reload the page."))
    _must_be_able(case, user_id)
    chosen = ordered([*compartments, Compartment.PLAN])
    _give(actor, case, user_id, chosen, at)
    member = Member.objects.create(
        case=case, user_id=user_id, part=Part.TEAM, compartments=chosen, since=at
    )
    fact = changed(case, user_id, Change.JOINED, Part.TEAM, compartments=chosen)
    record(fact, actor=actor, at=at)
    return member


@transaction.atomic
def give_colleague(
    *,
    actor: Actor,
    case_id: UUID,
    user_id: UUID,
    compartments: Iterable[Compartment],
    at: datetime,
) -> None:
    """Let a colleague on the team read more.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if nothing was chosen, the case is closed, or that person is no colleague
        on this team
    """
    case = locked(actor, case_id)
    require(may_manage, actor, case)
    must_be_open(case)
    member = member_of(case, user_id)
    if member is None or member.part != Part.TEAM:
        raise Refused(_("This person is no colleague on this team any more. Reload the page."))
    chosen = [code for code in ordered(compartments) if code not in member.compartments]
    if not chosen:
        raise Refused(_("Choose at least one part that this person cannot read yet."))
    _give(actor, case, user_id, chosen, at)
    member.compartments = ordered([*member.compartments, *chosen])
    member.save(update_fields=["compartments"])
    fact = changed(case, user_id, Change.GIVEN, Part.TEAM, compartments=chosen)
    record(fact, actor=actor, at=at)


def _must_be_able(case: Case, user_id: UUID) -> None:
    able = {person.id for person in directory.working(case.desk, Permission.CASE_WRITE)}
    if user_id not in able or case.excluded.filter(user=user_id).exists():
        raise Refused(_("This person cannot work on this case. Choose somebody from the list."))


def _give(actor: Actor, case: Case, user_id: UUID, chosen: Iterable[str], at: datetime) -> None:
    keys = materials(actor, case.pk, chosen)
    give(keys, to=[pair_of(user_id)], given_by=actor.user_id, at=at)
