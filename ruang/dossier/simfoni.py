"""The code lists of the national register SIMFONI-PPA and of UU 12/2022 ps 4 (domain.md §2).

A test compares each with its source. The codes are permanent: they stand in sealed texts.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Form(models.TextChoices):
    """Forms of violence; more than one may be chosen (§2.1)."""

    PHYSICAL = "physical", _("Physical")
    PSYCHIC = "psychic", _("Psychological")
    SEXUAL = "sexual", _("Sexual")
    EXPLOITATION = "exploitation", _("Exploitation")
    TRAFFICKING = "trafficking", _("Trafficking")
    NEGLECT = "neglect", _("Neglect")
    OTHER = "other", pgettext_lazy("SIMFONI", "Other")


class Place(models.TextChoices):
    """Where it happened (§2.1). Online violence has no place of its own in the register."""

    HOUSEHOLD = "household", _("Household")
    WORK = "work", _("Place of work")
    SCHOOL = "school", pgettext_lazy("SIMFONI", "School")
    PUBLIC = "public", _("Public facility")
    SHORT_COURSE = "short_course", _("Short-course institution")
    OTHER = "other", pgettext_lazy("SIMFONI", "Other")


class Relation(models.TextChoices):
    """What the reported person is to the survivor; counted per pair (§2.1)."""

    PARENT = "parent", _("Parent")
    FAMILY = "family", _("Family or sibling")
    SPOUSE = "spouse", _("Husband or wife")
    NEIGHBOUR = "neighbour", _("Neighbour")
    FRIEND = "friend", _("Partner or friend")
    TEACHER = "teacher", _("Teacher")
    EMPLOYER = "employer", _("Employer")
    COLLEAGUE = "colleague", _("Colleague at work")
    OTHER = "other", pgettext_lazy("SIMFONI", "Other")
    NOT_KNOWN = "na", pgettext_lazy("SIMFONI", "NA")


class AgeGroup(models.TextChoices):
    """Groups of age (§2.1)."""

    TO_5 = "0-5", "0-5"
    TO_12 = "6-12", "6-12"
    TO_17 = "13-17", "13-17"
    TO_24 = "18-24", "18-24"
    TO_44 = "25-44", "25-44"
    TO_59 = "45-59", "45-59"
    FROM_60 = "60+", "60+"


_UPPER = ((5, AgeGroup.TO_5), (12, AgeGroup.TO_12), (17, AgeGroup.TO_17), (24, AgeGroup.TO_24),
          (44, AgeGroup.TO_44), (59, AgeGroup.TO_59))  # fmt: skip


def age_group(years: int) -> AgeGroup:
    """Return the group an age belongs to."""
    return next((group for most, group in _UPPER if years <= most), AgeGroup.FROM_60)


class Sex(models.TextChoices):
    """Sex as the register asks it."""

    WOMAN = "woman", _("Woman or girl")
    MAN = "man", _("Man or boy")


class Education(models.TextChoices):
    """Last education (§2.2)."""

    NONE = "none", _("NA / no school")
    KINDERGARTEN = "tk", _("Kindergarten")
    PRIMARY = "sd", _("Primary school")
    LOWER = "smp", _("Lower secondary school")
    UPPER = "sma", _("Upper secondary school")
    HIGHER = "s", _("Bachelor, master or doctor")


class Job(models.TextChoices):
    """Work (§2.2)."""

    TRADE = "trade", _("Trade, farming or fishing")
    PRIVATE = "private", _("Private employee or labourer")
    STATE = "state", _("Civil servant, army or police")
    PUPIL = "pupil", _("Pupil or student")
    HOUSEWIFE = "housewife", _("Housewife")
    NONE = "none", _("Not working")


class Marital(models.TextChoices):
    """Marital status (§2.2)."""

    SINGLE = "single", _("Not married yet")
    MARRIED = "married", _("Married")
    WIDOWED = "widowed", _("Widowed or divorced")
    UNREGISTERED = "sirri", _("Unregistered marriage")


class Trafficking(models.TextChoices):
    """Kinds of trafficking (§2.2)."""

    SEXUAL = "sexual", _("Sexual exploitation")
    SLAVERY = "slavery", _("Slavery")
    ORGANS = "organs", _("Trade in organs")
    DRUGS = "drugs", _("Drugs")


class Tpks(models.TextChoices):
    """Offences of UU 12/2022 ps 4: nine of subsection (1), ten of subsection (2) (§2.4)."""

    NON_PHYSICAL = "non_physical", _("Non-physical sexual harassment")
    PHYSICAL = "physical", _("Physical sexual harassment")
    CONTRACEPTION = "contraception", _("Forced contraception")
    STERILISATION = "sterilisation", _("Forced sterilisation")
    MARRIAGE = "marriage", _("Forced marriage")
    TORTURE = "torture", _("Sexual torture")
    EXPLOITATION = "exploitation", _("Sexual exploitation (TPKS)")
    SLAVERY = "slavery", _("Sexual slavery")
    ELECTRONIC = "electronic", _("Sexual violence by electronic means")
    RAPE = "rape", _("Rape")
    INDECENT = "indecent", _("Indecent act")
    CHILD = "child", _("Intercourse with, indecent act on, or exploitation of a child")
    DECENCY = "decency", _("Violation of decency against the victim's will")
    PORNOGRAPHY = "pornography", _("Pornography with children, or violent pornography")
    PROSTITUTION = "prostitution", _("Forced prostitution")
    TRAFFICKING = "trafficking", _("Trafficking for sexual exploitation")
    HOUSEHOLD = "household", _("Sexual violence in the household")
    LAUNDERING = "laundering", _("Money laundering from sexual violence")
    OTHER = "other", _("Another offence that a law names sexual violence")


class Handling(models.TextChoices):
    """Stages of the legal handling (*Penanganan*, §2.2)."""

    EXAMINATION = "examination", _("Examination")
    INQUIRY = "inquiry", _("Preliminary inquiry")
    INVESTIGATION = "investigation", _("Investigation")
    ARREST = "arrest", _("Arrest")
    DETENTION = "detention", _("Detention")
    SEARCH = "search", _("Search by the police")
    SEIZURE = "seizure", _("Seizure")
    PRE_PROSECUTION = "pre_prosecution", _("Pre-prosecution")
    DIVERSION = "diversion", _("Diversion")
    PROSECUTION = "prosecution", _("Prosecution")
    COURT = "court", _("Court, first or second instance")
    CASSATION = "cassation", _("Cassation")
    REVIEW = "review", _("Judicial review")
