"""Everything that changes a plan. One module a subject."""

from ruang.plans.commands.ending import Proposal, propose_closing, withdraw_closing
from ruang.plans.commands.following import write_follow_up
from ruang.plans.commands.goals import add_goal, end_goal, record_agreement
from ruang.plans.commands.mediating import assess_mediation, bar_mediation, move_mediation
from ruang.plans.commands.recounting import bring_back, set_aside
from ruang.plans.commands.services import (
    Ending,
    Wanted,
    complete_service,
    give_service,
    move_service,
    plan_service,
)
from ruang.plans.commands.tasks import drop_tasks, move_task, set_task
from ruang.plans.entry import Entry

__all__ = [
    "Ending",
    "Entry",
    "Proposal",
    "Wanted",
    "add_goal",
    "assess_mediation",
    "bar_mediation",
    "bring_back",
    "complete_service",
    "drop_tasks",
    "end_goal",
    "give_service",
    "move_mediation",
    "move_service",
    "move_task",
    "plan_service",
    "propose_closing",
    "record_agreement",
    "set_aside",
    "set_task",
    "withdraw_closing",
    "write_follow_up",
]
