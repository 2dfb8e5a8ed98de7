"""What pages show of plans. One module a page."""

from ruang.plans.queries.ending import ClosingPage, ToClose, closing_asked, closing_page
from ruang.plans.queries.entries import EntryLine, ServiceEntries, service_entries
from ruang.plans.queries.following import DueDate, FollowPage, due_dates, follow_up_page
from ruang.plans.queries.mediating import MediationPage, mediation_page
from ruang.plans.queries.moments import plan_moments
from ruang.plans.queries.plan import (
    PlanPage,
    goal_line,
    goals_of,
    people,
    plan_page,
    providers,
    service_line,
    service_said,
    was_served,
)
from ruang.plans.queries.signs import ask_again
from ruang.plans.queries.tasks import TaskLine, my_tasks, task_line, tasks_beside, tasks_page

__all__ = [
    "ClosingPage",
    "DueDate",
    "EntryLine",
    "FollowPage",
    "MediationPage",
    "PlanPage",
    "ServiceEntries",
    "TaskLine",
    "ToClose",
    "ask_again",
    "closing_asked",
    "closing_page",
    "due_dates",
    "follow_up_page",
    "goal_line",
    "goals_of",
    "mediation_page",
    "my_tasks",
    "people",
    "plan_moments",
    "plan_page",
    "providers",
    "service_entries",
    "service_line",
    "service_said",
    "task_line",
    "tasks_beside",
    "tasks_page",
    "was_served",
]
