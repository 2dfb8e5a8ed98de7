"""A wrong log is corrected; what stood is kept, and what is shown moves as by a late log."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import ANYBODY, Actor
from ruang.access.roles import Role
from ruang.kernel.errors import Refused
from ruang.prevention.arrivals import arrival_code
from ruang.prevention.commands import (
    Arriver,
    Counted,
    Log,
    check_in,
    correct_session,
    log_session,
)
from ruang.prevention.models import Correction, Session
from ruang.prevention.queries import correct_page, session_page
from ruang.prevention.queries.gains import outcome
from ruang.prevention.states import Corrected, State, Step
from ruang.register.models import CadreArea
from ruang.register.states import Band, Sex
from tests import make
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
WRONG = (Counted(Sex.FEMALE, Band.ADULT, 300, 5, 1),)
RIGHT = (Counted(Sex.FEMALE, Band.ADULT, 30, 5, 1),)


@pytest.fixture
def world() -> World:
    return World()


def _log(world: World, **changed: Any) -> Log:
    said = {"rts": [world.rts()[2].pk], "counted": RIGHT, "is_whole": True}
    return Log(**{**said, **changed})


def _correct(
    world: World, session: Session, actor: Actor | None = None, **changed: Any
) -> None:
    said = {"reason": Corrected.TYPED, "at": SOON + timedelta(hours=2), "log": _log(world)}
    correct_session(actor=actor or world.officer, session_id=session.pk, **{**said, **changed})


def test_the_counts_are_put_right_and_what_stood_there_is_kept(world: World) -> None:
    session = world.log(world.plan(), counted=WRONG)
    with pytest.raises(Refused, match="logged already"):
        world.log(session)
    page = session_page(actor=world.officer, session_id=session.pk, at=SOON)
    assert Step.CORRECT in page.steps
    _correct(world, session, log=_log(world, rts=[world.rts()[0].pk]))
    page = session_page(actor=world.officer, session_id=session.pk, at=SOON)
    assert (page.total, page.row.state, page.rts) == (30, State.HELD, ("RT 01",))
    (line,) = page.corrections
    assert (line.people, line.reason, line.by) == (300, Corrected.TYPED, world.person.name)
    kept = Correction.objects.get()
    assert kept.rts == [str(world.rts()[2].pk)]
    row = kept.earlier.get()
    assert (row.people, row.first_time, row.with_disability) == (300, 5, 1)
    session.refresh_from_db()
    assert (session.over_at, session.moves) == (SOON, 0)


def test_who_logged_it_corrects_it_for_a_day_and_who_plans_later_too(world: World) -> None:
    session, user = world.plan(), make.user(role=Role.CADRE)
    CadreArea.objects.create(user=user, rw=world.rw)
    cadre = make.actor(user)
    log_session(actor=cadre, session_id=session.pk, log=_log(world, counted=WRONG), at=SOON)
    with pytest.raises(PermissionDenied):
        _correct(world, session, make.actor(world.ani.user))
    late = SOON + timedelta(hours=25)
    with pytest.raises(Refused, match="for a day"):
        _correct(world, session, cadre, at=late)
    for at, is_open in ((SOON, True), (late, False)):
        page = session_page(actor=cadre, session_id=session.pk, at=at)
        assert (Step.CORRECT in page.steps) is is_open
    _correct(world, session, cadre)
    _correct(
        world, session, at=late, log=_log(world, counted=(Counted(Sex.MALE, Band.TEEN, 9),))
    )
    page = session_page(actor=world.officer, session_id=session.pk, at=late)
    assert [one.people for one in page.corrections] == [300, 30]
    assert page.total == 9


def test_what_was_corrected_meanwhile_or_is_the_same_is_refused(world: World) -> None:
    session = world.log(world.plan(), counted=WRONG)
    seen = correct_page(actor=world.officer, session_id=session.pk, at=SOON).seen
    _correct(world, session, seen=seen)
    with pytest.raises(Refused, match="corrected this log meanwhile"):
        _correct(world, session, seen=seen)
    with pytest.raises(Refused, match="Nothing is different"):
        _correct(world, session)
    with pytest.raises(Refused, match="Nobody is counted"):
        _correct(world, session, log=_log(world, counted=()))


def test_what_people_said_to_their_own_phones_stays(world: World) -> None:
    session = world.plan()
    arriver = Arriver(Sex.FEMALE, Band.ADULT, is_first=True, has_disability=True)
    code = arrival_code(session.pk)
    check_in(actor=ANYBODY, code=code, arriver=arriver, once="kata", at=SOON)
    world.log(session, counted=(Counted(Sex.FEMALE, Band.ADULT, 299),))
    page = correct_page(actor=world.officer, session_id=session.pk, at=SOON)
    assert page.hides_disability
    assert [(row.people, row.with_disability) for row in page.rows] == [(300, 0)]
    _correct(world, session, log=_log(world, counted=(Counted(Sex.FEMALE, Band.ADULT, 30),)))
    row = session.attendance.get()
    assert (row.people, row.by_code, row.with_disability) == (30, 1, 1)


def test_who_may_not_read_every_session_sees_it_from_the_next_month_on(world: World) -> None:
    before = world.plan()
    everybody = tuple(
        Counted(sex, band, 300 if band is Band.ADULT else 20) for sex in Sex for band in Band
    )
    log = _log(world, counted=everybody)
    log_session(actor=world.officer, session_id=before.pk, log=log, at=SOON)
    head = make.actor(make.user(world.person.organisation, Role.HEAD))
    month = (SOON.replace(day=1) + timedelta(days=40)).replace(day=5)
    counted = tuple(Counted(one.sex, one.band, 20) for one in everybody)
    _correct(world, before, at=month, log=_log(world, counted=counted))

    def people(actor: Actor, days: int) -> int | None:
        found = outcome(actor=actor, at=month + timedelta(days=days)).attended.rows
        return dict(found)[Band.ADULT][0].count

    assert people(world.officer, 1) == 20
    assert people(head, 1) == 300
    assert people(head, 31) == 20
