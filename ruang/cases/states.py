"""A case's life, its compartments, and what stands in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", _("Being helped")
    CLOSED = "closed", _("Closed")


class Step(models.TextChoices):
    """What can be done with a case as a whole."""

    WRITE = "write", _("Write a note")
    REPLY = "reply", _("Write to the reporter")
    CHANGE_TEAM = "change_team", _("Change the team")
    RATE = "rate", _("Set the risk")
    CLOSE = "close", _("Close the case")
    IDENTIFY = "identify", _("Identify: kind, authority, TPKS")
    LOWER = "lower", _("Ask to lower the risk")
    UNMARK = "unmark", _("Ask to take TPKS off")
    LEGAL = "legal", _("Keep a clock of the law")
    CONTACT = "contact", _("Take over how she is reached")
    REOPEN = "reopen", _("Reopen the case")
    ENTER = "enter", _("Write down the entry in SIMFONI")
    ANSWERED = "answered", _("Answered in another way")
    READ_AGAIN = "read_again", _("Read what was told again")
    TPKS = "tpks", _("Say whether it is sexual violence (TPKS)")


MOVES: dict[Step, tuple[frozenset[State], State | None]] = {
    # step              from                         to (None: stays)
    Step.WRITE: (frozenset({State.OPEN}), None),
    Step.REPLY: (frozenset({State.OPEN, State.CLOSED}), None),
    Step.CHANGE_TEAM: (frozenset({State.OPEN, State.CLOSED}), None),
    Step.RATE: (frozenset({State.OPEN}), None),
    Step.CLOSE: (frozenset({State.OPEN}), State.CLOSED),
    Step.IDENTIFY: (frozenset({State.OPEN}), None),
    Step.LOWER: (frozenset({State.OPEN}), None),
    Step.UNMARK: (frozenset({State.OPEN}), None),
    Step.LEGAL: (frozenset({State.OPEN, State.CLOSED}), None),
    Step.CONTACT: (frozenset({State.OPEN, State.CLOSED}), None),
    Step.ENTER: (frozenset({State.OPEN, State.CLOSED}), None),
    Step.REOPEN: (frozenset({State.CLOSED}), State.OPEN),
    Step.ANSWERED: (frozenset({State.OPEN, State.CLOSED}), None),
    Step.READ_AGAIN: (frozenset({State.OPEN, State.CLOSED}), None),
    Step.TPKS: (frozenset({State.OPEN}), None),
}


class Compartment(models.TextChoices):
    """The parts of a case; each has its own key (vault.md §1)."""

    IDENTITY = "identity", _("Who it is and how to reach")
    NARRATIVE = "narrative", _("What was told")
    THREAD = "thread", _("Messages with the reporter")
    HEALTH = "health", _("Health")
    LEGAL = "legal", _("Legal")
    EVIDENCE = "evidence", _("Files and evidence")
    PLAN = "plan", _("Plan and shared notes")
    SUSPECT = "suspect", _("Reported person")


SHAREABLE = tuple(part for part in Compartment if part is not Compartment.THREAD)
"""What a partner can be given; the thread stays with manager, deputy and reporter."""


class Part(models.TextChoices):
    """What somebody is in a case."""

    MANAGER = "manager", _("Case manager")
    DEPUTY = "deputy", _("Deputy")
    TEAM = "team", _("Colleague of the office")
    PARTNER = "partner", _("Partner")


LEADS = (Part.MANAGER, Part.DEPUTY)
"""The two who always hold everything."""
OWN = (*LEADS, Part.TEAM)
"""Who works for the office that has the case."""
HELPERS = (Part.TEAM, Part.PARTNER)
"""Who reads what was chosen, and is added and taken off by manager and deputy."""


class EntryKind(models.TextChoices):
    """What a text in a compartment is."""

    CONTACT = "contact", _("How to reach")
    STORY = "story", _("What was told")
    DETAILS = "details", _("Answers to the other questions")
    MUST_NOT_READ = "must_not_read", _("Who must not read this")
    NAMES = "names", _("Names of those involved")
    NOTE = "note", _("Note")
    OUTCOME = "outcome", _("Outcome of a partner's help")
    CLOSING = "closing", _("Closing note")
    REOPENING = "reopening", _("Why it was reopened")


class Closing(models.TextChoices):
    """With what a case was closed."""

    HELPED = "helped", _("Help finished")
    HER_WISH = "her_wish", _("Ended at her wish")
    MOVED = "moved", _("Taken over elsewhere")
    NO_CONTACT = "no_contact", _("Contact was lost")
    OTHER = "other", _("Other reason")


class Reminder(models.TextChoices):
    """Of what manager and deputy are reminded on a day; each has its own (ADR 0049)."""

    FOLLOW_UP = "follow_up", _("Ask how she is")
    LEGAL = "legal", _("Date of the legal track")
    SAFETY = "safety", _("Look at the safety plan again")


class Exclusion(models.TextChoices):
    """Why somebody may never see a case."""

    SURVIVOR = "survivor", _("Named by the survivor")
    MANAGER = "manager", _("Named by the case manager")
    KNOWS = "knows", _("Knows somebody involved")


class Change(models.TextChoices):
    """What happened to somebody's place on a team."""

    JOINED = "joined", _("Joined the team")
    LEFT = "left", _("Left the team")
    REMOVED = "removed", _("Taken off the team")
    ENDED = "ended", _("The time agreed on ended")
    MANAGES = "manages", _("Became case manager")
    DEPUTISES = "deputises", _("Became deputy")
    LOST = "lost", _("Lost the keys with the account")
    BARRED = "barred", _("Barred from this case")
    GIVEN = "given", _("May read more")
    TAKEN = "taken", _("May read less")
