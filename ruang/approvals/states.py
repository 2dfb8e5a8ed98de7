"""What is asked of a second person, and where the request stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What nobody does alone."""

    LOWER_REPORT = "lower_report", _("Lower the risk of a report")
    LOWER_CASE = "lower_case", _("Lower the risk of a case")
    CLOSE_CASE = "close_case", _("Close a case")
    UNMARK_REPORT = "tpks_report", _("Take TPKS off a report")
    UNMARK_CASE = "tpks_case", _("Take TPKS off a case")


OF_REPORTS = frozenset({Kind.LOWER_REPORT, Kind.UNMARK_REPORT})
"""What is asked about a report; the rest is about a case."""
UNMARKING = frozenset({Kind.UNMARK_REPORT, Kind.UNMARK_CASE})
"""What is asked about the mark of sexual violence; its code says why it would not apply."""
WHY = {
    "by_mistake": _("It was started by mistake"),
    "not_applicable": _("The rule does not apply after all"),
}
"""The code of such a request in words: the reasons for which a clock of the law ends."""


class State(models.TextChoices):
    """Where a request for approval stands."""

    ASKED = "asked", _("Waiting for the second person")
    GRANTED = "granted", _("Approved")
    REFUSED = "refused", _("Not approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Ended by itself: the matter has changed")


class Step(models.TextChoices):
    """What can be done with a request for approval."""

    GRANT = "grant", _("Approve")
    REFUSE = "refuse", _("Do not approve")
    WITHDRAW = "withdraw", _("Withdraw the request")
    LAPSE = "lapse", _("End the request: it cannot be granted any more")


MOVES: dict[Step, tuple[frozenset[State], State]] = {
    # step          from                        to
    Step.GRANT: (frozenset({State.ASKED}), State.GRANTED),
    Step.REFUSE: (frozenset({State.ASKED}), State.REFUSED),
    Step.WITHDRAW: (frozenset({State.ASKED}), State.WITHDRAWN),
    Step.LAPSE: (frozenset({State.ASKED}), State.LAPSED),
}
APPROVAL = "approval"
"""Name of the key of a request."""
