"""Tables of who × state × step: written as a grid, walked through the real commands.

A grid has a line for each step and a column for each group of people. A cell has one letter for
each state, in the order in which the test names them:

    y  done            n  refused to this person (403, and on record)
    s  not in this state: a sentence says why
    k  in sight, but no key of these hands opens it
    .  out of sight: for this person there is no such thing (404)
    -  nothing happens, and nothing is said: it came too late, or was done already

Each person of each group tries each step in each state, in a new request of her own, and what
she did is taken back. So a grid is the full product, however short it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.vault.keyring import CannotOpen

Act = Callable[[Any], object]
"""One step, still to be taken by somebody."""
LETTERS: dict[type[Exception], str] = {
    NotInSight: ".", PermissionDenied: "n", Refused: "s", CannotOpen: "k",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A grid that was read: by step and group, one letter for each state."""

    states: Sequence[Any]
    groups: Mapping[str, Sequence[str]]
    cells: Mapping[tuple[str, str], str]
    reads: frozenset[str]

    @property
    def steps(self) -> set[str]:
        return {step for step, _group in self.cells}

    def wrong(
        self,
        state: Any,
        prepare: Callable[[str], Act],
        actor: Callable[[str], Any],
        steps: Iterable[str] = (),
    ) -> list[str]:
        """What is not as the grid says, in a world that is in this state.

        :param prepare: makes ready what a step needs, and returns the step
        :param actor: a person in a new request of her own
        :param steps: kinds of steps, each written ``step:kind``; none: the steps of the grid
        """
        place, found = list(self.states).index(state), []
        for step in steps or sorted(self.steps):
            name = step.partition(":")[0]
            with transaction.atomic():
                act = prepare(step)
                for group, people in self.groups.items():
                    due = self.cells[name, group][place]
                    for who in people:
                        got = tried(act, actor(who), leaves_fact=name not in self.reads)
                        if got != due:
                            found.append(f"{who} {step} in {state}: {got}, not {due}")
                transaction.set_rollback(True)
        return found


def read(
    grid: str, states: Sequence[Any], groups: Mapping[str, Sequence[str]], *reads: str
) -> Table:
    """Read a grid; each group has a column, and each cell a letter for each state.

    :param reads: steps that only look, and leave no fact
    """
    head, *lines = [line.split() for line in grid.strip().splitlines() if line.strip()]
    assert head[1:] == list(groups), head
    cells = {}
    for step, *row in lines:
        assert len(row) == len(groups), step
        for group, letters in zip(groups, row, strict=True):
            assert len(letters) == len(states), (step, group)
            assert set(letters) <= {"y", "-", *LETTERS.values()}, (step, group)
            cells[step, group] = letters
    return Table(states, groups, cells, frozenset(reads))


def later(states: Iterable[Any], *rest: Any) -> list[Any]:
    """Return the states for ``parametrize``; the rest are tried outside the inner loop."""
    return [pytest.param(one, marks=pytest.mark.slow) if one in rest else one for one in states]


def tried(act: Act, actor: Any, *, leaves_fact: bool) -> str:
    """Return the letter for what came of it.

    What is done is on record with who did it; what is refused, or looked at, leaves nothing.
    """
    before, got, by = _facts(), "y", set()
    with transaction.atomic():
        try:
            act(actor)
        except tuple(LETTERS) as refusal:
            got = LETTERS[type(refusal)]
        if _facts() > before:
            by = set(Fact.objects.order_by("number")[before:].values_list("by", flat=True))
        transaction.set_rollback(True)
    if leaves_fact and got == "y":
        return "y" if actor.user_id in by else "-"
    assert not by
    return got


def _facts() -> int:
    """How many facts there are: asked twice for each attempt."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {Fact._meta.db_table}")
        return int(cursor.fetchone()[0])
