"""The register: places with people counted, who to ring there, and what was changed."""

from ruang.register.models.keeping import CadreArea, Change, Contact, StagedList
from ruang.register.models.places import COUNTS, Community, Rt, Rw, School, Venue

__all__ = [
    "COUNTS",
    "CadreArea",
    "Change",
    "Community",
    "Contact",
    "Rt",
    "Rw",
    "School",
    "StagedList",
    "Venue",
]
