"""The full record of the case that the desk's measurement opens, written by the commands.

People, incidents, assessments kept anew, danger signs, a safety plan, the legal track; goals,
services, tasks, follow-ups, what she said to the plan; consents of which some were taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

from django.utils import timezone

from ruang.access.actor import Actor
from ruang.consents.commands import Grant, Ground, give_consent
from ruang.consents.states import Basis, ConsentWay, Giver, Purpose
from ruang.dossier.commands import add_record, save_record
from ruang.dossier.states import Kind
from ruang.plans import commands as plans
from ruang.plans.states import Agreed, Contacted, Outcome, Payer, Reached, ServiceStep
from ruang.plans.states import Kind as ServiceKind
from ruang.referrals.commands import withdraw_consent

SAID = "Ditulis sebagaimana ia mengatakannya, lengkap dan pelan. " * 4
TIMES = 6
"""How often each thing that grows was written: half a year of work."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes into which case, and when."""

    actor: Actor
    deputy: UUID
    partner: UUID
    case: UUID
    at: datetime

    @property
    def by(self) -> dict[str, Any]:
        """Return what every command takes."""
        return {"actor": self.actor, "case_id": self.case, "at": self.at}

    @property
    def today(self) -> date:
        """Return the day of all of it."""
        return timezone.localdate(self.at)


def write_record(writer: Writer) -> None:
    """Write everything."""
    she = _dossier(writer)
    _plan(writer, she)
    _work(writer)
    _consents(writer)


def _dossier(writer: Writer) -> UUID:
    today = writer.today.isoformat()
    she = _add(
        writer, Kind.PERSON, role="beneficiary", name="Melati", about_age="34", about=SAID
    )
    he = _add(writer, Kind.SUSPECT, name="Bayu", about=SAID)
    for role, name in (("child", "Dani"), ("safe_guardian", "Bibi Ratna"), ("witness", "Tuti")):
        _add(writer, Kind.PERSON, role=role, name=name)
    _add(writer, Kind.RELATION, person=she.hex, reported=he.hex, relation="friend")
    for _incident in range(2):
        _add(writer, Kind.INCIDENT, forms=("physical",), chronology=SAID, happened_on=today)
    _add(writer, Kind.SAFETY_PLAN, person=she.hex, made_on=today, calm=SAID, go=SAID)
    for _time in range(TIMES):
        row = add_record(
            **writer.by, kind=Kind.ASSESSMENT, values={"person": she.hex, "needs": SAID}
        )
        save_record(
            actor=writer.actor, record_id=row.pk, base_version=1, at=writer.at,
            values={"person": she.hex, "needs": SAID, "conclusion": SAID},
        )  # fmt: skip
        _add(writer, Kind.RISK_ADULT, person=she.hex, asked_on=today, weapon="no")
        _add(writer, Kind.LEGAL_STEP, step="bap", done_on=today, note=SAID)
    return she


def _add(writer: Writer, kind: Kind, **values: str | tuple[str, ...]) -> UUID:
    said: Mapping[str, str | tuple[str, ...]] = values
    return UUID(str(add_record(**writer.by, kind=kind, values=said).pk))


def _plan(writer: Writer, she: UUID) -> None:
    kinds = cycle(ServiceKind)
    for number in range(TIMES):
        goal = plans.add_goal(**writer.by, text=SAID)
        wanted = plans.Wanted(
            None,
            next(kinds),
            SAID,
            writer.partner,
            payer=Payer.CITY,
            due_on=writer.today,
            persons=(she,),
        )
        service = plans.plan_service(**writer.by, wanted=wanted)
        if number % 2:
            plans.end_goal(**writer.by, goal_id=goal.pk, reached=Reached.PARTLY, why=SAID)
            plans.move_service(
                **writer.by, service_id=service.pk, step=ServiceStep.END,
                ending=plans.Ending(Outcome.GIVEN, writer.today, SAID),
            )  # fmt: skip
    plans.record_agreement(
        **writer.by, answer=Agreed.PARTLY, why=SAID, on=writer.today, explained_by=writer.deputy
    )


def _work(writer: Writer) -> None:
    for number in range(TIMES):
        owner = writer.deputy if number % 2 else writer.actor.user_id
        due = writer.today + timedelta(days=number + 1)
        plans.set_task(**writer.by, owner=owner, title=SAID[:60], due_on=due, notes=SAID)
        plans.write_follow_up(
            **writer.by, on=writer.today, way=Contacted.PHONE, text=SAID, next_on=due
        )


def _consents(writer: Writer) -> None:
    ground = Ground(
        basis=Basis.CONSENT, given_on=writer.today, way=ConsentWay.SPOKEN, giver=Giver.SELF,
        explained=SAID, reason=SAID,
    )  # fmt: skip
    for number in range(TIMES):
        grant = Grant(
            organisation=writer.partner, purpose=Purpose.LEGAL, ground=ground,
            until=writer.at + timedelta(days=90),
        )  # fmt: skip
        row = give_consent(**writer.by, grant=grant)
        if number % 2:
            withdraw_consent(actor=writer.actor, consent_id=row.pk, at=writer.at)
