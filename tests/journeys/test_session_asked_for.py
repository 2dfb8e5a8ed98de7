"""An RT head asks for a session on an old phone, the office plans it, he sees the date."""

from datetime import timedelta

import pytest

from ruang.identity.models import User
from ruang.kernel import clock
from ruang.prevention.models import Request, Session
from ruang.prevention.states import RequestState
from ruang.territory.hours import is_holiday
from tests import make_prevention
from tests.journeys.conftest import Browsing
from tests.journeys.person import DESKTOP, PHONE, Person
from tests.prevention.scene import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
WORDS = {
    "id": {"waits": "Permintaan Anda menunggu jawaban", "planned": "Sesi direncanakan"},
    "en": {"waits": "Your request waits for an answer", "planned": "The session is planned"},
}


class OldPhone(Person):
    """A phone whose browser runs no scripts and keeps no cookies."""

    def __init__(self, browser: object, address: str) -> None:
        super().__init__(browser, address, PHONE, scripts=False)

    def look(self) -> None:
        """A page fits the screen, and nothing is kept on the phone."""
        super().look()
        assert self.page.context.cookies() == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_he_asks_the_office_plans_and_he_sees_the_date(
    address: str, browsing: Browsing, language: str
) -> None:
    world = World()
    User.objects.update(language=language)
    coming = (clock.now().date() + timedelta(days=ahead) for ahead in range(7, 60))
    day = next(one for one in coming if one.isoweekday() == 3 and not is_holiday(one))
    words, more = WORDS[language], "?b=en" if language == "en" else ""
    with browsing() as browser:
        head = OldPhone(browser, address)
        head.go(f"/layanan/{more}")
        head.press('a[href^="/jadwal/"]')
        head.press('a[href^="/jadwal/minta/"]')
        head.page.check("[name=untuk][value=rw]")
        head.page.select_option("[name=kelurahan]", make_prevention.VILLAGE)
        head.press("main form button")
        head.press("[name=kirim]")
        assert head.page.locator(".govuk-error-summary").is_visible()
        head.page.select_option("[name=rw]", str(world.rw.pk))
        head.page.fill("[name=rt]", "2")
        head.page.select_option("[name=audience]", "parents")
        head.page.fill("[name=wished]", "Rabu siang")
        head.page.fill("[name=name]", "Pak Contoh")
        head.page.fill("[name=phone]", "0800 0000 0001")
        head.press("[name=kirim]")
        code = head.page.locator("#kode-sesi").inner_text()
        head.page.reload()
        assert head.page.locator("#kode-sesi").inner_text() == code

        def asks() -> str:
            head.go(f"/jadwal/permintaan/{more}")
            head.page.fill("[name=kode]", code.replace("-", " ").lower())
            head.press("main form button")
            return str(head.page.locator("#status").inner_text())

        assert words["waits"] in asks()

        desk = Person(browser, address, DESKTOP)
        desk.sign_in(world.person)
        desk.go("/pencegahan/permintaan/")
        desk.press("tbody a")
        assert "0800 0000 0001" in desk.reads()
        desk.press("a.govuk-button")
        assert desk.page.locator("[name=rts]:checked").count() == 1
        desk.page.check(f"[name=programme][value='{world.programme.pk}']")
        desk.page.fill("[name=on]", day.isoformat())
        desk.page.fill("[name=at]", "10:00")
        desk.page.select_option("[name=venue]", str(world.venue.pk))
        for one in (world.ani, world.budi):
            desk.page.check(f"[name=facilitators][value='{one.pk}']")
        desk.press("main form .govuk-button")
        assert words["planned"] in desk.page.inner_text("body")
        assert desk.faults == []

        assert "10" in asks()
        assert str(world.venue) in head.page.locator("#status").inner_text()
        head.go(f"/jadwal/?bulan={day:%Y-%m}{'&b=en' if more else ''}")
        assert str(world.rw) in head.reads()
        assert world.ani.user.name not in head.reads()
    assert Request.objects.get().state == RequestState.SCHEDULED
    assert Session.objects.get().is_promised
