"""When somebody is at the desk: what the receipt promises must be kept by the clock."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruang.territory import queries
from ruang.territory.hours import FAR, Hours, is_holiday

JAKARTA = ZoneInfo("Asia/Jakarta")
OFFICE = Hours(time(8), time(16), frozenset(range(1, 6)), JAKARTA)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("at", "is_open", "opens"),
    [
        ("2026-11-23T14:30", True, "2026-11-23T14:30"),  # Monday afternoon
        ("2026-11-23T08:00", True, "2026-11-23T08:00"),
        ("2026-11-23T07:59", False, "2026-11-23T08:00"),
        ("2026-11-23T16:00", False, "2026-11-24T08:00"),
        ("2026-11-20T21:10", False, "2026-11-23T08:00"),  # Friday night
        ("2026-11-22T10:00", False, "2026-11-23T08:00"),  # Sunday
        ("2026-08-17T10:00", False, "2026-08-18T08:00"),  # a Monday, but Independence Day
        ("2026-12-23T18:00", False, "2026-12-28T08:00"),  # two holidays and a weekend
        ("2026-03-17T17:00", False, "2026-03-25T08:00"),  # Nyepi and Idulfitri
    ],
)
def test_office_hours(at: str, is_open: bool, opens: str) -> None:
    assert OFFICE.is_open(local(at)) is is_open
    assert OFFICE.next_opening(local(at)) == local(opens)


def test_a_desk_that_works_on_holidays() -> None:
    always = Hours(time(8), time(16), frozenset(range(1, 8)), JAKARTA, False)
    assert always.is_open(local("2026-08-17T10:00"))


def test_round_the_clock() -> None:
    desk = Hours(time(0), time(0), frozenset({1, 2, 3, 4, 5}), JAKARTA)
    assert desk.is_open(local("2026-11-23T03:00"))
    assert desk.next_opening(local("2026-11-21T03:00")) == local("2026-11-23T00:00")


def test_a_desk_that_never_opens_promises_nothing() -> None:
    never = Hours(time(0), time(0), frozenset(), JAKARTA)
    assert never.next_opening(local("2026-11-21T03:00")) is None


def test_the_zone_of_the_city_counts() -> None:
    at = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # 06.30 in Serang, 08.30 in Jayapura
    assert not OFFICE.is_open(at)
    assert Hours(time(8), time(16), OFFICE.workdays, ZoneInfo("Asia/Jayapura")).is_open(at)


def test_a_year_without_a_decree_has_the_holidays_of_every_year() -> None:
    assert is_holiday(date(2027, 3, 10))
    assert is_holiday(date(2045, 8, 17))
    assert not is_holiday(date(2045, 8, 18))


@given(
    at=st.datetimes(
        min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        max_value=datetime(2028, 12, 31),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    opens=st.integers(0, 22),
    longer=st.integers(0, 1),
    days=st.frozensets(st.integers(1, 7), min_size=1),
    zone=st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]),
)
def test_the_next_opening_is_open_and_nothing_before_it_is(
    at: datetime, opens: int, longer: int, days: frozenset[int], zone: str
) -> None:
    hours = Hours(time(opens), time(opens + longer), days, ZoneInfo(zone))
    found = hours.next_opening(at)
    assert found is not None
    assert at <= found <= at + timedelta(days=FAR)
    assert hours.is_open(found)
    between = at
    while between < found:
        assert not hours.is_open(between)
        between += timedelta(hours=5, minutes=47)


def test_asked_of_the_city(kota_serang: UUID) -> None:
    assert queries.is_open_now(at=local("2026-11-23T14:30"))
    assert not queries.is_open_now(at=local("2026-11-23T17:30"))
    assert queries.next_opening(at=local("2026-11-23T17:30")) == local("2026-11-24T08:00")


def test_what_begins_on_a_day_off_ends_no_earlier_than_what_began_before_it() -> None:
    friday = OFFICE.after_workdays(local("2026-11-20T15:00"), 1)
    assert friday == local("2026-11-23T15:00")
    for day_off in ("2026-11-21T00:10", "2026-11-22T23:50"):
        sunday = OFFICE.after_workdays(local(day_off), 1)
        assert friday < sunday < local("2026-11-24T00:00")
