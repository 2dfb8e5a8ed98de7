"""R-13: a year of case life, in any order. What is readable, due and open is what the rows say.

A step is something that was really done; RUANG_LIFE sets how many. Each city lives about a
year. The usual run lives the same lives each time, so that it fails for what was changed and
not for the day; a longer one lives its own. RUANG_SEED repeats a run (815), or one city as it
was printed (815/17).
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest

from ruang.audit.verify import verify
from ruang.cases.models import Case
from ruang.consents.models import Consent
from ruang.consents.states import State as Agreed
from tests.life import at_desk, in_case, with_partners
from tests.life.rules import (
    check_case,
    check_clocks,
    check_consents,
    check_ends,
    check_levels,
    check_new_cases,
    check_reports,
)
from tests.life.world import World

A_LIFE = 250
"""Steps in one city; then another begins."""
USUAL = 2_000
STEPS = int(os.environ.get("RUANG_LIFE", USUAL))
ACTS = [*at_desk.ACTS, *in_case.ACTS, *with_partners.ACTS]


def live(world: World) -> None:
    """One city's life, looked at all the time and once more at its end."""
    number = 0
    while sum(world.done.values()) < world.length:
        number += 1
        world.step(ACTS)
        check_new_cases(world)
        check_levels(world)
        if number % 10 == 0:
            check_reports(world)
        found = list(Case.objects.order_by("pk")) if number % 3 == 0 else []
        if found:
            check_case(world, world.random.choice(found))
        if world.chance(0.18):
            world.time_passes()
            check_by_itself(world)
    world.settle()
    check_reports(world)
    for case in Case.objects.all():
        check_case(world, case)
    check_by_itself(world)
    assert verify().first_bad is None


def check_by_itself(world: World) -> None:
    """After time has passed, and what follows from that has happened."""
    check_levels(world)
    check_clocks(world)
    check_consents(world)
    for case in Case.objects.all():
        check_ends(world, case)


def seeds() -> list[str]:
    """Return of what each city is made: as many as the steps need, or the one asked for.

    What is always run is always the same; the long run lives another life each time.
    """
    asked = os.environ.get("RUANG_SEED", "")
    if "/" in asked:
        return [asked]
    usual = "a-year" if STEPS <= USUAL else str(Random().randrange(1_000_000))
    run = asked or usual
    return [f"{run}/{number}" for number in range(-(-STEPS // A_LIFE))]


@dataclass
class Lives:
    """What was done in all the cities together, and what has to be true of so many lives."""

    done: Counter[str] = field(default_factory=Counter)
    tried: int = 0
    lived: timedelta = timedelta()
    ended: int = 0

    def add(self, world: World) -> None:
        self.done += world.done
        self.tried, self.lived = self.tried + world.tried, self.lived + world.age
        self.ended += Consent.objects.filter(state=Agreed.ENDED).count()

    def check(self) -> None:
        steps = self.done.total()
        print(f"{steps} steps of {self.tried}, {self.lived.days} days, {self.ended} ended")
        print(self.done)
        assert steps > 0.7 * self.tried, "most of what is tried has to be something one can do"
        if steps >= USUAL:
            year = timedelta(days=300) * (steps / A_LIFE)
            assert self.lived > year, "a city lives about a year"
            assert self.ended >= steps / 100, "consents end by time"
            never = {act.name for act in ACTS} - self.done.keys()
            assert not never, f"nobody ever managed to {never}"


@pytest.fixture(scope="module")
def lives() -> Iterator[Lives]:
    """Looked at once the last city of the run has lived."""
    together = Lives()
    yield together
    together.check()


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize("seed", seeds())
def test_whatever_people_do_what_is_readable_due_and_open_is_what_it_should_be(
    seed: str, lives: Lives
) -> None:
    print(f"RUANG_SEED={seed}")
    world = World(Random(seed), A_LIFE)
    live(world)
    lives.add(world)
