"""What pages show of plans. One module a page."""

from ruang.planner.queries.lists import (
    NewPage,
    PlansPage,
    ProgrammeChoice,
    WeightsPage,
    new_page,
    plans_page,
    weights_page,
)
from ruang.planner.queries.others import ComparePage, PaperPage, compare_page, paper_page
from ruang.planner.queries.plan import (
    PlanPage,
    Progress,
    discard_page,
    plan_page,
    progress_of,
    publish_page,
)
from ruang.planner.queries.visits import (
    AddPage,
    Narrowed,
    VisitPage,
    VisitsPage,
    WeekPage,
    add_page,
    visit_page,
    visits_page,
    week_page,
)
from ruang.planner.showing import PersonLine, VisitLine

__all__ = [
    "AddPage",
    "ComparePage",
    "Narrowed",
    "NewPage",
    "PaperPage",
    "PersonLine",
    "PlanPage",
    "PlansPage",
    "ProgrammeChoice",
    "Progress",
    "VisitLine",
    "VisitPage",
    "VisitsPage",
    "WeekPage",
    "WeightsPage",
    "add_page",
    "compare_page",
    "discard_page",
    "new_page",
    "paper_page",
    "plan_page",
    "plans_page",
    "progress_of",
    "publish_page",
    "visit_page",
    "visits_page",
    "week_page",
    "weights_page",
]
