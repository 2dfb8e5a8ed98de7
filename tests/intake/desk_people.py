"""Who can stand before a report at the desk, for the tables of these tests."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import Role
from ruang.identity.models import Organisation, User
from ruang.intake import commands
from ruang.intake.commands import Receipt
from ruang.intake.models import Report
from ruang.intake.states import RANK, Door, Risk, State
from tests import make
from tests.replay import replayed


@dataclass
class Desk:
    """A city, a report that came in, and everybody who might want something of it."""

    report: Report
    receipt: Receipt
    users: dict[str, User]
    _acting: dict[str, Actor] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return self.receipt.words or ""

    def who(self, name: str) -> Actor:
        """Somebody with her keys open; whoever does nothing in a test opens none."""
        if name not in self._acting:
            self._acting[name] = self._new(name)
        return self._acting[name]

    def __getstate__(self) -> dict[str, object]:
        """A copy opens its keys itself."""
        return {**vars(self), "_acting": {}}

    def _new(self, name: str) -> Actor:
        if name == "system":
            return SYSTEM
        return (
            make.reporter(self.receipt) if name == "reporter" else make.actor(self.users[name])
        )

    def reload(self) -> Report:
        self.report.refresh_from_db()
        return self.report


@replayed
def desk_with(state: State = State.NEW, **told: object) -> Desk:
    """A desk with a report in a state; ``holder`` holds it from CLAIMED on."""
    city = make.city()
    place = Organisation.objects.get(pk=city.intake_desk)
    receipt = make.receipt(**told)
    report = make.report_of(receipt)
    users = {
        "holder": make.user(place, Role.INTAKE_OFFICER),
        "colleague": make.user(place, Role.INTAKE_OFFICER),
        "manager": make.user(place, Role.CASE_MANAGER),
        "head": make.user(place, Role.HEAD),
        "admin": make.user(place, Role.ADMIN),
        "auditor": make.user(place, Role.AUDITOR),
        "outsider": make.user(role=Role.INTAKE_OFFICER),
        "partner": make.partner(),
    }
    if state is not State.NEW:
        commands.claim_report(
            actor=make.actor(users["holder"]), report_id=report.pk, at=make.AT
        )
    if state is State.DECIDED:
        Report.objects.filter(pk=report.pk).update(state=State.DECIDED)
    report.refresh_from_db()
    return Desk(report, receipt, users)


def id_of(desk: Desk, name: str) -> UUID:
    return desk.users[name].pk


def crowd(desk: Desk, count: int) -> list[Report]:
    """Many more open reports at the same desk: rows alone, what was told is nobody's."""
    first, rows = desk.reload(), []
    for number in range(count):
        at = make.AT + timedelta(minutes=number % 97)
        risk = (Risk.MEDIUM, Risk.HIGH, Risk.LOW)[number % 3]
        rows.append(
            Report(
                number=f"A-2610-{number:03d}",
                received_at=at,
                door=Door.WEB,
                desk=first.desk,
                safety=first.safety,
                who=first.who,
                way=first.way,
                due_at=at,
                risk=risk,
                rank=RANK[risk],
                form_tag=uuid4().bytes * 2,
                district=f"36.73.0{number % 6 + 1}",
                contact=first.contact,
                story=first.story,
            )
        )
    return Report.objects.bulk_create(rows)
