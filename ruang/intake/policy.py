"""Who sees a report, and who may do what with it. The whole law of the desk, in one file.

Inside one desk need-to-know is policy: everyone on duty can open a new report, and every
opening is on record (vault.md). Seeing a row here shows codes alone; what was told opens only
with the desk's key. A report that names the office went to another desk: this one has no row.
"""

from typing import TYPE_CHECKING

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.hidden import of_no_hidden_record
from ruang.access.permissions import Permission
from ruang.intake.states import Step

if TYPE_CHECKING:
    from ruang.intake.models import Draft, Report
    from ruang.intake.told import Told


def sees_report(actor: Actor) -> Q:
    """The desk it came to sees it; the reporter her own; the clocks run in it. Nobody else.

    Of a report of which a colleague may know nothing she has no row: it became a case she is
    barred from.
    """
    if actor.may(Permission.SYSTEM):
        return Q()
    if actor.may(Permission.REPORTER):
        return Q(pk=actor.user_id)
    if actor.may(Permission.DESK_SEE):
        return Q(desk=actor.organisation_id) & of_no_hidden_record(actor.user_id, "pk")
    return Q(pk__in=[])


def may_take(actor: Actor, report: "Report") -> bool:
    """Whoever works reports at the desk may take one that is free."""
    return actor.may(Permission.REPORT_WORK) and report.desk == actor.organisation_id


def may_work(actor: Actor, report: "Report") -> bool:
    """Whoever holds it works it."""
    return may_take(actor, report) and report.holder == actor.user_id


def may_take_back(actor: Actor, report: "Report") -> bool:
    """A colleague of that desk may take it out of somebody else's hands; it is on record."""
    return may_take(actor, report) and report.holder != actor.user_id


def may_free(actor: Actor, report: "Report") -> bool:
    """The head of that desk frees what somebody holds; so do the rules when an account ends."""
    is_head = actor.may(Permission.REPORT_FREE) and report.desk == actor.organisation_id
    return is_head or actor.may(Permission.SYSTEM)


def may_rate(actor: Actor, report: "Report") -> bool:
    """Anyone at the desk may set the risk of a free report, the holder that of a held one."""
    return may_take(actor, report) and report.holder in {None, actor.user_id}


def may_lower(actor: Actor, report: "Report") -> bool:
    """Nobody alone: the system, when a second person has approved."""
    return actor.may(Permission.SYSTEM)


def may_raise(actor: Actor, report: "Report") -> bool:
    """The system, when another report that repeats it is a higher risk, whoever holds it."""
    return actor.may(Permission.SYSTEM)


def may_unmark(actor: Actor, report: "Report") -> bool:
    """Nobody alone takes TPKS off: the system, when a second person has approved."""
    return actor.may(Permission.SYSTEM)


def may_open(actor: Actor, report: "Report") -> bool:
    """Everyone who works reports at the desk may open what came to it; it is on record."""
    return may_take(actor, report)


def sees_draft(actor: Actor) -> Q:
    """Whoever writes it, those who work reports at the desk it is for, and the clocks."""
    if actor.may(Permission.SYSTEM):
        return Q()
    if not actor.may(Permission.REPORT_WORK):
        return Q(pk__in=[])
    return Q(by=actor.user_id) | Q(desk=actor.organisation_id)


def may_record(actor: Actor, told: "Told | None") -> bool:
    """Whoever works reports at a desk may write one down for somebody."""
    return actor.may(Permission.REPORT_WORK)


def may_write_draft(actor: Actor, draft: "Draft") -> bool:
    """One person writes a draft at a time."""
    return actor.may(Permission.REPORT_WORK) and draft.by == actor.user_id


def may_take_draft(actor: Actor, draft: "Draft") -> bool:
    """A colleague at the desk it is for may go on with it, once it rests."""
    return actor.may(Permission.REPORT_WORK) and draft.desk == actor.organisation_id


def may_tell(actor: Actor, told: "Told | None") -> bool:
    """Anybody without an account may report; no name is asked."""
    return actor.may(Permission.REPORTER)


def may_relay(actor: Actor, told: "Told | None") -> bool:
    """Whoever holds sessions, or is a cadre, may pass on what somebody told them."""
    return actor.may(Permission.SESSION_LOG) or actor.may(Permission.CADRE)


def may_follow(actor: Actor, report: "Report") -> bool:
    """The reporter, by her seven words."""
    return actor.may(Permission.REPORTER) and report.pk == actor.user_id


RULES = {
    Step.CLAIM: may_take,
    Step.PASS_ON: may_work,
    Step.PUT_BACK: may_work,
    Step.TAKE_BACK: may_take_back,
    Step.FREE: may_free,
    Step.RATE: may_rate,
    Step.REPLY: may_work,
    Step.TAKE_OVER: may_work,
    Step.PAUSE: may_work,
    Step.RESUME: may_work,
    Step.DECIDE: may_work,
    Step.CHECK: may_rate,
    Step.IDENTIFY: may_rate,
    Step.LOWER: may_rate,
    Step.UNMARK: may_rate,
    Step.LEGAL: may_take,
    Step.NEW_CODE: may_work,
    Step.ANSWERED: may_take,
    Step.REOPEN: may_take,
    Step.TPKS: may_rate,
}
