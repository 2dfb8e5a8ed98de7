"""RW split and merge, RT go to another RW: nobody is lost, and every RT stays somewhere."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ruang.access.actor import Actor
from ruang.access.roles import ASSIGNABLE, Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.register import commands
from ruang.register.commands import NewRw, Part
from ruang.register.models import COUNTS, CadreArea, Contact, Rt, Rw
from ruang.register.queries import place_page
from ruang.register.regrouped import Regrouped
from ruang.register.states import Ending, Kind
from tests import make, make_prevention

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = make.AT.date()
WHEN: dict[str, Any] = {"on": TODAY, "at": make.AT}
_numbers = count(10_000)


@pytest.fixture
def me() -> Actor:
    make.city()
    return make.actor(make_prevention.officer())


@pytest.fixture
def rw(me: Actor) -> Rw:
    return make_prevention.rw(rts=4, people=121)


def rts(rw: Rw) -> list[Rt]:
    return list(rw.rts.filter(ended_on=None).order_by("number"))


def free() -> int:
    """A number that neither the builders nor an earlier step have given."""
    return next(_numbers)


def test_an_rw_that_splits_keeps_the_rest(me: Actor, rw: Rw) -> None:
    one, two, three, four = rts(rw)
    number = free()
    commands.set_contact(
        actor=me, kind=Kind.RT, place_id=three.pk, name="Bu Contoh", phone="", **WHEN
    )
    cadre = make.user(None, Role.CADRE)
    CadreArea.objects.create(user=cadre, rw=rw)
    parts = [NewRw(number, [three.pk, four.pk], "Griya Contoh")]
    (pk,) = commands.split_rw(
        actor=me, rw_id=rw.pk, parts=parts, numbers={four.pk: 1}, note="Perda", **WHEN
    )
    made = Rw.objects.get(pk=pk)
    assert (made.number, made.came_from, made.since) == (number, rw, TODAY)
    assert [rt.pk for rt in rts(rw)] == [one.pk, two.pk]
    assert [(rt.pk, rt.number) for rt in rts(made)] == [(four.pk, 1), (three.pk, 3)]
    old, new = (place_page(actor=me, kind=Kind.RW, place_id=one.pk) for one in (rw, made))
    assert (old.people.total, new.people.total) == (242, 242)  # type: ignore[union-attr]
    assert (old.stands, [one.id for one in old.after]) == (True, [pk])
    assert [one.id for one in new.before] == [rw.pk]
    line = place_page(actor=me, kind=Kind.RT, place_id=four.pk).history[0]
    said = {(str(d.label), d.old, d.new) for d in line.differences}
    assert said == {("RW", str(rw.number), str(number)), ("RT", "4", "1")}
    assert line.note == "Perda"
    assert Contact.objects.get().until is None
    assert set(CadreArea.objects.values_list("rw", flat=True)) == {rw.pk, pk}
    fact = Fact.objects.order_by("-number")[0]
    assert fact.name == "register.place_changed"


def test_an_rw_whose_rt_all_go_ends(me: Actor, rw: Rw) -> None:
    one, two, three, four = rts(rw)
    venue = make_prevention.venue()
    type(venue).objects.filter(pk=venue.pk).update(rw=rw)
    commands.set_contact(actor=me, kind=Kind.RW, place_id=rw.pk, name="Pak", phone="", **WHEN)
    parts = [NewRw(rw.number, [one.pk, two.pk]), NewRw(free(), [three.pk, four.pk])]
    first, _second = commands.split_rw(actor=me, rw_id=rw.pk, parts=parts, **WHEN)
    rw.refresh_from_db()
    assert (rw.ended_on, rw.ending) == (TODAY, Ending.SPLIT)
    assert rts(rw) == []
    venue.refresh_from_db()
    assert venue.rw_id == first
    assert Contact.objects.get().until == TODAY
    assert len(place_page(actor=me, kind=Kind.RW, place_id=rw.pk).after) == 2


def test_rw_that_merge_become_one_with_all_their_rt(me: Actor, rw: Rw) -> None:
    other = make_prevention.rw(rts=2, people=60)
    numbers = {rt.pk: 10 + rt.number for rt in rts(other)}
    pk = commands.merge_rws(
        actor=me, rw_id=rw.pk, others=[other.pk], number=rw.number, numbers=numbers, **WHEN
    )
    made = Rw.objects.get(pk=pk)
    assert [rt.number for rt in rts(made)] == [1, 2, 3, 4, 11, 12]
    for one in (rw, other):
        one.refresh_from_db()
        assert (one.ended_on, one.ending, one.went_into) == (TODAY, Ending.MERGED, made)
        assert place_page(actor=me, kind=Kind.RW, place_id=one.pk).after[0].id == pk
    page = place_page(actor=me, kind=Kind.RW, place_id=pk)
    assert {linked.id for linked in page.before} == {rw.pk, other.pk}
    assert page.people is not None
    assert page.people.total == 4 * 121 + 2 * 60


def test_an_rt_goes_to_another_rw(me: Actor, rw: Rw) -> None:
    other = make_prevention.rw(rts=2, people=60)
    four = rts(rw)[3]
    commands.move_rt(actor=me, rt_id=four.pk, rw_id=other.pk, number=3, **WHEN)
    four.refresh_from_db()
    assert (four.rw, four.number, four.people) == (other, 3, 121)


def stranger(rw: Rw) -> Rw:
    return make_prevention.rw("36.73.01.1001")


Act = Callable[[Actor, Rw, list[Rt]], object]
WRONG: list[tuple[str, Act]] = [
    ("which is no split", lambda me, rw, rt: commands.split_rw(
        actor=me, rw_id=rw.pk, parts=[NewRw(free(), [one.pk for one in rt])], **WHEN)),
    ("at least one", lambda me, rw, rt: commands.split_rw(
        actor=me, rw_id=rw.pk, parts=[], **WHEN)),
    ("at least one", lambda me, rw, rt: commands.split_rw(
        actor=me, rw_id=rw.pk, parts=[NewRw(free(), [])], **WHEN)),
    ("same number", lambda me, rw, rt: commands.split_rw(
        actor=me, rw_id=rw.pk,
        parts=[NewRw(900, [rt[0].pk]), NewRw(900, [rt[1].pk])], **WHEN)),
    ("Choose again which RT", lambda me, rw, rt: commands.split_rw(
        actor=me, rw_id=rw.pk,
        parts=[NewRw(900, [rt[0].pk]), NewRw(901, [rt[0].pk])], **WHEN)),
    ("Choose again which RT", lambda me, rw, rt: commands.split_rw(
        actor=me, rw_id=rw.pk, parts=[NewRw(900, [make.stranger()])], **WHEN)),
    ("in this kelurahan already", lambda me, rw, rt: commands.split_rw(
        actor=me, rw_id=rw.pk, parts=[NewRw(rw.number, [rt[0].pk])], **WHEN)),
    ("would have the number 2", lambda me, rw, rt: commands.split_rw(
        actor=me, rw_id=rw.pk, parts=[NewRw(900, [rt[0].pk, rt[1].pk])],
        numbers={rt[0].pk: 2}, **WHEN)),
    ("lies ahead", lambda me, rw, rt: commands.split_rw(
        actor=me, rw_id=rw.pk, parts=[NewRw(900, [rt[0].pk])], at=make.AT,
        on=TODAY + timedelta(days=1))),
    ("before this place", lambda me, rw, rt: commands.split_rw(
        actor=me, rw_id=rw.pk, parts=[NewRw(900, [rt[0].pk])], at=make.AT,
        on=TODAY - timedelta(days=999))),
    ("one more RW", lambda me, rw, rt: commands.merge_rws(
        actor=me, rw_id=rw.pk, others=[rw.pk], number=900, **WHEN)),
    ("of one kelurahan", lambda me, rw, rt: commands.merge_rws(
        actor=me, rw_id=rw.pk, others=[stranger(rw).pk], number=900, **WHEN)),
    ("would have the number 1", lambda me, rw, rt: commands.merge_rws(
        actor=me, rw_id=rw.pk, others=[make_prevention.rw().pk], number=900, **WHEN)),
    ("in this kelurahan already", lambda me, rw, rt: commands.merge_rws(
        actor=me, rw_id=rw.pk, others=[make_prevention.rw(rts=0).pk],
        number=make_prevention.rw().number, **WHEN)),
    ("stays in its kelurahan", lambda me, rw, rt: commands.move_rt(
        actor=me, rt_id=rt[0].pk, rw_id=stranger(rw).pk, number=9, **WHEN)),
    ("in this RW already", lambda me, rw, rt: commands.move_rt(
        actor=me, rt_id=rt[0].pk, rw_id=rw.pk, number=9, **WHEN)),
    ("RT 1 in this RW", lambda me, rw, rt: commands.move_rt(
        actor=me, rt_id=rt[0].pk, rw_id=make_prevention.rw().pk, number=1, **WHEN)),
]  # fmt: skip


@pytest.mark.parametrize("which", range(len(WRONG)))
def test_what_cannot_be_is_refused_in_words(me: Actor, rw: Rw, which: int) -> None:
    words, act = WRONG[which]
    before = list(Rt.objects.filter(rw=rw).order_by("pk").values())
    with pytest.raises(Refused, match=words):
        act(me, rw, rts(rw))
    assert list(Rt.objects.filter(rw=rw).order_by("pk").values()) == before
    rw.refresh_from_db()
    assert rw.ended_on is None


ACTS: dict[str, Act] = {
    "split": lambda me, rw, rt: commands.split_rw(
        actor=me, rw_id=rw.pk, parts=[NewRw(free(), [rt[0].pk])], **WHEN),
    "merge": lambda me, rw, rt: commands.merge_rws(
        actor=me, rw_id=rw.pk, others=[make_prevention.rw(rts=0).pk], number=free(), **WHEN),
    "move": lambda me, rw, rt: commands.move_rt(
        actor=me, rt_id=rt[0].pk, rw_id=make_prevention.rw(rts=0).pk, number=1, **WHEN),
}  # fmt: skip
KEEPERS = {Role.PREVENTION_OFFICER}


def ended(me: Actor, rw: Rw, what: str) -> None:
    """Bring an RW into one of the states in which it can be no more."""
    own = rts(rw)
    if what == "split":
        parts = [NewRw(free(), [own[0].pk]), NewRw(free(), [one.pk for one in own[1:]])]
        commands.split_rw(actor=me, rw_id=rw.pk, parts=parts, **WHEN)
    elif what == "merged":
        other = make_prevention.rw(rts=0).pk
        commands.merge_rws(actor=me, rw_id=rw.pk, others=[other], number=free(), **WHEN)
    else:
        for one in own:
            commands.end_place(
                actor=me, kind=Kind.RT, place_id=one.pk, why=Ending.CLOSED, **WHEN
            )
        commands.end_place(actor=me, kind=Kind.RW, place_id=rw.pk, why=Ending.CLOSED, **WHEN)


@pytest.mark.parametrize("role", sorted(ASSIGNABLE))
@pytest.mark.parametrize("step", ACTS)
def test_only_who_keeps_the_register_regroups(me: Actor, rw: Rw, role: Role, step: str) -> None:
    actor = make.actor(make.user(make.organisation(), role))
    if role in KEEPERS:
        ACTS[step](actor, rw, rts(rw))
        return
    with pytest.raises((PermissionDenied, NotInSight)):
        ACTS[step](actor, rw, rts(rw))


@pytest.mark.parametrize("what", ["split", "merged", "closed"])
def test_an_rw_that_ended_takes_no_step(me: Actor, rw: Rw, what: str) -> None:
    one = rts(rw)[0]
    ended(me, rw, what)
    gone = make_prevention.rw(rts=1)
    for act in (
        lambda: commands.split_rw(
            actor=me, rw_id=rw.pk, parts=[NewRw(free(), [one.pk])], **WHEN),
        lambda: commands.merge_rws(
            actor=me, rw_id=gone.pk, others=[rw.pk], number=free(), **WHEN),
        lambda: commands.move_rt(
            actor=me, rt_id=rts(gone)[0].pk, rw_id=rw.pk, number=77, **WHEN),
    ):  # fmt: skip
        with pytest.raises(Refused, match="has ended"):
            act()


def columns(row: Any) -> Counter[str]:
    return Counter({name: getattr(row, name) for name in ("people", "households", *COUNTS)})


def living() -> Counter[str]:
    rows = Rt.objects.filter(ended_on=None)
    return sum((columns(row) for row in rows), Counter[str]())


STEPS = st.lists(
    st.tuples(st.sampled_from(["split", "merge", "move"]), st.integers(0, 999)),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_whatever_is_regrouped_nobody_is_lost(me: Actor, steps: list[tuple[str, int]]) -> None:
    Rt.objects.all().delete()
    Rw.objects.update(came_from=None, went_into=None)
    Rw.objects.all().delete()
    for people in (101, 77, 0):
        built(me, people)
    everybody, all_rts = living(), set(Rt.objects.values_list("pk", flat=True))
    for step, seed in steps:
        _at_random(me, step, seed)
        assert living() == everybody
        standing = Rt.objects.filter(ended_on=None)
        assert set(standing.values_list("pk", flat=True)) == all_rts
        assert not standing.exclude(rw__ended_on=None).exists()
        alive = list(Rw.objects.filter(ended_on=None).values_list("village", "number"))
        assert len(alive) == len(set(alive))


def built(me: Actor, people: int) -> None:
    """An RW with three RT, without taking a number of the builders: there are many examples."""
    rw = commands.add_rw(
        actor=me, village=make_prevention.VILLAGE, number=free(), **WHEN
    )  # fmt: skip
    counted = commands.Counted(people // 4, {COUNTS[people % 12]: people})
    for number in (1, 2, 3):
        commands.add_rt(actor=me, rw_id=rw, number=number, counted=counted, **WHEN)


def _at_random(me: Actor, step: str, seed: int) -> None:
    alive = list(Rw.objects.filter(ended_on=None).order_by("number"))
    rw, other = alive[seed % len(alive)], alive[(seed // 7) % len(alive)]
    own = rts(rw)
    try:
        if step == "split":
            cut = seed % (len(own) + 1)
            parts = [NewRw(free(), [one.pk for one in own[:cut]])]
            if seed % 2:
                parts.append(NewRw(rw.number, [one.pk for one in own[cut:]]))
            commands.split_rw(actor=me, rw_id=rw.pk, parts=parts, **WHEN)
        elif step == "merge":
            both = [*own, *rts(other)]
            numbers = {one.pk: place for place, one in enumerate(both, start=1)}
            commands.merge_rws(
                actor=me, rw_id=rw.pk, others=[other.pk], number=other.number,
                numbers=numbers, **WHEN,
            )  # fmt: skip
        elif own:
            commands.move_rt(
                actor=me, rt_id=own[seed % len(own)].pk, rw_id=other.pk, number=seed % 9 + 1,
                **WHEN,
            )  # fmt: skip
    except Refused:
        return


def test_a_list_is_told_of_an_rt_that_stands_and_of_no_other(me: Actor, rw: Rw) -> None:
    """An RT that went elsewhere and ended there is not named as what it would be now."""
    one, two, three, four = rts(rw)
    other = make_prevention.rw(rts=0)
    for rt, number in ((one, 51), (two, 52), (three, 53), (four, 54)):
        commands.move_rt(actor=me, rt_id=rt.pk, rw_id=other.pk, number=number, **WHEN)
    commands.end_place(actor=me, kind=Kind.RT, place_id=one.pk, why=Ending.MISTAKE, **WHEN)
    commands.merge_rts(actor=me, rt_id=two.pk, others=[three.pk], number=60, **WHEN)
    parts = [Part(71), Part(72)]
    commands.split_rt(actor=me, rt_id=four.pk, parts=parts, **WHEN)
    told = Regrouped(Kind.RT, [rw.village_id], me).rts
    now = f"RW {other.number:02}, RT 60"
    assert told == {
        (rw.village_id, rw.number, two.number): now,
        (rw.village_id, rw.number, three.number): now,
        (rw.village_id, rw.number, four.number): (
            f"RW {other.number:02}, RT 71; RW {other.number:02}, RT 72"
        ),
    }
