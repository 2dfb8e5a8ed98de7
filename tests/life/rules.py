"""What is always so, whatever people did: who reads, what is due, what is open, who decided."""

from collections.abc import Iterator
from uuid import UUID

from ruang.approvals.models import Approval
from ruang.approvals.states import Kind as Asked
from ruang.approvals.states import State as Approved
from ruang.audit.models import Fact
from ruang.cases.models import Case, Member
from ruang.cases.states import LEADS, Compartment, Part, State
from ruang.clocks.events import ClockMoved
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER, TPKS_POLICE
from ruang.clocks.states import Ended
from ruang.clocks.states import State as ClockState
from ruang.consents.models import Consent
from ruang.consents.states import ONLY_CODES, Purpose
from ruang.consents.states import State as Agreed
from ruang.intake.models import Report
from ruang.intake.states import State as Standing
from ruang.kernel.codes import Risk, lowers
from ruang.plans.models import Mediation, Task
from ruang.plans.states import RUNNING as MEDIATING
from ruang.plans.states import TaskState
from ruang.referrals.models import Referral
from ruang.referrals.states import RUNNING
from ruang.referrals.states import State as Requested
from ruang.triage.models import Decision
from ruang.vault.keyring import readers
from tests.life.world import World

EVERYTHING = frozenset(one.value for one in Compartment)
LOWERING = (Asked.LOWER_REPORT, Asked.LOWER_CASE)


def check_reports(world: World) -> None:
    clocks = {one.subject: one for one in Clock.objects.live().filter(kind=ANSWER)}
    became = set(Decision.objects.exclude(case=None).values_list("report", flat=True))
    for report in Report.objects.all():
        clock = clocks.pop(report.pk, None)
        if report.state == Standing.DECIDED:
            waits = report.waiting and report.pk not in became
            assert (clock is not None) == waits, "only what she wrote since is to be answered"
        else:
            assert clock is not None
        if clock is not None:
            assert (clock.due_at, clock.desk, clock.owner) == (
                report.due_at, report.desk, report.holder,
            )  # fmt: skip
            assert report.holder or clock.state != ClockState.PAUSED, "it waits for nobody"
        holds = readers(report.pk, world.at)
        assert (report.desk in holds) == (report.pk not in became)
        assert holds[report.pk] == {"contact", "story"}, "she lost what she told"
    for case in Case.objects.filter(waiting=True):
        clock = clocks.pop(case.pk, None)
        assert clock is not None, "she wrote, and no clock runs"
        manager = Member.objects.get(case=case, part=Part.MANAGER, ended_at=None)
        assert (clock.desk, clock.owner) == (case.desk, manager.user_id)
    assert not clocks, "a clock of nobody"


def check_case(world: World, case: Case) -> None:
    seats = {m.user_id: m for m in Member.objects.filter(case=case, ended_at=None)}
    parts = [Part(member.part) for member in seats.values()]
    assert sorted(part for part in parts if part in LEADS) == sorted(LEADS)
    barred = set(case.excluded.values_list("user", flat=True))
    assert not barred & seats.keys()
    holds = readers(case.pk, world.at)
    for person in world.staff:
        seat = seats.get(person.pk)
        if seat is None or (seat.until and seat.until <= world.at):
            assert person.pk not in holds, f"{person.role} is not on the team and reads"
        elif seat.part in LEADS:
            assert holds[person.pk] == EVERYTHING
        else:
            assert holds[person.pk] == set(seat.compartments)
            assert holds[person.pk] <= agreed_to(world, case, person.pk, person.organisation_id)
    if case.tpks:
        told = Decision.objects.filter(case=case.pk).values_list("report", flat=True)
        begun = Clock.objects.filter(kind=TPKS_POLICE, subject__in=[case.pk, *told])
        assert begun.exists(), "sexual violence, and no clock ever ran"


