"""Texts written as paragraphs, read as values."""

from ruang.demo.content.shape import Line
from ruang.intake.states import Side

Talk = tuple[Line, ...]
SPEAKERS = {"D:": Side.STAFF, "P:": Side.REPORTER}
"""How a line of a talk begins: D for the desk, P for the reporter."""


def texts(bank: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, each as one line."""
    return tuple(" ".join(block.split()) for block in bank.split("\n\n") if block.strip())


def talks(bank: str) -> tuple[Talk, ...]:
    """Return the talks of a text: a paragraph each, a line for each message."""
    return tuple(_talk(block) for block in bank.split("\n\n") if block.strip())


def _talk(block: str) -> Talk:
    said: list[Line] = []
    for row in block.strip().splitlines():
        start, _, rest = row.strip().partition(" ")
        if start in SPEAKERS:
            said.append(Line(SPEAKERS[start], rest))
        else:
            said[-1] = Line(said[-1].side, f"{said[-1].text} {row.strip()}")
    return tuple(said)
