"""Places change over time: they are corrected, split, merged and ended, and nothing is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import ASSIGNABLE, Role
from ruang.access.sight import NotInSight
from ruang.kernel.errors import Refused
from ruang.register import commands
from ruang.register.models import COUNTS, Contact, Rt, Rw
from ruang.register.queries import contact_page, place_page, search_page
from ruang.register.states import Ending, Kind
from ruang.vault.ledger import Ledger
from tests import make, make_prevention

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = make.AT.date()
WHEN: dict[str, Any] = {"on": TODAY, "at": make.AT}


@pytest.fixture
def me() -> Actor:
    make.city()
    return make.actor(make_prevention.officer())


@pytest.fixture
def rw(me: Actor) -> Rw:
    return make_prevention.rw(rts=3, people=121, number=7)


def rts(rw: Rw) -> list[Rt]:
    return list(rw.rts.filter(ended_on=None).order_by("number"))


def test_an_rt_that_splits_shares_its_people_and_ends(me: Actor, rw: Rw) -> None:
    one = rts(rw)[0]
    ring(me, one)
    parts = [commands.Part(1, 20), commands.Part(7, 10)]
    made = commands.split_rt(actor=me, rt_id=one.pk, parts=parts, note="Pemekaran", **WHEN)
    one.refresh_from_db()
    assert (one.ended_on, one.ending, one.people) == (TODAY, Ending.SPLIT, 121)
    first, second = Rt.objects.filter(pk__in=made).order_by("number")
    assert first.people + second.people == 121
    assert first.people > second.people > 30
    for name in COUNTS:
        assert getattr(first, name) + getattr(second, name) == getattr(one, name)
    assert {first.came_from, second.came_from} == {one}
    page = place_page(actor=me, kind=Kind.RT, place_id=one.pk)
    assert {linked.id for linked in page.after} == set(made)
    assert (page.history[0].note, page.may_keep) == ("Pemekaran", False)
    assert Contact.objects.get().until == TODAY
    after = place_page(actor=me, kind=Kind.RT, place_id=first.pk)
    assert [linked.id for linked in after.before] == [one.pk]
    with pytest.raises(Refused, match="has ended"):
        commands.split_rt(actor=me, rt_id=one.pk, parts=parts, **WHEN)


def test_rt_that_merge_become_one_with_all_their_people(me: Actor, rw: Rw) -> None:
    one, two, three = rts(rw)
    made = commands.merge_rts(actor=me, rt_id=one.pk, others=[two.pk], number=1, **WHEN)
    merged = Rt.objects.get(pk=made)
    assert (merged.people, merged.number, merged.households) == (242, 1, 60)
    page = place_page(actor=me, kind=Kind.RT, place_id=made)
    assert {linked.id for linked in page.before} == {one.pk, two.pk}
    assert place_page(actor=me, kind=Kind.RT, place_id=one.pk).after[0].id == made
    assert rts(rw) == [merged, three]


WRONG: list[tuple[str, Callable[[Actor, Rw, list[Rt]], object]]] = [
    ("at least two", lambda me, rw, rt: commands.split_rt(
        actor=me, rt_id=rt[0].pk, parts=[commands.Part(9)], **WHEN)),
    ("same number", lambda me, rw, rt: commands.split_rt(
        actor=me, rt_id=rt[0].pk, parts=[commands.Part(9), commands.Part(9)], **WHEN)),
    ("RT 2 in this RW", lambda me, rw, rt: commands.split_rt(
        actor=me, rt_id=rt[0].pk, parts=[commands.Part(1), commands.Part(2)], **WHEN)),
    ("one more RT", lambda me, rw, rt: commands.merge_rts(
        actor=me, rt_id=rt[0].pk, others=[rt[0].pk], number=1, **WHEN)),
    ("of one RW", lambda me, rw, rt: commands.merge_rts(
        actor=me, rt_id=rt[0].pk, others=[rts(make_prevention.rw())[0].pk], number=1, **WHEN)),
    ("RT 3 in this RW", lambda me, rw, rt: commands.merge_rts(
        actor=me, rt_id=rt[0].pk, others=[rt[1].pk], number=3, **WHEN)),
    ("still has RT", lambda me, rw, rt: commands.end_place(
        actor=me, kind=Kind.RW, place_id=rw.pk, why=Ending.CLOSED, **WHEN)),
    ("closed, or entered", lambda me, rw, rt: commands.end_place(
        actor=me, kind=Kind.RT, place_id=rt[0].pk, why=Ending.SPLIT, **WHEN)),
    ("lies ahead", lambda me, rw, rt: commands.end_place(
        actor=me, kind=Kind.RT, place_id=rt[0].pk, why=Ending.CLOSED, at=make.AT,
        on=TODAY + timedelta(days=1))),
    ("before this place", lambda me, rw, rt: commands.end_place(
        actor=me, kind=Kind.RT, place_id=rt[0].pk, why=Ending.CLOSED, at=make.AT,
        on=TODAY - timedelta(days=901))),
    ("RT 1 in this RW", lambda me, rw, rt: commands.add_rt(
        actor=me, rw_id=rw.pk, number=1, counted=commands.Counted(), **WHEN)),
    ("RW of this number", lambda me, rw, rt: commands.add_rw(
        actor=me, village=rw.village_id, number=rw.number, **WHEN)),
    ("Choose the kelurahan", lambda me, rw, rt: commands.add_rw(
        actor=me, village="36.73", number=77, **WHEN)),
    ("Nothing differs", lambda me, rw, rt: commands.change_place(
        actor=me, kind=Kind.RT, place_id=rt[0].pk, values={"local_name": ""}, **WHEN)),
    ("telephone number in digits", lambda me, rw, rt: commands.set_contact(
        actor=me, kind=Kind.RT, place_id=rt[0].pk, name="Pak Contoh", phone="abc", **WHEN)),
    ("Write the name", lambda me, rw, rt: commands.set_contact(
        actor=me, kind=Kind.RT, place_id=rt[0].pk, name=" ", phone="", **WHEN)),
]  # fmt: skip


def test_what_cannot_be_is_refused_in_words(me: Actor, rw: Rw) -> None:
    before = list(Rt.objects.order_by("pk").values())
    for words, act in WRONG:
        with pytest.raises(Refused, match=words):
            act(me, rw, rts(rw))
    assert list(Rt.objects.filter(rw=rw).order_by("pk").values()) == before


def test_a_recount_keeps_what_stood_there(me: Actor, rw: Rw) -> None:
    one = rts(rw)[0]
    Rt.objects.filter(pk=one.pk).update(has_estimated_bands=True)
    people = {**{name: getattr(one, name) for name in COUNTS}, "female_0_5": 40}
    values = {"local_name": "Kampung Contoh", **commands.Counted(31, people).values()}
    commands.change_place(
        actor=me, kind=Kind.RT, place_id=one.pk, values=values, note="Pendataan", **WHEN
    )
    one.refresh_from_db()
    assert (one.people, one.has_estimated_bands) == (sum(people.values()), False)
    said = place_page(actor=me, kind=Kind.RT, place_id=one.pk).history[0].differences
    assert ("People", "121", str(one.people)) == (str(said[0].label), said[0].old, said[0].new)
    assert str(one) == "Kampung Contoh"


def test_schools_communities_and_venues_are_added_once_changed_and_ended(me: Actor) -> None:
    village = make_prevention.VILLAGE
    for kind, values, changed in (
        (Kind.SCHOOL, {"name": "SD Contoh", "level": "primary", "npsn": "0000000A"},
         {"pupils_male": 4}),
        (Kind.COMMUNITY, {"name": "PKK", "kind": "pkk"}, {"members": 4}),
        (Kind.VENUE, {"name": "Balai", "kind": "hall"}, {"capacity": 4}),
    ):  # fmt: skip
        add: dict[str, Any] = {"actor": me, "kind": kind, "village": village, **WHEN}
        made = commands.add_place(values=values, **add)
        with pytest.raises(Refused, match="already"):
            commands.add_place(values=values, **add)
        with pytest.raises(Refused, match="already"):
            commands.add_place(values={**values, "npsn": ""} if kind is Kind.SCHOOL else
                               {**values, "name": values["name"].upper()}, **add)  # fmt: skip
        one: dict[str, Any] = {"actor": me, "kind": kind, "place_id": made, **WHEN}
        commands.change_place(values={**values, **changed}, **one)
        commands.end_place(why=Ending.MISTAKE, **one)
        page = place_page(actor=me, kind=kind, place_id=made)
        assert [line.step.value for line in page.history] == ["end", "change", "add"]
        assert not page.stands
        commands.add_place(values=values, **add)


def ring(me: Actor, one: Rt, name: str = "Pak Contoh") -> None:
    commands.set_contact(
        actor=me, kind=Kind.RT, place_id=one.pk, name=name, phone="0800-1-000-001", **WHEN
    )


def test_who_to_ring_is_shown_to_few_and_looking_is_on_record(me: Actor, rw: Rw) -> None:
    one, two, _three = rts(rw)
    ring(me, one)
    ring(me, one, "Bu Contoh")
    ledger = Ledger()
    ask: dict[str, Any] = {"kind": Kind.RT, "ledger": ledger}
    page = contact_page(actor=me, place_id=one.pk, **ask)
    assert page.now is not None
    assert (page.now.name, page.now.dial) == ("Bu Contoh", "08001000001")
    assert [rung.name for rung in page.before] == ["Pak Contoh"]
    assert [(o.whose, o.name) for o in ledger.take()] == [(one.pk, "contact")]
    contact_page(actor=me, place_id=two.pk, **ask)
    assert ledger.take() == ()
    contact_page(actor=make.actor(make.user(None, Role.FACILITATOR)), place_id=one.pk, **ask)
    for role in (Role.HEAD, Role.CADRE, Role.CASE_MANAGER, Role.ADMIN):
        with pytest.raises(PermissionDenied):
            contact_page(actor=make.actor(make.user(None, role)), place_id=one.pk, **ask)
    with pytest.raises(NotInSight):
        contact_page(actor=me, place_id=make.stranger(), **ask)


def test_who_was_rung_is_forgotten_a_year_later(me: Actor, rw: Rw) -> None:
    one = rts(rw)[0]
    ring(me, one)
    commands.end_contact(actor=me, kind=Kind.RT, place_id=one.pk, **WHEN)
    ring(me, one, "Bu Contoh")
    assert commands.sweep_old_contacts(actor=SYSTEM, at=make.AT + timedelta(days=364)) == 0
    assert commands.sweep_old_contacts(actor=SYSTEM, at=make.AT + timedelta(days=365)) == 1
    assert Contact.objects.get().name == "Bu Contoh"


KEEPERS = {Role.PREVENTION_OFFICER}


def test_only_who_keeps_the_register_corrects_it(rw: Rw) -> None:
    place = make.organisation()
    for role in sorted(ASSIGNABLE, key=lambda one: one in KEEPERS):
        corrects(make.actor(make.user(place, role)), rw)


def corrects(actor: Actor, rw: Rw) -> None:
    """Everything that a keeper may do, and nobody else."""
    one = rts(rw)[0]
    acts: list[Callable[[], object]] = [
        lambda: commands.add_rw(actor=actor, village=rw.village_id, number=98, **WHEN),
        lambda: commands.change_place(
            actor=actor, kind=Kind.RT, place_id=one.pk, values={"local_name": "A"}, **WHEN),
        lambda: ring(actor, one),
        lambda: commands.split_rt(
            actor=actor, rt_id=one.pk, parts=[commands.Part(8), commands.Part(9)], **WHEN),
        lambda: commands.end_place(
            actor=actor, kind=Kind.RT, place_id=rts(rw)[1].pk, why=Ending.CLOSED, **WHEN),
    ]  # fmt: skip
    for act in acts:
        if actor.role in KEEPERS:
            act()
        else:
            with pytest.raises((PermissionDenied, NotInSight)):
                act()


SAID = [
    ("002/{rw}", 1), ("rt 2 rw {rw}", 1), ("RT 02 RW {rw} Taktakan", 1), ("rw {rw}", 1),
    ("rt 2 rw {rw} kasemen", 0), ("rt 900", 0), ("taktakan", 1), ("sekolah", 1),
    ("NPSN0001", 1), ("", 0), ("%", 0), ("\x00", 0), ("🙂" * 200, 0), ("tidak ada", 0),
]  # fmt: skip


def test_a_place_is_found_by_what_is_said_on_the_phone(me: Actor, rw: Rw) -> None:
    school = make_prevention.school()
    type(school).objects.filter(pk=school.pk).update(npsn="NPSN0001")
    for typed, found in SAID:
        page = search_page(actor=me, text=typed.format(rw=f"{rw.number:03}"))
        hits = [hit for hit in page.hits if typed != "taktakan" or hit.code == rw.village_id]
        assert len(hits) == found, typed
