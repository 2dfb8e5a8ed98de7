"""Nothing of a session is stored in the language of whoever planned it."""

import pytest
from django.utils import translation

from ruang.access.actor import ANYBODY
from ruang.kernel.errors import Refused
from ruang.planner.commands import publish_plan
from ruang.planner.queries import new_page
from ruang.planner.showing import lines_of
from ruang.prevention.commands import Moved, add_question, move_session, save_programme
from ruang.prevention.commands.programmes import Taught
from ruang.prevention.models import Programme, Session
from ruang.prevention.naming import topic_name
from ruang.prevention.queries import programme_page, public_events
from ruang.prevention.shown import questions_of
from ruang.prevention.states import Anyway, Audience, Unit
from tests import make
from tests.planner.scene import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World(rws=1)


def place(language: str) -> str:
    with translation.override(language):
        (event,) = public_events(actor=ANYBODY, at=make.AT)
        return event.place


def test_a_place_that_nobody_named_is_said_in_the_readers_language(world: World) -> None:
    plan = world.proposed(world.visit(0, venue=None))
    with translation.override("en"):
        publish_plan(actor=world.officer, plan_id=plan.pk, version=plan.version, at=make.AT)
    session = Session.objects.get()
    assert session.place == ""
    assert place("en") == f"In {session.rw}, kelurahan {session.village}"
    assert place("id") == f"Di {session.rw}, Kelurahan {session.village}"
    people = [one.pk for one in world.people[:2]]
    to = Moved(session.starts_at, None, "", people, Anyway.HOSTS)
    move_session(actor=world.officer, session_id=session.pk, to=to, at=make.AT)
    Session.objects.update(place=place("en"))  # as it was stored once
    assert place("id") == f"Di {session.rw}, Kelurahan {session.village}"
    Session.objects.update(place="Di belakang masjid")
    assert place("en") == "Di belakang masjid"


def test_what_a_plan_shows_of_programmes_is_in_english_too(world: World) -> None:
    Programme.objects.filter(pk=world.parents.pk).update(english="For parents")
    plan = world.proposed()
    with translation.override("en"):
        (line, *_rest), *_more = lines_of(plan, at=make.AT)
        offered = [one.name for one in new_page(actor=world.officer).programmes]
    assert line.programme == "For parents"
    assert "For parents" in offered


def test_topics_and_answers_have_their_english(world: World) -> None:
    said = Taught(
        "Tubuh", "", "", "", Unit.RW, (Audience.PARENTS,), ("Batas", "Telepon"), 60, 1, None,
        topics_english=("Limits", "Telephone"),
    )  # fmt: skip
    about = {"actor": world.officer, "at": make.AT}
    pk = save_programme(taught=said, **about)
    asked = {"programme_id": pk, "topic": "Batas", "text": "Milik siapa?", "right": 0, **about}
    english = {"english": "Whose?", "choices_english": ("Mine", "Yours")}
    add_question(choices=("Aku", "Kamu"), **english, **asked)
    add_question(choices=("129", "108"), english="", **{**asked, "topic": "Lain"})
    with translation.override("en"), pytest.raises(Refused, match="as many lines in English"):
        add_question(choices=("a", "b"), english="", choices_english=("a",), **asked)
    row = Programme.objects.get(pk=pk)
    shown = {}
    for language in ("id", "en"):
        with translation.override(language):
            page = programme_page(actor=world.officer, programme_id=pk)
            asks = [(q.text, q.choices) for q in questions_of(Session(programme=row))]
            shown[language] = (page.topic_names, [q.named for q in page.questions], asks)
    assert shown["id"] == (
        ("Batas", "Telepon"), ["Batas", "Lain"],
        [("Milik siapa?", ["Aku", "Kamu"]), ("Milik siapa?", ["129", "108"])],
    )  # fmt: skip
    assert shown["en"] == (
        ("Limits", "Telephone"), ["Limits", "Lain"],
        [("Whose?", ["Mine", "Yours"]), ("Milik siapa?", ["129", "108"])],
    )  # fmt: skip
    assert topic_name(row, "Telepon") == "Telepon"
