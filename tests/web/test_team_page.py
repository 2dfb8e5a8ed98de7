"""The team page: who may read what, and every change after a page that asks."""

from collections.abc import Iterator

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from ruang.access.roles import Role
from ruang.cases.models import Case
from ruang.cases.states import Compartment, Exclusion, Part
from ruang.identity.models import User
from ruang.referrals.models import Referral
from ruang.referrals.states import State, Step
from ruang.vault.keyring import readers
from tests import make
from tests.reading import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


@pytest.fixture
def case() -> Case:
    return make.case()


@pytest.fixture
def partner(case: Case) -> User:
    person = make.partner()
    referral = make.referral(case, person.organisation, Compartment.NARRATIVE)
    make.moved(referral, make.actor(person), Step.TAKE, Step.CONFIRM)
    return person


@pytest.fixture
def manager(case: Case) -> Client:
    return make.signed_in(make.lead_of(case))


def at(name: str, case: Case, person: User | None = None) -> str:
    args = [case.pk, person.pk] if person else [case.pk]
    return reverse(f"team:{name}", args=args)


def page(browser: Client, address: str, sent: dict[str, object] | None = None) -> BeautifulSoup:
    response = browser.get(address) if sent is None else browser.post(address, sent)
    assert response.status_code == 200
    text = response.content.decode()
    assert "UNDEFINED" not in text
    return parsed(text)


def words(soup: BeautifulSoup) -> str:
    return " ".join(soup.find("main").get_text(" ").split())


def reads(case: Case, person: User) -> set[str]:
    return set(readers(case.pk, make.AT).get(person.pk, frozenset()))


def test_it_shows_what_the_keys_say(case: Case, partner: User, manager: Client) -> None:
    soup = page(manager, at("team", case))
    assert partner.name in words(soup)
    assert "lewat permintaan R-26-" in words(soup)
    assert {a["href"] for a in soup.select(".rk-actions a")} == {
        at("give", case, partner), at("take", case, partner), at("remove", case, partner),
    }  # fmt: skip
    boxes = soup.select("main section.rk-box")
    ticked = [len(box.select(".rk-promise li")) for box in boxes]
    assert ticked == [8, 8, 2, 0]


def test_a_partner_sees_the_team_and_changes_nothing(case: Case, partner: User) -> None:
    browser = make.signed_in(partner)
    soup = page(browser, at("team", case))
    assert make.lead_of(case).name in words(soup)
    assert not soup.find("main").find_all("form")
    assert "Larang" not in words(soup)
    for name in ("give", "take", "remove"):
        assert browser.get(at(name, case, partner)).status_code == 404
        assert browser.post(at(name, case, partner)).status_code == 404
    for name in ("bar", "manager", "deputy"):
        assert browser.get(at(name, case)).status_code == 403
        assert browser.post(at(name, case), {"person": partner.pk}).status_code == 403


def test_nobody_else_finds_it(case: Case, partner: User) -> None:
    place = make.lead_of(case).organisation
    for person in (make.partner(), make.user(place, Role.CASE_MANAGER), make.user(place)):
        browser = make.signed_in(person)
        for name in ("team", "bar", "manager", "deputy"):
            assert browser.get(at(name, case)).status_code == 404
        for name in ("give", "take", "remove"):
            assert browser.post(at(name, case, partner)).status_code == 404


def test_giving_more_needs_parts_and_a_consent(
    case: Case, partner: User, manager: Client
) -> None:
    address = at("give", case, partner)
    more = make.consent(case, partner.organisation, Compartment.HEALTH, Compartment.LEGAL)
    make.consent(case, make.organisation(), Compartment.EVIDENCE)
    soup = page(manager, address)
    assert not soup.select("main input[checked]")
    assert {b["value"] for b in soup.select("[name=parts]")} == {
        "identity", "health", "legal", "evidence", "suspect",
    }  # fmt: skip
    soup = page(manager, address, {"parts": ["thread"]})
    assert len(soup.select(".govuk-error-message")) == 2
    assert reads(case, partner) == {"narrative", "plan"}
    offered = {box["value"] for box in soup.select("[name=consent]")}
    assert offered == {str(more.pk)}
    said = words(page(manager, address, {"parts": ["identity"], "consent": str(more.pk)}))
    assert "tidak mencakup semua bagian" in said
    assert reads(case, partner) == {"narrative", "plan"}
    answer = manager.post(address, {"parts": ["health", "legal"], "consent": str(more.pk)})
    assert "hasil=tim-diberi" in answer.headers["Location"]
    assert reads(case, partner) == {"narrative", "plan", "health", "legal"}


def test_taking_back_leaves_the_plan(case: Case, partner: User, manager: Client) -> None:
    address = at("take", case, partner)
    assert {b["value"] for b in page(manager, address).select("[name=parts]")} == {"narrative"}
    page(manager, address, {})
    page(manager, address, {"parts": ["plan"]})
    assert reads(case, partner) == {"narrative", "plan"}
    assert manager.post(address, {"parts": ["narrative"]}).status_code == 302
    assert reads(case, partner) == {"plan"}


def test_taking_off_the_team_ends_the_request_and_the_next_page_is_not_found(
    case: Case, partner: User, manager: Client
) -> None:
    browser = make.signed_in(partner)
    assert browser.get(at("team", case)).status_code == 200
    assert "R-26-" in words(page(manager, at("remove", case, partner)))
    assert manager.post(at("remove", case, partner)).status_code == 302
    assert browser.get(at("team", case)).status_code == 404
    assert Referral.objects.get().state == State.WITHDRAWN
    assert reads(case, partner) == set()
    assert manager.get(at("remove", case, partner)).status_code == 404


