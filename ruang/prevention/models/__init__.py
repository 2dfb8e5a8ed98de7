"""Programmes, facilitators, sessions and requests. Counts of people, never people."""

from ruang.prevention.models.arriving import Arrivals, Arrived
from ruang.prevention.models.asking import Request, RequestQuerySet
from ruang.prevention.models.field import Note, Photo, PhotoQuerySet, Sent, SentQuerySet
from ruang.prevention.models.people import (
    Away,
    Facilitator,
    OwnCalendar,
    Skill,
    Working,
)
from ruang.prevention.models.programmes import (
    Material,
    MaterialFile,
    MaterialVersion,
    Programme,
    Question,
)
from ruang.prevention.models.sessions import (
    Attendance,
    Correction,
    Earlier,
    Invited,
    Part,
    Session,
    SessionQuerySet,
    Used,
)
from ruang.prevention.models.testing import Answer, Sheet

__all__ = [
    "Answer",
    "Arrivals",
    "Arrived",
    "Attendance",
    "Away",
    "Correction",
    "Earlier",
    "Facilitator",
    "Invited",
    "Material",
    "MaterialFile",
    "MaterialVersion",
    "Note",
    "OwnCalendar",
    "Part",
    "Photo",
    "PhotoQuerySet",
    "Programme",
    "Question",
    "Request",
    "RequestQuerySet",
    "Sent",
    "SentQuerySet",
    "Session",
    "SessionQuerySet",
    "Sheet",
    "Skill",
    "Used",
    "Working",
]
