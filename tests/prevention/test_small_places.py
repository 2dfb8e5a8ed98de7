"""A kelurahan that is not in the register asks too; an RT of a split keeps its last visit."""

from datetime import timedelta
from typing import Any

import pytest

from ruang.access.actor import ANYBODY
from ruang.kernel.errors import Refused
from ruang.prevention.commands import Asked, request_session
from ruang.prevention.models import Request
from ruang.prevention.naming import asker_name
from ruang.prevention.queries import ask_choices, plan_page, request_page
from ruang.prevention.states import Audience, Unit
from ruang.register.commands import split_rt
from ruang.register.commands.splitting import Part
from ruang.web.schedule.forms import Ask
from tests import make, make_prevention
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
EMPTY = "36.73.04.1001"


@pytest.fixture
def world() -> World:
    return World()


def form(village: str, **said: str) -> Ask:
    choices = ask_choices(village=village)
    assert choices is not None
    data = {
        "once": "x" * 20, "audience": "parents", "name": "Bu Contoh", "people": "",
        "phone": "0800 0000 0003", "wished": "", **said,
    }  # fmt: skip
    return Ask(data, unit=Unit.RW, choices=choices)


def test_an_rt_has_up_to_three_digits(world: World) -> None:
    village = make_prevention.VILLAGE
    assert form(village, rw=str(world.rw.pk), rt="101").is_valid()
    assert not form(village, rw=str(world.rw.pk), rt="1000").is_valid()
    assert not form(village, rw="", host="RW 4").is_valid()


def test_where_the_register_has_no_rw_it_is_asked_for_in_words(world: World) -> None:
    assert "Write which RW it is." in str(form(EMPTY).errors)
    asked = form(EMPTY, host="RW 04 Kampung Baru", rt="7")
    assert asked.is_valid()
    request_session(actor=ANYBODY, asked=asked.asked(), once="y" * 32, at=make.AT)
    request = Request.objects.get()
    assert (request.rw, request.village_id) == (None, EMPTY)
    assert asker_name(request) == "RT 07/RW 04 Kampung Baru"
    page = request_page(actor=world.officer, request_id=request.pk)
    assert "Kampung Baru" in page.row.host
    said: dict[str, Any] = {"unit": Unit.RW, "audience": Audience.PARENTS, "name": "Bu Contoh"}
    known = Asked(village=make_prevention.VILLAGE, phone="0800 0000 0001", host="RW 4", **said)
    with pytest.raises(Refused, match="Choose your RW"):
        request_session(actor=ANYBODY, asked=known, once="z" * 32, at=make.AT)


def test_the_rt_of_a_split_keep_the_visit_they_had_together(world: World) -> None:
    rt, other, reached = world.rts()
    world.log(world.plan(), rts=[rt.pk, reached.pk])
    parts = [Part(number=51, households=10), Part(number=52, households=20)]
    day = SOON + timedelta(days=1)
    split_rt(actor=world.officer, rt_id=rt.pk, parts=parts, on=day.date(), at=day)
    page = plan_page(actor=world.officer, unit=Unit.RW, host_id=world.rw.pk)
    last = {one.name: one.last_at for one in page.rts}
    assert last == {str(other): None, str(reached): SOON, "RT 51": SOON, "RT 52": SOON}
