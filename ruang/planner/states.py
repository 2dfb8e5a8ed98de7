"""A plan as a table of moves, and the closed lists of the planner."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a plan stands."""

    DRAFT = "draft", _("Draft")
    SOLVING = "solving", _("Being worked out")
    PROPOSED = "proposed", _("Proposed")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Could not be worked out")
    PUBLISHED = "published", _("Published")
    DISCARDED = "discarded", _("Discarded")


class Step(models.TextChoices):
    """What is done with a plan."""

    SOLVE = "solve", _("Work it out")
    PROPOSE = "propose", _("Propose")
    STOP = "stop", _("Stop")
    FAIL = "fail", _("Give up")
    CHANGE = "change", _("Change a visit")
    PUBLISH = "publish", _("Publish")
    DISCARD = "discard", _("Discard")


_S = State
MOVES: dict[Step, tuple[frozenset[State], State]] = {
    # step         from                                                        to
    Step.SOLVE: (frozenset({_S.DRAFT, _S.PROPOSED, _S.STOPPED, _S.FAILED}), _S.SOLVING),
    Step.PROPOSE: (frozenset({_S.SOLVING}), _S.PROPOSED),
    Step.STOP: (frozenset({_S.SOLVING}), _S.STOPPED),
    Step.FAIL: (frozenset({_S.SOLVING}), _S.FAILED),
    Step.CHANGE: (frozenset({_S.PROPOSED}), _S.PROPOSED),
    Step.PUBLISH: (frozenset({_S.PROPOSED}), _S.PUBLISHED),
    Step.DISCARD: (
        frozenset({_S.DRAFT, _S.PROPOSED, _S.STOPPED, _S.FAILED}),
        _S.DISCARDED,
    ),
}


class Phase(models.TextChoices):
    """What the worker is at."""

    WAITING = "", _("Waiting for the worker")
    PLACES = "places", _("Choosing places to meet")
    WHERE = "where", _("Choosing where to go")
    WHEN = "when", _("Finding days, hours and facilitators")
    DONE = "done", _("Done")


class Level(models.TextChoices):
    """How much a kecamatan counts in a year's plans. Set by a person, never by a case."""

    LOW = "low", _("Counts less")
    NORMAL = "normal", _("Counts as usual")
    HIGH = "high", _("Counts more")


WEIGHT = {Level.LOW: 3, Level.NORMAL: 4, Level.HIGH: 6}
"""Quarters of a point: a kecamatan of ``HIGH`` counts one and a half times."""


class Failure(models.TextChoices):
    """Why no plan came of it, in words that say what to do."""

    NOTHING_DUE = (
        "nothing_due",
        _(
            "No RW, school or community is due in this quarter. Choose another programme or "
            "quarter."
        ),
    )
    NOBODY = (
        "nobody",
        _(
            "None of these facilitators can hold these programmes. Choose others, or say in "
            "the list of facilitators what each can hold."
        ),
    )
    NO_TIME = (
        "no_time",
        _(
            "No session fits the facilitators' days and hours. Look at their working hours "
            "and at the hours in which there are no sessions."
        ),
    )
    BROKEN = (
        "broken",
        _("Something went wrong. Work it out again; if it happens again, tell who runs this."),
    )


class Change(models.TextChoices):
    """What a person does with a visit."""

    MOVE = "move", _("Moved")
    ADD = "add", _("Added")
    DROP = "drop", _("Taken out")
    KEEP = "keep", _("Kept as it is")
    LET_GO = "let_go", _("Let go")


class Broken(models.TextChoices):
    """Which rule a visit breaks."""

    ENDED = (
        "ended",
        _("This RW, school or community is no longer in the register. Drop the visit."),
    )
    OUTSIDE = "outside", _("This day is outside the quarter.")
    PAST = "past", _("This time is over.")
    HOLIDAY = "holiday", _("This is a holiday.")
    FRIDAY = "friday", _("It runs into Friday prayer.")
    PRAYER = "prayer", _("It runs into a prayer time.")
    FASTING = "fasting", _("It runs into hours kept free in the fasting month.")
    SCHOOL_HOURS = "school_hours", _("Pupils are at school at this time.")
    NO_SCHOOL = "no_school", _("There are no lessons at this time.")
    VENUE_HOURS = "venue_hours", _("The place is closed at this time.")
    VENUE_TAKEN = "venue_taken", _("The place is taken by another session.")
    CLASSROOM = "classroom", _("There are lessons in this school at this time.")
    TOO_SMALL = "too_small", _("The place has too few seats.")
    NOT_ENOUGH = "not_enough", _("Too few facilitators for this programme.")
    SKILL = "skill", _("A facilitator cannot hold this programme.")
    LANGUAGE = "language", _("None of the facilitators speaks the language asked for.")
    NOT_WORKING = "not_working", _("A facilitator does not work at this time.")
    AWAY = "away", _("A facilitator is away on this day.")
    DOUBLE = "double", _("A facilitator already holds another session at this time.")
    TRAVEL = "travel", _("A facilitator cannot get from one session to the next in time.")
    DAY_FULL = "day_full", _("A facilitator would have too many sessions on this day.")
    WEEK_FULL = "week_full", _("A facilitator would have too many sessions in this week.")
    TWICE = (
        "twice",
        _(
            "This RW, school or community is in the plan already, for this programme, as "
            "often as it is due or too near to this day."
        ),
    )


class Left(models.TextChoices):
    """Why a request that has waited long has no visit in a plan."""

    NO_PROGRAMME = (
        "no_programme",
        _("no programme of this plan goes there for these people"),
    )
    NOT_FOUND = "not_found", _("what it names is not in the register")
    NO_RT = "no_rt", _("the register knows no RT there that could be invited")
    ALREADY = "already", _("a session is planned there already in these days")
    SAME_PLACE = "same_place", _("an older request of the same place is answered")
    MANY = "many", _("there are more old requests than sessions")
    NO_TIME = "no_time", _("no day and hour with enough facilitators was found")
    DROPPED = "dropped", _("its visit was taken out, or the request came to light later")
