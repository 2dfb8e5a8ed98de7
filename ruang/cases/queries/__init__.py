"""What pages show of a case. One module a page."""

from ruang.cases.barred import barred_from
from ruang.cases.models import Dated
from ruang.cases.queries.case_list import (
    CaseList,
    CaseRow,
    Sieve,
    ToldAgainRow,
    Unidentified,
    case_list,
    told_again,
    unidentified,
    waiting_cases,
)
from ruang.cases.queries.case_page import (
    CasePage,
    FilesPage,
    PartPage,
    ThreadPage,
    case_head,
    case_page,
    files_page,
    names_in_force,
    part_page,
    parts_to_write,
    thread_page,
)
from ruang.cases.queries.files import case_file
from ruang.cases.queries.head import CaseHead
from ruang.cases.queries.keys import (
    CaseKeys,
    case_clock,
    case_identified,
    case_keys,
    keys_of,
)
from ruang.cases.queries.moments import Moment
from ruang.cases.queries.numbers import case_numbers
from ruang.cases.queries.people import Colleague, LookLine, leads_of, look_lines

__all__ = [
    "CaseHead",
    "CaseKeys",
    "CaseList",
    "CasePage",
    "CaseRow",
    "Colleague",
    "Dated",
    "FilesPage",
    "LookLine",
    "Moment",
    "PartPage",
    "Sieve",
    "ThreadPage",
    "ToldAgainRow",
    "Unidentified",
    "barred_from",
    "case_clock",
    "case_file",
    "case_head",
    "case_identified",
    "case_keys",
    "case_list",
    "case_numbers",
    "case_page",
    "files_page",
    "keys_of",
    "leads_of",
    "look_lines",
    "names_in_force",
    "part_page",
    "parts_to_write",
    "thread_page",
    "told_again",
    "unidentified",
    "waiting_cases",
]
