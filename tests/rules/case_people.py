"""A case that came from a report, and everybody who might want something of it."""

from dataclasses import dataclass, field
from typing import Any

from ruang.access.actor import ANYBODY, SYSTEM, Actor
from ruang.access.roles import Role
from ruang.cases import commands as cases
from ruang.cases.models import Case
from ruang.cases.states import Compartment, Exclusion
from ruang.identity.models import Organisation, User
from ruang.intake.commands import Receipt, claim_report
from ruang.kernel.codes import Age
from ruang.territory.facts import city_facts
from ruang.triage.commands import Leads, decide_report
from ruang.triage.states import Outcome
from tests import make
from tests.cases.team import partner_on
from tests.replay import replayed

HELD, NOT_HELD = Compartment.NARRATIVE, Compartment.HEALTH
"""Parts that the partners on the team can read, and cannot."""
SECOND = ("head", "colleague", "former manager", "barred colleague")
"""Who can be asked at this desk to approve what nobody does alone, and is not on the team."""
OUTSIDE = (
    "officer", "auditor", "admin", "official", "prevention officer", "facilitator", "cadre",
    "partner's colleague", "partner's head", "former partner", "barred partner", "outsider",
    "manager elsewhere", "another reporter", "anybody",
)  # fmt: skip
WHO = {
    "leads": ("manager", "deputy"),
    "team": ("teammate",),
    "partner": ("partner", "other partner"),
    "reporter": ("reporter",),
    "system": ("system",),
    "second": SECOND,
    "others": OUTSIDE,
}


@dataclass
class Scene:
    """A case and its people; whoever acts does so in a new request of her own."""

    case: Case
    receipt: Receipt
    another: Receipt
    users: dict[str, User] = field(default_factory=dict)

    def acting(self, who: str) -> Actor:
        if who in {"system", "anybody"}:
            return SYSTEM if who == "system" else ANYBODY
        if who in {"reporter", "another reporter"}:
            return make.reporter(self.receipt if who == "reporter" else self.another)
        return make.actor(self.users[who])

    def by(self, who: str = "manager") -> dict[str, Any]:
        return self.about(self.acting(who))

    def about(self, actor: Actor) -> dict[str, Any]:
        return {"actor": actor, "case_id": self.case.pk, "at": make.AT}

    def id_of(self, who: str) -> Any:
        return self.users[who].pk


@replayed
def scene() -> Scene:
    """A case that is open, whose manager changed once and two of whose partners left."""
    city = make.city()
    desk = Organisation.objects.get(pk=city.intake_desk)
    elsewhere = Organisation.objects.get(pk=city_facts().alternate_desk)
    users = {
        "officer": make.officer(city),
        **{name: make.user(desk, Role.CASE_MANAGER) for name in ("manager", "deputy")},
        **{name: make.user(desk, Role.CASE_MANAGER) for name in SECOND[1:]},
        "manager elsewhere": make.user(elsewhere, Role.CASE_MANAGER),
        "outsider": make.partner(),
    }
    roles = (
        Role.HEAD, Role.AUDITOR, Role.ADMIN, Role.FACILITATOR, Role.CADRE,
        Role.PREVENTION_OFFICER, Role.QUORUM_OFFICIAL,
    )  # fmt: skip
    users |= {role.value.replace("_", " "): make.user(desk, role) for role in roles}
    users["official"] = users.pop("quorum official")
    receipt, another = make.receipt(age=Age.ADULT), make.receipt()
    made = Scene(opened(users, receipt), receipt, another, users)
    put_on_team(made)
    return made


def opened(users: dict[str, User], receipt: Receipt) -> Case:
    """The case which the officer made of the report."""
    report = make.report_of(receipt)
    officer = {"actor": make.actor(users["officer"]), "at": make.AT}
    claim_report(report_id=report.pk, **officer)
    case_id = decide_report(
        report_id=report.pk, outcome=Outcome.CASE, message="Kami mendampingi Anda.",
        leads=Leads(users["former manager"].pk, users["deputy"].pk), **officer,
    )  # fmt: skip
    return Case.objects.get(pk=case_id)


def put_on_team(made: Scene) -> None:
    """Partners come and go, the manager changes, and two are barred."""
    users, case = made.users, made.case
    for name in ("partner", "other partner", "former partner", "barred partner"):
        users[name] = partner_on(case, Compartment.PLAN, HELD)
    place = users["partner"].organisation
    users["teammate"] = make.user(users["manager"].organisation, Role.CASE_MANAGER)
    cases.add_colleague(
        **made.by("deputy"), user_id=made.id_of("teammate"), compartments=[HELD]
    )
    users["partner's colleague"] = make.user(place, Role.PARTNER_DESK)
    users["partner's head"] = make.user(place, Role.HEAD)
    cases.leave_team(**made.by("former partner"))
    for name in ("barred partner", "barred colleague"):
        cases.exclude_user(**made.by("deputy"), user_id=made.id_of(name), why=Exclusion.MANAGER)
    cases.change_manager(**made.by("former manager"), user_id=made.id_of("manager"))
    case.refresh_from_db()
