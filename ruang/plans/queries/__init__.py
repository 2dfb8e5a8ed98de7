"""What pages show of plans. One module a page."""

from ruang.plans.queries.ending import ClosingPage, closing_page
from ruang.plans.queries.following import DueCase, FollowPage, due_follow_ups, follow_up_page
from ruang.plans.queries.mediating import MediationPage, mediation_page
from ruang.plans.queries.moments import plan_moments
from ruang.plans.queries.plan import (
    PlanPage,
    goal_line,
    goals_of,
    plan_page,
    providers,
    service_line,
    was_served,
)
from ruang.plans.queries.signs import ask_again
from ruang.plans.queries.tasks import TaskLine, my_tasks, task_line, tasks_beside, tasks_page

__all__ = [
    "ClosingPage",
    "DueCase",
    "FollowPage",
    "MediationPage",
    "PlanPage",
    "TaskLine",
    "ask_again",
    "closing_page",
    "due_follow_ups",
    "follow_up_page",
    "goal_line",
    "goals_of",
    "mediation_page",
    "my_tasks",
    "plan_moments",
    "plan_page",
    "providers",
    "service_line",
    "task_line",
    "tasks_beside",
    "tasks_page",
    "was_served",
]
