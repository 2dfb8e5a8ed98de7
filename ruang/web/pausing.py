"""What a form says of how long a clock can pause here."""

from django.utils.translation import gettext as _

from ruang.territory import queries as territory


def pause_hint() -> str:
    """Return how long a pause can last, in words."""
    most = territory.city().pause_days
    return _("At most %(most)d days ahead. Then the clock runs on by itself.") % {"most": most}
