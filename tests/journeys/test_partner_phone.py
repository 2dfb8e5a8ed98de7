"""A partner on a phone: asked, taken, names checked, read, noted, finished; or withdrawn."""

from datetime import timedelta
from typing import Any

import pytest

from ruang.access.roles import Role
from ruang.cases.models import Case
from ruang.cases.states import Compartment, EntryKind
from ruang.identity.models import User
from ruang.kernel import clock
from ruang.referrals.commands import ask_partner
from ruang.referrals.models import Referral
from ruang.referrals.states import State
from ruang.vault.texts import open_text
from tests import make
from tests.journeys.person import DESKTOP, PHONE, Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


class Scene:
    def __init__(self, language: str) -> None:
        self.case = make.case(risk="high")
        self.manager = make.lead_of(self.case)
        self.taker = make.partner(name="LBH Kencana")
        self.colleague = make.user(self.taker.organisation, Role.PARTNER_DESK)
        User.objects.update(language=language)
        make.entry(self.case, "Kronologi lengkap.", Compartment.NARRATIVE, EntryKind.STORY)
        make.entry(self.case, "Hasil visum.", Compartment.HEALTH)
        make.entry(self.case, "Pertemuan pertama Kamis.")

    def ask(self) -> Referral:
        now = clock.now()
        ask = make.ask(
            self.taker.organisation, Compartment.NARRATIVE,
            answer_by=now + timedelta(hours=2), share_until=now + timedelta(days=90),
        )  # fmt: skip
        manager = make.actor(self.manager, at=now)
        return ask_partner(actor=manager, case_id=self.case.pk, ask=ask, at=now)


@pytest.mark.parametrize("language", ["id", "en"])
def test_from_the_request_to_the_outcome(address: str, browsing: Any, language: str) -> None:
    scene = Scene(language)
    request = scene.ask()
    one, case = f"/rujukan/{request.pk}/", f"/kasus/{scene.case.pk}/"
    with browsing() as browser:
        partner = Person(browser, address, PHONE)
        partner.sign_in(scene.taker)
        partner.go("/rujukan/")
        assert request.number in partner.reads()
        partner.press(f'main a[href="{one}"]')
        assert "Pendampingan advokat perempuan" in partner.reads()
        assert "Melati" not in partner.page.content()
        assert scene.case.number not in partner.page.content()
        assert partner.go(case) == 404

        partner.go(one)
        partner.press(f'form[action="{one}terima/"] button')
        assert partner.page.url.endswith(f"{one}nama/")
        assert "Melati Kusuma" in partner.reads()
        assert partner.go(case) == 404
        partner.go(f"{one}nama/")
        partner.press("main form button")
        partner.press(f'main a[href="{case}"]')
        assert "Kronologi lengkap." in partner.reads()
        assert "Pertemuan pertama Kamis." in partner.reads()
        assert "Hasil visum." not in partner.page.content()

        partner.go(one)
        partner.page.fill("#id_text", "Kami bertemu Kamis pukul 10.")
        partner.press(f'form[action^="{one}catatan/"] button')
        partner.go(f"{one}selesai/")
        partner.press("main form button")
        assert partner.page.locator(".govuk-error-summary").count() == 1
        partner.page.check("input[value=given]")
        partner.page.fill("#id_text", "Laporan polisi dibuat.")
        partner.press("main form button")
        assert partner.go(case) == 404
        assert partner.faults == []

        manager = Person(browser, address, DESKTOP)
        manager.sign_in(scene.manager)
        manager.go(case)
        assert "Laporan polisi dibuat." in manager.reads()
        assert "Kami bertemu Kamis pukul 10." in manager.reads()
        assert manager.faults == []
    assert Referral.objects.get().state == State.DONE


def test_the_manager_asks_and_withdraws_and_the_next_page_is_not_found(
    address: str, browsing: Any
) -> None:
    scene = Scene("id")
    case = f"/kasus/{scene.case.pk}/"
    with browsing() as browser:
        manager, partner = Person(browser, address, DESKTOP), Person(browser, address, PHONE)
        manager.sign_in(scene.manager)
        manager.go(f"{case}minta/")
        manager.page.check("input[value=legal]")
        manager.press("main form button")
        manager.press("main form button")
        assert manager.page.locator(".govuk-error-summary").count() == 1
        manager.page.select_option("#id_receiver", label="LBH Kencana")
        manager.page.fill("#id_text", "Surat kuasa dan pendampingan di Polres.")
        manager.page.check("input[value=consent]")
        manager.page.fill("#id_consent_on", f"{clock.now():%Y-%m-%d}")
        manager.page.check("input[value=spoken]")
        manager.page.check("input[value=self]")
        manager.page.fill("#id_explained", "Apa yang dibagikan, kepada siapa, sampai kapan.")
        manager.page.check("input[value=narrative]")
        manager.page.check("#id_nobody_known")
        manager.press("main form button")
        assert "R-" in manager.reads()

        partner.sign_in(scene.taker)
        partner.go("/rujukan/")
        partner.press("main td a")
        one = partner.page.url.removeprefix(address)
        partner.press("main form button")
        partner.press("main form button")
        assert partner.go(case) == 200

        manager.go(f"{one}tarik/")
        manager.press("main form button")
        assert partner.go(case) == 404
        assert partner.go(one) == 404
        assert partner.faults == manager.faults == []
    assert Referral.objects.get().state == State.WITHDRAWN
    assert not Case.objects.visible_to(make.actor(scene.taker)).exists()


def test_who_knows_somebody_hands_it_back_and_a_colleague_goes_on(
    address: str, browsing: Any
) -> None:
    scene = Scene("id")
    request = scene.ask()
    one, case = f"/rujukan/{request.pk}/", f"/kasus/{scene.case.pk}/"
    with browsing() as browser:
        first, second = Person(browser, address, PHONE), Person(browser, address, PHONE)
        first.sign_in(scene.taker)
        second.sign_in(scene.colleague)
        for person in (first, second):
            person.go(one)
        first.press(f'form[action="{one}terima/"] button')
        second.press(f'form[action="{one}terima/"] button')  # a page of a moment ago
        assert scene.taker.name in second.reads()
        assert "Melati" not in second.page.content()
        first.press(f'main a[href="{one}kenal/"]')
        first.press("main form button")
        assert first.go(one) == 404
        assert request.number not in first.reads()
        second.go(one)
        second.press(f'form[action="{one}terima/"] button')
        second.press("main form button")
        assert second.go(case) == 200
        assert first.go(case) == 404
        assert first.faults == second.faults == []
    row = Referral.objects.get()
    assert (row.state, row.taken_by_id) == (State.ACCEPTED, scene.colleague.pk)
    keys = make.actor(scene.colleague, at=clock.now()).keys
    assert open_text(keys, row, "ask").startswith("Pendampingan")
