"""A report comes in: what is stored, to whom it is sealed, and what sending it again does."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import ANYBODY, SYSTEM
from ruang.audit.models import Fact
from ruang.intake.arrival import SHOWN_AGAIN
from ruang.intake.attachments import shorten, store_text
from ruang.intake.commands import Form, Receipt, open_follow, receive_report
from ruang.intake.entry import entry_form
from ruang.intake.models import Attachment, Message, ReceiptCopy, Report
from ruang.intake.states import RANK, Risk, Safety, State, Who
from ruang.intake.told import Contact, Details, MustNotRead
from ruang.kernel.errors import Refused
from ruang.kernel.filecard import FileCard
from ruang.territory import commands as territory
from ruang.vault.files import read_file
from ruang.vault.keyring import CannotOpen, current_keys
from ruang.vault.ledger import Ledger
from ruang.vault.models import DataKey, KeyPair, PrivateBlob, Wrap
from ruang.vault.quorum import OWNER
from ruang.vault.suites import new_secret
from ruang.vault.texts import open_text
from tests import make

pytestmark = pytest.mark.django_db


def form() -> Form:
    return Form(secret=new_secret(), page=new_secret())


def send(a_form: Form, *, at: object = make.AT, **changed: object) -> Receipt:
    return receive_report(actor=ANYBODY, form=a_form, told=make.told(**changed), at=at)  # type: ignore[arg-type]


def rows() -> tuple[int, ...]:
    """Everything a report is made of."""
    tables = (
        Report,
        Attachment,
        Message,
        ReceiptCopy,
        KeyPair,
        PrivateBlob,
        DataKey,
        Wrap,
        Fact,
    )
    return tuple(table.objects.count() for table in tables)


def test_the_desk_and_the_reporter_open_what_was_told_and_nobody_else_does() -> None:
    city = make.city()
    receipt = make.receipt(story="Tetangga saya memukul.", when="kemarin", reach="0812")
    report = make.report_of(receipt)
    officer, stranger = make.actor(make.officer(city)), make.actor(make.user())

    for actor in (officer, make.reporter(receipt)):
        assert open_text(actor.keys, report, "story") == "Tetangga saya memukul."
        assert Details.from_text(open_text(actor.keys, report, "details")).when == "kemarin"
        assert Contact.from_text(open_text(actor.keys, report, "contact")).reach == "0812"
    for column in ("story", "details", "contact"):
        with pytest.raises(CannotOpen):
            open_text(stranger.keys, report, column)
    assert len((receipt.words or "").split()) == 7


def test_both_keys_are_wrapped_to_desk_reporter_and_quorum_and_to_nobody_more() -> None:
    city = make.city()
    report = make.report_of(make.receipt())

    keys = current_keys(report.pk)
    assert set(keys) == {"contact", "story"}
    for key in keys.values():
        owners = set(Wrap.objects.filter(key=key).values_list("holder__owner", flat=True))
        assert owners == {city.intake_desk, report.pk, OWNER}


def test_naming_the_office_seals_it_to_the_alternate_desk_alone() -> None:
    city = make.city()
    report = make.report_of(
        make.receipt(office_named=True, must_not_read="Pak Kepala", story="Rahasia")
    )
    here = make.actor(make.officer(city))
    there = make.actor(make.User.objects.filter(organisation=city.alternate_desk)[0])

    assert report.desk == city.alternate_desk
    assert not Report.objects.visible_to(here).exists()
    with pytest.raises(CannotOpen):
        open_text(here.keys, report, "story")
    assert Report.objects.visible_to(there).get() == report
    said = MustNotRead.from_text(open_text(there.keys, report, "must_not_read"))
    assert said == MustNotRead(office=True, names="Pak Kepala")


@pytest.mark.parametrize(
    ("safety", "rank", "hours"),
    [
        (Safety.DANGER, RANK[Risk.HIGH], 0),
        (Safety.SAFE, RANK[Risk.UNRATED], 6),
        (Safety.SHORT, RANK[Risk.UNRATED], 6),
        (Safety.UNKNOWN, RANK[Risk.UNRATED], 6),
    ],
)
def test_danger_comes_first_and_at_once(safety: Safety, rank: int, hours: int) -> None:
    make.city()
    report = make.report_of(make.receipt(safety=safety))
    assert (report.rank, report.due_at) == (rank, make.AT + timedelta(hours=hours))
    assert (report.risk, report.state, report.holder) == (Risk.UNRATED, State.NEW, None)


def test_what_comes_in_at_night_counts_from_the_opening_of_the_desk() -> None:
    make.city()
    night = make.AT.replace(hour=15)  # 22.00 in Serang; the desk opens at 08.00
    report = make.report_of(make.receipt(at=night))
    assert report.due_at == make.AT.replace(day=24, hour=7, minute=0)
    assert make.report_of(make.receipt(at=night, safety=Safety.DANGER)).due_at == night


def test_numbers_count_by_the_local_month() -> None:
    make.city()
    last_night = make.AT.replace(day=30, hour=17, minute=5)  # already December in Serang
    numbers = [make.receipt().number, make.receipt().number, make.receipt(at=last_night).number]
    assert numbers == ["A-2611-001", "A-2611-002", "A-2612-001"]


def test_files_are_claimed_and_open_bit_by_bit() -> None:
    city = make.city()
    text = "Bukti\r\n" * 20_000
    kept = store_text("cerita", text)
    report = make.report_of(make.receipt(files=[kept]))
    officer = make.actor(make.officer(city))

    row = report.attachments.get()
    card = FileCard.from_text(open_text(officer.keys, row, "meta"))
    assert b"".join(read_file(row.pk, card.key, card.size)).decode() == text
    assert (card.name, row.kind, report.file_count) == ("cerita.txt", "document", 1)
    assert row.bucket >= card.size


def test_a_text_of_any_length_is_kept_whole() -> None:
    make.city()
    words = "cerita panjang sekali " * 20_000
    short, file = shorten("cerita", words)
    assert file is not None
    assert len(short) < 1_200
    assert short.startswith("cerita panjang")
    assert b"".join(read_file(file.id, file.card.key, file.card.size)).decode() == words
    assert shorten("cerita", "pendek") == ("pendek", None)


def test_one_fact_says_so_without_a_word_of_it() -> None:
    city = make.city()
    report = make.report_of(make.receipt(safety=Safety.DANGER, who=Who.CHILD, story="Rahasia"))
    fact = Fact.objects.get(name="intake.report_received")
    assert fact.about == fact.by == report.pk
    assert fact.ids == {"report": str(report.pk), "desk": str(city.intake_desk)}
    assert fact.codes == {"door": "web", "danger": True}


def test_while_the_form_is_closed_nothing_is_stored() -> None:
    make.city(is_open=False)
    before = rows()
    with pytest.raises(Refused):
        make.receipt()
    assert rows() == before


def test_staff_do_not_report_by_this_door() -> None:
    city = make.city()
    with pytest.raises(PermissionDenied):
        receive_report(
            actor=make.actor(make.officer(city)), form=form(), told=make.told(), at=make.AT
        )


def test_the_same_page_again_shows_the_same_words_and_stores_nothing() -> None:
    make.city()
    same = form()
    first, before = send(same), rows()
    assert send(same, at=make.AT + timedelta(minutes=5)) == first
    assert rows() == before


def test_a_changed_page_of_the_same_form_shows_no_words_and_changes_nothing() -> None:
    make.city()
    same = form()
    first, before = send(same, story="Yang pertama"), rows()
    changed = send(Form(secret=same.secret, page=new_secret()), story="Yang kedua")
    assert (changed.number, changed.words) == (first.number, None)
    assert rows() == before
    report = make.report_of(first)
    assert open_text(make.reporter(first).keys, report, "story") == "Yang pertama"


def test_once_the_code_was_used_the_words_are_not_shown_again() -> None:
    make.city()
    same = form()
    first = send(same)
    open_follow(
        actor=ANYBODY,
        words=first.words or "",
        entry=entry_form(make.AT),
        ledger=Ledger(),
        at=make.AT,
    )
    assert send(same).words is None


def test_after_two_hours_the_words_are_not_shown_again() -> None:
    make.city()
    same = form()
    first = send(same)
    assert send(same, at=make.AT + SHOWN_AGAIN - timedelta(seconds=1)).words == first.words
    assert send(same, at=make.AT + SHOWN_AGAIN).words is None


def test_the_copy_of_the_receipt_opens_with_the_secret_of_the_form_alone() -> None:
    make.city()
    one, other = form(), form()
    words = send(one).words or ""
    send(other)
    blob = bytes(ReceiptCopy.objects.get(form_tag=one.tag).blob)
    assert not any(word.encode() in blob for word in words.split())
    ReceiptCopy.objects.filter(form_tag=other.tag).update(blob=blob)
    assert send(other).words is None


def test_a_form_that_closed_meanwhile_still_shows_its_receipt() -> None:
    make.city()
    same = form()
    first = send(same)
    territory.close_form(actor=SYSTEM, at=make.AT)
    assert send(same).words == first.words
