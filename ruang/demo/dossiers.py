"""What stands in the long cases is written down, step by step, by whoever works on them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from ruang.cases.commands.keys import move_case_clock
from ruang.clocks.queries import clocks_of
from ruang.clocks.states import Step as ClockStep
from ruang.consents.commands import Grant, Ground, give_consent
from ruang.consents.states import Basis
from ruang.demo.content.dossier_shape import (
    DEPUTY,
    MANAGER,
    Agreement,
    Day,
    Dossier,
    Explained,
    FollowUp,
    Given,
    Goal,
    Mediated,
    Moment,
    Of,
    Paper,
    Said,
    Service,
    Shared,
    Task,
)
from ruang.demo.content.dossiers import DOSSIERS
from ruang.demo.content.moments import HOURS, last_open
from ruang.demo.content.shape import Ask, CaseWork, Contact
from ruang.demo.world import Act, World
from ruang.dossier.commands import add_record, save_record
from ruang.dossier.schema import Value
from ruang.plans.commands import (
    Ending,
    Wanted,
    add_goal,
    assess_mediation,
    end_goal,
    give_service,
    move_mediation,
    move_service,
    move_task,
    plan_service,
    record_agreement,
    set_task,
    write_follow_up,
)
from ruang.plans.states import ServiceStep, TaskStep
from ruang.referrals.commands import withdraw_consent
from ruang.triage.commands import identify_case

BEGINS = timedelta(minutes=40)
"""After the case was opened: the names are known by then."""
QUIET = timedelta(hours=8)
"""Before now, or before the closing, nothing of it is written any more."""


def dossier_acts(world: World, contact: Contact, now: datetime) -> Iterator[Act]:
    """Return everything that is written into a long case; nothing for the others."""
    found = DOSSIERS.get(contact.key)
    if found is not None and contact.case is not None and contact.desk.decided_at is not None:
        end = (contact.case.closed_at or now) - QUIET
        begin = min(contact.desk.decided_at + BEGINS, end)
        end = max(begin, last_open(end))
        yield from _Long(world, contact.key, contact.case, found, begin, end).acts()


@dataclass(slots=True)
class _Long:
    """One long case while it is played."""

    world: World
    key: str
    case: CaseWork
    dossier: Dossier
    begin: datetime
    end: datetime
    records: dict[str, tuple[UUID, int]] = field(default_factory=dict)
    """Label → the record, and its version."""

    def acts(self) -> Iterator[Act]:
        yield Act(self.begin, self._identify)
        for item in self.dossier.items:
            yield from PLAYS[type(item)](self, item)

    def when(self, moment: Moment) -> datetime:
        """Return a moment of this case; nothing of it comes after its end.

        What is urgent is said in hours and done at any; the rest is done while desks are open.
        """
        if isinstance(moment, timedelta):
            return min(self.begin + moment, self.end)
        return _open(self.begin, self.end, moment)

    @property
    def case_id(self) -> UUID:
        return self.world.cases[self.key]

    def _identify(self, at: datetime) -> None:
        with self.world.stage.staff(self.case.manager, at) as actor:
            identify_case(
                actor=actor, case_id=self.case_id, kind=self.dossier.kind,
                authority=self.dossier.authority, tpks=False, at=at,
            )  # fmt: skip

    def paper(self, item: Paper) -> Iterator[Act]:
        yield Act(self.when(item.when), partial(self._paper, item))

    def _paper(self, item: Paper, at: datetime) -> None:
        values = {name: self._said(said, at) for name, said in item.says.items()}
        known = self.records.get(item.label)
        with self.world.stage.staff(self.case.manager, at) as actor:
            if known is None:
                row = add_record(
                    actor=actor, case_id=self.case_id, kind=item.kind, values=values, at=at
                )
            else:
                row = save_record(
                    actor=actor, record_id=known[0], base_version=known[1], values=values, at=at
                )
        self.records[item.label] = (row.pk, row.version)

    def _said(self, said: Said, at: datetime) -> Value:
        if isinstance(said, Day):
            return _day(at, said.away).isoformat()
        return self.records[said.label][0].hex if isinstance(said, Of) else said

    def explained(self, item: Explained) -> Iterator[Act]:
        yield Act(self.when(item.when), partial(self._explained, item))

    def _explained(self, item: Explained, at: datetime) -> None:
        """Say why a clock was missed; on some calendars it was met in time."""
        late = [
            line.id
            for line in clocks_of(subject=self.case_id)
            if line.kind == item.clock
            and line.missed_why is None
            and (line.missed_at or (line.over_at is None and line.due_at <= at))
        ]
        with self.world.stage.staff(self.case.manager, at) as actor:
            for clock_id in late:
                move_case_clock(
                    actor=actor, case_id=self.case_id, clock_id=clock_id,
                    step=ClockStep.EXPLAIN, code=item.why.value, at=at,
                )  # fmt: skip

    def goal(self, item: Goal) -> Iterator[Act]:
        made: list[UUID] = []
        yield Act(self.when(item.when), partial(self._goal, item, made))
        if item.reached is not None:
            yield Act(self.when(item.over), partial(self._goal_over, item, made))

    def _goal(self, item: Goal, made: list[UUID], at: datetime) -> None:
        with self.world.stage.staff(self.case.manager, at) as actor:
            row = add_goal(actor=actor, case_id=self.case_id, text=item.text, at=at)
        made.append(row.pk)

    def _goal_over(self, item: Goal, made: list[UUID], at: datetime) -> None:
        if item.reached is None:
            return
        with self.world.stage.staff(self.case.manager, at) as actor:
            end_goal(
                actor=actor, case_id=self.case_id, goal_id=made[0], reached=item.reached,
                why=item.why, at=at,
            )  # fmt: skip

    def agreement(self, item: Agreement) -> Iterator[Act]:
        yield Act(self.when(item.when), partial(self._agreement, item))

    def _agreement(self, item: Agreement, at: datetime) -> None:
        with self.world.stage.staff(self.case.manager, at) as actor:
            record_agreement(
                actor=actor, case_id=self.case_id, answer=item.answer, why=item.why,
                on=_day(at), explained_by=actor.user_id, at=at,
            )  # fmt: skip

    def service(self, item: Service) -> Iterator[Act]:
        made: list[UUID] = []
        yield Act(self.when(item.when), partial(self._plan, item, made))
        if item.begun is not None:
            yield Act(
                self.when(item.begun), partial(self._serve, made, ServiceStep.BEGIN, None)
            )
        if item.outcome is not None:
            at = self.when(item.over)
            ending = Ending(item.outcome, _day(at), item.note)
            yield Act(at, partial(self._serve, made, ServiceStep.END, ending))

    def _plan(self, item: Service, made: list[UUID], at: datetime) -> None:
        wanted = Wanted(
            item.function, item.kind, item.need, self.world.places.get(item.provider),
            item.outside, item.payer, _day(at, item.due), item.detail, self._whom(item.whom),
        )  # fmt: skip
        with self.world.stage.staff(self.case.manager, at) as actor:
            row = plan_service(actor=actor, case_id=self.case_id, wanted=wanted, at=at)
        made.append(row.pk)

    def _whom(self, labels: tuple[str, ...]) -> tuple[UUID, ...]:
        return tuple(self.records[label][0] for label in labels)

    def _serve(
        self, made: list[UUID], step: ServiceStep, ending: Ending | None, at: datetime
    ) -> None:
        with self.world.stage.staff(self.case.manager, at) as actor:
            move_service(
                actor=actor, case_id=self.case_id, service_id=made[0], step=step, at=at,
                ending=ending,
            )  # fmt: skip

    def given(self, item: Given) -> Iterator[Act]:
        yield Act(self.when(item.when), partial(self._given, item))

    def _given(self, item: Given, at: datetime) -> None:
        place = self.world.places.get(item.provider)
        wanted = Wanted(
            item.function, item.kind, provider=place, payer=item.payer, detail=item.detail,
            persons=self._whom(item.whom),
        )  # fmt: skip
        with self.world.stage.staff(self.case.manager, at) as actor:
            give_service(
                actor=actor, case_id=self.case_id, wanted=wanted, on=_day(at), note=item.note,
                at=at,
            )  # fmt: skip

    def task(self, item: Task) -> Iterator[Act]:
        """Return the life of a task; who takes a request is given one while at work on it."""
        made: list[UUID] = []
        owner, begin, end = self._owner(item)
        at = begin + item.when if isinstance(item.when, timedelta) else begin
        end = max(at, end)
        yield Act(at, partial(self._task, item, owner, made))
        if item.done is not None:
            share = item.done if isinstance(item.done, float) else 0.5
            is_theirs = owner in self._partners()
            over = _open(at, end, share) if is_theirs else self.when(share)
            yield Act(over, partial(self._task_done, owner, made))

    def _partners(self) -> dict[str, Ask]:
        return {ask.taken_by: ask for ask in self.case.asks if ask.taken_by}

    def _owner(self, item: Task) -> tuple[str, datetime, datetime]:
        """Return whose task it is, and from when until when that person can have it."""
        leads = {MANAGER: self.case.manager, DEPUTY: self.case.deputy}
        if item.owner in leads:
            return leads[item.owner], self.when(item.when), self.end
        ask = next(one for one in self.case.asks if one.to == item.owner)
        return ask.taken_by, ask.taken_at or ask.at, ask.ended_at or self.end

    def _task(self, item: Task, owner: str, made: list[UUID], at: datetime) -> None:
        asked = self._partners().get(owner)
        part = item.part
        if asked is not None and part not in asked.compartments:
            part = asked.compartments[-1]
        with self.world.stage.staff(self.case.manager, at) as actor:
            row = set_task(
                actor=actor, case_id=self.case_id, owner=self.world.people[owner],
                title=item.title, due_on=_day(at, item.due), notes=item.notes,
                compartment=part, at=at,
            )  # fmt: skip
        made.append(row.pk)

    def _task_done(self, owner: str, made: list[UUID], at: datetime) -> None:
        with self.world.stage.staff(owner, at) as actor:
            move_task(
                actor=actor, case_id=self.case_id, task_id=made[0], step=TaskStep.FINISH, at=at
            )

    def follow_up(self, item: FollowUp) -> Iterator[Act]:
        yield Act(self.when(item.when), partial(self._follow_up, item))

    def _follow_up(self, item: FollowUp, at: datetime) -> None:
        again = None if item.again is None else _day(at, item.again)
        with self.world.stage.staff(self.case.manager, at) as actor:
            write_follow_up(
                actor=actor, case_id=self.case_id, on=_day(at), way=item.way, text=item.text,
                next_on=again, at=at,
            )  # fmt: skip

    def shared(self, item: Shared) -> Iterator[Act]:
        made: list[UUID] = []
        yield Act(self.when(item.when), partial(self._share, item, made))
        if item.taken_back is not None:
            yield Act(self.when(item.taken_back), partial(self._take_back, made))

    def _share(self, item: Shared, made: list[UUID], at: datetime) -> None:
        ground = Ground(
            basis=Basis.CONSENT, given_on=_day(at), way=item.way, giver=item.giver,
            giver_name=item.giver_name, explained=item.explained, reason=item.reason,
        )  # fmt: skip
        grant = Grant(
            organisation=self.world.places[item.to], purpose=item.purpose,
            until=at + timedelta(days=item.days), ground=ground, compartments=item.compartments,
        )  # fmt: skip
        with self.world.stage.staff(self.case.manager, at) as actor:
            row = give_consent(actor=actor, case_id=self.case_id, grant=grant, at=at)
        made.append(row.pk)

    def _take_back(self, made: list[UUID], at: datetime) -> None:
        with self.world.stage.staff(self.case.manager, at) as actor:
            withdraw_consent(actor=actor, consent_id=made[0], at=at)

    def mediated(self, item: Mediated) -> Iterator[Act]:
        yield Act(self.when(item.when), partial(self._mediated, item))

    def _mediated(self, item: Mediated, at: datetime) -> None:
        with self.world.stage.staff(self.case.manager, at) as actor:
            if item.assessor is not None:
                assess_mediation(
                    actor=actor, case_id=self.case_id, assessor=item.assessor, free=True,
                    text=item.text, at=at,
                )  # fmt: skip
            else:
                move_mediation(
                    actor=actor, case_id=self.case_id, step=item.step, text=item.text, at=at
                )


PLAYS: Mapping[type, Callable[[_Long, Any], Iterator[Act]]] = {
    Paper: _Long.paper,
    Explained: _Long.explained,
    Goal: _Long.goal,
    Agreement: _Long.agreement,
    Service: _Long.service,
    Given: _Long.given,
    Task: _Long.task,
    FollowUp: _Long.follow_up,
    Shared: _Long.shared,
    Mediated: _Long.mediated,
}
"""What is written down → how it is played."""


def _open(begin: datetime, end: datetime, share: float) -> datetime:
    """Return a moment on the way in which desks are open, in the order of the shares."""
    if not share:
        return begin
    at = begin + (end - begin) * share
    return min(HOURS.next_opening(at) or at, end)


def _day(at: datetime, away: int = 0) -> date:
    return timezone.localdate(at) + timedelta(days=away)
