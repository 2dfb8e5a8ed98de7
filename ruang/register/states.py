"""The closed lists of the register: age bands, and kinds of place."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(models.TextChoices):
    """As the population register counts."""

    FEMALE = "female", _("Women and girls")
    MALE = "male", _("Men and boys")


class Band(models.TextChoices):
    """Bands of age in which people are counted; a child is under 18 (UU 35/2014)."""

    TODDLER = "0_5", _("0–5 years")
    PUPIL = "6_12", _("6–12 years")
    TEEN = "13_17", _("13–17 years")
    YOUNG = "18_24", _("18–24 years")
    ADULT = "25_59", _("25–59 years")
    ELDER = "60_up", _("60 years and over")


CHILDREN = (Band.TODDLER, Band.PUPIL, Band.TEEN)


class SchoolLevel(models.TextChoices):
    """Levels of school, religious ones beside their equal."""

    PRESCHOOL = "preschool", _("PAUD, TK, RA")
    PRIMARY = "primary", _("SD, MI")
    JUNIOR = "junior", _("SMP, MTs")
    SENIOR = "senior", _("SMA, SMK, MA")
    SPECIAL = "special", _("SLB")
    BOARDING = "boarding", _("Boarding school (pesantren)")


class CommunityKind(models.TextChoices):
    """Groups of people who meet anyway."""

    PKK = "pkk", _("PKK")
    YOUTH = "youth", _("Youth group")
    FAITH = "faith", _("Religious circle")
    WORK = "work", _("Workplace")
    DISABILITY = "disability", _("Organisation of people with disabilities")
    STUDENTS = "students", _("Students")
    OTHER = "other", _("Other community")


class VenueKind(models.TextChoices):
    """Places where people can be called together."""

    HALL = "hall", _("Neighbourhood hall")
    SCHOOL = "school", _("School")
    HEALTH_POST = "health_post", _("Posyandu")
    WORSHIP = "worship", _("Place of worship")
    OFFICE = "office", _("Office of the kelurahan")
    OTHER = "other", _("Other place")


class Ending(models.TextChoices):
    """Why a row of the register ended."""

    SPLIT = "split", _("Split")
    MERGED = "merged", _("Merged")
    CLOSED = "closed", _("Closed")
    MISTAKE = "mistake", _("Entered by mistake")


class Kind(models.TextChoices):
    """The kinds of place in the register."""

    RW = "rw", _("RW")
    RT = "rt", _("RT")
    SCHOOL = "school", _("School")
    COMMUNITY = "community", _("Community")
    VENUE = "venue", _("Venue")


LISTS = (Kind.RT, Kind.SCHOOL, Kind.COMMUNITY, Kind.VENUE)
"""What comes and goes as a list: RW come with their RT."""

RUNG = (Kind.RW, Kind.RT, Kind.SCHOOL, Kind.COMMUNITY)
"""Where there is somebody to ring."""


class Step(models.TextChoices):
    """What is done to a place."""

    ADD = "add", _("Added")
    CHANGE = "change", _("Corrected")
    SPLIT = "split", _("Split")
    MERGE = "merge", _("Merged")
    MOVE = "move", pgettext_lazy("an RT", "Put into another RW")
    END = "end", pgettext_lazy("a place", "Ended")
    LIST = "list", _("Taken over from a list")


class ListStep(models.TextChoices):
    """What is done to a list that was brought."""

    STAGE = "stage", _("Read")
    APPLY = "apply", pgettext_lazy("a list", "Taken over")
    DROP = "drop", _("Dropped")
