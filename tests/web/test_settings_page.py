"""Settings: an unknown is corrected on a page, by whom and when stands beside it."""

from collections.abc import Iterator

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from ruang.access.roles import Role
from ruang.clocks import rules
from ruang.clocks.official import OFFICIAL, STEP_ASSESSMENT, TPKS_POLICE
from ruang.clocks.states import Moment, Unit
from ruang.identity.models import User
from ruang.territory import queries as territory
from ruang.territory.facts import forget_city
from ruang.web import chrome
from ruang.web.settings.parts import PARTS
from tests import make
from tests.clocks.own import added, tell
from tests.reading import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield
    forget_city()
    chrome.forget()


@pytest.fixture
def person() -> User:
    city = make.city()
    place = make.Organisation.objects.get(pk=city.intake_desk)
    return make.user(place, Role.ADMIN)


@pytest.fixture
def admin(person: User) -> Client:
    return make.signed_in(person)


def main(browser: Client, url: str, sent: dict[str, object] | None = None) -> BeautifulSoup:
    answer = browser.get(url) if sent is None else browser.post(url, sent)
    assert answer.status_code == 200
    assert b"UNDEFINED" not in answer.content
    return parsed(answer.content).find("main")


def of(slug: str) -> str:
    return reverse("settings:part", args=[slug])


@pytest.mark.parametrize("slug", list(PARTS))
def test_each_part_can_be_saved_as_it_stands(slug: str, admin: Client) -> None:
    soup = main(admin, of(slug))
    sent: dict[str, object] = {}
    for box in soup.select("main input, input, textarea, select"):
        name = str(box.get("name") or "")
        if name in {"", "csrfmiddlewaretoken"}:
            continue
        if box.get("type") == "checkbox":
            if box.has_attr("checked"):
                sent.setdefault(name, []).append(box.get("value", "on"))  # type: ignore[attr-defined]
        else:
            sent[name] = (
                box.get_text().strip() if box.name == "textarea" else box.get("value", "")
            )
    before = territory.city()
    answer = admin.post(of(slug), sent)
    assert answer.status_code == 302, parsed(answer.content).get_text()
    assert territory.city() == before


def test_a_change_says_by_whom_and_when_and_goes_back(admin: Client, person: User) -> None:
    assert "Belum diubah" in main(admin, of("penampungan")).get_text()
    wrong = main(admin, of("penampungan"), {"days": "-1", "more_days": ""})
    assert "Isi jumlah hari" in wrong.get_text()
    answer = admin.post(of("penampungan"), {"days": "14", "more_days": "7"})
    assert "hasil=kota" in answer.headers["Location"]
    shown = main(admin, answer.headers["Location"])
    assert person.name in shown.get_text()
    assert shown.find(id="id_days")["value"] == "14"
    assert person.name in main(admin, reverse("settings:settings")).get_text()
    back = reverse("settings:reset", args=["penampungan"])
    assert "Kembalikan" in main(admin, back).get_text()
    assert territory.city().shelter_days == 14
    assert admin.post(back).status_code == 302
    assert territory.city().shelter_days is None
    assert admin.get(reverse("settings:reset", args=["nama"])).status_code == 404
    assert admin.get(of("tidak-ada")).status_code == 404


def test_the_citys_words_stand_on_the_public_pages_as_plain_text(admin: Client) -> None:
    said = {
        "unit_short": "Ru-Ko",
        "welcome_id": "Kami ada <b>di sini</b>.",
        "welcome_en": "We are here.",
        "next_id": "Kami membaca laporan Anda.",
        "next_en": "We read your report.",
    }
    assert admin.post(of("kata"), said).status_code == 302
    chrome.forget()
    visitor = Client()
    home, services = (
        visitor.get("/").content.decode(),
        visitor.get("/layanan/").content.decode(),
    )
    assert "Kami ada &lt;b&gt;di sini&lt;/b&gt;." in home
    assert "Ru-Ko" in home
    assert "Kami membaca laporan Anda." in services
    assert "We read your report." in visitor.get("/layanan/?b=en").content.decode()
    assert "We are here." in visitor.get("/?b=en").content.decode()
    one = main(admin, of("kata"), {**said, "welcome_en": ""})
    assert "kedua bahasa" in one.get_text()


