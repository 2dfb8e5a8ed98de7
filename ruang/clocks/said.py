"""What a city says of a time limit, checked before it is stored."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from unicodedata import category

from django.utils.translation import gettext_lazy as _

from ruang.clocks.states import EACH_TIME, MEETS, STARTS, Moment, Unit
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy

NO_SUCH_RULE = _("There is no such time limit. Reload the page.")
LONGEST = {Unit.HOURS: 8_760, Unit.OPEN_HOURS: 2_000, Unit.DAYS: 1_830, Unit.WORKDAYS: 1_250}
"""The longest time limit of each unit; more is a slip of the finger."""
MOST_WORDS = 120
_JOINER = "\u200d"
"""It makes one picture of several."""
MOST_SOURCE = 200
OF_REPORTS = frozenset({Moment.REPORT_DECIDED, Moment.CASE_OPENED})
"""What happens before anything happens in a case: it can meet only what a report began."""


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What a time limit is called, who acts, what starts it: in Indonesian and in English."""

    title: str = ""
    title_en: str = ""
    who: str = ""
    who_en: str = ""
    begins: str = ""
    begins_en: str = ""

    def tidied(self) -> dict[str, str]:
        """Return the texts as they are stored.

        :raises Refused: if one is too long
        """
        return {name: line(text, MOST_WORDS) for name, text in asdict(self).items()}


OFFICIAL_WORDS = RuleWords()
"""Nothing is said otherwise than in the official text."""


@dataclass(frozen=True, slots=True)
class Time:
    """How long, by which text, and whether it holds."""

    amount: int | None
    unit: Unit
    source: str
    source_on: date | None
    may_pause: bool = False
    is_active: bool = True

    def checked(self) -> dict[str, Any]:
        """Return it as it is stored.

        :raises Refused: if it is no time, or one in force has no number or no date
        """
        if self.amount is not None and not 1 <= self.amount <= LONGEST[self.unit]:
            raise Refused(_("Give a number from 1 to %(most)d.") % {"most": LONGEST[self.unit]})
        if self.is_active and self.amount is None:
            raise Refused(_("Give a number before you put it in force."))
        if self.is_active and self.source_on is None:
            raise Refused(_("Give the date of the text, or of the day the city decided it."))
        return {**asdict(self), "source": line(self.source, MOST_SOURCE)}


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A time limit of the city's own: its words, what begins and meets it, and its time."""

    words: RuleWords
    starts: Moment
    meets: Moment
    time: Time

    def checked(self) -> dict[str, Any]:
        """Return it as it is stored.

        :raises Refused: if something is missing, or nothing could ever meet it
        """
        words = self.words.tidied()
        if not any(one.isalnum() for one in words["title"]):
            raise Refused(_("Say in a few words what must be done."))
        if not any(one.isalnum() for one in words["who"]):
            raise Refused(_("Say who must act."))
        if self.starts not in STARTS or self.meets not in MEETS:
            raise Refused(_("Choose what starts it and what meets it from the lists."))
        is_same = self.starts is self.meets and self.starts not in EACH_TIME | {Moment.BY_HAND}
        is_over = self.meets in OF_REPORTS and self.starts is not Moment.REPORT_TAKEN
        if is_same or is_over:
            raise Refused(_("This can never be met: choose something that happens afterwards."))
        if self.time.amount is None:
            raise Refused(_("Say how long it is."))
        return {**words, **self.time.checked(), "starts": self.starts, "meets": self.meets}


def must_be_dated(time: Time) -> None:
    """Refuse an official time limit without number, source and date.

    :raises Refused: saying what is missing
    """
    if time.amount is None:
        raise Refused(_("Say how long it is."))
    if not line(time.source, MOST_SOURCE):
        raise Refused(_("Name the source: law and article, in at most 200 letters."))
    if time.source_on is None:
        raise Refused(_("Give the date of the text, or of the day the city decided it."))


def line(typed: str, most: int) -> str:
    """Return one line of text without needless spaces, and without what nobody can see.

    Marks that turn the direction of writing would turn what stands beside it on a page.

    :raises Refused: if it is too long
    """
    seen = "".join(one for one in typed if one == _JOINER or category(one) != "Cf")
    words = " ".join(tidy(seen).split())
    if len(words) > most:
        raise Refused(_("Write at most %(most)d letters in one line.") % {"most": most})
    return words
