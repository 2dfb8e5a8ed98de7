"""What follows from what: the one page that says which reaction follows which fact, what
happens when a time has come, what is swept again and again, and who may listen live.

``config`` imports it at start-up and hands the tables to ``jobs`` and ``live``; nothing below
imports it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.access.hidden import hide_records
from ruang.approvals.events import ApprovalAsked, ApprovalMoved
from ruang.audit import verify
from ruang.cases import leaving
from ruang.cases import reactions as cases
from ruang.cases.barred import cases_barred_to
from ruang.cases.events import (
    AgeCorrected,
    CaseMoved,
    TeamChanged,
    ThreadWritten,
    ToldAgain,
)
from ruang.clocks import commands as clocks
from ruang.clocks.events import ClockMissed, ClockMoved, ClockSoon, PauseEnded
from ruang.consents import commands as consents
from ruang.dossier.events import RecordMoved
from ruang.identity import sessions, throttle
from ruang.identity.events import MemberRemoved, MemberSuspended
from ruang.identity.objections import ask_before_leaving
from ruang.intake import commands as intake
from ruang.intake import reactions as reports
from ruang.intake.drafts import RESTING
from ruang.intake.events import DraftMoved, ReportMoved, ReportReceived
from ruang.jobs.long import Finish, Long
from ruang.jobs.worker import DueAct, Matters, Reaction, Sweep
from ruang.kernel import clock
from ruang.notify import commands as mail
from ruang.notify import reactions as notify
from ruang.planner import commands as planner
from ruang.plans import reactions as plans
from ruang.plans.events import PlanMoved
from ruang.prevention import commands as prevention
from ruang.prevention import reactions as prevention_reactions
from ruang.prevention.photos import files_of_photos
from ruang.referrals import clocks as referral_clocks
from ruang.referrals import reactions as referrals
from ruang.referrals.events import ReferralSent
from ruang.referrals.queries.taking_part import takes_part
from ruang.register import commands as register
from ruang.register.events import PlaceChanged
from ruang.triage import commands as triage
from ruang.triage import reactions as triage_reactions
from ruang.triage.barred import REPORTS_BARRED
from ruang.triage.queries import topics_in_sight
from ruang.triage.referred import ask_who_takes_part
from ruang.vault import files, keyring


def _sweep(command: Callable[..., int]) -> Callable[[datetime], None]:
    """Let the system run a command that takes nothing but the time."""

    def act(at: datetime) -> None:
        command(actor=SYSTEM, at=at)

    return act


def _checkpoint(at: datetime) -> None:
    verify.checkpoint_when_due(at=at)


def _sessions(at: datetime) -> None:
    sessions.sweep(at=at)
    throttle.sweep(at=at)


def _wraps(at: datetime) -> None:
    keyring.end_expired(at)


def _resting(draft_id: UUID, at: datetime) -> None:
    intake.show_resting_draft(actor=SYSTEM, draft_id=draft_id, at=at)


def _solve(plan_id: UUID) -> Finish:
    from ruang.planner.solving.run import solve  # heavy: in the worker's child alone

    return solve(plan_id)


def _abandon(plan_id: UUID, at: datetime) -> None:
    planner.abandon_plan(actor=SYSTEM, plan_id=plan_id, at=at)


REACTIONS: dict[str, tuple[Reaction, ...]] = {
    ReportReceived.name: (notify.tell_danger,),
    ReportMoved.name: (triage_reactions.end_what_cannot_be_granted,),
    DraftMoved.name: (notify.tell_draft,),
    ClockSoon.name: (notify.tell_soon,),
    ClockMissed.name: (notify.tell_missed, triage_reactions.end_what_cannot_be_granted),
    ThreadWritten.name: (triage_reactions.end_what_cannot_be_granted,),
    RecordMoved.name: (triage_reactions.end_what_cannot_be_granted,),
    PauseEnded.name: (reports.run_after_pause, notify.tell_pause_over),
    ApprovalAsked.name: (notify.tell_decider,),
    ApprovalMoved.name: (notify.tell_asker,),
    ClockMoved.name: (triage_reactions.end_what_cannot_be_granted,),
    PlanMoved.name: (triage_reactions.end_what_cannot_be_granted,),
    ReferralSent.name: (notify.tell_partner,),
    AgeCorrected.name: (notify.tell_child,),
    ToldAgain.name: (notify.tell_told_again,),
    CaseMoved.name: (
        referrals.end_with_case,
        plans.end_mediation,
        triage_reactions.end_what_cannot_be_granted,
    ),
    TeamChanged.name: (
        triage_reactions.end_what_cannot_be_granted,
        triage_reactions.free_what_is_barred,
    ),
    PlaceChanged.name: (prevention_reactions.follow_the_rts,),
    MemberSuspended.name: (
        cases.renew_after_leaving,
        referrals.end_with_account,
        reports.free_after_leaving,
        triage_reactions.end_what_waits_for,
        prevention_reactions.close_after_leaving,
    ),
    MemberRemoved.name: (
        cases.renew_after_leaving,
        referrals.end_with_account,
        reports.free_after_leaving,
        triage_reactions.end_what_waits_for,
        prevention_reactions.close_after_leaving,
    ),
}
"""Name of a fact → what reacts to it, each once and in a transaction of its own."""

MATTERS: dict[str, Matters] = {
    ReportReceived.name: notify.is_of_danger,
    ReportMoved.name: triage_reactions.is_of_keys,
    TeamChanged.name: triage_reactions.is_of_barring,
    ThreadWritten.name: triage_reactions.is_of_her,
    RecordMoved.name: triage_reactions.is_telling,
    PlaceChanged.name: prevention_reactions.is_regrouped,
}
"""Name of a fact → whether this one is for those who react; most reports, and most of what is
done with one, are not."""

DUE: dict[str, DueAct] = {
    referral_clocks.EXPIRY: referrals.expire,
    referral_clocks.LAPSE: referrals.lapse,
    RESTING: _resting,
    consents.ENDS: referrals.end_consent,
}
"""Kind of a due time → what happens to its subject then."""

LONG: dict[str, Long] = {
    planner.SOLVE: Long(act=_solve, give_up=_abandon),
}
"""Kind of a due time → work of minutes, done in a process of its own."""

SWEEPS: dict[str, Sweep] = {
    "clocks.sweep": Sweep(_sweep(clocks.sweep_clocks), timedelta(seconds=30)),
    "notify.deliver": Sweep(_sweep(mail.deliver_notices), timedelta(seconds=5)),
    "notify.old_notices": Sweep(_sweep(mail.sweep_notices), timedelta(hours=6)),
    "intake.receipt_copies": Sweep(_sweep(intake.sweep_receipt_copies), timedelta(minutes=5)),
    "intake.used_nonces": Sweep(_sweep(intake.sweep_used_nonces), timedelta(hours=6)),
    "audit.checkpoint": Sweep(_checkpoint, timedelta(minutes=1)),
    "identity.sessions": Sweep(_sessions, timedelta(minutes=5)),
    "vault.expired_wraps": Sweep(_wraps, timedelta(minutes=1)),
    "register.old_contacts": Sweep(_sweep(register.sweep_old_contacts), timedelta(hours=12)),
    "register.staged_lists": Sweep(_sweep(register.sweep_staged_lists), timedelta(minutes=30)),
    "prevention.pile": Sweep(_sweep(prevention.sweep_pile), timedelta(hours=6)),
    "prevention.old_requests": Sweep(_sweep(prevention.sweep_requests), timedelta(hours=6)),
    "prevention.old_notes_and_photos": Sweep(
        _sweep(prevention.sweep_notes_and_photos), timedelta(hours=12)
    ),
    "triage.waiting": Sweep(_sweep(triage.sweep_waiting), timedelta(minutes=10)),
    "triage.unclaimed_files": Sweep(_sweep(triage.sweep_unclaimed_files), timedelta(hours=6)),
}
"""Name → something done again and again."""


ask_before_leaving(leaving.objection)
for _barred in (cases_barred_to, *REPORTS_BARRED):
    hide_records(_barred)
files.owned_by(files_of_photos)
ask_who_takes_part(takes_part)


def authorise_live(cookies: Mapping[str, str], topics: frozenset[str]) -> frozenset[str]:
    """Return those topics that whoever sent these cookies may hear of."""
    at = clock.now()
    who = sessions.signed_in(cookie=cookies.get(sessions.COOKIE), at=at, automatic=True)
    if who is None or not who.is_confirmed:
        return frozenset()
    return topics_in_sight(actor=who.actor, topics=topics)
