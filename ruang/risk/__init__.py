"""Danger signs and the level they suggest. Start at ``CHECKLISTS`` and ``suggest``."""

from ruang.risk.checklists import CHECKLISTS, Answer, Checklist, Item
from ruang.risk.filled import Filled, fill
from ruang.risk.suggesting import Suggestion, sexual_answer, suggest

__all__ = [
    "CHECKLISTS",
    "Answer",
    "Checklist",
    "Filled",
    "Item",
    "Suggestion",
    "fill",
    "sexual_answer",
    "suggest",
]
