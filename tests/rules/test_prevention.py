"""Prevention: sessions, requests for one, and what phones sent; who may do what, in each state.

Officers of the office plan and answer; whoever holds a session, and the cadre of its RW, writes
down what happened; the head looks. Outside prevention there are no sessions but on the public
schedule, and who asked for one is known to those alone who answer.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from ruang.access import sight
from ruang.access.actor import ANYBODY, SYSTEM, Actor
from ruang.access.roles import Role
from ruang.identity.models import User
from ruang.kernel.filecard import FileCard
from ruang.prevention import commands
from ruang.prevention.commands import Counted, Log, Moved
from ruang.prevention.commands.field import drop_log, settle_log, take_log, take_sheet
from ruang.prevention.commands.field import write_note as note_on
from ruang.prevention.commands.photos import confirm_photo, reject_photo
from ruang.prevention.entered import log_of, pair_of, sheet_of
from ruang.prevention.log_key import seal_card
from ruang.prevention.models import Photo, Question, Request, Sent, Session
from ruang.prevention.queries import request_page, session_page
from ruang.prevention.queries.field_waiting import waiting_log
from ruang.prevention.states import (
    Anyway,
    Audience,
    Cancelled,
    Corrected,
    Declined,
    PhotoState,
    RequestState,
    SentState,
    State,
    Step,
    Unit,
)
from ruang.register.models import CadreArea
from ruang.register.states import Band, Sex
from ruang.vault.files import write_file
from ruang.vault.phones import open_sent
from tests import make, make_prevention
from tests.field_phone import sealed
from tests.prevention.scene import SOON, World
from tests.rules.grid import Act, Table, read, tried

pytestmark = pytest.mark.django_db
OUTSIDE = (
    "intake officer", "case manager", "partner desk", "auditor", "admin", "quorum official",
)  # fmt: skip
WHO = {
    "officers": ("officer", "second officer"),
    "holder": ("holder",),
    "other": ("other facilitator",),
    "cadre": ("cadre",),
    "cadre2": ("cadre of another RW",),
    "head": ("head",),
    "system": ("system",),
    "anybody": ("anybody",),
    "outside": OUTSIDE,
}
SESSION = """
step   officers holder other cadre cadre2 head system anybody outside
see    yyy      yyy    yyy   yyy   ...    yyy  yyy    ...     ...
plan   yyy      nnn    nnn   nnn   nnn    nnn  yyy    nnn     nnn
move   yss      nnn    nnn   nnn   ...    nnn  yss    ...     ...
hold   yss      yss    nnn   yss   ...    nnn  nnn    ...     ...
correct sys     nnn    nnn   nnn   ...    nnn  sys    ...     ...
cancel yss      yss    nnn   nnn   ...    nnn  yss    ...     ...
note   yyy      yyy    nnn   yyy   ...    nnn  nnn    ...     ...
send   yyy      yyy    yyy   yyy   ...    nnn  nnn    ...     ...
sheet  yys      yys    nnn   yys   ...    nnn  nnn    nnn     nnn
"""
OF_A_SESSION = read(SESSION, list(State), WHO, "see")
REQUEST = """
step     officers holder other cadre cadre2 head system anybody outside
see      yyy      ...    ...   ...   ...    ...  yyy    ...     ...
ask      yyy      nnn    nnn   nnn   nnn    nnn  yyy    yyy     nnn
schedule yss      nnn    nnn   nnn   nnn    nnn  yss    nnn     nnn
decline  yss      ...    ...   ...   ...    ...  yss    ...     ...
"""
OF_A_REQUEST = read(REQUEST, list(RequestState), WHO, "see")
SENT = """
step   officers holder other cadre cadre2 head system anybody outside
see    yyy      yyy    ...   ...   ...    ...  ...    ...     ...
open   .y.      nnn    nnn   nnn   nnn    nnn  nnn    nnn     nnn
settle sys      nnn    ...   ...   ...    ...  ...    ...     ...
drop   sys      nnn    ...   ...   ...    ...  ...    ...     ...
"""
OF_A_LOG = read(SENT, list(SentState), WHO, "see", "open")
PHOTO = """
step    officers holder other cadre cadre2 head system anybody outside
see     yy       yy     .y    .y    ..     .y   yy     ..      ..
confirm y-       nn     .n    .n    ..     .n   nn     ..      ..
reject  yy       nn     .n    .n    ..     .n   nn     ..      ..
"""
OF_A_PHOTO = read(PHOTO, list(PhotoState), WHO, "see")


class Scene(World):
    """The small world of sessions, and everybody who might want something of it."""

    def __init__(self) -> None:
        super().__init__()
        place = self.person.organisation
        named = (*OUTSIDE, "head")
        self.users = {name: make.user(place, Role(name.replace(" ", "_"))) for name in named}
        self.users |= {
            "officer": self.person,
            "second officer": make_prevention.officer(place),
            "holder": self.ani.user,
            "other facilitator": self.budi.user,
        }
        areas = {"cadre": self.rw, "cadre of another RW": make_prevention.rw()}
        for name, rw in areas.items():
            self.users[name] = make.user(place, Role.CADRE)
            CadreArea.objects.create(user=self.users[name], rw=rw)

    def acting(self, who: str) -> Actor:
        known = {"system": SYSTEM, "anybody": ANYBODY}
        return known[who] if who in known else make.actor(self.users[who])

    def walk(self, table: Table, state: Any, acts: Mapping[str, Act]) -> None:
        assert set(acts) == table.steps
        wrong = table.wrong(state, acts.__getitem__, self.acting)
        assert not wrong, "\n".join(wrong)


def a_log(session: Session) -> bytes:
    return sealed({
        "kind": "log", "session": str(session.pk), "counted": [["female", "6_12", 14, 3, 1]],
        "rts": None, "note": "Kursi kurang.", "starts_at": session.starts_at.isoformat(),
        "at": None,
    }, entry=uuid4())  # fmt: skip


def a_sheet(session: Session) -> bytes:
    asked = Question.objects.create(
        programme=session.programme, topic="Batas", text="Milik siapa?", choices=["a", "b"],
        right=1,
    )  # fmt: skip
    return sealed({
        "kind": "sheet", "session": str(session.pk), "phase": "before",
        "pair": pair_of(session.pk, "ikan 7"), "answers": [[str(asked.pk), 1]],
    })  # fmt: skip


def with_a_session(world: Scene, session: Session) -> dict[str, Act]:
    about = {"session_id": session.pk, "at": SOON}
    moved = Moved(SOON + timedelta(days=1), None, "Posyandu", [world.ani.pk], Anyway.HOSTS)
    counted = Log([world.rts()[0].pk], (Counted(Sex.FEMALE, Band.ADULT, 9),))
    wanted = world.wanted(starts_at=SOON + timedelta(days=2))
    blob, sheet = a_log(session), sheet_of(open_sent(a_sheet(session)))
    return {
        "see": lambda actor: session_page(actor=actor, **about),
        "plan": lambda actor: commands.plan_session(actor=actor, wanted=wanted, at=make.AT),
        "move": lambda actor: commands.move_session(actor=actor, to=moved, **about),
        "hold": lambda actor: commands.log_session(actor=actor, log=counted, **about),
        "correct": lambda actor: commands.correct_session(
            actor=actor, log=counted, reason=Corrected.TYPED, **about
        ),
        "cancel": lambda actor: commands.cancel_session(
            actor=actor, reason=Cancelled.VENUE, **about
        ),
        "note": lambda actor: note_on(actor=actor, text="Kursi kurang.", **about),
        "send": lambda actor: take_log(
            actor=actor, sent=log_of(open_sent(blob)), blob=blob, at=SOON
        ),
        "sheet": lambda actor: take_sheet(actor=actor, sent=sheet, at=SOON),
    }


@pytest.mark.parametrize("state", list(State))
def test_who_may_do_what_with_a_session(state: State) -> None:
    world = Scene()
    session = world.plan()
    brought_to(world, session, state)
    world.walk(OF_A_SESSION, state, with_a_session(world, session))


def brought_to(world: Scene, session: Session, state: State) -> None:
    if state is State.HELD:
        world.log(session)
    if state is State.CANCELLED:
        commands.cancel_session(
            actor=world.officer, session_id=session.pk, reason=Cancelled.HOST, at=make.AT
        )


@pytest.mark.parametrize("state", list(RequestState))
def test_who_may_do_what_with_a_request(state: RequestState) -> None:
    world = Scene()
    asked = commands.Asked(
        Unit.RW, make_prevention.VILLAGE, Audience.PARENTS, "Bu Contoh", "0800 0000 0001",
        rw=world.rw.pk,
    )  # fmt: skip
    commands.request_session(actor=ANYBODY, asked=asked, once="a" * 32, at=make.AT)
    request = Request.objects.get()
    acts: dict[str, Act] = {
        "see": lambda actor: request_page(actor=actor, request_id=request.pk),
        "ask": lambda actor: commands.request_session(
            actor=actor, asked=asked, once="b" * 32, at=make.AT
        ),
        "schedule": lambda actor: commands.plan_session(
            actor=actor, wanted=world.wanted(request=request.pk), at=make.AT
        ),
        "decline": lambda actor: commands.decline_request(
            actor=actor, request_id=request.pk, reason=Declined.TWICE, at=make.AT
        ),
    }  # fmt: skip
    if state is not RequestState.WAITING:
        acts["decline" if state is RequestState.DECLINED else "schedule"](world.officer)
    world.walk(OF_A_REQUEST, state, acts)


@pytest.mark.parametrize("state", list(SentState))
def test_who_may_do_what_with_a_log_that_a_phone_sent(state: SentState) -> None:
    world = Scene()
    session, another = world.plan(), world.plan(starts_at=SOON - timedelta(days=2))
    blob = a_log(session)
    if state is not SentState.DONE:
        brought_to(world, session, State.CANCELLED)
    take_log(actor=world.acting("holder"), sent=log_of(open_sent(blob)), blob=blob, at=SOON)
    entry: UUID = open_sent(blob).id
    about = {"entry_id": entry, "at": SOON}
    acts: dict[str, Act] = {
        "see": lambda actor: sight.one(Sent.objects.visible_to(actor), entry),
        "open": lambda actor: waiting_log(actor=actor, entry_id=entry),
        "settle": lambda actor: settle_log(actor=actor, session_id=another.pk, **about),
        "drop": lambda actor: drop_log(actor=actor, **about),
    }
    if state is SentState.DROPPED:
        acts["drop"](world.officer)
    assert Sent.objects.get().state == state
    world.walk(OF_A_LOG, state, acts)


def with_a_photo(session: Session, by: User) -> dict[str, Act]:
    photo = Photo(pk=uuid4(), session=session, by=by.pk, at=SOON)
    card = FileCard(write_file(photo.file, b"foto"), "foto.jpg", "JPEG", 4)
    photo.root_version, photo.card = seal_card(photo.pk, card)
    photo.save(force_insert=True)
    about = {"photo_id": photo.pk, "at": SOON}
    return {
        "see": lambda actor: sight.one(Photo.objects.visible_to(actor), photo.pk),
        "confirm": lambda actor: confirm_photo(actor=actor, **about),
        "reject": lambda actor: reject_photo(actor=actor, **about),
    }


@pytest.mark.parametrize("state", list(PhotoState))
def test_who_may_do_what_with_a_photo(state: PhotoState) -> None:
    world = Scene()
    acts = with_a_photo(world.plan(), world.ani.user)
    if state is PhotoState.SHOWN:
        acts["confirm"](world.officer)
    world.walk(OF_A_PHOTO, state, acts)


def test_an_officer_does_not_confirm_her_own_photo() -> None:
    world = Scene()
    acts = with_a_photo(world.plan(), world.person)
    for step in ("confirm", "reject"):
        assert tried(acts[step], world.acting("officer"), leaves_fact=True) == "n"
        assert tried(acts[step], world.acting("second officer"), leaves_fact=True) == "y"


def test_every_step_of_a_session_is_in_the_table() -> None:
    assert {step.value for step in Step} <= OF_A_SESSION.steps
