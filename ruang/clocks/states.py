"""Where a clock stands, what begins and meets it, for what it may pause, why it was missed.

All of it is codes.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a clock stands."""

    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    MET = "met", _("Met")
    ENDED = "ended", _("Does not apply any more")


class Step(models.TextChoices):
    """What can happen to a clock."""

    PAUSE = "pause", _("Pause")
    RESUME = "resume", _("Let it run again")
    MOVE = "move", _("Set another time")
    MEET = "meet", _("Done")
    RUN_AGAIN = "run_again", _("It was not done: it runs on")
    END = "end", _("End it with a reason")
    ACKNOWLEDGE = "acknowledge", _("I take care of it")
    EXPLAIN = "explain", _("Say why it was missed")


_S = State
LIVE = frozenset({_S.RUNNING, _S.PAUSED})
MOVES: dict[Step, tuple[frozenset[State], State | None]] = {
    # step              from                        to (None: stays)
    Step.PAUSE: (frozenset({_S.RUNNING}), _S.PAUSED),
    Step.RESUME: (frozenset({_S.PAUSED}), _S.RUNNING),
    Step.MOVE: (LIVE, None),
    Step.MEET: (LIVE, _S.MET),
    Step.RUN_AGAIN: (frozenset({_S.MET}), _S.RUNNING),
    Step.END: (LIVE, _S.ENDED),
    Step.ACKNOWLEDGE: (frozenset({_S.RUNNING}), None),
    Step.EXPLAIN: (frozenset(State), None),
}


class Area(models.TextChoices):
    """What a clock is about."""

    REPORT = "report", _("Report")
    CASE = "case", _("Case")
    OFFICE = "office", _("Office")


class Moment(models.TextChoices):
    """What the contexts tell of when it happens; it can begin a clock, or meet one.

    Each is known by coded facts alone: none depends on what only a sealed answer says, but for
    the police report, whose clocks are coded by the law's own (vault.md §3).
    """

    REPORT_TAKEN = "report_taken", _("Somebody takes the report")
    REPORT_DECIDED = "report_decided", _("The report is decided")
    CASE_OPENED = "case_opened", _("The case is opened")
    ASSESSED = "assessed", _("An assessment is recorded")
    PLAN_SAID = "plan_said", _("What she says to the plan is recorded")
    SERVICE_GIVEN = "service_given", _("A service was given")
    FOLLOW_UP = "follow_up", _("She was reached in a follow-up")
    POLICE_REPORT = "police_report", _("The police report is recorded")
    RISK_HIGH = "risk_high", _("The risk of the case is set to high")
    CASE_CLOSED = "case_closed", _("The case is closed")
    BY_HAND = "by_hand", _("A person says so")


_M = Moment
STARTS = (
    _M.REPORT_TAKEN, _M.CASE_OPENED, _M.ASSESSED, _M.PLAN_SAID, _M.SERVICE_GIVEN,
    _M.FOLLOW_UP, _M.POLICE_REPORT, _M.RISK_HIGH, _M.BY_HAND,
)  # fmt: skip
"""What a city can let a time limit of its own begin with."""
MEETS = (
    _M.REPORT_DECIDED, _M.CASE_OPENED, _M.ASSESSED, _M.PLAN_SAID, _M.SERVICE_GIVEN,
    _M.FOLLOW_UP, _M.POLICE_REPORT, _M.CASE_CLOSED, _M.BY_HAND,
)  # fmt: skip
"""What can meet it; a person can say so of each all the same."""
EACH_TIME = frozenset({_M.SERVICE_GIVEN, _M.FOLLOW_UP, _M.POLICE_REPORT, _M.RISK_HIGH})
"""What begins a clock every time it happens; the others do so the first time."""


class Unit(models.TextChoices):
    """How a time limit is counted."""

    HOURS = "hours", _("hours, day and night")
    OPEN_HOURS = "open_hours", _("hours in which the desk is open")
    DAYS = "days", _("days of 24 hours")
    WORKDAYS = "workdays", _("working days")


class Pause(models.TextChoices):
    """For what a clock may pause; nothing else stops it for a time."""

    SURVIVOR = "survivor", _("Waiting for the survivor")
    NOT_SAFE = "not_safe", _("Not safe to reach her now")
    INSTITUTION = "institution", _("Waiting for another institution")


class Missed(models.TextChoices):
    """Why a clock was missed."""

    NOBODY_FREE = "nobody_free", _("Nobody was free")
    NOT_REACHED = "not_reached", _("She could not be reached")
    NOT_SAFE = "not_safe", _("It was not safe")
    INSTITUTION = "institution", _("Another institution was late")
    HER_WISH = "her_wish", _("At her wish")
    TECHNICAL = "technical", _("The system or the line failed")
    OVERSIGHT = "oversight", _("It was overlooked")


class Ended(models.TextChoices):
    """Why a clock does not apply any more. None is switched off without one of these."""

    DECIDED = "decided", _("The report was decided")
    HANDED_OVER = "handed_over", _("Handed over to another desk")
    CLOSED = "closed", _("The case was closed")
    REPLACED = "replaced", _("Another clock took its place")
    BY_MISTAKE = "by_mistake", _("It was started by mistake")
    NOT_APPLICABLE = "not_applicable", _("The rule does not apply after all")
