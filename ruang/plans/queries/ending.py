"""The closing of a case: what stands in its way, whom to ask, and what was asked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access.actor import Actor
from ruang.approvals import asking
from ruang.approvals.queries import ApprovalLine, approval_line, approvals_about
from ruang.approvals.states import Kind, State
from ruang.cases.barred import barred_from
from ruang.cases.parting import Parting, open_parting
from ruang.cases.queries import CaseHead
from ruang.cases.queries.head import case_in_sight, head_of
from ruang.cases.states import Closing
from ruang.clocks.queries import ClockLine, clocks_of
from ruang.identity.directory import Person
from ruang.kernel.codes import Risk
from ruang.plans.models import Termination
from ruang.plans.readiness import blockers, in_the_way, settled
from ruang.plans.sealed import Checklist
from ruang.plans.states import Blocker, Check
from ruang.vault.texts import open_texts


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """A closing that waits for its second person, with its texts for who holds the case."""

    line: ApprovalLine
    note: str
    message: str
    yes: tuple[Check, ...]
    why_not: tuple[tuple[Check, str], ...]

    @property
    def is_moved(self) -> bool:
        """Say whether another institution is to take the case over."""
        return self.line.code == Closing.MOVED


@dataclass(frozen=True, slots=True)
class ToClose:
    """What the second person is shown of a case that is to be closed: codes alone.

    :ivar risk: as it is now
    :ivar checks: each line of the list, and whether it is done; empty if that was not kept
    :ivar clocks: the time limits that run or pause
    """

    closing: Closing
    risk: Risk
    checks: tuple[tuple[Check, bool], ...]
    clocks: tuple[ClockLine, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ClosingPage:
    """What a manager needs to ask for a closing.

    :ivar settled: what the record itself says is done: nobody is asked
    :ivar clocks: time limits of the law that still run
    :ivar refused: the last request, if it was not approved
    :ivar lapsed: the last request, if it ended because the case changed
    """

    head: CaseHead
    blockers: tuple[Blocker, ...]
    settled: frozenset[Check]
    clocks: tuple[ClockLine, ...]
    deciders: tuple[Person, ...]
    asked: Asked | None
    refused: ApprovalLine | None
    lapsed: ApprovalLine | None


def closing_page(
    *, actor: Actor, case_id: UUID, partners_done: bool, at: datetime
) -> ClosingPage:
    """Return what stands in the way of closing a case, and what was asked.

    :param partners_done: whether nothing that was asked of a partner still runs
    :raises NotInSight: if the actor is no member
    """
    case = case_in_sight(actor=actor, case_id=case_id)
    head = head_of(case=case, actor=actor, at=at)
    about = approvals_about(actor=actor, subject=case.pk)
    closings = [line for line in about if line.kind is Kind.CLOSE_CASE]
    latest = closings[0] if closings else None
    is_waiting = latest is not None and latest.state is State.ASKED
    return ClosingPage(
        head=head,
        blockers=blockers(case),
        settled=settled(case, partners_done=partners_done, actor=actor, at=at),
        clocks=in_the_way(case),
        deciders=tuple(asking.deciders(case.desk, actor.user_id, barred_from(case_id=case.pk))),
        asked=_asked(latest, actor) if latest and is_waiting else None,
        refused=latest if latest and latest.state is State.REFUSED else None,
        lapsed=latest if latest and latest.state is State.LAPSED else None,
    )


def closing_asked(*, actor: Actor, approval_id: UUID) -> ToClose | None:
    """Return what whoever decides on a closing is shown of the case: codes as they are now.

    :raises NotInSight: if for this actor there is no such request
    """
    line = approval_line(actor=actor, approval_id=approval_id)
    row = Termination.objects.filter(approval=approval_id).select_related("case").first()
    if row is None or line.state is not State.ASKED:
        return None
    ticked = None if row.done is None else frozenset(row.done)
    checks = () if ticked is None else tuple((one, one.value in ticked) for one in Check)
    return ToClose(
        closing=Closing(row.closing),
        risk=Risk(row.case.risk),
        checks=checks,
        clocks=tuple(one for one in clocks_of(subject=row.case_id, live_only=True)),
    )


def _asked(line: ApprovalLine, actor: Actor) -> Asked | None:
    row = Termination.objects.filter(approval=line.id).first()
    if row is None:
        return None
    message = bytes(row.message) if row.message else None
    parting = Parting(row.pk, row.author, bytes(row.note), message)
    note, told = open_parting(parting, actor=actor)
    said = Checklist.from_text(open_texts(actor.keys, [row], "checklist")[0] or "")
    return Asked(
        line=line,
        note=note,
        message=told,
        yes=tuple(one for one in Check if one.value in said.yes),
        why_not=tuple(
            (one, said.why_not[one.value]) for one in Check if one.value in said.why_not
        ),
    )
