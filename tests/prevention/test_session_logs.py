"""What came of a session is written down whole, or not at all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from ruang.kernel.errors import Refused
from ruang.prevention.commands import Counted, SheetTold
from ruang.prevention.models import Answer, Programme, Question
from ruang.prevention.states import Phase, State
from ruang.register.states import Band, Sex
from tests import make_prevention
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world() -> World:
    return World()


def _foreign(world: World) -> dict[str, object]:
    return {"rts": [make_prevention.rw().rts.all()[0].pk]}


def test_what_was_held_is_counted_and_the_rt_it_reached_take_the_place_of_the_invited(
    world: World,
) -> None:
    question = Question.objects.create(
        programme=world.programme, topic="Telepon", text="Nomor?", choices=["129", "1"], right=0
    )
    sheets = (
        SheetTold("melati 7", Phase.BEFORE, ((question.pk, 1),)),
        SheetTold("melati 7", Phase.AFTER, ((question.pk, 0),)),
        SheetTold("🌧", Phase.AFTER, ((question.pk, None),)),
    )
    session = world.log(world.plan(), sheets=sheets)
    assert (session.state, session.over_at, session.over_by) == (
        State.HELD, SOON, world.officer.user_id,
    )  # fmt: skip
    assert [one.rt.number for one in session.invited.all()] == [3]
    row = session.attendance.get()
    assert (row.people, row.first_time, row.with_disability) == (12, 5, 1)
    answers = Answer.objects.order_by("sheet__pair", "-sheet__phase")
    answers = answers.values_list("choice", "is_right")
    assert list(answers) == [(1, False), (0, True), (None, False)]
    with pytest.raises(Refused, match="logged already"):
        world.log(session)


def _sheets(
    world: World,
    *,
    programme: Programme | None = None,
    pair: str = "a",
    choice: int = 0,
    times: int = 1,
    sheets: int = 1,
) -> dict[str, object]:
    question = Question.objects.create(
        programme=programme or world.programme, topic="T", text="T?", choices=["a", "b"],
        right=0,
    )  # fmt: skip
    told = SheetTold(pair, Phase.BEFORE, ((question.pk, choice),) * times)
    return {"sheets": (told,) * sheets}


DOES_NOT_ADD_UP: tuple[tuple[Callable[[World], dict[str, object]], str], ...] = (
    (lambda w: {"rts": []}, "Tick at least one RT"),
    (_foreign, "not of this RW"),
    (lambda w: {"counted": ()}, "Nobody is counted"),
    (lambda w: {"counted": (Counted(Sex.MALE, Band.TEEN, 0),)}, "Nobody is counted"),
    (lambda w: {"counted": (Counted(Sex.MALE, Band.TEEN, 3),) * 2}, "counted once"),
    (lambda w: {"counted": (Counted(Sex.MALE, Band.TEEN, -1),)}, "from 0 to 2000"),
    (lambda w: {"counted": (Counted(Sex.MALE, Band.TEEN, 99_999),)}, "from 0 to 2000"),
    (lambda w: {"counted": (Counted(Sex.MALE, Band.TEEN, 3, 4),)}, "not more than all"),
    (lambda w: {"counted": (Counted(Sex.MALE, Band.TEEN, 3, 0, 4),)}, "not more than all"),
    (lambda w: _sheets(w, programme=make_prevention.programme()), "not of this programme"),
    (lambda w: _sheets(w, choice=2), "none of those offered"),
    (lambda w: _sheets(w, pair="\x00 "), "code of its own"),
    (lambda w: _sheets(w, sheets=2), "code of its own"),
    (lambda w: _sheets(w, times=2), "answered once"),
)


def test_a_log_that_does_not_add_up_is_refused_whole(world: World) -> None:
    session = world.plan()
    for change, words in DOES_NOT_ADD_UP:
        with transaction.atomic():
            with pytest.raises(Refused, match=words):
                world.log(session, **change(world))
            session.refresh_from_db()
            assert session.state == State.PLANNED
            assert session.invited.count() == 2
            assert not session.attendance.exists()
            assert not session.sheets.exists()
            transaction.set_rollback(True)


def test_a_session_that_lies_ahead_is_not_logged(world: World) -> None:
    session = world.plan(starts_at=SOON + timedelta(days=1))
    with pytest.raises(Refused, match="lies ahead"):
        world.log(session)
