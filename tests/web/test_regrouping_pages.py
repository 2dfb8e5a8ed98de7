"""RW split and merged, and RT put into another RW, in the browser: looked at twice."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from ruang.access.roles import Role
from ruang.register import commands
from ruang.register.models import Rw
from ruang.register.states import Ending, Kind
from tests import make, make_prevention
from tests.register.lists import HEADS, VILLAGE, rt, rt_list
from tests.web.parts import links, soup, words
from tests.web.test_register_pages import BAD, TODAY, at, bring, person, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


@pytest.fixture
def officer() -> Client:
    make.city()
    return person(Role.PREVENTION_OFFICER)


def numbered(rw: Rw, number: int) -> Rw:
    """Give an RW a number that does not depend on what was built before."""
    rw.number = number
    rw.save(update_fields=["number"])
    return rw


def fields(answer: Any) -> dict[str, Any]:
    """What a form on a page would send as it stands."""
    said: dict[str, Any] = {}
    for one in soup(answer).select("main form input[name]"):
        if one.get("type") not in {"checkbox", "radio"}:
            said[str(one["name"])] = one.get("value", "")
    for one in soup(answer).select("main form select[name]"):
        chosen = one.select_one("option[selected]")
        said[str(one["name"])] = chosen["value"] if chosen else ""
    said.pop("csrfmiddlewaretoken", None)
    return said


def test_an_rw_is_split_after_a_second_look(officer: Client) -> None:
    rw = numbered(make_prevention.rw(rts=3, people=1_210), 5)
    one, two, three = rw.rts.order_by("number")
    split = at("split_rw", rw.pk)
    assert split in links(read(officer, at("place", "rw", rw.pk)))
    said = fields(read(officer, split))
    assert said["on"] == TODAY
    assert "Tulis nomor RW baru" in words(officer.post(split, {**said, f"rt_{two.pk}": "2"}))
    wrong = {**said, "number_1": str(rw.number), f"rt_{two.pk}": "1"}
    assert "sudah bernomor ini" in words(officer.post(split, wrong))
    assert "RT mana yang masuk" in words(officer.post(split, {**said, "number_1": "900"}))
    right = {**wrong, "number_1": "900", "local_name_1": "Griya", "note": "Perda"}
    look = officer.post(split, right)
    shown = words(look)
    for part in ("Sudah benar?", "RW 900 Griya", "2.420 orang", "1.210 orang", "tidak dapat"):
        assert part in shown, part
    assert Rw.objects.count() == 1
    back = fields(officer.post(split, {**fields(look), "ubah": "1"}))
    assert {name: back[name] for name in right if name != "note"} == {
        name: value for name, value in right.items() if name != "note"
    }
    sure = {**fields(look), "yakin": "1"}
    assert "Tulis" in words(officer.post(split, {**sure, f"new_{two.pk}": "x"}))
    done = officer.post(split, {**sure, f"new_{two.pk}": "1"})
    assert "RW baru disebut" in words(read(officer, done["Location"]))
    assert "Yang dimekarkan darinya: Griya" in words(read(officer, done["Location"]))
    made = Rw.objects.get(number=900)
    assert list(made.rts.values_list("pk", "number")) == [(two.pk, 1)]
    assert "Berasal dari" in words(read(officer, at("place", "rw", made.pk)))
    assert "RW: " in words(read(officer, at("place", "rt", two.pk)))
    for bad in BAD:
        typed = {"number_1": bad, f"rt_{one.pk}": bad, f"rt_{three.pk}": "1", "on": bad}
        assert officer.post(split, typed).status_code == 200


def test_rw_are_merged_after_a_second_look(officer: Client) -> None:
    rw = numbered(make_prevention.rw(rts=2), 5)
    other = numbered(make_prevention.rw(rts=2), 6)
    merge = at("merge_rw", rw.pk)
    said = {**fields(read(officer, merge)), "others": str(other.pk)}
    assert said["number"] == str(rw.number)
    assert "Pilih satu" in words(officer.post(merge, {**said, "others": ""}))
    look = officer.post(merge, said)
    sure = {**fields(look), "yakin": "1"}
    numbers = sorted(value for name, value in sure.items() if name.startswith("new_"))
    assert numbers == ["1", "2", "3", "4"]
    first = min(name for name in sure if name.startswith("new_"))
    twice = dict.fromkeys([name for name in sure if name.startswith("new_")], "7")
    assert "akan bernomor 7" in words(officer.post(merge, {**sure, **twice}))
    done = officer.post(merge, {**sure, first: "77"})
    shown = words(read(officer, done["Location"]))
    assert "Inilah RW-nya" in shown
    assert "Berasal dari" in shown
    assert Rw.objects.filter(ended_on=None).count() == 1
    assert "Penggantinya" in words(read(officer, at("place", "rw", rw.pk)))
    alone = words(read(officer, at("merge_rw", Rw.objects.get(ended_on=None).pk)))
    assert "tidak punya RW lain" in alone


def test_an_rt_is_put_into_another_rw_after_a_second_look(officer: Client) -> None:
    rw = numbered(make_prevention.rw(rts=2), 5)
    other = numbered(make_prevention.rw(rts=2), 6)
    one = rw.rts.get(number=1)
    move = at("move_rt", one.pk)
    said = {**fields(read(officer, move)), "rw": str(other.pk)}
    assert "sudah bernomor ini" in words(officer.post(move, said))
    look = officer.post(move, {**said, "number": "5"})
    assert f"RW {other.number:02}" in words(look)
    done = officer.post(move, {**fields(look), "yakin": "1"})
    assert "di RW barunya" in words(read(officer, done["Location"]))
    one.refresh_from_db()
    assert (one.rw, one.number) == (other, 5)
    assert "tidak punya RW lain" not in words(read(officer, at("move_rt", one.pk)))
    for bad in BAD:
        answer = officer.post(move, {"rw": bad, "number": bad, "on": bad, "yakin": "1"})
        assert answer.status_code == 200


def test_a_list_that_names_what_was_regrouped_says_what_to_write(officer: Client) -> None:
    rw = numbered(make_prevention.rw(VILLAGE, rts=3), 5)
    _one, two, three = rw.rts.order_by("number")
    actor = make.actor(make_prevention.officer())
    when: dict[str, Any] = {"on": make.AT.date(), "at": make.AT}
    (made,) = commands.split_rw(
        actor=actor, rw_id=rw.pk, parts=[commands.NewRw(900, [three.pk])], **when
    )
    staged = bring(officer, rt_list(rt(rw.number, 1), rt(rw.number, 3), rt(900, 3)))["Location"]
    page = words(read(officer, staged + "?bagian=salah"))
    assert "sekarang di RW lain: RW 900, RT 03" in page
    assert "Hilang (0)" in page or "Tidak ada baris" in words(
        read(officer, staged + "?bagian=hilang")
    )
    commands.add_rt(
        actor=actor, rw_id=rw.pk, number=3, counted=commands.Counted(5, {"female_0_5": 4}),
        **when,
    )  # fmt: skip
    staged = bring(officer, rt_list(rt(rw.number, 3)))["Location"]
    assert "Berubah (1)" in words(read(officer, staged))
    new = rw.rts.get(number=3)
    commands.end_place(actor=actor, kind=Kind.RT, place_id=new.pk, why=Ending.MISTAKE, **when)
    commands.merge_rws(actor=actor, rw_id=rw.pk, others=[made], number=901, **when)
    staged = bring(officer, rt_list(rt(rw.number, 1), rt(900, 9)))["Location"]
    page = words(read(officer, staged + "?bagian=salah"))
    assert "RW 901, RT 01" in page
    assert "penggantinya RW 901" in page
    fresh = bring(officer, rt_list(rt(901, 1), rt(901, 2), rt(901, 3)))["Location"]
    assert "Baru (0)" in words(read(officer, fresh))
    venues = HEADS[Kind.VENUE] + f"\n{VILLAGE};{rw.number};Balai;balai;40;ya;;;;\n"
    staged = bring(officer, venues.encode(), "tempat")["Location"]
    assert "penggantinya RW 901" in words(read(officer, staged + "?bagian=salah"))
    assert two.pk


def test_what_a_colleague_regrouped_meanwhile_leads_to_what_came_after_it(
    officer: Client,
) -> None:
    """Pressed twice, or a page that stood open while somebody else was quicker."""
    rw, other, third = (numbered(make_prevention.rw(rts=2), number) for number in (5, 6, 7))
    one = rw.rts.get(number=1)
    actor = make.actor(make_prevention.officer())
    when: dict[str, Any] = {"on": make.AT.date(), "at": make.AT}
    numbers = {rt.pk: 50 + rt.number for rt in other.rts.all()}
    commands.merge_rws(
        actor=actor, rw_id=rw.pk, others=[other.pk], number=901, numbers=numbers, **when
    )
    commands.end_place(actor=actor, kind=Kind.RT, place_id=one.pk, why=Ending.MISTAKE, **when)
    merge = {"others": str(third.pk), "number": "5", "on": TODAY, "yakin": "1"}
    move = {"rw": str(third.pk), "number": "9", "on": TODAY, "yakin": "1"}
    for name, slug, pk, said in (
        ("merge_rw", "rw", rw.pk, merge),
        ("split_rw", "rw", rw.pk, {"number_1": "8", "on": TODAY}),
        ("move_rt", "rt", one.pk, move),
    ):
        for answer in (officer.get(at(name, pk)), officer.post(at(name, pk), said)):
            assert answer["Location"] == at("place", slug, pk), name
    assert "Penggantinya" in words(read(officer, at("place", "rw", rw.pk)))
