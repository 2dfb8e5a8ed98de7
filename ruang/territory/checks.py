"""What a typed name or time zone becomes before it is stored."""

from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext_lazy as _

from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy


def checked_name(typed: str, longest: int) -> str:
    """Return a name as it is stored.

    :raises Refused: if it is empty or too long
    """
    name = " ".join(tidy(typed).split())
    if not name or len(name) > longest:
        raise Refused(_("Give a name of at most %(longest)d letters.") % {"longest": longest})
    return name


def checked_zone(name: str) -> str:
    """Return the name of a time zone.

    :raises Refused: if this machine knows no such zone
    """
    if name not in available_timezones():
        raise Refused(_("There is no such time zone. Indonesia has Asia/Jakarta and others."))
    return ZoneInfo(name).key
