"""A list beside the register, and what becomes of it when somebody says yes."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import ASSIGNABLE, Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.register.commands import (
    Confirmed,
    apply_list,
    drop_list,
    set_contact,
    stage_list,
    sweep_staged_lists,
)
from ruang.register.models import Change, Contact, Rt, Rw, School, StagedList, Venue
from ruang.register.queries import StagedPage, place_page, staged_page, table
from ruang.register.states import Ending, Kind
from tests import make, make_prevention
from tests.register.lists import HEADS, VILLAGE, rt, rt_list

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = make.AT.date()


@pytest.fixture
def me() -> Actor:
    make.city()
    return make.actor(make_prevention.officer())


def staged(me: Actor, *lines: str, kind: Kind = Kind.RT) -> StagedPage:
    content = rt_list(*lines, head=HEADS[kind]) if kind in HEADS else rt_list(*lines)
    made = stage_list(actor=me, kind=kind, content=content, at=make.AT)
    return staged_page(actor=me, list_id=made, at=make.AT)


def applied(me: Actor, *lines: str, kind: Kind = Kind.RT, ended: tuple[UUID, ...] = ()) -> None:
    page = staged(me, *lines, kind=kind)
    yes = Confirmed(page.fingerprint, TODAY, ended)
    apply_list(actor=me, list_id=page.id, confirmed=yes, at=make.AT)


def counts(page: StagedPage) -> dict[str, int]:
    return {section.value: number for section, number in page.counts.items() if number}


def test_a_first_list_makes_rw_and_rt_with_everybody_counted(me: Actor) -> None:
    page = staged(me, rt(1, 1, ketua="Pak Contoh", telepon="0800-1-000"), rt(1, 2, 31, 30))
    assert (counts(page), page.new_rws) == ({"new": 2}, 1)
    assert not Rt.objects.exists()
    yes = Confirmed(page.fingerprint, TODAY)
    for _twice in range(2):
        apply_list(actor=me, list_id=page.id, confirmed=yes, at=make.AT)
    assert Rw.objects.get().number == 1
    first, second = Rt.objects.order_by("number")
    assert (first.people, second.people, first.has_estimated_bands) == (118, 61, True)
    assert Contact.objects.get().rt == first
    facts = Fact.objects.filter(name="register.list_moved", codes__move="apply")
    assert facts.get().codes["added"] == 2
    kept = StagedList.objects.get()
    assert (kept.entries, kept.faults) == ([], [])


def test_a_second_list_says_what_differs_and_keeps_what_it_does_not_say(me: Actor) -> None:
    applied(me, rt(1, 1, ketua="Pak Contoh"), rt(1, 2), rt(1, 3))
    page = staged(me, rt(1, 1, 60, 58, kk=""), rt(1, 2, 70, 58), rt(2, 1), rt("b", 1))
    assert counts(page) == {"new": 1, "changed": 1, "wrong": 1, "same": 1}
    applied(me, rt(1, 1), rt(1, 2, 70, 58), rt(2, 1))
    assert {r.people for r in Rt.objects.filter(rw__number=1)} == {118, 128}
    assert Rt.objects.get(rw__number=1, number=1).households == 30
    assert Contact.objects.get().until is None
    changed = Rt.objects.get(rw__number=1, number=2)
    line = place_page(actor=me, kind=Kind.RT, place_id=changed.pk).history[0]
    said = [(str(d.label), d.old, d.new) for d in line.differences]
    assert said[0] == ("People", "118", "128")


def test_what_is_missing_is_ended_only_when_ticked(me: Actor) -> None:
    applied(me, rt(1, 1), rt(1, 2), rt(1, 3))
    page = staged(me, rt(1, 1))
    assert counts(page) == {"gone": 2, "same": 1}
    two, three = (one.place for one in page.gone)
    assert two
    yes = Confirmed(page.fingerprint, TODAY, [two])
    apply_list(actor=me, list_id=page.id, confirmed=yes, at=make.AT)
    ended = Rt.objects.get(pk=two)
    assert (ended.ended_on, ended.ending) == (TODAY, Ending.CLOSED)
    assert Rt.objects.get(pk=three).ended_on is None
    stranger = Confirmed(staged(me, rt(1, 1)).fingerprint, TODAY, [ended.pk])
    waiting = StagedList.objects.get(applied_at=None)
    with pytest.raises(Refused, match="was changed"):
        apply_list(actor=me, list_id=waiting.pk, confirmed=stranger, at=make.AT)


def test_nobody_knows_what_is_missing_while_a_line_is_wrong(me: Actor) -> None:
    applied(me, rt(1, 1), rt(1, 2))
    assert counts(staged(me, rt(1, 1), rt("x", 2))) == {"same": 1, "wrong": 1}


def test_a_preview_that_is_no_longer_true_is_not_taken_over(me: Actor) -> None:
    applied(me, rt(1, 1), rt(1, 2))
    page = staged(me, rt(1, 1, 70, 70), rt(1, 2))
    Rt.objects.filter(number=2).update(households=31)
    yes = Confirmed(page.fingerprint, TODAY)
    with pytest.raises(Refused, match="was changed"):
        apply_list(actor=me, list_id=page.id, confirmed=yes, at=make.AT)
    tomorrow = Confirmed(
        staged_page(actor=me, list_id=page.id, at=make.AT).fingerprint,
        TODAY + timedelta(days=1),
    )
    with pytest.raises(Refused, match="lies ahead"):
        apply_list(actor=me, list_id=page.id, confirmed=tomorrow, at=make.AT)
    nothing = staged(me, rt(1, 2, kk="31"))
    with pytest.raises(Refused, match="nothing to take over"):
        apply_list(
            actor=me, list_id=nothing.id, confirmed=Confirmed(nothing.fingerprint, TODAY),
            at=make.AT,
        )  # fmt: skip


def test_a_list_is_seen_by_who_brought_it_for_a_day(me: Actor) -> None:
    page = staged(me, rt(1, 1, ketua="Pak Contoh"))
    colleague = make.actor(make_prevention.officer())
    yes = Confirmed(page.fingerprint, TODAY)
    with pytest.raises(NotInSight):
        staged_page(actor=colleague, list_id=page.id, at=make.AT)
    with pytest.raises(NotInSight):
        apply_list(actor=colleague, list_id=page.id, confirmed=yes, at=make.AT)
    with pytest.raises(NotInSight):
        staged_page(actor=me, list_id=page.id, at=make.AT + timedelta(days=1))
    assert sweep_staged_lists(actor=SYSTEM, at=make.AT + timedelta(hours=23)) == 0
    assert sweep_staged_lists(actor=SYSTEM, at=make.AT + timedelta(days=1)) == 1
    again = staged(me, rt(1, 1))
    drop_list(actor=me, list_id=again.id, at=make.AT)
    with pytest.raises(NotInSight):
        drop_list(actor=me, list_id=again.id, at=make.AT)


def test_only_who_keeps_the_register_brings_lists() -> None:
    place = make.organisation()
    for role in set(ASSIGNABLE) - {Role.PREVENTION_OFFICER}:
        somebody = make.actor(make.user(place, role))
        with pytest.raises(PermissionDenied):
            stage_list(actor=somebody, kind=Kind.RT, content=b"x", at=make.AT)


def test_schools_are_known_by_npsn_then_by_name(me: Actor) -> None:
    lines = (
        "Kasemen;Kasemen;;SD Negeri Contoh 1;SD;90;80",
        "Kasemen;Kasemen;0000000B;SMP Contoh;SMP;9;8",
    )
    applied(me, *lines, kind=Kind.SCHOOL)
    page = staged(
        me,
        "Kasemen;Kasemen;0000000a;SD Negeri Contoh 1;SD;90;80",
        "Serang;Cipare;0000000B;SMP Contoh Baru;MTs;9;8",
        "Kasemen;Kasemen;1;TK;TK;1;1",
        "Kasemen;Kasemen;;Kursus;kursus;1;1",
        kind=Kind.SCHOOL,
    )
    assert counts(page) == {"changed": 2, "wrong": 2}
    yes = Confirmed(page.fingerprint, TODAY)
    apply_list(actor=me, list_id=page.id, confirmed=yes, at=make.AT)
    moved = School.objects.get(npsn="0000000B")
    assert (moved.name, moved.village_id) == ("SMP Contoh Baru", "36.73.01.1002")
    assert School.objects.get(name="SD Negeri Contoh 1").npsn == "0000000A"
    without = staged(me, "Kasemen;Kasemen;;SD NEGERI CONTOH 1;SD;90;80", kind=Kind.SCHOOL)
    assert counts(without) == {"changed": 1}
    other = staged(me, "Kasemen;Kasemen;0000000C;SD Negeri Contoh 1;SD;1;1", kind=Kind.SCHOOL)
    assert counts(other) == {"new": 1, "gone": 1}


def test_venues_find_their_rw_and_communities_come_too(me: Actor) -> None:
    applied(me, rt(1, 1))
    good = f"{VILLAGE};1;Balai Contoh;balai;60;ya;08.00;21:00;-6,05;106.16"
    page = staged(
        me,
        good,
        f"{VILLAGE};9;Balai Lain;balai;60;ya;08:00;21:00;;",
        f"{VILLAGE};1;Aula;balai;60;kadang;;;;",
        f"{VILLAGE};1;Aula;balai;60;ya;09:00;;;",
        f"{VILLAGE};1;Aula;balai;60;ya;;;99;1",
        kind=Kind.VENUE,
    )
    assert counts(page) == {"new": 1, "wrong": 4}
    applied(me, good, kind=Kind.VENUE)
    hall = Venue.objects.get()
    assert (hall.rw and hall.rw.number, hall.has_step_free_entry) == (1, True)
    assert (hall.latitude, f"{hall.opens_at:%H:%M}") == (-6.05, "08:00")
    applied(me, f"{VILLAGE};PKK Contoh;PKK;35", kind=Kind.COMMUNITY)
    assert counts(staged(me, f"{VILLAGE};pkk contoh;PKK;36", kind=Kind.COMMUNITY)) == {
        "changed": 1
    }


def test_what_goes_out_comes_back_unchanged_and_names_nobody(me: Actor) -> None:
    applied(me, rt(1, 1, ketua="Pak Rahasia", telepon="0800-1-777"), rt(1, 2))
    out = table(actor=me, kind=Kind.RT)
    lines = [";".join(str(cell) for cell in line) for line in out.lines]
    assert "Rahasia" not in "".join(lines) + "".join(out.head)
    made = stage_list(
        actor=me, kind=Kind.RT, content=rt_list(*lines, head=";".join(out.head)), at=make.AT
    )
    assert counts(staged_page(actor=me, list_id=made, at=make.AT)) == {"same": 2}


def test_somebody_else_to_ring_is_told_without_a_name(me: Actor) -> None:
    applied(me, rt(1, 1, ketua="Pak Contoh"))
    page = staged(me, rt(1, 1, ketua="Bu Contoh", telepon="0800-1-888"))
    assert page.lines[0].contact
    assert "Contoh" not in repr(page)
    yes = Confirmed(page.fingerprint, TODAY)
    apply_list(actor=me, list_id=page.id, confirmed=yes, at=make.AT)
    assert Contact.objects.get(until=None).name == "Bu Contoh"
    assert Contact.objects.get(name="Pak Contoh").until == TODAY
    assert not Change.objects.exists()
    place = Rt.objects.get().pk
    set_contact(
        actor=me, kind=Kind.RT, place_id=place, name="Bu Lain", phone="", on=TODAY, at=make.AT
    )
    assert Contact.objects.filter(until=None).count() == 1


def test_a_list_of_names_keeps_the_numbers_that_are_known(me: Actor) -> None:
    applied(me, rt(1, 1, ketua="Pak Contoh", telepon="0800-1-777"), rt(1, 2, ketua="Bu Dua"))
    for number in ("", "0800 1777", "+62 800-1-777"):
        page = staged(me, rt(1, 1, ketua="Pak Contoh", telepon=number), rt(1, 2))
        assert counts(page) == {"same": 2}, number
    applied(me, rt(1, 1, ketua="PAK CONTOH"), rt(1, 2, ketua="Bu Dua", telepon="0800-1-666"))
    rung = Contact.objects.filter(until=None).order_by("rt__number")
    assert [(one.name, one.phone) for one in rung] == [
        ("PAK CONTOH", "0800-1-777"), ("Bu Dua", "0800-1-666"),
    ]  # fmt: skip
    applied(me, rt(1, 1, ketua="Bu Baru"), rt(1, 2))
    assert Contact.objects.get(until=None, rt__number=1).phone == ""


def test_a_school_that_moved_keeps_the_number_that_is_known(me: Actor) -> None:
    head = f"{HEADS[Kind.SCHOOL]};kepala_sekolah;telepon"
    for place, phone in (("Kasemen;Kasemen", "0800-1-777"), ("Serang;Cipare", "")):
        line = f"{place};0000000B;SMP Contoh;SMP;9;8;Bu Kepala;{phone}"
        made = stage_list(
            actor=me, kind=Kind.SCHOOL, content=rt_list(line, head=head), at=make.AT
        )
        page = staged_page(actor=me, list_id=made, at=make.AT)
        assert "wrong" not in counts(page)
        yes = Confirmed(page.fingerprint, TODAY)
        apply_list(actor=me, list_id=made, confirmed=yes, at=make.AT)
    assert Contact.objects.get().phone == "0800-1-777"


def test_nothing_ends_or_changes_before_it_began(me: Actor) -> None:
    applied(me, rt(1, 1), rt(1, 2), rt(2, 1))
    before = TODAY - timedelta(days=1)
    page = staged(me, rt(1, 1), rt(1, 2), rt(2, 2))
    (gone,) = (one.place for one in page.gone)
    assert gone
    for line, ended in ((rt(1, 2), [gone]), (rt(1, 2, 70, 58), [])):
        page = staged(me, rt(1, 1), line, rt(2, 2))
        yes = Confirmed(page.fingerprint, before, ended)
        with pytest.raises(Refused, match=f"only since {TODAY.day} "):
            apply_list(actor=me, list_id=page.id, confirmed=yes, at=make.AT)
    page = staged(me, rt(1, 1), rt(1, 2), rt(2, 2))
    yes = Confirmed(page.fingerprint, before)
    apply_list(actor=me, list_id=page.id, confirmed=yes, at=make.AT)
    assert Rt.objects.get(rw__number=2, number=2).since == before


def test_nobody_is_rung_until_a_day_before_the_first_call(me: Actor) -> None:
    applied(me, rt(1, 1))
    Rt.objects.update(since=TODAY - timedelta(days=9))
    applied(me, rt(1, 1, ketua="Pak Contoh"))
    page = staged(me, rt(1, 1, ketua="Bu Contoh"))
    yes = Confirmed(page.fingerprint, TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="only since"):
        apply_list(actor=me, list_id=page.id, confirmed=yes, at=make.AT)


def test_one_school_with_and_without_its_npsn_is_said_twice(me: Actor) -> None:
    numbered = "Kasemen;Kasemen;0000000A;SD Negeri Contoh 1;SD;90;80"
    bare = "Kasemen;Kasemen;;SD NEGERI CONTOH 1;SD;90;80"
    for lines in ((numbered, bare), (bare, numbered)):
        page = staged(me, *lines, kind=Kind.SCHOOL)
        assert counts(page) == {"new": 1, "wrong": 1}, lines
    two = staged(me, numbered, numbered.replace("0A;", "0B;"), kind=Kind.SCHOOL)
    assert counts(two) == {"new": 2}
