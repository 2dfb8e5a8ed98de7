"""The seven words: what they open, how often, for how long; and writing with them."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import ANYBODY, Actor
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.intake.attachments import store_text
from ruang.intake.commands import (
    claim_report,
    open_follow,
    write_as_reporter,
    write_to_reporter,
)
from ruang.intake.entry import (
    GRACE,
    NONCE_FOR,
    OPEN_FOR,
    Opened,
    UsedUp,
    WrongWords,
    entry_form,
    still_open,
)
from ruang.intake.models import Message, ReceiptCopy, UsedNonce
from ruang.intake.states import MessageKind
from ruang.vault import carry
from ruang.vault.keyring import CannotOpen
from ruang.vault.ledger import Ledger
from ruang.vault.suites import new_secret
from ruang.vault.texts import open_text
from tests import make

pytestmark = pytest.mark.django_db


def enter(words: str | None, entry: str = "", at: datetime = make.AT) -> Opened:
    return open_follow(
        actor=ANYBODY,
        words=words or "",
        entry=entry or entry_form(at),
        ledger=Ledger(),
        at=at,
    )


def write(actor: Actor, text: str = "Halo", *, tag: bytes = b"", **changed: object) -> object:
    given: dict[str, object] = {
        "report_id": actor.user_id,
        "form_tag": tag or new_secret(),
        "at": make.AT,
    }
    return write_as_reporter(actor=actor, text=text, **{**given, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed",
    [
        "{0}",
        "  {0}\n",
        "{1}",
        "{2}",
        "1. {3}",
        "{4}",
    ],
)
def test_the_words_open_in_any_case_and_with_any_signs_between(typed: str) -> None:
    make.city()
    words = make.receipt().words or ""
    forms = (
        words,
        words.upper(),
        words.replace(" ", "-"),
        words.replace(" ", ",\n2. "),
        " ".join(word[:4] for word in words.split()),
    )
    assert enter(typed.format(*forms)).actor.keys is not None


def test_they_open_her_report_and_no_other() -> None:
    make.city()
    mine, other = make.receipt(story="punya saya"), make.receipt(story="punya orang")
    actor = enter(mine.words).actor
    assert open_text(actor.keys, make.report_of(mine), "story") == "punya saya"
    with pytest.raises(CannotOpen):
        open_text(actor.keys, make.report_of(other), "story")


@pytest.mark.parametrize("words", ["", "salah", "satu dua tiga empat lima enam tujuh", "\x00"])
def test_other_words_open_nothing_and_use_up_nothing(words: str) -> None:
    make.city()
    receipt, entry = make.receipt(), entry_form(make.AT)
    with pytest.raises(WrongWords):
        enter(words, entry)
    assert not UsedNonce.objects.exists()
    assert enter(receipt.words, entry)


def test_opening_ends_the_copy_of_the_receipt_and_is_on_record() -> None:
    make.city()
    receipt, other = make.receipt(), make.receipt()
    report = make.report_of(receipt)
    enter(receipt.words)
    assert not ReceiptCopy.objects.filter(report=report).exists()
    assert ReceiptCopy.objects.filter(report=make.report_of(other)).exists()
    fact = Fact.objects.get(name="intake.report_followed")
    assert (fact.by, fact.about, fact.role) == (report.pk, report.pk, "reporter")


def test_an_entry_form_opens_once_with_a_minute_of_grace() -> None:
    make.city()
    receipt, entry = make.receipt(), entry_form(make.AT)
    enter(receipt.words, entry)
    assert enter(receipt.words, entry, make.AT + GRACE)
    with pytest.raises(UsedUp):
        enter(receipt.words, entry, make.AT + GRACE + timedelta(seconds=1))
    assert enter(receipt.words, at=make.AT + timedelta(hours=1))
    assert Fact.objects.filter(name="intake.report_followed").count() == 2


@pytest.mark.parametrize("entry", ["", "x", "AQ==", carry.pack.__doc__])
def test_an_entry_form_that_did_not_come_from_here_opens_nothing(entry: str) -> None:
    make.city()
    receipt = make.receipt()
    with pytest.raises(UsedUp):
        open_follow(
            actor=ANYBODY, words=receipt.words or "", entry=entry, ledger=Ledger(), at=make.AT
        )


def test_an_entry_form_of_yesterday_opens_nothing() -> None:
    make.city()
    receipt, entry = make.receipt(), entry_form(make.AT)
    with pytest.raises(UsedUp):
        enter(receipt.words, entry, make.AT + NONCE_FOR + timedelta(seconds=1))


def test_staff_do_not_come_in_by_the_words() -> None:
    city = make.city()
    receipt = make.receipt()
    with pytest.raises(PermissionDenied):
        open_follow(
            actor=make.actor(make.officer(city)),
            words=receipt.words or "",
            entry=entry_form(make.AT),
            ledger=Ledger(),
            at=make.AT,
        )


def test_a_page_holds_the_thread_open_for_half_an_hour_from_its_last_use() -> None:
    make.city()
    opened = enter(make.receipt().words)
    last = make.AT + OPEN_FOR
    again = still_open(opened.key, ledger=Ledger(), at=last)
    assert again is not None
    assert again.actor.user_id == opened.actor.user_id
    assert still_open(opened.key, ledger=Ledger(), at=last + timedelta(seconds=1)) is None
    assert still_open(again.key, ledger=Ledger(), at=last + OPEN_FOR) is not None


def test_a_key_that_did_not_come_from_here_holds_nothing_open() -> None:
    make.city()
    opened = enter(make.receipt().words)
    for key in ("", "x", opened.key[:-4], entry_form(make.AT), carry.pack("form", b"{}")):
        assert still_open(key, ledger=Ledger(), at=make.AT) is None


def test_what_she_writes_is_sealed_for_the_desk_and_waits_for_an_answer() -> None:
    city = make.city()
    receipt = make.receipt()
    write(make.reporter(receipt), "Saya di rumah ibu.")
    message, report = Message.objects.get(), make.report_of(receipt)
    officer = make.actor(make.officer(city))
    assert open_text(officer.keys, message, "text") == "Saya di rumah ibu."
    assert report.waiting
    fact = Fact.objects.get(name="intake.message_written")
    assert fact.codes == {"side": "reporter", "kind": "text"}


def test_the_same_form_twice_is_one_message_with_its_files_once() -> None:
    make.city()
    receipt, tag = make.receipt(), new_secret()
    hers, files = make.reporter(receipt), [store_text("bukti", "isi")]
    first = write(hers, "Ini", tag=tag, kind=MessageKind.EVIDENCE, files=files)
    assert write(hers, "Lain", tag=tag) == first
    report = make.report_of(receipt)
    assert report.messages.count() == report.attachments.count() == report.file_count == 1
    assert Fact.objects.filter(name="intake.message_written").count() == 1


def test_she_cannot_write_in_the_thread_of_another() -> None:
    make.city()
    mine, other = make.receipt(), make.receipt()
    with pytest.raises(NotInSight):
        write(make.reporter(mine), report_id=make.report_of(other).pk)
    assert not Message.objects.exists()


def test_the_first_message_after_ours_begins_a_new_clock_and_the_next_does_not() -> None:
    city = make.city()
    receipt = make.receipt()
    report, officer = make.report_of(receipt), make.actor(make.officer(city))
    write(make.reporter(receipt), at=make.AT + timedelta(minutes=1))
    report.refresh_from_db()
    assert report.due_at == make.AT + timedelta(hours=6), "until it is read, that clock runs"

    claim_report(actor=officer, report_id=report.pk, at=make.AT)
    write_to_reporter(actor=officer, report_id=report.pk, text="Halo, Ibu.", at=make.AT)
    for minutes in (10, 20):
        write(make.reporter(receipt), at=make.AT + timedelta(minutes=minutes))
    report.refresh_from_db()
    assert report.due_at == make.AT + timedelta(hours=6, minutes=10)
