"""A city that lives: whatever its people can do, done in any order, as time passes."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.core.exceptions import PermissionDenied

from ruang import wiring
from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.approvals.models import Approval
from ruang.approvals.states import Step as Answer
from ruang.cases import commands as cases
from ruang.cases.models import Case
from ruang.cases.states import LEADS, SHAREABLE, Compartment, Exclusion
from ruang.clocks.commands import sweep_clocks
from ruang.clocks.states import Pause
from ruang.consents.models import Consent
from ruang.dossier import commands as dossier
from ruang.dossier.states import Kind
from ruang.identity.models import Organisation, User
from ruang.identity.states import OrganisationKind
from ruang.intake import commands as intake
from ruang.intake.models import Report
from ruang.intake.states import Risk, Safety
from ruang.jobs.worker import Worker
from ruang.kernel.codes import JUDGED, Authority, CaseKind
from ruang.kernel.errors import Refused
from ruang.plans import commands as plans
from ruang.plans.models import Mediation, Task
from ruang.plans.states import Assessor, MediationStep, TaskStep
from ruang.referrals import commands as referrals
from ruang.referrals.models import Referral
from ruang.referrals.states import Step
from ruang.triage.commands import Leads, decide_approval, decide_report, write_as_reporter
from ruang.triage.states import Outcome
from ruang.vault.keyring import CannotOpen
from tests import closings, make

NO = (Refused, PermissionDenied, NotInSight, CannotOpen)
"""How the program says no; anything else is a fault."""


class World:
    """Who is there, what came in, and what time it is."""

    def __init__(self, random: Random) -> None:
        self.random, self.at = random, make.AT
        self.city = make.city()
        desk = Organisation.objects.get(pk=self.city.intake_desk)
        self.officers = list(User.objects.filter(organisation=desk))
        self.managers = [make.user(desk, Role.CASE_MANAGER) for _ in range(3)]
        self.head = make.user(desk, Role.HEAD)
        self.partners = [make.partner(), make.partner(OrganisationKind.HEALTH)]
        self.partners += [
            make.user(one.organisation, Role.PARTNER_DESK) for one in self.partners
        ]
        self.receipts: list[make.Receipt] = []
        self.worker = Worker(reactions=wiring.REACTIONS, due=wiring.DUE, sweeps={})
        self.done: Counter[str] = Counter()

    @property
    def staff(self) -> list[User]:
        return [*self.officers, *self.managers, self.head, *self.partners]

    def actor(self, person: User) -> Actor:
        return make.actor(person, at=self.at)

    def any(self, rows: object) -> object:
        found = list(rows)  # type: ignore[call-overload]
        if not found:
            raise Refused("there is none")
        return self.random.choice(found)

    def step(self) -> str:
        """Let somebody try something; return what was done, nothing if it was refused."""
        act = self.random.choice(ACTS)
        try:
            act(self)
        except NO:
            return ""
        self.done[act.__name__] += 1
        return act.__name__

    def report(self) -> Report:
        order = "state" if self.random.random() < 0.6 else "-pk"  # those in hand come first
        return self.any(Report.objects.order_by(order, "-pk")[:4])  # type: ignore[return-value]

    def case(self) -> Case:
        return self.any(Case.objects.order_by("pk"))  # type: ignore[return-value]

    def lead(self) -> Actor:
        return self.actor(self.any(self.managers))  # type: ignore[arg-type]

    def officer(self) -> Actor:
        return self.actor(self.any([*self.officers, *self.managers]))  # type: ignore[arg-type]

    def partner(self) -> Actor:
        return self.actor(self.any(self.partners))  # type: ignore[arg-type]

    def rightly(self, user: object, *, otherwise: Actor) -> Actor:
        """Mostly whoever it belongs to; now and then somebody who has no business there."""
        person = next((one for one in self.staff if one.pk == user), None)
        return self.actor(person) if person and self.random.random() < 0.85 else otherwise

    def on(self, case: Case) -> dict[str, object]:
        leads = list(case.team.filter(ended_at=None, part__in=LEADS).order_by("pk"))
        who = self.rightly(self.random.choice(leads).user_id, otherwise=self.lead())
        return {"actor": who, "case_id": case.pk, "at": self.at}

    def at_desk(self) -> dict[str, object]:
        report = self.report()
        who = self.rightly(report.holder, otherwise=self.officer())
        return {"actor": who, "report_id": report.pk, "at": self.at}


def tell(world: World) -> None:
    safety = world.random.choice(list(Safety))
    world.receipts.append(make.receipt(at=world.at, safety=safety))


def claim(world: World) -> None:
    intake.claim_report(**world.at_desk())  # type: ignore[arg-type]


def put_back(world: World) -> None:
    intake.put_back_report(**world.at_desk())  # type: ignore[arg-type]


def pass_on(world: World) -> None:
    intake.pass_on_report(**world.at_desk(), colleague=world.officer().user_id)  # type: ignore[arg-type]


def rate(world: World) -> None:
    intake.rate_report(**world.at_desk(), risk=world.random.choice(JUDGED))  # type: ignore[arg-type]


def answer_her(world: World) -> None:
    intake.write_to_reporter(**world.at_desk(), text="Kami di sini.")  # type: ignore[arg-type]


def pause(world: World) -> None:
    intake.pause_report_clock(**world.at_desk(), why=world.random.choice(list(Pause)))  # type: ignore[arg-type]


def resume(world: World) -> None:
    intake.resume_report_clock(**world.at_desk())  # type: ignore[arg-type]


def identify(world: World) -> None:
    kind = world.random.choice([None, CaseKind.CIVIL, CaseKind.CIVIL, *CaseKind])
    intake.identify_report(
        **world.at_desk(), kind=kind, authority=world.random.choice([None, *Authority]),
        tpks=world.random.random() < 0.1,
    )  # type: ignore[arg-type]  # fmt: skip


def she_writes(world: World) -> None:
    receipt = world.any(world.receipts)
    write_as_reporter(
        actor=make.reporter(receipt, at=world.at), text="Saya menunggu.",  # type: ignore[arg-type]
        form_tag=world.random.randbytes(32), at=world.at,
    )  # fmt: skip


def decide(world: World) -> None:
    outcome = world.random.choice(
        [Outcome.CASE] * 4 + [Outcome.COUNSELLING, Outcome.NOT_A_REPORT]
    )
    one, other = world.random.sample(world.managers, 2)
    leads = Leads(one.pk, other.pk) if outcome is Outcome.CASE else None
    decide_report(**world.at_desk(), outcome=outcome, message="Baik.", leads=leads)  # type: ignore[arg-type]


def ask_to_lower_report(world: World) -> None:
    intake.ask_lowering(
        **world.at_desk(), risk=world.random.choice([Risk.MEDIUM, Risk.LOW]),
        decider=world.random.choice([world.head, *world.managers]).pk, reason="Sudah aman.",
    )  # type: ignore[arg-type]  # fmt: skip


def ask_to_lower_case(world: World) -> None:
    cases.ask_lowering(
        **world.on(world.case()), risk=world.random.choice([Risk.MEDIUM, Risk.LOW]),
        decider=world.random.choice([world.head, *world.managers]).pk, reason="Sudah aman.",
    )  # type: ignore[arg-type]  # fmt: skip


def rate_case(world: World) -> None:
    cases.rate_case(**world.on(world.case()), risk=world.random.choice(JUDGED))  # type: ignore[arg-type]


def decide_for_another(world: World) -> None:
    asked = world.any(Approval.objects.order_by("state", "-pk")[:3])
    decide_approval(
        actor=world.rightly(asked.decider, otherwise=world.officer()),  # type: ignore[attr-defined]
        approval_id=asked.pk, step=world.random.choice([*Answer, Answer.GRANT]),  # type: ignore[attr-defined]
        answer="Sudah saya baca.", at=world.at,
    )  # fmt: skip


def note(world: World) -> None:
    part = world.random.choice(list(Compartment))
    who = world.actor(world.any(world.staff))  # type: ignore[arg-type]
    cases.write_note(
        actor=who, case_id=world.case().pk, compartment=part, text="Kunjungan.", at=world.at
    )


def ask_a_partner(world: World) -> None:
    shared = world.random.sample(SHAREABLE, world.random.randint(0, 3))
    asked = make.ask(
        world.random.choice(world.partners).organisation, *shared,
        answer_by=world.at + timedelta(hours=world.random.randint(3, 60)),
        share_until=world.at + timedelta(days=world.random.randint(4, 90)),
        consent_on=world.at.date(),
    )  # fmt: skip
    referrals.ask_partner(**world.on(world.case()), ask=asked)  # type: ignore[arg-type]


def move_a_request(world: World) -> None:
    row = world.any(Referral.objects.order_by("-state", "-pk")[:4])
    step = world.random.choice([*Step, Step.TAKE, Step.TAKE, Step.CONFIRM, Step.CONFIRM])
    there = [one.pk for one in world.partners if one.organisation_id == row.receiver_id]  # type: ignore[attr-defined]
    user = row.taken_by_id or world.random.choice(there)  # type: ignore[attr-defined]
    by = (
        world.lead()
        if step is Step.WITHDRAW
        else world.rightly(user, otherwise=world.partner())
    )
    make.moved(row, by, step, at=world.at)  # type: ignore[arg-type]


def withdraw_a_consent(world: World) -> None:
    row = world.any(Consent.objects.order_by("pk"))
    referrals.withdraw_consent(actor=world.lead(), consent_id=row.pk, at=world.at)  # type: ignore[attr-defined]


def bar_somebody(world: World) -> None:
    who = world.random.choice(world.partners).pk
    why = Exclusion.MANAGER
    referrals.bar_person(**world.on(world.case()), user_id=who, why=why)  # type: ignore[arg-type]


def hand_on(world: World) -> None:
    cases.change_deputy(
        **world.on(world.case()), user_id=world.random.choice(world.managers).pk
    )  # type: ignore[arg-type]


def write_a_record(world: World) -> None:
    kind = world.random.choice([Kind.PERSON, Kind.INCIDENT, Kind.ASSESSMENT])
    values: dict[str, object] = {"name": "Melati"} if kind is Kind.PERSON else {}
    if kind is Kind.INCIDENT:
        values = {"forms": [world.random.choice(["physical", "sexual"])], "story": "Malam itu."}
    if kind is Kind.ASSESSMENT:
        values = {"needs": "Tempat aman."}
    dossier.add_record(**world.on(world.case()), kind=kind, values=values)  # type: ignore[arg-type]


def set_a_task(world: World) -> None:
    owner = world.random.choice([*world.managers, *world.partners])
    plans.set_task(
        **world.on(world.case()), owner=owner.pk, title="Antar surat.",
        due_on=world.at.date() + timedelta(days=3),
    )  # type: ignore[arg-type]  # fmt: skip


def end_a_task(world: World) -> None:
    row = world.any(Task.objects.order_by("pk"))
    who = world.actor(world.any(world.staff))  # type: ignore[arg-type]
    plans.move_task(
        actor=who,
        case_id=row.case_id,
        task_id=row.pk,
        step=TaskStep.FINISH,
        at=world.at,  # type: ignore[attr-defined]
    )


def assess(world: World) -> None:
    case = world.any(Case.objects.filter(kind=CaseKind.CIVIL).order_by("pk"))
    for who in Assessor:
        plans.assess_mediation(
            **world.on(case),
            assessor=who,
            free=True,
            text="Ia memilih sendiri.",  # type: ignore[arg-type]
        )


def mediate(world: World) -> None:
    row = world.any(Mediation.objects.select_related("case").order_by("pk"))
    step = world.random.choice([*MediationStep, MediationStep.REQUEST, MediationStep.MEET])
    plans.move_mediation(**world.on(row.case), step=step, text="Atas permintaannya.")  # type: ignore[arg-type,attr-defined]


def ask_to_close(world: World) -> None:
    referrals.ask_to_close(
        **world.on(world.case()), proposal=closings.proposal(),
        decider=world.random.choice([world.head, *world.managers]).pk,
    )  # type: ignore[arg-type]  # fmt: skip


def reopen(world: World) -> None:
    cases.reopen_case(**world.on(world.case()), reason="Kembali.", message="Kami di sini.")  # type: ignore[arg-type]


def time_passes(world: World) -> None:
    world.at += timedelta(minutes=world.random.choice([5, 40, 300, 1_500]))
    sweep_clocks(actor=SYSTEM, at=world.at)
    settle(world)


def settle(world: World) -> None:
    """Let what happens by itself happen."""
    while world.worker.turn(world.at):
        pass


ACTS: tuple[Callable[[World], None], ...] = (
    tell, tell, claim, claim, claim, put_back, pass_on, rate, answer_her, pause, resume,
    identify, she_writes, she_writes, decide, decide, decide, ask_to_lower_report,
    ask_to_lower_case, rate_case, decide_for_another, decide_for_another, note, note,
    ask_a_partner, ask_a_partner, move_a_request, move_a_request, move_a_request,
    move_a_request, withdraw_a_consent, bar_somebody, hand_on, write_a_record, set_a_task,
    end_a_task, mediate, ask_to_close, ask_to_close, reopen, time_passes, time_passes,
    assess, assess, mediate,
)  # fmt: skip
"""What can be tried; what happens often in a desk's life stands here more often."""
