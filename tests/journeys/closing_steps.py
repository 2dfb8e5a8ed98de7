"""What journeys share on the way to the end of a case: opened, asked to close, signed."""

from typing import Any

from ruang.access.roles import Role
from ruang.cases.models import Case
from ruang.cases.states import Part
from ruang.identity.models import User
from ruang.intake.commands import claim_report, rate_report
from ruang.kernel import clock
from ruang.kernel.codes import Risk
from ruang.triage.commands import Leads, decide_report
from ruang.triage.states import Outcome
from tests import make
from tests.journeys.person import Person


def opened_case(scene: Any, risk: Risk) -> Case:
    """The report of a scene, judged and made a case by the officer."""
    officer = make.actor(scene.rina, at=clock.now())
    said: dict[str, Any] = {"actor": officer, "report_id": scene.report.pk}
    claim_report(**said, at=clock.now())
    rate_report(**said, risk=risk, at=clock.now())
    leads = Leads(scene.hendra.pk, scene.rina.pk)
    decide_report(
        **said, outcome=Outcome.CASE, message="Kami dampingi.",
        leads=leads, at=clock.now(),
    )  # fmt: skip
    case = Case.objects.get()
    assert make.lead_of(case, Part.MANAGER) == scene.hendra
    assert Role(scene.head.role) is Role.HEAD
    return case


def ask_to_close(
    manager: Person, case: str, decider: User, *, reason: str, note: str, told: str = ""
) -> None:
    """The manager fills in the page of closing, and a second person is asked."""
    manager.go(f"{case}penutupan/")
    manager.page.check("input[value=helped]")
    for box in manager.page.query_selector_all("main input[type=checkbox]"):
        box.check()
    for why in manager.page.locator("main input[name^=why_]").all():
        asked = str(why.get_attribute("name")).removeprefix("why_")
        if not manager.page.locator(f"[name=yes_{asked}]").count():  # the record says: not yet
            why.fill("Will be done tomorrow.")
    manager.page.fill("#id_note", note)
    if told:
        manager.page.fill("#id_text", told)
    manager.page.fill("#id_reason", reason)
    manager.page.select_option("#id_decider", str(decider.pk))
    manager.press("main form button")


def sign(head: Person, *, reason: str) -> None:
    """The second person reads the reason, and no content, and approves."""
    head.go("/persetujuan/")
    head.press("main tbody a")
    assert reason in head.reads()
    assert "KENARI" not in head.page.content()
    head.press('main form[action$="/setuju/"] button')
