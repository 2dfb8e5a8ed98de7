"""An RT that was invited and is split, merged or ended before its session is logged."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from ruang.access.actor import Actor
from ruang.kernel.errors import Refused
from ruang.prevention.commands.field import log_now, settle_log, take_log
from ruang.prevention.entered import log_of
from ruang.prevention.models import Sent, Session
from ruang.prevention.queries import log_page
from ruang.prevention.queries.field import field_page
from ruang.prevention.states import SentState, State, Waits
from ruang.register.commands import Part, end_place, merge_rts, split_rt
from ruang.register.states import Ending, Kind
from ruang.vault.phones import open_sent
from tests import make
from tests.field_phone import sealed
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
Change = Callable[[World], None]


@pytest.fixture
def world() -> World:
    return World()


def split(world: World) -> None:
    about = {"actor": world.officer, "on": make.AT.date(), "at": make.AT}
    _one, four = split_rt(rt_id=world.rts()[0].pk, parts=[Part(1), Part(4)], **about)
    split_rt(rt_id=four, parts=[Part(4), Part(5)], **about)


def merged(world: World) -> None:
    one, two, three = world.rts()
    about = {"actor": world.officer, "on": make.AT.date(), "at": make.AT}
    merge_rts(rt_id=one.pk, others=[two.pk, three.pk], number=1, **about)


def ended(*which: int) -> Change:
    def end(world: World) -> None:
        rts = world.rts()
        for place in which:
            end_place(
                actor=world.officer, kind=Kind.RT, place_id=rts[place].pk, why=Ending.CLOSED,
                on=make.AT.date(), at=make.AT,
            )  # fmt: skip

    return end


CHANGES: dict[str, tuple[Change, list[int], list[int]]] = {
    "split, and a part again": (split, [1, 2, 4, 5], [3]),
    "merged, one that was not invited too": (merged, [1], []),
    "one ended": (ended(0), [2], [3]),
    "all invited ended": (ended(0, 1), [1, 2], [3]),
    "all ended": (ended(0, 1, 2), [1, 2], []),
}
"""What happens to the RW: the RT that are reached then, and what may be ticked besides."""


def ani(world: World) -> Actor:
    return make.actor(world.ani.user)


def blob_of(session: Session, rts: list[str] | None) -> bytes:
    said = {
        "kind": "log", "session": str(session.pk), "counted": [["male", "6_12", 9, 0, 0]],
        "rts": rts, "starts_at": session.starts_at.isoformat(), "note": "Kursi kurang.",
    }  # fmt: skip
    return sealed(said)


def reached(session: Session) -> list[int]:
    return list(session.invited.order_by("rt__number").values_list("rt__number", flat=True))


@pytest.mark.parametrize("how", CHANGES)
@pytest.mark.parametrize("knew", [True, False])
def test_a_log_from_a_phone_is_taken_over_for_what_stands_now(
    world: World, how: str, knew: bool
) -> None:
    """Whether the page knew the RT of then, or none."""
    session = world.plan()
    change, after, _besides = CHANGES[how]
    blob = blob_of(session, [str(one.pk) for one in world.rts()[:2]] if knew else None)
    change(world)
    sent = log_of(open_sent(blob))
    state = take_log(actor=ani(world), sent=sent, blob=blob, at=SOON)
    assert (state, reached(session)) == (SentState.DONE, after)


@pytest.mark.parametrize("how", CHANGES)
def test_the_forms_list_what_stands_now_and_take_it(world: World, how: str) -> None:
    session = world.plan()
    change, after, besides = CHANGES[how]
    change(world)
    page = field_page(actor=ani(world), session_id=session.pk)
    assert [one.name for one in page.rts] == [f"RT {number:02}" for number in after]
    listed = log_page(actor=ani(world), session_id=session.pk, at=SOON).rts
    names = [f"RT {number:02}" for number in sorted(after + besides)]
    assert [name for _pk, name, _ticked in listed] == names
    assert [pk for pk, _name, ticked in listed if ticked] == [one.id for one in page.rts]
    blob = blob_of(session, [str(one.id) for one in page.rts])
    log_now(actor=ani(world), sent=log_of(open_sent(blob)), at=SOON)
    session.refresh_from_db()
    assert (session.state, reached(session)) == (State.HELD, after)


def test_a_log_that_waits_is_settled_after_the_rt_was_split(world: World) -> None:
    session = world.plan()
    seen = [str(one.pk) for one in world.rts()[:1]]
    blob = sealed({
        "kind": "log", "session": str(session.pk), "counted": [["male", "6_12", 9, 0, 0]],
        "rts": seen, "starts_at": SOON.replace(hour=1).isoformat(),
    })  # fmt: skip
    split(world)
    take_log(actor=ani(world), sent=log_of(open_sent(blob)), blob=blob, at=SOON)
    row = Sent.objects.get()
    assert row.waits == Waits.MOVED
    settle_log(actor=world.officer, entry_id=row.pk, session_id=session.pk, at=SOON)
    assert reached(session) == [1, 4, 5]


def test_an_rt_that_was_never_invited_and_ended_is_refused(world: World) -> None:
    session = world.plan()
    third = world.rts()[2].pk
    ended(2)(world)
    for rts in ([str(third)], [str(uuid4())]):
        with pytest.raises(Refused, match="no longer in the register"):
            log_now(actor=ani(world), sent=log_of(open_sent(blob_of(session, rts))), at=SOON)
