"""What pages show of reports at the desk. One module a page."""

from ruang.intake.queries.codes import CodePage, code_page
from ruang.intake.queries.desk_page import (
    DeskPage,
    DeskRow,
    Held,
    Show,
    Sieve,
    Tally,
    desk_page,
    held_reports,
)
from ruang.intake.queries.drafts import (
    Recording,
    Unfinished,
    one_unfinished,
    recording,
    stored_draft,
    unfinished,
)
from ruang.intake.queries.numbers import report_numbers
from ruang.intake.queries.report_page import (
    OpenedReport,
    ReportPage,
    ToldThread,
    opened_report,
    report_file,
    report_page,
    report_thread,
)
from ruang.intake.queries.risk import (
    CheckShown,
    Identified,
    LoweringPage,
    RiskPage,
    identified,
    lowering_page,
    report_clock,
    report_clocks,
    risk_page,
)

__all__ = [
    "CheckShown",
    "CodePage",
    "DeskPage",
    "DeskRow",
    "Held",
    "Identified",
    "LoweringPage",
    "OpenedReport",
    "Recording",
    "ReportPage",
    "RiskPage",
    "Show",
    "Sieve",
    "Tally",
    "ToldThread",
    "Unfinished",
    "code_page",
    "desk_page",
    "held_reports",
    "identified",
    "lowering_page",
    "one_unfinished",
    "opened_report",
    "recording",
    "report_clock",
    "report_clocks",
    "report_file",
    "report_numbers",
    "report_page",
    "report_thread",
    "risk_page",
    "stored_draft",
    "unfinished",
]
