"""Everything that changes a case. One module a subject."""

from ruang.cases.commands.closing import close_case, rate_case, reopen_case
from ruang.cases.commands.keys import (
    ask_lowering,
    ask_unmarking,
    identify_case,
    lower_case,
    move_case_clock,
    start_case_clock,
    unmark_case,
)
from ruang.cases.commands.leads import change_deputy, change_manager, renew_keys
from ruang.cases.commands.notes import add_files, take_over_contact, write_names, write_note
from ruang.cases.commands.opening import Said, Start, Told, open_case
from ruang.cases.commands.team import (
    exclude_oneself,
    exclude_user,
    give_compartments,
    join_team,
    leave_team,
    remove_member,
    withdraw_compartments,
)
from ruang.cases.commands.thread import write_from_reporter, write_to_reporter
from ruang.cases.writing import Brought

__all__ = [
    "Brought",
    "Said",
    "Start",
    "Told",
    "add_files",
    "ask_lowering",
    "ask_unmarking",
    "change_deputy",
    "change_manager",
    "close_case",
    "exclude_oneself",
    "exclude_user",
    "give_compartments",
    "identify_case",
    "join_team",
    "leave_team",
    "lower_case",
    "move_case_clock",
    "open_case",
    "rate_case",
    "remove_member",
    "renew_keys",
    "reopen_case",
    "start_case_clock",
    "take_over_contact",
    "unmark_case",
    "withdraw_compartments",
    "write_from_reporter",
    "write_names",
    "write_note",
    "write_to_reporter",
]
