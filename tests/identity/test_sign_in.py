"""Signing in: what is checked, what is counted, who is slowed down and who is not."""

import threading
from datetime import timedelta

import pytest

from ruang.access.actor import SYSTEM
from ruang.audit.models import Fact
from ruang.identity import commands, passwords, sessions, throttle
from ruang.identity.models import Session, Throttle, User
from ruang.identity.states import State
from ruang.kernel.errors import Refused
from ruang.vault import carry, pairs
from ruang.vault.models import PrivateBlob, Way
from tests import make
from tests.identity import house
from tests.patience import SECONDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SECOND = timedelta(seconds=1)


def begin(login: str, password: str = house.PASSWORD, **changed: object) -> str:
    given = {"network": "10.0.0.0/24", "at": make.AT, **changed}
    return commands.begin_sign_in(actor=SYSTEM, login=login, password=password, **given)  # type: ignore[arg-type]


def finish(token: str, at: object = make.AT) -> commands.Opened:
    return commands.finish_sign_in(actor=SYSTEM, token=token, device="Firefox", at=at)  # type: ignore[arg-type]


def test_the_right_password_begins_a_session(people: house.House) -> None:
    opened = finish(begin("SARI "))
    assert opened.user_id == people.officer.id
    assert sessions.signed_in(cookie=opened.cookie, at=make.AT) is not None
    assert people.officer.user.signed_in_at == make.AT
    fact = Fact.objects.order_by("-number")[0]
    assert (fact.name, fact.by) == ("identity.signed_in", people.officer.id)
    assert "Firefox" not in str(fact.codes)


def test_between_beginning_and_end_nothing_is_open(people: house.House) -> None:
    token = begin("sari")
    assert not Session.objects.exists()
    assert people.officer.private().hex() not in token
    for other in (token[:-4], carry.pack("resume", b"{}"), "", "x" * 400):
        with pytest.raises(Refused, match="begin again"):
            finish(other)
    with pytest.raises(Refused, match="begin again"):
        finish(token, make.AT + timedelta(minutes=16))


def test_a_token_is_worth_nothing_once_the_account_has_changed(people: house.House) -> None:
    token = begin("rina")
    commands.suspend_member(actor=people.head.actor(), user_id=people.second.id, at=make.AT)
    with pytest.raises(Refused, match="begin again"):
        finish(token)
    token = begin("sari")
    pairs.set_password(people.officer.pair, people.officer.private(), house.FRESH, make.AT)
    with pytest.raises(Refused, match="begin again"):
        finish(token)


def test_a_token_of_one_way_does_not_serve_the_other(people: house.House) -> None:
    by_code = commands.begin_with_code(
        actor=SYSTEM, login="sari", code=people.officer.code, network="n", at=make.AT
    )
    with pytest.raises(Refused):
        finish(by_code)
    with pytest.raises(Refused):
        commands.finish_with_code(
            actor=SYSTEM, token=begin("sari"), password=house.FRESH, device="", at=make.AT
        )


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("sari", "ombak kecil di tepi laut "),
        ("sari", ""),
        ("sari", "\x00"),
        ("sari", "x" * 100_000),
        ("nobody", house.PASSWORD),
        ("", ""),
        ("sa\x00ri x", house.PASSWORD),
        ("sar%", house.PASSWORD),
        ("s_ri", house.PASSWORD),
    ],
)
def test_a_wrong_one_is_refused_in_the_same_words(
    people: house.House, login: str, password: str
) -> None:
    before = Fact.objects.count()
    with pytest.raises(Refused, match="do not match"):
        begin(login, password)
    fact = Fact.objects.order_by("-number")[0]
    assert Fact.objects.count() == before + 1
    assert fact.name == "identity.sign_in_failed"
    assert login not in str(fact.codes) or not login


@pytest.mark.parametrize("state", [State.INVITED, State.SUSPENDED, State.REMOVED])
def test_who_may_not_sign_in_gets_the_same_words(people: house.House, state: State) -> None:
    User.objects.filter(pk=people.officer.id).update(state=state)
    with pytest.raises(Refused, match="do not match"):
        begin("sari")


