"""The official keys in the browser: danger signs, identify, lower, clocks, minutes, floods."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ruang.approvals.models import Approval
from ruang.approvals.states import State as ApprovalState
from ruang.cases.models import Case
from ruang.cases.seats import raised
from ruang.clocks.models import Clock
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Moment
from ruang.clocks.states import State as ClockState
from ruang.identity.models import User
from ruang.intake import commands as intake
from ruang.intake.models import RiskCheck
from ruang.intake.states import Risk, State
from ruang.risk.checklists import ADULT, CHILD
from ruang.triage.models import Decision
from ruang.triage.states import Outcome
from tests import make
from tests.clocks.own import added
from tests.intake.desk_people import Desk, desk_with, id_of
from tests.web.parts import links, opened, soup, words

pytestmark = pytest.mark.django_db


def a_desk(state: State = State.CLAIMED, **told: Any) -> Desk:
    desk = desk_with(state, story="KENARI", **told)
    User.objects.update(language="en")
    return desk


def browser(desk: Desk, who: str = "holder") -> Client:
    return make.signed_in(desk.users[who])


def url(desk: Desk, rest: str = "") -> str:
    return f"/pengaduan/{desk.report.pk}/{rest}"


def clock_of(desk: Desk) -> Clock:
    return Clock.objects.get(subject=desk.report.pk, kind=TPKS_POLICE)


def form_of(page: Any) -> dict[str, str]:
    """What a browser would send of this page, were nothing changed in it."""
    fields = soup(page).select("main form input[name], main form select[name]")
    sent = {}
    for one in fields:
        chosen = one.select_one("option[selected]") if one.name == "select" else one
        if one.get("type") in {"checkbox", "radio"} and not one.has_attr("checked"):
            continue
        sent[str(one["name"])] = str(chosen.get("value", "on")) if chosen else ""
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def keys(case: Case) -> tuple[str, str, bool]:
    case.refresh_from_db()
    return case.kind, case.authority, case.tpks


class TestDangerSigns:
    def test_every_question_has_three_answers_and_none_is_chosen(self) -> None:
        desk = a_desk()

        page = soup(browser(desk).get(url(desk, "risiko/")))

        for item in ADULT.items:
            assert len(page.select(f"input[type=radio][name={item.id}]")) == 3
        assert page.select("input[type=radio][checked]") == []
        assert "KENARI" not in str(page)

    @pytest.mark.parametrize(
        ("age", "asked", "list_"),
        [("child", "", CHILD), ("adult", "", ADULT), ("unknown", "", ADULT),
         ("adult", "?daftar=anak", CHILD), ("child", "?daftar=dewasa", ADULT)],
    )  # fmt: skip
    def test_the_list_fits_the_age_and_the_other_can_be_taken(
        self, age: str, asked: str, list_: Any
    ) -> None:
        desk = a_desk()
        type(desk.report).objects.filter(pk=desk.report.pk).update(age=age)

        page = soup(browser(desk).get(url(desk, f"risiko/{asked}")))

        names = {str(one["name"]) for one in page.select("input[type=radio]")}
        assert names == {item.id for item in list_.items}

    def test_a_red_flag_raises_and_is_shown_in_the_opened_report(self) -> None:
        desk = a_desk()
        officer = browser(desk)

        answer = officer.post(url(desk, "risiko/"), {"weapon": "yes", "held": "no"})

        assert answer["Location"] == f"{url(desk, 'buka/')}?hasil=tanda-high"
        assert desk.reload().risk == Risk.HIGH
        page = words(officer.get(answer["Location"]))
        assert "Red flag" in page
        assert "18 questions are open" in page
        again = soup(officer.get(url(desk, "risiko/")))
        chosen = [(str(one["name"]), str(one["value"])) for one in again.select("[checked]")]
        assert chosen == [("weapon", "yes"), ("held", "no")]

    def test_nothing_answered_is_said(self) -> None:
        desk = a_desk()

        answer = browser(desk).post(url(desk, "risiko/"), {"weapon": "perhaps"})
        assert soup(answer).select(".govuk-error-summary")
        answer = browser(desk).post(url(desk, "risiko/"), {})
        assert "Nothing was answered" in words(answer)
        assert not RiskCheck.objects.exists()

    def test_opening_them_is_on_record(self) -> None:
        desk = a_desk()
        officer = browser(desk)
        officer.post(url(desk, "risiko/"), {"weapon": "yes"})
        before = len(opened(desk.report.pk))

        officer.get(url(desk, "risiko/"))
        assert len(opened(desk.report.pk)) == before + 1


class TestIdentify:
    def test_sexual_violence_starts_the_clock_of_the_law_and_the_page_shows_it(self) -> None:
        desk = a_desk()
        officer = browser(desk)

        answer = officer.post(
            url(desk, "identifikasi/"), {"kind": "sexual", "authority": "ours"}
        )

        assert answer["Location"] == f"{url(desk)}?hasil=identifikasi"
        page = words(officer.get(url(desk)))
        for said in ("Sexual violence (UU 12/2022)", "TPKS", "UU 12/2022 ps 41(2)-(3)"):
            assert said in page

    def test_taking_it_off_asks_a_second_person(self) -> None:
        desk = a_desk()
        officer = browser(desk)
        unmark = url(desk, "cabut-tpks/")
        assert unmark not in links(officer.get(url(desk)))
        officer.post(url(desk, "identifikasi/"), {"tpks": "on"})
        assert unmark in links(officer.get(url(desk)))

        assert officer.post(url(desk, "identifikasi/"), {"tpks": ""}).status_code == 302
        assert desk.reload().tpks
        said = {"why": "by_mistake", "decider": str(id_of(desk, "head")), "reason": "Salah."}
        done = officer.post(unmark, said)
        assert done["Location"] == f"{url(desk)}?hasil=tpks-diminta"
        assert clock_of(desk).state == ClockState.RUNNING
        asked = Approval.objects.get()
        head = browser(desk, "head")
        assert head.post(f"/persetujuan/{asked.pk}/setuju/", {}).status_code == 302
        assert clock_of(desk).state == ClockState.ENDED
        assert not desk.reload().tpks

    def test_its_clock_is_met_with_one_button(self) -> None:
        desk = a_desk()
        officer = browser(desk)
        officer.post(url(desk, "identifikasi/"), {"tpks": "on"})
        keep = url(desk, f"jam/{clock_of(desk).pk}/")
        assert f"{keep}selesai/" in links(officer.get(url(desk)))
        assert f"{keep}tunda/" not in links(officer.get(url(desk)))

        assert "Choose a reason" not in words(officer.get(f"{keep}selesai/"))
        answer = officer.post(f"{keep}selesai/", {})

        assert answer["Location"] == f"{url(desk)}?hasil=jam"
        assert clock_of(desk).state == ClockState.MET
        assert officer.get(f"{keep}selesai/").status_code == 302, "there is nothing to do"
        assert officer.get(f"{keep}hapus/").status_code == 404

    def test_its_end_needs_a_reason(self) -> None:
        desk = a_desk()
        officer = browser(desk)
        officer.post(url(desk, "identifikasi/"), {"tpks": "on"})
        keep = url(desk, f"jam/{clock_of(desk).pk}/akhiri/")

        assert "Choose one" in words(officer.post(keep, {}))
        assert "Choose one" in words(officer.post(keep, {"code": "closed"}))
        assert clock_of(desk).state == ClockState.RUNNING
        assert officer.post(keep, {"code": "not_applicable"}).status_code == 302


class TestLowering:
    @staticmethod
    def asked(desk: Desk) -> Approval:
        officer = browser(desk)
        officer.post(url(desk, "tingkat/"), {"risk": "high"})
        answer = officer.post(
            url(desk, "turunkan/"),
            {"risk": "low", "decider": str(id_of(desk, "head")), "reason": "KENARI tenang"},
        )
        assert answer["Location"] == f"{url(desk)}?hasil=turun-diminta"
        return Approval.objects.get()

    def test_the_head_reads_the_reason_and_approves(self) -> None:
        desk = a_desk()
        row = self.asked(desk)
        head = browser(desk, "head")

        assert "Waits for your word" in words(head.get("/meja/"))
        assert f"/persetujuan/{row.pk}/" in links(head.get("/persetujuan/"))
        page = words(head.get(f"/persetujuan/{row.pk}/"))
        assert "KENARI tenang" in page
        assert desk.report.number in page
        answer = head.post(f"/persetujuan/{row.pk}/setuju/", {"answer": ""})

        assert answer["Location"] == f"/persetujuan/{row.pk}/?hasil=disetujui"
        assert desk.reload().risk == Risk.LOW
        assert "Approved" in words(browser(desk).get(url(desk)))

    def test_a_refusal_without_a_reason_is_asked_again(self) -> None:
        desk = a_desk()
        row = self.asked(desk)
        head = browser(desk, "head")

        answer = head.post(f"/persetujuan/{row.pk}/tolak/", {"answer": " "})
        assert "Write the reason" in words(answer)
        head.post(f"/persetujuan/{row.pk}/tolak/", {"answer": "Belum cukup."})
        row.refresh_from_db()
        assert row.state == ApprovalState.REFUSED
        assert desk.reload().risk == Risk.HIGH
        assert "Belum cukup." in words(browser(desk).get(f"/persetujuan/{row.pk}/"))

    def test_who_asked_takes_it_back_and_nobody_else_sees_it(self) -> None:
        desk = a_desk()
        row = self.asked(desk)

        assert browser(desk, "manager").get(f"/persetujuan/{row.pk}/").status_code == 404
        assert browser(desk).post(f"/persetujuan/{row.pk}/setuju/").status_code == 403
        assert browser(desk).post(f"/persetujuan/{row.pk}/hapus/").status_code == 404
        browser(desk).post(f"/persetujuan/{row.pk}/tarik/")
        row.refresh_from_db()
        assert row.state == ApprovalState.WITHDRAWN

    @pytest.mark.parametrize("missing", ["risk", "decider", "reason"])
    def test_all_three_are_needed(self, missing: str) -> None:
        desk = a_desk()
        officer = browser(desk)
        officer.post(url(desk, "tingkat/"), {"risk": "high"})
        said = {"risk": "low", "decider": str(id_of(desk, "head")), "reason": "Sebab."}

        answer = officer.post(url(desk, "turunkan/"), {**said, missing: ""})
        assert soup(answer).select(".govuk-error-summary")
        assert not Approval.objects.exists()


class TestFlood:
    def test_only_what_one_could_decide_is_offered_and_nothing_is_ticked(self) -> None:
        desk = a_desk()
        free, held = (make.report_of(make.receipt()) for _ in range(2))
        intake.claim_report(actor=desk.who("colleague"), report_id=held.pk, at=make.AT)

        page = soup(browser(desk).get("/pengaduan/banyak/"))

        offered = [str(one["value"]) for one in page.select("input[name=reports]")]
        assert offered == [str(free.pk), str(desk.report.pk)]
        assert page.select("[checked]") == []

    def test_what_was_ticked_is_decided_and_what_was_left_is_named(self) -> None:
        desk = a_desk()
        first, second = (make.report_of(make.receipt()) for _ in range(2))
        officer = browser(desk)
        said = {"reports": [str(first.pk), str(second.pk)], "text_id": "Terima kasih."}

        assert "Choose one" in words(officer.post("/pengaduan/banyak/", said))
        said |= {"outcome": "same_as", "same_as": second.number}
        answer = officer.post("/pengaduan/banyak/", said)

        assert "1 report is decided" in words(answer)
        assert second.number in words(answer)
        assert Decision.objects.get().report == first

    @pytest.mark.parametrize("ids", [[], ["x"], ["00000000-0000-0000-0000-000000000000"]])
    def test_what_is_not_open_is_not_taken(self, ids: list[str]) -> None:
        desk = a_desk()
        said = {"reports": ids, "outcome": "not_report", "text_id": "Baik."}

        answer = browser(desk).post("/pengaduan/banyak/", said)
        assert soup(answer).select(".govuk-error-summary")
        assert not Decision.objects.exists()


def test_the_minutes_are_shown_to_be_printed_and_listed() -> None:
    desk = a_desk()
    officer = browser(desk)
    page = soup(officer.get(url(desk, "putuskan/limpahkan/")))
    there = str(page.select("select[name=desk] option")[1]["value"])

    answer = officer.post(
        url(desk, "putuskan/limpahkan/"),
        {"desk": there, "ground": "territory", "minutes": "KENARI BA", "text": "Kami."},
    )

    assert answer.status_code == 302
    assert "KENARI BA" in words(officer.get(answer["Location"]))
    listed = officer.get("/pengaduan/berita-acara/")
    assert answer["Location"].split("?")[0] in links(listed)
    assert "KENARI" not in words(listed)


def test_who_holds_the_report_that_is_repeated_sees_it() -> None:
    desk = a_desk()
    other = make.report_of(make.receipt())

    browser(desk).post(url(desk, "putuskan/sama/"), {"same_as": other.number, "text": "Baik."})

    assert Decision.objects.get().outcome == Outcome.SAME_AS
    assert url(desk) in links(browser(desk).get(f"/pengaduan/{other.pk}/"))
    assert f"/pengaduan/{other.pk}/" in links(browser(desk).get(url(desk)))


class TestCase:
    def test_its_keys_and_clock_stand_beside_the_timeline(self) -> None:
        case = make.case(risk="high")
        lead = make.lead_of(case)
        User.objects.update(language="en")
        manager = make.signed_in(lead)

        manager.post(f"/kasus/{case.pk}/identifikasi/", {"kind": "sexual"})

        page = manager.get(f"/kasus/{case.pk}/")
        assert "Clocks of the law" in words(page)
        clock = Clock.objects.get(subject=case.pk)
        assert f"/kasus/{case.pk}/jam/{clock.pk}/selesai/" in links(page)
        manager.post(f"/kasus/{case.pk}/jam/{clock.pk}/selesai/")
        clock.refresh_from_db()
        assert clock.state == ClockState.MET

    @pytest.mark.parametrize(
        ("language", "said"), [("en", "Visit her"), ("id", "Kunjungi dia")]
    )
    def test_one_of_the_city_stands_there_too_at_no_further_query(
        self, language: str, said: str
    ) -> None:
        case = make.case()
        lead = make.lead_of(case)
        User.objects.update(language=language)
        manager, queries = make.signed_in(lead), []
        for more in (1, 4):
            for _one in range(more):
                added(starts=Moment.RISK_HIGH)
            case.risk = "high"
            raised(case, "", actor=make.actor(lead), at=make.AT)
            with CaptureQueriesContext(connection) as caught:
                page = manager.get(f"/kasus/{case.pk}/")
            queries.append(len(caught))
        assert words(page).count(said) >= 5
        assert queries[0] == queries[1]

    def test_a_clock_is_started_by_hand(self) -> None:
        case = make.case()
        lead = make.lead_of(case)
        User.objects.update(language="en")
        manager = make.signed_in(lead)
        address = f"/kasus/{case.pk}/jam/mulai/"
        assert address in links(manager.get(f"/kasus/{case.pk}/"))
        empty = manager.post(address, {})
        assert soup(empty).select(".govuk-error-summary")
        said = {"kind": "pdp_restriction", "on": "2026-11-20", "source": "Surat 12/XI"}
        assert "still to come" in words(manager.post(address, {**said, "on": "2999-01-01"}))
        done = manager.post(address, said)
        assert done["Location"] == f"/kasus/{case.pk}/?hasil=jam-mulai"
        page = words(manager.get(f"/kasus/{case.pk}/"))
        assert "Answer a request to restrict the use of personal data" in page
        assert "Surat 12/XI" in page
        assert "A clock of the law was started by hand" in page

    def test_its_risk_is_lowered_with_a_second_person(self) -> None:
        case = make.case(risk="high")
        lead = make.lead_of(case)
        second = make.user(lead.organisation, make.Role.CASE_MANAGER)
        User.objects.update(language="en")
        manager = make.signed_in(lead)

        refused = manager.post(f"/kasus/{case.pk}/risiko/", {"risk": "low"})
        assert soup(refused).select(".govuk-error-summary")
        said = {"risk": "low", "decider": str(second.pk), "reason": "Sudah aman."}
        manager.post(f"/kasus/{case.pk}/turunkan/", said)
        row = Approval.objects.get()
        make.signed_in(second).post(f"/persetujuan/{row.pk}/setuju/")

        case.refresh_from_db()
        assert case.risk == Risk.LOW
