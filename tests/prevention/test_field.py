"""What phones send from sessions: each entry once, none lost, nothing of anybody's left."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.prevention.commands import cancel_session, move_session
from ruang.prevention.commands.field import (
    drop_log,
    log_now,
    settle_log,
    take_log,
    take_sheet,
    write_note,
)
from ruang.prevention.commands.following import follow_session
from ruang.prevention.commands.planning import Moved
from ruang.prevention.entered import log_of, pair_of, sheet_of
from ruang.prevention.models import Answer, Question, Sent, Session, Sheet
from ruang.prevention.queries.field import field_list, field_page
from ruang.prevention.queries.field_waiting import waiting_log, waiting_logs
from ruang.prevention.states import Anyway, Cancelled, SentState, State, Waits
from ruang.register.commands import move_rt
from ruang.register.models import CadreArea
from ruang.vault.phones import open_sent
from tests import make, make_prevention
from tests.field_phone import sealed
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
COUNTED = [["female", "6_12", 14, 3, 1], ["male", "6_12", 9, 0, 0]]


@pytest.fixture
def world() -> World:
    return World()


def ani(world: World) -> Actor:
    return make.actor(world.ani.user)


def entry(about: Session, /, **changed: object) -> bytes:
    """A log as a phone seals it."""
    said = {
        "kind": "log", "session": str(about.pk), "counted": COUNTED, "rts": None,
        "note": "Kursi kurang.", "starts_at": about.starts_at.isoformat(), "at": None,
    }  # fmt: skip
    which = changed.pop("entry", None) or uuid4()
    assert isinstance(which, UUID)
    return sealed({**said, **changed}, entry=which)


def send(actor: Actor, blob: bytes, at: datetime = SOON) -> SentState:
    return take_log(actor=actor, sent=log_of(open_sent(blob)), blob=blob, at=at)


def test_a_log_is_taken_over_with_its_note_and_nothing_sealed_is_left(world: World) -> None:
    session = world.plan()
    assert send(ani(world), entry(session)) is SentState.DONE
    session.refresh_from_db()
    row = Sent.objects.get()
    assert (session.state, row.state, row.blob) == (State.HELD, "done", None)
    page = field_page(actor=ani(world), session_id=session.pk)
    assert (page.people, page.notes[0].text) == (23, "Kursi kurang.")
    assert [rt.rt_id for rt in session.invited.order_by("rt__number")] == [
        one.pk for one in world.rts()[:2]
    ]
    assert "Kursi" not in str(bytes(session.notes.get().text))


def test_the_same_entry_again_gets_the_same_answer_and_changes_nothing(world: World) -> None:
    session = world.plan()
    blob = entry(session)
    assert send(ani(world), blob) is SentState.DONE
    facts = Fact.objects.count()
    assert send(ani(world), blob, SOON + timedelta(hours=3)) is SentState.DONE
    assert (Fact.objects.count(), session.notes.count()) == (facts, 1)
    with pytest.raises(NotInSight):
        send(world.officer, blob)


def test_a_cadre_is_answered_as_before_after_the_rw_was_given_to_another(world: World) -> None:
    session = world.plan()
    cadre = make.user(role=Role.CADRE)
    CadreArea.objects.create(user=cadre, rw=world.rw)
    blob = entry(session)
    assert send(make.actor(cadre), blob) is SentState.DONE
    CadreArea.objects.all().delete()
    assert send(make.actor(cadre), blob) is SentState.DONE
    with pytest.raises(NotInSight):
        send(make.actor(cadre), entry(session))


def changed_meanwhile(world: World, session: Session, how: str) -> None:
    about = {"actor": world.officer, "session_id": session.pk, "at": make.AT}
    match how:
        case "cancelled":
            cancel_session(reason=Cancelled.VENUE, **about)
        case "logged":
            world.log(session)
        case "moved":
            to = Moved(
                SOON + timedelta(hours=2), world.venue.pk, "", [world.ani.pk], Anyway.HOSTS
            )
            move_session(to=to, **about)


@pytest.mark.parametrize("how", ["cancelled", "logged", "moved", "misfit"])
def test_what_does_not_fit_any_more_waits_for_a_person(world: World, how: str) -> None:
    session = world.plan()
    more = {"counted": [["male", "0_5", 1, 5, 0]]} if how == "misfit" else {}
    blob = entry(session, **more)
    changed_meanwhile(world, session, how)
    assert send(ani(world), blob) is SentState.WAITING
    assert send(ani(world), blob) is SentState.WAITING
    row = Sent.objects.get()
    assert (row.waits, bytes(row.blob or b"")) == (Waits(how), blob)
    assert [one.waits for one in waiting_logs(actor=world.officer)] == [Waits(how)]
    opened = waiting_log(actor=world.officer, entry_id=row.pk)
    assert opened.note == "Kursi kurang."
    assert "Kursi" not in repr(opened)
    for nobody in (ani(world), make.actor(make.user())):
        with pytest.raises(PermissionDenied):
            waiting_log(actor=nobody, entry_id=row.pk)


def test_a_page_without_a_signal_knows_no_time_then_the_day_it_was_written_counts(
    world: World,
) -> None:
    session = world.plan()
    on_the_day = {"starts_at": None, "at": (SOON + timedelta(hours=2)).isoformat()}
    later = {"starts_at": None, "at": (SOON + timedelta(days=4)).isoformat()}
    assert send(ani(world), entry(session, **later)) is SentState.WAITING
    assert Sent.objects.get().waits == Waits.UNSURE, "nobody moved it"
    assert send(ani(world), entry(session, **on_the_day)) is SentState.DONE


def test_the_officer_takes_it_over_for_another_session_or_sets_it_aside(world: World) -> None:
    first, second = world.plan(), world.plan(starts_at=SOON + timedelta(days=2))
    blob, other = entry(first), entry(first)
    changed_meanwhile(world, first, "cancelled")
    send(ani(world), blob)
    send(ani(world), other)
    one, two = (open_sent(raw).id for raw in (blob, other))
    at = SOON + timedelta(days=3)
    about = {"actor": world.officer, "at": at}
    with pytest.raises(PermissionDenied):
        settle_log(actor=ani(world), entry_id=one, session_id=second.pk, at=at)
    with pytest.raises(Refused, match="cancelled"):
        settle_log(entry_id=one, session_id=first.pk, **about)
    found = waiting_log(actor=world.officer, entry_id=one)
    assert [near.id for near in found.instead] == []
    settle_log(entry_id=one, session_id=second.pk, **about)
    second.refresh_from_db()
    assert (second.state, second.notes.count()) == (State.HELD, 1)
    with pytest.raises(Refused, match="settled"):
        settle_log(entry_id=one, session_id=second.pk, **about)
    drop_log(entry_id=two, **about)
    assert set(Sent.objects.values_list("state", "blob")) == {("done", None), ("dropped", None)}
    assert send(ani(world), other) is SentState.DROPPED


def test_who_may_send_what(world: World) -> None:
    session = world.plan()
    cadre, stranger = make.user(role=Role.CADRE), make.user(role=Role.CADRE)
    CadreArea.objects.create(user=cadre, rw=world.rw)
    head = make.user(role=Role.HEAD)
    for person, refusal in (
        (head, PermissionDenied),
        (stranger, NotInSight),
        (make.user(), NotInSight),
    ):
        with pytest.raises(refusal):
            send(make.actor(person), entry(session))
        with pytest.raises(refusal):
            write_note(actor=make.actor(person), session_id=session.pk, text="a", at=SOON)
    assert not Sent.objects.exists()
    with pytest.raises(PermissionDenied):
        write_note(actor=make.actor(world.budi.user), session_id=session.pk, text="a", at=SOON)
    assert send(make.actor(world.budi.user), entry(session)) is SentState.WAITING
    assert Sent.objects.get().waits == Waits.NOT_YOURS
    assert send(make.actor(cadre), entry(session)) is SentState.DONE


WRONG: tuple[dict[str, object], ...] = (

        {"session": "bukan"}, {"session": None}, {"counted": "x"}, {"counted": [["male"]]},
        {"counted": [["male", "6_12", -1, 0, 0]]}, {"counted": [["male", "6_12", True, 0, 0]]},
        {"counted": [["robot", "6_12", 1, 0, 0]]}, {"counted": [["male", "6_12", 1.5, 0, 0]]},
        {"rts": ["x"]}, {"rts": 4}, {"starts_at": "kemarin"}, {"at": "2026-11-29"},
        {"note": "a" * 5_000},
    )  # fmt: skip


def test_what_cannot_be_read_is_refused_in_words(world: World) -> None:
    session = world.plan()
    for changed in WRONG:
        with pytest.raises(Refused):
            log_of(open_sent(entry(session, **changed)))


def test_sheets_come_one_by_one_anonymous_and_each_code_once_a_phase(world: World) -> None:
    session = world.plan()
    asked = Question.objects.create(
        programme=world.programme, topic="Batas", text="Milik siapa?", choices=["a", "b"],
        right=1,
    )  # fmt: skip

    def sheet(code: str, phase: str = "before", choice: object = 1, **more: object) -> bytes:
        said = {
            "kind": "sheet", "session": str(session.pk), "phase": phase,
            "pair": pair_of(session.pk, code), "answers": [[str(asked.pk), choice]],
        }  # fmt: skip
        return sealed({**said, **more})

    def take(blob: bytes) -> None:
        take_sheet(actor=ani(world), sent=sheet_of(open_sent(blob)), at=SOON)

    first = sheet("Kucing 7")
    take(first)
    take(first)
    take(sheet("kucing-7", "after", None))
    assert Sheet.objects.values("pair").distinct().count() == 1
    assert set(Answer.objects.values_list("choice", "is_right")) == {(1, True), (None, False)}
    with pytest.raises(Refused, match="already"):
        take(sheet("KUCING7"))
    with pytest.raises(Refused, match="another programme"):
        take(sheet("ikan 2", choice=5))
    for wrong in ({"pair": "kucing7"}, {"phase": "x"}, {"answers": [["x", 1]]}, {"pair": 7}):
        with pytest.raises(Refused):
            sheet_of(open_sent(sheet("ikan 3", **wrong)))
    assert "kucing" not in str(list(Sheet.objects.values_list())).casefold()
    assert pair_of(session.pk, "kucing7") != pair_of(make.stranger(), "kucing7")
    assert str(Sheet.objects.first()) not in str(list(Fact.objects.values_list("ids")))


def test_a_page_with_a_signal_logs_at_once(world: World) -> None:
    session = world.plan()
    sent = log_of(open_sent(entry(session)))
    log_now(actor=ani(world), sent=sent, at=SOON)
    assert not Sent.objects.exists()
    assert field_page(actor=ani(world), session_id=session.pk).notes[0].text == "Kursi kurang."
    with pytest.raises(Refused, match="logged already"):
        log_now(actor=ani(world), sent=sent, at=SOON)


def test_my_list_is_mine_and_does_not_ask_more_as_it_grows(
    world: World, django_assert_num_queries: object
) -> None:
    world.plan()
    today = world.plan(starts_at=make.AT + timedelta(hours=1))
    listed = field_list(actor=ani(world), at=make.AT)
    assert [one.id for one in listed.today] == [today.pk]
    assert len(listed.ahead) == 1
    empty = field_list(actor=make.actor(world.budi.user), at=make.AT)
    assert (*empty.today, *empty.ahead, *empty.unlogged) == ()
    world.plan(starts_at=SOON - timedelta(hours=4))
    actor = ani(world)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(field_list(actor=actor, at=make.AT).ahead) == 2
    late = field_list(actor=actor, at=SOON + timedelta(days=2))
    assert len(late.unlogged) == 3


def test_a_log_of_a_cadre_waits_where_the_session_went_to_another_rw_with_its_rt(
    world: World,
) -> None:
    """She wrote it in the hall; meanwhile the office put the RT elsewhere."""
    rt = world.rts()[0]
    session = world.plan(rts=[rt.pk])
    cadre, stranger = make.user(role=Role.CADRE), make.user(role=Role.CADRE)
    CadreArea.objects.create(user=cadre, rw=world.rw)
    elsewhere = make_prevention.rw(rts=0)
    CadreArea.objects.create(user=stranger, rw=make_prevention.rw(rts=0))
    move_rt(
        actor=world.officer, rt_id=rt.pk, rw_id=elsewhere.pk, number=7, on=make.AT.date(),
        at=make.AT,
    )  # fmt: skip
    follow_session(actor=SYSTEM, session_id=session.pk, at=make.AT)
    blob = entry(session)
    assert send(make.actor(cadre), blob) is SentState.WAITING
    assert send(make.actor(cadre), blob) is SentState.WAITING, "sent again"
    assert Sent.objects.get().waits == Waits.NOT_YOURS
    with pytest.raises(NotInSight):
        send(make.actor(stranger), entry(session))
    settle_log(
        actor=world.officer, entry_id=Sent.objects.get().pk, session_id=session.pk, at=SOON
    )
    session.refresh_from_db()
    assert session.state == State.HELD
