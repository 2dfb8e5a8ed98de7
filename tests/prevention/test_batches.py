"""Two looks at the page differ by nothing or by ten: in every line, in every union of lines."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations, product
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ruang.access.roles import Role
from ruang.prevention.batches import closed, month_of, within
from ruang.prevention.change import LEAST
from ruang.prevention.models import Answer, Attendance, Session, Sheet
from ruang.prevention.overlapping import Key
from ruang.prevention.queries.gains import Outcome, _safe, outcome
from ruang.register.states import Band, Sex
from tests import make
from tests import make_prevention as made
from tests.prevention.test_gains import HELD, Class

TOPICS = ("Batas", "Melapor", "Tubuh")
PATTERNS = tuple(frozenset(some) for size in (1, 2, 3) for some in combinations(TOPICS, size))
PROGRAMMES = (UUID(int=1), UUID(int=2))
USERS = tuple(UUID(int=n) for n in range(4))
MONTHS = 30
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

LOGS = st.lists(
    st.tuples(
        st.integers(0, MONTHS - 1),  # month of the log, or of a late sheet
        st.sampled_from(PROGRAMMES),
        st.sets(st.sampled_from(USERS), max_size=2),  # who holds it
        st.sampled_from(PATTERNS),
        st.integers(1, 25),
    ),
    max_size=25,
)
Logs = list[tuple[int, UUID, set[UUID], frozenset[str], int]]
Lines = dict[str, set[Key]]
Seen = tuple[Lines, Lines]


def few(keys: Iterable[Key]) -> bool:
    return 0 < len(set(keys)) < LEAST


def unions(sets: Iterable[set[Key]]) -> list[set[Key]]:
    listed = list(sets)
    chosen = chain.from_iterable(combinations(listed, size) for size in range(len(listed) + 1))
    return [set().union(*some) for some in chosen]


def seen(logs: Logs, month: int) -> Seen:
    """The lines of the page in a month: programmes and topics; and facilitators."""
    came: dict[Key, int] = {}
    alike: dict[Key, tuple[UUID, frozenset[str]]] = {}
    held: dict[UUID, set[Key]] = {user: set() for user in USERS}
    for n, (logged, programme, holders, pattern, people) in enumerate(logs):
        if logged >= month:
            continue  # nobody knows of it yet
        for one in range(people):
            key = UUID(int=100 + n), f"k{one}"
            came[key], alike[key] = logged, (programme, pattern)
            for user in holders:
                held[user].add(key)
    groups = within(closed(came, alike), month - 12, month)
    shown = set().union(*groups)
    lines = {
        f"{programme} {topic}": {
            key for key in shown
            if alike[key][0] == programme and (not topic or topic in alike[key][1])
        }
        for programme in PROGRAMMES for topic in ("", *TOPICS)
    }  # fmt: skip
    safe = _safe({user: keys & shown for user, keys in held.items()}, groups)
    return lines, {str(user): set(keys) for user, keys in safe.items()}


@QUIET
@given(logs=LOGS, first=st.integers(12, MONTHS), later=st.integers(0, MONTHS))
def test_two_publications_differ_by_nothing_or_by_ten(
    logs: Logs, first: int, later: int
) -> None:
    one, other = seen(logs, first), seen(logs, first + later)
    for line, keys in one[0].items():
        assert not few(keys - other[0][line])
        assert not few(other[0][line] - keys)
    for user in one[1].keys() & other[1].keys():
        assert not few(one[1][user] - other[1][user])
        assert not few(other[1][user] - one[1][user])


@QUIET
@given(logs=LOGS, first=st.integers(12, MONTHS), later=st.integers(1, 14))
def test_nor_do_unions_of_lines_of_two_months(logs: Logs, first: int, later: int) -> None:
    looks = [seen(logs, month)[0] for month in (first, first + later)]
    for programme in PROGRAMMES:
        mine = [keys for lines in looks for name, keys in lines.items()
                if name.startswith(str(programme))]  # fmt: skip
        for left, right in product(unions(mine[:4]), unions(mine[4:])):
            assert not few(left - right)
            assert not few(right - left)
            assert not few(left & right)


@QUIET
@given(logs=LOGS, first=st.integers(12, MONTHS), later=st.integers(0, 14))
def test_a_facilitators_line_of_one_month_and_lines_of_another_leave_ten_or_nobody(
    logs: Logs, first: int, later: int
) -> None:
    (_lines, own), (lines, _own) = seen(logs, first), seen(logs, first + later)
    for keys in own.values():
        for programme in PROGRAMMES:
            whole = lines[f"{programme} "]
            mine = {key for key in keys if key in whole}
            assert not few(whole - keys)
            for topic in TOPICS:
                line = lines[f"{programme} {topic}"]
                assert not few(mine & line)
                assert not few(line - keys)


@QUIET
@given(logs=LOGS, month=st.integers(1, MONTHS))
def test_what_comes_later_never_changes_what_was_closed(logs: Logs, month: int) -> None:
    came = {(UUID(int=n), f"{one}"): log[0] for n, log in enumerate(logs)
            for one in range(log[4])}  # fmt: skip
    alike = {key: logs[key[0].int][1] for key in came}
    known = {key: logged for key, logged in came.items() if logged < month}
    found = {batch for batch in closed(came, alike) if batch.closed < month}
    assert found == set(closed(known, alike))


@QUIET
@given(logs=LOGS)
def test_every_batch_is_of_ten_alike_and_of_one_year_and_nobody_is_in_two(logs: Logs) -> None:
    came = {(UUID(int=n), f"{one}"): log[0] for n, log in enumerate(logs)
            for one in range(log[4])}  # fmt: skip
    alike = {key: logs[key[0].int][1] for key in came}
    found = closed(came, alike)
    for batch in found:
        assert len(batch.keys) >= LEAST
        assert len({alike[key] for key in batch.keys}) == 1
        assert {came[key] // 12 for key in batch.keys} == {batch.closed // 12}
        assert max(came[key] for key in batch.keys) == batch.closed
    assert sum(len(batch.keys) for batch in found) == len(
        set().union(*(batch.keys for batch in found))
    )


def pairs_of(pages: list[Outcome]) -> list[list[int | None]]:
    return [
        [one.whole.change and one.whole.change.pairs for one in page.programmes]
        for page in pages
    ]


@pytest.mark.django_db
def test_a_lone_late_log_in_a_month_waits_for_ten() -> None:
    """The case that was open: of three people of a small programme, between two looks."""
    room = Class()
    head = make.actor(make.user(role=Role.HEAD))
    year = datetime(make.AT.year + 1, 1, 15, 3, tzinfo=UTC)
    pages = []
    for n, people in enumerate((12, 3, 4, 5, 1)):
        session = room.held()
        logged = datetime(year.year, n + 1, 10, 3, tzinfo=UTC)
        Session.objects.filter(pk=session.pk).update(over_at=logged)
        room.answered(session, before=n == 1, after=True, people=people)
        pages.append(outcome(actor=head, at=datetime(year.year, n + 2, 2, tzinfo=UTC)))
    assert pairs_of(pages) == [[10], [10], [10], [25], [25]]
    changes = [page.programmes[0].whole.change for page in pages]
    assert changes[0] == changes[1] == changes[2]
    assert changes[3] == changes[4]


@pytest.mark.django_db
def test_a_sheet_that_comes_after_its_log_counts_with_the_month_it_came_in() -> None:
    room = Class()
    head, officer = make.actor(make.user(role=Role.HEAD)), make.actor(made.officer())
    session = room.held()
    room.answered(session, before=False, after=True, people=12)
    still = outcome(actor=head, at=make.AT)
    room.answered(session, before=False, after=False, people=2)
    Sheet.objects.filter(pair__in=["k13", "k14"]).update(month=make.AT.date().replace(day=1))
    assert outcome(actor=head, at=make.AT) == still
    assert outcome(actor=officer, at=make.AT).pairs == 14
    later = outcome(actor=head, at=make.AT + timedelta(days=31))
    assert later.programmes == still.programmes, "two are not enough for a batch"
    assert Answer.objects.count() == 14 * 4


@pytest.mark.django_db
def test_who_came_in_a_month_with_few_is_shown_with_the_next() -> None:
    room = Class()
    head = make.actor(make.user(role=Role.HEAD))
    year = make.AT.year + 1
    people = []
    for n, each in enumerate((20, 4, 30)):
        session = room.held()
        logged = datetime(year, n + 1, 10, 3, tzinfo=UTC)
        Session.objects.filter(pk=session.pk).update(over_at=logged)
        cells = [(sex, band) for sex in Sex for band in Band] if each > 4 else [
            (Sex.MALE, Band.ELDER)
        ]  # fmt: skip
        for sex, band in cells:
            Attendance.objects.create(session=session, sex=sex, band=band, people=each)
        page = outcome(actor=head, at=datetime(year, n + 2, 2, tzinfo=UTC))
        people.append(page.attended.people)
    assert people == [240, 240, 605]


def test_a_month_is_a_number() -> None:
    assert month_of(HELD) + 12 == month_of(HELD.replace(year=HELD.year + 1))
    assert month_of(datetime(2026, 12, 31, tzinfo=UTC)) + 1 == month_of(
        datetime(2027, 1, 1, tzinfo=UTC)
    )
