"""A cadre reads of her RW what the office reads, and a session waits until somebody logs it."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import localdate

from ruang.access.actor import Actor
from ruang.access.roles import Role
from ruang.identity.models import User
from ruang.prevention.commands import set_cadre_area
from ruang.prevention.models import Session
from ruang.prevention.queries.cadre import CadrePage, cadre_page
from ruang.prevention.queries.coverage_place import rw_reach
from ruang.prevention.queries.field import field_list
from ruang.prevention.states import State
from ruang.register.commands import NewRw, merge_rws, split_rw
from ruang.register.models import CadreArea, Rw
from tests import make, make_prevention
from tests.prevention.scene import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BEFORE = make.AT - timedelta(days=30)
TODAY = make.AT.date()


@pytest.fixture
def world() -> World:
    return World()


def held(world: World, rw: Rw) -> Session:
    return make_prevention.session(
        world.programme, rw, by=[world.ani], starts_at=BEFORE,
        ends_at=BEFORE + timedelta(minutes=90), state=State.HELD, over_at=make.AT,
        over_by=world.person.pk,
    )  # fmt: skip


def cadre_of(*rws: object) -> User:
    user = make.user(role=Role.CADRE)
    for rw in rws:
        CadreArea.objects.create(user=user, rw_id=getattr(rw, "pk", rw))
    return user


def page(user: User) -> CadrePage:
    return cadre_page(actor=make.actor(user), at=make.AT)


def is_as_in_the_office(world: World, user: User, rw: object) -> bool:
    office = rw_reach(actor=world.officer, rw_id=rw, at=make.AT)
    (own,) = page(user).rws
    (line,) = own.programmes
    (rule,) = office.rules
    assert rule.last == BEFORE
    return (line.last_on, line.is_due) == (localdate(rule.last), rule.is_late)


def test_what_an_rw_had_before_a_split_counts_for_the_cadre_of_the_new_one(
    world: World,
) -> None:
    held(world, world.rw)
    parts = [NewRw(number=999, rts=tuple(one.pk for one in world.rts()[:2]))]
    about = {"actor": world.officer, "on": TODAY, "at": make.AT}
    (new,) = split_rw(rw_id=world.rw.pk, parts=parts, **about)
    assert is_as_in_the_office(world, cadre_of(new), new)


def test_what_the_other_rw_had_before_a_merger_counts_for_the_cadre_of_one(
    world: World,
) -> None:
    other, user = make_prevention.rw(), cadre_of(world.rw)
    held(world, other)
    numbers = {rt.pk: n for n, rt in enumerate((*world.rts(), *world.rts(other)), 1)}
    new = merge_rws(
        actor=world.officer, rw_id=world.rw.pk, others=[other.pk], number=77, on=TODAY,
        at=make.AT, numbers=numbers,
    )  # fmt: skip
    assert is_as_in_the_office(world, user, new)


def test_giving_a_cadre_other_rw_keeps_what_she_looked_after_before_it_ended(
    world: World,
) -> None:
    ended, other = make_prevention.rw(), make_prevention.rw()
    user = cadre_of(world.rw, ended)
    Rw.objects.filter(pk=ended.pk).update(ended_on=TODAY, ending="mistake")
    for village in (make_prevention.VILLAGE, ""):
        set_cadre_area(
            actor=world.officer, user=user.pk, rws=[other.pk], at=make.AT, village=village
        )
        kept = CadreArea.objects.filter(user=user).values_list("rw", flat=True)
        assert set(kept) == {ended.pk, other.pk}


@pytest.mark.parametrize("days", [1, 16, 400])
def test_a_session_nobody_logged_stays_in_the_lists(world: World, days: int) -> None:
    begins: datetime = make.AT - timedelta(days=days)
    session = make_prevention.session(
        world.programme, world.rw, by=[world.ani], starts_at=begins,
        ends_at=begins + timedelta(minutes=90),
    )  # fmt: skip
    user = cadre_of(world.rw)

    def listed() -> list[int]:
        holders: tuple[Actor, ...] = (make.actor(user), make.actor(world.ani.user))
        lists = [field_list(actor=one, at=make.AT).unlogged for one in holders]
        return [len(one) for one in (page(user).unlogged, *lists)]

    assert listed() == [1, 1, 1]
    Session.objects.filter(pk=session.pk).update(
        state=State.CANCELLED, over_at=make.AT, over_by=user.pk, cancelled="weather"
    )
    assert listed() == [0, 0, 0]
