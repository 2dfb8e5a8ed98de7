"""R-12: five editors at once. No acknowledged change of a field disappears unseen.

Each editor has a page open, changes some answers in it and saves, in any order. An editor who
is shown a conflict takes, for each field, one answer or the other, and saves again. A change
that was acknowledged may only be gone if somebody who replaced it had it before her eyes.
"""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from ruang.dossier.values import differing, mine_to_save, with_changes

FIELDS = ("name", "alias", "phone", "address")


@dataclass
class Page:
    """What one editor has before her: the version, the answers, and what she typed."""

    version: int
    shown: dict[str, str]
    typed: dict[str, str] = field(default_factory=dict)


class Room:
    """The record with its versions, and five pages on it."""

    def __init__(self) -> None:
        self.versions: list[dict[str, str]] = [{"name": "Melati"}]
        self.pages = [self.fresh() for _ in range(5)]
        self.seen: list[tuple[str, str]] = []

    def fresh(self) -> Page:
        return Page(len(self.versions), dict(self.versions[-1]))

    def save(self, who: int, takes: str) -> None:
        page = self.pages[who]
        form = {name: page.shown.get(name, "") for name in FIELDS} | page.typed
        base, theirs = self.versions[page.version - 1], self.versions[-1]
        changes, clashes = mine_to_save(base=base, theirs=theirs, mine=form)
        if clashes:
            merged = with_changes(theirs, changes)
            kept = {n: str(merged.get(n, "")) for n in FIELDS}
            if takes == "theirs":
                kept |= {name: theirs.get(name, "") for name in clashes}
            now = Page(len(self.versions), {n: theirs.get(n, "") for n in FIELDS}, kept)
            self.pages[who] = now
            return
        after = {name: str(value) for name, value in with_changes(theirs, changes).items()}
        for name in differing(theirs, after):
            # whoever replaces an answer had exactly that answer before her
            assert page.shown.get(name, "") == theirs.get(name, ""), name
        for name, value in page.typed.items():
            if value != base.get(name, ""):  # typing what stood there changes nothing
                assert after.get(name, "") == value, "what she saved is there"
        if differing(theirs, after):
            self.versions.append(after)
        self.pages[who] = self.fresh()


steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("type"), st.integers(0, 4), st.sampled_from(FIELDS),
            st.text("abc", max_size=2),
        ),
        st.tuples(st.just("save"), st.integers(0, 4), st.sampled_from(["mine", "theirs"])),
        st.tuples(st.just("reload"), st.integers(0, 4)),
    ),
    max_size=60,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(steps)
def test_no_change_disappears_unseen(done: list[tuple[object, ...]]) -> None:
    room = Room()
    for what, who, *more in done:
        match what:
            case "type":
                room.pages[who].typed[more[0]] = more[1]  # type: ignore[index]
            case "save":
                room.save(who, str(more[0]))  # type: ignore[arg-type]
            case _:
                room.pages[who] = room.fresh()  # type: ignore[call-overload]
