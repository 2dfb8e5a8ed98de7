"""What a phone keeps of the own sessions: what is public of them, and of nobody anything."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from ruang.access.roles import Role
from ruang.identity.models import User
from ruang.prevention.models import Question, Session
from ruang.register.models import CadreArea
from tests import make
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
URL = "/pencegahan/lapangan/bekal/"


@pytest.fixture
def world() -> World:
    made = World()
    Question.objects.create(
        programme=made.programme, topic="Batas", text="Milik siapa?", choices=["Aku", "Orang"],
        right=0,
    )  # fmt: skip
    User.objects.update(language="en")
    return made


def kept(person: User) -> list[dict[str, Any]]:
    answer = make.signed_in(person, at=SOON).get(URL, headers={"X-Ruang-Auto": "1"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    said = answer.json()
    assert said["owner"] == person.pk.hex
    found: list[dict[str, Any]] = said["sessions"]
    return found


@time_machine.travel(SOON, tick=False)
def test_what_is_kept_is_known_to_anybody_and_names_nobody(world: World) -> None:
    session = world.plan(venue=None, place="Rumah Bu Kenari")
    [one] = kept(world.ani.user)
    assert set(one) == {"id", "programme", "about", "starts", "until", "rts", "questions"}
    assert one["id"] == str(session.pk)
    assert one["rts"] == [[str(rt.pk), str(rt)] for rt in world.rts()[:2]]
    assert [words[1:] for words in one["questions"]] == [["Milik siapa?", ["Aku", "Orang"]]]
    assert one["starts"] == session.starts_at.isoformat()
    assert one["until"] == (session.ends_at + timedelta(days=3)).isoformat()
    for hidden in ("Kenari", world.ani.user.name, world.person.name, "right"):
        assert hidden not in str(one)


@time_machine.travel(SOON, tick=False)
def test_only_the_own_public_ones_of_these_days_that_are_not_logged(world: World) -> None:
    world.plan(is_public=False)
    assert kept(world.ani.user) == []
    for days in (8, -4):
        far = world.plan(starts_at=SOON + timedelta(days=20))
        Session.objects.filter(pk=far.pk).update(
            starts_at=SOON + timedelta(days=days), ends_at=SOON + timedelta(days=days, hours=1)
        )
    assert kept(world.ani.user) == []
    session = world.plan(starts_at=SOON + timedelta(hours=5))
    Session.objects.filter(pk=session.pk).update(starts_at=SOON)
    assert [one["id"] for one in kept(world.ani.user)] == [str(session.pk)]
    for other in (world.budi.user, world.person):
        assert kept(other) == [], "who plans sees all of them, and carries none about"
    cadre = make.user(role=Role.CADRE)
    assert kept(cadre) == []
    CadreArea.objects.create(user=cadre, rw=world.rw)
    assert len(kept(cadre)) == 1
    world.log(session)
    assert kept(world.ani.user) == []
