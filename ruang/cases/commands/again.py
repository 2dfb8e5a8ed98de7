"""The same was told in another report: it goes into the case; its team reads it (ADR 0046)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import SYSTEM, Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.events import CaseMoved, ToldAgain
from ruang.cases.models import Case
from ruang.cases.policy import RULES, may_raise, may_tell_again
from ruang.cases.seats import locked, raised
from ruang.cases.states import Compartment, State, Step
from ruang.cases.writing import Brought, Told, put_files, put_told
from ruang.kernel.codes import Risk
from ruang.kernel.errors import Refused
from ruang.vault.epochs import next_epoch


@transaction.atomic
def tell_again(
    *, actor: Actor, case_id: UUID, told: Iterable[Told], brought: Sequence[Brought],
    at: datetime,
) -> Case:  # fmt: skip
    """Seal into a case what another report tells; the case need not be in her sight.

    She holds no key of the case and gets none: each part begins a new epoch, whose key goes to
    whoever holds that part.

    :raises PermissionDenied: if the actor works no reports at the desk of the case
    :raises Refused: if the case is closed
    """
    case = locked(SYSTEM, case_id)
    require(may_tell_again, actor, case)
    if case.state != State.OPEN:
        raise Refused(_("That case is closed. Decide this report by itself."))
    texts = [one for one in told if one.text]
    parts = {one.compartment.value for one in texts}
    if brought:
        parts.add(Compartment.EVIDENCE.value)
    keys = next_epoch(whose=case.pk, names=parts, given_by=actor.user_id, at=at)
    put_told(case, keys, texts, at)
    if brought:
        put_files(case, Compartment.EVIDENCE, brought, keys[Compartment.EVIDENCE.value])
    case.told_again_at, case.changed_at = case.told_again_at or at, at
    case.save(update_fields=["told_again_at", "changed_at"])
    record(ToldAgain(case.pk, case.desk), actor=actor, at=at)
    return case


@transaction.atomic
def raise_case(*, actor: Actor, case_id: UUID, risk: Risk, at: datetime) -> Case:
    """Raise the risk of an open case, with what follows: another report of the same is higher.

    :raises PermissionDenied: for everybody but the system
    :raises Refused: if it would be lower, or the case is closed
    """
    case = locked(actor, case_id)
    require(may_raise, actor, case)
    case.take(Step.RATE)
    before = case.risk
    case.rate(risk)
    case.changed_at = at
    case.save(update_fields=["risk", "rank", "changed_at"])
    raised(case, before, actor=actor, at=at)
    moved = CaseMoved(case.pk, case.desk, Step.RATE.value, risk.value)
    record(moved, actor=actor, at=at)
    return case


@transaction.atomic
def read_again(*, actor: Actor, case_id: UUID, at: datetime) -> Case:
    """Say that what was told again has been read.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if nothing waits to be read
    """
    case = locked(actor, case_id)
    require(RULES[Step.READ_AGAIN], actor, case)
    case.take(Step.READ_AGAIN)
    if case.told_again_at is None:
        raise Refused(_("Nothing waits to be read any more. Reload the page."))
    case.told_again_at = None
    case.save(update_fields=["told_again_at"])
    moved = CaseMoved(case.pk, case.desk, Step.READ_AGAIN.value, "")
    record(moved, actor=actor, at=at)
    return case
