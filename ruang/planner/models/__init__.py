"""Plans, their visits, and how much each kecamatan counts."""

from ruang.planner.models.plans import MEANWHILE, Decision, Plan, PlanQuerySet, Priority
from ruang.planner.models.visits import Visit, VisitPart

__all__ = [
    "MEANWHILE",
    "Decision",
    "Plan",
    "PlanQuerySet",
    "Priority",
    "Visit",
    "VisitPart",
]
