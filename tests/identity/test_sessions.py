"""One sign-in on one device: how long it lasts, and that its row alone opens nothing."""

import pickle
from datetime import datetime, timedelta

import pytest

from ruang.access.actor import SYSTEM, Actor
from ruang.access.sight import NotInSight
from ruang.identity import commands, sessions
from ruang.identity.models import Session
from ruang.vault.keyring import CannotOpen, ring
from ruang.vault.ledger import Ledger
from ruang.vault.pairs import from_session
from ruang.vault.suites import Tampered
from tests import make
from tests.identity import house

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def begin(person: house.Person, at: datetime = make.AT) -> str:
    token = commands.begin_sign_in(
        actor=SYSTEM, login=person.login, password=house.PASSWORD, network="n", at=at
    )
    return commands.finish_sign_in(actor=SYSTEM, token=token, device="", at=at).cookie


def look(cookie: str, at: datetime, *, automatic: bool = False) -> sessions.SignedIn | None:
    """What the middleware does for one request."""
    who = sessions.signed_in(cookie=cookie, at=at, automatic=automatic, ledger=Ledger())
    if who is not None and who.unnoticed:
        sessions.notice(session_id=who.session_id, at=at)
    return who


def test_it_says_who_acts_and_opens_what_she_holds(people: house.House) -> None:
    who = look(begin(people.officer), make.AT)
    assert who is not None
    assert (who.actor.user_id, who.actor.organisation_id) == (people.officer.id, people.office)
    assert who.organisation_name == "DP3AKB"
    assert who.is_confirmed
    assert ring(who.actor.keys).pairs() >= {people.officer.pair.pk}


def test_it_costs_one_query(people: house.House, django_assert_num_queries: object) -> None:
    cookie = begin(people.officer)
    with django_assert_num_queries(1):  # type: ignore[operator]
        sessions.signed_in(cookie=cookie, at=make.AT + 2 * MINUTE, ledger=Ledger())


def test_it_ends_after_fifteen_minutes_without_use(people: house.House) -> None:
    cookie = begin(people.officer)
    for minutes in (14, 28, 42):
        assert look(cookie, make.AT + minutes * MINUTE)
    assert look(cookie, make.AT + 57 * MINUTE) is None


def test_what_a_page_asks_by_itself_does_not_keep_it_alive(people: house.House) -> None:
    cookie = begin(people.officer)
    for minutes in range(1, 15):
        assert look(cookie, make.AT + minutes * MINUTE, automatic=True)
    assert look(cookie, make.AT + 15 * MINUTE, automatic=True) is None
    assert look(cookie, make.AT + 15 * MINUTE) is None


def test_it_ends_after_eight_hours_in_any_case(people: house.House) -> None:
    cookie = begin(people.officer)
    for minutes in range(10, 480, 10):
        assert look(cookie, make.AT + minutes * MINUTE)
    assert look(cookie, make.AT + 480 * MINUTE) is None


def test_being_there_is_written_down_once_a_minute_and_never_backwards(
    people: house.House,
) -> None:
    cookie = begin(people.officer)
    row = Session.objects.get()
    look(cookie, make.AT + timedelta(seconds=59))
    row.refresh_from_db()
    assert row.seen_at == make.AT
    look(cookie, make.AT + 3 * MINUTE)
    sessions.notice(session_id=row.pk, at=make.AT + 2 * MINUTE)
    row.refresh_from_db()
    assert row.seen_at == make.AT + 3 * MINUTE


@pytest.mark.parametrize("cookie", [None, "", "x", "é", "a" * 43, "a" * 5_000, "\x00" * 43])
def test_what_is_no_cookie_of_ours_is_nobody(people: house.House, cookie: str | None) -> None:
    begin(people.officer)
    assert sessions.signed_in(cookie=cookie, at=make.AT) is None
    assert sessions.owner_of(cookie) is None


def test_a_stolen_row_opens_nothing(people: house.House) -> None:
    """The thief has every column; the key is in the cookie alone."""
    begin(people.officer)
    row = Session.objects.get()
    private = people.officer.private()
    for field in (row.tag, row.private, row.pk.bytes, row.user_id.bytes, row.pair.bytes):
        raw = bytes(field)
        assert private not in raw
        for key in (raw[:32].ljust(32, b"\0"), raw[-32:].ljust(32, b"\0")):
            with pytest.raises(Tampered):
                from_session(row.pair, bytes(row.private), key)


def test_a_blob_moved_to_another_session_opens_nothing(people: house.House) -> None:
    mine, hers = begin(people.officer), begin(people.second)
    one, other = Session.objects.order_by("pk")
    one.private, other.private = other.private, one.private
    one.save()
    other.save()
    assert sessions.signed_in(cookie=mine, at=make.AT) is None
    assert sessions.signed_in(cookie=hers, at=make.AT) is None


def test_two_sessions_of_one_person_have_different_keys(people: house.House) -> None:
    assert begin(people.officer) != begin(people.officer)
    one, other = Session.objects.order_by("pk")
    assert bytes(one.private) != bytes(other.private)
    assert bytes(one.tag) != bytes(other.tag)


