"""A time limit of a city, and whose clocks the tests of such limits look at."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.clocks import commands, moments
from ruang.clocks.legal import Holder
from ruang.clocks.said import OwnRule, RuleWords, Time
from ruang.clocks.states import Area, Moment, Unit
from tests import make

AT = make.AT
HOUR = timedelta(hours=1)
TIME = Time(48, Unit.HOURS, "", AT.date(), may_pause=True)
WORDS = RuleWords("Kunjungi dia", "Visit her", "Pendamping", "The companion")
VISIT = OwnRule(WORDS, Moment.ASSESSED, Moment.FOLLOW_UP, TIME)
_WHOSE = Holder(make.stranger(), Area.CASE, make.stranger(), make.stranger())


def holder() -> Holder:
    return _WHOSE


def added(**said: object) -> str:
    """Add a time limit of the city; return its code."""
    own = replace(VISIT, **said)  # type: ignore[arg-type]
    return commands.add_rule(actor=SYSTEM, own=own, at=AT).kind


def tell(moment: Moment, at: datetime = AT, *, subject: UUID | None = None) -> None:
    """Say that something happened."""
    whose = replace(_WHOSE, subject=subject) if subject else _WHOSE
    moments.happened(moment, whose.subject, lambda: whose, actor=SYSTEM, at=at)
