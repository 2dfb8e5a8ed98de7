"""A scan of the letter that a report came by: attached while it is written down."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ruang.access.actor import SYSTEM
from ruang.intake.commands import discard_draft
from ruang.intake.models import Draft, Report
from ruang.intake.queries import opened_report
from ruang.intake.states import Discard
from ruang.kernel.clock import now
from ruang.triage.commands import sweep_unclaimed_files
from ruang.vault.files import folder
from tests.intake.writers import Room, room
from tests.web.parts import soup
from tests.web.test_recording_page import Writer
from tests.web.walk import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Room:
    return room()


def scan(name: str = "surat.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo(), "image/jpeg")


def test_a_scan_of_the_letter_goes_with_the_report(desk: Room) -> None:
    """Attached, taken away, attached again, saved by itself meanwhile, and finished."""
    page = Writer(desk).open().press("tambah", story="Surat dari camat.", berkas=scan())
    assert "surat.jpg" in page.text
    assert page.value("story") == "Surat dari camat."
    listed = page.soup.select_one("button[name=hapus]")
    assert listed is not None
    assert [str(UUID(one)) for one in Draft.objects.get().files] == [
        str(UUID(str(listed["value"])))
    ]
    page.answer = page.client.post(
        page.action, {**page.carried(), "story": "Surat.", "hapus": str(listed["value"])},
        follow=True,
    )  # fmt: skip
    assert "surat.jpg" not in page.text
    page = page.press("tambah", story="Surat.", berkas=[scan("satu.jpg"), scan("dua.jpg")])
    assert page.save(story="Surat dari camat.").status_code == 200
    assert len(Draft.objects.get().files) == 2, "what saves itself drops no file"
    page = Writer(desk).open(page.action)
    assert "dua.jpg" in page.text, "another tab, another day"
    page.press("selesai", story="Surat dari camat.", door="letter", keeps="me")
    report = Report.objects.get()
    assert report.file_count == report.attachments.count() == 2
    opened = opened_report(actor=desk.who("writer", now()), report_id=report.pk, at=now())
    assert {one.name for one in opened.files} == {"satu.jpg", "dua.jpg"}
    assert not Draft.objects.exists()


def test_finishing_with_the_scan_twice_is_one_report_with_its_words(desk: Room) -> None:
    page = Writer(desk).open().press("simpan", story="Surat.")
    sent = {**page.carried(), "story": "Surat.", "selesai": "1"}
    files = (SimpleUploadedFile("surat.jpg", data, "image/jpeg") for data in [photo()] * 2)
    answers = [page.client.post(page.action, {**sent, "berkas": one}) for one in files]
    codes = [soup(answer).select_one("#kode") for answer in answers]
    assert codes[0] is not None
    assert str(codes[0]) == str(codes[1])
    assert Report.objects.get().attachments.count() == 1


def test_what_cannot_be_kept_is_said_and_every_word_stays(desk: Room) -> None:
    bad = SimpleUploadedFile("virus.exe", b"MZ\x00", "application/octet-stream")
    page = Writer(desk).open().press("selesai", story="Surat.", berkas=[scan(), bad])
    assert "virus.exe" in page.text
    assert "surat.jpg" in page.text
    assert page.value("story") == "Surat."
    assert not Report.objects.exists(), "first it is said, then it is finished"
    assert Draft.objects.count() == 1


def test_files_of_a_draft_wait_for_its_report(desk: Room) -> None:
    Writer(desk).open().press("tambah", story="Surat.", berkas=scan())
    later = now() + timedelta(days=400)  # the disk keeps its own time
    kept = [path.name for path in folder().iterdir()]
    assert len(kept) == 2, "the file and its preview"
    sweep_unclaimed_files(actor=SYSTEM, at=later)
    assert sorted(path.name for path in folder().iterdir()) == sorted(kept)
    draft = Draft.objects.get()
    discard_draft(
        actor=desk.who("writer", now()), draft_id=draft.pk, why=Discard.MISTAKE, at=now()
    )
    assert sweep_unclaimed_files(actor=SYSTEM, at=later) == 2
