"""A report that is being written down and tells of danger, or was left, is told by mail too."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ruang import wiring
from ruang.intake.commands import save_draft
from ruang.intake.drafts import RESTING, RESTS
from ruang.jobs.worker import Worker
from ruang.territory.facts import CityFacts
from tests import make
from tests.intake.writers import sheet, typed
from tests.notify.sink import Sink
from tests.notify.test_alerts import head_of, reached, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> CityFacts:
    return make.city()


def test_danger_reaches_colleagues_while_it_is_typed(city: CityFacts, post: Sink) -> None:
    head = head_of(city)
    writer = make.user(head.organisation)
    colleague = make.user(writer.organisation)
    reached(writer, head)
    address = reached(colleague, head)
    page = sheet()
    version = save_draft(actor=make.actor(writer), sheet=page, at=make.AT)
    work()
    assert post.to() == [], "that somebody writes is no alarm"

    danger = replace(page, version=version, is_danger=True)
    for story in ("ada", "ada bahaya"):
        save_draft(actor=make.actor(writer), sheet=typed(danger, story), at=make.AT)
        work()
    assert post.to() == [address]


def test_a_draft_that_was_left_reaches_whoever_is_on_duty(city: CityFacts, post: Sink) -> None:
    head = head_of(city)
    writer = make.user(head.organisation)
    address = reached(writer, head)
    save_draft(actor=make.actor(writer), sheet=sheet(), at=make.AT)
    for at in (make.AT + RESTS - timedelta(seconds=1), make.AT + RESTS):
        due = {RESTING: wiring.DUE[RESTING]}
        worker = Worker(reactions=wiring.REACTIONS, due=due, sweeps={})
        while worker.turn(at):
            pass
        work(at)
        assert post.to() == ([address] if at == make.AT + RESTS else [])
