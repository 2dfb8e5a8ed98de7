"""Topics of a programme overlap: who answered two counts in both lines, and once in the whole.

So lines can be subtracted, unions of them too, and the whole besides: what is left are those
who answered just these topics and no others. Therefore somebody counts only if ten answered the
very same topics; every line is a union of such groups, and so is whatever is left of one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from ruang.prevention.change import LEAST

Answered = TypeVar("Answered")
Key = tuple[UUID, str]
"""Session and code of a pair of sheets."""


def shown_of(
    pairs: Mapping[Key, Mapping[str, Answered]], of: Mapping[UUID, UUID]
) -> Mapping[Key, Mapping[str, Answered]]:
    """Return who counts, with the topics in which she counts.

    First topics that fewer than ten answered go, programme by programme; then whoever answered
    what fewer than ten answered together. What is hidden counts in nothing else either.

    :param of: the programme of each session
    """
    counted = Counter((of[key[0]], topic) for key, topics in pairs.items() for topic in topics)
    kept = {
        key: {
            topic: both for topic, both in topics.items() if counted[of[key[0]], topic] >= LEAST
        }
        for key, topics in pairs.items()
    }
    alike = Counter((of[key[0]], frozenset(topics)) for key, topics in kept.items())
    return {
        key: topics
        for key, topics in kept.items()
        if topics and alike[of[key[0]], frozenset(topics)] >= LEAST
    }


def groups_of(
    shown: Mapping[Key, Mapping[str, Answered]], of: Mapping[UUID, UUID]
) -> list[set[Key]]:
    """Return those who answered the same topics of the same programme, group by group."""
    found: dict[tuple[UUID, frozenset[str]], set[Key]] = defaultdict(set)
    for key, topics in shown.items():
        found[of[key[0]], frozenset(topics)].add(key)
    return list(found.values())
