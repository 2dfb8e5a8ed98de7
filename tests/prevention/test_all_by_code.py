"""Everybody scanned the code and the phone had no signal: no head counted, and nobody lost."""

from uuid import UUID, uuid4

import pytest

from ruang.access.actor import ANYBODY, Actor
from ruang.kernel.errors import Refused
from ruang.prevention.arrivals import arrival_code
from ruang.prevention.commands import Arriver, cancel_session, check_in
from ruang.prevention.commands.field import settle_log, take_log
from ruang.prevention.entered import log_of
from ruang.prevention.models import Sent, Session
from ruang.prevention.queries.field import field_page
from ruang.prevention.queries.field_waiting import waiting_log
from ruang.prevention.states import Cancelled, SentState, State, Waits
from ruang.register.states import Band, Sex
from ruang.vault.phones import open_sent
from tests import make
from tests.field_phone import sealed
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world() -> World:
    return World()


def ani(world: World) -> Actor:
    return make.actor(world.ani.user)


def entry(about: Session, /, **changed: object) -> bytes:
    said = {
        "kind": "log", "session": str(about.pk), "counted": [], "rts": None, "note": "",
        "starts_at": about.starts_at.isoformat(), "at": None, "whole": False, "by_code": True,
    }  # fmt: skip
    return sealed({**said, **changed}, entry=uuid4())


def send(world: World, blob: bytes) -> SentState:
    return take_log(actor=ani(world), sent=log_of(open_sent(blob)), blob=blob, at=SOON)


def came(session: Session, people: int) -> None:
    for n in range(people):
        check_in(
            actor=ANYBODY, code=arrival_code(session.pk), once=f"{n}", at=SOON,
            arriver=Arriver(Sex.FEMALE, Band.ADULT) if n else Arriver(),
        )  # fmt: skip


def waiting(blob: bytes) -> UUID:
    return open_sent(blob).id


def test_who_scanned_is_added_when_the_log_without_a_head_arrives(world: World) -> None:
    session = world.plan()
    came(session, 7)
    assert send(world, entry(session)) is SentState.DONE
    page = field_page(actor=ani(world), session_id=session.pk)
    assert (page.people, page.by_head, page.by_code, page.unsaid) == (7, 0, 7, 1)


def test_a_log_without_a_head_where_nobody_scanned_waits_and_says_so(world: World) -> None:
    session = world.plan()
    blob = entry(session)
    assert send(world, blob) is SentState.WAITING
    assert Sent.objects.get().waits == Waits.NOBODY
    opened = waiting_log(actor=world.officer, entry_id=waiting(blob))
    assert (opened.counts, opened.is_by_code) == ([], True)
    settle = {"actor": world.officer, "session_id": session.pk, "at": SOON}
    with pytest.raises(Refused, match="neither by head nor by QR code"):
        settle_log(entry_id=waiting(blob), **settle)
    came(session, 3)
    settle_log(entry_id=waiting(blob), **settle)
    session.refresh_from_db()
    assert session.state == State.HELD


@pytest.mark.parametrize(
    "changed", [{"by_code": False}, {"whole": True}, {"counted": [["male", "6_12", 0, 0, 0]]}]
)
def test_no_head_and_nobody_by_code_is_never_a_session_that_was_held(
    world: World, changed: dict[str, object]
) -> None:
    session = world.plan()
    assert send(world, entry(session, **changed)) is SentState.WAITING
    assert Sent.objects.get().waits == Waits.NOBODY


def test_a_cancelled_session_is_the_reason_that_is_told_first(world: World) -> None:
    session = world.plan()
    cancel_session(
        actor=world.officer, session_id=session.pk, reason=Cancelled.VENUE, at=make.AT
    )
    assert send(world, entry(session)) is SentState.WAITING
    assert Sent.objects.get().waits == Waits.CANCELLED
