"""Requests for approval as pages show them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.approvals.models import Approval
from ruang.approvals.states import OF_REPORTS, UNMARKING, WHY, Kind, State
from ruang.identity import directory
from ruang.kernel.codes import Age, Risk
from ruang.territory import queries as territory
from ruang.vault.texts import open_text

MOST = 50


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """One request in a list: codes and names of staff alone."""

    id: UUID
    kind: Kind
    subject: UUID
    number: str
    code: str
    risk: Risk
    age: Age
    district: str
    state: State
    asker: str
    decider: str
    asked_at: datetime
    decided_at: datetime | None
    is_mine_to_decide: bool
    is_mine: bool

    @property
    def to(self) -> str | Promise:
        """Return in words what it would become; empty where that is no level of risk."""
        return Risk(self.code).label if self.code in Risk.values else ""

    @property
    def why(self) -> str | Promise:
        """Return in words why TPKS would not apply; empty where something else is asked."""
        return WHY[self.code] if self.kind in UNMARKING else ""

    @property
    def is_of_report(self) -> bool:
        """Say whether it is about a report; else it is about a case."""
        return self.kind in OF_REPORTS


@dataclass(frozen=True, slots=True, repr=False)
class ApprovalPage:
    """One request with its reason, for who asked and who decides."""

    line: ApprovalLine
    reason: str
    answer: str


def approvals_for(*, actor: Actor, open_only: bool = True) -> tuple[ApprovalLine, ...]:
    """Return the requests the actor made or decides, those that wait first."""
    rows = Approval.objects.visible_to(actor)
    rows = rows.filter(state=State.ASKED) if open_only else rows
    return _lines(list(rows.order_by("-asked_at", "-pk")[:MOST]), actor)


def approval_page(*, actor: Actor, approval_id: UUID) -> ApprovalPage:
    """Return one request with its reason; opening it is on record.

    :raises NotInSight: if for this actor there is no such request
    """
    row = sight.one(Approval.objects.visible_to(actor), approval_id)
    return ApprovalPage(
        line=_lines([row], actor)[0],
        reason=open_text(actor.keys, row, "reason"),
        answer=open_text(actor.keys, row, "answer"),
    )


def approval_line(*, actor: Actor, approval_id: UUID) -> ApprovalLine:
    """Return one request without its reason.

    :raises NotInSight: if for this actor there is no such request
    """
    return _lines([sight.one(Approval.objects.visible_to(actor), approval_id)], actor)[0]


def approvals_about(*, actor: Actor, subject: UUID) -> tuple[ApprovalLine, ...]:
    """Return what was asked about a record that the caller has in sight, the latest first."""
    rows = Approval.objects.filter(subject=subject).order_by("-asked_at", "-pk")
    return _lines(list(rows[:MOST]), actor)


def _lines(rows: list[Approval], actor: Actor) -> tuple[ApprovalLine, ...]:
    if not rows:
        return ()
    names = directory.names(user for row in rows for user in (row.asker, row.decider))
    city = territory.city()
    return tuple(
        ApprovalLine(
            id=row.pk,
            kind=Kind(row.kind),
            subject=row.subject,
            number=row.number,
            code=row.code,
            risk=Risk(row.risk),
            age=Age(row.age),
            district=city.district_name(row.district),
            state=State(row.state),
            asker=names.get(row.asker, ""),
            decider=names.get(row.decider, ""),
            asked_at=row.asked_at,
            decided_at=row.decided_at,
            is_mine_to_decide=row.state == State.ASKED and row.decider == actor.user_id,
            is_mine=row.asker == actor.user_id,
        )
        for row in rows
    )
