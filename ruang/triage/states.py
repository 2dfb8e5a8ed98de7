"""How a report is decided, and what the reporter may see of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ruang.kernel.codes import Ground as Ground  # noqa: PLC0414 - a word of this context too


class Outcome(models.TextChoices):
    """What becomes of a report."""

    CASE = "case", _("Open a case")
    COUNSELLING = "counselling", _("Counselling only")
    REFER = "refer", _("Refer: a partner helps, we stay in charge")
    HAND_OVER = "hand_over", _("Hand over to another institution")
    NOT_OURS = "not_ours", _("Not ours: say where to go")
    NOT_A_REPORT = "not_report", _("Not a report")
    SAME_AS = "same_as", _("The same as another report")


BECOMES_CASE = frozenset({Outcome.CASE, Outcome.REFER})
OVER = frozenset({Outcome.NOT_OURS, Outcome.NOT_A_REPORT})
"""After these nothing more is done for her."""
ALONE = _("High risk or danger now: open it, and decide it on its own.")
IN_BULK = (Outcome.NOT_A_REPORT, Outcome.SAME_AS)
"""What can be decided of many reports at once, when they come in floods."""


MINUTES = "minutes"
"""Name of the key of the minutes of a hand-over."""


class PublicStatus(models.TextChoices):
    """The plain words the reporter reads (design.md §10)."""

    RECEIVED = "received", _("Received")
    IN_HAND = "in_hand", _("Being handled")
    REFERRED = "referred", _("Referred")
    WAITING = "waiting", _("Waiting for your answer")
    DONE = "done", _("Help finished")
