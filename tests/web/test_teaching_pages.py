"""Programmes, materials, questions and facilitators in the browser."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ruang.access.roles import Role
from ruang.identity.models import User
from ruang.prevention.models import Away, Facilitator, MaterialVersion, Programme, Question
from tests import make, make_prevention
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def officer() -> tuple[World, Client]:
    world = World()
    User.objects.update(language="en")
    return world, make.signed_in(world.person, at=make.AT)


def text_of(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


@time_machine.travel(make.AT, tick=False)
def test_a_programme_with_questions_and_materials(officer: tuple[World, Client]) -> None:
    world, browser = officer
    said = {
        "name": "Kelas 🌧 ", "unit": "community", "audiences": ["parents", "men"],
        "topics": "Satu\n\nDua", "minutes": "60", "facilitators": "1", "is_active": "on",
    }  # fmt: skip
    wrong = browser.post("/pencegahan/program/baru/", {"minutes": "x", "unit": "moon"})
    assert "Write whole numbers only." in wrong.content.decode()
    made = browser.post("/pencegahan/program/baru/", said)
    row = Programme.objects.get(name="Kelas 🌧")
    to = f"/pencegahan/program/{row.pk}/"
    assert made["Location"] == f"{to}?hasil=program"
    again = browser.post("/pencegahan/program/baru/", said).content.decode()
    assert "of this name already" in again
    changed = browser.post(f"{to}ubah/", {**said, "unit": "rw", "minutes": "75"})
    assert changed["Location"] == f"{to}?hasil=program"
    row.refresh_from_db()
    assert (row.unit, row.minutes, row.topics) == ("community", 75, ["Satu", "Dua"])

    asked = {"topic": "Batas", "text": "Boleh menolak?", "answers": "* Ya\nTidak"}
    none = browser.post(f"{to}pertanyaan/", {**asked, "answers": "Ya\nTidak"})
    assert "Put a star before" in none.content.decode()
    browser.post(f"{to}pertanyaan/", asked)
    first = Question.objects.get()
    form = browser.get(f"{to}pertanyaan/?ganti={first.pk}").content.decode()
    assert "* Ya\nTidak" in form
    browser.post(f"{to}pertanyaan/?ganti={first.pk}", {**asked, "text": "Bolehkah?"})
    shown = text_of(browser, to)
    assert "Bolehkah?" in shown
    assert "Boleh menolak?" not in shown
    second = Question.objects.get(is_active=True)
    assert "No longer use" in text_of(browser, f"{to}pertanyaan/{second.pk}/berhenti/")
    browser.post(f"{to}pertanyaan/{second.pk}/berhenti/")
    assert "Nothing is asked before and after" in text_of(browser, to)

    file = SimpleUploadedFile("../<b>.pdf", b"%PDF-1.7\n isi")
    browser.post(f"{to}bahan/", {"title": "Lembar balik", "instead": "", "file": file})
    version = MaterialVersion.objects.get()
    sent = browser.get(f"{to}berkas/{version.pk}/")
    assert sent.content == b"%PDF-1.7\n isi"
    assert sent["Content-Disposition"].startswith("attachment")
    assert sent["X-Content-Type-Options"] == "nosniff"
    for bad in ({}, {"title": "x", "file": SimpleUploadedFile("a.exe", b"MZ\x90\x00")}):
        assert "Choose a" in browser.post(f"{to}bahan/", bad).content.decode()
    browser.post(f"{to}bahan/{version.material_id}/berhenti/")
    assert "no materials yet" in text_of(browser, to)
    assert "Kelas 🌧" in text_of(browser, "/pencegahan/program/")
    assert browser.get(f"/pencegahan/program/{world.programme.pk}/").status_code == 200


@time_machine.travel(make.AT, tick=False)
def test_a_facilitator_of_the_team_and_on_her_own_page(officer: tuple[World, Client]) -> None:
    world, browser = officer
    colleague = make.user(world.person.organisation, Role.CADRE)
    person = make.user(world.person.organisation, Role.FACILITATOR)
    User.objects.update(language="en")
    assert person.name in text_of(browser, "/pencegahan/fasilitator/")
    new = f"/pencegahan/fasilitator/baru/{person.pk}/"
    assert "Tick at least one." in browser.post(new, {"sex": "woman"}).content.decode()
    made = browser.post(new, {
        "sex": "woman", "languages": ["id", "su"], "programmes": [str(world.programme.pk)],
        "home": make_prevention.VILLAGE, "sessions_a_day": "2", "sessions_a_week": "4",
        "is_active": "on",
    })  # fmt: skip
    row = Facilitator.objects.get(user=person)
    to = f"/pencegahan/fasilitator/{row.pk}/"
    assert made["Location"] == f"{to}?hasil=fasilitator"
    assert browser.get(f"/pencegahan/fasilitator/baru/{make.stranger()}/").status_code == 404

    herself = make.signed_in(person, at=make.AT)
    half = herself.post(f"{to}jam/", {"b1": "08:00"}).content.decode()
    assert "Give both times of this day" in half
    back = herself.post(f"{to}jam/", {"b1": "12:00", "e1": "08:00"}).content.decode()
    assert "must be after" in back
    assert herself.post(f"{to}jam/", {"b1": "08:00", "e1": "12.30"}).status_code == 302
    assert "08.00–12.30" in text_of(herself, to)
    world.plan(facilitators=[row.pk])
    day = SOON.date().isoformat()
    assert (
        herself.post(f"{to}tidak-ada/", {"begins_on": day, "ends_on": day}).status_code == 302
    )
    assert "1 session lies in days away" in text_of(herself, to)
    assert (
        "could not be read"
        in herself.post(
            f"{to}tidak-ada/", {"begins_on": "\x00", "ends_on": "31/31"}
        ).content.decode()
    )
    assert herself.post(f"{to}tidak-ada/{Away.objects.get().pk}/hapus/").status_code == 302
    assert herself.get(f"{to}ubah/").status_code == 403
    other = f"/pencegahan/fasilitator/{world.ani.pk}/"
    assert "Days away" in text_of(herself, other)
    assert herself.post(f"{other}tidak-ada/", {}).status_code == 403
    assert make.signed_in(colleague, at=make.AT).get(to).status_code == 404
