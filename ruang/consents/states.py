"""A ground on which something is shared: given, withdrawn, over; and its closed lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a consent stands."""

    GIVEN = "given", _("In force")
    WITHDRAWN = "withdrawn", _("Taken back")
    ENDED = "ended", _("Its time is over")
    REPLACED = "replaced", _("Replaced by another ground")


class Step(models.TextChoices):
    """What can be done with a consent that was given."""

    WITHDRAW = "withdraw", _("Take this consent back")
    END = "end", _("Let it end")
    RENEW = "renew", _("Put it on another ground")


MOVES: dict[Step, tuple[frozenset[State], State]] = {
    # step          from                       to
    Step.WITHDRAW: (frozenset({State.GIVEN}), State.WITHDRAWN),
    Step.END: (frozenset({State.GIVEN}), State.ENDED),
    Step.RENEW: (frozenset({State.GIVEN}), State.REPLACED),
}


class Basis(models.TextChoices):
    """On what ground something is shared (UU PDP 27/2022 ps 20(2); domain.md §1.4)."""

    CONSENT = "consent", _("Her consent")
    VITAL = "vital", _("Vital interest: a life or health is in danger")
    LAW = "law", _("A law requires it")
    PUBLIC = "public", _("A public duty or service")


class ConsentWay(models.TextChoices):
    """How consent was given."""

    WRITTEN = "written", _("In writing")
    SPOKEN = "spoken", _("Spoken, recorded by the officer")
    THREAD = "thread", _("In the messages under her code")


class Giver(models.TextChoices):
    """Who agreed. Sealed: it says how somebody stands to a child (UU 27/2022 ps 25, 26)."""

    SELF = "self", _("She herself")
    GUARDIAN = "guardian", _("A parent or guardian")
    SAFE_GUARDIAN = "safe_guardian", _("A safe guardian (wali aman), not the parent")


class Purpose(models.TextChoices):
    """What it is shared for: the needs a partner is asked for, and what is no request."""

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
    COORDINATION = "coordination", _("Coordination between the organisations that help")
    STATISTICS = "statistics", _("Entry in SIMFONI-PPA and statistics")


ONLY_CODES = frozenset({Purpose.STATISTICS})
"""For these no part of the case is opened to anybody."""
