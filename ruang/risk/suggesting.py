"""What answers suggest. Adding a danger sign never lowers the level."""

from collections.abc import Mapping
from dataclasses import dataclass

from ruang.kernel.codes import RANK, Risk
from ruang.risk.checklists import SEXUAL, Answer, Checklist

MANY = 5
"""So many signs without a red flag are high as well."""
MOST_OPEN = 0.3
"""With a larger share that nobody has answered the level is never low."""

YES = Answer.YES
ANSWERED = frozenset({Answer.YES, Answer.NO})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A level, and why.

    :ivar red_flags: ids of the red flags that were answered with yes
    :ivar unanswered: ids of what was not asked or is not known: to be asked again
    """

    level: Risk
    red_flags: tuple[str, ...]
    unanswered: tuple[str, ...]


def suggest(checklist: Checklist, answers: Mapping[str, Answer]) -> Suggestion:
    """Return the level these answers suggest. What is missing or not known is not a no."""
    said = [(item, answers.get(item.id)) for item in checklist.items]
    signs = [item for item, answer in said if answer == YES]
    red = tuple(item.id for item in signs if item.is_red_flag)
    still_open = tuple(item.id for item, answer in said if answer not in ANSWERED)
    if red or len(signs) >= MANY:
        level = Risk.HIGH
    elif signs or len(still_open) > MOST_OPEN * len(said):
        level = Risk.MEDIUM
    else:
        level = Risk.LOW
    return Suggestion(level, red, still_open)


def raises(level: Risk, risk: Risk) -> bool:
    """Say whether a suggested level is higher than the one set. A machine only raises.

    "Low" leaves what nobody has rated to a person.
    """
    if risk is Risk.UNRATED:
        return level in {Risk.HIGH, Risk.MEDIUM}
    return RANK[level] < RANK[risk]


def sexual_answer(code: str, answers: Mapping[str, Answer]) -> Answer | None:
    """Return what was answered to the question about sexual violence; None if nothing was.

    :param code: of the list that was asked
    """
    return answers.get(SEXUAL.get(code, ""))
