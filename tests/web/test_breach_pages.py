"""Breaches of personal data in the browser: record, read, give notice, print, explain."""

from collections.abc import Iterator

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.breaches.models import Breach
from ruang.breaches.states import State
from ruang.clocks.commands import sweep_clocks
from ruang.clocks.models import Clock
from ruang.clocks.states import Missed
from ruang.clocks.states import State as ClockState
from ruang.identity.models import User
from tests import make
from tests.reading import parsed

pytestmark = pytest.mark.django_db
SAID = {
    "kind": "stolen", "known_on": "2026-11-23", "known_time": "08:00",
    "kinds_of_data": ["health", "children"], "people": "tens",
}  # fmt: skip
LONG_AGO = "2026-11-19"
NOTICE = {
    "on": "2026-11-23", "on_time": "", "told": ["concerned", "authority"],
    "contents": ["data", "when_how", "done"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


@pytest.fixture
def person() -> User:
    city = make.city()
    return make.user(make.Organisation.objects.get(pk=city.intake_desk), Role.HEAD)


@pytest.fixture
def head(person: User) -> Client:
    return make.signed_in(person)


def main(browser: Client, url: str, sent: dict[str, object] | None = None) -> BeautifulSoup:
    answer = browser.get(url) if sent is None else browser.post(url, sent)
    assert answer.status_code == 200
    assert b"UNDEFINED" not in answer.content
    return parsed(answer.content).find("main")


def recorded(browser: Client, **changed: object) -> str:
    answer = browser.post(reverse("breaches:record"), {**SAID, **changed})
    assert answer.status_code == 302, parsed(answer.content).get_text()
    return str(answer.headers["Location"])


def of(name: str) -> str:
    return reverse(f"breaches:{name}", args=[Breach.objects.get().pk])


def test_from_nothing_to_a_notice_that_was_given(head: Client, person: User) -> None:
    assert "Belum ada insiden" in main(head, reverse("breaches:breaches")).get_text()
    shown = main(head, recorded(head)).get_text()
    for words in ("dicuri", "Kesehatan; Data anak", "11 sampai 100", "UU 27/2022", person.name):
        assert words in shown
    assert "dicuri" in main(head, reverse("breaches:breaches")).get_text()
    assert main(head, of("notice")).find(id="id_on")["value"] == "2026-11-23"
    page = main(head, of("notice"), {**NOTICE, "told": ["concerned"]})
    assert "kepada lembaga" in page.select_one(".govuk-error-summary").get_text()
    assert head.post(of("notice"), NOTICE).status_code == 302
    assert Clock.objects.get().state == ClockState.MET
    shown = main(head, of("breach")).get_text()
    assert "Pemberitahuan sudah disampaikan" in shown
    assert "disampaikan" in main(head, reverse("breaches:breaches")).get_text()


@pytest.mark.parametrize("missing", ["kind", "known_on", "kinds_of_data", "people"])
def test_each_fact_is_asked_for_and_none_is_free_text(missing: str, head: Client) -> None:
    page = main(head, reverse("breaches:record"), {**SAID, missing: ""})
    assert page.select(".govuk-error-summary")
    assert not page.select("textarea, input[type=text]")
    assert not Breach.objects.exists()


def test_the_sheet_says_what_the_law_asks_for_and_until_when(head: Client) -> None:
    recorded(head)
    text = main(head, of("sheet")).get_text()
    for words in ("Data pribadi apa", "Kapan dan bagaimana", "Upaya penanganan", "2026, 08.00"):
        assert words in text


def test_it_is_among_the_late_ones_and_leads_to_its_page(head: Client) -> None:
    recorded(head, known_on=LONG_AGO)
    sweep_clocks(actor=SYSTEM, at=make.AT)
    page = main(head, reverse("clocks:clocks"))
    assert of("breach") in {link["href"] for link in page.select("a")}
    assert "dicuri" in page.get_text()


def test_a_miss_gets_its_reason_and_an_end_its_own(head: Client) -> None:
    recorded(head, known_on=LONG_AGO)
    sweep_clocks(actor=SYSTEM, at=make.AT)
    clock = Clock.objects.get()
    args = [Breach.objects.get().pk, clock.pk]
    explain = reverse("breaches:clock", args=[*args, "sebab"])
    assert "Mengapa" in main(head, explain).get_text()
    assert head.post(explain, {"code": Missed.OVERSIGHT.value}).status_code == 302
    end = reverse("breaches:clock", args=[*args, "akhiri"])
    assert main(head, end, {}).select(".govuk-error-summary")
    assert head.post(end, {"code": "by_mistake"}).status_code == 302
    clock.refresh_from_db()
    assert (clock.missed_why, clock.state) == (Missed.OVERSIGHT, ClockState.ENDED)
    assert Breach.objects.get().state == State.ENDED
    assert "Tidak perlu pemberitahuan" in main(head, of("breach")).get_text()
    met = reverse("breaches:clock", args=[*args, "selesai"])
    assert head.get(met).status_code == 302


def test_in_english_too(person: User) -> None:
    User.objects.filter(pk=person.pk).update(language="en")
    browser = make.signed_in(User.objects.get(pk=person.pk))
    text = main(browser, recorded(browser)).get_text()
    assert "What the notice must say" in text
    assert "Which personal data it was" in text
