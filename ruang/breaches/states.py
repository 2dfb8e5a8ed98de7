"""What a breach of personal data is, whom it concerns, and what has been done: codes alone.

UU 27/2022 ps 46: within 3 × 24 hours those concerned and the authority are told in writing what
data it was, when and how it happened, and what is done about it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a breach stands."""

    OPEN = "open", _("Notice is still to be given")
    TOLD = "told", _("Notice was given")
    ENDED = "ended", _("No notice is due")


class Step(models.TextChoices):
    """What can be done with a breach that is on record."""

    TELL = "tell", _("Record that notice was given")
    CLOCK = "clock", _("Keep its clock")
    END = "end", _("Say why no notice is due")


MOVES: dict[Step, tuple[frozenset[State], State | None]] = {
    # step        from                        to (None: stays)
    Step.TELL: (frozenset({State.OPEN}), State.TOLD),
    Step.CLOCK: (frozenset(State), None),
    Step.END: (frozenset({State.OPEN}), State.ENDED),
}


class Kind(models.TextChoices):
    """What happened."""

    STOLEN = "stolen", _("A device or paper was stolen or lost")
    MISSENT = "missent", _("Something was sent to the wrong person")
    INTRUDER = "intruder", _("Somebody got in who may not")
    SHOWN = "shown", _("Somebody saw or heard what was not for them")
    NOT_THERE = "not_there", _("Data were destroyed, or cannot be reached")
    OTHER = "other", _("Something else")


class Data(models.TextChoices):
    """What kinds of data it concerns; all but the last two are specific data (ps 4)."""

    HEALTH = "health", _("Health")
    CHILDREN = "children", _("Data of children")
    CRIME = "crime", _("What somebody is accused of, or suffered")
    MONEY = "money", _("Money of a person")
    CONTACT = "contact", _("Names, addresses, telephone numbers")
    STAFF = "staff", _("Accounts of those who work here")


class People(models.TextChoices):
    """Roughly how many people it concerns."""

    FEW = "few", _("Up to 10")
    TENS = "tens", _("11 to 100")
    HUNDREDS = "hundreds", _("101 to 1,000")
    MORE = "more", _("More than 1,000")
    UNKNOWN = "unknown", _("Not known yet")


class Told(models.TextChoices):
    """To whom notice was given."""

    CONCERNED = "concerned", _("Those whose data it is")
    AUTHORITY = "authority", _("The authority for personal data (lembaga PDP)")
    PUBLIC = "public", _("The public")


BOTH = frozenset({Told.CONCERNED, Told.AUTHORITY})
"""To these notice is always given; to the public where it disturbs services or is serious."""


class Said(models.TextChoices):
    """What a notice must say (ps 46(2))."""

    DATA = "data", _("Which personal data it was")
    WHEN_AND_HOW = "when_how", _("When and how it happened")
    DONE = "done", _("What is done about it, and to put it right")