def agreed_to(world: World, case: Case, user: UUID, place: UUID) -> set[str]:
    """What somebody at a partner may read at most: by request, purpose, part and day."""
    taken = Referral.objects.filter(case=case, taken_by=user, state=Requested.ACCEPTED)
    needs = set(taken.filter(share_until__gt=world.at).values_list("need", flat=True))
    assert needs, "somebody at a partner reads without a request"
    given = Consent.objects.filter(
        case=case, organisation=place, state=Agreed.GIVEN, until__gt=world.at,
        purpose__in={*needs, Purpose.COORDINATION.value},
    )  # fmt: skip
    assert given.exists(), "somebody at a partner reads without a consent in force"
    codes = {code for parts in given.values_list("compartments", flat=True) for code in parts}
    return codes | {Compartment.PLAN.value}


def check_ends(world: World, case: Case) -> None:
    """After everything that happens by itself has happened."""
    running = Referral.objects.filter(case=case, state__in=RUNNING).select_related("consent")
    if case.tpks:
        assert not Mediation.objects.filter(case=case, state__in=MEDIATING).exists()
    for row in running:
        assert row.consent.state == Agreed.GIVEN
        assert row.consent.until > world.at, "it rests on what has ended"
        assert row.consent.purpose == row.need
        assert row.consent.purpose not in ONLY_CODES
    if case.state == State.CLOSED:
        assert not running
        assert not Task.objects.filter(case=case, state=TaskState.OPEN).exists()
        granted = Approval.objects.filter(
            subject=case.pk, kind=Asked.CLOSE_CASE, state=Approved.GRANTED, code=case.closing
        )
        assert granted.exists(), "closed by one person alone"
        assert all(one.asker != one.decider for one in granted)


def check_consents(world: World) -> None:
    over = Consent.objects.filter(until__lte=world.at)
    assert not over.filter(state=Agreed.GIVEN).exists(), "its last day has passed"


def check_levels(world: World) -> None:
    """A-33: no level is lower than it was, unless a second person has approved just that."""
    for subject, level in _levels():
        before = world.levels.get(subject)
        if before is not None and lowers(before, level):
            world.lowered[subject] += 1
            granted = Approval.objects.filter(
                subject=subject, kind__in=LOWERING, state=Approved.GRANTED
            )
            assert len(granted) >= world.lowered[subject], "lowered by one person alone"
            assert all(one.asker != one.decider for one in granted)
            assert level in {one.code for one in granted}
        world.levels[subject] = level


def _levels() -> Iterator[tuple[UUID, Risk]]:
    for model in (Report, Case):
        for subject, level in model.objects.values_list("pk", "risk"):
            yield subject, Risk(level)


def check_new_cases(world: World) -> None:
    """A case does not begin lower than its report was."""
    for report, case in Decision.objects.exclude(case=None).values_list("report", "case"):
        if case not in world.levels:
            begun = Risk(Case.objects.values_list("risk", flat=True).get(pk=case))
            assert not lowers(world.levels.get(report, begun), begun)


def check_clocks(world: World) -> None:
    """None is off in silence: it runs, or waits for somebody, or says in a fact why not."""
    live = {one.pk: one for one in Clock.objects.live()}
    for clock in live.values():
        if clock.state == ClockState.RUNNING and clock.due_at <= world.at:
            is_missed = clock.missed_at is not None
            assert is_missed or not clock.is_late(world.at), "it ran out and nobody heard"
            is_heard = clock.is_cared_for or clock.next_at
            assert is_heard, "it ran out and is told to nobody"
        if clock.state == ClockState.RUNNING and clock.due_at > world.at:
            assert clock.next_at is not None, "it runs and nobody looks at it"
    gone = world.live.keys() - live.keys()
    for clock in Clock.objects.filter(pk__in=gone):
        _was_ended(clock)
    world.live = {pk: (one.subject, one.kind) for pk, one in live.items()}


def _was_ended(clock: Clock) -> None:
    assert clock.state in {ClockState.MET, ClockState.ENDED}
    if clock.kind != ANSWER:
        facts = Fact.objects.filter(about=clock.subject, name=ClockMoved.name)
        own = [fact.codes for fact in facts if fact.ids["clock"] == str(clock.pk)]
        said = {(codes["step"], codes["code"]) for codes in own}
        is_met = clock.state == ClockState.MET
        assert ("meet" if is_met else "end", clock.ended_why) in said, "switched off in silence"
    elif clock.ended_why == Ended.DECIDED:
        report = Report.objects.get(pk=clock.subject)
        assert report.state == Standing.DECIDED or report.reopened_at
