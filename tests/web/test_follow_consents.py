"""Under her code she sees with whom her case is shared on her word, and takes it back."""

import pytest
import time_machine
from django.test import Client

from ruang.access.roles import Role
from ruang.cases.models import Case, ThreadMessage
from ruang.cases.states import Compartment
from ruang.consents.models import Consent
from ruang.consents.states import State
from ruang.identity.models import Organisation
from ruang.intake.commands import claim_report
from ruang.kernel.codes import Age, Who
from ruang.triage.commands import Leads, decide_report
from ruang.triage.states import Outcome
from tests import make
from tests.web.walk import Walk

pytestmark = pytest.mark.django_db
LINK = "Lihat dengan siapa kasus saya dibagikan"


def shared(client: Client, who: Who = Who.SELF) -> tuple[Walk, str, Consent]:
    """A report that became a case, of which a partner may read on her word."""
    facts = make.city()
    receipt = make.receipt(who=who, age=Age.ADULT)
    report, officer = make.report_of(receipt), make.actor(make.officer(facts))
    place = Organisation.objects.get(pk=facts.intake_desk)
    leads = [make.user(place, Role.CASE_MANAGER) for _ in range(2)]
    claim_report(actor=officer, report_id=report.pk, at=make.AT)
    decide_report(
        actor=officer, report_id=report.pk, outcome=Outcome.CASE, at=make.AT,
        message="Kami mendampingi Anda.", leads=Leads(leads[0].pk, leads[1].pk),
    )  # fmt: skip
    partner = make.partner(name="LBH Kencana").organisation
    consent = make.consent(Case.objects.get(), partner, Compartment.NARRATIVE)
    return Walk(client, address="/pantau/"), receipt.words or "", consent


def test_she_sees_it_and_takes_it_back_once(client: Client) -> None:
    with time_machine.travel(make.AT, tick=False):
        thread, words, consent = shared(client)
        thread.open().press("buka", kode=words)
        assert LINK in thread.text
        thread.press("ke", "consents")
        assert "LBH Kencana" in thread.text
        thread.press("tarik", "bukan-id")
        assert Consent.objects.get().state == State.GIVEN
        sent = {**thread.hidden, "tarik": str(consent.pk)}
        for _twice in range(2):
            thread.answer = client.post("/pantau/", sent)
            assert "Izinnya sudah ditarik" in thread.text
        thread.press("ke", "main")
        assert "Saya menarik izin saya: LBH Kencana, Bantuan hukum." in thread.text
        assert LINK not in thread.text
    consent.refresh_from_db()
    assert consent.state == State.WITHDRAWN
    assert ThreadMessage.objects.filter(text__isnull=False, side="reporter").count() == 1


@pytest.mark.parametrize("who", [Who.CHILD, Who.KNOWN])
def test_who_reports_for_somebody_else_sees_none(client: Client, who: Who) -> None:
    with time_machine.travel(make.AT, tick=False):
        thread, words, consent = shared(client, who)
        thread.open().press("buka", kode=words)
        assert LINK not in thread.text
        thread.press("ke", "consents")
        assert "LBH Kencana" not in thread.text
        thread.press("tarik", str(consent.pk))
    consent.refresh_from_db()
    assert consent.state == State.GIVEN
