"""The pages of the form that are rendered once: they show nothing of hers, or little.

Most pages on the way show nothing of hers; the last two show her answers and her code in a page
that is the same for everybody. Rendering each anew was half of what a report cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ruang.territory.facts import Number, Place
from ruang.web.chrome import Chrome
from ruang.web.frames import Frame, hole
from ruang.web.report.flow import blank_form
from ruang.web.report.steps import QUESTION, Step


@dataclass(frozen=True, slots=True)
class Blank:
    """What a page looks like that shows nothing of hers. It has one hole: the sealed field."""

    step: Step
    language: str
    checking: bool
    unit: str
    has_other: bool
    districts: tuple[Place, ...]
    shell: Chrome


@dataclass(frozen=True, slots=True)
class Start:
    """What the start page looks like."""

    page: str
    language: str
    too_old: bool
    name: str
    hotlines: tuple[Number, ...]
    welcome: str
    shell: Chrome


@dataclass(frozen=True, slots=True)
class Sent:
    """What the receipt looks like, but for her code, the number, the times and her contact."""

    language: str
    danger: bool
    is_open: bool
    has_hours: bool
    happens_next: str
    shell: Chrome


def context_of(step: Step, *, checking: bool, unit: str, has_other: bool) -> dict[str, Any]:
    """Return what every page of the form is given."""
    return {
        "step": step.value,
        "number": QUESTION.get(step),
        "checking": checking,
        "unit": unit,
        "has_other": has_other,
    }


@lru_cache(maxsize=128)
def blank(page: Blank) -> Frame:
    """Return a page that shows nothing of hers."""
    context = context_of(
        page.step, checking=page.checking, unit=page.unit, has_other=page.has_other
    )
    context |= {"form": blank_form(page.step), "sealed": hole(0)}
    context |= {"chrome": page.shell, "files": (), "trouble": ()}
    return Frame(f"report/{page.step.value}.html", context)


@lru_cache(maxsize=16)
def start(page: Start) -> str:
    """Return the start page, or the page while the form is closed."""
    context = {
        "facts": {"name": page.name, "hotlines": page.hotlines},
        "welcome": page.welcome,
        "language": page.language,
        "too_old": page.too_old,
        "chrome": page.shell,
    }
    return Frame(f"report/{page.page}.html", context).filled()


@lru_cache(maxsize=16)
def check(shell: Chrome, language: str) -> Frame:
    """Return the page on which she looks once more: sealed field, and the answers as a part."""
    context: Mapping[str, Any] = {
        "step": Step.CHECK.value,
        "number": None,
        "sealed": hole(0),
        "answers": hole(1),
        "form": None,
        "chrome": shell,
    }
    return Frame("report/check.html", context)


@lru_cache(maxsize=64)
def receipt(page: Sent) -> Frame:
    """Return the receipt. Its holes are numbered as in ``telling.receipt_values``."""
    names = ("number", "received", "due", "opens", "way", "safe_from", "safe_until", "sealed")
    context: dict[str, Any] = {name: hole(place) for place, name in enumerate(names)}
    context |= {
        "words": [hole(len(names) + n) for n in range(7)],
        "danger": page.danger,
        "is_open": page.is_open,
        "has_hours": page.has_hours,
        "happens_next": page.happens_next,
        "language": page.language,
        "chrome": page.shell,
    }
    return Frame("report/receipt.html", context)
