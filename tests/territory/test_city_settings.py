"""What the city says of itself, and who may change it."""

from collections.abc import Callable
from datetime import time
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.roles import Role
from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.territory import commands, queries
from ruang.territory.facts import Number
from tests.make import AT
from tests.territory.people import ADMIN, someone

pytestmark = pytest.mark.django_db
ONE, TWO = UUID(int=1), UUID(int=2)
RING = (Number("Darurat", "112"),)
NINE = tuple(Number(f"Nomor {n}", "0800-1-000-000") for n in range(9))

CHANGES: list[tuple[Callable[..., Any], dict[str, Any], str]] = [
    (
        commands.set_names,
        {"unit_name": " UPTD  PPA ", "service_title": "Layanan Kota"},
        "names",
    ),
    (
        commands.set_opening_hours,
        {"opens_at": time(7), "closes_at": time(21), "workdays": [7, 1, 1]},
        "hours",
    ),
    (commands.set_numbers, {"emergency": RING, "hotlines": ()}, "numbers"),
    (commands.set_exit, {"url": "https://cuaca.example/serang"}, "exit"),
    (commands.set_desks, {"intake_desk": ONE, "alternate_desk": TWO}, "desks"),
    (
        commands.set_answer_hours,
        {"high": 1, "medium": 4, "unrated": 6, "low": 72},
        "answer_hours",
    ),
]


@pytest.mark.parametrize(("change", "told", "part"), CHANGES, ids=lambda c: str(c)[:24])
def test_the_administrator_changes_it_and_it_is_on_record(
    kota_serang: UUID, change: Callable[..., Any], told: dict[str, Any], part: str
) -> None:
    change(actor=ADMIN, at=AT, **told)
    fact = Fact.objects.last()
    assert fact is not None
    assert (fact.name, fact.codes) == ("territory.city_changed", {"part": part})
    assert fact.by == ADMIN.user_id


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.ADMIN, Role.SYSTEM}])
@pytest.mark.parametrize(("change", "told", "part"), CHANGES, ids=lambda c: str(c)[:24])
def test_nobody_else_does(
    kota_serang: UUID,
    change: Callable[..., Any],
    told: dict[str, Any],
    part: str,
    role: Role,
) -> None:
    before = queries.city()
    with pytest.raises(PermissionDenied):
        change(actor=someone(role), at=AT, **told)
    assert queries.city() == before


def test_what_was_changed_is_seen_at_once(kota_serang: UUID) -> None:
    for change, told, _ in CHANGES:
        assert queries.city()
        change(actor=ADMIN, at=AT, **told)
    city = queries.city()
    assert (city.unit_name, city.service_title) == ("UPTD PPA", "Layanan Kota")
    assert city.hours.workdays == {1, 7}
    assert (city.emergency, city.hotlines) == (RING, ())
    assert city.exit_url == "https://cuaca.example/serang"
    assert (city.intake_desk, city.alternate_desk) == (ONE, TWO)
    assert city.answer_hours == {"high": 1, "medium": 4, "unrated": 6, "low": 72}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (commands.set_names, {"unit_name": "", "service_title": "Layanan"}),
        (commands.set_names, {"unit_name": "Dinas", "service_title": "\x00 "}),
        (
            commands.set_opening_hours,
            {"opens_at": time(16), "closes_at": time(8), "workdays": [1]},
        ),
        (
            commands.set_opening_hours,
            {"opens_at": time(8), "closes_at": time(16), "workdays": []},
        ),
        (
            commands.set_opening_hours,
            {"opens_at": time(8), "closes_at": time(16), "workdays": [0, 1]},
        ),
        (commands.set_numbers, {"emergency": (), "hotlines": RING}),
        (commands.set_numbers, {"emergency": NINE, "hotlines": ()}),
        (commands.set_numbers, {"emergency": (Number("Darurat", "11"),), "hotlines": ()}),
        (commands.set_numbers, {"emergency": (Number("Darurat", "<b>112"),), "hotlines": ()}),
        (commands.set_numbers, {"emergency": (Number("", "112"),), "hotlines": ()}),
        (
            commands.set_numbers,
            {"emergency": (Number("A", "112", note="n" * 61),), "hotlines": ()},
        ),
        (commands.set_exit, {"url": "http://cuaca.example/"}),
        (commands.set_exit, {"url": "javascript:alert(1)"}),
        (commands.set_exit, {"url": "https:///jalan"}),
        (commands.set_desks, {"intake_desk": ONE, "alternate_desk": ONE}),
        (commands.set_answer_hours, {"high": 7, "medium": 6, "unrated": 6, "low": 24}),
        (commands.set_answer_hours, {"high": 0, "medium": 6, "unrated": 30, "low": 24}),
        (commands.set_answer_hours, {"high": 0, "medium": 6, "unrated": 6, "low": 721}),
        (commands.set_answer_hours, {"high": -1, "medium": 6, "unrated": 6, "low": 24}),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    kota_serang: UUID, change: Callable[..., Any], told: dict[str, Any]
) -> None:
    before = queries.city()
    with pytest.raises(Refused) as refusal:
        change(actor=ADMIN, at=AT, **told)
    assert str(refusal.value).rstrip(".").count(" ") >= 3
    assert queries.city() == before
    assert Fact.objects.count() == 1


def test_the_form_opens_when_both_desks_are_named(kota_serang: UUID) -> None:
    with pytest.raises(Refused):
        commands.open_form(actor=ADMIN, at=AT)
    commands.set_desks(actor=ADMIN, intake_desk=ONE, alternate_desk=TWO, at=AT)
    commands.open_form(actor=ADMIN, at=AT)
    assert queries.city().opened_at == AT
    with pytest.raises(Refused):
        commands.open_form(actor=ADMIN, at=AT)


def test_the_form_closes_again(kota_serang: UUID) -> None:
    with pytest.raises(Refused):
        commands.close_form(actor=ADMIN, at=AT)
    commands.set_desks(actor=ADMIN, intake_desk=ONE, alternate_desk=TWO, at=AT)
    commands.open_form(actor=ADMIN, at=AT)
    commands.close_form(actor=ADMIN, at=AT)
    assert not queries.city().is_form_open
    names = list(Fact.objects.values_list("name", flat=True))
    assert names[-2:] == ["territory.form_opened", "territory.form_closed"]


@pytest.mark.parametrize("role", [Role.HEAD, Role.CASE_MANAGER])
def test_others_open_no_form(kota_serang: UUID, role: Role) -> None:
    commands.set_desks(actor=ADMIN, intake_desk=ONE, alternate_desk=TWO, at=AT)
    with pytest.raises(PermissionDenied):
        commands.open_form(actor=someone(role), at=AT)
    with pytest.raises(PermissionDenied):
        commands.close_form(actor=someone(role), at=AT)
