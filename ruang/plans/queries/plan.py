"""The plan: goals in her words, services by the official lists, and what she said to it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.queries import CaseHead
from ruang.cases.queries.head import case_in_sight, head_of
from ruang.identity import directory
from ruang.plans import sealed as inside
from ruang.plans.entry import Entry, entry_of
from ruang.plans.health import read
from ruang.plans.models import Agreement, Goal, Service
from ruang.plans.policy import can_be_mediated
from ruang.plans.states import (
    RECEIVED,
    SERVICE_MOVES,
    Agreed,
    Function,
    Kind,
    Outcome,
    Payer,
    Reached,
    ServiceState,
    ServiceStep,
)
from ruang.plans.whom import NOBODY, whom, whom_if_asked
from ruang.plans.words import name_of
from ruang.plans.writing import today
from ruang.vault.texts import open_texts

Words = str | Promise


@dataclass(frozen=True, slots=True, repr=False)
class GoalLine:
    """One goal. ``text`` is None where this actor holds no key of it."""

    id: UUID
    at: datetime
    by: str
    text: str | None
    ended_at: datetime | None
    reached: Words
    why: str


@dataclass(frozen=True, slots=True, repr=False)
class ServiceLine:
    """One service, by its names in the two official lists.

    :ivar persons: for whom it is, where there is more than one it can be for
    :ivar asks: whether that must still be said
    :ivar is_gone: whether those it was for were set aside
    :ivar is_mine: whether this actor recorded it
    :ivar locked: whether what of health it is, and its words, are locked for this actor
    """

    id: UUID
    name: Words
    function: Words
    kind: Words
    provider: str
    state: ServiceState
    due_on: date | None
    given_on: date | None
    outcome: Words
    at: datetime
    over_at: datetime | None
    by: str
    need: str
    payer: Words
    note: str
    is_late: bool
    steps: tuple[ServiceStep, ...]
    persons: tuple[str, ...] = ()
    asks: bool = False
    is_gone: bool = False
    is_mine: bool = False
    locked: bool = False

    @property
    def counts(self) -> bool:
        """Say whether the register takes it, now or once it has ended."""
        return self.state is not ServiceState.ENDED or self.given_on is not None


@dataclass(frozen=True, slots=True, repr=False)
class AgreementLine:
    """What she said to the plan."""

    on: date
    by: str
    answer: Words
    why: str
    explained_by: str


@dataclass(frozen=True, slots=True, repr=False)
class PlanPage:
    """The plan of a case.

    :ivar has_mediation: whether mediation exists for this case at all
    """

    head: CaseHead
    goals: tuple[GoalLine, ...]
    services: tuple[ServiceLine, ...]
    agreement: AgreementLine | None
    has_mediation: bool

    @property
    def open_services(self) -> tuple[ServiceLine, ...]:
        """Return what is planned or under way."""
        return tuple(one for one in self.services if one.state is not ServiceState.ENDED)

    @property
    def ended_services(self) -> tuple[ServiceLine, ...]:
        """Return what has ended."""
        return tuple(one for one in self.services if one.state is ServiceState.ENDED)


def plan_page(*, actor: Actor, case_id: UUID, at: datetime) -> PlanPage:
    """Return the plan of a case.

    :raises NotInSight: if the actor is no member
    """
    case = case_in_sight(actor=actor, case_id=case_id)
    services = case.services.select_related("provider").order_by("-at", "-pk")
    head = head_of(case=case, actor=actor, at=at)
    return PlanPage(
        head=head,
        goals=goals_of(head=head, actor=actor),
        services=service_lines(rows=services, actor=actor, at=at, of=case),
        agreement=_agreement(case, actor),
        has_mediation=can_be_mediated(case),
    )


def goals_of(*, head: CaseHead, actor: Actor) -> tuple[GoalLine, ...]:
    """Return the goals of a case in sight, the open ones first."""
    rows = list(Goal.objects.filter(case=head.id).order_by("at", "pk"))
    texts, ends = (open_texts(actor.keys, rows, name) for name in ("text", "end"))
    names = directory.names((row.author for row in rows), known=head.names)
    lines = [
        _goal(row, text, end, names) for row, text, end in zip(rows, texts, ends, strict=True)
    ]
    return tuple(sorted(lines, key=lambda one: one.ended_at is not None))


def goal_line(*, actor: Actor, case_id: UUID, goal_id: UUID) -> GoalLine:
    """Return one goal.

    :raises NotInSight: if there is none for this actor
    """
    row = sight.one(case_in_sight(actor=actor, case_id=case_id).goals.all(), goal_id)
    texts, ends = (open_texts(actor.keys, [row], name) for name in ("text", "end"))
    return _goal(row, texts[0], ends[0], directory.names([row.author]))


def service_line(*, actor: Actor, case_id: UUID, service_id: UUID, at: datetime) -> ServiceLine:
    """Return one service.

    :raises NotInSight: if there is none for this actor
    """
    case = case_in_sight(actor=actor, case_id=case_id)
    row = sight.one(case.services.select_related("provider"), service_id)
    return service_lines(rows=[row], actor=actor, at=at)[0]


def service_said(*, actor: Actor, case_id: UUID, service_id: UUID) -> Entry:
    """Return what is known of a service of what the register asks.

    :raises NotInSight: if there is none for this actor
    """
    row = sight.one(case_in_sight(actor=actor, case_id=case_id).services.all(), service_id)
    return entry_of(row, read([row], actor)[0].text)


def service_lines(
    *, rows: Iterable[Service], actor: Actor, at: datetime, of: Case | None = None
) -> tuple[ServiceLine, ...]:
    """Return services of a case in sight with their words.

    :param of: the case, where it is shown for whom they are
    """
    listed = list(rows)
    names = directory.names(row.author for row in listed)
    told = read(listed, actor)
    served = whom_if_asked(of, actor, (said.text for said in told)) if of else NOBODY
    found = []
    for row, said in zip(listed, told, strict=True):
        line = _service(row, said.text, names, at)
        found.append(
            replace(
                line,
                persons=served.names(said.text),
                asks=served.is_open(said.text) and line.counts,
                is_gone=served.is_gone([UUID(one) for one in said.text.persons]),
                is_mine=row.author == actor.user_id,
                locked=said.locked,
            )
        )
    return tuple(found)


def people(
    *, actor: Actor, case_id: UUID, before: Collection[UUID] = ()
) -> tuple[tuple[UUID, str], ...]:
    """Return for whom of a case a service can be; nobody, where there is no choice.

    :param before: for whom a service is that is on record already
    :raises NotInSight: if the actor is no member
    """
    return whom(case_in_sight(actor=actor, case_id=case_id), actor).choices_after(before)


def providers() -> tuple[tuple[UUID, str], ...]:
    """Return the organisations that a service can be given by."""
    return tuple((desk.id, desk.name) for desk in directory.organisations())


def was_served(*, case: Case) -> bool:
    """Say whether a service was given in a case that the caller has in sight."""
    return case.services.filter(outcome__in=RECEIVED).exists()


def _goal(row: Goal, text: str | None, end: str | None, names: dict[UUID, str]) -> GoalLine:
    said = inside.GoalEnd.from_text(end or "")
    return GoalLine(
        id=row.pk,
        at=row.at,
        by=names.get(row.author, ""),
        text=text,
        ended_at=row.ended_at,
        reached=Reached(said.reached).label if said.reached else "",
        why=said.why,
    )


def _service(
    row: Service, said: inside.ServiceText, names: dict[UUID, str], at: datetime
) -> ServiceLine:
    function = Function(row.function).label if row.function else ""
    kind = Kind(row.kind).label if row.kind else ""
    state = ServiceState(row.state)
    is_open = state is not ServiceState.ENDED
    return ServiceLine(
        id=row.pk,
        name=name_of(row, said),
        function=function,
        kind=kind,
        provider=row.provider.name if row.provider else said.provider,
        state=state,
        due_on=row.due_on,
        given_on=row.given_on,
        outcome=Outcome(row.outcome).label if row.outcome else "",
        at=row.at,
        over_at=row.over_at,
        by=names.get(row.author, ""),
        need=said.need,
        payer=Payer(said.payer).label if said.payer else "",
        note=said.note,
        is_late=is_open and row.due_on is not None and row.due_on < today(at),
        steps=tuple(step for step in ServiceStep if state in SERVICE_MOVES[step][0]),
    )


def _agreement(case: Case, actor: Actor) -> AgreementLine | None:
    row: Agreement | None = case.agreements.order_by("-at", "-pk").first()
    if row is None:
        return None
    said = inside.Agreement.from_text(open_texts(actor.keys, [row], "text")[0] or "")
    explained = UUID(said.explained_by) if said.explained_by else None
    names = directory.names([row.author, explained])
    return AgreementLine(
        on=row.on,
        by=names.get(row.author, ""),
        answer=Agreed(said.answer).label if said.answer else "",
        why=said.why,
        explained_by=names.get(explained, "") if explained else "",
    )
