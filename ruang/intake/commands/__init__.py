"""Everything that changes a report. One module a subject."""

from ruang.intake.arrival import Form, Receipt
from ruang.intake.commands.after import answer_otherwise
from ruang.intake.commands.codes import issue_new_code
from ruang.intake.commands.desk import (
    claim_report,
    pass_on_report,
    pause_report_clock,
    put_back_report,
    rate_report,
    resume_report_clock,
    run_on,
    take_over_contact,
    write_to_reporter,
)
from ruang.intake.commands.follow import open_follow, write_as_reporter
from ruang.intake.commands.identifying import (
    answer_tpks,
    ask_unmarking,
    identify_report,
    move_report_clock,
    unmark_report,
)
from ruang.intake.commands.rating import (
    ask_lowering,
    fill_risk_check,
    lower_report,
    raise_report,
)
from ruang.intake.commands.receive import receive_report
from ruang.intake.commands.recorded import (
    Wishes,
    discard_draft,
    record_report,
    save_draft,
    show_resting_draft,
    take_over_draft,
)
from ruang.intake.commands.relayed import relay_report
from ruang.intake.commands.sweeps import sweep_receipt_copies, sweep_used_nonces
from ruang.intake.commands.taking_back import free_report, let_go, take_back_report

__all__ = [
    "Form",
    "Receipt",
    "Wishes",
    "answer_otherwise",
    "answer_tpks",
    "ask_lowering",
    "ask_unmarking",
    "claim_report",
    "discard_draft",
    "fill_risk_check",
    "free_report",
    "identify_report",
    "issue_new_code",
    "let_go",
    "lower_report",
    "move_report_clock",
    "open_follow",
    "pass_on_report",
    "pause_report_clock",
    "put_back_report",
    "raise_report",
    "rate_report",
    "receive_report",
    "record_report",
    "relay_report",
    "resume_report_clock",
    "run_on",
    "save_draft",
    "show_resting_draft",
    "sweep_receipt_copies",
    "sweep_used_nonces",
    "take_back_report",
    "take_over_contact",
    "take_over_draft",
    "unmark_report",
    "write_as_reporter",
    "write_to_reporter",
]
