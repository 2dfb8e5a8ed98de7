"""One filling-in of a checklist as it is kept: readable in ten years without this code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ruang.kernel.codes import Risk
from ruang.risk.checklists import BY_CODE, SOURCE, Answer, Checklist
from ruang.risk.suggesting import Suggestion, suggest


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One question in the words it was asked in, and its answer; None if there was none."""

    id: str
    words: str
    is_red_flag: bool
    answer: Answer | None


@dataclass(frozen=True, slots=True, repr=False)
class Filled:
    """One filling-in: the list, its version, and every question with its answer."""

    code: str
    version: str
    source: str
    level: Risk
    asked: tuple[Asked, ...]

    @property
    def answers(self) -> dict[str, Answer]:
        """Return what was answered, by id."""
        return {one.id: one.answer for one in self.asked if one.answer is not None}

    @property
    def red_flags(self) -> tuple[Asked, ...]:
        """Return the red flags that were answered with yes."""
        return tuple(one for one in self.asked if one.is_red_flag and one.answer == Answer.YES)

    @property
    def signs(self) -> tuple[Asked, ...]:
        """Return everything that was answered with yes, red flags too."""
        return tuple(one for one in self.asked if one.answer == Answer.YES)

    @property
    def unanswered(self) -> tuple[Asked, ...]:
        """Return what was not asked or is not known."""
        return tuple(one for one in self.asked if one.answer in {None, Answer.UNKNOWN})

    def to_text(self) -> str:
        """Return it as it is sealed."""
        items = [
            [one.id, one.words, int(one.is_red_flag), one.answer.value if one.answer else ""]
            for one in self.asked
        ]
        said = {
            "list": self.code, "version": self.version, "source": self.source,
            "level": self.level.value, "items": items,
        }  # fmt: skip
        return json.dumps(said, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Filled":
        """Return what was sealed."""
        said = json.loads(text)
        asked = tuple(
            Asked(code, words, bool(red), Answer(answer) if answer else None)
            for code, words, red, answer in said["items"]
        )
        return cls(said["list"], said["version"], said["source"], Risk(said["level"]), asked)


def fill(checklist: Checklist, answers: Mapping[str, Answer]) -> tuple[Filled, Suggestion]:
    """Return a filling-in in the language spoken now, and what it suggests."""
    suggestion = suggest(checklist, answers)
    asked = tuple(
        Asked(item.id, str(item.words), item.is_red_flag, answers.get(item.id))
        for item in checklist.items
    )
    filled = Filled(checklist.code, checklist.version, SOURCE, suggestion.level, asked)
    return filled, suggestion


def checklist_of(code: str) -> Checklist | None:
    """Return the list of this code as it is asked now."""
    return BY_CODE.get(code)
