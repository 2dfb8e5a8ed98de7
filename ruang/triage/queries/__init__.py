"""What pages show that knows both a report and the case it became. One module a page."""

from ruang.triage.queries.codes import case_code_page
from ruang.triage.queries.desk import (
    Chosen,
    DecidePage,
    DecisionShown,
    ManyPage,
    Repeat,
    decide_page,
    decision_of,
    looks_at_case,
    looks_at_report,
    many_page,
    outcomes_of,
    reason_of,
    repeats_of,
)
from ruang.triage.queries.minutes import HandOverLine, Minutes, hand_overs, minutes_page
from ruang.triage.queries.topics import topics_in_sight

__all__ = [
    "Chosen",
    "DecidePage",
    "DecisionShown",
    "HandOverLine",
    "ManyPage",
    "Minutes",
    "Repeat",
    "case_code_page",
    "decide_page",
    "decision_of",
    "hand_overs",
    "looks_at_case",
    "looks_at_report",
    "many_page",
    "minutes_page",
    "outcomes_of",
    "reason_of",
    "repeats_of",
    "topics_in_sight",
]
