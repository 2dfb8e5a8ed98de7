"""How much each kecamatan counts in a year: what was decided last, nothing else."""

from ruang.planner.models import Decision
from ruang.planner.settings import Weights


def decision_of(year: int) -> Decision | None:
    """Return what was decided last for a year; None if nobody has decided yet."""
    return Decision.objects.filter(year=year).order_by("-at", "-id").first()


def weights_of(year: int) -> Weights:
    """Return how much each kecamatan counts in a year's plans."""
    decision = decision_of(year)
    if decision is None:
        return Weights()
    levels = decision.levels.order_by("district_id").values_list("district_id", "level")
    return Weights(levels=dict(levels), source=decision.source, year=year)
