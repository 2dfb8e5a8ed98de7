"""The closing of a case: what stands in its way, whom to ask, and what was asked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access.actor import Actor
from ruang.approvals import asking
from ruang.approvals.queries import ApprovalLine, approvals_about
from ruang.approvals.states import Kind, State
from ruang.cases.barred import barred_from
from ruang.cases.parting import Parting, open_parting
from ruang.cases.queries import CaseHead
from ruang.cases.queries.head import case_in_sight, head_of
from ruang.cases.states import Closing
from ruang.clocks.queries import ClockLine
from ruang.identity.directory import Person
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
