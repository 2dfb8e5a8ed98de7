"""A new installation is told which city it serves; any city of the official list will do."""

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.territory import queries
from ruang.territory.commands import load_regions, rename_region, set_up_city
from ruang.territory.models import City, Region
from ruang.territory.states import Level
from tests.make import AT
from tests.territory.people import ADMIN, someone

pytestmark = pytest.mark.django_db


def test_kota_serang_has_six_kecamatan_and_67_kelurahan(kota_serang: UUID) -> None:
    counted = {level: Region.objects.filter(level=level).count() for level in Level}
    assert counted == {
        Level.PROVINCE: 1, Level.CITY: 1, Level.DISTRICT: 6, Level.VILLAGE: 67,
    }  # fmt: skip


def test_sukawana_is_twice_and_each_has_its_code(kota_serang: UUID) -> None:
    found = Region.objects.filter(name="Sukawana").values_list("code", "parent__name")
    assert sorted(found) == [("36.73.01.1008", "Serang"), ("36.73.04.1007", "Curug")]


def test_set_up_leaves_one_fact_and_a_closed_form(kota_serang: UUID) -> None:
    (fact,) = Fact.objects.all()
    assert (fact.name, fact.about) == ("territory.city_set_up", kota_serang)
    assert fact.codes == {"code": "36.73", "is_demo": True}
    city = queries.city()
    assert (city.name, city.service_title) == ("Kota Serang", "Layanan Kota Serang")
    assert city.is_set_up
    assert not city.is_form_open
    assert city.is_demo


@pytest.mark.parametrize(
    ("code", "name", "districts"),
    [("36.04", "Kabupaten Serang", 29), ("3276", "Kota Depok", 11)],
)
def test_another_city_works_too(code: str, name: str, districts: int) -> None:
    set_up_city(actor=SYSTEM, code=code, unit_name="Dinas", time_zone="Asia/Jayapura", at=AT)
    city = queries.city()
    assert city.name == name
    assert city.service_title == f"Layanan {name}"
    assert len(city.districts) == districts
    assert city.hours.zone.key == "Asia/Jayapura"
    assert not city.is_demo


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "36"}, {"code": "36.73.01"}, {"code": "99.99"}, {"code": ""},
        {"code": "36.73'; --"}, {"unit_name": "  "}, {"unit_name": "x" * 121},
        {"service_title": "y" * 81}, {"time_zone": "Asia/Serang"},
    ],
)  # fmt: skip
def test_a_wrong_answer_sets_up_nothing(wrong: dict[str, str]) -> None:
    answers = {"code": "36.73", "unit_name": "Dinas"} | wrong
    with pytest.raises(Refused):
        set_up_city(actor=SYSTEM, at=AT, **answers)
    assert not City.objects.exists()
    assert not Region.objects.exists()
    assert not Fact.objects.exists()


def test_there_is_one_city(kota_serang: UUID) -> None:
    with pytest.raises(Refused):
        set_up_city(actor=SYSTEM, code="36.04", unit_name="Dinas", at=AT)
    copy = City.objects.get()
    copy.pk, copy.region_id, copy._state.adding = UUID(int=1), "36", True
    for slot in (1, 2):
        copy.slot = slot
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_set_up(role: Role) -> None:
    if role in {Role.ADMIN, Role.SYSTEM}:
        set_up_city(actor=someone(role), code="36.73", unit_name="Dinas", at=AT)
    else:
        with pytest.raises(PermissionDenied):
            set_up_city(actor=someone(role), code="36.73", unit_name="Dinas", at=AT)
    assert City.objects.exists() is (role in {Role.ADMIN, Role.SYSTEM})


def test_loading_again_keeps_street_names_and_takes_official_ones(kota_serang: UUID) -> None:
    rename_region(actor=ADMIN, code="36.73.01.1009", local_name=" Lontar Baru ", at=AT)
    Region.objects.filter(pk="36.73.02.1002").update(name="Masjid Priyayi")
    Region.objects.filter(pk="36.73.06.1013").delete()
    assert load_regions(actor=ADMIN, code="3673", at=AT) == 1
    fact = Fact.objects.last()
    assert fact is not None
    assert fact.codes == {"code": "36.73", "added": 1, "renamed": 1}
    assert Region.objects.get(pk="36.73.02.1002").name == "Mesjid Priyayi"
    shown = {p.code: p.name for p in queries.villages(district_code="36.73.01")}
    assert shown["36.73.01.1009"] == "Lontar Baru"


def test_the_regency_around_can_be_loaded_beside(kota_serang: UUID) -> None:
    load_regions(actor=ADMIN, code="36.04", at=AT)
    assert len(queries.districts(city_code="36.04")) == 29
    assert len(queries.districts(city_code="36.73")) == 6
    assert len(queries.villages(city_code="36.73")) == 67


def test_a_street_name_equal_to_the_official_one_is_none(kota_serang: UUID) -> None:
    rename_region(actor=ADMIN, code="36.73.03", local_name="Walantaka", at=AT)
    assert Region.objects.get(pk="36.73.03").local_name == ""


@pytest.mark.parametrize(("code", "name"), [("36.73.99", "Baru"), ("36.73.01", "z" * 81)])
def test_a_region_that_is_none_and_a_name_that_is_too_long(
    kota_serang: UUID, code: str, name: str
) -> None:
    with pytest.raises(Refused):
        rename_region(actor=ADMIN, code=code, local_name=name, at=AT)


@pytest.mark.parametrize("role", [Role.HEAD, Role.INTAKE_OFFICER, Role.REPORTER])
def test_others_change_no_region(kota_serang: UUID, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        rename_region(actor=someone(role), code="36.73.01", local_name="x", at=AT)
    with pytest.raises(PermissionDenied):
        load_regions(actor=someone(role), code="36.04", at=AT)
    assert Fact.objects.count() == 1


def test_without_a_city_there_is_nothing_to_change() -> None:
    with pytest.raises(Refused):
        load_regions(actor=ADMIN, code="36.73", at=AT)


@pytest.mark.parametrize(("level", "parent"), [("district", None), ("province", "36")])
def test_a_region_hangs_where_its_level_says(level: str, parent: str | None) -> None:
    Region.objects.create(code="36", name="Banten", level=Level.PROVINCE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(code="36.99", name="Baru", level=level, parent_id=parent)
