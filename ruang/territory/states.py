"""What a region can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The four levels of the Kemendagri code: 36, 36.73, 36.73.01, 36.73.01.1001."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City or regency")
    DISTRICT = "district", _("District (kecamatan)")
    VILLAGE = "village", _("Village (kelurahan or desa)")


LEVELS = (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.VILLAGE)
"""By number of parts in the code, smallest first."""


def level_of(code: str) -> Level:
    """Return the level a code belongs to."""
    return LEVELS[code.count(".")]