def test_an_unknown_name_takes_as_long_as_a_wrong_password(
    people: house.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both stretch the password exactly once, with the same cost."""
    calls: list[tuple[int, int]] = []
    true = pairs.stretch

    def counted(password: str, salt: bytes, *, rounds: int, kib: int) -> bytes:
        calls.append((rounds, kib))
        return true(password, salt, rounds=rounds, kib=kib)

    monkeypatch.setattr(pairs, "stretch", counted)
    for login in ("sari", "nobody"):
        with pytest.raises(Refused):
            begin(login, "wrong wrong wrong wrong")
    assert len(calls) == 2
    assert calls[0] == calls[1]


# --- slowing down -------------------------------------------------------------------------


def test_guessing_gets_slower_and_slower(people: house.House) -> None:
    at, waited = make.AT, []
    for _ in range(12):
        with pytest.raises(Refused, match="do not match"):
            begin("sari", "wrong wrong wrong", at=at)
        row = Throttle.objects.get()
        assert row.wait_until is not None
        wait = row.wait_until - at
        if wait > SECOND:
            with pytest.raises(Refused, match="Too many attempts"):
                begin("sari", house.PASSWORD, at=row.wait_until - SECOND)
        waited.append(round(wait.total_seconds()))
        at = row.wait_until
    assert waited == [0, 0, 0, 2, 5, 15, 60, 180, 600, 900, 900, 900]


def test_a_colleague_elsewhere_and_another_name_are_not_slowed(people: house.House) -> None:
    for _ in range(20):
        with pytest.raises(Refused):
            begin("sari", "wrong wrong wrong")
    with pytest.raises(Refused, match="Too many attempts"):
        begin("sari")
    assert finish(begin("sari", network="10.0.1.0/24"))
    assert finish(begin("rina"))


def test_the_right_password_and_a_day_forget_the_failures(people: house.House) -> None:
    for _ in range(3):
        with pytest.raises(Refused):
            begin("sari", "wrong wrong wrong")
    begin("sari")
    assert not Throttle.objects.exists()
    for _ in range(9):
        with pytest.raises(Refused):
            begin("sari", "wrong wrong wrong")
    assert finish(begin("sari", at=make.AT + timedelta(days=1, seconds=1)))
    with pytest.raises(Refused):
        begin("sari", "wrong wrong wrong")
    assert throttle.sweep(at=make.AT + timedelta(hours=23)) == 0
    assert throttle.sweep(at=make.AT + timedelta(days=2)) == 1


def test_attempts_are_counted_before_they_are_checked(people: house.House) -> None:
    """So that a hundred at the same moment are a hundred, not one."""
    for _ in range(4):
        throttle.admit(login="sari", network="n", at=make.AT)
    with pytest.raises(Refused):
        throttle.admit(login="SARI", network="n", at=make.AT)


def test_neither_name_nor_network_is_in_the_row(people: house.House) -> None:
    throttle.admit(login="sari", network="203.0.113.0/24", at=make.AT)
    row = str(list(Throttle.objects.values()))
    assert "sari" not in row
    assert "203.0.113" not in row


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("203.0.113.250", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_the_network_of_an_address(address: str, network: str) -> None:
    assert throttle.network_of(address) == network


def test_only_two_passwords_are_checked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE", 0.05)
    inside, most, lock = 0, 0, threading.Lock()
    refused: list[Refused] = []
    others_are_refused = threading.Event()

    def check() -> None:
        nonlocal inside, most
        try:
            with passwords.one_of_few():
                with lock:
                    inside += 1
                    most = max(most, inside)
                others_are_refused.wait(SECONDS)
                with lock:
                    inside -= 1
        except Refused as words:
            refused.append(words)
            if len(refused) == 4:
                others_are_refused.set()

    threads = [threading.Thread(target=check) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == passwords.AT_ONCE
    assert len(refused) == 4
    with passwords.one_of_few():
        pass


# --- the printed code ---------------------------------------------------------------------


def by_code(person: house.Person, code: str, password: str = house.FRESH) -> commands.Opened:
    token = commands.begin_with_code(
        actor=SYSTEM, login=person.login, code=code, network="n", at=make.AT
    )
    return commands.finish_with_code(
        actor=SYSTEM, token=token, password=password, device="", at=make.AT
    )


def test_the_printed_code_gives_a_new_password_and_a_new_code(people: house.House) -> None:
    other = finish(begin("sari"))
    opened = by_code(people.officer, people.officer.code.lower().replace("-", " "))
    assert sessions.signed_in(cookie=opened.cookie, at=make.AT) is not None
    assert sessions.signed_in(cookie=other.cookie, at=make.AT) is None
    assert opened.code != people.officer.code
    with pytest.raises(Refused, match="do not match"):
        begin("sari")
    assert finish(begin("sari", house.FRESH))
    with pytest.raises(Refused, match="do not match"):
        by_code(people.officer, people.officer.code)
    assert by_code(people.officer, opened.code, house.PASSWORD)


def test_a_weak_password_leaves_code_and_password_as_they_were(people: house.House) -> None:
    with pytest.raises(Refused, match="15 characters"):
        by_code(people.officer, people.officer.code, "short")
    assert finish(begin("sari"))
    assert by_code(people.officer, people.officer.code)


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "x" * 10_000, "\x00"])
def test_a_wrong_code_is_refused_and_counted(people: house.House, code: str) -> None:
    with pytest.raises(Refused, match="do not match"):
        by_code(people.officer, code)
    assert Throttle.objects.exists()


# --- the own account ----------------------------------------------------------------------


def test_a_new_password_ends_the_other_sessions(people: house.House) -> None:
    here, there = finish(begin("sari")), finish(begin("sari"))
    who = sessions.signed_in(cookie=here.cookie, at=make.AT)
    assert who is not None
    commands.change_password(
        actor=who.actor,
        present=house.PASSWORD,
        password=house.FRESH,
        session_id=who.session_id,
        at=make.AT,
    )
    assert sessions.signed_in(cookie=here.cookie, at=make.AT) is not None
    assert sessions.signed_in(cookie=there.cookie, at=make.AT) is None
    assert finish(begin("sari", house.FRESH))


def test_who_does_not_know_the_password_changes_nothing(people: house.House) -> None:
    """A session that was left open does not give the account away."""
    actor, session = people.officer.actor(), make.stranger()
    blobs = set(PrivateBlob.objects.values_list("blob", flat=True))
    for _ in range(4):
        with pytest.raises(Refused, match="present password"):
            commands.change_password(
                actor=actor,
                present="a guess",
                password=house.FRESH,
                session_id=session,
                at=make.AT,
            )
    with pytest.raises(Refused, match="Too many"):
        commands.print_code(actor=actor, present=house.PASSWORD, at=make.AT)
    assert set(PrivateBlob.objects.values_list("blob", flat=True)) == blobs


def test_a_new_printed_code_voids_the_old_one(people: house.House) -> None:
    code = commands.print_code(actor=people.officer.actor(), present=house.PASSWORD, at=make.AT)
    with pytest.raises(Refused):
        by_code(people.officer, people.officer.code)
    assert by_code(people.officer, code)
    blobs = PrivateBlob.objects.filter(pair=people.officer.pair, way=Way.RECOVERY)
    assert blobs.count() == 1


# --- weak passwords -----------------------------------------------------------------------


def test_there_is_a_list_of_common_ones() -> None:
    assert len(passwords.common()) >= 1_000


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "Fourteen-chars",
        "passwordpassword",
        "Password123456789",
        "P4ssw0rd!!!!!!!!!!",
        "akucintakamu1234",
        "bismillahbismillah",
        "katasandi2026!!!!",
        "kotaserangbanten1",
        "qwertyuiop123456",
        "1234567890123456",
        "abcdefghijklmnopq",
        "aaaaaaaaaaaaaaaaaaaa",
        "abababababababab",
        "xk7xk7xk7xk7xk7xk7",
        "Siti Nurhaliza 1990",
        "siti.nurhaliza2026",
        "DP3AKB Kota Serang",
        "x" * 1_001,
    ],
)
def test_weak_passwords_are_refused(password: str) -> None:
    about = ("siti.nurhaliza", "Siti Nurhaliza", "DP3AKB Kota Serang")
    with pytest.raises(Refused):
        passwords.refuse_weak(passwords.tidy(password), about=about)


@pytest.mark.parametrize(
    "password",
    [
        house.PASSWORD,
        house.FRESH,
        make.PASSWORD,
        "tiga kucing makan siang",
        "correct horse battery staple",
        "кот сидит на тёплой крыше",
        "Xk7$pQ2!vR9@mT4#",
        "😀🎈 pagi yang cerah sekali",
    ],
)
def test_there_are_no_rules_of_composition(password: str) -> None:
    about = ("siti.nurhaliza", "Siti Nurhaliza", "DP3AKB Kota Serang")
    passwords.refuse_weak(passwords.tidy(password), about=about)


def test_a_password_is_the_same_however_its_letters_were_put_together() -> None:
    assert passwords.tidy("é") == passwords.tidy("é")
