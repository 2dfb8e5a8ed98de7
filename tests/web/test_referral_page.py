"""The pages of a request, as the asked desk and the managers meet them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.audit.models import Fact
from ruang.cases.models import Entry
from ruang.cases.states import Compartment, EntryKind
from ruang.identity.models import User
from ruang.referrals.models import Referral
from ruang.referrals.queries import lists
from ruang.referrals.states import State, Step
from ruang.vault.texts import open_text
from tests import make
from tests.closings import closed
from tests.reading import parsed

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    """Wraps, sessions and answers all live in the same afternoon."""
    with time_machine.travel(make.AT + timedelta(minutes=5), tick=False):
        yield


@pytest.fixture
def taker() -> User:
    return make.partner()


@pytest.fixture
def referral(taker: User) -> Referral:
    return make.referral(make.case(), taker.organisation, Compartment.NARRATIVE)


def page(response: HttpResponse) -> BeautifulSoup:
    assert response.status_code == 200, response.status_code
    text = response.content.decode()
    assert "UNDEFINED" not in text
    return parsed(text)


def words(soup: BeautifulSoup) -> str:
    return " ".join(soup.find("main").get_text(" ").split())


def one(name: str, referral: Referral) -> str:
    return reverse(f"referrals:{name}", args=[referral.pk])


def buttons(soup: BeautifulSoup) -> set[str]:
    return {form.get("action") or "" for form in soup.find("main").find_all("form")}


def steps(referral: Referral, by: User, *steps: Step) -> None:
    make.moved(referral, make.actor(by), *steps, at=make.AT + timedelta(minutes=5))


# --- the asked desk -----------------------------------------------------------------------


def test_the_list_opens_nothing_and_says_what_waits(taker: User, referral: Referral) -> None:
    soup = page(make.signed_in(taker).get(reverse("referrals:asked")))
    said = words(soup)
    assert "Bantuan hukum" in said
    assert referral.number in said
    assert "Melati" not in said
    assert "advokat" not in said
    assert not Fact.objects.filter(name="audit.opened").exists()
    assert not soup.select("tr.is-late")
    assert soup.select_one(f'a[href="{reverse("clocks:duty")}"]'), "who is on duty here"
    with time_machine.travel(referral.answer_by + timedelta(minutes=1), tick=False):
        late = page(make.signed_in(taker).get(reverse("referrals:asked")))
    assert late.select("tr.is-late")


def test_the_fragment_is_the_same_as_the_reloaded_page(taker: User, referral: Referral) -> None:
    browser = make.signed_in(taker)
    for tab in ("", "?tampil=work", "?tampil=ended", "?tampil=<script>"):
        address = reverse("referrals:asked") + tab
        whole = page(browser.get(address)).find(id="list")
        part = parsed(browser.get(address, headers=HTMX).content)
        assert part.find(id="list") == whole
        assert part.find("main") is None


def test_a_request_says_what_is_asked_and_nothing_of_who(
    taker: User, referral: Referral
) -> None:
    soup = page(make.signed_in(taker).get(one("referral", referral)))
    said = words(soup)
    assert "Pendampingan advokat perempuan" in said
    assert "Sekarang:" in said
    assert "Setelah ada yang menerima:" in said
    assert "Tidak dibagikan:" in said
    assert "Izin penyintas: lisan, dicatat petugas" in said
    assert "Melati" not in said
    assert referral.case.number not in said
    assert buttons(soup) == {one("take", referral)}
    assert soup.title.string.startswith("Permintaan")


def test_reading_it_is_on_record_and_is_what_seen_means(
    taker: User, referral: Referral
) -> None:
    manager = make.signed_in(make.lead_of(referral.case))
    listed = reverse("referrals:of_case", args=[referral.case_id])
    assert "Belum" in words(page(manager.get(listed)))
    page(make.signed_in(taker).get(one("referral", referral)))
    fact = Fact.objects.get(name="audit.opened", organisation=taker.organisation_id)
    assert (fact.about, fact.codes["compartment"]) == (referral.pk, "request")
    seen = page(manager.get(listed)).find("td", {"data-label": "Dilihat"})
    assert "hari ini, 14.35" in seen.get_text()


def test_accepting_leads_to_the_names_alone_and_then_to_the_case(
    taker: User, referral: Referral
) -> None:
    browser = make.signed_in(taker)
    answer = browser.post(one("take", referral))
    assert answer.headers["Location"] == one("names", referral)
    soup = page(browser.get(one("names", referral)))
    assert "Kenal salah satu?" in words(soup)
    assert [li.get_text() for li in soup.select(".rk-names li")] == [
        "Melati Kusuma", "Bayu Kusuma",
    ]  # fmt: skip
    assert "Pendampingan advokat" not in words(soup)
    answer = browser.post(one("names", referral))
    assert answer.headers["Location"].startswith(one("referral", referral))
    said = words(page(browser.get(answer.headers["Location"])))
    assert "Terbuka bagi Anda:" in said
    assert referral.case.number in said
    assert browser.get(one("names", referral)).status_code == 404


def test_who_knows_one_of_them_finds_nothing_afterwards(
    taker: User, referral: Referral
) -> None:
    browser = make.signed_in(taker)
    browser.post(one("take", referral))
    assert "tidak akan pernah melihat" in words(page(browser.get(one("hand_back", referral))))
    browser.post(one("hand_back", referral))
    for name in ("referral", "names", "hand_back", "decline"):
        assert browser.get(one(name, referral)).status_code == 404
    assert referral.number not in words(page(browser.get(reverse("referrals:asked"))))
    colleague = make.signed_in(make.user(taker.organisation, Role.PARTNER_DESK))
    assert one("take", referral) in buttons(page(colleague.get(one("referral", referral))))


def test_two_accept_and_the_second_reads_who_was_faster(
    taker: User, referral: Referral
) -> None:
    colleague = make.user(taker.organisation, Role.PARTNER_DESK)
    steps(referral, taker, Step.TAKE)
    soup = page(make.signed_in(colleague).post(one("take", referral)))
    assert "lebih cepat" in words(soup)
    assert buttons(soup) == set()
    assert make.signed_in(colleague).get(one("names", referral)).status_code == 404


def test_put_back_frees_it(taker: User, referral: Referral) -> None:
    browser = make.signed_in(taker)
    browser.post(one("take", referral))
    browser.post(one("put_back", referral))
    assert Referral.objects.get().state == State.SENT


def test_declining_asks_for_a_reason_and_keeps_what_was_typed(
    taker: User, referral: Referral
) -> None:
    browser = make.signed_in(taker)
    said = words(page(browser.get(one("decline", referral))))
    assert "Sedang penuh" in said
    soup = page(browser.post(one("decline", referral), {"text": "Advokat kami cuti."}))
    assert "Pilih alasan yang paling sesuai." in words(soup)
    assert soup.find("textarea").get_text().strip() == "Advokat kami cuti."
    answer = browser.post(
        one("decline", referral), {"code": "no_capacity", "text": "Advokat kami cuti."}
    )
    assert answer.headers["Location"].startswith(reverse("referrals:asked"))
    for name in ("referral", "decline"):
        assert browser.get(one(name, referral)).status_code == 404
    manager = make.signed_in(make.lead_of(referral.case))
    said = words(page(manager.get(one("referral", referral))))
    assert "Sedang penuh" in said
    assert "Advokat kami cuti." in said


def accepted(taker: User, referral: Referral) -> Client:
    steps(referral, taker, Step.TAKE, Step.CONFIRM)
    return make.signed_in(taker)


def test_a_note_goes_into_the_case_once(taker: User, referral: Referral) -> None:
    browser = accepted(taker, referral)
    soup = page(browser.get(one("referral", referral)))
    form = soup.find("form", action=f"{one('note', referral)}#catatan")
    offered = {option["value"] for option in form.find_all("option")}
    assert offered == {"narrative", "plan"}
    sent = {
        "once": form.find("input", {"name": "once"})["value"],
        "text": "Bertemu Kamis pukul 10.",
        "part": "plan",
    }
    for _ in range(2):
        assert browser.post(one("note", referral), sent).status_code == 302
    row = Entry.objects.get(kind=EntryKind.NOTE)
    assert open_text(make.actor(taker).keys, row, "text") == "Bertemu Kamis pukul 10."
    soup = page(browser.post(one("note", referral), {"text": " ", "part": "health"}))
    assert len(soup.select(".govuk-error-message")) == 2


def test_finishing_leaves_the_outcome_and_closes_the_case(
    taker: User, referral: Referral
) -> None:
    browser = accepted(taker, referral)
    soup = page(browser.post(one("finish", referral), {"text": "Selesai dibantu."}))
    assert "Pilih bagaimana bantuan berakhir." in words(soup)
    assert "Selesai dibantu." in words(soup)
    browser.post(one("finish", referral), {"text": "Selesai dibantu.", "code": "given"})
    assert Referral.objects.get().state == State.DONE
    soup = page(browser.get(one("referral", referral)))
    assert "Pendampingan advokat" not in words(soup)
    assert buttons(soup) == set()
    ended = words(page(browser.get(reverse("referrals:asked") + "?tampil=ended")))
    assert referral.number in ended
    assert "Bantuan sudah diberikan" in ended


def test_a_colleague_sees_that_it_is_taken_and_reads_nothing(
    taker: User, referral: Referral
) -> None:
    accepted(taker, referral)
    colleague = make.signed_in(make.user(taker.organisation, Role.PARTNER_DESK))
    soup = page(colleague.get(one("referral", referral)))
    assert f"{taker.name} sudah mengambil" in words(soup)
    assert "Pendampingan advokat" not in words(soup)
    assert buttons(soup) == set()
    for name in ("finish", "names", "hand_back", "withdraw"):
        assert colleague.get(one(name, referral)).status_code == 404
    assert colleague.post(
        one("finish", referral), {"code": "given", "text": "x"}
    ).status_code == (403)
    assert Fact.objects.filter(name="audit.refused").exists()


# --- the managers -------------------------------------------------------------------------


def test_withdrawing_says_what_follows_and_the_partner_finds_nothing(
    taker: User, referral: Referral
) -> None:
    partner = accepted(taker, referral)
    manager = make.signed_in(make.lead_of(referral.case))
    assert taker.name in words(page(manager.get(one("withdraw", referral))))
    assert partner.get(one("referral", referral)).status_code == 200
    answer = manager.post(one("withdraw", referral))
    assert "hasil=rujukan-ditarik" in answer.headers["Location"]
    for name in ("referral", "names", "finish"):
        assert partner.get(one(name, referral)).status_code == 404
    assert partner.post(one("note", referral), {"text": "x"}).status_code == 404
    assert manager.get(one("withdraw", referral)).status_code == 404
    assert "sudah berakhir" in words(page(manager.post(one("withdraw", referral))))


def test_what_nobody_answered_is_asked_of_the_next(taker: User, referral: Referral) -> None:
    make.moved(referral, SYSTEM, Step.EXPIRE, at=referral.answer_by)
    next_desk = make.partner(name="Advokat Serang").organisation
    manager = make.signed_in(make.lead_of(referral.case))
    soup = page(manager.get(reverse("referrals:of_case", args=[referral.case_id])))
    again = soup.select_one('a[href*="sesudah="]')["href"]
    soup = page(manager.get(again))
    assert "Pendampingan advokat" in soup.find("textarea", id="id_text").get_text()
    options = [o.get_text() for o in soup.find(id="id_receiver").find_all("option")][1:]
    assert options.index(next_desk.name) < options.index(
        f"{taker.organisation.name} (pernah diminta dalam kasus ini)"
    )
    assert not soup.find(id="id_basis_0").has_attr("checked")
    assert not [box for box in soup.select("[name=compartments]") if box.has_attr("checked")]


def test_nobody_else_is_asked_once_the_case_is_closed(referral: Referral) -> None:
    make.moved(referral, SYSTEM, Step.EXPIRE, at=referral.answer_by)
    manager = make.signed_in(make.lead_of(referral.case))
    lists_of_it = [
        reverse("referrals:sent"),
        reverse("referrals:of_case", args=[referral.case_id]),
    ]
    for path in lists_of_it:
        assert page(manager.get(path)).select_one('a[href*="sesudah="]'), path
    closed(referral.case)
    for path in lists_of_it:
        soup = page(manager.get(path))
        assert referral.number in words(soup), path
        assert not soup.select('main a[href*="/minta/"]'), path


def test_only_the_two_organisations_know_of_it(taker: User, referral: Referral) -> None:
    place = make.lead_of(referral.case).organisation
    strangers = [
        make.partner(), make.user(place, Role.CASE_MANAGER), make.user(place, Role.HEAD),
        make.user(taker.organisation, Role.HEAD), make.user(role=Role.ADMIN),
    ]  # fmt: skip
    for person in strangers:
        browser = make.signed_in(person)
        for name in ("referral", "names", "decline", "finish", "withdraw", "hand_back"):
            assert browser.get(one(name, referral)).status_code == 404
        for name in ("take", "put_back", "note", "decline", "finish", "withdraw"):
            assert browser.post(one(name, referral), {"text": "x"}).status_code == 404
        assert referral.number not in words(page(browser.get(reverse("referrals:asked"))))
        assert referral.number not in words(page(browser.get(reverse("referrals:sent"))))
        assert (
            browser.get(reverse("referrals:of_case", args=[referral.case_id])).status_code
            == 404
        )
    assert Client().get(one("referral", referral)).status_code == 302


def test_the_lists_cost_the_same_however_long_they_are(
    taker: User, django_assert_max_num_queries: object
) -> None:
    for _ in range(12):
        make.referral(make.case(), taker.organisation)
    browser = make.signed_in(taker)
    browser.get(reverse("referrals:asked"))
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        soup = page(browser.get(reverse("referrals:asked")))
    assert len(soup.select("tbody tr")) == 12


def test_a_long_list_goes_on_page_by_page(taker: User, monkeypatch: object) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)  # type: ignore[attr-defined]
    numbers = {make.referral(make.case(), taker.organisation).number for _ in range(5)}
    browser, address, seen = make.signed_in(taker), reverse("referrals:asked"), []
    while address:
        soup = page(browser.get(address))
        seen += [cell.get_text() for cell in soup.select("tbody .rk-mute") if "R-" in cell.text]
        more = soup.find("a", rel="next")
        address = f"{reverse('referrals:asked')}{more['href']}" if more else ""
    assert len(seen) == 5
    assert set(seen) == numbers
