"""What was told, in words: how to reach her, the other answers, who must not read it."""

from dataclasses import dataclass
from datetime import time

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ruang.kernel.codes import IfOthersAnswer, Way
from ruang.kernel.told import Contact, Details, Feedback

Words = str | Promise


@dataclass(frozen=True, slots=True, repr=False)
class Reach:
    """A contact in words."""

    way: Words
    hours: str
    if_others: Words
    reach: str
    note: str


def reach(contact: Contact) -> Reach:
    """Return a contact in words; codes that are not known say the careful thing."""
    known = contact.way in Way.values
    others = contact.if_others in IfOthersAnswer.values
    return Reach(
        way=Way(contact.way).label if known else Way.PAGE.label,
        hours=_hours(contact),
        if_others=IfOthersAnswer(contact.if_others).label if others else "",
        reach=contact.reach,
        note=contact.note,
    )


def answers(details: Details) -> tuple[tuple[Words, str], ...]:
    """Return the other answers that were given, with what was asked."""
    said: tuple[tuple[Words, str], ...] = (
        (_("Age"), details.age),
        (_("Place"), details.village),
        (_("When it happened"), details.when),
        (_("Who did it, in her words"), details.by_whom),
        (_("Language for talking"), details.helper_language),
    )
    return tuple((asked, answer) for asked, answer in said if answer)


def hours(start: time | None, end: time | None) -> str:
    """Return safe hours: 19.00–20.00, in English 19:00–20:00; empty for any hour."""
    return _said(f"{start:%H:%M}–{end:%H:%M}") if start and end else ""


def _hours(contact: Contact) -> str:
    both = contact.safe_from and contact.safe_until
    return _said(f"{contact.safe_from}–{contact.safe_until}") if both else ""


def _said(span: str) -> str:
    return span if (get_language() or "id").startswith("en") else span.replace(":", ".")


SAFE, HEARD, HELPED = (
    _("Were you safe while we helped you?"),
    _("Were you listened to?"),
    _("Did it help?"),
)
SAID: dict[str, Words] = {"yes": _("Yes"), "partly": _("Partly"), "no": _("No")}


def feedback_lines(feedback: Feedback) -> list[str]:
    """Return how the help was, one answer a line, then her own words."""
    asked = ((SAFE, feedback.safe), (HEARD, feedback.heard), (HELPED, feedback.helped))
    lines = [f"{question} {SAID[answer]}" for question, answer in asked if answer in SAID]
    return [*lines, feedback.text] if feedback.text else lines
