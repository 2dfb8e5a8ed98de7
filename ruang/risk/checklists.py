"""The questions. Our own wording of danger signs that are published as such (domain.md §4).

No instrument of somebody else is inside. An id is permanent; a changed question is a new id.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.kernel.codes import Age

VERSION = "2026-11"
SOURCE = "Ruang Kolaborasi, EUPL-1.2"
"""Where the wording comes from and on what terms; kept with every answer."""


class Answer(models.TextChoices):
    """What can be answered. No answer at all is a fourth thing, and never a no."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


@dataclass(frozen=True, slots=True)
class Item:
    """One question. A red flag alone makes the risk high."""

    id: str
    words: str | Promise
    is_red_flag: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """One list of questions, of one version.

    :ivar code: ``adult`` or ``child``
    """

    code: str
    version: str
    title: str | Promise
    items: tuple[Item, ...]

    @property
    def red_flags(self) -> tuple[Item, ...]:
        """Return the questions of which one yes is enough."""
        return tuple(item for item in self.items if item.is_red_flag)


def _red(code: str, words: str | Promise) -> Item:
    return Item(code, words, is_red_flag=True)


ADULT = Checklist(
    "adult",
    VERSION,
    _("Danger signs: adult"),
    (
        _red("strangled", _("Has anybody pressed her throat or taken her breath?")),
        _red("threat_kill", _("Has anybody threatened to kill her, the children or himself?")),
        _red("weapon", _("Was a weapon used or shown: a blade, fire, acid, anything heavy?")),
        _red("separating", _("Is she leaving now, or did she leave in the last months?")),
        _red("stalking", _("Is she followed, watched or searched for, also by telephone?")),
        _red("fears_death", _("Is she afraid that she will be killed or badly hurt?")),
        _red("escalation", _("Does it happen more often lately, or get worse?")),
        _red("pregnant", _("Is she hurt while pregnant or soon after giving birth?")),
        _red("child_danger", _("Is a child there in danger, hurt or threatened as well?")),
        _red("held", _("Is she kept from leaving, from her telephone or from getting help?")),
        _red("forced_sex", _("Is she forced into anything sexual?")),
        _red("self_harm", _("Does she think of ending her life?")),
        Item("control", _("Does he decide what she does, whom she meets and what she spends?")),
        Item("injured", _("Did she need treatment because of it?")),
        Item("drink_drugs", _("Does he drink or take drugs when it happens?")),
        Item("broke_word", _("Did he break an agreement or an order to stay away?")),
        Item("hurts_others", _("Has he hurt other people or animals?")),
        Item("dependent", _("Does she depend on him for money, a place to live or care?")),
        Item("images", _("Does anybody threaten to show pictures or messages of her?")),
        Item("alone", _("Is nobody near who knows of it and would help?")),
    ),
)
CHILD = Checklist(
    "child",
    VERSION,
    _("Danger signs: child"),
    (
        _red("within_reach", _("Can the one who hurts the child reach the child today?")),
        _red("sexual", _("Was the child touched, used or shown sexually?")),
        _red("strangled", _("Was the child shaken, or hit on the head, or throat pressed?")),
        _red("threat_kill", _("Has anybody threatened to kill the child or somebody close?")),
        _red("weapon", _("Was a weapon used or shown: a blade, fire, anything heavy?")),
        _red("self_harm", _("Does the child speak of dying, or hurt itself?")),
        _red("injured_now", _("Is the child injured, ill or in pain now?")),
        _red("left_alone", _("Is a small child left without food, care or anybody?")),
        _red("held", _("Is the child locked in, made to work, sold or taken away?")),
        _red("escalation", _("Does it happen more often lately, or get worse?")),
        _red("pregnant", _("Is the child pregnant, or to be married?")),
        _red("afraid_home", _("Is the child afraid to go home, or ran away from there?")),
        Item("under_six", _("Is the child younger than six?")),
        Item("no_adult", _("Is there no grown-up who believes and protects the child?")),
        Item("repeated", _("Did it happen more than once?")),
        Item("disability", _("Does a disability make it hard to tell or to get away?")),
        Item("out_of_school", _("Does the child stay away from school?")),
        Item("images", _("Are there pictures or messages, or threats to show them?")),
        Item("silence", _("Was the child told to keep quiet, or punished for telling?")),
        Item("witness", _("Does the child see grown-ups hurt each other at home?")),
    ),
)
CHECKLISTS: dict[Age, Checklist] = {Age.CHILD: CHILD, Age.ADULT: ADULT, Age.UNKNOWN: ADULT}
"""Child, adult or not known → the list that is asked; the other one can be chosen."""
SEXUAL = {ADULT.code: "forced_sex", CHILD.code: "sexual"}
"""List → the question whose yes speaks of sexual violence."""
BY_CODE = {one.code: one for one in (ADULT, CHILD)}
