"""For which pages filters are kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Page(models.TextChoices):
    """A list that can be narrowed."""

    DESK = "desk", _("Report desk")
