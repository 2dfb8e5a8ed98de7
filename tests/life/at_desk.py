"""What people do with reports, in a life."""

from dataclasses import replace
from uuid import UUID

from ruang.clocks.commands import acknowledge_clock, explain_miss
from ruang.clocks.legal import ENDINGS
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER
from ruang.clocks.states import Missed, Pause
from ruang.clocks.states import State as ClockState
from ruang.clocks.states import Step as ClockStep
from ruang.identity.commands import suspend_member
from ruang.intake import commands as intake
from ruang.intake.models import Report
from ruang.intake.states import SAID, Checked, Reopened, Risk, Safety, State
from ruang.kernel.codes import JUDGED, Age, Answered, Authority, CaseKind, IsTpks, Who
from ruang.risk import CHECKLISTS, Answer
from ruang.triage.commands import Leads, decide_report, reopen_report, write_as_reporter
from ruang.triage.states import Outcome
from tests import make
from tests.life.world import RIGHTLY, Act, World

OPEN, HELD = (State.NEW, State.CLAIMED), (State.CLAIMED,)
SAFETY = [Safety.SAFE, Safety.SAFE, Safety.SHORT, Safety.UNKNOWN, Safety.DANGER]


def tell(world: World) -> None:
    receipt = make.receipt(
        at=world.at, safety=world.random.choice(SAFETY), age=world.random.choice(list(Age)),
        who=world.random.choice([Who.SELF, Who.SELF, Who.SELF, Who.KNOWN]),
    )  # fmt: skip
    world.receipts[make.report_of(receipt).pk] = receipt


def claim(world: World) -> None:
    report = world.report(State.NEW)
    intake.claim_report(actor=world.officer(), report_id=report.pk, at=world.at)


def put_back(world: World) -> None:
    intake.put_back_report(**world.at_desk(world.report(*HELD)))


def pass_on(world: World) -> None:
    colleague = world.any([*world.officers, *world.managers]).pk
    intake.pass_on_report(**world.at_desk(world.report(*HELD)), colleague=colleague)


def _holder(world: World, report: Report) -> UUID:
    """Out of whose hands: now and then the page was an old one."""
    return report.holder if report.holder and world.chance(RIGHTLY) else world.second()


def take_back(world: World) -> None:
    report = world.report(*HELD)
    why = world.random.choice(SAID)
    intake.take_back_report(
        actor=world.officer(), report_id=report.pk, holder=_holder(world, report), why=why,
        at=world.at,
    )  # fmt: skip


def free(world: World) -> None:
    report, why = world.report(*HELD), world.random.choice(SAID)
    who = world.rightly(world.head.pk, otherwise=world.officer())
    intake.free_report(
        actor=who, report_id=report.pk, holder=_holder(world, report), why=why, at=world.at
    )


def rate(world: World) -> None:
    intake.rate_report(**world.at_desk(world.report(*OPEN)), risk=world.random.choice(JUDGED))


def ask_signs(world: World) -> None:
    report = world.report(*OPEN)
    checklist = CHECKLISTS[Age(report.age)]
    items = world.random.sample([item.id for item in checklist.items], 3)
    answers = {item: world.random.choice(list(Answer)) for item in items}
    intake.fill_risk_check(**world.at_desk(report), checklist=checklist, answers=answers)


def answer_her(world: World) -> None:
    intake.write_to_reporter(**world.at_desk(world.report(*HELD)), text="Kami di sini.")


def pause(world: World) -> None:
    running = Clock.objects.filter(kind=ANSWER, state=ClockState.RUNNING).values("subject")
    report = world.any(Report.objects.filter(state=State.CLAIMED, pk__in=running)[:8])
    intake.pause_report_clock(**world.at_desk(report), why=world.random.choice(list(Pause)))


def resume(world: World) -> None:
    paused = Clock.objects.filter(kind=ANSWER, state=ClockState.PAUSED).values("subject")
    report = world.any(Report.objects.filter(pk__in=paused))
    intake.resume_report_clock(**world.at_desk(report))


def identify(world: World) -> None:
    kind = world.random.choice([None, CaseKind.CIVIL, CaseKind.CIVIL, *CaseKind])
    intake.identify_report(
        **world.at_desk(world.report(*OPEN)), kind=kind, tpks=world.chance(0.15),
        authority=world.random.choice([None, *Authority]),
    )  # fmt: skip


