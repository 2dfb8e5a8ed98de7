"""What a session was held with is noted, and nothing is kept twice."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from ruang.kernel.errors import Refused
from ruang.prevention.commands import add_material, add_question, retire_material
from ruang.prevention.models import MaterialVersion, Question, Session
from ruang.prevention.queries import material_file, session_page
from ruang.prevention.states import State
from tests import make, make_prevention
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
LATER = SOON + timedelta(days=1)


@pytest.fixture
def world() -> World:
    return World()


def add(world: World, data: bytes = PDF, **changed: Any) -> UUID:
    said = {"title": "Buku", "name": "a.pdf", "at": make.AT, **changed}
    about = {"actor": world.officer, "programme_id": world.programme.pk}
    return add_material(data=data, **about, **said)


def shown(world: World, session: Session) -> list[str]:
    page = session_page(actor=world.officer, session_id=session.pk, at=LATER)
    return [title for _pk, title in page.materials]


def test_a_held_session_shows_what_it_was_held_with(world: World) -> None:
    book, old = add(world), add(world, PDF + b"3", title="Poster")
    about = {"actor": world.officer, "programme_id": world.programme.pk}
    retire_material(material_id=old, at=make.AT + timedelta(hours=1), **about)
    session, ahead = world.plan(), world.plan(starts_at=LATER + timedelta(days=1))
    add(world, PDF + b"2", material_id=book, at=LATER - timedelta(hours=2))
    world.log(session)  # some hours after the new version, which it was not held with
    assert (shown(world, session), shown(world, ahead)) == (
        ["Buku, version 1"], ["Buku, version 2"]
    )  # fmt: skip
    retire_material(material_id=book, at=LATER, **about)
    assert (shown(world, session), shown(world, ahead)) == (["Buku, version 1"], [])
    ((version, _title),) = session_page(
        actor=world.officer, session_id=session.pk, at=LATER
    ).materials
    found = material_file(
        actor=world.officer, programme_id=world.programme.pk, version_id=version
    )
    assert found.data == PDF


def test_of_a_session_of_which_nothing_was_noted_the_day_says_it(world: World) -> None:
    book = add(world)
    session = make_prevention.session(
        world.programme, world.rw, by=[world.ani], starts_at=SOON, state=State.HELD,
        ends_at=SOON + timedelta(minutes=90), over_at=SOON, over_by=world.person.pk,
    )  # fmt: skip
    add(world, PDF + b"2", material_id=book, at=LATER)
    assert shown(world, session) == ["Buku, version 1"]


def test_the_same_file_is_said_and_kept_once(world: World) -> None:
    tag = b"a" * 32
    book = add(world, form_tag=tag)
    assert add(world, form_tag=tag) == book
    for more in ({}, {"material_id": book}, {"title": "Lain"}):
        with pytest.raises(Refused, match="kept already: Buku, version 1"):
            add(world, **more)
    add(world, PDF + b"2", material_id=book)
    add(world, material_id=book)  # back to the first
    assert list(MaterialVersion.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_the_same_question_is_asked_once(world: World) -> None:
    said: dict[str, Any] = {
        "actor": world.officer, "programme_id": world.programme.pk, "topic": "T",
        "text": "Q?", "english": "", "choices": ["a", "b"], "right": 0, "at": make.AT,
    }  # fmt: skip
    first = add_question(**said, form_tag=b"a" * 32)
    assert add_question(**said, form_tag=b"a" * 32) == first
    with pytest.raises(Refused, match="asked already"):
        add_question(**said, form_tag=b"b" * 32)
    second = add_question(**{**said, "english": "In English?"}, instead_of=first)
    active = Question.objects.filter(is_active=True)
    assert [(one.pk, one.place) for one in active] == [(second, 1)]
