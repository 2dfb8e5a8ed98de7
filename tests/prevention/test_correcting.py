"""A wrong log is corrected; what stood is kept, and what is shown moves as by a late log."""

from datetime import datetime, timedelta
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
from ruang.prevention.queries.gains import Outcome, outcome
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


def _everybody(people: int) -> tuple[Counted, ...]:
    return tuple(
        Counted(sex, band, people if band is Band.ADULT else 20) for sex in Sex for band in Band
    )


def _logged(world: World, counted: tuple[Counted, ...]) -> Session:
    session, log = world.plan(), _log(world, counted=counted)
    log_session(actor=world.officer, session_id=session.pk, log=log, at=SOON)
    return session


def _later(months: int) -> datetime:
    return (SOON.replace(day=1) + timedelta(days=31 * months)).replace(day=5)


def _women(actor: Actor, months: int) -> int | None:
    return dict(outcome(actor=actor, at=_later(months)).attended.rows)[Band.ADULT][0].count


@pytest.fixture
def head(world: World) -> Actor:
    return make.actor(make.user(world.person.organisation, Role.HEAD))


def test_what_is_corrected_in_the_month_of_the_log_counts_for_everybody(
    world: World, head: Actor
) -> None:
    _correct(world, _logged(world, _everybody(300)), log=_log(world, counted=_everybody(20)))
    assert (_women(world.officer, 1), _women(head, 1)) == (20, 20)


def test_what_is_corrected_later_moves_only_the_sums_of_who_reads_every_session(
    world: World, head: Actor
) -> None:
    session = _logged(world, _everybody(300))
    _correct(world, session, at=_later(1), log=_log(world, counted=_everybody(20)))
    _correct(world, session, at=_later(2), log=_log(world, counted=_everybody(21)))
    for months in range(1, 5):
        assert (_women(world.officer, months), _women(head, months)) == (21, 300)


@pytest.mark.parametrize(("logged", "corrected"), [(10, 9), (9, 10), (12, 13), (9, 300)])
def test_a_correction_opens_and_closes_no_batch(
    world: World, head: Actor, logged: int, corrected: int
) -> None:
    """Nine wait for others, ten do not: by one person a whole session would come or go."""

    def looks() -> list[Outcome]:
        return [outcome(actor=head, at=_later(months)) for months in range(1, 15)]

    def of(people: int) -> tuple[Counted, ...]:
        return (Counted(Sex.FEMALE, Band.ADULT, people),)

    session = _logged(world, of(logged))
    before = looks()
    _correct(world, session, at=_later(1), log=_log(world, counted=of(corrected)))
    assert looks() == before