def test_barring_asks_for_organisation_person_and_reason(
    case: Case, partner: User, manager: Client
) -> None:
    address = at("bar", case)
    soup = page(manager, address)
    assert not soup.select("[name=person]")
    here = f"{address}?lembaga={partner.organisation_id}"
    soup = page(manager, here)
    assert [b["value"] for b in soup.select("[name=person]")] == [str(partner.pk)]
    assert len(page(manager, here, {}).select(".govuk-error-message")) == 2
    assert reads(case, partner) == {"narrative", "plan"}
    answer = manager.post(here, {"person": partner.pk, "why": Exclusion.SURVIVOR.value})
    assert answer.status_code == 302
    assert reads(case, partner) == set()
    said = words(page(manager, at("team", case)))
    assert partner.name in said
    assert "Tidak ada yang dilarang" not in said
    assert "dilarang, atau mengelola" in words(page(manager, here))
    for odd in ("?lembaga=", "?lembaga=x", f"?lembaga={make.stranger()}"):
        page(manager, address + odd)


def test_manager_and_deputy_cannot_be_barred(case: Case, manager: Client) -> None:
    desk = make.lead_of(case).organisation
    colleague = make.user(desk, Role.HEAD)
    here = f"{at('bar', case)}?lembaga={desk.pk}"
    assert [b["value"] for b in page(manager, here).select("[name=person]")] == [
        str(colleague.pk)
    ]
    sent = {"person": make.lead_of(case, Part.DEPUTY).pk, "why": "manager"}
    assert "Pilih seseorang dari daftar." in words(page(manager, here, sent))


@pytest.mark.parametrize("part", [Part.MANAGER, Part.DEPUTY])
def test_handing_on(case: Case, manager: Client, part: Part) -> None:
    new = make.user(make.lead_of(case).organisation, Role.CASE_MANAGER)
    old = make.lead_of(case, part)
    other = make.lead_of(case, Part.DEPUTY if part is Part.MANAGER else Part.MANAGER)
    address = at(part.value, case)
    listed = [b["value"] for b in page(manager, address).select("[name=person]")]
    assert listed == [str(other.pk), str(new.pk)]
    assert "Pilih seseorang." in words(page(manager, address, {}))
    answer = manager.post(address, {"person": new.pk})
    assert answer.status_code == 302
    assert "tim-serah" in answer.headers["Location"]
    assert manager.get(answer.headers["Location"]).status_code == 200
    assert make.lead_of(case, part) == new
    assert reads(case, old) == set()
    assert len(reads(case, new)) == 8
    status = make.signed_in(old).get(at("team", case)).status_code
    assert status == 404


def test_changing_places(case: Case, manager: Client) -> None:
    deputy = make.lead_of(case, Part.DEPUTY)
    assert manager.post(at("manager", case), {"person": deputy.pk}).status_code == 302
    assert make.lead_of(case) == deputy
    assert manager.get(at("team", case)).status_code == 200


def test_the_timeline_names_who_joined_and_who_changed_what_they_may_read(
    case: Case, partner: User, manager: Client
) -> None:
    more = make.consent(case, partner.organisation, Compartment.HEALTH, Compartment.LEGAL)
    manager.post(at("give", case, partner), {"parts": ["health", "legal"], "consent": more.pk})
    manager.post(at("take", case, partner), {"parts": ["health"]})
    items = page(manager, reverse("cases:case", args=[case.pk])).select(".moj-timeline__item")
    said = {}
    for item in items:
        title, date = item.select_one("h3"), item.select_one(".moj-timeline__date")
        assert title
        assert date
        said[" ".join(title.text.split())] = " ".join(date.text.split())
    who, lead = f"{partner.name} ({partner.organisation.name})", make.lead_of(case).name
    assert lead not in said[f"Bergabung dengan tim: {who}"]
    assert said[f"Boleh membaca lebih banyak: {who} · Kesehatan, Hukum"].endswith(lead)
    assert said[f"Boleh membaca lebih sedikit: {who} · Kesehatan"].endswith(lead)


def test_a_colleague_is_added_let_read_more_and_taken_off(case: Case, manager: Client) -> None:
    colleague = make.user(make.lead_of(case).organisation, Role.CASE_MANAGER)
    asked = page(manager, at("add", case))
    offered = {box["value"] for box in asked.select("input[name=parts]")}
    assert Compartment.HEALTH.value in offered
    assert not {Compartment.PLAN.value, Compartment.THREAD.value} & offered
    said: dict[str, object] = {"person": str(colleague.pk), "parts": ["health"]}
    assert manager.post(at("add", case), said).status_code == 302
    shown = page(manager, at("team", case)).get_text()
    assert colleague.name in shown
    browser = make.signed_in(colleague)
    assert browser.get(f"/kasus/{case.pk}/").status_code == 200
    assert case.number in browser.get("/kasus/").content.decode()
    assert not page(manager, at("give", case, colleague)).select("input[name=consent]")
    given = manager.post(at("give", case, colleague), {"parts": ["legal"]})
    assert given.status_code == 302
    assert readers(case.pk, make.AT)[colleague.pk] == {"health", "legal", "plan"}
    assert manager.post(at("remove", case, colleague)).status_code == 302
    assert make.signed_in(colleague).get(f"/kasus/{case.pk}/").status_code == 404
