"""The order of the pages: what follows an answer, and what lies before it.

The order is data. A page that does not concern her (the danger page, the age of a child) is
left out in both directions by the same rule, so *Back* always leads where she came from.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from ruang.intake.states import Safety, Who

Answers = Mapping[str, str | list[str]]


class Step(StrEnum):
    """One page of the form; also the name of its template."""

    SAFETY = "safety"
    DANGER = "danger"
    WHO = "who"
    AGE = "age"
    HELP = "help"
    CONTACT = "contact"
    ENOUGH = "enough"
    GUARD = "guard"
    STORY = "story"
    PLACE = "place"
    EVENT = "event"
    HELPER = "helper"
    FILES = "files"
    CHECK = "check"


ORDER = tuple(Step)

QUESTION = {
    Step.SAFETY: 1,
    Step.DANGER: 1,
    Step.WHO: 2,
    Step.AGE: 2,
    Step.HELP: 3,
    Step.CONTACT: 4,
}
"""Which of the four questions a page belongs to."""

OPTIONAL = (Step.GUARD, Step.STORY, Step.PLACE, Step.EVENT, Step.HELPER, Step.FILES)
SENDS = frozenset({Step.ENOUGH, Step.CHECK})
"""Pages from which the report is sent."""
ASKED = (Step.SAFETY, Step.WHO, Step.AGE, Step.HELP, Step.CONTACT, *OPTIONAL)
"""Pages with a question, in the order in which they are shown again before sending."""

_ONLY_IF: Mapping[Step, Callable[[Answers], bool]] = {
    Step.DANGER: lambda said: said.get("safety") == Safety.DANGER,
    Step.AGE: lambda said: said.get("who") == Who.CHILD,
}
_FOLLOW_UP = {Step.SAFETY: Step.DANGER, Step.WHO: Step.AGE}
"""Pages that an answer brings with it, also when it was changed at the end."""


def following(step: Step, said: Answers, *, checking: bool) -> Step:
    """Return the page after this one; when checking, the way leads back to the check."""
    after = ORDER[ORDER.index(step) + 1 :]
    if checking and _FOLLOW_UP.get(step) not in concerning(said):
        return Step.CHECK
    return next((one for one in after if one in concerning(said)), Step.CHECK)


def preceding(step: Step, said: Answers, *, checking: bool) -> Step | None:
    """Return the page before this one; None is the start page."""
    if checking and step is not Step.CHECK:
        return Step.CHECK
    if step is Step.CHECK and not said.get("more"):
        return Step.ENOUGH
    before = ORDER[: ORDER.index(step)]
    return next((one for one in reversed(before) if one in concerning(said)), None)


def concerning(said: Answers) -> frozenset[Step]:
    """Return the pages that concern her, by what she has answered so far."""
    return frozenset(step for step in ORDER if _ONLY_IF.get(step, _always)(said))


def _always(_: Answers) -> bool:
    return True
