"""Asking a second person, and taking the answer: what intake, cases and triage build on.

They have asked who may act on their own thing, and do in the same transaction what was granted.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require
from ruang.approvals.events import ApprovalAsked, ApprovalMoved
from ruang.approvals.models import Approval
from ruang.approvals.policy import RULES
from ruang.approvals.states import APPROVAL, Kind, State, Step
from ruang.audit.record import record
from ruang.identity import directory
from ruang.identity.directory import Person
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.vault.keyring import CannotOpen, Material, current_keys, new_keys, ring
from ruang.vault.models import Kind as PairKind
from ruang.vault.pairs import pairs_in_force
from ruang.vault.quorum import quorum_pair
from ruang.vault.texts import seal_text

DECIDER = "decider"
"""Why a request ended: nobody is there any more who could decide it."""
LONGEST = 5_000
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class About:
    """The coded facts of what is asked about: all that the decider is shown of it.

    :ivar barred: who may know nothing of it, and is not asked
    """

    kind: Kind
    subject: UUID
    number: str
    desk: UUID
    code: str
    risk: str
    age: str
    district: str
    barred: Collection[UUID] = ()


def deciders(desk: UUID, asker: UUID, barred: Collection[UUID] = ()) -> list[Person]:
    """Return who can be asked at a desk: anybody who may decide, but not the asker.

    :param barred: who may know nothing of what is asked about
    """
    able = directory.working(desk, Permission.APPROVAL_DECIDE)
    return [person for person in able if person.id != asker and person.id not in barred]


def ask(*, actor: Actor, about: About, decider: UUID, reason: str, at: datetime) -> Approval:
    """Ask a second person, with a reason.

    :raises Refused: if there is no reason, that person cannot decide, or it is asked already
    """
    able = deciders(about.desk, actor.user_id, about.barred)
    if decider not in {person.id for person in able}:
        raise Refused(_("Choose a second person from the list."))
    if waiting(about.subject, about.kind) is not None:
        raise Refused(_("A second person has been asked already."))
    row = Approval(
        kind=about.kind, subject=about.subject, number=about.number, code=about.code,
        risk=about.risk, age=about.age, district=about.district, desk=about.desk,
        asker=actor.user_id, decider=decider, asked_at=at,
    )  # fmt: skip
    pairs = pairs_in_force([actor.user_id, decider], PairKind.USER)
    quorum = quorum_pair()
    if len(pairs) < 2 or quorum is None:
        raise Refused(_("This person has no key yet. Ask them to sign in once."))
    keys = new_keys(
        whose=row.pk, names=[APPROVAL], holders=[*pairs.values(), quorum],
        given_by=actor.user_id, at=at,
    )  # fmt: skip
    row.reason = seal_text(keys[APPROVAL], Approval, "reason", row.pk, _checked(reason))
    row.save(force_insert=True)
    event = ApprovalAsked(row.pk, row.subject, decider, about.kind.value, about.code)
    record(event, actor=actor, at=at)
    return row


def decide(
    *, actor: Actor, approval_id: UUID, step: Step, answer: str, at: datetime, why: str = ""
) -> Approval:
    """Grant, refuse, withdraw or let it lapse. A refusal says why; the rest may.

    :param why: the code of why it lapsed, in its fact
    :raises NotInSight: if for this actor there is no such request
    :raises PermissionDenied: if it is not this actor's to decide
    :raises Refused: if it was decided meanwhile, or a refusal gives no reason
    """
    in_sight = Approval.objects.visible_to(actor).select_for_update(of=("self",))
    row = sight.one(in_sight, approval_id)
    require(RULES[step], actor, row)
    row.take(step)
    row.decided_at = at
    if step is Step.REFUSE or tidy(answer):
        row.answer = seal_text(_key(row, actor), Approval, "answer", row.pk, _checked(answer))
    row.save()
    event = ApprovalMoved(row.pk, row.subject, row.asker, str(row.kind), step.value, why)
    record(event, actor=actor, at=at)
    return row


def withdraw(row: Approval, *, actor: Actor, at: datetime) -> None:
    """Take a request back for whoever leads its matter now; the context has asked who may.

    :raises Refused: if it was decided meanwhile
    """
    row.take(Step.WITHDRAW)
    row.decided_at = at
    row.save(update_fields=["state", "decided_at"])
    event = ApprovalMoved(row.pk, row.subject, row.asker, str(row.kind), Step.WITHDRAW.value)
    record(event, actor=actor, at=at)


def lapse(row: Approval, *, actor: Actor, at: datetime, why: str = "") -> None:
    """Let a request end by itself, by the system.

    :param why: ``DECIDER`` where nobody is there who could decide it
    :raises Refused: if it was decided meanwhile
    """
    decide(actor=actor, approval_id=row.pk, step=Step.LAPSE, answer="", at=at, why=why)


def can_be_decided(row: Approval, barred: Collection[UUID] = ()) -> bool:
    """Say whether the second person still decides at that desk, and may know of the matter."""
    return row.decider in {person.id for person in deciders(row.desk, row.asker, barred)}


def found(approval_id: UUID) -> Approval:
    """Return a request, held for a change, for a context that asks itself who may.

    :raises NotInSight: if there is none
    """
    return sight.one(Approval.objects.select_for_update(of=("self",)), approval_id)


def all_waiting() -> dict[UUID, UUID]:
    """Return every request that waits → the report or case it is about."""
    rows = Approval.objects.filter(state=State.ASKED).order_by("asked_at", "pk")
    return dict(rows.values_list("pk", "subject"))


def waiting_for(decider: UUID) -> tuple[UUID, ...]:
    """Return the reports and cases about which somebody is asked."""
    rows = Approval.objects.filter(state=State.ASKED, decider=decider)
    return tuple(rows.order_by("asked_at", "pk").values_list("subject", flat=True))


def waiting(subject: UUID, kind: Kind) -> Approval | None:
    """Return the request about a record that waits for its second person."""
    return Approval.objects.filter(subject=subject, kind=kind, state=State.ASKED).first()


def _checked(text: str) -> str:
    plain = tidy(text)
    if not plain:
        raise Refused(_("Write the reason in a few words."))
    if len(plain) > LONGEST:
        raise Refused(_("This reason is too long. Keep to what the second person needs."))
    return plain


def _key(row: Approval, actor: Actor) -> Material:
    try:
        return ring(actor.keys).material(current_keys(row.pk)[APPROVAL])
    except CannotOpen:
        raise Refused(_("Your key does not open this request.")) from None
