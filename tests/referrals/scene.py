"""A case with something in each compartment, and a request to a desk of several people."""

from datetime import timedelta

from ruang.access.roles import Role
from ruang.cases.models import Entry
from ruang.cases.states import Compartment
from ruang.identity.models import User
from ruang.jobs.worker import Worker
from ruang.referrals.states import Step
from ruang.vault.keyring import CannotOpen
from ruang.vault.texts import open_text
from ruang.wiring import DUE, REACTIONS
from tests import make

SHARED = (Compartment.NARRATIVE, Compartment.LEGAL)
ASK = {"ask"}
NAMES = {"ask", "names"}
GIVEN = {"ask", "narrative", "legal", "plan"}
EVERYTHING = {code.value for code in Compartment} | {"ask", "names"}
UNTIL = make.AT + timedelta(days=90)


class Scene:
    """A case with something in each compartment, and a request to a desk of three."""

    def __init__(self) -> None:
        self.case = make.case()
        self.manager = make.lead_of(self.case)
        self.taker = make.partner()
        self.colleague = make.user(self.taker.organisation, Role.PARTNER_DESK)
        self.entries = [make.entry(self.case, code.value, code) for code in Compartment]
        self.referral = make.referral(self.case, self.taker.organisation, *SHARED)

    def go(self, *steps: Step, by: User | None = None, at: object = make.AT) -> None:
        actor = make.actor(by or self.taker)
        make.moved(self.referral, actor, *steps, at=at)  # type: ignore[arg-type]

    def opens(self, person: User, *, at: object = make.AT) -> set[str]:
        """Everything of this case and request that a person's keys open, page or no page."""
        keys = make.actor(person, at=at).keys  # type: ignore[arg-type]
        self.referral.refresh_from_db()
        found = {e.compartment for e in self.entries if opens(keys, e, "text")}
        columns = ("ask", "names", "decline_note")
        return found | {c for c in columns if opens(keys, self.referral, c)}

    def write(self, compartment: Compartment = Compartment.PLAN) -> Entry:
        return make.entry(self.case, "sesudah", compartment)


def opens(keys: object, row: object, column: str) -> bool:
    try:
        return bool(open_text(keys, row, column))  # type: ignore[arg-type]
    except CannotOpen:
        return False


def let_time_pass(at: object) -> None:
    """Run the worker as it really runs, until nothing is due."""
    worker = Worker(reactions=REACTIONS, due=DUE, sweeps={})
    for _ in range(200):
        if not worker.turn(at):  # type: ignore[arg-type]
            return
    raise AssertionError("the worker does not come to an end")
