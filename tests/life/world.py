"""A city that lives: who is there, what came in, what time it is, and who tries what."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied

from ruang import wiring
from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.cases.models import Case
from ruang.cases.states import LEADS
from ruang.cases.states import State as CaseState
from ruang.clocks.commands import sweep_clocks
from ruang.clocks.states import Moment
from ruang.identity.models import Organisation, User
from ruang.identity.states import OrganisationKind
from ruang.identity.states import State as Account
from ruang.intake.models import Report
from ruang.intake.states import State
from ruang.jobs.worker import Worker
from ruang.kernel.codes import Risk
from ruang.kernel.errors import Refused
from ruang.triage.models import Decision
from ruang.vault.keyring import CannotOpen
from tests import make
from tests.clocks.own import added

NO = (Refused, PermissionDenied, NotInSight, CannotOpen)
"""How the program says no; anything else is a fault."""
YEAR = timedelta(days=365)
RIGHTLY = 0.93
"""How often it is somebody whose business it is, and something that stands where it should."""
SOONER = 8

Row = TypeVar("Row")


class NothingThereError(Exception):
    """There is nothing this could be done to: something else is tried instead."""


@dataclass(frozen=True)
class Act:
    """One thing people do, and how often."""

    do: "Callable[[World], object]"
    often: int = 1

    @property
    def name(self) -> str:
        return self.do.__name__


OWN_LIMITS = (
    (Moment.REPORT_TAKEN, Moment.REPORT_DECIDED),
    (Moment.CASE_OPENED, Moment.ASSESSED),
    (Moment.RISK_HIGH, Moment.CASE_CLOSED),
)
"""What the city itself has decided: what begins a clock, and what meets it."""


class World:
    """One city for about a year.

    :ivar levels: the risk of each report and case as it last was
    :ivar lowered: how often that of one was lowered
    :ivar live: clocks that ran or paused when they were last looked at, with their kind
    """

    def __init__(self, random: Random, length: int) -> None:
        self.random, self.length, self.at = random, length, make.AT
        self.city = make.city()
        desk = Organisation.objects.get(pk=self.city.intake_desk)
        for _more in range(3):
            make.user(desk, Role.INTAKE_OFFICER)
        self.officers = list(User.objects.filter(organisation=desk))
        self.managers = [make.user(desk, Role.CASE_MANAGER) for _ in range(3)]
        self.head = make.user(desk, Role.HEAD)
        self.partners = [
            make.partner(),
            make.partner(OrganisationKind.HEALTH),
            make.partner(OrganisationKind.PSYCHOLOGY),
        ]
        self.partners += [
            make.user(one.organisation, Role.PARTNER_DESK) for one in self.partners * 2
        ]
        for starts, meets in OWN_LIMITS:
            added(starts=starts, meets=meets)
        self.receipts: dict[UUID, make.Receipt] = {}
        self.worker = Worker(
            reactions=wiring.REACTIONS, due=wiring.DUE, sweeps={}, matters=wiring.MATTERS
        )
        self.tried, self.done = 0, Counter[str]()
        self.levels: dict[UUID, Risk] = {}
        self.lowered: Counter[UUID] = Counter()
        self.live: dict[UUID, tuple[UUID, str]] = {}

    @property
    def staff(self) -> list[User]:
        return [*self.officers, *self.managers, self.head, *self.partners]

    @property
    def age(self) -> timedelta:
        return self.at - make.AT

    def actor(self, person: User) -> Actor:
        return make.actor(person, at=self.at)

    def any(self, rows: Iterable[Row]) -> Row:
        found = list(rows)
        if not found:
            raise NothingThereError
        return self.random.choice(found)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def step(self, acts: list[Act]) -> str:
        """Let somebody do something; return what was done, nothing if it was refused."""
        while True:
            act = self.random.choices(acts, [self._how_often(one) for one in acts])[0]
            try:
                act.do(self)
            except NothingThereError:
                continue
            except NO:
                self.tried += 1
                return ""
            self.tried += 1
            self.done[act.name] += 1
            return act.name

    def _how_often(self, act: Act) -> int:
        """What nobody has done in this city yet is tried sooner."""
        return act.often if self.done[act.name] else act.often * SOONER

    def report(self, *states: State) -> Report:
        rows = Report.objects.order_by("-pk")
        if self.chance(RIGHTLY):
            rows = rows.filter(state__in=states)
        return self.any(rows[:8])

    def at_desk(self, report: Report) -> dict[str, Any]:
        who = self.rightly(report.holder, otherwise=self.officer())
        return {"actor": who, "report_id": report.pk, "at": self.at}

    def case(self, state: CaseState = CaseState.OPEN, **where: object) -> Case:
        rows = Case.objects.order_by("-pk")
        if self.chance(RIGHTLY):
            rows = rows.filter(state=state)
        return self.any(rows.filter(**where)[:8])

    def on(self, case: Case) -> dict[str, Any]:
        leads = list(case.team.filter(ended_at=None, part__in=LEADS).order_by("pk"))
        who = self.rightly(self.any(leads).user_id, otherwise=self.lead())
        return {"actor": who, "case_id": case.pk, "at": self.at}

    def lead(self) -> Actor:
        return self.actor(self.any(self.managers))

    def officer(self) -> Actor:
        return self.actor(self.any([*self.officers, *self.managers]))

    def second(self) -> UUID:
        return self.any([self.head, *self.managers]).pk

    def person(self, user: object) -> User | None:
        return next((one for one in self.staff if one.pk == user), None)

    def rightly(self, user: object, *, otherwise: Actor) -> Actor:
        """Mostly whoever it belongs to; now and then somebody who has no business there."""
        person = self.person(user)
        return self.actor(person) if person and self.chance(RIGHTLY) else otherwise

    def reporter_of(self, case: Case) -> Actor:
        report = Decision.objects.get(case=case.pk).report_id
        return make.reporter(self.receipts[report], at=self.at)

    def leave(self, person: User) -> None:
        """Somebody's account ended: she does nothing any more."""
        self.officers = [one for one in self.officers if one.pk != person.pk]
        assert User.objects.get(pk=person.pk).state != Account.ACTIVE

    def time_passes(self) -> None:
        """Let hours pass, or days where the year would end too soon without."""
        lived = sum(self.done.values()) / self.length
        is_behind = self.age < YEAR * lived
        hours = self.random.randint(1, 9) if not is_behind else self.random.randint(14, 400)
        self.at += timedelta(hours=hours, minutes=self.random.randrange(60))
        self.settle()

    def settle(self) -> None:
        """Let what happens by itself happen."""
        sweep_clocks(actor=SYSTEM, at=self.at)
        while self.worker.turn(self.at):
            pass


def days_on(at: datetime, days: float) -> datetime:
    return at + timedelta(days=days)
