"""Files that staff add to a case: once, in a part they hold, read by its readers alone."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ruang.audit.models import Fact
from ruang.cases.models import Case, CaseFile
from ruang.cases.states import Closing, Compartment
from ruang.identity.models import User
from tests import make
from tests.cases.test_team import partner_on
from tests.web.parts import soup, words
from tests.web.test_files_page import Maker, body, photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NOTE = "KENARI result of the visum, twelve pages"


@pytest.fixture(autouse=True)
def _previews(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ruang.web.cases.adding.previewer", Maker())


@pytest.fixture
def case() -> Case:
    return make.case()


def manager_of(case: Case) -> Client:
    browser = make.signed_in(make.lead_of(case))
    User.objects.update(language="en")
    return browser


def url(case: Case) -> str:
    return f"/kasus/{case.pk}/berkas/tambah/"


def form(where: Compartment = Compartment.HEALTH, **changed: Any) -> dict[str, Any]:
    """What is sent; an upload is read once, so that each form has its own."""
    file = SimpleUploadedFile("visum.jpg", photo(), content_type="text/plain")
    return {"once": "x", "part": where.value, "text": NOTE, "berkas": [file], **changed}


def test_a_file_is_kept_in_its_part_and_the_note_names_it(case: Case) -> None:
    browser = manager_of(case)
    page = soup(browser.get(f"{url(case)}?bagian=kesehatan"))
    assert page.select_one("input[name=part][checked]")["value"] == "health"  # type: ignore[index]
    assert page.select_one("input[type=file][multiple]") is not None

    sent = browser.post(url(case), form())

    assert sent["Location"] == f"/kasus/{case.pk}/berkas/?hasil=berkas"
    row = CaseFile.objects.get()
    assert (row.case_id, row.compartment, row.kind) == (case.pk, "health", "photo")
    listed = words(browser.get(sent["Location"]))
    assert "visum.jpg" in listed
    assert "The files are kept with the case." in listed
    assert body(browser.get(f"/berkas/kasus/{case.pk}/{row.pk}/")) == photo()
    health = words(browser.get(f"/kasus/{case.pk}/bagian/kesehatan/"))
    assert NOTE in health
    assert "visum.jpg" in health
    told = Fact.objects.filter(name="cases.entry_written").get()
    assert told.codes["compartment"] == "health"
    assert "visum" not in str(told.codes) + str(told.ids)


def test_the_same_form_twice_keeps_it_once(case: Case) -> None:
    browser = manager_of(case)
    for _ in range(2):
        assert browser.post(url(case), form()).status_code == 302
    assert (CaseFile.objects.count(), case.entries.filter(kind="note").count()) == (1, 1)


def test_who_holds_the_part_reads_it_and_nobody_else(case: Case) -> None:
    browser = manager_of(case)
    nurse = partner_on(case, Compartment.PLAN, Compartment.HEALTH)
    lawyer = partner_on(case, Compartment.PLAN, Compartment.LEGAL)
    browser.post(url(case), form())
    address = f"/berkas/kasus/{case.pk}/{CaseFile.objects.get().pk}/"
    assert body(make.signed_in(nurse).get(address)) == photo()
    assert make.signed_in(lawyer).get(address).status_code == 403
    assert (
        "visum" not in make.signed_in(lawyer).get(f"/kasus/{case.pk}/berkas/").content.decode()
    )


def test_a_partner_adds_to_what_she_holds_alone(case: Case) -> None:
    nurse = make.signed_in(partner_on(case, Compartment.PLAN, Compartment.HEALTH))
    offered = {one["value"] for one in soup(nurse.get(url(case))).select("input[name=part]")}
    assert offered == {"plan", "health"}
    assert nurse.post(url(case), form(Compartment.LEGAL)).status_code == 200
    assert nurse.post(url(case), form(Compartment.HEALTH)).status_code == 302
    assert make.signed_in(make.partner()).post(url(case), form()).status_code == 404
    assert CaseFile.objects.count() == 1


def bad(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"berkas": []}, "Choose a file first"),
        ({"text": "\0 "}, "Write a few words first"),
        ({"part": ""}, "Choose a part"),
        ({"part": "thread"}, "Choose a part"),
        ({"berkas": [bad("kosong.pdf", b"")]}, "This file is empty"),
        (
            {"berkas": [bad("halaman.html", b"<script>alert(1)</script>")]},
            "cannot be sent here",
        ),
        ({"berkas": [bad("\u202e😀.jpg", b"\0" * 9)]}, "cannot be sent here"),
    ],
)
def test_what_is_not_right_is_said_and_the_words_are_kept(
    case: Case, changed: dict[str, Any], told: str
) -> None:
    answer = manager_of(case).post(url(case), form(**changed))
    assert answer.status_code == 200
    assert told in words(answer)
    if "text" not in changed:
        assert NOTE in answer.content.decode()
    assert not CaseFile.objects.exists()


def test_one_bad_file_is_named_and_none_is_taken(case: Case) -> None:
    files = [*form()["berkas"], bad("surat.exe", b"MZ\x90\0" * 20)]
    answer = manager_of(case).post(url(case), form(berkas=files))
    assert "surat.exe" in words(answer)
    assert not CaseFile.objects.exists()


def test_too_large_a_file_and_a_closed_case(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = manager_of(case)
    monkeypatch.setattr(settings, "FILE_LIMIT", 100)
    assert "too large" in words(browser.post(url(case), form()))
    monkeypatch.undo()
    make.Case.objects.filter(pk=case.pk).update(
        state="closed", closing=Closing.HELPED, closed_at=make.AT
    )
    assert browser.get(url(case)).status_code == 404
    assert browser.post(url(case), form()).status_code == 200
    assert not CaseFile.objects.exists()
