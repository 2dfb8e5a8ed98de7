"""Exact small counts are for who holds a session, logged it, or plans: not for a neighbour."""

import pytest

from ruang.access.actor import Actor
from ruang.access.roles import Role
from ruang.prevention.commands import Counted, Log, log_session
from ruang.prevention.queries import session_page
from ruang.prevention.queries.field import field_page
from ruang.register.models import CadreArea
from ruang.register.states import Band, Sex
from tests import make
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
COUNTED = (Counted(Sex.FEMALE, Band.PUPIL, 1, 0, 1), Counted(Sex.FEMALE, Band.ADULT, 20))


@pytest.fixture
def world() -> World:
    return World()


def _cadre(world: World) -> Actor:
    user = make.user(role=Role.CADRE)
    CadreArea.objects.create(user=user, rw=world.rw)
    return make.actor(user)


def test_a_cadre_of_the_rw_who_neither_held_nor_logged_it_reads_a_class(world: World) -> None:
    session = world.log(world.plan(), counted=COUNTED)
    for page in (
        field_page(actor=_cadre(world), session_id=session.pk),
        field_page(actor=make.actor(world.budi.user), session_id=session.pk),
    ):
        assert (page.counts, page.people, page.sheets, page.disability) == ([], 0, None, None)
        assert page.about == (20, 49)
    shown = session_page(actor=_cadre(world), session_id=session.pk, at=SOON)
    assert (shown.counts, shown.total, shown.sheets, shown.about) == ((), None, None, (20, 49))


def test_who_holds_it_who_logged_it_and_who_plans_read_what_was_counted(world: World) -> None:
    session, cadre = world.plan(), _cadre(world)
    assert field_page(actor=cadre, session_id=session.pk).sheets == (0, 0)
    log = Log(rts=[world.rts()[0].pk], counted=COUNTED)
    log_session(actor=cadre, session_id=session.pk, log=log, at=SOON)
    for actor in (cadre, make.actor(world.ani.user), world.officer):
        page = field_page(actor=actor, session_id=session.pk)
        assert [one.people for one in page.counts] == [1, 20]
        assert (page.sheets, page.about) == ((0, 0), None)
