"""The official keys of a case, and who can be asked to let its risk be lowered."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.approvals import asking
from ruang.approvals.queries import ApprovalLine, approvals_about
from ruang.cases.barred import barred_from
from ruang.cases.events import CaseMoved
from ruang.cases.models import Case
from ruang.cases.policy import RULES
from ruang.cases.queries.head import CaseHead, case_in_sight, head_of
from ruang.cases.seats import clock_marks
from ruang.cases.states import Step
from ruang.clocks.legal import LegalClock, legal_clocks, one_clock, startable
from ruang.clocks.official import Rule
from ruang.clocks.queries import ClockLine
from ruang.clocks.states import LIVE
from ruang.identity.directory import Person
from ruang.identity.doers import Doer, last_doer
from ruang.kernel.codes import Authority, CaseKind, Risk, below


@dataclass(frozen=True, slots=True)
class CaseKeys:
    """The three keys, the clocks of the law, and what was asked of a second person.

    :ivar lower: levels to which the risk could be lowered
    :ivar deciders: whom the actor could ask, where that is wanted
    :ivar steps: what the actor may do of it
    :ivar startable: clocks a person could start, where that is wanted
    """

    id: UUID
    number: str
    kind: CaseKind | None
    authority: Authority | None
    tpks: bool
    risk: Risk
    clocks: tuple[LegalClock, ...]
    approvals: tuple[ApprovalLine, ...]
    lower: tuple[Risk, ...]
    deciders: tuple[Person, ...]
    steps: tuple[Step, ...]
    startable: tuple[Rule, ...] = ()

    @property
    def live_clocks(self) -> tuple[ClockLine, ...]:
        """Return the clocks of the law that run or pause."""
        return tuple(one.line for one in self.clocks if one.line.state in LIVE)


def keys_of(*, actor: Actor, head: CaseHead, at: datetime) -> CaseKeys:
    """Return the official keys of a case in sight."""
    ours = (Step.RATE, Step.IDENTIFY, Step.LOWER, Step.UNMARK, Step.LEGAL)
    steps = tuple(step for step in ours if step in head.steps)
    return CaseKeys(
        id=head.id,
        number=head.number,
        kind=head.kind,
        authority=head.authority,
        tpks=head.tpks,
        risk=head.risk,
        clocks=legal_clocks(subject=head.id, at=at, is_high=head.risk is Risk.HIGH),
        approvals=approvals_about(actor=actor, subject=head.id) if steps else (),
        lower=below(head.risk) if Step.LOWER in steps else (),
        deciders=(),
        steps=steps,
    )


def case_keys(*, actor: Actor, case_id: UUID, at: datetime, wanted: Step) -> CaseKeys:
    """Return the official keys of a case for one step.

    :param wanted: the step this is shown for; who may not take it sees nothing
    :raises NotInSight: if the actor is no member
    :raises PermissionDenied: if the actor may not take that step
    """
    case = case_in_sight(actor=actor, case_id=case_id)
    require(RULES[wanted], actor, case)
    keys = keys_of(actor=actor, head=head_of(case=case, actor=actor, at=at), at=at)
    if wanted is Step.LEGAL:
        return replace(keys, startable=startable(case.pk, clock_marks(case)))
    is_asking = {Step.LOWER: bool(keys.lower), Step.UNMARK: keys.tpks}
    if not is_asking.get(wanted, False):
        return keys
    barred = barred_from(case_id=case.pk)
    able = asking.deciders(case.desk, actor.user_id, barred)
    return replace(keys, deciders=tuple(able))


def case_identified(*, actor: Actor, case_id: UUID) -> Doer | None:
    """Return who set the official keys of a case last; None if nobody has.

    :raises NotInSight: if the actor is no member
    """
    case = sight.one(Case.objects.visible_to(actor), case_id)
    return last_doer(case.pk, CaseMoved.name, Step.IDENTIFY)


def case_clock(*, actor: Actor, case_id: UUID, clock_id: UUID, at: datetime) -> LegalClock:
    """Return one clock of the law of a case, for who may keep it.

    :raises NotInSight: if there is no such case or clock for this actor
    :raises PermissionDenied: if neither manager nor deputy
    """
    case = sight.one(Case.objects.visible_to(actor), case_id)
    require(RULES[Step.LEGAL], actor, case)
    is_high = case.risk == Risk.HIGH
    return one_clock(subject=case.pk, clock_id=clock_id, at=at, is_high=is_high)
