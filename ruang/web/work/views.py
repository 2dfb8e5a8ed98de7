"""My desk: everything that waits for this person, and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.approvals.queries import approvals_for
from ruang.cases import queries as cases
from ruang.cases.queries import CaseRow, ToldAgainRow, Unidentified
from ruang.clocks import queries as clocks
from ruang.consents.queries import AskAnew, cases_to_ask
from ruang.identity import queries as identity
from ruang.intake import queries as intake
from ruang.intake.queries import Held, Unfinished
from ruang.plans import queries as plans
from ruang.plans.queries import DueDate, TaskLine
from ruang.prevention.queries import my_day
from ruang.prevention.queries.cadre import cadre_page
from ruang.referrals import queries as referrals
from ruang.referrals.queries import AskedRow, SentRow, Tab
from ruang.referrals.states import OFFERED
from ruang.web.clocks.views import ClockRow, rows_of
from ruang.web.request import Request

RECENT = timedelta(days=7)
"""For so long an answer to a request is news."""
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Work:
    """What waits for one person.

    :ivar unfinished: reports being written down: hers, and those that need somebody
    :ivar answered: requests of hers that were answered in the last days
    :ivar asked: requests to her desk, free or taken by her
    :ivar late: her own clocks that ran out, apart from those of reports shown anyway
    :ivar soon: her own clocks that are about to run out, likewise
    :ivar late_here: how many clocks of the desk are late, for the head
    :ivar tasks: of hers in all cases; ``due`` are cases in which to ask how she is
    :ivar unidentified: cases she manages of which one of the three keys is not known yet
    :ivar told_again: cases of hers of which another report told
    :ivar ask_anew: cases of hers in which a child agreed to something herself
    :ivar waiting_members: colleagues who hold no keys until somebody confirms them
    """

    unfinished: tuple[Unfinished, ...]
    held: Held
    cases: tuple[CaseRow, ...]
    answered: tuple[SentRow, ...]
    asked: tuple[AskedRow, ...]
    under_way: tuple[AskedRow, ...]
    waiting_members: int
    late: tuple[ClockRow, ...]
    soon: tuple[ClockRow, ...]
    tasks: tuple[TaskLine, ...]
    due: tuple[DueDate, ...]
    late_here: int
    ask_anew: tuple[AskAnew, ...]
    told_again: tuple[ToldAgainRow, ...]
    unidentified: tuple[Unidentified, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing waits."""
        held = (self.held.mine, self.held.urgent, self.held.after, self.held.taken)
        rest = (self.cases, self.answered, self.asked, self.under_way, self.late, self.soon)
        planned = (self.tasks, self.due, self.ask_anew, self.told_again, self.unidentified)
        waits = (self.unfinished, self.waiting_members, self.late_here)
        return not any((*waits, *held, *rest, *planned))


@require_safe
def work(request: Request) -> HttpResponse:
    """Show what waits for the person signed in."""
    actor = request.actor
    is_cadre = actor.may(Permission.CADRE)
    context = {
        "work": _work(actor, request.at),
        "at": request.at,
        "topics": f"desk:{actor.organisation_id}",
        "sees_desk": actor.may(Permission.DESK_SEE),
        "may_record": actor.may(Permission.REPORT_WORK),
        "sees_cases": actor.may(Permission.CASE_SEE),
        "approvals": [one for one in approvals_for(actor=actor) if one.is_mine_to_decide],
        "may_confirm": actor.may(Permission.MEMBER_CONFIRM),
        "prevention": my_day(actor=actor, at=request.at),
        "may_refer": is_cadre,
        "own_rws": cadre_page(actor=actor, at=request.at).rws if is_cadre else (),
    }
    return render(request, f"work/work.html{'#work' if request.htmx else ''}", context)


def _work(actor: Actor, at: datetime) -> Work:
    asked: tuple[AskedRow, ...] = ()
    under_way: tuple[AskedRow, ...] = ()
    if actor.may(Permission.REFERRAL_ANSWER):
        asked = referrals.asked_list(actor=actor, tab=Tab.ASKED, at=at).rows
        under_way = referrals.asked_list(actor=actor, tab=Tab.WORK, at=at).rows
    held = intake.held_reports(actor=actor, at=at, limit=SHOWN)
    shown = {row.id for row in (*held.mine, *held.urgent)}
    late = clocks.late_clocks(actor=actor, at=at, only_own=True)
    soon = clocks.soon_clocks(actor=actor, at=at)
    others = [[one for one in lines if one.subject not in shown] for lines in (late, soon)]
    return Work(
        unfinished=intake.unfinished(actor=actor, at=at),
        held=held,
        cases=cases.waiting_cases(actor=actor, limit=SHOWN),
        answered=_answered(actor, at),
        asked=tuple(row for row in asked if row.is_mine or not row.taker)[:SHOWN],
        under_way=tuple(row for row in under_way if row.is_mine)[:SHOWN],
        waiting_members=_waiting_members(actor, at),
        late=rows_of(others[0][:SHOWN], actor=actor),
        soon=rows_of(others[1][:SHOWN], actor=actor),
        late_here=_late_here(actor, at),
        tasks=plans.my_tasks(actor=actor, at=at),
        due=plans.due_dates(actor=actor, at=at, limit=SHOWN),
        ask_anew=cases_to_ask(actor=actor, at=at),
        told_again=cases.told_again(actor=actor, limit=SHOWN),
        unidentified=cases.unidentified(actor=actor, limit=SHOWN),
    )


def _answered(actor: Actor, at: datetime) -> tuple[SentRow, ...]:
    if not actor.may(Permission.REFERRAL_ASK):
        return ()
    rows = referrals.sent_list(actor=actor, at=at).rows
    answered = [row for row in rows if row.state not in OFFERED]
    return tuple(one for one in answered if one.moved_at and one.moved_at > at - RECENT)[:SHOWN]


def _late_here(actor: Actor, at: datetime) -> int:
    return clocks.late_count(actor=actor, at=at) if actor.may(Permission.CASE_COUNT) else 0


def _waiting_members(actor: Actor, at: datetime) -> int:
    if not (actor.may(Permission.MEMBER_CONFIRM) or actor.may(Permission.MEMBER_MANAGE)):
        return 0
    return len(identity.members_page(actor=actor, at=at).waiting)