def test_ended_sessions_keep_no_key_and_are_forgotten_after_a_day(people: house.House) -> None:
    cookie = begin(people.officer)
    actor = people.officer.actor()
    session = Session.objects.get()
    commands.sign_out(actor=actor, session_id=session.pk, at=make.AT)
    session.refresh_from_db()
    assert not session.private
    assert sessions.signed_in(cookie=cookie, at=make.AT) is None
    assert sessions.owner_of(cookie) == people.officer.id
    sessions.sweep(at=make.AT + timedelta(days=1))
    assert sessions.owner_of(cookie) is None


def test_the_sweep_takes_the_key_out_of_what_is_over(people: house.House) -> None:
    idle, alive = begin(people.officer), begin(people.second, make.AT + 10 * MINUTE)
    assert sessions.sweep(at=make.AT + 16 * MINUTE) == 1
    assert sessions.signed_in(cookie=alive, at=make.AT + 16 * MINUTE) is not None
    assert sessions.signed_in(cookie=idle, at=make.AT + 16 * MINUTE) is None
    assert not Session.objects.get(user=people.officer.id).private
    sessions.sweep(at=make.AT + timedelta(hours=9))
    assert not Session.objects.exclude(private=b"").exists()


JUMPS = (
    timedelta(hours=1), timedelta(hours=-1), timedelta(days=2), timedelta(days=-2),
    timedelta(days=-3_650),
)  # fmt: skip


@pytest.mark.parametrize("jump", JUMPS, ids=str)
@pytest.mark.parametrize("swept", [True, False])
def test_however_the_system_clock_jumps_no_ended_session_is_good_again(
    people: house.House, jump: timedelta, *, swept: bool
) -> None:
    """R-05: signed out, left alone for a quarter of an hour, or eight hours old."""
    old = begin(people.second)
    for minutes in range(10, 480, 10):
        assert look(old, make.AT + minutes * MINUTE)
    now = make.AT + timedelta(hours=8)
    out, idle = begin(people.officer, now), begin(people.head, now)
    signed_out = Session.objects.get(user=people.officer.id)
    commands.sign_out(actor=people.officer.actor(), session_id=signed_out.pk, at=now)
    now += 16 * MINUTE
    assert [look(cookie, now) for cookie in (old, out, idle)] == [None] * 3
    for at in (now + jump, now + jump + 5 * MINUTE, now + 6 * MINUTE):
        if swept:
            sessions.sweep(at=at)
        assert [look(cookie, at) for cookie in (old, out, idle)] == [None] * 3


def test_what_a_clock_ahead_of_its_time_ended_stays_ended(people: house.House) -> None:
    cookie = begin(people.officer)
    ahead = make.AT + timedelta(days=2)
    assert look(cookie, ahead) is None
    sessions.sweep(at=ahead)
    assert look(cookie, make.AT + MINUTE) is None


def test_a_session_that_began_in_a_time_to_come_is_none_once_the_clock_is_right(
    people: house.House,
) -> None:
    cookie = begin(people.officer, make.AT + timedelta(days=2))
    assert look(cookie, make.AT) is None
    assert sessions.sweep(at=make.AT) == 1
    assert not Session.objects.exclude(private=b"").exists()


def test_requests_that_overtake_each_other_end_no_session(people: house.House) -> None:
    cookie = begin(people.officer)
    assert look(cookie, make.AT + 3 * MINUTE)
    assert look(cookie, make.AT + 3 * MINUTE - timedelta(seconds=2))


def test_only_own_sessions_can_be_ended(people: house.House) -> None:
    begin(people.officer)
    begin(people.officer)
    hers = begin(people.second)
    other = Session.objects.get(user=people.second.id)
    with pytest.raises(NotInSight):
        commands.sign_out(actor=people.officer.actor(), session_id=other.pk, at=make.AT)
    mine = Session.objects.filter(user=people.officer.id).order_by("pk").last()
    assert mine is not None
    ended = commands.sign_out_others(
        actor=people.officer.actor(), session_id=mine.pk, at=make.AT
    )
    assert ended == 1
    assert sessions.signed_in(cookie=hers, at=make.AT) is not None


def test_suspending_and_closing_take_effect_at_the_next_request(people: house.House) -> None:
    cookie = begin(people.second)
    assert look(cookie, make.AT)
    commands.suspend_member(actor=people.head.actor(), user_id=people.second.id, at=make.AT)
    assert look(cookie, make.AT) is None


def test_without_a_ledger_nothing_opens_but_the_person_is_known(people: house.House) -> None:
    who = sessions.signed_in(cookie=begin(people.officer), at=make.AT)
    assert who is not None
    assert isinstance(who.actor, Actor)
    with pytest.raises(CannotOpen):
        ring(who.actor.keys).material(make.stranger())
    with pytest.raises(TypeError):
        pickle.dumps(who.actor.keys)
