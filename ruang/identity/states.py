"""What a member's account can be, and how it gets there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """An account's state. Only ACTIVE signs in; WAITING signs in but holds no desk key yet."""

    INVITED = "invited", _("Invited")
    WAITING = "waiting", _("Waiting for confirmation")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    REMOVED = "removed", _("Removed")


class Step(models.TextChoices):
    """What can be done with an account."""

    JOIN = "join", _("Accept the invitation")
    CONFIRM = "confirm", _("Confirm")
    SUSPEND = "suspend", _("Suspend")
    RETURN = "return", _("Let return")
    REMOVE = "remove", _("Remove")


MOVES: dict[Step, tuple[frozenset[State], State]] = {
    Step.JOIN: (frozenset({State.INVITED}), State.WAITING),
    Step.CONFIRM: (frozenset({State.WAITING}), State.ACTIVE),
    Step.SUSPEND: (frozenset({State.WAITING, State.ACTIVE}), State.SUSPENDED),
    Step.RETURN: (frozenset({State.SUSPENDED}), State.WAITING),
    Step.REMOVE: (
        frozenset({State.INVITED, State.WAITING, State.ACTIVE, State.SUSPENDED}),
        State.REMOVED,
    ),
}

SIGNS_IN = frozenset({State.WAITING, State.ACTIVE})


class OrganisationKind(models.TextChoices):
    """What an organisation is in the city's protection of women and children."""

    CITY_OFFICE = "city_office", _("City office for women and children")
    LEGAL_AID = "legal_aid", _("Legal aid")
    PSYCHOLOGY = "psychology", _("Psychological service")
    HEALTH = "health", _("Health service")
    POLICE = "police", _("Police unit for women and children")
    PROSECUTION = "prosecution", _("Prosecutor or court")
    SOCIAL = "social", _("Social service")
    SHELTER = "shelter", _("Safe house")
    EDUCATION = "education", _("School or education office")
    RELIGION = "religion", _("Religious affairs")
    REGISTRY = "registry", _("Civil registry")
    COMMUNITY = "community", _("Community organisation")
    UNIVERSITY = "university", _("University")
    OTHER = "other", _("Other")


NOT_DIRECTLY = (
    OrganisationKind.SHELTER,
    OrganisationKind.PROSECUTION,
    OrganisationKind.OTHER,
)
"""Nobody walks in there for help: a safe house is secret, courts and offices act on papers."""
