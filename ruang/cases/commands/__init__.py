"""Everything that changes a case. One module a subject."""

from ruang.cases.commands.again import raise_case, read_again, tell_again
from ruang.cases.commands.closing import close_case, rate_case, reopen_case
from ruang.cases.commands.keys import (
    answer_tpks,
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
from ruang.cases.commands.opening import Said, Start, open_case
from ruang.cases.commands.own_team import add_colleague, give_colleague
from ruang.cases.commands.team import (
    exclude_oneself,
    exclude_user,
    give_compartments,
    join_team,
    leave_team,
    remove_member,
    withdraw_compartments,
)
from ruang.cases.commands.thread import (
    answer_otherwise,
    write_from_reporter,
    write_to_reporter,
)
from ruang.cases.writing import Brought, Told

__all__ = [
    "Brought",
    "Said",
    "Start",
    "Told",
    "add_colleague",
    "add_files",
    "answer_otherwise",
    "answer_tpks",
    "ask_lowering",
    "ask_unmarking",
    "change_deputy",
    "change_manager",
    "close_case",
    "exclude_oneself",
    "exclude_user",
    "give_colleague",
    "give_compartments",
    "identify_case",
    "join_team",
    "leave_team",
    "lower_case",
    "move_case_clock",
    "open_case",
    "raise_case",
    "rate_case",
    "read_again",
    "remove_member",
    "renew_keys",
    "reopen_case",
    "start_case_clock",
    "take_over_contact",
    "tell_again",
    "unmark_case",
    "withdraw_compartments",
    "write_from_reporter",
    "write_names",
    "write_note",
    "write_to_reporter",
]
