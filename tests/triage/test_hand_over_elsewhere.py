"""A report goes to an institution without a desk here: written down, and nothing is sent."""

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from ruang.intake.models import Message
from ruang.intake.states import State
from ruang.kernel.errors import Refused
from ruang.triage import commands
from ruang.triage.commands import Elsewhere, Over
from ruang.triage.models import Decision, HandOver
from ruang.triage.queries import hand_overs, minutes_page
from ruang.triage.queries.follow import follow_page
from ruang.triage.states import Ground, Outcome, PublicStatus
from tests import make
from tests.intake.desk_people import Desk, desk_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
THERE = ("UPTD PPA Kabupaten Serang", "Ciruas", "Ibu Wati, kepala seksi", "Telepon, 23.11")


def hand(desk: Desk, *said: str, **changed: Any) -> None:
    given = {
        "actor": desk.who("holder"), "report_id": desk.report.pk, "at": make.AT,
        "outcome": Outcome.HAND_OVER, "message": "Mereka yang menangani.",
        "over": Over(None, Ground.TERRITORY, "Domisilinya di kabupaten.", Elsewhere(*said)),
    }  # fmt: skip
    commands.decide_report(**{**given, **changed})


def test_it_is_decided_and_both_minutes_and_reporter_say_where() -> None:
    desk = desk_with(State.CLAIMED)
    hand(desk, *THERE)
    assert desk.reload().state == State.DECIDED
    assert desk.report.desk == desk.users["holder"].organisation_id
    assert Decision.objects.get().outcome == Outcome.HAND_OVER
    hers = follow_page(actor=desk.who("reporter"), at=make.AT)
    assert hers.status == PublicStatus.REFERRED
    assert "UPTD PPA Kabupaten Serang, Ciruas" in (hers.messages[-1].text or "")
    page = minutes_page(actor=desk.who("colleague"), hand_over_id=HandOver.objects.get().pk)
    assert page.elsewhere == Elsewhere(*THERE)
    assert "kabupaten" in page.text
    assert "without a desk" in str(hand_overs(actor=desk.who("holder"))[0].to_desk)


def test_what_names_people_and_places_is_sealed() -> None:
    desk = desk_with(State.CLAIMED)
    hand(desk, *THERE)
    row = HandOver.objects.get()
    assert row.to_desk is None
    assert b"Wati" not in bytes(row.elsewhere)
    assert b"Ciruas" not in bytes(row.elsewhere)


@pytest.mark.parametrize("missing", range(4))
def test_each_of_the_four_is_needed(missing: int) -> None:
    desk = desk_with(State.CLAIMED)
    said = ["" if place == missing else text for place, text in enumerate(THERE)]
    with pytest.raises(Refused, match="which institution"):
        hand(desk, *said)
    assert desk.reload().state == State.CLAIMED
    assert not Message.objects.exists()


def test_a_desk_and_an_institution_without_one_are_not_both() -> None:
    desk = desk_with(State.CLAIMED)
    over = Over(None, Ground.TERRITORY, "BA.", Elsewhere(*THERE))
    with pytest.raises(Refused):
        hand(desk, over=replace(over, desk=desk.users["outsider"].organisation_id))


def test_an_office_that_is_named_is_refused_in_words_too() -> None:
    desk = desk_with(State.CLAIMED, must_not_read="uptd ppa kabupaten serang, semuanya")
    with pytest.raises(Refused, match="names this office"):
        hand(desk, *THERE)


def test_the_page_writes_it_down_and_goes_on_to_the_minutes() -> None:
    desk = desk_with(State.CLAIMED)
    browser = make.signed_in(desk.users["holder"])
    address = reverse("desk:elsewhere", args=[desk.report.pk])
    hand_over = reverse("desk:decide", args=[desk.report.pk, "limpahkan"])
    assert address in browser.get(hand_over).content.decode()
    assert browser.get(address).status_code == 200
    said = dict(zip(("name", "place", "person", "how"), THERE, strict=True)) | {
        "ground": "territory", "minutes": "Domisilinya di sana.", "text": "Mereka menangani.",
    }  # fmt: skip
    assert browser.post(address, {**said, "person": ""}).status_code == 200
    printed = browser.post(address, said, follow=True).content.decode()
    assert "Ibu Wati" in printed
    assert "Ciruas" in printed
