"""What a plan adds to the overview of a case: today, tasks, goals."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ruang.access.actor import Actor
from ruang.cases.queries import CaseHead, Dated
from ruang.clocks.queries import ClockLine
from ruang.plans.queries import TaskLine, ask_again, goals_of, tasks_beside
from ruang.plans.queries.plan import GoalLine

SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True, repr=False)
class Beside:
    """What stands beside and under the timeline.

    :ivar today: tasks that are due, and clocks that run out within a day
    :ivar dates: what manager and deputy are reminded of, and is due
    :ivar ask_again: there was contact since danger signs were asked for
    """

    tasks: tuple[TaskLine, ...]
    goals: tuple[GoalLine, ...]
    today: tuple[TaskLine, ...]
    clocks: tuple[ClockLine, ...]
    dates: tuple[Dated, ...]
    ask_again: bool

    @property
    def has_today(self) -> bool:
        """Say whether anything has to be done today."""
        return bool(self.today or self.clocks or self.dates or self.ask_again)


def beside(
    *, actor: Actor, head: CaseHead, clocks: tuple[ClockLine, ...], at: datetime
) -> Beside:
    """Return what a plan adds to the overview of a case in sight."""
    tasks = tasks_beside(actor=actor, head=head, at=at)
    day = timezone.localtime(at).date()
    return Beside(
        tasks=tasks,
        goals=goals_of(head=head, actor=actor),
        today=tuple(one for one in tasks if one.is_late or one.is_today),
        clocks=tuple(one for one in clocks if one.due_at <= at + SOON),
        dates=tuple(one for one in head.dates if head.is_open and one.on <= day),
        ask_again=ask_again(actor=actor, head=head),
    )
