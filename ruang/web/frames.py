"""Pages that are rendered once and then only filled in.

Where two people's pages differ in a few values, rendering the rest for each is waste: the
template is rendered with numbered holes in place of the values, and kept as the pieces between
them. What goes into a hole is escaped as a template would have done it.
"""

import re
from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import conditional_escape

from ruang.web.words import Words

_FIRST, _MOST = 0xE000, 32
_HOLES = re.compile(f"([{chr(_FIRST)}-{chr(_FIRST + _MOST - 1)}])")
"""Signs for private use: no template and no catalogue contains one."""


def hole(number: int) -> str:
    """Return what stands in a frame for the value of this number."""
    if not 0 <= number < _MOST:
        raise ValueError("a frame has at most 32 holes")
    return chr(_FIRST + number)


class Frame:
    """A page with holes. It holds nothing of anybody's."""

    def __init__(self, template: str, context: Mapping[str, object]) -> None:
        made = _HOLES.split(render_to_string(template, dict(context)))
        self._pieces = tuple(made[::2])
        self._order = tuple(ord(sign) - _FIRST for sign in made[1::2])

    def filled(self, *values: Words) -> str:
        """Return the page with these values in the holes of their numbers."""
        words = [conditional_escape(str(v) if isinstance(v, Promise) else v) for v in values]
        parts = [self._pieces[0]]
        for number, piece in zip(self._order, self._pieces[1:], strict=True):
            parts += (words[number], piece)
        return "".join(parts)
