"""Biopsychosocial and spiritual assessment, and what she needs and hopes (domain.md §1.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ruang.cases.states import Compartment
from ruang.dossier.schema import Field, Group, Names, Schema, Shape, Values, Words, one
from ruang.dossier.states import Kind
from ruang.dossier.values import day_in_words


class State(models.TextChoices):
    """How somebody is in one respect."""

    GOOD = "good", _("Steady")
    STRAINED = "strained", _("Under strain")
    URGENT = "urgent", _("Needs help at once")


class Mood(models.TextChoices):
    """What was seen or said of how she feels."""

    AFRAID = "afraid", _("Afraid")
    SAD = "sad", _("Sad, without hope")
    SLEEPLESS = "sleepless", _("Sleeps badly")
    ANGRY = "angry", _("Angry")
    NUMB = "numb", _("As if nothing reached her")
    SELF_HARM = "self_harm", _("Thinks of hurting herself")
    CALM = "calm", _("Calm")


class Support(models.TextChoices):
    """On whom she can count."""

    FAMILY = "family", _("Family")
    FRIENDS = "friends", _("Friends or neighbours")
    COMMUNITY = "community", _("RT, RW or community")
    FAITH = "faith", _("Religious community")
    SCHOOL = "school", _("School or work")
    NOBODY = "nobody", _("Nobody at present")


def _title(values: Values, names: Names) -> Words:
    who, day = names.get(one(values, "person"), ""), day_in_words(values, "assessed_on")
    return " · ".join(part for part in (who, day) if part) or _("Assessment")


ASSESSMENT = Schema(
    kind=Kind.ASSESSMENT,
    compartment=Compartment.HEALTH,
    add=_("Begin an assessment"),
    note=_("It may be saved half-way and gone on with later. Every version is kept."),
    groups=(
        Group(
            _("Of whom, when"),
            (
                Field("person", _("Of whom"), Shape.PERSON),
                Field("assessed_on", _("Day"), Shape.DATE),
                Field("present", _("Who was there")),
            ),
        ),
        Group(
            _("Body (bio)"),
            (
                Field("bio", _("Health of the body"), Shape.CHOICE, State),
                Field("injured", _("Injuries now?"), Shape.YES_NO),
                Field("pregnant", _("Pregnant?"), Shape.YES_NO),
                Field("bio_words", _("Injuries, illnesses, medicine, sleep, food"), Shape.LONG),
            ),
        ),
        Group(
            _("Mind (psycho)"),
            (
                Field("psycho", _("Health of the mind"), Shape.CHOICE, State),
                Field("mood", _("What was seen or said"), Shape.CHOICES, Mood),
                Field("psycho_words", _("In words"), Shape.LONG),
            ),
        ),
        Group(
            _("Life with others (social)"),
            (
                Field("social", _("Life with others"), Shape.CHOICE, State),
                Field("support", _("On whom she can count"), Shape.CHOICES, Support),
                Field("dependants", _("How many depend on her"), Shape.NUMBER),
                Field("income", _("Has an income of her own?"), Shape.YES_NO),
                Field("social_words", _("Home, family, work, school, money"), Shape.LONG),
            ),
        ),
        Group(
            _("Faith (spiritual)"),
            (
                Field("spiritual", _("What gives strength"), Shape.CHOICE, State),
                Field("spiritual_words", _("In words"), Shape.LONG),
            ),
        ),
        Group(
            _("Needs and hopes"),
            (
                Field("needs", _("What she needs"), Shape.LONG),
                Field("hopes", _("What she hopes for, in her words"), Shape.LONG),
                Field("conclusion", _("Conclusion of whoever assessed"), Shape.LONG),
            ),
        ),
    ),
    title=_title,
)
