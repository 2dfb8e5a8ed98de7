"""R-13: a year of case life, in any order. What is readable, due and open is what the rows say.

RUANG_LIFE sets how many steps; RUANG_SEED repeats a run.
"""

import os
from collections import Counter
from random import Random

import pytest
from django.db import transaction

from ruang.approvals.models import Approval
from ruang.approvals.states import Kind as Asked
from ruang.approvals.states import State as Approved
from ruang.audit.verify import verify
from ruang.cases.models import Case, Member
from ruang.cases.states import LEADS, Compartment, Part, State
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER, TPKS_POLICE
from ruang.consents.states import State as Agreed
from ruang.intake.models import Report
from ruang.intake.states import State as Standing
from ruang.plans.models import Mediation, Task
from ruang.plans.states import RUNNING as MEDIATING
from ruang.plans.states import TaskState
from ruang.referrals.models import Referral
from ruang.referrals.states import RUNNING
from ruang.triage.models import Decision
from ruang.vault.keyring import readers
from tests.life.world import ACTS, World, settle

A_LIFE = 250
"""Steps in one city; then another begins."""
STEPS = int(os.environ.get("RUANG_LIFE", "2000"))
EVERYTHING = frozenset(one.value for one in Compartment)


def check_reports(world: World) -> None:
    clocks = {one.subject: one for one in Clock.objects.live().filter(kind=ANSWER)}
    became = set(Decision.objects.exclude(case=None).values_list("report", flat=True))
    for report in Report.objects.all():
        clock = clocks.pop(report.pk, None)
        if report.state == Standing.DECIDED:
            assert clock is None, "a decided report still has to be answered"
        else:
            assert clock is not None
            assert (clock.due_at, clock.desk, clock.owner) == (
                report.due_at, report.desk, report.holder,
            )  # fmt: skip
        holds = readers(report.pk, world.at)
        assert (report.desk in holds) == (report.pk not in became)
        assert holds[report.pk] == {"contact", "story"}, "she lost what she told"
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
    if case.tpks:
        assert Clock.objects.filter(subject=case.pk, kind=TPKS_POLICE).exists()


def check_ends(case: Case) -> None:
    """After everything that happens by itself has happened."""
    running = Referral.objects.filter(case=case, state__in=RUNNING).select_related("consent")
    if case.tpks:
        assert not Mediation.objects.filter(case=case, state__in=MEDIATING).exists()
    for row in running:
        assert row.consent.state == Agreed.GIVEN
    if case.state == State.CLOSED:
        assert not running
        assert not Task.objects.filter(case=case, state=TaskState.OPEN).exists()
        granted = Approval.objects.filter(
            subject=case.pk, kind=Asked.CLOSE_CASE, state=Approved.GRANTED, code=case.closing
        )
        assert granted.exists(), "closed by one person alone"
        assert all(one.asker != one.decider for one in granted)


def live(world: World, steps: int) -> None:
    """One city's life, looked at all the time and once more at its end."""
    for number in range(steps):
        what = world.step()
        if number % 10 == 0:
            check_reports(world)
        found = list(Case.objects.order_by("pk")) if number % 3 == 0 else []
        if found:
            check_case(world, world.random.choice(found))
        if what == "time_passes":
            for one in Case.objects.all():
                check_ends(one)
    settle(world)
    check_reports(world)
    for case in Case.objects.all():
        check_case(world, case)
        check_ends(case)
    assert verify().first_bad is None


@pytest.mark.django_db
@pytest.mark.slow
def test_whatever_people_do_what_is_readable_due_and_open_is_what_it_should_be() -> None:
    seed = int(os.environ.get("RUANG_SEED", Random().randrange(1_000_000)))
    print(f"RUANG_SEED={seed}")
    done: Counter[str] = Counter()
    for begun in range(0, STEPS, A_LIFE):
        with transaction.atomic():
            world = World(Random(seed + begun))
            live(world, min(A_LIFE, STEPS - begun))
            done += world.done
            transaction.set_rollback(True)
    print(done)
    if STEPS >= 2_000:
        never = {act.__name__ for act in ACTS} - done.keys()
        assert len(never) <= 6, f"nobody ever managed to {never}"
