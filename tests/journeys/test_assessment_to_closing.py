"""A manager's work from the assessment to terminasi, and what a head signs on the way."""

from typing import Any

import pytest
from django.utils import timezone

from ruang.cases.models import Case
from ruang.cases.states import State
from ruang.dossier.models import Record
from ruang.kernel import clock
from ruang.kernel.codes import Risk
from ruang.plans.models import FollowUp, Task
from tests.journeys.closing_steps import ask_to_close, opened_case, sign
from tests.journeys.person import DESKTOP, PHONE, Person
from tests.journeys.reporter_phone import SIZE, Phone
from tests.journeys.test_desk_to_case import Scene

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
TOLD = "Terima kasih sudah berjalan bersama kami."


def test_from_the_assessment_to_terminasi(address: str, browsing: Any) -> None:
    scene = Scene("id")
    case = f"/kasus/{opened_case(scene, Risk.MEDIUM).pk}/"
    with browsing() as browser:
        hendra, head = (Person(browser, address, size) for size in (DESKTOP, PHONE))
        hendra.sign_in(scene.hendra)
        head.sign_in(scene.head)
        assess(hendra, case)
        plan_with_her(hendra, case)
        work_and_ask_again(hendra, case)
        hendra.go(f"{case}penutupan/")
        assert hendra.page.locator("#id_note").count() == 0, "a goal and a service are open"
        end_the_plan(hendra, case)
        close(hendra, head, case, scene)
        she_reads_it(browser.new_context(bypass_csp=True, viewport=SIZE), address, scene)
        assert head.go(case) == 404
        assert hendra.faults == []
        assert [f for f in head.faults if "404" not in f] == []
    assert Case.objects.get().state == State.CLOSED
    assert Record.objects.count() == FollowUp.objects.count() == 1
    assert Task.objects.get().state == "done"


def assess(hendra: Person, case: str) -> None:
    """Begun, saved half-way, gone on with."""
    hendra.go(f"{case}asesmen/")
    hendra.press("main header a.govuk-button")
    hendra.page.select_option("#id_psycho", "strained")
    hendra.page.check("input[name=mood][value=sleepless]")
    hendra.page.fill("#id_needs", "KENARI-BUTUH")
    hendra.press("main form button")
    assert "KENARI-BUTUH" in hendra.reads()
    hendra.press('main a[href$="/ubah/"]')
    assert hendra.page.input_value("#id_needs") == "KENARI-BUTUH"
    hendra.page.fill("#id_conclusion", "KENARI-SIMPULAN")
    hendra.press("main form button")
    assert "KENARI-SIMPULAN" in hendra.reads()


def plan_with_her(hendra: Person, case: str) -> None:
    """A goal in her words, a service for it, and what she says to the plan."""
    hendra.go(f"{case}rencana-intervensi/")
    hendra.press(f'main a[href="{case}tujuan/"]')
    hendra.page.fill("#id_text", "Saya ingin tidur tenang.")
    hendra.press("main form button")
    assert "“Saya ingin tidur tenang.”" in hendra.reads()
    hendra.press(f'main a[href="{case}layanan/"]')
    hendra.page.fill("#id_need", "Bicara dengan psikolog.")
    hendra.page.select_option("#id_kind", "health")
    hendra.page.check("input[name=payer][value=city]")
    hendra.press("main form button")
    hendra.press(f'main a[href="{case}kesepakatan/"]')
    hendra.page.check("input[name=answer][value=yes]")
    hendra.press("main form button")
    assert "Bicara dengan psikolog." in hendra.reads()


def work_and_ask_again(hendra: Person, case: str) -> None:
    """A task that is done from the overview, the service begins, and how she is."""
    today = timezone.localtime(clock.now()).date().isoformat()
    hendra.go(f"{case}tugas/baru/")
    hendra.page.fill("#id_title", "Atur pertemuan pertama.")
    hendra.page.select_option("#id_owner", index=1)
    hendra.page.fill("#id_due_on", today)
    hendra.press("main form button")
    hendra.go(case)
    hendra.press(f'main form[action^="{case}tugas/"] button')
    hendra.go(f"{case}rencana-intervensi/")
    hendra.press('main form[action$="/mulai/"] button')
    hendra.go(f"{case}pemantauan/")
    hendra.page.check("input[name=way][value=office]")
    hendra.page.fill("#id_text", "Tidurnya membaik.")
    hendra.press("main form button")
    assert "Tidurnya membaik." in hendra.reads()


