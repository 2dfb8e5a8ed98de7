"""Everything that decides about a report. One module a subject."""

from ruang.triage.commands.approving import (
    decide_approval,
    end_overtaken,
    sweep_waiting,
    withdraw_asked,
)
from ruang.triage.commands.codes import issue_case_code
from ruang.triage.commands.decide import Leads, Left, decide_many, decide_report
from ruang.triage.commands.follow import write_as_reporter
from ruang.triage.commands.keys import answer_case_tpks, ask_unmarking, identify_case
from ruang.triage.commands.reopening import reopen_report
from ruang.triage.commands.sweeps import sweep_unclaimed_files
from ruang.triage.minutes import Elsewhere, Over

__all__ = [
    "Elsewhere",
    "Leads",
    "Left",
    "Over",
    "answer_case_tpks",
    "ask_unmarking",
    "decide_approval",
    "decide_many",
    "decide_report",
    "end_overtaken",
    "identify_case",
    "issue_case_code",
    "reopen_report",
    "sweep_unclaimed_files",
    "sweep_waiting",
    "withdraw_asked",
    "write_as_reporter",
]
