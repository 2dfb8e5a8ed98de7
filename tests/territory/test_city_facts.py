"""The city is read on every public page: no query a request, and never long out of date."""

from uuid import UUID

import pytest
from django.db import DatabaseError
from pytest_django import DjangoAssertNumQueries

from ruang.territory import facts, queries
from ruang.territory.facts import NOT_SET_UP, forget_city
from ruang.territory.models import City, Region


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(facts, "monotonic", made)
    return made


def test_only_the_first_reader_asks(
    kota_serang: UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    forget_city()
    with django_assert_num_queries(2):
        queries.city()
    with django_assert_num_queries(0):
        assert queries.city().district_name("36.73.02") == "Kasemen"
        assert queries.city().district_name("36.73.02.1001") == ""
        assert len(queries.districts(city_code="36.73")) == 6


def test_what_another_process_changed_is_seen_within_five_seconds(
    kota_serang: UUID, clock: Clock
) -> None:
    assert queries.city().unit_name == "DP3AKB Kota Serang"
    City.objects.update(unit_name="UPTD PPA")
    clock.now += 4.9
    assert queries.city().unit_name == "DP3AKB Kota Serang"
    clock.now += 0.2
    assert queries.city().unit_name == "UPTD PPA"


def test_a_database_that_cannot_be_read_leaves_what_was_known(
    kota_serang: UUID, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = queries.city()
    clock.now += 60

    def broken() -> facts.CityFacts:
        raise DatabaseError("disk")

    monkeypatch.setattr(facts, "_load", broken)
    assert queries.city() == known
    forget_city()
    with pytest.raises(DatabaseError):
        queries.city()


def test_a_change_while_somebody_reads_is_not_lost(
    kota_serang: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_city()
    load = facts._load

    def slow() -> facts.CityFacts:
        old = load()
        City.objects.update(unit_name="UPTD PPA")
        forget_city()
        return old

    monkeypatch.setattr(facts, "_load", slow)
    queries.city()
    monkeypatch.setattr(facts, "_load", load)
    assert queries.city().unit_name == "UPTD PPA"


@pytest.mark.django_db
def test_before_set_up_the_form_is_closed_and_the_national_numbers_are_there(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    city = queries.city()
    assert city is NOT_SET_UP
    assert not city.is_set_up
    assert not city.is_form_open
    assert [n.number for n in (*city.emergency, *city.hotlines)] == ["112", "110", "129"]
    with django_assert_num_queries(1):
        queries.city()  # that there is none is not believed for long


def test_districts_are_in_order_of_code_with_the_name_on_the_street(kota_serang: UUID) -> None:
    Region.objects.filter(pk="36.73.05").update(local_name="Cipocok")
    forget_city()
    assert [p.name for p in queries.districts(city_code="36.73")] == [
        "Serang", "Kasemen", "Walantaka", "Curug", "Cipocok", "Taktakan",
    ]  # fmt: skip
