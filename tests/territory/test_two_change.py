"""Two administrators change the same settings at once, and numbers read in both languages."""

import pytest
from django.utils import translation

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.territory import commands, queries
from ruang.territory.changing import ChangedMeanwhile
from ruang.territory.facts import Number
from tests import make
from tests.web.parts import words

pytestmark = pytest.mark.django_db
RING = (Number("Darurat", "112"),)
MINE, HERS = (Number("Dinas", "0254-1", "Jam kerja"),), (Number("Dinas", "0254-2", "24 jam"),)


def set_numbers(hotlines: tuple[Number, ...], base: str | None) -> None:
    commands.set_numbers(actor=SYSTEM, emergency=RING, hotlines=hotlines, at=make.AT, base=base)


def test_the_second_is_told_and_nothing_is_written_over() -> None:
    make.city()
    _facts, base = queries.part_now(part="numbers")
    set_numbers(HERS, base)
    with pytest.raises(ChangedMeanwhile):
        set_numbers(MINE, base)
    assert queries.city().hotlines == HERS
    set_numbers(HERS, base)  # the same saved twice
    set_numbers(MINE, queries.part_now(part="numbers")[1])
    assert queries.city().hotlines == MINE


def test_another_part_is_no_conflict() -> None:
    make.city()
    _facts, base = queries.part_now(part="shelter")
    set_numbers(HERS, None)
    commands.set_shelter(actor=SYSTEM, days=7, more_days=None, at=make.AT, base=base)
    assert queries.city().shelter_days == 7


def test_the_page_shows_what_stands_there_now() -> None:
    city = make.city()
    admin = make.user(make.officer(city).organisation, Role.ADMIN)
    browser = make.signed_in(admin)
    _facts, base = queries.part_now(part="shelter")
    commands.set_shelter(actor=SYSTEM, days=14, more_days=7, at=make.AT)
    url = "/pengaturan/penampungan/"
    answer = browser.post(url, {"days": "9", "more_days": "", "base": base})
    assert answer.status_code == 409
    assert "14" in words(answer)
    assert queries.city().shelter_days == 14
    again = browser.post(
        url, {"days": "9", "more_days": "", "base": queries.part_now(part="shelter")[1]}
    )
    assert again.status_code == 302
    assert queries.city().shelter_days == 9


def test_when_a_number_answers_is_said_in_both_languages() -> None:
    make.city()
    both = Number("Polisi", "110", "24 jam", label_en="Police", note_en="24 hours")
    set_numbers((both, *HERS), None)
    police, office = queries.city().hotlines
    with translation.override("en"):
        assert (police.name, police.when) == ("Police", "24 hours")
        assert (office.name, office.when) == ("Dinas", "24 jam")
    with translation.override("id"):
        assert (police.name, police.when) == ("Polisi", "24 jam")


def test_english_pages_show_the_english(client: object) -> None:
    make.city()
    both = Number("Dinas", "110", "Senin–Jumat", note_en="Monday–Friday")
    set_numbers((both,), None)
    read = client.get  # type: ignore[attr-defined]
    assert "Monday–Friday" in words(read("/layanan/?b=en"))
    assert "Senin–Jumat" in words(read("/layanan/"))


def test_a_line_is_typed_and_shown_again_with_its_english() -> None:
    city = make.city()
    admin = make.user(make.officer(city).organisation, Role.ADMIN)
    browser = make.signed_in(admin)
    line = "Polisi | 110 | 24 jam | Police | 24 hours"
    sent = {"emergency": line, "hotlines": "Unit | 0254-1"}
    assert browser.post("/pengaturan/nomor/", sent).status_code == 302
    (police,) = queries.city().emergency
    assert (police.label_en, police.note_en) == ("Police", "24 hours")
    assert line in words(browser.get("/pengaturan/nomor/"))


def test_the_national_numbers_speak_english() -> None:
    with translation.override("en"):
        assert {one.when for one in queries.city().hotlines} == {"24 hours"}
