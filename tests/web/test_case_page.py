"""The room of a case in the browser: who sees which part, and what each step leaves behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ruang.access.roles import Role
from ruang.audit.models import Fact
from ruang.cases.models import Case, Entry, ThreadMessage
from ruang.cases.states import Compartment, EntryKind, Part
from ruang.identity.models import User
from ruang.kernel.codes import MessageKind
from ruang.kernel.told import Contact, Details, MustNotRead
from ruang.vault.keyring import current_keys, ring
from ruang.vault.texts import open_text, seal_text
from tests import make
from tests.cases.team import close, partner_on
from tests.cases.test_case_steps import reporter_of
from tests.replay import replayed
from tests.web.parts import AUTO, HTMX, opened, part, soup, words

pytestmark = pytest.mark.django_db
PARTS = ("identitas", "cerita", "rencana", "kesehatan", "hukum", "bukti", "terlapor")
PAGES = ("", *(f"bagian/{word}/" for word in PARTS), "berkas/", "dibuka/", "pesan/", "catat/")
LEAD_PAGES = ("nama/", "risiko/")
CONTACT = Contact(way="phone", reach="0812-KENARI", safe_from="09:00", safe_until="10:00")


@replayed
def a_case() -> Case:
    """With a text in every compartment, each with a word of its own."""
    case = make.case(risk="medium")
    make.entry(case, CONTACT.to_text(), Compartment.IDENTITY, EntryKind.CONTACT)
    make.entry(case, "KENARI-NAMA", Compartment.IDENTITY, EntryKind.NAMES)
    make.entry(case, "KENARI-CERITA", Compartment.NARRATIVE, EntryKind.STORY)
    details = Details(by_whom="KENARI-SIAPA").to_text()
    make.entry(case, details, Compartment.NARRATIVE, EntryKind.DETAILS)
    barred = MustNotRead(names="KENARI-LARANGAN").to_text()
    make.entry(case, barred, Compartment.NARRATIVE, EntryKind.MUST_NOT_READ)
    make.entry(case, "KENARI-VISUM", Compartment.HEALTH)
    make.entry(case, "KENARI-RENCANA", Compartment.PLAN)
    User.objects.update(language="en")
    return case


def browser(person: User) -> Any:
    return make.signed_in(person)


def url(case: Case, rest: str = "") -> str:
    return f"/kasus/{case.pk}/{rest}"


class TestWhoSeesWhat:
    @pytest.mark.parametrize("who", ["colleague", "head", "admin", "auditor", "partner"])
    def test_for_who_is_not_on_the_team_the_case_does_not_exist(self, who: str) -> None:
        case = a_case()
        place = make.lead_of(case).organisation
        roles = {"colleague": Role.CASE_MANAGER, "head": Role.HEAD, "admin": Role.ADMIN}
        roles["auditor"] = Role.AUDITOR
        person = make.partner() if who == "partner" else make.user(place, roles[who])
        outside = browser(person)

        for rest in (*PAGES, *LEAD_PAGES):
            assert outside.get(url(case, rest)).status_code == 404, rest
        assert case.number not in outside.get("/kasus/").content.decode()
        assert opened(case.pk) == []

    def test_a_lead_reads_everything_but_the_overview_keeps_who_she_is_shut(self) -> None:
        case = a_case()
        manager = browser(make.lead_of(case))

        overview = manager.get(url(case))
        shown = overview.content.decode()
        for word in ("CERITA", "SIAPA", "LARANGAN", "VISUM", "RENCANA"):
            assert f"KENARI-{word}" in shown
        assert "0812-KENARI" not in shown
        assert "KENARI-NAMA" not in shown
        names = {name for name, _auto in opened(case.pk)}
        assert names == {"narrative", "health", "plan"}

        identity = manager.get(url(case, "bagian/identitas/")).content.decode()
        assert identity.index("how to reach her safely") < identity.index("0812-KENARI")
        assert "KENARI-NAMA" in identity
        assert ("identity", False) in opened(case.pk)

    def test_a_partner_sees_that_a_part_exists_and_not_what_stands_in_it(self) -> None:
        case = a_case()
        person = partner_on(case, Compartment.PLAN, Compartment.HEALTH)
        User.objects.filter(pk=person.pk).update(language="en")
        partner = browser(person)

        overview = partner.get(url(case))
        assert "KENARI-VISUM" in words(overview)
        assert "Locked for you." in words(overview)
        for rest in PAGES:
            answer = partner.get(url(case, rest))
            assert answer.status_code == 200, rest
            page = answer.content.decode()
            for hidden in ("CERITA", "SIAPA", "LARANGAN", "NAMA"):
                assert f"KENARI-{hidden}" not in page, rest
            assert "0812-KENARI" not in page
        assert "This part is locked for you" in words(partner.get(url(case, "bagian/cerita/")))
        locked = soup(overview).select(".rk-if-wide a.is-shut")
        assert len(locked) == 6 + 4  # six parts; people, incidents, danger signs, legal track
        for rest in LEAD_PAGES:
            assert partner.get(url(case, rest)).status_code == 404
        theirs = Fact.objects.filter(name="audit.opened", by=person.pk)
        assert {fact.codes["compartment"] for fact in theirs} == {"health", "plan"}

    def test_the_team_box_names_who_can_read_each_part(self) -> None:
        case = a_case()
        person = partner_on(case, Compartment.PLAN, Compartment.HEALTH)

        page = soup(browser(make.lead_of(case)).get(url(case)))

        box = page.find("section", attrs={"aria-labelledby": "siapa-h"})
        assert box is not None
        rows = {row.dt.get_text(): row.dd.get_text(" ") for row in box.select("dl > div")}
        assert "Whole team (3)" in rows["Health"]
        assert person.name in rows["Health"]
        assert "Core team (2)" in rows["What was told"]
        assert person.name not in rows["What was told"]

    def test_who_opened_it_is_on_a_page_of_its_own(self) -> None:
        case = a_case()
        deputy = make.lead_of(case, Part.DEPUTY)
        browser(deputy).get(url(case))

        page = words(browser(make.lead_of(case)).get(url(case, "dibuka/")))

        assert deputy.name in page
        assert "Health" in page

    def test_what_refreshes_itself_is_on_record_as_automatic(self) -> None:
        case = a_case()

        browser(make.lead_of(case)).get(url(case), headers=AUTO)

        assert {automatic for _name, automatic in opened(case.pk)} == {True}


def notes(case: Case, count: int) -> None:
    """Notes spread over seven compartments, each sealed."""
    manager = make.actor(make.lead_of(case))
    parts = [part for part in Compartment if part is not Compartment.THREAD]
    keys = {p: ring(manager.keys).material(k) for p, k in current_keys(case.pk).items()}
    rows = []
    for number in range(count):
        row = Entry(
            case=case, compartment=parts[number % 7], kind=EntryKind.NOTE,
            at=make.AT + timedelta(minutes=number), author=manager.user_id,
        )  # fmt: skip
        row.text = seal_text(
            keys[parts[number % 7]], Entry, "text", row.pk, f"Catatan {number}."
        )
        rows.append(row)
    Entry.objects.bulk_create(rows)


class TestTimeline:
    def test_page_by_page_it_shows_every_moment_once(self) -> None:
        case = make.case()
        notes(case, 75)
        manager = browser(make.lead_of(case))
        seen: list[str] = []
        address = url(case)
        while address:
            answer = manager.get(address)
            seen += [item["id"] for item in soup(answer).select(".moj-timeline__item")]
            older = soup(answer).select_one('#linimasa a[rel="next"]')
            address = f"{url(case)}{older['href']}" if older else ""
        assert len(seen) == len(set(seen)) == 75

    def test_moments_of_one_instant_are_not_torn_apart(self) -> None:
        case = make.case()
        notes(case, 40)
        Entry.objects.filter(case=case).update(at=make.AT)
        manager = browser(make.lead_of(case))

        answer = manager.get(url(case))

        assert len(soup(answer).select(".moj-timeline__item")) == 40

    @pytest.mark.parametrize("address", ["", "bagian/rencana/", "pesan/", "berkas/"])
    def test_the_number_of_questions_does_not_grow(self, address: str) -> None:
        case = make.case()
        manager = browser(make.lead_of(case))
        notes(case, 10)
        few = questions(manager, url(case, address))
        notes(case, 990)
        partner_on(case, Compartment.PLAN)

        assert questions(manager, url(case, address)) <= few
        assert few <= 23

    def test_the_fragment_is_the_same_as_the_page(self) -> None:
        case = a_case()
        manager = browser(make.lead_of(case))

        for address, name in ((url(case), "linimasa"), (url(case, "pesan/"), "pesan")):
            whole, alone = manager.get(address), manager.get(address, headers=HTMX)
            assert part(alone, name) == part(whole, name)
            assert b"<html" not in alone.content

    @pytest.mark.parametrize(
        "query", ["sebelum=x", "sebelum=2026-01-01", "sebelum=%00", "sebelum=9999999-1"]
    )
    def test_a_made_up_place_is_the_first_page(self, query: str) -> None:
        case = a_case()
        manager = browser(make.lead_of(case))

        for rest in ("", "bagian/cerita/", "pesan/"):
            assert manager.get(f"{url(case, rest)}?{query}").status_code == 200


def questions(person: Any, address: str) -> int:
    person.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert person.get(address).status_code == 200
    own = [q["sql"] for q in caught if '"audit_head"' not in q["sql"]]
    return len([sql for sql in own if sql.lstrip(" (").upper().startswith("SELECT")])


class TestSteps:
    def test_a_note_goes_into_the_part_that_was_chosen(self) -> None:
        case = a_case()
        manager = browser(make.lead_of(case))
        page = soup(manager.get(url(case, "catat/?bagian=kesehatan")))
        assert page.select_one("input[value=health]").has_attr("checked")  # type: ignore[union-attr]
        once = page.select_one("input[name=once]")["value"]  # type: ignore[index]
        sent = {"once": once, "part": "health", "text": "Kontrol Senin."}

        for _again in range(2):
            assert manager.post(url(case, "catat/"), sent).status_code == 302

        row = Entry.objects.get(kind=EntryKind.NOTE, case=case, author=make.lead_of(case).pk,
                                at__gt=make.AT)  # fmt: skip
        assert row.compartment == Compartment.HEALTH
        assert "Kontrol Senin." in words(manager.get(url(case)))

    def test_a_note_without_a_part_or_words_says_so_and_keeps_the_rest(self) -> None:
        case = a_case()
        manager = browser(make.lead_of(case))

        answer = manager.post(url(case, "catat/"), {"text": "Belum dipilih."})
        assert "Choose a part" in words(answer)
        assert "Belum dipilih." in answer.content.decode()
        answer = manager.post(url(case, "catat/"), {"part": "health", "text": " "})
        assert "Write a few words first" in words(answer)

    def test_a_partner_is_offered_only_the_parts_she_holds(self) -> None:
        case = a_case()
        partner = browser(partner_on(case, Compartment.PLAN, Compartment.HEALTH))

        page = soup(partner.get(url(case, "catat/")))
        assert [one["value"] for one in page.select("input[name=part]")] == ["health", "plan"]
        sent = {"part": "narrative", "text": "Selundupan."}
        assert "Choose a part" in words_in_any(partner.post(url(case, "catat/"), sent))
        assert not Entry.objects.filter(compartment="narrative", kind=EntryKind.NOTE).exists()

    def test_names_replace_the_list_in_force(self) -> None:
        case = a_case()
        manager = browser(make.lead_of(case))
        field = soup(manager.get(url(case, "nama/"))).select_one("textarea")
        assert field is not None
        assert field.get_text().strip() == "KENARI-NAMA"

        manager.post(url(case, "nama/"), {"names": "Sari\n\nBudi"})

        page = words(manager.get(url(case, "bagian/identitas/")))
        assert "Sari Budi" in page
        assert "KENARI-NAMA" not in page

    def test_messages_go_both_ways(self) -> None:
        case = a_case()
        manager = browser(make.lead_of(case))

        sent = manager.post(url(case, "pesan/"), {"text": "Besok kami telepon."}, follow=True)
        assert "Sent. The reporter reads it under her code" in words(sent)
        message = ThreadMessage.objects.get()
        assert open_text(reporter_of(case).keys, message, "text") == "Besok kami telepon."

    def test_a_new_contact_is_taken_over_with_one_tap_in_a_closed_case_too(self) -> None:
        case = a_case()
        from ruang.cases.commands import write_from_reporter

        wish = write_from_reporter(
            actor=reporter_of(case), case_id=case.pk, kind=MessageKind.CONTACT,
            text=Contact(way="whatsapp", reach="0899-BARU").to_text(), at=make.AT,
        )  # fmt: skip
        manager = browser(make.lead_of(case))
        close(case)
        for page in ("bagian/identitas/", "pemantauan/", "kode-baru/"):
            both = words(manager.get(url(case, page)))
            assert "0812-KENARI" in both
            assert "0899-BARU" in both
            assert "may not be safe any more" in both

        manager.post(url(case, "kontak/"), {"message": str(wish.pk)})

        page = words(manager.get(url(case, "bagian/identitas/")))
        assert "0899-BARU" in page
        assert "0812-KENARI" not in page

    @pytest.mark.parametrize(
        ("rest", "sent"),
        [("nama/", {"names": "X"}), ("risiko/", {"risk": "high"}), ("pesan/", {"text": "X"}),
         ("tujuan/", {"text": "X"}), ("penutupan/tarik/", {}), ("buka-lagi/", {"reason": "X"}),
         ("penutupan/", {"closing": "helped"}), ("pemantauan/", {"text": "X"}), ("nama/", {}),
         ("kontak/", {"message": "00000000-0000-0000-0000-000000000000"})],
    )  # fmt: skip
    def test_a_partner_may_not_and_leaves_a_trace(
        self, rest: str, sent: dict[str, str]
    ) -> None:
        case = a_case()
        partner = browser(partner_on(case, Compartment.PLAN))
        entries, facts = Entry.objects.count(), Fact.objects.count()

        answer = partner.post(url(case, rest), sent)

        assert answer.status_code == 403
        assert Entry.objects.count() == entries
        new = Fact.objects.filter(number__gt=facts)
        assert [fact.name for fact in new] == ["audit.refused"]


def words_in_any(answer: Any) -> str:
    """The same words in English, whoever looks."""
    text = words(answer)
    return text.replace("Pilih satu bagian.", "Choose a part")