def test_a_time_limit_is_corrected_with_its_source(admin: Client, person: User) -> None:
    page = main(admin, reverse("settings:limits"))
    assert len(page.select("tbody tr")) == len(OFFICIAL)
    url = reverse("settings:limit", args=[TPKS_POLICE])
    said = {
        "amount": "48", "unit": "hours", "source": "Perda 1/2027 ps 3",
        "source_on": "2027-01-02", "is_active": "on",
    }  # fmt: skip
    assert "Isi bagian ini" in main(admin, url, {**said, "source": ""}).get_text()
    assert main(admin, url, {**said, "amount": "0"}).select(".govuk-error-summary")
    assert rules.in_force()[TPKS_POLICE] == OFFICIAL[TPKS_POLICE]
    assert admin.post(url, said).status_code == 302
    rule = rules.in_force()[TPKS_POLICE]
    assert (rule.amount, rule.source, rule.is_active) == (48, "Perda 1/2027 ps 3", True)
    assert person.name in main(admin, url).get_text()
    assert admin.post(url, {"awal": "1"}).status_code == 302
    assert rules.in_force()[TPKS_POLICE] == OFFICIAL[TPKS_POLICE]
    assert admin.get(reverse("settings:limit", args=["nothing"])).status_code == 404


def test_every_part_of_a_time_limit_is_written_here(admin: Client) -> None:
    url = reverse("settings:limit", args=[TPKS_POLICE])
    said = {
        "title": "Lapor ke Polresta", "who": "UPTD", "begins": "Ditandai TPKS", "amount": "72",
        "unit": "hours", "source": "UU 12/2022", "source_on": "2022-05-09", "may_pause": "on",
        "is_active": "on",
    }  # fmt: skip
    assert "kata resmi" in main(admin, url).get_text()
    assert admin.post(url, said).status_code == 302
    shown = main(admin, url)
    assert shown.find("h1").get_text(strip=True) == "Lapor ke Polresta"
    assert shown.find(id="id_title")["value"] == "Lapor ke Polresta"
    assert shown.find(id="id_source_on")["value"] == "2022-05-09"
    assert rules.in_force()[TPKS_POLICE].may_pause
    assert admin.post(url, {"awal": "1"}).status_code == 302
    assert not main(admin, url).find(id="id_title").get("value")


def test_a_step_without_a_time_is_set_here(admin: Client) -> None:
    page = main(admin, reverse("settings:limits"))
    assert page.get_text().count("isi di sini") == 5
    url = reverse("settings:limit", args=[STEP_ASSESSMENT])
    said = {"unit": "workdays", "is_active": "on"}
    assert main(admin, url, said).select(".govuk-error-summary")
    said |= {"amount": "3", "source": "SK 12/2027", "source_on": "2027-01-02"}
    assert admin.post(url, said).status_code == 302
    rule = rules.in_force()[STEP_ASSESSMENT]
    assert (rule.amount, rule.unit, rule.is_active) == (3, Unit.WORKDAYS, True)
    assert main(admin, reverse("settings:limits")).get_text().count("isi di sini") == 4


OWN = {
    "title": "Kunjungi dia", "title_en": "Visit her", "who": "Pendamping", "starts": "assessed",
    "meets": "follow_up", "amount": "2", "unit": "workdays", "source": "",
    "source_on": "2026-11-20", "is_active": "on",
}  # fmt: skip


@pytest.mark.parametrize("missing", ["title", "who", "starts", "meets", "amount", "source_on"])
def test_a_time_limit_of_the_city_says_everything(missing: str, admin: Client) -> None:
    url = reverse("settings:add_limit")
    assert main(admin, url, {**OWN, missing: ""}).select(".govuk-error-summary")
    assert set(rules.in_force()) == set(OFFICIAL)


def test_a_city_adds_changes_switches_off_and_removes_its_own(
    admin: Client, person: User
) -> None:
    page = main(admin, reverse("settings:add_limit"))
    assert page.find(id="id_source_on")["value"] == "2026-11-23", "as a browser reads it"
    answer = admin.post(reverse("settings:add_limit"), OWN)
    shown = main(admin, answer.headers["Location"])
    assert "Kunjungi dia" in shown.get_text()
    assert "Keputusan kota sendiri" in shown.get_text()
    (kind,) = set(rules.in_force()) - set(OFFICIAL)
    url = reverse("settings:limit", args=[kind])
    assert person.name in main(admin, url).get_text()
    never = main(admin, url, {**OWN, "meets": "case_opened"})
    assert "tidak akan pernah" in never.select_one(".govuk-error-summary").get_text()
    assert admin.post(url, {**OWN, "amount": "5", "is_active": ""}).status_code == 302
    assert (rules.in_force()[kind].amount, rules.in_force()[kind].is_active) == (5, False)
    remove = reverse("settings:remove_limit", args=[kind])
    assert "Kunjungi dia" in main(admin, remove).get_text()
    assert admin.post(remove).status_code == 302
    assert admin.get(url).status_code == 404
    official = reverse("settings:remove_limit", args=[TPKS_POLICE])
    assert admin.get(official).status_code == 404


