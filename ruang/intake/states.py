"""A report's life at the desk, and the closed lists of the first questions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ruang.kernel.codes import (
    JUDGED,
    RANK,
    Age,
    FileKind,
    Help,
    HelperSex,
    IfOthersAnswer,
    MessageKind,
    Risk,
    Side,
    Way,
    Who,
)

__all__ = [
    "COMPARTMENTS",
    "JUDGED",
    "MOVES",
    "ON_PAPER",
    "OPEN",
    "RANK",
    "SAID",
    "Age",
    "Checked",
    "Discard",
    "Door",
    "DraftStep",
    "FileKind",
    "Help",
    "HelperSex",
    "IfOthersAnswer",
    "MessageKind",
    "Reopened",
    "Risk",
    "Safety",
    "Side",
    "State",
    "Step",
    "TakenWhy",
    "Way",
    "Who",
]  # fmt: skip


class State(models.TextChoices):
    """Where a report stands."""

    NEW = "new", _("Not taken yet")
    CLAIMED = "claimed", _("Being handled")
    DECIDED = "decided", _("Decided")


class Step(models.TextChoices):
    """What can be done with a report at the desk."""

    CLAIM = "claim", _("Take")
    PASS_ON = "pass_on", _("Hand to a colleague")
    PUT_BACK = "put_back", _("Put back")
    TAKE_BACK = "take_back", _("Take over from a colleague")
    FREE = "free", _("Free it")
    RATE = "rate", _("Set the risk")
    REPLY = "reply", _("Write to the reporter")
    TAKE_OVER = "take_over", _("Use the new contact")
    PAUSE = "pause", _("Pause the clock")
    RESUME = "resume", _("Let the clock run again")
    DECIDE = "decide", _("Decide")
    CHECK = "check", _("Ask for danger signs")
    IDENTIFY = "identify", _("Identify: kind, authority, TPKS")
    LOWER = "lower", _("Ask to lower the risk")
    UNMARK = "unmark", _("Ask to take TPKS off")
    LEGAL = "legal", _("Keep a clock of the law")
    NEW_CODE = "new_code", _("Give a new code")
    ANSWERED = "answered", _("Answered in another way")
    REOPEN = "reopen", _("Open it again")
    TPKS = "tpks", _("Say whether it is sexual violence (TPKS)")


MOVES: dict[Step, tuple[frozenset[State], State | None]] = {
    # step              from                                       to (None: stays)
    Step.CLAIM: (frozenset({State.NEW}), State.CLAIMED),
    Step.PASS_ON: (frozenset({State.CLAIMED}), None),
    Step.PUT_BACK: (frozenset({State.CLAIMED}), State.NEW),
    Step.TAKE_BACK: (frozenset({State.CLAIMED, State.DECIDED}), None),
    Step.FREE: (frozenset({State.CLAIMED}), State.NEW),
    Step.RATE: (frozenset({State.NEW, State.CLAIMED}), None),
    Step.REPLY: (frozenset({State.CLAIMED, State.DECIDED}), None),
    Step.TAKE_OVER: (frozenset({State.CLAIMED, State.DECIDED}), None),
    Step.PAUSE: (frozenset({State.CLAIMED}), None),
    Step.RESUME: (frozenset({State.CLAIMED}), None),
    Step.DECIDE: (frozenset({State.CLAIMED}), State.DECIDED),
    Step.CHECK: (frozenset({State.NEW, State.CLAIMED}), None),
    Step.IDENTIFY: (frozenset({State.NEW, State.CLAIMED}), None),
    Step.LOWER: (frozenset({State.NEW, State.CLAIMED}), None),
    Step.UNMARK: (frozenset({State.NEW, State.CLAIMED}), None),
    Step.LEGAL: (frozenset({State.NEW, State.CLAIMED, State.DECIDED}), None),
    Step.NEW_CODE: (frozenset({State.CLAIMED, State.DECIDED}), None),
    Step.ANSWERED: (frozenset({State.DECIDED}), None),
    Step.REOPEN: (frozenset({State.DECIDED}), State.CLAIMED),
    Step.TPKS: (frozenset({State.NEW, State.CLAIMED}), None),
}
OPEN = frozenset({State.NEW, State.CLAIMED})


class Door(models.TextChoices):
    """By which door a report came."""

    WEB = "web", _("Online report")
    PHONE = "phone", _("Telephone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    WALK_IN = "walk_in", _("Walk-in")
    LETTER = "letter", _("Letter")
    REFERRED = "referred", _("Referred by an institution")
    HANDED = "handed", _("Handed over by an institution")
    CADRE = "cadre", _("PATBM cadre")
    SESSION = "session", _("Told at a session of prevention")


ON_PAPER = frozenset({Door.LETTER, Door.REFERRED, Door.HANDED})
"""Doors by which something written comes, with a sender and often a number of theirs."""


class Safety(models.TextChoices):
    """Answer to the first question: are you safe now?"""

    SAFE = "safe", _("Yes, I am safe to fill this in")
    SHORT = "short", _("I am safe, but I have little time")
    DANGER = "danger", _("No, there is danger now")
    UNKNOWN = "unknown", _("I do not know / I would rather not say")


class DraftStep(models.TextChoices):
    """What happens to a draft; that it is saved again is no step."""

    BEGIN = "begin", _("Begun")
    DANGER = "danger", _("Danger was said")
    REST = "rest", _("Rests, not finished")
    TAKE_OVER = "take_over", _("Taken over")
    FINISH = "finish", _("Finished")
    DISCARD = "discard", _("Discarded")


class Discard(models.TextChoices):
    """Why a draft is thrown away."""

    NO_REPORT = "no_report", _("It was no report (wrong number, a question, a silent call)")
    DOUBLE = "double", _("It is recorded already")
    MISTAKE = "mistake", _("Begun by mistake, or to try it out")
    HER_WISH = "her_wish", _("The person does not want it kept")


class Checked(models.TextChoices):
    """How an officer made sure that whoever asks for a new code is the reporter."""

    CALLED = "called", _("I called back in the safe way, and what was told fits")
    TRUSTED = "trusted", _("The trusted person who was named arranged the conversation")
    IN_PERSON = "in_person", _("The person is here, and what was told fits")


class TakenWhy(models.TextChoices):
    """Why a report was taken out of the hands of whoever held it."""

    AWAY = "away", _("Whoever held it is away or ill")
    URGENT = "urgent", _("Somebody has to act before whoever held it can")
    AGREED = "agreed", _("We agreed on it")
    NEAR = "near", _("Whoever held it knows somebody in it")
    LEFT = "left", _("The account of whoever held it ended")
    BARRED = "barred", _("Whoever held it was barred from the case")


class Reopened(models.TextChoices):
    """Why a report that was decided is opened again."""

    NEWS = "news", _("What she wrote since changes it")
    MISTAKE = "mistake", _("It was decided by mistake")
    HER_WISH = "her_wish", _("She wishes it")
    LOOKED = "looked", _("Somebody looked at it again and sees it otherwise")


SAID = tuple(why for why in TakenWhy if why not in {TakenWhy.LEFT, TakenWhy.BARRED})
"""Reasons a person gives; the last two are the system's."""

COMPARTMENTS = ("contact", "story")
"""The two keys of a report: who and how to reach; what was told."""
