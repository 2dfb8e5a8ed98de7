"""What real phones do: a clock that begins anew in 2020, and a system that tidies up."""

from datetime import timedelta
from pathlib import Path

import pytest

from ruang.kernel import clock
from ruang.prevention.models import Attendance, Sent
from tests.journeys.test_field_known import known, ready, until_known
from tests.journeys.test_field_outbox import all_sent, counted, signal
from tests.journeys.test_field_phone import HALL, Hall, on_a_phone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]


def test_a_clock_that_went_back_or_ahead_loses_nothing(address: str, tmp_path: Path) -> None:
    """An empty battery: without a signal the phone thinks it is six years ago."""
    hall = Hall()
    with on_a_phone(address, tmp_path / "profile") as phone:
        ready(phone, hall)
        phone.context.set_offline(True)
        phone.page.clock.set_fixed_time(clock.now() - timedelta(days=2_200))
        phone.go(hall.url)
        phone.says("Tidak ada sinyal")
        assert known(phone), "kept, for when the clock is right again"
        counted(phone, 9)
        phone.says("Terkunci dan tersimpan")
        phone.keeps(1)
        phone.page.clock.set_fixed_time(clock.now())
        phone.go(hall.url)
        phone.says("Nyapeu Wacil")
        signal(phone)
        all_sent(phone)
        assert phone.faults == []
    row = Sent.objects.get()
    assert (row.state, row.waits) == ("waiting", "unsure")
    assert not Attendance.objects.exists()


def test_a_phone_that_tidied_up_opens_without_a_signal_again(
    address: str, tmp_path: Path
) -> None:
    hall = Hall()
    with on_a_phone(address, tmp_path / "profile") as phone:
        ready(phone, hall)
        phone.page.evaluate(
            "caches.keys().then((all) => Promise.all(all.map((one) => caches.delete(one))))"
        )
        phone.go(HALL)
        for _patience in range(100):
            if (
                phone.page.evaluate(
                    "caches.keys().then((all) => all.length && caches.open(all[0]))"
                    ".then((all) => all ? all.keys() : []).then((all) => all.length)"
                )
                > 5
            ):
                break
            phone.page.wait_for_timeout(100)
        until_known(phone)
        phone.context.set_offline(True)
        phone.go(hall.url)
        phone.says("Tidak ada sinyal")
        assert phone.faults == []
