"""The mediation of a case, or why there is none."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.queries import CaseHead
from ruang.cases.queries.head import case_in_sight, head_of
from ruang.cases.states import State as CaseState
from ruang.identity import directory
from ruang.plans.models import Mediation, Service
from ruang.plans.policy import (
    MEDIATION_RULES,
    can_be_mediated,
    is_sexual_violence,
    may_plan,
)
from ruang.plans.queries.plan import ServiceLine, service_lines
from ruang.plans.sealed import MediationText
from ruang.plans.states import (
    MEDIATION_MOVES,
    RUNNING,
    Assessor,
    Function,
    MediationState,
    MediationStep,
    ServiceState,
)
from ruang.plans.words import NO_SETTLEMENT, NOT_THIS_KIND
from ruang.vault.texts import open_texts


@dataclass(frozen=True, slots=True, repr=False)
class RecordLine:
    """What was recorded at one step."""

    step: MediationStep
    at: datetime
    by: str
    assessor: Assessor | None
    free: bool
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class MediationPage:
    """The mediation of a case.

    :ivar refusal: why there is none; empty where there can be one
    :ivar planned: mediation that stands in the plan as a service and has not ended
    :ivar missing: whose finding, that she decides free of pressure, is not there yet
    :ivar steps: what this actor may do now
    """

    head: CaseHead
    refusal: str | Promise
    state: MediationState | None
    by_law: bool
    records: tuple[RecordLine, ...]
    planned: tuple[ServiceLine, ...]
    missing: tuple[Assessor, ...]
    steps: tuple[MediationStep, ...]

    @property
    def moves(self) -> tuple[MediationStep, ...]:
        """Return the steps that take it on; an assessment has a form of its own."""
        return tuple(one for one in self.steps if one is not MediationStep.ASSESS)


def mediation_page(*, actor: Actor, case_id: UUID, at: datetime) -> MediationPage:
    """Return the latest mediation of a case, or why there is none.

    :raises NotInSight: if the actor is no member
    """
    case = case_in_sight(actor=actor, case_id=case_id)
    row = case.mediations.order_by("-at", "-pk").first()
    records = _records(row, actor) if row else ()
    is_over = row is not None and row.state not in RUNNING
    free = {one.assessor: one.free for one in records if one.step is MediationStep.ASSESS}
    current = {} if is_over else free
    missing = tuple(one for one in Assessor if not current.get(one))
    return MediationPage(
        head=head_of(case=case, actor=actor, at=at),
        refusal=_refusal(case),
        state=MediationState(row.state) if row else None,
        by_law=row is not None and row.by_law,
        records=records,
        planned=service_lines(rows=_planned(case), actor=actor, at=at),
        missing=missing,
        steps=_steps(case, None if is_over else row, actor, missing),
    )


def _planned(case: Case) -> QuerySet[Service]:
    rows = case.services.filter(function=Function.MEDIATION).exclude(state=ServiceState.ENDED)
    return rows.select_related("provider").order_by("at", "pk")


def _refusal(case: Case) -> str | Promise:
    if is_sexual_violence(case):
        return NO_SETTLEMENT
    return "" if can_be_mediated(case) else NOT_THIS_KIND


def _steps(
    case: Case, row: Mediation | None, actor: Actor, missing: tuple[Assessor, ...]
) -> tuple[MediationStep, ...]:
    if case.state != CaseState.OPEN:
        return ()
    if not can_be_mediated(case):
        ends = row is not None and may_plan(actor, case)
        return (MediationStep.STOP,) if ends else ()
    state = MediationState(row.state) if row else MediationState.ASSESSED
    open_now = [step for step in MediationStep if state in MEDIATION_MOVES[step][0]]
    if row is None:
        open_now = [MediationStep.ASSESS]
    elif missing and MediationStep.REQUEST in open_now:
        open_now.remove(MediationStep.REQUEST)
    return tuple(step for step in open_now if MEDIATION_RULES[step](actor, case))


def _records(row: Mediation, actor: Actor) -> tuple[RecordLine, ...]:
    rows = list(row.records.order_by("at", "pk"))
    texts = open_texts(actor.keys, rows, "text")
    names = directory.names(one.author for one in rows)
    lines = []
    for one, text in zip(rows, texts, strict=True):
        said = MediationText.from_text(text or "")
        lines.append(
            RecordLine(
                step=MediationStep(one.step),
                at=one.at,
                by=names.get(one.author, ""),
                assessor=Assessor(said.assessor) if said.assessor else None,
                free=said.free,
                text=said.text,
            )
        )
    return tuple(lines)
