"""An RW of the demo was split: totals hold, and what was held there goes on counting."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from ruang import wiring
from ruang.access.actor import Actor
from ruang.audit.models import Fact
from ruang.demo.accounts import accounts
from ruang.demo.content import register as invented
from ruang.demo.passwords import password_of
from ruang.demo.regrouping import AGO, NOTE
from ruang.demo.sessions import CADRES, OFFICER
from ruang.demo.stage import Stage
from ruang.jobs.worker import Worker
from ruang.prevention.models import Session
from ruang.prevention.queries.cadre import cadre_page
from ruang.prevention.queries.coverage_place import rw_reach
from ruang.prevention.states import State
from ruang.register.models import Change, Rt, Rw
from ruang.register.queries import place_page, village_page
from ruang.register.states import Kind, Step
from tests.demo.conftest import Demo

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NOW = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)


def officer(city: Demo) -> Actor:
    with Stage().staff(OFFICER, city.now) as actor:
        return actor


def the_two() -> tuple[Rw, Rw]:
    """The RW that was split, and the one that came out of it."""
    made = Rw.objects.get(came_from__isnull=False)
    assert made.came_from is not None
    return made.came_from, made


def test_the_city_has_its_own_totals_with_the_split(city: Demo) -> None:
    standing = Rw.objects.filter(ended_on=None), Rt.objects.filter(ended_on=None)
    assert tuple(rows.count() for rows in standing) == (invented.RWS, invented.RTS)
    assert (invented.RWS, invented.RTS) == (618, 2_382)
    assert not Rw.objects.annotate(n=Count("rts")).filter(n=0).exists()
    of_village = Rw.objects.filter(village=the_two()[0].village_id).order_by("number")
    numbers = list(of_village.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1)), "no number is missing or there twice"


def test_the_register_says_what_came_out_of_what(city: Demo) -> None:
    old, made = the_two()
    actor = officer(city)
    before, after = (place_page(actor=actor, kind=Kind.RW, place_id=one.pk) for one in
                     (old, made))  # fmt: skip
    assert [one.id for one in before.after] == [made.pk]
    assert [one.id for one in after.before] == [old.pk]
    assert (before.stands, after.stands) == (True, True)
    assert after.since == (city.now - timedelta(days=AGO)).date()
    assert before.history[0].step == Step.SPLIT
    assert NOTE in {line.note for line in before.history}
    moved = Change.objects.filter(kind=Kind.RT, step=Step.MOVE)
    assert {one.subject for one in moved} == {rt.pk for rt in made.rts.all()}
    assert [rt.number for rt in made.rts.order_by("number")] == list(
        range(1, made.rts.count() + 1)
    )
    page = village_page(actor=actor, code=old.village_id)
    assert page is not None


def test_what_was_held_before_counts_for_both(city: Demo) -> None:
    old, made = the_two()
    actor = officer(city)
    for one in (old, made):
        reach = rw_reach(actor=actor, rw_id=one.pk, at=city.now)
        assert reach.reached.reached == reach.reached.total > 0
        held = [line for line in reach.sessions if line.state is State.HELD]
        assert held[-1].starts_at.date() < made.since
    assert not Session.objects.filter(rw=made, starts_at__date__lt=made.since).exists()


def test_the_cadre_of_the_old_one_looks_after_the_new_one_too(city: Demo) -> None:
    _old, made = the_two()
    with Stage().staff(CADRES[0], city.now) as actor:
        assert str(made) in {one.name for one in cadre_page(actor=actor, at=city.now).rws}


def test_nothing_is_left_to_follow(city: Demo) -> None:
    facts = Fact.objects.count()
    worker = Worker(reactions=wiring.REACTIONS, due={}, sweeps={})
    while worker.turn(city.now):
        pass
    assert Fact.objects.count() == facts


def test_the_pages_show_it(city: Demo) -> None:
    old, made = the_two()
    browser = Client()
    said = {"login": OFFICER, "password": password_of(OFFICER)}
    browser.post(reverse("sign_in:sign_in"), said)
    assert OFFICER in {one.login for one in accounts()}

    def shown(name: str, *args: str | UUID) -> str:
        answer = browser.get(reverse(name, args=args))
        assert answer.status_code == 200, name
        return answer.content.decode()

    assert str(made.pk) in shown("register:place", "rw", old.pk)
    assert NOTE in shown("register:place", "rw", old.pk)
    for one in (old, made):
        assert str(one) in shown("coverage:rw", one.pk)
