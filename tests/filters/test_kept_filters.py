"""Filters that people keep: codes alone, everybody her own."""

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import Actor
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.filters.commands import MOST, drop_filter, keep_filter
from ruang.filters.models import Kept
from ruang.filters.queries import kept_filters
from ruang.filters.states import Page
from ruang.kernel.errors import Refused
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
CODES = {"umur": "child", "risiko": "", "tpks": "ya"}


def keep(actor: Actor, name: str = "Anak", codes: dict[str, str] | None = None) -> Kept:
    chosen = CODES if codes is None else codes
    return keep_filter(actor=actor, page=Page.DESK, name=name, codes=chosen, at=make.AT)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.INTAKE_OFFICER, True),
        (Role.CASE_MANAGER, True),
        (Role.HEAD, True),
        (Role.ADMIN, False),
        (Role.AUDITOR, False),
        (Role.PARTNER_DESK, False),
        (Role.QUORUM_OFFICIAL, False),
    ],
)
def test_whoever_sees_the_queue_keeps_filters_of_it(role: Role, allowed: bool) -> None:
    actor = make.actor(make.user(role=role))
    if allowed:
        assert keep(actor).query == "umur=child&tpks=ya"
        assert Fact.objects.latest("number").name == "filters.filter_kept"
    else:
        with pytest.raises(PermissionDenied):
            keep(actor)


def test_nobody_sees_or_drops_the_filter_of_another() -> None:
    place = make.organisation()
    mine, hers = make.actor(make.user(place)), make.actor(make.user(place))
    kept = keep(mine)
    assert kept_filters(actor=hers, page=Page.DESK) == ()
    with pytest.raises(NotInSight):
        drop_filter(actor=hers, filter_id=kept.pk, at=make.AT)
    drop_filter(actor=mine, filter_id=kept.pk, at=make.AT)
    assert not Kept.objects.exists()


def test_the_same_name_takes_the_place_of_the_old_one() -> None:
    actor = make.actor(make.user())
    keep(actor)
    keep(actor, " Anak ", {"risiko": "high"})
    assert [one.query for one in kept_filters(actor=actor, page=Page.DESK)] == ["risiko=high"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [("", CODES), ("a" * 41, CODES), ("Anak", {}), ("Anak", {"a": "b" * 300})],
)
def test_nothing_without_a_name_or_without_codes_is_kept(
    name: str, codes: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        keep(make.actor(make.user()), name, codes)


def test_there_is_an_end_to_them() -> None:
    actor = make.actor(make.user())
    for number in range(MOST):
        keep(actor, f"Saringan {number}")
    keep(actor, "Saringan 0")
    with pytest.raises(Refused):
        keep(actor, "Satu lagi")
