"""Which fact tells whom that something waits.

On duty means: in a shift now. Where nobody is, everybody who works at the desk is told: an
empty list must not be silence. Who left or is suspended is told nothing.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.access.permissions import Permission
from ruang.approvals.asking import DECIDER
from ruang.approvals.states import OF_REPORTS, Step
from ruang.audit import feed
from ruang.audit.feed import Happened
from ruang.cases import queries as cases
from ruang.clocks import queries as clocks
from ruang.clocks.official import ANSWER
from ruang.clocks.states import Area
from ruang.clocks.states import State as ClockState
from ruang.consents import queries as consents
from ruang.identity import directory
from ruang.intake.states import DraftStep
from ruang.kernel.codes import Age
from ruang.notify import sending
from ruang.notify.duty import on_duty
from ruang.notify.models import Notice, Reach, Shift
from ruang.territory import queries as territory
from ruang.triage.barred import barred_from_report

PAUSE_OVER = 9_000
"""The level of a pause that ended by itself: no count of hours and days comes there."""
AT_ONCE = 1
"""The level of a danger now: what its clock would tell in a minute is told already."""


def is_of_danger(fact: Happened) -> bool:
    """Say whether a report that came in tells of danger now."""
    return bool(fact.codes["danger"])


def tell_danger(fact: Happened, at: datetime) -> None:
    """A report says that there is danger now: those on duty hear it at once."""
    if not is_of_danger(fact):
        return
    report, desk = UUID(fact.ids["report"]), UUID(fact.ids["desk"])
    clock = clocks.clocks_by_subject(subjects=[report]).get(report)
    about, round_ = (clock.id, clock.round) if clock else (report, 0)
    told = set(_at_desk(desk, Permission.REPORT_WORK, at))
    _tell(told - barred_from_report(report_id=report), about, AT_ONCE, at, round_)


def tell_draft(fact: Happened, at: datetime) -> None:
    """A report that is being written down tells of danger, or was left: those on duty hear it.

    Whoever is writing knows already. Each rest is told: it was gone on with in between.
    """
    levels = {DraftStep.DANGER: AT_ONCE, DraftStep.REST: 0}
    move = DraftStep(str(fact.codes["move"]))
    level = levels.get(move)
    if level is None:
        return
    able = _at_desk(UUID(fact.ids["desk"]), Permission.REPORT_WORK, at)
    told = [user for user in able if user != fact.by]
    rest = feed.earlier(fact) if move is DraftStep.REST else 0
    _tell(told, UUID(fact.ids["draft"]), level, at, rest)


def tell_soon(fact: Happened, at: datetime) -> None:
    """A clock is about to run out: whoever it waits for and those on duty hear it."""
    _tell_of_clock(fact, 0, at, also=())


def tell_pause_over(fact: Happened, at: datetime) -> None:
    """A pause ended by itself: whoever it waits for and those on duty hear it, each time."""
    line = clocks.live_clock(clock_id=UUID(fact.ids["clock"]))
    if line is not None and line.state is ClockState.RUNNING:
        told = _of_clock(line, UUID(fact.ids["desk"]), at)
        _tell(told, line.id, PAUSE_OVER, at, feed.earlier(fact))


def tell_missed(fact: Happened, at: datetime) -> None:
    """A clock ran out: the heads hear it too, and again at each level until somebody acts."""
    heads = directory.working(UUID(fact.ids["desk"]), Permission.CASE_COUNT)
    also = [person.id for person in heads]
    _tell_of_clock(fact, int(fact.codes["level"]), at, also=also)


def tell_decider(fact: Happened, at: datetime) -> None:
    """A second person was asked to approve something."""
    decider = UUID(fact.ids["decider"])
    person = directory.people([decider]).get(decider)
    able = directory.working(person.desk, Permission.APPROVAL_DECIDE) if person else []
    told = [one.id for one in able if one.id == decider]
    _tell(told, UUID(fact.ids["approval"]), 0, at)


def tell_asker(fact: Happened, at: datetime) -> None:
    """What somebody asked of a second person has ended by itself.

    Of a report it ends when that is decided or rated anew: whoever does so reads it there,
    and is told alone that nobody is left who could decide.
    """
    is_told = fact.codes["kind"] not in OF_REPORTS or fact.codes.get("why") == DECIDER
    if fact.codes["step"] == Step.LAPSE and is_told:
        asker = UUID(fact.ids["asker"])
        person = directory.people([asker]).get(asker)
        able = directory.active(person.desk) if person else []
        told = [one.id for one in able if one.id == asker]
        _tell(told, UUID(fact.ids["approval"]), 0, at)


def tell_child(fact: Happened, at: datetime) -> None:
    """The record says that a case is about a child, and something is shared on agreement.

    Who agreed is sealed: manager and deputy hear that something waits, and look. Whoever wrote
    it down reads it on the next page.
    """
    case = UUID(fact.ids["case"])
    if fact.codes["code"] != Age.CHILD:
        return
    if consents.rests_on_agreement(actor=SYSTEM, case_id=case, at=at):
        leads = cases.leads_of(case_id=case) - {fact.by}
        able = directory.active(UUID(fact.ids["desk"]))
        told = [person.id for person in able if person.id in leads]
        _tell(told, case, 0, at, feed.earlier(fact))


def tell_told_again(fact: Happened, at: datetime) -> None:
    """Another report told of the same: manager and deputy hear that something waits."""
    case = UUID(fact.ids["case"])
    leads = cases.leads_of(case_id=case) - cases.barred_from(case_id=case)
    able = directory.active(UUID(fact.ids["desk"]))
    told = [person.id for person in able if person.id in leads]
    _tell(told, case, 0, at, feed.earlier(fact))


def tell_partner(fact: Happened, at: datetime) -> None:
    """A partner's desk was asked: those on duty there hear it, but nobody who is barred."""
    desk = UUID(fact.ids["desk"])
    barred = cases.barred_from(case_id=UUID(fact.ids["case"]))
    told = set(_at_desk(desk, Permission.REFERRAL_ANSWER, at)) - barred
    _tell(told, UUID(fact.ids["referral"]), 0, at)


