"""Sessions are planned and moved: what is refused in words. Who may: ``tests/rules``."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.prevention.commands import (
    Moved,
    cancel_session,
    move_session,
    plan_session,
)
from ruang.prevention.models import (
    Away,
    Programme,
    Request,
    Session,
)
from ruang.prevention.states import (
    Anyway,
    Audience,
    Cancelled,
    RequestState,
    State,
    Unit,
)
from ruang.register.models import Rt
from tests import make, make_prevention
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world() -> World:
    return World()


def test_a_session_is_planned_once_however_often_the_form_is_sent(world: World) -> None:
    tag = b"\x01" * 32
    first = plan_session(actor=world.officer, wanted=world.wanted(), at=make.AT, form_tag=tag)
    again = plan_session(actor=world.officer, wanted=world.wanted(), at=make.AT, form_tag=tag)
    assert first == again
    session = Session.objects.get()
    assert session.state == State.PLANNED
    assert session.ends_at - session.starts_at == timedelta(minutes=90)
    assert session.village_id == make_prevention.VILLAGE
    assert session.invited.count() == 2
    assert [one.facilitator_id for one in session.parts.all()] == [world.ani.pk]
    assert Fact.objects.filter(name="prevention.session_moved").count() == 1


def _foreign(world: World) -> dict[str, object]:
    return {"rts": [make_prevention.rw().rts.all()[0].pk]}


def _ended(world: World) -> dict[str, object]:
    Rt.objects.filter(rw=world.rw).update(ended_on=make.AT.date(), ending="closed")
    return {}


def _away(world: World) -> dict[str, object]:
    Away.objects.create(facilitator=world.ani, begins_on=SOON.date(), ends_on=SOON.date())
    return {}


def _busy(world: World) -> dict[str, object]:
    world.plan(venue=None, place="Rumah ketua RT")
    return {"starts_at": SOON + timedelta(minutes=89)}


def _taken(world: World) -> dict[str, object]:
    world.plan()
    return {"facilitators": [world.budi.pk], "starts_at": SOON - timedelta(minutes=89)}


def _retired(world: World) -> dict[str, object]:
    Programme.objects.filter(pk=world.programme.pk).update(is_active=False)
    return {}


def _unable(world: World) -> dict[str, object]:
    return {"facilitators": [make_prevention.facilitator().pk]}


DOES_NOT_FIT: tuple[tuple[Callable[[World], dict[str, object]], str], ...] = (
    (_foreign, "An RT is not of this RW"),
    (_ended, "An RT is not of this RW"),
    (lambda world: {"rts": []}, "Tick at least one RT"),
    (lambda world: {"host": uuid4()}, "no longer in the register"),
    (lambda world: {"venue": uuid4()}, "no longer in the register"),
    (lambda world: {"unit": Unit.SCHOOL}, "goes to other places"),
    (lambda world: {"audience": Audience.CHILDREN}, "for other people"),
    (lambda world: {"venue": None}, "Say where it is"),
    (lambda world: {"venue": None, "place": "x" * 121}, "at most 120"),
    (lambda world: {"starts_at": make.AT - timedelta(days=93)}, "Choose a day"),
    (lambda world: {"starts_at": make.AT + timedelta(days=800)}, "Choose a day"),
    (lambda world: {"facilitators": []}, "at least one facilitator"),
    (lambda world: {"facilitators": [uuid4()]}, "no longer holds sessions"),
    (_unable, "does not hold"),
    (_retired, "no longer taught"),
    (_away, "is away on 30 November 2026"),
    (_busy, "holds Program"),
    (_taken, "is taken by Program"),
)


def test_what_does_not_fit_is_refused_in_words(world: World) -> None:
    for change, words in DOES_NOT_FIT:
        with transaction.atomic():
            wanted = world.wanted(**change(world))
            before = Fact.objects.count(), Session.objects.count()
            with pytest.raises(Refused, match=words):
                plan_session(actor=world.officer, wanted=wanted, at=make.AT)
            assert (Fact.objects.count(), Session.objects.count()) == before, words
            transaction.set_rollback(True)


def test_a_clash_names_who_what_and_when_and_a_cancelled_session_clashes_with_nothing(
    world: World,
) -> None:
    first = world.plan()
    with pytest.raises(Refused) as refused:
        world.plan(venue=None, place="Posyandu")
    said = str(refused.value)
    assert world.ani.user.name in said
    assert world.programme.name in said
    assert "30 November 2026, 14.30" in said
    next_to_it = world.plan(starts_at=SOON + timedelta(minutes=90))
    assert next_to_it.pk != first.pk
    cancel_session(
        actor=world.officer, session_id=first.pk, reason=Cancelled.WEATHER, at=make.AT
    )
    assert world.plan().state == State.PLANNED


def test_a_session_of_a_school_has_no_rt(world: World) -> None:
    school = make_prevention.school()
    programme = make_prevention.programme(Unit.SCHOOL, audiences=["teens"])
    who = make_prevention.facilitator(programme)
    said = {
        "programme": programme.pk, "unit": Unit.SCHOOL, "host": school.pk,
        "audience": Audience.TEENS, "facilitators": [who.pk],
    }  # fmt: skip
    with pytest.raises(Refused, match="Only a session for an RW"):
        world.plan(**said)
    session = world.plan(**said, rts=[])
    assert (session.school_id, session.rw_id, session.invited.count()) == (school.pk, None, 0)
    with pytest.raises(Refused, match="Only a session for an RW"):
        world.log(session)
    assert world.log(session, rts=[]).state == State.HELD


def test_a_session_moves_past_itself_but_not_onto_others(world: World) -> None:
    session = world.plan()
    other = world.plan(facilitators=[world.budi.pk], venue=None, place="Posyandu")
    to = Moved(
        SOON + timedelta(minutes=30),
        world.venue.pk,
        " Balai  depan ",
        [world.ani.pk],
        Anyway.HOSTS,
    )
    move_session(actor=world.officer, session_id=session.pk, to=to, at=make.AT)
    session.refresh_from_db()
    assert (session.starts_at, session.place) == (to.starts_at, "Balai depan")
    assert session.ends_at - session.starts_at == timedelta(minutes=90)
    with pytest.raises(Refused, match=world.budi.user.name):
        move_session(
            actor=world.officer, session_id=session.pk, at=make.AT,
            to=replace(to, facilitators=[world.budi.pk]),
        )  # fmt: skip
    session.refresh_from_db()
    assert [one.facilitator_id for one in session.parts.all()] == [world.ani.pk]
    assert other.state == State.PLANNED


def test_a_request_is_answered_by_planning_and_waits_again_when_that_is_cancelled(
    world: World,
) -> None:
    request = Request.objects.create(
        tag=bytes(32), unit=Unit.RW, village_id=world.rw.village_id, rw=world.rw,
        audience=Audience.PARENTS, name="Bu Contoh", phone="0800", received_at=make.AT,
    )  # fmt: skip
    session = world.plan(request=request.pk)
    request.refresh_from_db()
    assert (request.state, request.answered_at) == (RequestState.SCHEDULED, make.AT)
    with pytest.raises(Refused, match="changed meanwhile"):
        world.plan(request=request.pk, starts_at=SOON + timedelta(days=1))
    cancel_session(
        actor=world.officer, session_id=session.pk, reason=Cancelled.HOST, at=make.AT
    )
    request.refresh_from_db()
    assert (request.state, request.answered_at) == (RequestState.WAITING, None)
