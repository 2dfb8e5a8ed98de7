"""What a team does in its cases, in a life."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from ruang.approvals.models import Approval
from ruang.approvals.states import State as Asked
from ruang.approvals.states import Step as Answering
from ruang.cases import commands as cases
from ruang.cases.models import Case
from ruang.cases.states import Compartment
from ruang.cases.states import State as CaseState
from ruang.clocks.legal import ENDINGS
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER
from ruang.clocks.states import Step as ClockStep
from ruang.dossier import commands as dossier
from ruang.dossier.kinds.legal import Happening
from ruang.dossier.states import Kind
from ruang.kernel.codes import JUDGED, Authority, CaseKind, Risk
from ruang.plans import commands as plans
from ruang.plans import queries as plan_pages
from ruang.plans.commands import Ending, Wanted
from ruang.plans.models import Goal, Mediation, Service, Task
from ruang.plans.readiness import blockers
from ruang.plans.states import (
    MEDIATION_MOVES,
    Assessor,
    Contacted,
    Function,
    Outcome,
    Reached,
    ServiceState,
    ServiceStep,
    TaskState,
    TaskStep,
)
from ruang.plans.states import RUNNING as MEDIATING
from ruang.plans.states import Kind as Given
from ruang.plans.states import MediationStep as Mediating
from ruang.referrals import commands as referrals
from ruang.risk import Answer
from ruang.risk.checklists import ADULT
from ruang.triage.commands import decide_approval, identify_case
from tests import closings
from tests.life.world import Act, World


def rate_case(world: World) -> None:
    cases.rate_case(**world.on(world.case()), risk=world.random.choice(JUDGED))


def ask_to_lower_case(world: World) -> None:
    case = world.case(risk__in=[Risk.HIGH, Risk.MEDIUM])
    cases.ask_lowering(
        **world.on(case), risk=Risk.LOW, decider=world.second(), reason="Sudah aman."
    )


def decide_for_another(world: World) -> None:
    asked = world.any(Approval.objects.filter(state=Asked.ASKED).order_by("-pk")[:6])
    decide_approval(
        actor=world.rightly(asked.decider, otherwise=world.officer()), approval_id=asked.pk,
        step=world.random.choice([Answering.GRANT] * 5 + [Answering.REFUSE]),
        answer="Sudah saya baca.", at=world.at,
    )  # fmt: skip


def note(world: World) -> None:
    case = world.case()
    seat = world.any(case.team.filter(ended_at=None).order_by("pk"))
    part = world.random.choice([Compartment.PLAN, *Compartment])
    who = world.rightly(seat.user_id, otherwise=world.officer())
    cases.write_note(
        actor=who, case_id=case.pk, compartment=part, text="Kunjungan.", at=world.at
    )


def answer_in_case(world: World) -> None:
    cases.write_to_reporter(**world.on(world.case()), text="Kami di sini.")


def hand_on(world: World) -> None:
    to = world.any(world.managers).pk
    cases.change_deputy(**world.on(world.case()), user_id=to)


def write_a_record(world: World) -> None:
    kind = world.random.choice([Kind.PERSON, Kind.INCIDENT, Kind.ASSESSMENT])
    values: dict[Kind, dict[str, Any]] = {
        Kind.PERSON: {
            "name": "Melati", "role": world.random.choice(["beneficiary", "child", "witness"]),
            "about_age": str(world.random.choice([9, 16, 24, 41])),
        },
        Kind.INCIDENT: {"forms": [world.random.choice(["physical"] * 4 + ["sexual"])]},
        Kind.ASSESSMENT: {"needs": "Tempat aman."},
    }  # fmt: skip
    dossier.add_record(**world.on(world.case()), kind=kind, values=values[kind])


def ask_signs_again(world: World) -> None:
    item = world.random.choice([item.id for item in ADULT.items])
    answer = world.random.choice([Answer.NO, Answer.NO, Answer.YES]).value
    dossier.add_record(**world.on(world.case()), kind=Kind.RISK_ADULT, values={item: answer})


def go_to_law(world: World) -> None:
    step = world.random.choice(list(Happening)).value
    values = {"step": step, "done_on": localdate(world.at).isoformat()}
    dossier.add_record(**world.on(world.case()), kind=Kind.LEGAL_STEP, values=values)


def keep_case_clock(world: World) -> None:
    live = Clock.objects.live().exclude(kind=ANSWER)
    clock = world.any(live.filter(subject__in=Case.objects.values("pk")))
    step = world.random.choice([ClockStep.MEET, ClockStep.MEET, ClockStep.END])
    code = world.random.choice(list(ENDINGS)) if step is ClockStep.END else ""
    cases.move_case_clock(
        **world.on(Case.objects.get(pk=clock.subject)), clock_id=clock.pk, step=step, code=code
    )


def identify_anew(world: World) -> None:
    kind = world.random.choice([None, CaseKind.CIVIL, CaseKind.CIVIL, *CaseKind])
    identify_case(
        **world.on(world.case()), kind=kind, authority=world.random.choice(list(Authority)),
        tpks=world.chance(0.1),
    )  # fmt: skip


def set_a_task(world: World) -> None:
    case = world.case()
    seat = world.any(case.team.filter(ended_at=None).order_by("pk"))
    due = localdate(world.at) + timedelta(days=3)
    plans.set_task(**world.on(case), owner=seat.user_id, title="Antar surat.", due_on=due)


def end_a_task(world: World) -> None:
    row = world.any(Task.objects.filter(state=TaskState.OPEN).order_by("-pk")[:8])
    who = world.rightly(row.owner_id, otherwise=world.officer())
    plans.move_task(
        actor=who, case_id=row.case_id, task_id=row.pk, step=TaskStep.FINISH, at=world.at
    )


def set_a_goal(world: World) -> None:
    plans.add_goal(**world.on(world.case()), text="Anak tetap sekolah.")


def end_a_goal(world: World) -> None:
    rows = Goal.objects.filter(ended_at=None, case__state=CaseState.OPEN)
    row = world.any(rows.select_related("case").order_by("-pk")[:8])
    plans.end_goal(
        **world.on(row.case), goal_id=row.pk, why="Sekolah tutup.",
        reached=world.random.choice(list(Reached)),
    )  # fmt: skip


def plan_a_service(world: World) -> None:
    case = world.case()
    wanted = Wanted(
        None, world.random.choice(list(Given)), need="Periksa kesehatan.",
        persons=for_somebody(world, case),
    )  # fmt: skip
    plans.plan_service(**world.on(case), wanted=wanted)


def for_somebody(world: World, case: Case) -> tuple[UUID, ...]:
    """Whom a service is for, where there are several; sometimes nobody says it."""
    actor = world.on(case)["actor"]
    there = [pk for pk, _name in plan_pages.people(actor=actor, case_id=case.pk)]
    return tuple(world.random.sample(there, 1)) if there and world.chance(0.9) else ()


def serve(world: World) -> None:
    rows = Service.objects.exclude(state=ServiceState.ENDED)
    row = world.any(
        rows.filter(case__state=CaseState.OPEN).select_related("case").order_by("-pk")[:8]
    )
    planned = row.state == ServiceState.PLANNED and world.chance(0.4)
    step = ServiceStep.BEGIN if planned else ServiceStep.END
    ending = Ending(world.random.choice(list(Outcome)), localdate(world.at))
    plans.move_service(
        **world.on(row.case), service_id=row.pk, step=step,
        ending=None if planned else ending,
    )  # fmt: skip


def serve_at_once(world: World) -> None:
    case = world.case()
    wanted = Wanted(
        Function.COMPANION, None, need="Didampingi.", persons=for_somebody(world, case)
    )
    plans.give_service(**world.on(case), wanted=wanted, on=localdate(world.at), note="Selesai.")


def follow_up(world: World) -> None:
    day = localdate(world.at)
    plans.write_follow_up(
        **world.on(world.case()), on=day, way=world.random.choice(list(Contacted)),
        text="Baik.", next_on=day + timedelta(days=14),
    )  # fmt: skip


def assess(world: World) -> None:
    case = world.case(kind=CaseKind.CIVIL, tpks=False)
    for who in Assessor:
        plans.assess_mediation(
            **world.on(case), assessor=who, free=True, text="Ia memilih sendiri."
        )


def mediate(world: World) -> None:
    rows = Mediation.objects.filter(state__in=MEDIATING)
    row = world.any(rows.filter(case__state=CaseState.OPEN).select_related("case"))
    steps = [
        step
        for step, (sources, _target) in MEDIATION_MOVES.items()
        if row.state in sources and step is not Mediating.ASSESS
    ]
    plans.move_mediation(**world.on(row.case), step=world.any(steps), text="Ia yang minta.")


def ask_to_close(world: World) -> None:
    ready = [one for one in Case.objects.filter(state=CaseState.OPEN) if not blockers(one)]
    case = world.any(ready) if world.chance(0.9) else world.case()
    referrals.ask_to_close(
        **world.on(case), proposal=closings.proposal(), decider=world.second()
    )


def reopen(world: World) -> None:
    case = world.case(CaseState.CLOSED)
    cases.reopen_case(**world.on(case), reason="Kembali.", message="Kami di sini.")


ACTS = [
    Act(rate_case, 3), Act(ask_to_lower_case, 4), Act(decide_for_another, 12), Act(note, 3),
    Act(answer_in_case, 2), Act(hand_on, 2), Act(write_a_record, 5), Act(ask_signs_again, 2),
    Act(go_to_law, 3), Act(keep_case_clock, 4), Act(identify_anew, 4), Act(set_a_task, 2),
    Act(end_a_task, 2), Act(set_a_goal, 2), Act(end_a_goal, 3), Act(plan_a_service, 2),
    Act(serve, 4), Act(serve_at_once, 2), Act(follow_up, 2), Act(assess, 9), Act(mediate, 10),
    Act(ask_to_close, 6), Act(reopen, 3),
]  # fmt: skip