def _tell_of_clock(fact: Happened, level: int, at: datetime, *, also: Iterable[UUID]) -> None:
    clock = UUID(fact.ids["clock"])
    line = clocks.live_clock(clock_id=clock)
    if line is None or line.is_taken_care_of or line.round != fact.codes.get("round", 0):
        return  # somebody acted between the fact and now
    told = _of_clock(line, UUID(fact.ids["desk"]), at, also=also)
    _tell(told, clock, level, at, line.round)


def _of_clock(
    line: clocks.ClockLine, desk: UUID, at: datetime, *, also: Iterable[UUID] = ()
) -> set[UUID]:
    """Return whom a clock concerns: for whom it waits, and who is on duty."""
    owner = [line.owner] if line.owner else []
    able = {person.id for person in directory.people(owner).values()}
    if line.area is Area.OFFICE:
        keepers = directory.working(desk, Permission.BREACH_KEEP)
        here = [person.id for person in keepers]
    else:
        here = _at_desk(desk, Permission.REPORT_WORK, at)
    told = {*able, *here, *also}
    if line.area is Area.CASE:
        if line.kind == ANSWER:  # a message of hers: the deputy hears it before the head does
            told |= cases.leads_of(case_id=line.subject)
        told -= cases.barred_from(case_id=line.subject)
    elif line.area is Area.REPORT:
        told -= barred_from_report(report_id=line.subject)
    return told


def _at_desk(desk: UUID, permission: Permission, at: datetime) -> list[UUID]:
    """Return who is on duty at a desk now, or everybody who works there if nobody is."""
    able = [person.id for person in directory.working(desk, permission)]
    zone = territory.city().hours.zone
    planned = Shift.objects.filter(desk=desk).order_by("place", "pk")
    members = {person.id for person in directory.active(desk)}
    now = [shift.user for shift in on_duty(planned, at, zone) if shift.user in members]
    return now or able


def _tell(
    users: Iterable[UUID], about: UUID, level: int, at: datetime, round_: int = 0
) -> None:
    if not sending.is_set_up():
        return
    wanted = set(users)
    reached = Reach.objects.filter(user__in=wanted).exclude(email="")
    Notice.objects.bulk_create(
        [
            Notice(user=user, about=about, level=level, round=round_, at=at, next_at=at)
            for user in reached.values_list("user", flat=True)
        ],
        ignore_conflicts=True,
    )
