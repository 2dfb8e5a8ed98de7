"""Three kecamatan with RW, halls, a school and communities; who holds sessions; plans."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from ruang.access.actor import SYSTEM, Actor
from ruang.identity.models import User
from ruang.planner.commands import (
    Draft,
    Proposed,
    draft_plan,
    propose_plan,
    start_solving,
)
from ruang.planner.models import Plan, Visit
from ruang.planner.settings import Settings, Share
from ruang.prevention.models import Facilitator, Programme, Working
from ruang.prevention.states import Audience, Unit
from ruang.register.models import Community, Rw, School, Venue
from tests import make, make_prevention

BEGINS, ENDS = date(2027, 1, 4), date(2027, 3, 26)
MONDAY = date(2027, 1, 11)
VILLAGES = ("36.73.06.1001", "36.73.01.1001", "36.73.02.1001")


class World:
    """A small city, in which everything is a few hundred metres apart."""

    def __init__(self, *, rws: int = 3, people: int = 4) -> None:
        make.city()
        self.rws: list[Rw] = []
        self.venues: list[Venue] = []
        for number, village in enumerate(VILLAGES):
            where = {"latitude": -6.1 - number / 50, "longitude": 106.1 + number / 50}
            self.venues.append(make_prevention.venue(village))
            Venue.objects.filter(pk=self.venues[-1].pk).update(**where)
            for place in range(rws):
                made = make_prevention.rw(village, people=120 + 12 * place)
                near = {**where, "latitude": where["latitude"] + place / 500}
                Rw.objects.filter(pk=made.pk).update(**near)
                self.rws.append(made)
        self.communities: list[Community] = [
            make_prevention.community(village, members=20 + 20 * number)
            for number, village in enumerate(VILLAGES)
        ]
        self.school: School = make_prevention.school(VILLAGES[0])
        self.parents: Programme = make_prevention.programme(facilitators=2)
        self.pupils: Programme = make_prevention.programme(
            Unit.SCHOOL, audiences=[Audience.CHILDREN.value], facilitators=1, every_months=6
        )
        self.circles: Programme = make_prevention.programme(
            Unit.COMMUNITY, audiences=[Audience.WOMEN.value], facilitators=1
        )
        self.people: list[Facilitator] = [self._facilitator() for _ in range(people)]
        self.user: User = make_prevention.officer()
        self.officer: Actor = make.actor(self.user)

    def _facilitator(self) -> Facilitator:
        made = make_prevention.facilitator(self.parents, self.pupils, self.circles)
        for weekday in range(1, 7):
            Working.objects.create(
                facilitator=made, weekday=weekday, begins=time(8), ends=time(17)
            )
        return made

    def settings(self, **changed: object) -> Settings:
        said: dict[str, object] = {
            "shares": (Share(self.parents.pk, 6), Share(self.pupils.pk, 1)),
            "facilitators": tuple(one.pk for one in self.people),
            "seconds": 2,
        }
        return Settings(**{**said, **changed})  # type: ignore[arg-type]

    def draft(self, at: datetime = make.AT, **changed: object) -> UUID:
        draft = Draft(BEGINS, ENDS, self.settings(**changed))
        return draft_plan(actor=self.officer, draft=draft, at=at)

    def solving(self, **changed: object) -> UUID:
        plan_id = self.draft(**changed)
        start_solving(actor=self.officer, plan_id=plan_id, at=make.AT)
        return plan_id

    def visit(self, number: int = 0, **changed: object) -> Proposed:
        """A visit to an RW on a Monday morning and the Mondays after it."""
        rw = self.rws[number]
        first, second = (2 * number) % len(self.people), (2 * number + 1) % len(self.people)
        day = MONDAY + timedelta(days=7 * number)
        said: dict[str, object] = {
            "programme": self.parents.pk,
            "rw": rw.pk,
            "school": None,
            "venue": next(v.pk for v in self.venues if v.village_id == rw.village_id),
            "audience": Audience.PARENTS.value,
            "starts": datetime.combine(day, time(9)),
            "people": (self.people[first].pk, self.people[second].pk),
            "request": None,
        }
        return Proposed(**{**said, **changed})  # type: ignore[arg-type]

    def proposed(self, *visits: Proposed) -> Plan:
        """A plan with these visits, or with three."""
        plan_id = self.solving()
        made = visits or tuple(self.visit(number) for number in range(3))
        propose_plan(actor=SYSTEM, plan_id=plan_id, visits=made, certificate={}, at=make.AT)
        return Plan.objects.get(pk=plan_id)

    def visits(self, plan: Plan) -> list[Visit]:
        return list(plan.visits.order_by("starts_at", "id"))