def end_the_plan(hendra: Person, case: str) -> None:
    """Each service with its outcome, each goal with what became of it."""
    hendra.go(f"{case}rencana-intervensi/")
    hendra.press(f'main li a[href^="{case}layanan/"]')
    hendra.page.check("input[name=outcome][value=given]")
    hendra.press("main form button")
    hendra.press(f'main li a[href^="{case}tujuan/"]')
    hendra.page.check("input[name=reached][value=yes]")
    hendra.press("main form button")


def close(hendra: Person, head: Person, case: str, scene: Scene) -> None:
    """Asked with what she will read, approved by the head."""
    reason = "Tujuannya tercapai."
    ask_to_close(
        hendra, case, scene.head, reason=reason, note="Tidur tenang kembali.", told=TOLD
    )
    hendra.go(case)
    assert TOLD not in hendra.reads(), "she is told when it is closed, not before"
    sign(head, reason=reason)
    hendra.go(case)
    assert "Tidur tenang kembali." in hendra.reads()


def she_reads_it(context: Any, address: str, scene: Scene) -> None:
    """Under her code: done, what was written to her, and how the help was."""
    phone = Phone(context, address, scripts=True)
    phone.go("/pantau/")
    phone.fill("kode", scene.receipt.words)
    phone.press("[name=buka]")
    assert TOLD in phone.text
    assert "Selesai" in phone.page.locator("#status").inner_text()
    phone.press("[name=ke][value=feedback]")
    phone.fill("helped", "yes")
    phone.press("[name=kirim]")
    assert phone.faults == []


def test_the_head_signs_a_lowering_and_a_closing(address: str, browsing: Any) -> None:
    scene = Scene("en")
    row = opened_case(scene, Risk.HIGH)
    case, reason = f"/kasus/{row.pk}/", "She lives elsewhere now, and he does not know where."
    with browsing() as browser:
        hendra, head = (Person(browser, address, size) for size in (DESKTOP, PHONE))
        hendra.sign_in(scene.hendra)
        head.sign_in(scene.head)
        ask_to_lower(hendra, case, scene, "Better now.")
        head.go("/persetujuan/")
        head.press("main tbody a")
        head.press('main form button[formaction$="/tolak/"]')
        assert head.page.locator(".govuk-error-summary").count() == 1, (
            "a no says what is missing"
        )
        head.page.fill("#id_answer", "Where does she live now?")
        head.press('main form button[formaction$="/tolak/"]')
        assert risk(hendra, case) == "high"

        ask_to_lower(hendra, case, scene, reason)
        sign(head, reason=reason)
        assert risk(hendra, case) == "medium"
        ask_to_close(hendra, case, scene.head, reason="Help is over.", note="Settled.")
        sign(head, reason="Help is over.")
        head.go("/persetujuan/")
        assert head.reads().count(row.number) == 3
        assert head.go(case) == 404
        assert hendra.faults == head.faults == []
    row.refresh_from_db()
    assert row.state == State.CLOSED


def risk(hendra: Person, case: str) -> str:
    """The level as everybody on the team sees it."""
    hendra.go(case)
    shown = hendra.page.locator("main .rk-risk").first.get_attribute("class")
    return str(shown).rpartition("rk-risk--")[2]


def ask_to_lower(hendra: Person, case: str, scene: Scene, reason: str) -> None:
    """The manager asks the head to let the risk of a case be lowered."""
    hendra.go(case)
    hendra.press(f'main a[href="{case}turunkan/"]')
    hendra.page.check("input[name=risk][value=medium]")
    hendra.page.check(f'input[name=decider][value="{scene.head.pk}"]')
    hendra.page.fill("#id_reason", reason)
    hendra.press("main form button")
