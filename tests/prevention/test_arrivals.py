"""Counted by code: one more in a cell, once a form, never a row, a time or a name."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import ANYBODY
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.prevention import arrivals
from ruang.prevention.arrivals import arrival_code
from ruang.prevention.commands import (
    Arriver,
    Counted,
    cancel_session,
    check_in,
    move_session,
)
from ruang.prevention.commands.planning import Moved
from ruang.prevention.models import Arrivals, Arrived, Session
from ruang.prevention.queries import session_page
from ruang.prevention.queries.arriving import door, entrance
from ruang.prevention.queries.field import field_page
from ruang.prevention.queries.gains import outcome
from ruang.prevention.states import Anyway, Cancelled, State
from ruang.register.states import Band, Sex
from tests import make
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HOUR = timedelta(hours=1)
GIRL = Arriver(Sex.FEMALE, Band.PUPIL, is_first=True, has_disability=True)


@pytest.fixture
def world() -> World:
    return World()


def came(
    session: Session,
    arriver: Arriver = GIRL,
    *,
    once: str = "kata",
    at: datetime = SOON,
    code: str = "",
) -> bool:
    return check_in(
        actor=ANYBODY, code=code or arrival_code(session.pk), arriver=arriver, once=once, at=at
    )


def test_the_code_is_long_the_same_each_time_and_stored_nowhere(world: World) -> None:
    first, second = world.plan(), world.plan(starts_at=SOON + timedelta(days=1))
    code = arrival_code(first.pk)
    assert (len(code), code) == (13, arrival_code(first.pk))
    assert code != arrival_code(second.pk)
    for model in (Session, Arrivals):
        rows = model.objects.all().values()
        assert code not in str(list(rows))
    shown = door(actor=ANYBODY, typed=f" {code[:4].lower()}-{code[4:]} ", at=SOON)
    assert (shown.code, shown.session.id) == (code, first.pk)


def test_a_form_counts_once_and_what_is_kept_names_nobody_and_no_time(world: World) -> None:
    session = world.plan()
    facts = Fact.objects.count()
    assert came(session)
    assert not came(session), "pressed twice"
    assert not came(session, Arriver(Sex.MALE, Band.ELDER)), "went back and changed it"
    assert came(session, once="lain")
    assert came(session, Arriver(), once="hanya hitung")
    assert Fact.objects.count() == facts
    cell = Arrived.objects.get()
    assert (cell.people, cell.first_time, cell.with_disability) == (2, 2, 2)
    here = Arrivals.objects.get()
    assert (here.unsaid, len(here.forms)) == (1, 3 * 8)
    words = [bytes(here.forms)[at : at + 8] for at in range(0, 24, 8)]
    assert words == sorted(words)
    columns = {one.attname for m in (Arrivals, Arrived) for one in m._meta.concrete_fields}
    assert not columns & {"at", "by", "name", "address"}


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (SOON - HOUR - timedelta(seconds=1), False),
        (SOON - HOUR, True),
        (SOON + 3 * HOUR, True),
        (SOON + timedelta(minutes=90) + 2 * HOUR + timedelta(seconds=1), False),
        (SOON + timedelta(days=1), False),
    ],
)
def test_it_is_open_around_its_hours_alone(world: World, at: datetime, is_open: bool) -> None:
    session = world.plan()
    if is_open:
        assert came(session, at=at)
        return
    with pytest.raises(NotInSight):
        came(session, at=at)
    with pytest.raises(NotInSight):
        door(actor=ANYBODY, typed=arrival_code(session.pk), at=at)


def test_it_is_closed_once_logged_or_cancelled_and_follows_a_session_that_moves(
    world: World,
) -> None:
    session = world.plan()
    came(session)
    for wrong in ("", "A" * 13, arrival_code(session.pk)[:-1], arrival_code(make.stranger())):
        with pytest.raises(NotInSight):
            door(actor=ANYBODY, typed=wrong, at=SOON)
    later = SOON + timedelta(days=2)
    to = Moved(later, world.venue.pk, "", [world.ani.pk], Anyway.HOSTS)
    move_session(actor=world.officer, session_id=session.pk, to=to, at=make.AT)
    assert came(session, once="dua", at=later)
    with pytest.raises(NotInSight):
        came(session, once="tiga", at=SOON)
    cancel_session(actor=world.officer, session_id=session.pk, reason=Cancelled.VENUE, at=later)
    assert not Arrivals.objects.exists()
    with pytest.raises(NotInSight):
        came(session, once="empat", at=later)


def test_nobody_of_ours_is_counted_for_another(world: World) -> None:
    session = world.plan()
    with pytest.raises(PermissionDenied):
        check_in(
            actor=make.actor(world.ani.user), code=arrival_code(session.pk), arriver=GIRL,
            once="kata", at=SOON,
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        entrance(actor=make.actor(world.budi.user), session_id=session.pk, at=SOON)


def test_a_hall_is_full_at_twice_what_it_holds_and_a_crowd_waits_a_minute(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = world.plan()
    monkeypatch.setattr(arrivals, "A_MINUTE", 2)
    assert came(session, once="a")
    assert came(session, once="b")
    with pytest.raises(Refused, match="Wait a minute"):
        came(session, once="c")
    assert not came(session, once="b"), "who was counted is told so at once"
    assert came(session, once="c", at=SOON + timedelta(minutes=1))
    world.venue.capacity = 2
    world.venue.save()
    assert came(session, once="d", at=SOON + timedelta(minutes=2))
    with pytest.raises(Refused, match="As many"):
        came(session, once="e", at=SOON + timedelta(minutes=3))


HEADS = (Counted(Sex.FEMALE, Band.PUPIL, 4, 1, 0), Counted(Sex.MALE, Band.ADULT, 3))


def test_heads_and_codes_are_added_once_and_the_log_says_which_way(world: World) -> None:
    session = world.plan()
    for once in "abcdef":
        came(session, once=once)
    came(session, Arriver(Sex.MALE, Band.ELDER), once="g")
    came(session, Arriver(), once="h")
    ani = make.actor(world.ani.user)
    assert entrance(actor=ani, session_id=session.pk, at=SOON).people == 8
    world.log(session, counted=HEADS)
    rows = {(one.sex, one.band): one for one in session.attendance.all()}
    girls = rows["female", "6_12"]
    assert (girls.people, girls.first_time, girls.with_disability) == (10, 7, 6)
    assert (girls.by_code, rows["male", "25_59"].by_code) == (6, 0)
    assert rows["male", "60_up"].by_code == 1
    assert (session.state, session.unsaid) == (State.HELD, 1)
    assert not Arrivals.objects.exists()
    assert not Arrived.objects.exists()
    page = field_page(actor=ani, session_id=session.pk)
    assert (page.people, page.by_head, page.by_code, page.unsaid) == (15, 7, 8, 1)
    office = session_page(actor=world.officer, session_id=session.pk, at=SOON)
    assert (office.total, office.by_head, office.by_code) == (15, 7, 8)


def test_where_everybody_is_in_the_count_nothing_is_added(world: World) -> None:
    session = world.plan()
    came(session)
    came(session, Arriver(), once="b")
    world.log(session, counted=HEADS, is_whole=True)
    page = field_page(actor=make.actor(world.ani.user), session_id=session.pk)
    assert (page.people, page.by_code, page.unsaid) == (7, 0, 0)
    assert not Arrivals.objects.exists()


def test_a_session_whose_people_all_came_by_code_is_logged_without_heads(world: World) -> None:
    session = world.plan()
    came(session, Arriver())
    assert world.log(session, counted=()).unsaid == 1
    empty = world.plan(starts_at=SOON + timedelta(hours=6))
    Session.objects.filter(pk=empty.pk).update(starts_at=SOON - HOUR)
    with pytest.raises(Refused, match="Nobody is counted"):
        world.log(empty, counted=())


def test_what_few_said_to_their_own_phone_is_read_by_nobody(world: World) -> None:
    """Whoever counts heads knows the rest: an exact number would be the one girl's answer."""
    session = world.plan()
    came(session)
    world.log(session, counted=HEADS)
    ani = make.actor(world.ani.user)
    page = field_page(actor=ani, session_id=session.pk)
    assert page.disability == (0, 4)
    assert {one.with_disability for one in page.counts} == {None}
    assert session_page(actor=world.officer, session_id=session.pk, at=SOON).disability == (
        0,
        4,
    )


