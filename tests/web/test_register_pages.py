"""The register in the browser: looked at, corrected, and brought as a list."""

import csv
import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ruang.access.roles import Role
from ruang.identity.models import Organisation, User
from ruang.register.models import COUNTS, Contact, Rt, Rw, School, StagedList
from ruang.web.register import forms
from tests import make, make_prevention
from tests.register.lists import VILLAGE, rt, rt_list, workbook
from tests.web.parts import links, opened, soup, words

pytestmark = pytest.mark.django_db
TODAY = make.AT.date().isoformat()
BAD = ("", "0", "-1", "x" * 3_000, "🙂", "\u202eterbalik", "\x00", "1.1.1", "9" * 40)
"""What no page may fall over."""


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


def person(role: Role) -> Client:
    office = Organisation.objects.get(pk=make.city_facts().intake_desk)
    return make.signed_in(make.user(office, role))


@pytest.fixture
def officer() -> Client:
    make.city()
    return person(Role.PREVENTION_OFFICER)


def at(name: str, *args: object) -> str:
    return reverse(f"register:{name}", args=args)


def read(browser: Client, url: str, status: int = 200) -> Any:
    answer = browser.get(url)
    assert answer.status_code == status, url
    return answer


def bring(browser: Client, content: bytes, what: str = "rt", name: str = "a.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return browser.post(at("lists"), {"what": what, "file": file})


def test_an_empty_register_says_what_to_do(officer: Client) -> None:
    page = read(officer, at("city"))
    assert "Belum ada daftar. Impor daftar RT satu kecamatan" in words(page)
    assert at("lists") in links(page)
    assert "Belum ada RW di sini" in words(read(officer, at("village", VILLAGE)))
    for slug in ("rt", "sekolah", "komunitas", "tempat"):
        assert "Belum ada daftar" in words(read(officer, at("list", slug)))
    head = person(Role.HEAD)
    assert "Petugas pencegahan yang mengisinya" in words(read(head, at("city")))
    assert at("lists") not in links(read(head, at("city")))


def test_from_the_city_down_to_an_rt(officer: Client) -> None:
    rw = make_prevention.rw(rts=2, people=130)
    one = rw.rts.order_by("number")[0]
    way = (
        at("city"), at("district", rw.village_id[:8]), at("village", rw.village_id),
        at("place", "rw", rw.pk), at("place", "rt", one.pk),
    )  # fmt: skip
    for above, below in pairwise(way):
        page = read(officer, above)
        assert below in links(page), above
        assert "260" in words(page)
    assert "130" in words(read(officer, way[-1]))
    page = read(officer, at("list", "rt") + "?di=" + rw.village_id)
    assert way[-1] in links(page)
    assert "Tidak ada yang cocok" in words(read(officer, at("list", "rt") + "?di=36.73.01"))


def test_two_taps_on_the_phone_lead_to_an_rt(officer: Client) -> None:
    rw = make_prevention.rw()
    answer = officer.get(at("search"), {"q": f"002/{rw.number:03} Taktakan"})
    assert answer.status_code == 302
    assert answer["Location"] == at("place", "rt", rw.rts.get(number=2).pk)
    assert len(links(read(officer, at("search") + f"?q=rw+{rw.number}+rt+1&x=1", 302))) == 0
    assert "Tidak ada yang ditemukan" in words(read(officer, at("search") + "?q=rt+999"))
    assert "Tulis apa yang Anda cari" in words(read(officer, at("search")))


def test_lists_cost_the_same_whatever_they_hold(officer: Client) -> None:
    rw = make_prevention.rw(rts=1)
    pages = (
        at("city"), at("village", VILLAGE_OF), at("list", "rt"), at("list", "sekolah"),
        at("search") + "?q=rt+1", at("place", "rw", rw.pk),
    )  # fmt: skip
    few = [count(officer, url) for url in pages]
    for _more in range(25):
        make_prevention.rw(rts=2)
    for _more in range(55):
        make_prevention.school()
    many = [count(officer, url) for url in pages]
    assert [m <= f + 1 for f, m in zip(few, many, strict=True)] == [True] * len(pages)


VILLAGE_OF = make_prevention.VILLAGE


def count(browser: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        browser.get(url)
    return len(caught)


def test_a_long_list_goes_on_and_shows_each_once(officer: Client) -> None:
    for _one in range(55):
        make_prevention.school()
    for _one in range(23):
        make_prevention.rw(rts=1)
    for slug, wanted in (("sekolah", School.objects.count()), ("rt", Rt.objects.count())):
        seen: list[str] = []
        url = at("list", slug)
        for _page in range(9):
            page = read(officer, url)
            seen += [a for a in links(page) if f"/wilayah/{slug}/" in a]
            following = soup(page).select_one("a[rel=next]")
            if following is None:
                break
            url = at("list", slug) + str(following["href"])
        assert len(seen) == len(set(seen)) == wanted
        assert "Ke halaman pertama" in words(page)


def test_what_is_downloaded_runs_nothing_and_names_nobody(officer: Client) -> None:
    rw = make_prevention.rw(rts=2)
    one = rw.rts.order_by("number")[0]
    Rt.objects.filter(pk=one.pk).update(local_name="=1+1")
    Contact.objects.create(rt=one, name="Pak Rahasia", since=make.AT.date())
    answer = officer.get(at("download", "rt"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [line["nama_setempat"] for line in lines] == ["'=1+1", ""]
    assert "Rahasia" not in text
    sheet = officer.get(at("download", "rt") + f"?bentuk=xlsx&di={rw.village_id}")
    assert sheet.content[:2] == b"PK"
    assert rw.village_id in sheet["Content-Disposition"]
    for slug in ("rt", "sekolah", "komunitas", "tempat"):
        assert read(officer, at("template", slug) + "?bentuk=xlsx").content[:2] == b"PK"
        table = b"".join(read(officer, at("template", slug)).streaming_content)
        assert bring(officer, table, slug).status_code == 302


def test_a_list_is_compared_then_taken_over_once(officer: Client) -> None:
    content = rt_list(rt(1, 1, ketua="Pak Contoh", telepon="0800-1"), rt(1, 2), rt("x", 9))
    answer = bring(officer, content)
    assert answer.status_code == 302
    staged = answer["Location"]
    page = words(read(officer, staged))
    assert "Baru (2)" in page
    assert "Pak Contoh" not in page
    assert "Baris" in words(read(officer, staged + "?bagian=salah"))
    assert "bukan nomor dari 1 sampai 999" in words(read(officer, staged + "?bagian=salah"))
    for section in ("ubah", "hilang", "sama", *BAD):
        read(officer, f"{staged}?bagian={section}&sesudah={section[:9]}")
    confirm = soup(read(officer, f"{staged}terapkan/"))
    said = {i["name"]: i.get("value", "") for i in confirm.select("main form input[name]")}
    assert said["on"] == TODAY
    wrong = officer.post(f"{staged}terapkan/", {**said, "fingerprint": "0"})
    assert "berubah sejak Anda melihat ini" in words(wrong)
    assert not Rt.objects.exists()
    for _twice in range(2):
        done = officer.post(f"{staged}terapkan/", said)
        assert done["Location"] == f"{at('city')}?hasil=daftar-terapkan"
    assert Rt.objects.count() == 2
    assert "sudah diterapkan" in words(read(officer, staged))
    assert "Daftar sudah diterapkan" in words(read(officer, done["Location"]))


def test_what_is_missing_is_ticked_by_hand(officer: Client) -> None:
    rw = make_prevention.rw(VILLAGE, rts=3)
    staged = bring(officer, rt_list(rt(rw.number, 1)))["Location"]
    assert "RT 02" in words(read(officer, f"{staged}?bagian=hilang"))
    confirm = soup(read(officer, f"{staged}terapkan/"))
    ticks = [str(i["value"]) for i in confirm.select("input[name=ended]")]
    assert len(ticks) == 2
    mark = confirm.select_one("input[name=fingerprint]")["value"]
    said = {"on": TODAY, "fingerprint": mark, "ended": ticks[:1]}
    assert officer.post(f"{staged}terapkan/", {**said, "on": "kemarin"}).status_code == 200
    assert officer.post(f"{staged}terapkan/", said).status_code == 302
    ended = Rt.objects.get(ended_on__isnull=False)
    assert str(ended.pk) == ticks[0]
    assert "Berakhir pada 23 November 2026" in words(read(officer, at("place", "rt", ended.pk)))


def test_another_officer_sees_no_list_of_mine_and_i_can_drop_it(officer: Client) -> None:
    staged = bring(officer, rt_list(rt(1, 1)))["Location"]
    other = person(Role.PREVENTION_OFFICER)
    for url in (staged, f"{staged}terapkan/", f"{staged}buang/"):
        assert other.get(url).status_code == 404
        assert other.post(url).status_code in {404, 405}
    assert staged in links(read(officer, at("lists")))
    read(officer, f"{staged}buang/")
    assert "daftar-buang" in officer.post(f"{staged}buang/")["Location"]
    assert not StagedList.objects.exists()
    assert officer.get(staged).status_code == 404


def test_files_that_nobody_should_bring_are_refused_in_words(officer: Client) -> None:
    for content, name in (
        (b"", "kosong.csv"), (b"\x00\x01", "a.csv"), (b"PK\x03\x04x", "a.xlsx"),
        (b"\xd0\xcf\x11\xe0" + bytes(20), "a.xls"), (b"a;b\n1;2\n", "b.csv"),
        (b"rw;rt;kelurahan\n", "c.csv"), (workbook(["a"]), "d.xlsx"),
    ):  # fmt: skip
        answer = bring(officer, content, name=name)
        assert answer.status_code == 200, name
        assert soup(answer).select(".govuk-error-summary"), name
    assert officer.post(at("lists"), {"what": "rt"}).status_code == 200
    assert officer.post(at("lists"), {"what": "rw", "file": "x"}).status_code == 200
    assert bring(officer, rt_list(rt(1, 1)), "sekolah").status_code == 200
    assert not StagedList.objects.exists()


def people(**changed: object) -> dict[str, object]:
    counts = dict.fromkeys(COUNTS, 5)
    return {"local_name": "", "households": 12, "on": TODAY, **counts, **changed}


def test_an_rw_and_its_rt_are_added_and_corrected_by_hand(officer: Client) -> None:
    add = at("add", VILLAGE, "rw")
    assert "Isi bagian ini" in words(officer.post(add, {"on": TODAY}))
    typed = {"number": "7", "local_name": "Kampung", "on": TODAY, "latitude": "-6.1"}
    assert "Isi keduanya" in words(officer.post(add, typed))
    assert officer.post(add, {**typed, "longitude": "106.1"}).status_code == 302
    rw = Rw.objects.get()
    made = officer.post(at("add_rt", rw.pk), people(number=3))
    one = Rt.objects.get()
    assert made["Location"].startswith(at("place", "rt", one.pk))
    assert one.people == 60
    again = words(officer.post(at("add_rt", rw.pk), people(number=3)))
    assert "RT 3 sudah ada di RW ini" in again
    change = at("change", "rt", one.pk)
    page = soup(read(officer, change))
    assert page.select_one("input[name=female_0_5]")["value"] == "5"
    assert page.select_one("input[name=on]")["value"] == TODAY
    typed = people(female_0_5=9, note="Pendataan <b>")
    assert officer.post(change, typed).status_code == 302
    shown = words(read(officer, at("place", "rt", one.pk)))
    assert "Orang: 60 → 64" in shown
    assert "Pendataan <b>" in shown
    assert "Tidak ada yang berbeda" in words(officer.post(change, people(female_0_5=9)))
    for bad in BAD:
        answer = officer.post(change, people(female_0_5=bad, on=bad, note=bad, local_name=bad))
        assert answer.status_code == 200
        assert officer.post(add, {"number": bad, "latitude": bad, "on": bad}).status_code == 200


def test_schools_communities_and_venues_are_added_changed_and_ended(officer: Client) -> None:
    typed: dict[str, dict[str, object]] = {
        "sekolah": {"name": "SD Contoh", "level": "primary", "npsn": "0000000a",
                    "pupils_female": 4, "pupils_male": 5},
        "komunitas": {"name": "PKK Contoh", "kind": "pkk", "members": 20},
        "tempat": {"name": "Balai Contoh", "kind": "hall", "capacity": 50,
                   "has_step_free_entry": "on", "opens_at": "08:00", "closes_at": "21:00"},
    }  # fmt: skip
    for slug, said in typed.items():
        add = at("add", VILLAGE, slug)
        read(officer, add)
        made = officer.post(add, {**said, "on": TODAY})
        assert made.status_code == 302, words(made)
        page = made["Location"].partition("?")[0]
        assert str(said["name"]) in words(read(officer, page))
        assert page in links(read(officer, at("village", VILLAGE)))
        assert page in links(read(officer, at("list", slug)))
        assert "sudah ada" in words(officer.post(add, {**said, "on": TODAY}))
        shown = soup(read(officer, f"{page}ubah/"))
        assert shown.select_one("input[name=name]")["value"] == said["name"]
        renamed = {**said, "name": f"{said['name']} Baru", "on": TODAY}
        assert officer.post(f"{page}ubah/", renamed).status_code == 302
        assert "Isi bagian ini" in words(officer.post(f"{page}ubah/", {**renamed, "name": ""}))
        assert "Pilih satu" in words(officer.post(f"{page}akhiri/", {"on": TODAY}))
        assert officer.post(f"{page}akhiri/", {"on": TODAY, "why": "closed"}).status_code == 302
        assert "Betulkan daftar wilayah" not in words(read(officer, page))
        refused = officer.post(f"{page}akhiri/", {"on": TODAY, "why": "closed"})
        assert "sudah berakhir" in words(refused)
    hours = {**typed["tempat"], "opens_at": "21:00", "on": TODAY}
    assert "lebih awal dahulu" in words(officer.post(at("add", VILLAGE, "tempat"), hours))


def test_an_rt_is_split_and_merged_again(officer: Client) -> None:
    rw = make_prevention.rw(rts=2, people=121)
    one = rw.rts.order_by("number")[0]
    split = at("split", one.pk)
    assert soup(read(officer, split)).select_one("input[name=number_1]")["value"] == "1"
    typed = {"number_1": "1", "number_2": "", "on": TODAY}
    assert "Isi bagian ini" in words(officer.post(split, typed))
    assert "bernomor sama" in words(officer.post(split, {**typed, "number_2": "1"}))
    done = officer.post(split, {**typed, "number_2": "5", "note": "Pemekaran"})
    shown = words(read(officer, done["Location"]))
    assert "Penggantinya: RT 01 , RT 05" in shown
    first, second = Rt.objects.filter(came_from=one).order_by("number")
    merge = at("merge", first.pk)
    ticks = [i["value"] for i in soup(read(officer, merge)).select("input[name=others]")]
    assert str(second.pk) in ticks
    assert "Pilih satu" in words(officer.post(merge, {"number": "1", "on": TODAY}))
    stranger = {"others": [str(make.stranger())], "number": "1", "on": TODAY}
    assert officer.post(merge, stranger).status_code == 200
    done = officer.post(merge, {**stranger, "others": [str(second.pk)]})
    assert "Berasal dari: RT 01" in words(read(officer, done["Location"]))
    assert Rt.objects.get(number=1, ended_on=None).people == 121
    for bad in BAD:
        wrong = {"number_1": bad, "number_2": bad, "on": bad}
        assert officer.post(at("split", second.pk), wrong).status_code == 200


def test_who_to_ring_is_on_a_page_of_its_own_and_looking_is_on_record(officer: Client) -> None:
    rw = make_prevention.rw()
    one = rw.rts.order_by("number")[0]
    page = at("contact", "rt", one.pk)
    assert "Belum ada narahubung" in words(read(officer, page))
    assert opened(one.pk) == []
    typed = {"name": "Pak Contoh", "phone": "0800-1-000-777", "on": TODAY}
    assert "nomor telepon dengan angka" in words(officer.post(page, {**typed, "phone": "abc"}))
    assert officer.post(page, typed).status_code == 302
    answer = read(person(Role.FACILITATOR), page)
    assert "tel:08001000777" in {a["href"] for a in soup(answer).select("main a")}
    assert not soup(answer).select("main form")
    assert opened(one.pk) == [("contact", False)]
    for url in (at("place", "rt", one.pk), at("village", rw.village_id), at("list", "rt")):
        assert "Pak Contoh" not in words(read(officer, url))
    assert officer.post(page, {"akhiri": "1"}).status_code == 302
    assert Contact.objects.get().until == make.AT.date()
    assert person(Role.HEAD).get(page).status_code == 403
    assert officer.get(at("contact", "tempat", make_prevention.venue().pk)).status_code == 404


def test_addresses_made_up_are_not_found_and_never_a_fault(officer: Client) -> None:
    one = make_prevention.rw().rts.all()[0]
    for url in (
        at("district", "36.73.09"), at("district", "36"), at("village", "36.73.06"),
        at("village", "x"), at("place", "desa", one.pk), at("place", "rw", one.pk),
        at("list", "rw"), at("download", "rw"), at("template", "rw"),
        at("add", VILLAGE, "rt"), at("merge", make.stranger()), at("village", "🙂"),
    ):  # fmt: skip
        assert officer.get(url).status_code == 404, url
    for bad in BAD:
        query = {"di": bad, "jenis": bad, "sesudah": bad, "q": bad}
        for name, slug in (("list", "rt"), ("list", "sekolah"), ("download", "tempat")):
            assert officer.get(at(name, slug), query).status_code == 200
        assert officer.get(at("search"), query).status_code == 200
    User.objects.update(language="en")
    assert "Register of places" in words(read(officer, at("city")))
    assert forms.PARTS == 4