def test_a_new_time_limit_that_is_sent_twice_is_one(admin: Client) -> None:
    url = reverse("settings:add_limit")
    once = main(admin, url).select_one("[name=once]")["value"]
    for _each in range(2):
        assert admin.post(url, {**OWN, "once": once}).status_code == 302
    assert [rule.title for rule in rules.in_force().values() if rule.is_own] == [OWN["title"]]
    assert admin.post(url, {**OWN, "once": once, "amount": "3"}).status_code == 302
    assert len([rule for rule in rules.in_force().values() if rule.is_own]) == 2


@pytest.mark.parametrize("is_own", [True, False])
def test_of_two_open_pages_the_second_does_not_undo_the_first(
    admin: Client, is_own: bool
) -> None:
    kind = added() if is_own else TPKS_POLICE
    url = reverse("settings:limit", args=[kind])
    base = main(admin, url).select_one("[name=base]")["value"]
    about = {
        **OWN, "title": "", "who": "", "source": "UU 12/2022 ps 42", "source_on": "2026-01-01",
        **({"title": "Kunjungi dia", "who": "Pendamping"} if is_own else {}), "base": base,
    }  # fmt: skip
    assert admin.post(url, {**about, "amount": "5", "is_active": ""}).status_code == 302
    assert admin.post(url, {**about, "amount": "5", "is_active": ""}).status_code == 302
    late = main(admin, url, {**about, "amount": "7", "is_active": "on"})
    assert "Belum ada yang tersimpan" in late.select_one(".govuk-error-summary").get_text()
    rule = rules.in_force()[kind]
    assert (rule.amount, rule.is_active) == (5, False)
    new = main(admin, url).select_one("[name=base]")["value"]
    again = {**about, "amount": "7", "is_active": "on", "base": new}
    assert admin.post(url, again).status_code == 302
    assert rules.in_force()[kind].amount == 7


def test_one_that_ran_offers_no_removal_and_says_why(admin: Client) -> None:
    kind = added()
    tell(Moment.ASSESSED)
    page = main(admin, reverse("settings:limit", args=[kind]))
    remove = reverse("settings:remove_limit", args=[kind])
    assert remove not in {link["href"] for link in page.select("a")}
    assert "Nonaktifkan" in main(admin, remove, {}).get_text()
    assert kind in rules.in_force()


def test_in_english_it_reads_in_english(admin: Client, person: User) -> None:
    added()
    User.objects.filter(pk=person.pk).update(language="en")
    text = main(
        make.signed_in(User.objects.get(pk=person.pk)), reverse("settings:limits")
    ).get_text()
    assert "Visit her" in text
    assert "No source gives a time: set it here" in text


def test_setup_still_works_and_leads_here(admin: Client) -> None:
    assert reverse("settings:settings") in {
        a["href"] for a in main(admin, reverse("setup:setup")).select("a")
    }


def test_school_holidays_and_the_fasting_month_are_typed_a_line_each(admin: Client) -> None:
    shown = main(
        admin,
        of("hari-khusus"),
        {"school_holidays": "21-06-2027 | soon", "fasting": "08-02-2027 | 09-03-2027 | late"},
    )
    assert "Baris ini tidak terbaca: 21-06-2027 | soon" in shown.get_text()
    assert "Jam ini tidak terbaca: late" in shown.get_text()
    assert territory.city().school_holidays == ()
    said = {
        "school_holidays": "21-06-2027 | 10-07-2027 | Libur semester\n\n"
        "2027-12-20 | 2028-01-02",
        "fasting": "08-02-2027 | 09-03-2027 | 16.30–21.00, 4:00-5:00",
    }
    assert admin.post(of("hari-khusus"), said).status_code == 302
    city = territory.city()
    assert [one.words for one in city.school_holidays] == ["Libur semester", ""]
    assert [len(one.hours) for one in city.fasting] == [2]
    again = main(admin, of("hari-khusus"))
    assert again.find(id="id_fasting").get_text().strip() == (
        "08-02-2027 | 09-03-2027 | 16.30–21.00, 04.00–05.00"
    )
    assert "20-12-2027 | 02-01-2028" in again.find(id="id_school_holidays").get_text()
