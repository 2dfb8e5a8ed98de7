"""An officer plans a quarter, moves a visit into a rule and out of it, and publishes."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ruang.kernel import clock
from ruang.planner.models import Plan, Visit
from ruang.planner.solving.run import solve
from ruang.planner.states import State
from ruang.prevention.models import Session
from ruang.territory.hours import is_holiday
from tests.journeys.person import PHONE
from tests.planner.scene import World
from tests.screens import patient, press, sign_in, width

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]
ROOT = "/pencegahan/rencana/"


def test_a_quarter_is_planned_moved_and_published(address: str, browsing: Any) -> None:
    world = World()
    with browsing() as browser:
        page = patient(browser.new_page(viewport={"width": 1280, "height": 800}))
        page.goto(f"{address}/masuk/")
        sign_in(page, world.user)
        page.goto(f"{address}{ROOT}")
        press(page, "main a.govuk-button")
        page.select_option("select[name=quarter]", index=3)
        page.fill(f"input[name='p-{world.parents.pk}']", "5")
        press(page, "main form button.govuk-button")
        press(page, "main form[action$='/susun/'] button")
        page.wait_for_selector("#maju progress")
    plan = Plan.objects.get()
    solve(plan.pk)(clock.now())
    plan.refresh_from_db()
    assert plan.state == State.PROPOSED
    visit = plan.visits.order_by("starts_at", "id")[0]
    day = timezone.localtime(visit.starts_at).date()
    free = next(
        day + timedelta(days=ahead)
        for ahead in range(28, 60)
        if (day + timedelta(days=ahead)).isoweekday() == 2
        and not is_holiday(day + timedelta(days=ahead))
    )
    with browsing() as browser:
        phone = patient(browser.new_page(viewport=PHONE))
        phone.goto(f"{address}/masuk/")
        sign_in(phone, world.user)
        phone.goto(f"{address}{ROOT}{plan.pk}/kunjungan/{visit.pk}/")
        phone.fill("input[name=starts]", "11:45")
        press(phone, "section[aria-labelledby='pindah-h'] button")
        phone.wait_for_selector(".govuk-error-summary")
        phone.fill("input[name=day]", free.isoformat())
        phone.fill("input[name=starts]", "09:00")
        press(phone, "section[aria-labelledby='pindah-h'] button")
        phone.wait_for_selector("[data-ruang=result]")
        assert width(phone) <= PHONE["width"]
        phone.goto(f"{address}{ROOT}{plan.pk}/")
        press(phone, "main a.govuk-button")
        press(phone, "main form button.govuk-button")
        phone.wait_for_selector("[data-ruang=result]")
    plan.refresh_from_db()
    assert plan.state == State.PUBLISHED
    assert Session.objects.filter(plan=plan.pk).count() == plan.visits.count()
    assert timezone.localtime(Visit.objects.get(pk=visit.pk).starts_at).date() == free
