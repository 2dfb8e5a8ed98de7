"""What the reporter is told when a case is closed or reopened, until the manager changes it."""

from django.utils import translation
from django.utils.translation import gettext as _


def at_closing(language: str) -> str:
    """Return the message that goes with the closing of a case, in her language."""
    with translation.override(language):
        return _(
            "For now, what we set out to do together is done. You can come back at any time: "
            "the same code opens this page, and we read what you write."
        )


def at_reopening(language: str) -> str:
    """Return the message that goes with the reopening of a case, in her language."""
    with translation.override(language):
        return _("We go on together. Your number and your code stay the same.")
