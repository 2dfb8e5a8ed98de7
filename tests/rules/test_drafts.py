"""A report that is still being written down: who sees, opens, saves and finishes it.

One person writes it at a time and alone opens it; a colleague at the desk it is for goes on
with it once it rests. What was finished or thrown away is gone for everybody.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ruang.access.actor import ANYBODY, SYSTEM, Actor
from ruang.access.roles import Role
from ruang.identity.models import Organisation
from ruang.intake import commands
from ruang.intake.drafts import RESTS, Gone, Overtaken
from ruang.intake.queries import one_unfinished, stored_draft
from ruang.intake.states import Discard
from ruang.kernel.errors import Refused
from tests import make
from tests.intake.writers import Room, room, sheet, typed
from tests.rules.grid import read

pytestmark = pytest.mark.django_db
WHO = {
    "writer": ("writer",),
    "desk": ("colleague", "manager", "deputy"),
    "there": ("elsewhere",),
    "others": (
        "head", "admin", "auditor", "partner", "quorum official", "prevention officer",
        "facilitator", "cadre", "anybody",
    ),
    "system": ("system",),
}  # fmt: skip
WRITTEN, RESTING, GONE = STATES = ("being written", "resting", "gone")
GRID = """
step      writer desk there others system
see       yy.    yy.  ...   ...    yy.
open      yy.    nn.  ...   ...    nn.
save      yys    sss  sss   nnn    nnn
take_over ss.    sy.  ...   ...    nn.
discard   yy.    nn.  ...   ...    nn.
finish    yys    sss  sss   nnn    nnn
tell      nnn    nnn  nnn   nnn    -y-
"""
LAW = read(GRID, STATES, WHO, "see", "open", "save")


def steps(page: Any, at: Any) -> dict[str, Callable[[Actor], Any]]:
    about = {"draft_id": page.draft_id, "at": at}
    more = typed(page, "Lebih banyak.")
    return {
        "see": lambda actor: one_unfinished(actor=actor, **about),
        "open": lambda actor: stored_draft(actor=actor, draft_id=page.draft_id),
        "save": lambda actor: in_words(
            lambda: commands.save_draft(actor=actor, sheet=more, at=at)
        ),
        "take_over": lambda actor: commands.take_over_draft(actor=actor, **about),
        "discard": lambda actor: commands.discard_draft(
            actor=actor, why=Discard.MISTAKE, **about
        ),
        "finish": lambda actor: in_words(
            lambda: commands.record_report(
                actor=actor, sheet=more, told=make.told(), wishes=commands.Wishes(), at=at
            )
        ),
        "tell": lambda actor: commands.show_resting_draft(actor=actor, **about),
    }


def in_words(act: Callable[[], Any]) -> Any:
    """What the page says to whoever comes second is a sentence too."""
    try:
        return act()
    except (Overtaken, Gone):
        raise Refused("") from None


def acting(desk: Room, who: str) -> Actor:
    if who in {"system", "anybody"}:
        return SYSTEM if who == "system" else ANYBODY
    return desk.who(who)


@pytest.mark.parametrize("state", STATES)
def test_who_may_do_what(state: str) -> None:
    desk = room()
    place = Organisation.objects.get(pk=desk.city.intake_desk)
    for who in WHO["others"][4:-1]:
        desk.users[who] = make.user(place, Role(who.replace(" ", "_")))
    page = sheet()
    version = commands.save_draft(actor=desk.who("writer"), sheet=page, at=make.AT)
    page = replace(page, version=version)
    acts = steps(page, make.AT + RESTS if state == RESTING else make.AT + timedelta(minutes=1))
    assert set(acts) == LAW.steps
    if state == GONE:
        acts["discard"](desk.who("writer"))
    wrong = LAW.wrong(state, acts.__getitem__, lambda who: acting(desk, who))
    assert not wrong, "\n".join(wrong)
