"""Records in the browser: every page, two people at once, the paper, the register."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ruang.audit.models import Fact
from ruang.cases.models import Case
from ruang.cases.states import Compartment, Part
from ruang.dossier import commands
from ruang.dossier.models import Record
from ruang.dossier.reading import answers
from ruang.dossier.states import Kind
from ruang.identity.models import User
from tests import make
from tests.cases.test_team import partner_on
from tests.reading import parsed
from tests.web.parts import opened, soup, words

pytestmark = pytest.mark.django_db
SLUGS = {
    "tanda-bahaya": Kind.RISK_ADULT,
    "orang": Kind.PERSON,
    "kejadian": Kind.INCIDENT,
    "asesmen": Kind.ASSESSMENT,
    "rencana-aman": Kind.SAFETY_PLAN,
    "hukum": Kind.LEGAL_STEP,
}


@pytest.fixture
def case() -> Case:
    made = make.case()
    User.objects.update(language="en")
    return made


@pytest.fixture
def browser(case: Case) -> Any:
    return make.signed_in(make.lead_of(case))


def add(case: Case, kind: Kind = Kind.PERSON, **said: object) -> Record:
    return commands.add_record(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, kind=kind,
        values=said or {"name": "Melati"}, at=make.AT,
    )  # fmt: skip


def url(case: Case, rest: str = "") -> str:
    return f"/kasus/{case.pk}/{rest}"


class TestEveryPage:
    @pytest.mark.parametrize("slug", SLUGS)
    def test_a_kind_is_written_read_changed_and_its_versions_shown(
        self, case: Case, browser: Any, slug: str
    ) -> None:
        kind = SLUGS[slug]
        assert browser.get(url(case, f"{slug}/")).status_code == 200
        form = url(case, f"{slug}/baru/")
        assert browser.get(form).status_code == 200
        field = {
            Kind.PERSON: "name", Kind.INCIDENT: "chronology", Kind.ASSESSMENT: "needs",
            Kind.SAFETY_PLAN: "pack", Kind.LEGAL_STEP: "note", Kind.RISK_ADULT: "note",
        }[kind]  # fmt: skip
        sent = browser.post(form, {"base": "0", "once": "a", field: "KENARI-SATU"})
        assert sent.status_code == 302, words(sent)
        row = Record.objects.get()
        here = url(case, f"{slug}/{row.pk}/")
        assert "KENARI-SATU" in words(browser.get(here))
        page = browser.get(f"{here}ubah/")
        assert "KENARI-SATU" in page.content.decode()
        sent = browser.post(f"{here}ubah/", {"base": "1", field: "KENARI-DUA"})
        assert sent.status_code == 302, words(sent)
        told = words(browser.get(f"{here}versi/"))
        assert "KENARI-SATU" in told
        assert "KENARI-DUA" in told
        assert browser.get(url(case, f"{slug}/")).status_code == 200

    def test_the_addresses_of_other_kinds_and_cases_lead_nowhere(
        self, case: Case, browser: Any
    ) -> None:
        row, other = add(case), add(make.case())
        for rest in (
            "lain/", "orang/baru/?jenis=incident", f"kejadian/{row.pk}/", f"orang/{other.pk}/",
            f"orang/{other.pk}/versi/", f"orang/{other.pk}/ubah/",
            f"kejadian/{row.pk}/ubah/",
        ):  # fmt: skip
            assert browser.get(url(case, rest)).status_code == 404, rest

    def test_an_answer_that_cannot_be_is_shown_beside_its_question(
        self, case: Case, browser: Any
    ) -> None:
        sent = browser.post(
            url(case, "orang/baru/"),
            {"base": "0", "name": "KENARI", "born_on": "once", "about_age": "many"},
        )
        assert sent.status_code == 200
        told = words(sent)
        assert "This date could not be read" in told
        assert "Write a number" in told
        assert "KENARI" in sent.content.decode()
        assert not Record.objects.exists()

    def test_a_wrong_nik_is_kept_and_pointed_at(self, case: Case, browser: Any) -> None:
        browser.post(url(case, "orang/baru/"), {"base": "0", "name": "A", "nik": "123"})
        row = Record.objects.get()
        told = words(browser.get(url(case, f"orang/{row.pk}/")))
        assert "cannot be a NIK" in told
        assert "123" in told


class TestLocked:
    def test_who_holds_no_key_sees_that_it_exists_and_opens_nothing(self, case: Case) -> None:
        row = add(case)
        partner = partner_on(case, Compartment.NARRATIVE)
        browser = make.signed_in(partner)
        for rest in ("orang/", f"orang/{row.pk}/", f"orang/{row.pk}/versi/"):
            page = browser.get(url(case, rest))
            assert page.status_code == 200
            assert "Melati" not in page.content.decode()
            assert "ocked" in words(page) or "erkunci" in words(page)
        assert browser.get(url(case, f"orang/{row.pk}/ubah/")).status_code == 404
        assert browser.get(url(case, "orang/baru/")).status_code == 404
        assert browser.get(url(case, f"orang/{row.pk}/sisihkan/")).status_code == 403
        assert ("identity", False) not in opened(case.pk)

    def test_reading_one_is_on_record(self, case: Case, browser: Any) -> None:
        row = add(case)
        browser.get(url(case, f"orang/{row.pk}/"))
        assert ("identity", False) in opened(case.pk)


class TestTwoAtOnce:
    def test_both_answers_stand_side_by_side_and_nothing_typed_is_lost(
        self, case: Case, browser: Any
    ) -> None:
        row = add(case, name="Melati", phone="0811")
        deputy = make.lead_of(case, Part.DEPUTY)
        commands.save_record(
            actor=make.actor(deputy), record_id=row.pk, base_version=1,
            values={"name": "KENARI-WAKIL"}, at=make.AT,
        )  # fmt: skip
        edit = url(case, f"orang/{row.pk}/ubah/")
        mine = {"name": "KENARI-MANAJER", "phone": "0822"}
        shown = browser.post(edit, {"base": "1", **mine})
        assert shown.status_code == 409
        box = soup(shown).select_one("#beda-name")
        assert box is not None
        for said in ("Melati", "KENARI-MANAJER", "KENARI-WAKIL", deputy.name):
            assert said in box.get_text(" ")
        typed = {
            str(one["name"]): str(one.get("value", ""))
            for one in soup(shown).select("input[type=text], input[name=base]")
        }
        assert typed["name"] == "KENARI-MANAJER"
        assert typed["phone"] == "0822"
        assert typed["base"] == "2"
        sent = browser.post(edit, {"base": "2", **mine, "ambil-name": "theirs"})
        assert sent.status_code == 302
        row.refresh_from_db()
        lead = make.actor(make.lead_of(case))
        assert answers(row, lead) == {"name": "KENARI-WAKIL", "phone": "0822"}

    def test_keeping_ones_own_answer_saves_it(self, case: Case, browser: Any) -> None:
        row = add(case)
        deputy = make.actor(make.lead_of(case, Part.DEPUTY))
        commands.save_record(
            actor=deputy, record_id=row.pk, base_version=1, values={"name": "B"}, at=make.AT
        )
        edit = url(case, f"orang/{row.pk}/ubah/")
        sent = browser.post(edit, {"base": "2", "name": "C", "ambil-name": "mine"})
        assert sent.status_code == 302
        row.refresh_from_db()
        assert answers(row, deputy) == {"name": "C"}


class TestSettingAside:
    def test_it_asks_why_and_can_be_brought_back(self, case: Case, browser: Any) -> None:
        row = add(case)
        here = url(case, f"orang/{row.pk}/")
        assert browser.get(f"{here}sisihkan/").status_code == 200
        assert "Choose one" in words(browser.post(f"{here}sisihkan/", {}))
        assert browser.post(f"{here}sisihkan/", {"why": "twice"}).status_code == 302
        assert "It stands here twice" in words(browser.get(here))
        assert "Set aside" in words(browser.get(url(case, "orang/")))
        assert browser.get(f"{here}ubah/").status_code == 404
        assert browser.post(f"{here}kembalikan/").status_code == 302
        row.refresh_from_db()
        assert row.retired_at is None


class TestPaper:
    """What may be found on the table at home."""

    TELLING = (
        "kekerasan", "violence", "aman", "safe", "korban", "survivor", "penyintas", "terlapor",
        "pelaku", "kasus", "case", "ruang", "kolaborasi", "dp3akb", "rencana keselamatan",
        "lapor", "polisi", "police", "KENARI", "melati",
    )  # fmt: skip

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_it_carries_no_word_that_tells_what_it_is(
        self, case: Case, browser: Any, language: str
    ) -> None:
        User.objects.update(language=language)
        person = add(case, name="Melati")
        row = add(
            case, Kind.SAFETY_PLAN, person=person.pk.hex, signs="KENARI-TANDA",
            word="KENARI-SANDI", kept_at="KENARI-TEMPAT", children="KENARI-ANAK",
            call="Bu Tuti 0812", pack="Akta, obat", go="Rumah Bu Tuti",
        )  # fmt: skip
        address = reverse("paper", args=(case.pk, row.pk))
        assert browser.get(reverse("paper", args=(case.pk, person.pk))).status_code == 404
        page = browser.get(address)
        text = page.content.decode()
        assert "Bu Tuti 0812" in text
        assert "Akta, obat" in text
        for word in (*self.TELLING, case.number):
            assert word.lower() not in text.lower(), word
            assert word.lower() not in address
        assert 'name="viewport"' in text
        sheet = parsed(page.content).select_one("link[rel=stylesheet]")
        assert sheet is not None
        css = Path(str(finders.find(str(sheet["href"]).removeprefix(settings.STATIC_URL))))
        assert "@page { margin: 0; }" in css.read_text(), "no room for the browser's own lines"

    @pytest.mark.parametrize(("may_keep", "asks"), [("no", True), ("yes", False), ("", False)])
    def test_where_she_cannot_keep_a_paper_that_is_asked_about_first(
        self, case: Case, browser: Any, may_keep: str, *, asks: bool
    ) -> None:
        User.objects.update(language="en")
        row = add(case, Kind.SAFETY_PLAN, may_keep=may_keep, go="Rumah Bu Ani")
        address = reverse("paper", args=(case.pk, row.pk))
        first = browser.get(address).content.decode()
        assert ("Rumah Bu Ani" in first) is not asks
        assert ("She cannot keep a paper safely" in first) is asks
        read = browser.get(reverse("dossier:record", args=(case.pk, "rencana-aman", row.pk)))
        assert ("She cannot keep a paper safely" in read.content.decode()) is asks
        if asks:
            assert "Show the paper all the same" in first
            assert "Rumah Bu Ani" in browser.get(f"{address}?tetap=ya").content.decode()


class TestRegister:
    def test_it_says_what_is_missing_for_each_person(self, case: Case, browser: Any) -> None:
        survivor = add(case, name="Melati", role="beneficiary", sex="woman", about_age="30")
        add(case, name="Saksi", role="witness")
        add(case, Kind.SUSPECT, name="Bayu", about_age="40")
        page = words(browser.get(url(case, "simfoni/")))
        assert "Melati" in page
        assert "Saksi" not in page
        for label in ("Address", "Relation to the reported person", "Forms of violence"):
            assert label in page
        assert "Date of birth" not in page  # the age is known
        commands.save_record(
            actor=make.actor(make.lead_of(case)), record_id=survivor.pk, base_version=1,
            values={
                "simfoni_entered": "yes", "simfoni_number": "S-77", "simfoni_on": "2026-11-20",
            },
            at=make.AT,
        )  # fmt: skip
        assert "Entered: S-77" in words(browser.get(url(case, "simfoni/")))

    def test_a_partner_without_identity_is_told_what_is_locked(self, case: Case) -> None:
        add(case, name="Melati", role="beneficiary")
        page = make.signed_in(partner_on(case, Compartment.NARRATIVE)).get(
            url(case, "simfoni/")
        )
        assert page.status_code == 200
        assert "Melati" not in page.content.decode()


class TestElsewhere:
    def test_a_person_of_another_case_of_mine_is_taken_over(self, case: Case) -> None:
        manager = make.lead_of(case)
        other = make.case(manager.organisation, manager=manager)
        row = add(other, name="Melati", simfoni_number="S-1", simfoni_entered="yes")
        add(make.case(), name="KENARI-ORANG-LAIN")
        browser = make.signed_in(manager)
        page = browser.get(url(case, "orang/kasus-lain/"))
        assert "Melati" in words(page)
        assert "KENARI" not in page.content.decode()
        facts = Fact.objects.filter(about=other.pk, name="dossier.record_moved").count()
        sent = browser.post(url(case, "orang/kasus-lain/"), {"record": str(row.pk)})
        assert sent.status_code == 302
        made = Record.objects.get(case=case)
        said = answers(made, make.actor(manager))
        assert said == {"name": "Melati", "links": (row.pk.hex,)}
        left = Fact.objects.filter(about=other.pk, name="dossier.record_moved").count()
        assert left == facts
        for one in (case, other):
            page = browser.get(url(one, "orang/kasus-lain/"))
            assert page.status_code == 200
            assert b'name="record"' not in page.content
        again = browser.post(url(case, "orang/kasus-lain/"), {"record": str(row.pk)})
        assert "stands in this case already" in words(again)
        assert Record.objects.filter(case=case).count() == 1


class TestQueries:
    def test_a_list_of_a_thousand_asks_no_more_than_one_of_ten(
        self, case: Case, browser: Any
    ) -> None:
        counts = []
        row = add(case, Kind.INCIDENT, forms=("physical",))
        for many in (10, 1_000):
            have = Record.objects.count()
            copies = []
            for _ in range(many - have):
                copy = Record.objects.get(pk=row.pk)
                copy.pk = make.stranger()
                copies.append(copy)
            sealed_alike(copies, case)
            Record.objects.bulk_create(copies)
            browser.get(url(case, "kejadian/"))
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(url(case, "kejadian/")).status_code == 200
            counts.append(len(seen))
        assert counts[0] == counts[1]


def sealed_alike(rows: list[Record], case: Case) -> None:
    from ruang.cases.writing import material
    from ruang.vault.texts import seal_text

    key = material(case, Compartment.NARRATIVE, make.actor(make.lead_of(case)))
    for one in rows:
        one.text = seal_text(key, Record, "text", one.pk, '{"forms": ["physical"]}')
