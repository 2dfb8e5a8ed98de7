"""What kinds of records a case has, and what can be done with one.

A record is never deleted: it is set aside with a reason, and can be brought back.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a record is."""

    PERSON = "person", _("Person")
    SUSPECT = "suspect", _("Reported person")
    RELATION = "relation", _("Relation")
    INCIDENT = "incident", _("Incident")
    ASSESSMENT = "assessment", _("Assessment")
    SAFETY_PLAN = "safety_plan", _("Safety plan")
    RISK_ADULT = "risk_adult", _("Danger signs (adult)")
    RISK_CHILD = "risk_child", _("Danger signs (child)")
    LEGAL_STEP = "legal_step", _("Legal step")


class State(models.TextChoices):
    """Whether a record counts."""

    LIVE = "live", _("In force")
    RETIRED = "retired", _("Set aside")


class Step(models.TextChoices):
    """What can be done with a record."""

    SAVE = "save", _("Save changes")
    ENTER = "enter", _("Write down the entry")
    RETIRE = "retire", _("Set aside")
    RESTORE = "restore", _("Bring back")


MOVES: dict[Step, tuple[frozenset[State], State | None]] = {
    # step        from                          to (None: stays)
    Step.SAVE: (frozenset({State.LIVE}), None),
    Step.ENTER: (frozenset({State.LIVE}), None),
    Step.RETIRE: (frozenset({State.LIVE}), State.RETIRED),
    Step.RESTORE: (frozenset({State.RETIRED}), State.LIVE),
}

ADD = "add"
"""The step by which a record begins, in its facts."""


class Reason(models.TextChoices):
    """Why a record was set aside."""

    MISTAKE = "mistake", _("Written by mistake")
    TWICE = "twice", _("It stands here twice")
    OTHER_CASE = "other_case", _("It belongs to another case")
    NOT_TRUE = "not_true", _("It turned out not to be so")
