"""Sessions and requests for an RW that is split or merged, or whose RT go to another RW."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ruang.access.actor import ANYBODY
from ruang.access.roles import Role
from ruang.audit.feed import after, last_number
from ruang.audit.models import Fact
from ruang.prevention.commands import (
    Asked,
    Counted,
    Log,
    ask_again,
    log_session,
    plan_session,
    refuse_pile,
    request_session,
)
from ruang.prevention.models import Request, Session
from ruang.prevention.queries import (
    cadres_page,
    find_hosts,
    log_page,
    public_events,
    request_shown,
    session_page,
)
from ruang.prevention.queries.cadre import cadre_page
from ruang.prevention.queries.coverage_list import Show, coverage_list
from ruang.prevention.queries.coverage_place import rw_reach
from ruang.prevention.reach import Sieve
from ruang.prevention.reactions import follow_the_rts, is_regrouped
from ruang.prevention.states import Audience, RequestState, State, Unit
from ruang.register.commands import NewRw, Part, merge_rws, move_rt, split_rt, split_rw
from ruang.register.models import CadreArea, Rt, Rw
from ruang.register.states import Band, Sex
from tests import make, make_prevention
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATER = SOON + timedelta(days=30)
NOW: dict[str, Any] = {"on": make.AT.date(), "at": make.AT}
"""Of what is regrouped before the session of the scene is held."""
THEN: dict[str, Any] = {"on": SOON.date() + timedelta(days=1), "at": LATER}
"""Of what is regrouped after it."""


@pytest.fixture
def world() -> World:
    made = World()
    numbered(made.rw, 5)
    type(made.programme).objects.filter(pk=made.programme.pk).update(every_months=6)
    return made


def numbered(rw: Rw, number: int) -> Rw:
    """Give an RW a number that does not depend on what was built before."""
    rw.number = number
    rw.save(update_fields=["number"])
    return rw


def react() -> None:
    """Let prevention hear of what was changed last."""
    (fact,) = after(last_number() - 1, limit=9)
    assert is_regrouped(fact)
    for _twice in range(2):
        follow_the_rts(fact, LATER)


def split(world: World, *numbers: int, new: int = 900, **when: Any) -> Rw:
    """Let RT of these numbers become an RW of their own."""
    going = [rt.pk for rt in world.rts() if rt.number in numbers]
    parts = [NewRw(new, going)]
    (pk,) = split_rw(actor=world.officer, rw_id=world.rw.pk, parts=parts, **(when or NOW))
    return Rw.objects.get(pk=pk)


def ends(world: World, **when: Any) -> tuple[Rw, Rw]:
    """Let the RW end by a split."""
    one, *rest = world.rts()
    parts = [NewRw(world.rw.number, [one.pk]), NewRw(900, [rt.pk for rt in rest])]
    made = split_rw(actor=world.officer, rw_id=world.rw.pk, parts=parts, **(when or NOW))
    first, second = (Rw.objects.get(pk=pk) for pk in made)
    return first, second


def merged(world: World, **when: Any) -> Rw:
    other = numbered(make_prevention.rw(rts=2), 6)
    numbers = {rt.pk: 50 + rt.number for rt in world.rts(other)}
    made = merge_rws(
        actor=world.officer, rw_id=world.rw.pk, others=[other.pk], number=901,
        numbers=numbers, **(when or NOW),
    )  # fmt: skip
    return Rw.objects.get(pk=made)


def log(world: World, session: Session, *rts: Rt) -> None:
    told = Log([one.pk for one in rts], (Counted(Sex.FEMALE, Band.ADULT, 12, 5, 1),))
    log_session(actor=world.officer, session_id=session.pk, log=told, at=SOON)


def overdue(world: World) -> set[Any]:
    page = coverage_list(
        actor=world.officer, unit=Unit.RW, show=Show.OVERDUE, sieve=Sieve(), at=LATER
    )
    return {line.id for line in page.rows}


def never(world: World) -> set[Any]:
    page = coverage_list(
        actor=world.officer, unit=Unit.RW, show=Show.NEVER, sieve=Sieve(), at=LATER
    )
    return {line.id for line in page.rows}


AFTER: dict[str, Callable[..., Any]] = {
    "split off": lambda world, **when: (world.rw, split(world, 3, **when)),
    "ended": ends,
    "merged": lambda world, **when: (merged(world, **when),),
}


@pytest.mark.parametrize("how", AFTER)
def test_what_was_held_before_counts_for_every_rw_that_came_from_it(
    world: World, how: str
) -> None:
    log(world, world.plan(), *world.rts()[:1])
    rws = AFTER[how](world, **THEN)
    wanted = {rw.pk for rw in rws}
    assert not wanted & overdue(world)
    assert not wanted & never(world)
    rows = {one.id: one.last_at for one in find_hosts(actor=world.officer, unit=Unit.RW)}
    for rw in rws:
        page = rw_reach(actor=world.officer, rw_id=rw.pk, at=LATER)
        assert [line.is_late for line in page.rules] == [False]
        assert [line.state for line in page.sessions] == [State.HELD]
        assert rows[rw.pk] == SOON
    line = coverage_list(
        actor=world.officer, unit=Unit.RW, show=Show.ALL, sieve=Sieve(), at=LATER
    ).rows
    assert {one.times for one in line if one.id in wanted} == {1}


def test_what_the_old_one_holds_after_a_split_does_not_count_for_the_new(world: World) -> None:
    made = split(world, 3)
    log(world, world.plan(), *world.rts()[:1])
    assert made.pk in overdue(world)
    assert world.rw.pk not in overdue(world)
    assert rw_reach(actor=world.officer, rw_id=made.pk, at=LATER).sessions == ()


def test_a_session_planned_for_both_parts_counts_for_both(world: World) -> None:
    session = world.plan(rts=[one.pk for one in world.rts()])
    made = split(world, 3)
    react()
    session.refresh_from_db()
    assert session.rw == world.rw
    gone = Rt.objects.get(rw=made)
    listed = log_page(actor=world.officer, session_id=session.pk, at=SOON).rts
    assert [name for _pk, name, _ticked in listed] == ["RT 01", "RT 02", "RT 03/RW 900"]
    log(world, session, *world.rts(), gone)
    assert not {world.rw.pk, made.pk} & overdue(world)
    shown = session_page(actor=world.officer, session_id=session.pk, at=LATER)
    assert shown.rts == ("RT 01", "RT 02", "RT 03/RW 900")


def test_planned_sessions_go_with_their_rt(world: World) -> None:
    session = world.plan()
    made = split(world, 1, 2)
    react()
    session.refresh_from_db()
    assert session.rw == made
    (event,) = public_events(actor=world.officer, at=make.AT)
    assert event.host == "RW 900"
    fact = Fact.objects.order_by("-number")[0]
    assert fact.name == "prevention.session_moved"
    assert Fact.objects.filter(name=fact.name, codes__step="follow").count() == 1
    log(world, session, *made.rts.all())
    assert session.invited.count() == 2


def test_a_merger_takes_sessions_requests_and_the_cadre_along(world: World) -> None:
    cadre = make.user(None, Role.CADRE)
    CadreArea.objects.create(user=cadre, rw=world.rw)
    session = world.plan()
    made = merged(world)
    before = log_page(actor=world.officer, session_id=session.pk, at=SOON)
    assert [ticked for _pk, _name, ticked in before.rts] == [True, True]
    react()
    session.refresh_from_db()
    assert session.rw == made
    page = cadre_page(actor=make.actor(cadre), at=make.AT)
    assert [rw.name for rw in page.rws] == ["RW 901"]
    listed = next(row for row in cadres_page(actor=world.officer) if row.user == cadre.pk)
    assert [name.split(",")[0] for name in listed.rws] == ["RW 901"]
    assert [one.id for one in page.ahead] == [session.pk]
    log(world, session, *world.rts(made)[:1])
    assert made.pk not in overdue(world)


def ask(world: World, rt: int | None) -> tuple[str, Request]:
    asked = Asked(
        Unit.RW, world.rw.village_id, Audience.PARENTS, name="Pak Contoh",
        phone="0812 0000 0000", rw=world.rw.pk, rt_number=rt,
    )  # fmt: skip
    code = request_session(actor=world.officer, asked=asked, once=f"{rt}", at=make.AT)
    return code, Request.objects.latest("received_at", "pk")


def test_a_request_goes_with_its_rt_and_can_be_answered(world: World) -> None:
    code, request = ask(world, 3)
    made = split(world, 3)
    react()
    request.refresh_from_db()
    assert (request.rw, request.rt_number) == (made, 3)
    shown = request_shown(typed=code)
    assert shown is not None
    assert shown.host == "RT 03/RW 900"
    rts = [one.pk for one in made.rts.all()]
    wanted = world.wanted(host=made.pk, rts=rts, request=request.pk)
    plan_session(actor=world.officer, wanted=wanted, at=make.AT)


def test_requests_stay_where_their_rt_stays_and_go_where_their_rw_went(world: World) -> None:
    stays = ask(world, 1)[1]
    whole = ask(world, None)[1]
    split(world, 3)
    react()
    for one in (stays, whole):
        one.refresh_from_db()
        assert one.rw == world.rw
    made = merged(world)
    react()
    for one in (stays, whole):
        one.refresh_from_db()
        assert one.rw == made
    other = make_prevention.rw(rts=0)
    rt = made.rts.get(number=1)
    move_rt(actor=world.officer, rt_id=rt.pk, rw_id=other.pk, number=7, **NOW)
    react()
    stays.refresh_from_db()
    assert (stays.rw, stays.rt_number) == (other, 7)


def test_an_rt_that_goes_elsewhere_takes_what_it_had_and_no_more(world: World) -> None:
    other = make_prevention.rw(rts=1)
    log(world, world.plan(), world.rts()[0])
    rt = world.rts()[0]
    move_rt(actor=world.officer, rt_id=rt.pk, rw_id=other.pk, number=9, **THEN)
    page = rw_reach(actor=world.officer, rw_id=other.pk, at=LATER)
    assert [one.times for one in page.rts] == [0, 1]
    assert other.pk in overdue(world)
    assert world.rw.pk not in overdue(world)


def test_other_changes_of_the_register_move_nothing(world: World) -> None:
    session = world.plan()
    split_rt(
        actor=world.officer, rt_id=world.rts()[0].pk, parts=[Part(1), Part(8)], **NOW
    )  # fmt: skip
    (fact,) = after(last_number() - 1, limit=9)
    assert not is_regrouped(fact)
    follow_the_rts(fact, LATER)
    session.refresh_from_db()
    assert session.rw == world.rw


def test_a_request_that_followed_stays_with_its_rt_whoever_had_the_number(
    world: World,
) -> None:
    """RT 3 takes the number of an RT that left its new RW while the request waited."""
    other, third = (make_prevention.rw(rts=1) for _each in range(2))
    left, comes = other.rts.get(), world.rts()[2]
    request = ask(world, 3)[1]
    move_rt(actor=world.officer, rt_id=left.pk, rw_id=third.pk, number=7, **NOW)
    react()
    when = {**NOW, "at": make.AT + timedelta(minutes=1)}
    move_rt(actor=world.officer, rt_id=comes.pk, rw_id=other.pk, number=1, **when)
    react()
    request.refresh_from_db()
    assert (request.rw, request.rt_number) == (other, 1)
    move_rt(actor=world.officer, rt_id=comes.pk, rw_id=third.pk, number=8, on=NOW["on"],
            at=LATER + timedelta(minutes=1))  # fmt: skip
    react()
    request.refresh_from_db()
    assert (request.rw, request.rt_number) == (third, 8)


def test_what_was_refused_with_a_flood_is_asked_for_again_where_its_rt_is(
    world: World,
) -> None:
    code, request = ask(world, None)
    Request.objects.update(parked_at=make.AT)
    refuse_pile(actor=world.officer, until=make.AT, at=make.AT)
    made = merged(world)
    react()
    ask_again(actor=ANYBODY, code=code, at=make.AT)
    request.refresh_from_db()
    assert (request.rw, request.state) == (made, RequestState.WAITING)
