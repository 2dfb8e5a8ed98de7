"""Whoever is barred from a case knows nothing of the report behind it, by any road."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ruang import wiring
from ruang.access.actor import Actor
from ruang.access.sight import NotInSight
from ruang.approvals import queries as approvals
from ruang.approvals.models import Approval
from ruang.approvals.states import Kind
from ruang.audit import feed
from ruang.audit.models import Fact
from ruang.cases.commands import exclude_user
from ruang.cases.models import Case, Excluded
from ruang.cases.states import Exclusion
from ruang.clocks import queries as clocks
from ruang.clocks.models import Clock
from ruang.identity.queries.trail import Wanted, trail_page
from ruang.intake import commands as intake
from ruang.intake.arrival import Receipt
from ruang.intake.commands import Wishes, record_report
from ruang.intake.drafts import Gone
from ruang.intake.models import Report
from ruang.intake.queries import Show, Sieve, desk_page, held_reports, report_page
from ruang.intake.states import Door, State, TakenWhy
from ruang.notify import reactions as notify
from ruang.triage import queries, reactions
from ruang.triage.models import Decision, HandOver
from ruang.triage.states import Outcome
from tests import make
from tests.intake.desk_people import Desk, crowd, id_of
from tests.intake.writers import room, sheet
from tests.triage.test_report_becomes_case import a_rich_report, decide, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@dataclass
class Scene:
    desk: Desk
    case: Case
    repeat: Report
    again: Report


def repeated(desk: Desk, of: Report, number: str) -> Report:
    """A report that was decided to be the same as another one."""
    row = crowd(desk, 1)[0]
    Report.objects.filter(pk=row.pk).update(
        number=number, state=State.DECIDED, holder=id_of(desk, "colleague"), waiting=True
    )
    Decision.objects.create(
        report=row, outcome=Outcome.SAME_AS, at=make.AT, by=id_of(desk, "manager"), same_as=of
    )
    row.refresh_from_db()
    return row


@pytest.fixture
def scene() -> Scene:
    desk = a_rich_report()
    case = decide(desk)
    repeat = repeated(desk, desk.report, "A-2610-901")
    return Scene(desk, case, repeat, repeated(desk, repeat, "A-2610-902"))


def bar(scene: Scene, name: str = "colleague") -> Actor:
    exclude_user(
        actor=make.actor(scene.desk.users["manager"]), case_id=scene.case.pk,
        user_id=id_of(scene.desk, name), why=Exclusion.SURVIVOR, at=make.AT,
    )  # fmt: skip
    return fresh(scene.desk, name)


def ids(scene: Scene) -> list[Any]:
    return [scene.desk.report.pk, scene.repeat.pk, scene.again.pk]


def numbers(actor: Actor, sieve: Sieve) -> set[str]:
    return {row.number for row in desk_page(actor=actor, sieve=sieve, at=make.AT).rows}


SIEVES = {
    "archive": Sieve(show=Show.DECIDED),
    "waiting": Sieve(show=Show.WAITING),
    "by number": Sieve(number="A-2"),
}


@pytest.mark.parametrize("sieve", SIEVES.values(), ids=SIEVES)
def test_no_list_and_no_search_finds_it(scene: Scene, sieve: Sieve) -> None:
    before = numbers(fresh(scene.desk, "colleague"), sieve)
    assert scene.repeat.number in before
    assert numbers(bar(scene), sieve) == set()
    assert numbers(fresh(scene.desk, "manager"), sieve) == before, "her colleagues still do"


def test_it_is_in_no_count_and_none_of_her_work(scene: Scene) -> None:
    who = bar(scene)
    page = desk_page(actor=who, sieve=Sieve(), at=make.AT)
    assert page.tally.waiting == 0
    assert desk_page(
        actor=fresh(scene.desk, "manager"), sieve=Sieve(), at=make.AT
    ).tally.waiting == 2  # fmt: skip
    held = held_reports(actor=who, at=make.AT)
    assert not any(getattr(held, field.name) for field in fields(held))


READS: dict[str, Callable[[Actor, Any], object]] = {
    "page": lambda who, pk: report_page(actor=who, report_id=pk, at=make.AT),
    "looks": lambda who, pk: queries.looks_at_report(actor=who, report_id=pk),
    "decide": lambda who, pk: queries.decide_page(actor=who, report_id=pk),
    "take back": lambda who, pk: intake.take_back_report(
        actor=who, report_id=pk, holder=make.stranger(), why=TakenWhy.AWAY, at=make.AT
    ),
    "claim": lambda who, pk: intake.claim_report(actor=who, report_id=pk, at=make.AT),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_every_road_answers_as_for_what_does_not_exist(
    scene: Scene, read: Callable[[Actor, Any], object]
) -> None:
    who = bar(scene)
    for pk in ids(scene):
        with pytest.raises(NotInSight):
            read(who, pk)


def test_nothing_tells_of_it_elsewhere(scene: Scene) -> None:
    who = bar(scene)
    found = ids(scene)
    for pk in found:
        assert queries.decision_of(actor=who, report_id=pk) is None
        assert queries.repeats_of(actor=who, report_id=pk) == ()
    assert queries.outcomes_of(actor=who, report_ids=found) == {}
    topics = [f"report:{pk}" for pk in found]
    assert queries.topics_in_sight(actor=who, topics=topics) == frozenset()


def test_a_hand_over_of_it_is_in_neither_list(scene: Scene) -> None:
    HandOver.objects.create(
        report=scene.desk.report, ground="territory", from_desk=scene.case.desk,
        to_desk=make.organisation().pk, by=id_of(scene.desk, "manager"), at=make.AT, files=0,
        messages=0,
    )  # fmt: skip
    assert len(queries.hand_overs(actor=fresh(scene.desk, "colleague"))) == 1
    who = bar(scene)
    assert queries.hand_overs(actor=who) == ()
    with pytest.raises(NotInSight):
        queries.minutes_page(actor=who, hand_over_id=HandOver.objects.get().pk)


def test_no_clock_and_no_alert_tells_of_it(scene: Scene) -> None:
    report = scene.desk.report
    Clock.objects.filter(subject=report.pk).update(missed_at=make.AT, missed_why="")
    assert clocks.unexplained(actor=fresh(scene.desk, "colleague"))
    assert not clocks.unexplained(actor=bar(scene))


def test_what_waited_for_her_as_a_second_person_is_not_there(scene: Scene) -> None:
    row = Approval.objects.create(
        kind=Kind.LOWER_REPORT, subject=scene.desk.report.pk, number="A-1",
        desk=scene.case.desk, code="low", risk="high", age="adult",
        asker=id_of(scene.desk, "manager"), decider=id_of(scene.desk, "head"),
        asked_at=make.AT,
    )  # fmt: skip
    assert len(approvals.approvals_for(actor=fresh(scene.desk, "head"))) == 1
    who = bar(scene, "head")
    assert approvals.approvals_for(actor=who) == ()
    with pytest.raises(NotInSight):
        approvals.approval_page(actor=who, approval_id=row.pk)


def test_nobody_who_is_barred_is_told_of_danger_that_comes_late(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[set[Any]] = []
    monkeypatch.setattr(notify, "_tell", lambda users, *_rest: told.append(set(users)))
    fact = feed.one(Fact.objects.filter(name="intake.report_received").latest("number").number)
    late = replace(fact, codes={**fact.codes, "danger": True})
    notify.tell_danger(late, make.AT)
    bar(scene)
    notify.tell_danger(late, make.AT)
    assert told[0] - told[1] == {id_of(scene.desk, "colleague")}


def test_who_wrote_it_down_loses_it_too(scene: Scene) -> None:
    pk = scene.desk.report.pk
    Report.objects.filter(pk=pk).update(recorded_by=id_of(scene.desk, "colleague"))
    with pytest.raises(NotInSight):
        report_page(actor=bar(scene), report_id=pk, at=make.AT)


def test_the_queue_asks_as_often_whatever_there_is(scene: Scene) -> None:
    who = bar(scene)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            desk_page(actor=who, sieve=SIEVES["archive"], at=make.AT)
            held_reports(actor=who, at=make.AT)
        return len(found)

    asked()
    before = asked()
    for number in range(20):
        repeated(scene.desk, scene.desk.report, f"A-2699-{number:03d}")
    assert asked() == before


def test_a_head_reads_nothing_of_it_in_the_trail(scene: Scene) -> None:
    pk = scene.desk.report.pk
    seen = Fact.objects.filter(about__in=[pk, scene.case.pk]).count()
    assert seen
    rows = trail_page(actor=bar(scene, "head"), wanted=Wanted(), at=make.AT).rows
    told = {value for row in rows for _field, value, _name in row.ids}
    assert not told & {pk, scene.case.pk}


def test_who_held_it_holds_it_no_more(scene: Scene) -> None:
    bar(scene)
    fact = feed.one(Fact.objects.filter(name="cases.team_changed").latest("number").number)
    assert reactions.free_what_is_barred in wiring.REACTIONS[fact.name]
    reactions.free_what_is_barred(fact, make.AT)
    scene.repeat.refresh_from_db()
    assert scene.repeat.holder is None
    assert scene.repeat.state == State.DECIDED
    page = report_page(
        actor=fresh(scene.desk, "manager"), report_id=scene.repeat.pk, at=make.AT
    )
    assert page.hands.holder == ""


def test_sending_the_page_again_on_which_it_was_written_shows_no_code() -> None:
    place, page, wishes = room(), sheet(), Wishes(code=True)
    case = make.case()

    def sent() -> Receipt:
        told = make.told(door=Door.PHONE)
        return record_report(
            actor=place.who("writer"), sheet=page, told=told, wishes=wishes, at=make.AT
        )

    first = sent()
    assert sent().words == first.words
    Decision.objects.create(
        report=make.report_of(first), outcome=Outcome.CASE, at=make.AT, by=make.stranger(),
        case=case,
    )  # fmt: skip
    Excluded.objects.create(
        case=case, user=place.users["writer"], why=Exclusion.SURVIVOR, by=make.stranger(),
        at=make.AT,
    )  # fmt: skip
    with pytest.raises(Gone):
        sent()
