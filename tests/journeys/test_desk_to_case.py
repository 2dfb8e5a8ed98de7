"""The desk's day in a real browser: taken, opened, answered, decided, accompanied, closed."""

from datetime import timedelta
from typing import Any

import pytest

from ruang.access.roles import Role
from ruang.cases.models import Case
from ruang.cases.states import State
from ruang.identity.models import Organisation, User
from ruang.intake.models import Report
from ruang.kernel import clock
from ruang.triage.queries.follow import follow_page
from ruang.triage.states import PublicStatus
from tests import make
from tests.journeys.closing_steps import ask_to_close, sign
from tests.journeys.person import DESKTOP, PHONE, Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
WORDS = {
    "id": {"taken": "di tangan Anda", "first": "sudah mengambil pengaduan ini",
           "empty": "Belum ada yang ditulis", "locked": "Isinya hanya terbuka bagi tim kasus"},
    "en": {"taken": "in your hands", "first": "has taken this report already",
           "empty": "Nothing was written yet", "locked": "open to the team of the case only"},
}  # fmt: skip


class Scene:
    """One report that just came in, and three people at the desk."""

    def __init__(self, language: str) -> None:
        city = make.city()
        place = Organisation.objects.get(pk=city.intake_desk)
        self.rina = make.user(place, Role.INTAKE_OFFICER)
        self.dimas = make.user(place, Role.INTAKE_OFFICER)
        self.hendra = make.user(place, Role.CASE_MANAGER)
        self.head = make.user(place, Role.HEAD)
        User.objects.update(language=language)
        at = clock.now() - timedelta(minutes=3)
        self.receipt = make.receipt(
            at=at, story="KENARI-CERITA", reach="0812-KENARI", language=language
        )
        self.report = make.report_of(self.receipt)

    def reporter(self) -> Any:
        return make.reporter(self.receipt, at=clock.now())


@pytest.mark.parametrize(("language", "size"), [("id", DESKTOP), ("en", PHONE)])
def test_from_the_queue_to_a_closed_case(
    address: str, browsing: Any, language: str, size: dict[str, int]
) -> None:
    scene, words = Scene(language), WORDS[language]
    number, one = scene.report.number, f"/pengaduan/{scene.report.pk}/"
    with browsing() as browser:
        rina, dimas = (Person(browser, address, size) for _ in range(2))
        dimas.hears_nothing()  # his list is one of a moment ago
        rina.sign_in(scene.rina)
        dimas.sign_in(scene.dimas)
        for person in (rina, dimas):
            person.go("/pengaduan/")
            assert number in person.reads()
            assert "KENARI" not in person.page.content()
        take = f'main button[formaction="{scene.report.pk}/ambil/"]'
        rina.page.locator(take).focus()
        with rina.page.expect_navigation():
            rina.page.keyboard.press("Enter")
        assert words["taken"] in rina.reads()
        dimas.press(take)
        assert words["first"] in dimas.reads()

        assert "KENARI" not in rina.page.content()
        rina.press(f'main a[href="{one}buka/"]')
        assert "KENARI-CERITA" in rina.reads()
        assert "0812-KENARI" in rina.reads()
        rina.press("#balas button")
        assert words["empty"] in rina.reads()
        rina.page.fill("#balas textarea", "Apakah Anda aman sekarang?")
        rina.press("#balas button")
        assert "Apakah Anda aman sekarang?" in rina.reads()
        rina.page.check("input[name=risk][value=high]")
        rina.press(f'form[action="{one}tingkat/"] button')
        assert "KENARI-CERITA" in rina.reads(), "one stays in the opened report"

        rina.press(f'main a[href="{one}putuskan/"]')
        rina.press(f'main a[href="{one}putuskan/kasus/"]')
        rina.page.check("#id_confirmed")
        rina.page.select_option("#id_manager", str(scene.hendra.pk))
        rina.page.select_option("#id_deputy", str(scene.rina.pk))
        rina.press("main form button")
        assert "K-" in rina.page.locator("h1").inner_text()
        assert "KENARI-CERITA" in rina.reads()
        case = rina.page.url.removeprefix(address).partition("?")[0]

        assert dimas.go(case) == 404
        dimas.go(one)
        assert words["locked"] in dimas.reads()
        assert "KENARI" not in dimas.page.content()
        assert dimas.go(f"{one}buka/") == 403

        hendra = Person(browser, address, size)
        hendra.sign_in(scene.hendra)
        hendra.go(case)
        assert "0812-KENARI" not in hendra.page.content()
        hendra.go(f"{case}bagian/identitas/")
        assert "0812-KENARI" in hendra.reads()
        hendra.go(f"{case}catat/")
        hendra.page.check("input[name=part][value=plan]")
        hendra.page.fill("#id_text", "Rencana keselamatan dibuat bersama.")
        hendra.press("main form button")
        assert "Rencana keselamatan dibuat bersama." in hendra.reads()
        hendra.go(f"{case}pesan/")
        hendra.page.fill("#balas textarea", "Saya Hendra. Besok kita bicara.")
        hendra.press("#balas button")
        ask_to_close(
            hendra, case, scene.head, reason="Pendampingan selesai.", note="Tercapai bersama."
        )
        head = Person(browser, address, size)
        head.sign_in(scene.head)
        sign(head, reason="Pendampingan selesai.")
        assert head.go(case) == 404
        hendra.go(case)
        assert "Tercapai bersama." in hendra.reads()
        hendra.go(f"{case}dibuka/")
        assert scene.rina.name in hendra.reads()
        for person in (rina, dimas, hendra):
            assert [f for f in person.faults if "403" not in f] == []
    assert Case.objects.get().state == State.CLOSED
    assert Report.objects.get().state == "decided"
    page = follow_page(actor=scene.reporter(), at=clock.now())
    assert page.status == PublicStatus.DONE
    texts = [line.text for line in page.messages]
    assert "Apakah Anda aman sekarang?" in texts
    assert "Saya Hendra. Besok kita bicara." in texts


def test_without_javascript_the_desk_works_too(address: str, browsing: Any) -> None:
    scene = Scene("id")
    with browsing() as browser:
        rina = Person(browser, address, PHONE, scripts=False)
        rina.sign_in(scene.rina)
        rina.go("/pengaduan/?saring=bebas")
        rina.press("main tbody button")
        rina.press("main .rk-shut a")
        assert "KENARI-CERITA" in rina.reads()
        rina.page.fill("#balas textarea", "Kami sudah membaca.")
        rina.press("#balas button")
        assert "Kami sudah membaca." in rina.page.locator("#pesan").inner_text()
    assert Report.objects.get().holder == scene.rina.pk
