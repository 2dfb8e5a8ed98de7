"""What a plan may choose by itself earns no warning from the form of one session."""

from datetime import date, datetime, time, timedelta
from itertools import product

import pytest
from django.utils import timezone

from ruang.planner.rules import closed_hours
from ruang.planner.settings import Settings
from ruang.prevention.states import Audience, Language, Unit
from ruang.prevention.warnings import Try, warnings
from tests import make
from tests import make_prevention as made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
MONDAY = timezone.make_aware(datetime.combine(date(2026, 11, 30), time()))
OF_THE_HOUR = {
    "It lies in the Friday prayer.", "It lies in the time of maghrib.",
    "These people are at school at that hour.", "The school is closed at that hour.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "audience"),
    [(Unit.RW, Audience.PARENTS), (Unit.RW, Audience.CHILDREN), (Unit.SCHOOL, Audience.TEENS)],
)
def test_no_hour_that_a_plan_may_choose_is_warned_of(unit: Unit, audience: Audience) -> None:
    make.city()
    programme = made.programme(minutes=60)
    settings = Settings((), ())
    free = 0
    for day, quarter in product((0, 4, 5), range(24 * 4)):  # Monday, Friday, Saturday
        begins = MONDAY + timedelta(days=day, minutes=15 * quarter)
        ends = begins + timedelta(minutes=programme.minutes)
        closed = closed_hours(
            begins.date(), audience=audience.value, at_school=unit is Unit.SCHOOL,
            settings=settings,
        )  # fmt: skip
        is_free = begins.date() == ends.date() and not any(
            begins.time() < until and since < ends.time() for (since, until), _why in closed
        )
        if not is_free:
            continue
        free += 1
        said = warnings(
            Try(programme, unit, audience, Language.INDONESIAN, begins,
                None, ()),
        )  # fmt: skip
        assert not OF_THE_HOUR & {str(one) for one in said}, begins
    assert free > 20
