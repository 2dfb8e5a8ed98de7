"""Everything that changes plans. One module a subject."""

from ruang.planner.commands.drafting import (
    SOLVE,
    Draft,
    discard_plan,
    draft_plan,
    give_up_plan,
    start_solving,
    stop_solving,
)
from ruang.planner.commands.outcome import Proposed, abandon_plan, keep_progress, propose_plan
from ruang.planner.commands.publishing import publish_plan
from ruang.planner.commands.visits import (
    Added,
    BreaksRules,
    Slot,
    add_visit,
    drop_visit,
    keep_visit,
    move_visit,
)
from ruang.planner.commands.weighing import set_priorities

__all__ = [
    "SOLVE",
    "Added",
    "BreaksRules",
    "Draft",
    "Proposed",
    "Slot",
    "abandon_plan",
    "add_visit",
    "discard_plan",
    "draft_plan",
    "drop_visit",
    "give_up_plan",
    "keep_progress",
    "keep_visit",
    "move_visit",
    "propose_plan",
    "publish_plan",
    "set_priorities",
    "start_solving",
    "stop_solving",
]
