"""Talking with people at a terminal: questions, secrets that do not show, one screen each."""

import getpass
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ruang.kernel.errors import Refused

Words = str | Promise
Answer = TypeVar("Answer")
CLEAR = "\033[2J\033[3J\033[H"


class Talk:
    """A conversation. Tests put their own answers in its place."""

    def say(self, words: Words = "") -> None:
        """Say a line."""
        print(words, flush=True)

    def ask(self, question: Words, default: str = "") -> str:
        """Ask until something is answered; Enter takes the default."""
        shown = f"{question} [{default}]: " if default else f"{question}: "
        while True:
            typed = self._line(shown).strip() or default
            if typed:
                return typed

    def ask_secret(self, question: Words) -> str:
        """Ask for something that does not show while it is typed."""
        return getpass.getpass(f"{question}: ")

    def choose(self, question: Words, choices: Sequence[tuple[Answer, Words]]) -> Answer:
        """Let one be chosen by its number."""
        for number, (_value, words) in enumerate(choices, 1):
            self.say(f"  {number}. {words}")
        while True:
            typed = self.ask(question)
            if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(choices):
                return choices[int(typed) - 1][0]

    def until_accepted(self, act: Callable[[], Answer]) -> Answer:
        """Do something again and again until no rule says no."""
        while True:
            try:
                return act()
            except Refused as refusal:
                self.say(f"  {refusal}")

    def show_once(self, who: Words, lines: Sequence[Words]) -> None:
        """Show something to one person, and wipe the screen afterwards."""
        self.say()
        self._line(f"{who} ")
        for line in lines:
            self.say(f"    {line}")
        self._line(_("Written down and compared? Enter wipes the screen. "))
        if sys.stdout.isatty():
            self.say(CLEAR)

    def _line(self, prompt: str) -> str:
        return input(prompt)


def show_code(talk: Talk, name: str, code: str) -> None:
    """Show somebody a new recovery code, once."""
    talk.show_once(
        _("%(name)s comes to the screen, alone. Enter shows the code.") % {"name": name},
        [_("Recovery code of %(name)s:") % {"name": name}, code],
    )
