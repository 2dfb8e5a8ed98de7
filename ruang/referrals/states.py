"""A request to a partner's desk: asked, taken, checked, accepted, answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a request stands."""

    SENT = "sent", _("Waiting for an answer")
    CHECKING = "checking", _("Taken, names being checked")
    ACCEPTED = "accepted", _("Under way")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("No answer in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("The time agreed on ended")
    DONE = "done", _("Finished")


class Step(models.TextChoices):
    """What can be done with a request."""

    TAKE = "take", _("Accept")
    CONFIRM = "confirm", _("I know none of them")
    HAND_BACK = "hand_back", _("I know one of them")
    PUT_BACK = "put_back", _("Put it back for a colleague")
    DECLINE = "decline", _("Cannot accept")
    WITHDRAW = "withdraw", _("Withdraw")
    EXPIRE = "expire", _("Let it expire")
    LAPSE = "lapse", _("End what was shared")
    FINISH = "finish", _("Finish with an outcome")


_S = State
MOVES: dict[Step, tuple[frozenset[State], State]] = {
    # step           from                                                to
    Step.TAKE: (frozenset({_S.SENT}), _S.CHECKING),
    Step.CONFIRM: (frozenset({_S.CHECKING}), _S.ACCEPTED),
    Step.HAND_BACK: (frozenset({_S.CHECKING}), _S.SENT),
    Step.PUT_BACK: (frozenset({_S.CHECKING}), _S.SENT),
    Step.DECLINE: (frozenset({_S.SENT, _S.CHECKING}), _S.DECLINED),
    Step.WITHDRAW: (frozenset({_S.SENT, _S.CHECKING, _S.ACCEPTED}), _S.WITHDRAWN),
    Step.EXPIRE: (frozenset({_S.SENT, _S.CHECKING}), _S.EXPIRED),
    Step.LAPSE: (frozenset({_S.ACCEPTED}), _S.LAPSED),
    Step.FINISH: (frozenset({_S.ACCEPTED}), _S.DONE),
}
OFFERED = frozenset({State.SENT, State.CHECKING})
"""While here, the package still exists."""
RUNNING = frozenset(state for sources, _target in MOVES.values() for state in sources)
"""While here, something can still happen."""
TAKEN = (State.CHECKING, State.ACCEPTED, State.LAPSED, State.DONE)
"""Here somebody has taken it."""
SEEN_BY_ASKED = RUNNING | {State.DONE}
"""What was declined, ran out or was withdrawn does not exist for the asked desk any more."""
TAKES_PART = frozenset({*OFFERED, *TAKEN})
"""Here it runs, or somebody has taken it: she reads that her case was referred."""
REQUEST, NAMES = "request", "names"
"""The two keys of a request: what is asked; the names, for the one check."""


class Need(models.TextChoices):
    """What a partner is asked for (the official services, domain.md §2.1)."""

    HEALTH = "health", _("Health")
    LEGAL = "legal", _("Legal help")
    POLICE = "police", _("Law enforcement")
    PSYCHOLOGY = "psychology", _("Psychological support")
    SHELTER = "shelter", _("Temporary shelter")
    SOCIAL = "social", _("Social rehabilitation")
    REINTEGRATION = "reintegration", _("Social reintegration")
    RETURN_HOME = "return_home", _("Return home")
    RELIGIOUS = "religious", _("Accompaniment by religious leaders")
    SCHOOL = "school", _("School")
    OTHER = "other", _("Other")


class Decline(models.TextChoices):
    """Why a partner cannot."""

    NO_CAPACITY = "no_capacity", _("No capacity now")
    NOT_OUR_FIELD = "not_our_field", _("Not our field")
    TOO_FAR = "too_far", _("Too far")
    CONFLICT = "conflict", _("Conflict of interest")
    OTHER = "other", _("Other reason")


class Result(models.TextChoices):
    """How the help ended."""

    GIVEN = "given", _("Help was given")
    PARTLY = "partly", _("Given in part")
    NOT_GIVEN = "not_given", _("Could not be given")
    SHE_DECLINED = "she_declined", _("She did not want it")
