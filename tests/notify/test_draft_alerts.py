"""A report that is being written down and tells of danger, or was left, is told by mail too."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ruang import wiring
from ruang.intake.commands import save_draft, take_over_draft
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
        rest(at)
        assert post.to() == ([address] if at == make.AT + RESTS else [])


def test_each_rest_is_told_and_none_twice(city: CityFacts, post: Sink) -> None:
    head = head_of(city)
    writer = make.user(head.organisation)
    colleague = make.user(writer.organisation)
    address = reached(colleague, head)
    page = sheet()
    version = save_draft(actor=make.actor(writer), sheet=page, at=make.AT)
    rest(make.AT + RESTS)
    assert post.to() == [address]

    again = make.AT + 3 * RESTS
    version = save_draft(
        actor=make.actor(writer), sheet=typed(replace(page, version=version), "lagi"), at=again
    )
    rest(again + RESTS)
    assert post.to() == [address] * 2, "it was gone on with, and left again"
    rest(again + 2 * RESTS)
    assert post.to() == [address] * 2, "the same rest"

    taken = again + 3 * RESTS
    take_over_draft(actor=make.actor(colleague), draft_id=page.draft_id, at=taken)
    other = reached(writer, head)
    rest(taken + RESTS)
    assert sorted(post.to()) == sorted([address, address, address, other])


def rest(at: datetime) -> None:
    """Let the worker do what is due, and send."""
    worker = Worker(reactions=wiring.REACTIONS, due={RESTING: wiring.DUE[RESTING]}, sweeps={})
    while worker.turn(at):
        pass
    work(at)