def test_who_said_nothing_stands_apart_from_the_table_and_only_if_many(world: World) -> None:
    session = world.plan()
    for n in range(5):
        came(session, Arriver(), once=f"{n}")
    world.log(session, counted=HEADS)
    month_after = SOON + timedelta(days=40)
    shown = outcome(actor=world.officer, at=month_after).attended
    assert (shown.unsaid, shown.people) == (5, 7 if shown.sums else None)
    Session.objects.update(unsaid=4)
    assert outcome(actor=world.officer, at=month_after).attended.unsaid is None


def test_who_came_on_one_day_is_not_counted_on_another(world: World) -> None:
    """The hall was locked, those who had scanned went home: next week others come."""
    session = world.plan()
    came(session)
    for later, left in ((HOUR / 2, 1), (timedelta(days=7), 0)):
        to = Moved(SOON + later, world.venue.pk, "", [world.ani.pk], Anyway.HOSTS)
        move_session(actor=world.officer, session_id=session.pk, to=to, at=SOON)
        assert Arrivals.objects.count() == left
    assert came(session, at=SOON + timedelta(days=7)), "the same phone comes again"
    assert Arrived.objects.get().people == 1


def test_what_one_said_to_her_phone_is_in_no_difference_of_two_sums(world: World) -> None:
    """Whoever plans counts heads herself, and looks at the year before and after her log."""
    many = tuple(Counted(sex, band, 40, 0, 1) for sex in Sex for band in Band)
    world.log(world.plan(starts_at=SOON - timedelta(days=2)), counted=many)
    session = world.plan()
    came(session)
    month_after = SOON + timedelta(days=40)
    before = outcome(actor=world.officer, at=month_after).attended
    assert (before.with_disability, before.is_about) == (12, False), "counted by eye alone"
    world.log(session, counted=(Counted(Sex.FEMALE, Band.PUPIL, 20),))
    after = outcome(actor=world.officer, at=month_after).attended
    assert (after.with_disability, after.is_about) == (15, True)
