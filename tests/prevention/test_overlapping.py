"""Lines of topics overlap: whatever is subtracted from whatever, ten or nobody is left."""

from collections.abc import Iterable, Mapping
from itertools import chain, combinations, product
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruang.prevention.change import LEAST
from ruang.prevention.models import Answer, Sheet
from ruang.prevention.overlapping import Key, groups_of, shown_of
from ruang.prevention.queries.gains import _safe
from tests import make_prevention as made
from tests.prevention.test_gains import Class, seen

TOPICS = ("Batas", "Melapor", "Tubuh")
PATTERNS = tuple(frozenset(some) for size in (1, 2, 3) for some in combinations(TOPICS, size))
PROGRAMMES = (UUID(int=1), UUID(int=2))
Sets = Mapping[str, set[Key]]

SESSIONS = st.lists(
    st.tuples(
        st.sampled_from(PROGRAMMES),
        st.sets(st.integers(0, 3), max_size=2),  # who holds it
        st.lists(st.tuples(st.sampled_from(PATTERNS), st.integers(1, 25)), max_size=3),
    ),
    min_size=1,
    max_size=7,
)
Drawn = list[tuple[UUID, set[int], list[tuple[frozenset[str], int]]]]


def few(keys: Iterable[Key]) -> bool:
    return 0 < len(set(keys)) < LEAST


def unions(sets: Iterable[set[Key]]) -> list[set[Key]]:
    listed = list(sets)
    chosen = chain.from_iterable(combinations(listed, size) for size in range(len(listed) + 1))
    return [set().union(*some) for some in chosen]


def world(drawn: Drawn) -> tuple[dict[Key, dict[str, int]], dict[UUID, UUID], Sets]:
    """Who answered which topics, of which programme each session is, and who holds what."""
    pairs: dict[Key, dict[str, int]] = {}
    of: dict[UUID, UUID] = {}
    held: dict[str, set[Key]] = {}
    for programme, holders, rooms in drawn:
        session = uuid4()
        of[session] = programme
        for pattern, people in rooms:
            for _one in range(people):
                key = session, f"k{len(pairs)}"
                pairs[key] = dict.fromkeys(pattern, 1)
                for holder in holders:
                    held.setdefault(f"f{holder}", set()).add(key)
    return pairs, of, held


@given(drawn=SESSIONS)
def test_topics_and_wholes_and_all_their_unions_leave_ten_or_nobody(drawn: Drawn) -> None:
    pairs, of, _held = world(drawn)
    shown = shown_of(pairs, of)
    for programme in PROGRAMMES:
        mine = {key: topics for key, topics in shown.items() if of[key[0]] == programme}
        lines = [{key for key, topics in mine.items() if topic in topics} for topic in TOPICS]
        for one, other in product(unions([*lines, set(mine)]), repeat=2):
            assert not few(one - other)
            assert not few(one & other)


@given(drawn=SESSIONS)
def test_a_facilitators_line_and_topics_leave_ten_or_nobody(drawn: Drawn) -> None:
    pairs, of, held = world(drawn)
    shown = shown_of(pairs, of)
    by_user = {UUID(int=int(name[1:])): keys & shown.keys() for name, keys in held.items()}
    for keys in _safe(by_user, groups_of(shown, of)).values():
        for programme in PROGRAMMES:
            mine = {key: topics for key, topics in shown.items() if of[key[0]] == programme}
            lines = [{k for k, topics in mine.items() if topic in topics} for topic in TOPICS]
            for union in unions([*lines, set(mine)]):
                assert not few(union - keys)
                assert not few((keys & mine.keys()) - union)


@pytest.mark.django_db
def test_three_who_answered_only_one_topic_cannot_be_had_from_three_lines() -> None:
    """Twice the whole, less both topics, was the mean of these three."""
    room = Class()
    session = room.held(made.facilitator(room.programme))
    room.answered(session, before=False, after=True, people=15)
    alone = [f"k{number}" for number in (1, 2, 3)]
    tubuh = room.questions[0]
    for sheet in Sheet.objects.filter(pair__in=alone):
        Answer.objects.filter(sheet=sheet).exclude(question=tubuh).delete()
    [gain] = seen().programmes
    lines = {one.name: one.change and one.change.pairs for one in gain.topics}
    assert lines == {"Melapor": 12, "Tubuh": 12}
    assert gain.whole.change is not None
    assert gain.whole.change.pairs == 12
    assert seen().pairs == 12
