"""What tests before and after say: paired, never below ten, and no line that gives one away."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import Role
from ruang.identity.models import Organisation
from ruang.prevention.models import (
    Answer,
    Attendance,
    Facilitator,
    Programme,
    Question,
    Session,
    Sheet,
)
from ruang.prevention.queries.gains import Outcome, outcome
from ruang.prevention.states import Phase, State
from ruang.register.states import Band, Sex
from ruang.territory.facts import city_facts
from ruang.territory.models import City
from tests import make
from tests import make_prevention as made

pytestmark = pytest.mark.django_db
HELD = make.AT - timedelta(days=60)


class Class:
    """A programme with two topics, and sessions at which people answer."""

    def __init__(self, name: str = "Batas") -> None:
        if not City.objects.exists():
            make.city()
        self.programme: Programme = made.programme(name=name)
        self.questions = [
            Question.objects.create(
                programme=self.programme,
                topic=topic,
                text="Benar?",
                choices=["a", "b"],
                right=0,
            )
            for topic in ("Tubuh", "Melapor")
        ]
        self.people = 0

    def held(self, *by: Facilitator, days: int = 0) -> Session:
        begins = HELD + timedelta(days=days)
        return made.session(
            self.programme, made.rw(), by=by, starts_at=begins, state=State.HELD,
            over_at=begins, over_by=make.stranger(),
        )  # fmt: skip

    def answered(
        self, session: Session, before: bool | None, after: bool | None, people: int = 1
    ) -> None:
        """Everybody says the same to both questions; None leaves the sheet out."""
        for _one in range(people):
            self.people += 1
            for phase, is_right in ((Phase.BEFORE, before), (Phase.AFTER, after)):
                if is_right is None:
                    continue
                sheet = Sheet.objects.create(
                    session=session, pair=f"k{self.people}", phase=phase
                )
                Answer.objects.bulk_create(
                    Answer(sheet=sheet, question=one, choice=0, is_right=is_right)
                    for one in self.questions
                )


def seen(actor: Actor = SYSTEM) -> Outcome:
    return outcome(actor=actor, at=make.AT)


def test_only_who_answered_twice_counts_and_ten_are_needed() -> None:
    room = Class()
    session = room.held()
    room.answered(session, before=False, after=True, people=9)
    room.answered(session, before=None, after=True, people=30)
    page = seen()
    assert page.pairs is None
    assert [one.whole.change for one in page.programmes] == [None]

    room.answered(session, before=True, after=True)
    page = seen()
    assert page.pairs == 10
    [gain] = page.programmes
    assert gain.whole.change is not None
    assert (gain.whole.change.before, gain.whole.change.after) == (10, 100)
    assert gain.whole.change.points == 90
    assert [topic.name for topic in gain.topics] == ["Melapor", "Tubuh"]


def test_the_running_month_and_sessions_that_were_not_held_do_not_count() -> None:
    room = Class()
    room.answered(room.held(days=45), before=False, after=True, people=12)
    planned = room.held()
    room.answered(planned, before=False, after=True, people=12)
    Session.objects.filter(pk=planned.pk).update(
        state=State.PLANNED, over_at=None, over_by=None
    )
    assert seen().programmes == ()


def test_facilitators_stand_by_name_and_no_line_leaves_a_small_rest() -> None:
    room = Class()
    people = [made.facilitator(room.programme) for _one in range(3)]
    for facilitator, pairs in zip(people, (14, 11, 10), strict=True):
        room.answered(room.held(facilitator), before=False, after=True, people=pairs)
    names = [facilitator.user.name for facilitator in people]

    def lines(actor: Actor = SYSTEM) -> list[tuple[str, int | None]]:
        found = seen(actor).facilitators
        return [(one.name, one.change.pairs if one.change else None) for one in found]

    assert lines() == list(zip(names, (14, 11, 10), strict=True))
    alone = make.actor(people[2].user)
    assert seen(alone).is_own
    assert lines(alone) == [(names[2], 10)]
    office = Organisation.objects.get(pk=city_facts().intake_desk)
    assert not seen(make.actor(make.user(office, Role.HEAD))).is_own
    assert lines(make.actor(make.user(role=Role.HEAD))) == [], (
        "a partner's head compares nobody"
    )

    Sheet.objects.filter(pair=f"k{room.people}").delete()
    assert lines() == [(names[0], 14), (names[1], None), (names[2], None)], (
        "nine are left, and all less two lines would give them away"
    )
    assert lines(alone) == [(names[2], None)]


def shown_of(page: Outcome) -> dict[str, int | None]:
    return {one.name: one.change.pairs if one.change else None for one in page.facilitators}


def test_no_line_leaves_a_small_part_of_a_programme() -> None:
    """Thirteen in a programme less ten of hers are three people of somebody else."""
    here, there = Class(), Class(name="Pubertas")
    ani, budi = made.facilitator(here.programme), made.facilitator(here.programme)
    here.answered(here.held(ani), before=False, after=True, people=10)
    here.answered(here.held(budi), before=False, after=False, people=3)
    there.answered(there.held(budi), before=False, after=True, people=50)
    page = seen()
    assert [one.whole.change and one.whole.change.pairs for one in page.programmes] == [13, 50]
    assert shown_of(page) == {ani.user.name: None, budi.user.name: 50}, (
        "of the first programme nothing is in any line"
    )


def test_all_lines_together_leave_no_small_part_of_a_programme() -> None:
    here, there = Class(), Class(name="Pubertas")
    ani, budi, citra = (made.facilitator(here.programme) for _one in range(3))
    for facilitator, pairs in ((ani, 14), (budi, 11), (citra, 9)):
        here.answered(here.held(facilitator), before=False, after=True, people=pairs)
    there.answered(there.held(citra), before=False, after=True, people=20)
    assert shown_of(seen()) == {
        ani.user.name: 14, budi.user.name: None, citra.user.name: 20,
    }  # fmt: skip


def test_no_line_is_another_less_a_few() -> None:
    """Who holds which session is known: her line less his is the three she held alone."""
    room = Class()
    ani, budi, citra = (made.facilitator(room.programme) for _one in range(3))
    room.answered(room.held(ani, budi), before=False, after=True, people=20)
    room.answered(room.held(ani), before=False, after=False, people=3)
    room.answered(room.held(citra), before=False, after=True, people=10)
    assert shown_of(seen()) == {
        ani.user.name: 23, budi.user.name: None, citra.user.name: 10,
    }  # fmt: skip


def test_people_of_a_hidden_programme_are_in_no_sum() -> None:
    here, there = Class(), Class(name="Pubertas")
    here.answered(here.held(), before=False, after=True, people=12)
    there.answered(there.held(), before=False, after=True, people=7)
    page = seen()
    assert [one.whole.change is None for one in page.programmes] == [False, True]
    assert page.pairs == 12


def test_a_log_that_comes_late_cannot_be_read_off_the_difference() -> None:
    room = Class()
    ani = made.facilitator(room.programme)
    head = make.actor(make.user(role=Role.HEAD))
    officer = make.actor(made.officer())

    def came(session: Session, people: int) -> None:
        for sex in Sex:
            for band in Band:
                Attendance.objects.create(
                    session=session, sex=sex, band=band, people=people, first_time=people
                )

    def counts(page: Outcome) -> list[int]:
        cells = [cell.count for _band, row in page.attended.rows for cell in row]
        pairs = [one.whole.change and one.whole.change.pairs for one in page.programmes]
        lines = [one.change and one.change.pairs for one in page.facilitators]
        known = (*cells, *(page.attended.sums or ()), *pairs, *lines, page.pairs,
                 page.attended.people, page.attended.first_time)  # fmt: skip
        return [one for one in known if one is not None]

    first = room.held(ani)
    came(first, 21)
    room.answered(first, before=False, after=True, people=21)
    assert seen(officer).attended.people == 21 * 12
    before = counts(seen(head))
    late = room.held(ani)
    came(late, 1)
    room.answered(late, before=True, after=True)
    Session.objects.filter(pk=late.pk).update(over_at=make.AT)
    assert counts(seen(head)) == before, "it was logged this month"
    Session.objects.filter(pk=late.pk).update(over_at=HELD)
    exact, after = seen(officer), seen(head)
    assert (exact.is_rounded, after.is_rounded) == (False, True)
    assert exact.attended.people == 22 * 12
    assert exact.pairs == 22
    assert all(one % 5 == 0 for one in (*before, *counts(after)))
    assert counts(after)[:12] == before[:12] == [20] * 12
    assert after.pairs == 20


def test_a_page_stands_still_in_a_month_and_shows_a_late_log_in_the_next() -> None:
    room = Class()
    head, officer = make.actor(make.user(role=Role.HEAD)), make.actor(made.officer())
    room.answered(room.held(), before=False, after=True, people=12)
    still = seen(head)
    late = room.held(days=1)
    room.answered(late, before=True, after=True, people=12)
    Session.objects.filter(pk=late.pk).update(over_at=make.AT - timedelta(hours=1))
    assert seen(head) == still
    assert seen(officer).pairs == 24
    later = outcome(actor=head, at=make.AT + timedelta(days=31))
    assert (still.pairs, later.pairs) == (10, 25)


def test_the_database_counts_the_answers() -> None:
    room = Class()
    room.answered(room.held(), before=False, after=True, people=12)
    with CaptureQueriesContext(connection) as asked:
        seen()
    of_answers = [one["sql"] for one in asked if "prevention_answer" in one["sql"]]
    assert of_answers
    assert all("GROUP BY" in sql for sql in of_answers)


def test_a_topic_of_few_counts_in_no_sum_that_could_give_it_back() -> None:
    room = Class()
    session = room.held(made.facilitator(room.programme))
    room.answered(session, before=False, after=True, people=12)
    late = Question.objects.create(
        programme=room.programme, topic="Baru", text="Benar?", choices=["a", "b"], right=0
    )
    for sheet in Sheet.objects.filter(pair__in=["k1", "k2", "k3"]):
        Answer.objects.create(sheet=sheet, question=late, choice=1, is_right=False)
    page = seen()
    [gain] = page.programmes
    assert [(one.name, one.change is None) for one in gain.topics] == [
        ("Baru", True), ("Melapor", False), ("Tubuh", False),
    ]  # fmt: skip
    assert gain.whole.change is not None
    assert gain.whole.change.after == 100
    [line] = page.facilitators
    assert line.change == gain.whole.change


def test_who_came_is_shown_without_a_small_number() -> None:
    room = Class()
    session = room.held()
    for band, people in ((Band.TEEN, 3), (Band.YOUNG, 20), (Band.ADULT, 40), (Band.ELDER, 30)):
        for sex in Sex:
            Attendance.objects.create(
                session=session, sex=sex, band=band, people=people, first_time=people // 2
            )
    attended = seen().attended
    rows = {band: [cell.count for cell in cells] for band, cells in attended.rows}
    assert rows[Band.TEEN] == rows[Band.TODDLER] == [None, None]
    assert rows[Band.ADULT] == [40, 40]
    assert rows[Band.YOUNG] == [None, None]
    assert attended.sums == (93, 93)
    assert (attended.people, attended.first_time) == (186, 92)
    assert attended.with_disability is None


def test_a_late_log_helps_no_few_over_ten_before_its_month() -> None:
    """Who answered one topic alone is of ten only once all ten are in what counts."""
    room = Class()
    head, officer = make.actor(make.user(role=Role.HEAD)), make.actor(made.officer())
    first, late = room.held(), room.held(days=1)
    room.answered(first, before=False, after=True, people=12)
    room.answered(first, before=True, after=True, people=6)
    still = seen(head)
    room.answered(late, before=True, after=True, people=6)
    alone = [f"k{number}" for number in range(13, 25)]
    Answer.objects.filter(sheet__pair__in=alone, question=room.questions[0]).delete()
    Session.objects.filter(pk=late.pk).update(over_at=make.AT - timedelta(hours=1))
    now, next_month = seen(head), outcome(actor=head, at=make.AT + timedelta(days=31))
    of = [[one.whole.change, *(topic.change for topic in one.topics)]
          for page in (now, next_month) for one in page.programmes]  # fmt: skip
    pairs = [[change and change.pairs for change in lines] for lines in of]
    assert pairs == [[10, 10, 10], [25, 25, 10]], "six are in no line of this month"
    assert (still.pairs, now.pairs, next_month.pairs) == (20, 10, 25)
    assert seen(officer).pairs == 24
    for lines in of:
        for change in filter(None, lines):
            assert {change.before % 10, change.after % 10, change.points % 10} == {0}