def she_writes(world: World) -> None:
    receipt = world.any(world.receipts.values())
    write_as_reporter(
        actor=make.reporter(receipt, at=world.at), text="Saya menunggu.",
        form_tag=world.random.randbytes(32), at=world.at,
    )  # fmt: skip


def answer_otherwise(world: World) -> None:
    waiting = Report.objects.filter(state=State.DECIDED, waiting=True)
    report = world.any(waiting.order_by("pk")[:8])
    why = world.random.choice(list(Answered))
    intake.answer_otherwise(**world.at_desk(report), why=why)


def open_again(world: World) -> None:
    why = world.random.choice(list(Reopened))
    reopen_report(**world.at_desk(world.report(State.DECIDED)), why=why)


def say_whether_tpks(world: World) -> None:
    asked = Report.objects.filter(tpks_question=True).order_by("pk")
    answer = world.random.choice(list(IsTpks))
    intake.answer_tpks(**world.at_desk(world.any(asked[:8])), answer=answer)


def give_new_code(world: World) -> None:
    report = world.report(State.CLAIMED)
    words = intake.issue_new_code(**world.at_desk(report), checked=Checked.CALLED)
    world.receipts[report.pk] = replace(world.receipts[report.pk], words=words)


def decide(world: World) -> None:
    outcome = world.random.choice(
        [Outcome.CASE] * 5 + [Outcome.COUNSELLING, Outcome.NOT_A_REPORT]
    )
    one, other = world.random.sample(world.managers, 2)
    leads = Leads(one.pk, other.pk) if outcome is Outcome.CASE else None
    decide_report(
        **world.at_desk(world.report(*HELD)), outcome=outcome, message="Baik.", leads=leads
    )


def ask_to_lower_report(world: World) -> None:
    rows = Report.objects.filter(state__in=OPEN, risk__in=[Risk.HIGH, Risk.MEDIUM])
    report = world.any(rows.exclude(safety=Safety.DANGER).order_by("-pk")[:8])
    intake.ask_lowering(
        **world.at_desk(report), risk=Risk.LOW, decider=world.second(), reason="Sudah aman."
    )


def keep_report_clock(world: World) -> None:
    live = Clock.objects.live().exclude(kind=ANSWER)
    clock = world.any(live.filter(subject__in=Report.objects.values("pk")))
    step = world.random.choice([ClockStep.MEET, ClockStep.END])
    code = world.random.choice(list(ENDINGS)) if step is ClockStep.END else ""
    intake.move_report_clock(
        actor=world.officer(), report_id=clock.subject, clock_id=clock.pk, step=step,
        code=code, at=world.at,
    )  # fmt: skip


def take_care(world: World) -> None:
    late = Clock.objects.live().filter(missed_at__isnull=False, acknowledged_at=None)
    clock = world.any(late)
    who = world.rightly(clock.owner, otherwise=world.actor(world.head))
    acknowledge_clock(actor=who, clock_id=clock.pk, at=world.at)


def explain(world: World) -> None:
    clock = world.any(Clock.objects.filter(missed_at__isnull=False, missed_why="")[:8])
    who = world.rightly(clock.owner, otherwise=world.actor(world.head))
    why = world.random.choice(list(Missed))
    explain_miss(actor=who, clock_id=clock.pk, why=why, at=world.at)


def somebody_leaves(world: World) -> None:
    if len(world.officers) <= 2 or not world.chance(0.3):
        return put_back(world)
    person = world.any(world.officers)
    suspend_member(actor=world.actor(world.head), user_id=person.pk, at=world.at)
    world.leave(person)
    world.settle()
    assert not Report.objects.filter(holder=person.pk, state=State.CLAIMED).exists()
    return None


ACTS = [
    Act(tell, 11), Act(claim, 12), Act(put_back, 2), Act(pass_on, 2), Act(take_back, 3),
    Act(free, 3), Act(rate, 4), Act(ask_signs, 3), Act(answer_her, 4), Act(pause, 3),
    Act(resume, 12), Act(identify, 4), Act(she_writes, 6), Act(give_new_code, 4),
    Act(decide, 10), Act(ask_to_lower_report, 3), Act(keep_report_clock, 10),
    Act(take_care, 3), Act(explain, 3), Act(somebody_leaves), Act(answer_otherwise, 2),
    Act(open_again, 2), Act(say_whether_tpks, 3),
]  # fmt: skip
