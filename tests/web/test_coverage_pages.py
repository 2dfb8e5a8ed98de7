"""What prevention reached, in the browser: the map, lists, places, outcome, boundaries."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from ruang.access.roles import Role
from ruang.identity.models import Organisation, User
from ruang.prevention.models import Request, Session
from ruang.prevention.states import Audience, State, Unit
from ruang.register.models import Community, Rt, Rw
from ruang.register.states import CommunityKind
from ruang.territory.models import Region
from tests import make
from tests import make_prevention as made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
MAP, LIST = "/pencegahan/", "/pencegahan/jangkauan/"
KASEMEN, SERANG = "36.73.02.1001", "36.73.01.1001"


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


@pytest.fixture
def officer() -> Client:
    return browser(Role.PREVENTION_OFFICER)


def browser(role: Role) -> Client:
    city = make.city()
    user = make.user(Organisation.objects.get(pk=city.intake_desk), role)
    User.objects.update(language="en")
    return make.signed_in(user, at=make.AT)


def held(rw: Rw, days: int = 30, **changed: object) -> Session:
    begins = make.AT - timedelta(days=days)
    over = {"state": State.HELD, "over_at": begins, "over_by": make.stranger()}
    return made.session(at=rw, starts_at=begins, **{**over, **changed})


def get(client: Client, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return BeautifulSoup(answer.content, "html.parser")


def words(page: BeautifulSoup) -> str:
    return " ".join(page.main.get_text(" ").split())


def test_the_map_shows_shares_with_their_denominators_and_where_to_go_next(
    officer: Client,
) -> None:
    held(made.rw(KASEMEN, rts=4), days=200)
    never = made.rw(KASEMEN, rts=4)
    made.rw(SERANG, rts=2)
    Request.objects.create(
        tag=bytes(32), unit=Unit.RW, village_id=KASEMEN, rw=never, rt_number=4,
        audience=Audience.PARENTS, name="Bu Contoh", phone="0800", received_at=make.AT,
    )  # fmt: skip
    page = get(officer, MAP)
    tile = page.find("a", href=f"/pencegahan/jangkauan/kelurahan/{KASEMEN}/")
    assert tile is not None
    here = page.select_one(f"a.rk-tile[href='/pencegahan/jangkauan/kelurahan/{KASEMEN}/']")
    assert here is not None
    said = " ".join(here.get_text(" ").split())
    assert "50%" in said
    assert "4 of 8 RT" in said
    assert "last more than 6 months ago" in said
    assert {"c2", "is-due"} <= set(here["class"])
    assert page.select_one(f"a.rk-tile.c0[href$='{SERANG}/']") is not None
    headings = [one.span.get_text() for one in page.select(".rk-map section h2") if one.span]
    assert headings == ["Kasemen", "Taktakan", "Serang", "Walantaka", "Cipocok Jaya", "Curug"]
    gaps = page.select("section[aria-labelledby=belum] tbody tr")
    assert [" ".join(one.th.get_text(" ").split()) for one in gaps] == [
        "Serang Serang", "Kasemen Kasemen",
    ]  # fmt: skip
    assert gaps[1].find("a", href=f"/pencegahan/sesi/rencanakan/rw/{never.pk}/") is not None
    asked = page.select_one("section[aria-labelledby=minta]")
    assert asked is not None
    assert "RT 04/" in asked.get_text()
    assert "Bu Contoh" not in page.get_text()


def test_the_map_narrows_and_anything_unknown_narrows_nothing(officer: Client) -> None:
    parents, teens = made.programme(), made.programme()
    held(made.rw(KASEMEN, rts=3), days=100, of=parents)
    held(made.rw(SERANG, rts=3), days=20, of=teens, audience=Audience.TEENS)
    for query, reached in (
        ("", 6), ("bulan=3", 3), (f"program={parents.pk}", 3), ("sasaran=teens", 3),
        ("bulan=24&sasaran=women", 0), ("bulan=x&program=y&sasaran=z&tampil=w", 6),
        ("bulan=%00&program=%00&sasaran=%F0%9F%98%80&kecamatan=%00", 6),
    ):  # fmt: skip
        assert f"{reached} of 6 RT reached" in words(get(officer, f"{MAP}?{query}")), query


def test_the_table_says_the_same_as_the_tiles(officer: Client) -> None:
    held(made.rw(KASEMEN, rts=4))
    made.rw(KASEMEN, rts=4)
    page = get(officer, f"{MAP}?tampil=tabel")
    rows = [" ".join(row.get_text(" ").split()) for row in page.select(".rk-cards tbody tr")]
    assert len(rows) == 67
    assert "Kasemen Kasemen 4 of 8 50% 480 of 960 24 Oct" in rows


def test_who_only_sees_gets_no_buttons_and_a_cadre_gets_nothing() -> None:
    head = browser(Role.HEAD)
    made.rw(KASEMEN)
    page = get(head, MAP)
    assert "Prevention" in page.header.get_text()
    assert "/pencegahan/sesi/rencanakan/" not in str(page)
    assert "Requests from residents" not in page.get_text()
    assert head.get("/pencegahan/jangkauan/batas/").status_code == 403
    for role in (Role.CADRE, Role.INTAKE_OFFICER, Role.ADMIN):
        client = browser_of(role)
        for url in (MAP, LIST, f"{LIST}unduh/", f"{LIST}hasil/", f"{LIST}kelurahan/{KASEMEN}/"):
            assert client.get(url).status_code == 403, (role, url)


def test_the_outcome_says_where_it_is_rounded(officer: Client) -> None:
    rounded = "Counts of people are rounded to the nearest five"
    exact = words(get(officer, f"{LIST}hasil/"))
    assert rounded not in exact
    assert "In no programme 10 people answered both" in exact
    head = browser_of(Role.HEAD)
    User.objects.update(language="en")
    assert rounded in words(get(head, f"{LIST}hasil/"))


def browser_of(role: Role) -> Client:
    return make.signed_in(make.user(role=role), at=make.AT)


def test_without_a_register_the_pages_say_what_to_do(officer: Client) -> None:
    assert "Take over the list of RT first." in words(get(officer, MAP))
    assert "No such place is in the register yet." in words(get(officer, LIST))
    assert "No session had a test" in words(get(officer, f"{LIST}hasil/"))
    assert "None of these is in the register here." in words(
        get(officer, f"{LIST}kelurahan/{KASEMEN}/")
    )


def test_the_list_puts_who_waits_longest_first_and_filters(officer: Client) -> None:
    rule = made.programme(every_months=6)
    old, new = made.rw(KASEMEN), made.rw(SERANG)
    never = made.rw(SERANG)
    held(old, days=300, of=rule)
    held(new, days=10, of=rule)
    made.session(rule, never, starts_at=make.AT + timedelta(days=3))

    def shown(query: str = "") -> list[str]:
        page = get(officer, f"{LIST}?{query}")
        return [one["href"].split("/")[-2] for one in page.select("tbody th a[href*='/rw/']")]

    assert shown() == [str(never.pk), str(old.pk), str(new.pk)]
    assert shown("keadaan=belum") == [str(never.pk)]
    assert shown("keadaan=lewat") == [str(never.pk), str(old.pk)]
    assert shown("kecamatan=36.73.02") == [str(old.pk)]
    assert shown("sasaran=teens&keadaan=lewat") == []
    assert shown("jenis=x&keadaan=y&setelah=z") == shown()
    page = get(officer, LIST)
    assert "tomorrow" not in words(page)
    assert "26 Nov" in words(page)
    assert len(page.select("a[href^='/pencegahan/sesi/rencanakan/rw/']")) == 2

    made.school(KASEMEN)
    Community.objects.create(
        village_id=SERANG, name="PKK contoh", kind=CommunityKind.PKK, since=made.SINCE
    )
    assert "Sekolah" in words(get(officer, f"{LIST}?jenis=sekolah"))
    assert "PKK contoh" in words(get(officer, f"{LIST}?jenis=komunitas&keadaan=belum"))


def test_the_list_goes_on_after_the_last_row_and_misses_none(officer: Client) -> None:
    for _rw in range(35):
        made.rw(KASEMEN, rts=1)
    for rw in Rw.objects.all()[:4]:
        held(rw, days=50)
    first = get(officer, LIST)
    more = first.find("a", rel="next")
    assert more is not None
    second = get(officer, str(more["href"]))
    ids = [
        one["href"] for page in (first, second) for one in page.select("tbody th a[href*=rw]")
    ]
    assert len(ids) == len(set(ids)) == 35
    assert second.find("a", rel="next") is None


def test_a_kelurahan_and_an_rw_say_who_got_what(officer: Client) -> None:
    rule = made.programme(every_months=6, name="Nyapeu", english="")
    rw = made.rw(KASEMEN, rts=3)
    session = held(rw, days=250, of=rule)
    session.invited.first().delete()  # type: ignore[union-attr]
    page = get(officer, f"{LIST}kelurahan/{KASEMEN}/")
    months = page.select(".rk-months li")
    assert len(months) == 12
    assert [one.b.get_text() for one in months if "is-held" in one.get("class", [])] == ["1"]
    assert "2 of 3" in words(page)
    assert "Nyapeu" in words(page)
    page = get(officer, f"{LIST}rw/{rw.pk}/")
    assert "2 of 3 RT reached in the last 12 months" in words(page)
    assert len(page.select("tr.is-late")) == 4, "three RT and the rule"
    assert "every 6 months" in words(page)
    for url in (
        "kelurahan/32.73.01.1001/",
        "kelurahan/x/",
        "kelurahan/%00/",
        f"rw/{make.stranger()}/",
    ):
        assert officer.get(f"{LIST}{url}").status_code == 404


def test_the_list_can_be_taken_along_and_no_cell_is_a_formula(officer: Client) -> None:
    rw = made.rw(KASEMEN, rts=2)
    held(rw)
    Rt.objects.filter(number=2).update(number=7)
    csv = officer.get(f"{LIST}unduh/?bentuk=csv")
    sheet = officer.get(f"{LIST}unduh/")
    lines = whole(csv).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Kecamatan;Code of the kelurahan;Kelurahan")
    assert lines[1] == f"Kasemen;{KASEMEN};Kasemen;{rw.number};1;120;1;2026-10-24"
    book = load_workbook(BytesIO(sheet.content), read_only=True)
    rows = list(book.active.values)  # type: ignore[union-attr]
    assert rows[2][:5] == ("Kasemen", KASEMEN, "Kasemen", rw.number, 7)
    assert sheet["Content-Disposition"] == 'attachment; filename="jangkauan-2026-11-23.xlsx"'

    Region.objects.filter(pk=KASEMEN).update(local_name="=1+1")
    assert ";'=1+1;" in whole(officer.get(f"{LIST}unduh/?bentuk=csv")).decode()


def whole(response: Any) -> bytes:
    """The whole of an answer that comes in pieces."""
    return b"".join(response.streaming_content)


def test_boundaries_are_checked_before_the_map_is_drawn_with_them(officer: Client) -> None:
    made.rw(KASEMEN)
    url = f"{LIST}batas/"
    content = made.geojson(KASEMEN, "99.99.99.9999")

    def sent(body: bytes, **said: str) -> Any:
        file = SimpleUploadedFile("batas.geojson", body)
        return officer.post(url, {"file": file, "source": "Peta <b>contoh</b>", **said})

    assert "Choose a file." in officer.post(url, {}).content.decode()
    assert "Say where the boundaries come from" in sent(content, source="").content.decode()
    assert "This is not a GeoJSON file" in sent(b"[").content.decode()
    assert "look=batas" not in str(get(officer, f"{MAP}?tampil=batas"))
    check = sent(content)["Location"]
    page = get(officer, check)
    assert "1 kelurahan was recognised." in words(page)
    assert "99.99.99.9999" in words(page)
    assert "Cipare" in words(page), "what the file lacks"
    used = officer.post(check)
    assert used["Location"] == f"{url}?hasil=batas-dipakai"
    page = get(officer, f"{MAP}?tampil=batas")
    assert len(page.select("svg path[d].c0")) == 1
    assert "Not official boundaries." in words(page)
    assert "Peta <b>contoh</b>" in words(page)
    assert "has to be read again" in words(get(officer, f"{check}buang/"))
    assert officer.post(f"{check}buang/").status_code == 302
    assert page.select_one("svg title") is not None
    assert not get(officer, f"{MAP}?tampil=batas").select("svg path.c0")
    assert officer.get(check).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["", "?tampil=tabel", "jangkauan/", "jangkauan/hasil/", f"jangkauan/kelurahan/{KASEMEN}/"],
)
def test_pages_cost_as_many_queries_with_ten_times_the_places(
    officer: Client, path: str
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            get(officer, f"{MAP}{path}")
        return len(seen)

    def grow(count: int) -> None:
        for number in range(count):
            rw = made.rw(KASEMEN if number % 2 else SERANG)
            held(rw, days=number + 1)
            made.school(KASEMEN)

    grow(2)
    cost()
    before = cost()
    grow(20)
    assert cost() == before
