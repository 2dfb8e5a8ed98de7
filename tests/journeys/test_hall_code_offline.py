"""A hall without a signal in which everybody scanned the poster: nobody is asked to count."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from ruang.access.actor import ANYBODY
from ruang.kernel import clock
from ruang.prevention.arrivals import arrival_code
from ruang.prevention.commands import Arriver, check_in
from ruang.prevention.models import Attendance, Sent, Session
from ruang.register.states import Band, Sex
from tests.journeys.test_field_outbox import all_sent, signal, without_a_signal
from tests.journeys.test_field_phone import Browser, Hall, on_a_phone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]
PRESS = 'form[data-entry="log"] button.govuk-button'


def came(hall: Hall, people: int) -> None:
    for _one in range(people):
        check_in(
            actor=ANYBODY, code=arrival_code(hall.session.pk), once=uuid4().hex,
            arriver=Arriver(Sex.FEMALE, Band.ADULT), at=clock.now() - timedelta(minutes=1),
        )  # fmt: skip


def logged(phone: Browser) -> None:
    """Nothing counted: asked first; heads and the tick together: asked again; then kept."""
    page = phone.page
    page.click(PRESS)
    phone.says("Belum ada orang yang Anda hitung")
    phone.says("kode QR, beri centang")
    phone.keeps(0)
    page.check("#id_pindai")
    page.fill("#id_orang-male-6_12", "2")
    page.click(PRESS)
    phone.says("Anda menghitung orang dan memberi centang")
    phone.keeps(0)
    page.fill("#id_orang-male-6_12", "")
    phone.look()
    page.click(PRESS)
    phone.says("Yang memindai kode QR ditambahkan saat catatan ini tiba")
    phone.keeps(1)


def test_without_a_signal_all_by_code_is_logged_without_a_head(
    address: str, tmp_path: Path
) -> None:
    hall = Hall()
    came(hall, 4)
    with on_a_phone(address, tmp_path / "profile") as phone:
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        without_a_signal(phone, hall)
        phone.says("Dihitung per kepala:")
        logged(phone)
        signal(phone)
        all_sent(phone)
        phone.go(hall.url)
        phone.says("4 orang hadir")
        phone.says("Dihitung per kepala: 0. Lewat kode QR: 4.")
        assert phone.faults == []
    assert Session.objects.get().state == "held"
    assert Attendance.objects.get().by_code == 4


def test_a_page_that_knew_of_nobody_does_not_refuse_it_either(
    address: str, tmp_path: Path
) -> None:
    """And where nobody scanned after all, it waits at the office: nothing is made up."""
    hall = Hall()
    with on_a_phone(address, tmp_path / "profile") as phone:
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        phone.go(hall.url)
        phone.context.set_offline(True)
        logged(phone)
        phone.context.set_offline(False)
        all_sent(phone)
        phone.says("Petugas di kantor memeriksanya")
        assert phone.faults == []
    assert Sent.objects.get().waits == "nobody"
    assert Session.objects.get().state == "planned"
