"""What the city has decided where no national text says it, and the way back to the start."""

from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.roles import Role
from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.territory import commands, queries
from ruang.territory.commands.decided import STARTS
from ruang.territory.facts import NOT_SET_UP, Number
from ruang.territory.spans import Span
from tests.make import AT
from tests.territory.people import ADMIN, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HELLO = {"id": "Selamat datang.", "en": "Welcome."}
NOTHING: dict[str, str] = {}
SPANS = (Span(date(2027, 6, 21), date(2027, 7, 10), "Semester"),)

CHANGES: list[tuple[Callable[..., Any], dict[str, Any], str]] = [
    (commands.set_pause, {"days": 3}, "pause"),
    (commands.set_shelter, {"days": 14, "more_days": 14}, "shelter"),
    (commands.set_retention, {"cases": 10, "reports": 5, "audit": 10}, "retention"),
    (commands.set_days, {"school_holidays": SPANS, "fasting": ()}, "days"),
    (commands.set_mediation, {"complaint_offences": True}, "mediation"),
    (
        commands.set_public_words,
        {"unit_short": "DP3AKB", "welcome": HELLO, "happens_next": HELLO},
        "words",
    ),
]


@pytest.mark.parametrize(("change", "told", "part"), CHANGES, ids=lambda c: str(c)[:24])
def test_the_administrator_alone_decides_and_it_is_on_record(
    kota_serang: UUID, change: Callable[..., Any], told: dict[str, Any], part: str
) -> None:
    change(actor=ADMIN, at=AT, **told)
    fact = Fact.objects.latest("number")
    assert (fact.name, fact.about, fact.codes) == (
        "territory.city_changed", kota_serang, {"part": part},
    )  # fmt: skip
    before = Fact.objects.count()
    for role in set(Role) - {Role.ADMIN, Role.SYSTEM}:
        with pytest.raises(PermissionDenied):
            change(actor=someone(role), at=AT, **told)
        with pytest.raises(PermissionDenied):
            commands.reset_part(actor=someone(role), part=part, at=AT)
    assert Fact.objects.count() == before


def test_what_was_decided_is_read_with_the_city(kota_serang: UUID) -> None:
    for change, told, _part in CHANGES:
        change(actor=ADMIN, at=AT, **told)
    city = queries.city()
    assert (city.shelter_days, city.shelter_more_days) == (14, 14)
    assert city.pause_days == 3
    assert (city.keep_case_years, city.keep_report_years, city.keep_audit_years) == (10, 5, 10)
    assert city.may_mediate_complaint_offences
    assert (city.unit_short, dict(city.welcome)) == ("DP3AKB", HELLO)


def test_a_new_city_has_decided_nothing(kota_serang: UUID) -> None:
    city = queries.city()
    for one in (city, NOT_SET_UP):
        assert not one.may_mediate_complaint_offences
        assert (one.shelter_days, one.keep_case_years, one.welcome) == (None, None, NOTHING)


@pytest.mark.parametrize(
    ("change", "told", "words"),
    [
        (commands.set_shelter, {"days": 0, "more_days": None}, "number of days"),
        (commands.set_shelter, {"days": 7, "more_days": 400}, "number of days"),
        (commands.set_shelter, {"days": None, "more_days": 7}, "how long a stay"),
        (commands.set_retention, {"cases": 0, "reports": 1, "audit": 1}, "number of years"),
        (commands.set_retention, {"cases": 10, "reports": 5, "audit": 9}, "at least as long"),
        (commands.set_retention, {"cases": None, "reports": 5, "audit": 9}, "at least as long"),
        (
            commands.set_public_words,
            {"unit_short": "x" * 41, "welcome": NOTHING, "happens_next": NOTHING},
            "at most 40",
        ),
        (
            commands.set_public_words,
            {
                "unit_short": "",
                "welcome": {"id": "x" * 201, "en": "x"},
                "happens_next": NOTHING,
            },
            "at most 200",
        ),
        (
            commands.set_public_words,
            {"unit_short": "", "welcome": NOTHING, "happens_next": {"id": "Ya"}},
            "both languages",
        ),
    ],
)
def test_what_cannot_be_is_said(
    kota_serang: UUID, change: Callable[..., Any], told: dict[str, Any], words: str
) -> None:
    before = Fact.objects.count()
    with pytest.raises(Refused, match=words):
        change(actor=ADMIN, at=AT, **told)
    assert Fact.objects.count() == before


@pytest.mark.parametrize("part", list(STARTS))
def test_every_part_goes_back_to_what_a_new_city_has(kota_serang: UUID, part: str) -> None:
    start = queries.city()
    for change, told, _part in CHANGES:
        change(actor=ADMIN, at=AT, **told)
    commands.set_opening_hours(
        actor=ADMIN, opens_at=time(1), closes_at=time(2), workdays=[7], at=AT,
        is_closed_on_holidays=False,
    )  # fmt: skip
    commands.set_numbers(actor=ADMIN, emergency=(Number("X", "999"),), hotlines=(), at=AT)
    commands.set_exit(actor=ADMIN, url="https://cuaca.example/", at=AT)
    commands.set_answer_hours(actor=ADMIN, high=1, medium=2, unrated=3, low=4, at=AT)
    changed = queries.city()
    commands.reset_part(actor=ADMIN, part=part, at=AT)
    now = queries.city()
    assert now != changed
    for other in set(STARTS) - {part}:
        for name in STARTS[other]:
            if hasattr(now, name):
                assert getattr(now, name) == getattr(changed, name)
    for name in STARTS[part]:
        if hasattr(now, name):
            assert getattr(now, name) == getattr(start, name)
    fact = Fact.objects.latest("number")
    assert (fact.name, fact.codes) == ("territory.city_reset", {"part": part})


def test_names_and_desks_have_no_start(kota_serang: UUID) -> None:
    for part in ("names", "desks", "nothing"):
        with pytest.raises(Refused, match="no start"):
            commands.reset_part(actor=ADMIN, part=part, at=AT)
