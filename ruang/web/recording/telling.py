"""A finished page in the shape the command takes; what was left open is the careful answer."""

from datetime import time
from typing import Any

from ruang.intake.states import Age, Door, Help, HelperSex, IfOthersAnswer, Safety, Way, Who
from ruang.intake.told import Recorded, Told

OPEN_DOOR, OPEN_SAFETY = Door.PHONE, Safety.UNKNOWN
OPEN_WHO = Who.KNOWN
"""Whoever speaks for somebody else sees less under the code."""
OPEN_WAY = Way.PAGE
"""Nobody is called whose safe way is not known."""


def told(said: dict[str, Any]) -> Told:
    """Return what was told."""
    who = Who(said["who"] or OPEN_WHO)
    return Told(
        door=Door(said["door"] or OPEN_DOOR),
        safety=Safety(said["safety"] or OPEN_SAFETY),
        who=who,
        way=Way(said["way"] or OPEN_WAY),
        helps=tuple(Help(one) for one in said["helps"]),
        age=Age(said["age"] or (Age.CHILD if who is Who.CHILD else Age.UNKNOWN)),
        age_said=said["age_said"],
        reach=said["reach"],
        safe_from=_hour(said["safe_from"]),
        safe_until=_hour(said["safe_until"]),
        if_others=IfOthersAnswer(said["if_others"]) if said["if_others"] else None,
        office_named=said["office"],
        must_not_read=said["must_not_read"],
        story=said["story"],
        district=said["district"],
        village=said["village"],
        when=said["when"],
        by_whom=said["by_whom"],
        helper_sex=HelperSex(said["helper_sex"] or HelperSex.EITHER),
        helper_language=said["helper_language"],
        language=said["language"] or "id",
        received_at=said["came"],
        recorded=Recorded(
            names=said["names"],
            sender=said["sender"],
            reference=said["reference"],
            why_late=said["why_late"],
            note=said["note"],
        ),
    )


def _hour(text: str) -> time | None:
    return time.fromisoformat(text) if text else None
