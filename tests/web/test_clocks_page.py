"""What is late and who is on duty, in the browser; filters and pauses of the queue."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from ruang.access.actor import SYSTEM
from ruang.cases.commands import exclude_user
from ruang.cases.states import Exclusion
from ruang.clocks import keep
from ruang.clocks.commands import sweep_clocks
from ruang.clocks.models import Clock
from ruang.clocks.states import Area, Pause
from ruang.filters.models import Kept
from ruang.identity.models import User
from ruang.intake.models import Report
from ruang.intake.states import State
from ruang.notify.models import Reach, Shift
from tests import make
from tests.intake.desk_people import Desk, crowd, desk_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATER = make.AT + timedelta(hours=7)


@pytest.fixture
def desk() -> Desk:
    found = desk_with(State.CLAIMED)
    User.objects.update(language="en")
    return found


def browser(desk: Desk, who: str, at: Any = make.AT) -> Client:
    return make.signed_in(desk.users[who], at=at)


def test_a_miss_is_taken_care_of_and_explained(desk: Desk) -> None:
    sweep_clocks(actor=SYSTEM, at=LATER)
    clock = Clock.objects.get()
    with time_machine.travel(LATER, tick=False):
        head = browser(desk, "head", LATER)
        page = head.get("/jam/").content.decode()
        assert desk.report.number in page
        assert "Duty and head were told 1 time." in page
        assert f"/jam/{clock.pk}/urus/" in page

        taken = head.post(f"/jam/{clock.pk}/urus/")
        assert taken["Location"] == "/jam/?hasil=jam-urus"
        again = head.get("/jam/").content.decode()
        assert f"{desk.users['head'].name} takes care of it." in again
        assert f"/jam/{clock.pk}/urus/" not in again

        nothing = head.post(f"/jam/{clock.pk}/alasan/", {f"{clock.pk}-why": ""})
        assert "Choose one." in nothing.content.decode()
        said = head.post(f"/jam/{clock.pk}/alasan/", {f"{clock.pk}-why": "nobody_free"})
        assert said["Location"] == "/jam/?hasil=jam-alasan"
        assert "Reason: Nobody was free" in head.get("/jam/").content.decode()
    clock.refresh_from_db()
    assert (clock.acknowledged_by, clock.missed_why) == (desk.users["head"].pk, "nobody_free")


def test_a_miss_of_a_clock_that_pauses_is_explained_too(desk: Desk) -> None:
    clock = Clock.objects.get()
    keep.pause(clock, why=Pause.NOT_SAFE, actor=SYSTEM, at=LATER)
    with time_machine.travel(LATER, tick=False):
        head = browser(desk, "head", LATER)
        assert desk.report.number in head.get("/jam/").content.decode()
        head.post(f"/jam/{clock.pk}/alasan/", {f"{clock.pk}-why": "not_safe"})
    clock.refresh_from_db()
    assert (clock.missed_at, clock.missed_why) == (clock.due_at, "not_safe")


def test_another_desk_sees_and_does_nothing(desk: Desk) -> None:
    sweep_clocks(actor=SYSTEM, at=LATER)
    clock = Clock.objects.get()
    with time_machine.travel(LATER, tick=False):
        outsider = browser(desk, "outsider", LATER)
        assert desk.report.number not in outsider.get("/jam/").content.decode()
        assert outsider.post(f"/jam/{clock.pk}/urus/").status_code == 404
        said = {f"{clock.pk}-why": "nobody_free"}
        assert outsider.post(f"/jam/{clock.pk}/alasan/", said).status_code == 404


def test_my_desk_shows_my_own_late_clocks_and_the_head_how_many(desk: Desk) -> None:
    """What is shown with a report anyway is not shown twice."""
    keep.start(
        kind="tpks_police", area=Area.CASE, subject=make.stranger(), desk=desk.report.desk,
        owner=desk.users["holder"].pk, actor=SYSTEM, since=make.AT, due_at=make.AT, at=make.AT,
    )  # fmt: skip
    with time_machine.travel(LATER, tick=False):
        holder = browser(desk, "holder", LATER).get("/meja/").content.decode()
        colleague = browser(desk, "colleague", LATER).get("/meja/").content.decode()
        head = browser(desk, "head", LATER).get("/meja/").content.decode()
    assert holder.count("Report the sexual violence to the police") == 1
    assert holder.count(f"<b>{desk.report.number}</b>") == 1
    assert "Report the sexual violence to the police" not in colleague
    assert "2 clocks of your desk are late." in head
    assert desk.report.number not in head


def test_whoever_is_barred_from_a_case_learns_of_none_of_its_clocks() -> None:
    """Neither in the list nor at her own desk, though the clock waits for her."""
    case = make.case()
    colleague = make.user(make.lead_of(case).organisation)
    User.objects.update(language="en")
    clock = keep.start(
        kind="tpks_police", area=Area.CASE, subject=case.pk, desk=case.desk,
        owner=colleague.pk, actor=SYSTEM, since=make.AT, due_at=LATER, at=make.AT,
    )  # fmt: skip
    exclude_user(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, user_id=colleague.pk,
        why=Exclusion.SURVIVOR, at=make.AT,
    )  # fmt: skip
    for at in (clock.warn_at, LATER + timedelta(hours=1)):
        sweep_clocks(actor=SYSTEM, at=at)
        with time_machine.travel(at, tick=False):
            hers = make.signed_in(colleague, at=at)
            for path in ("/jam/", "/meja/"):
                assert "sexual violence" not in hers.get(path).content.decode()
            assert hers.post(f"/jam/{clock.pk}/urus/").status_code == 404
            said = {f"{clock.pk}-why": "nobody_free"}
            assert hers.post(f"/jam/{clock.pk}/alasan/", said).status_code == 404


def test_of_very_many_it_says_how_many_and_hides_no_miss_behind_them(desk: Desk) -> None:
    about = {
        "area": Area.CASE, "desk": desk.report.desk, "actor": SYSTEM, "since": make.AT,
        "due_at": make.AT, "at": make.AT,
    }  # fmt: skip
    done = keep.start(kind="tpks_police", subject=make.stranger(), **about)
    keep.meet(done, actor=SYSTEM, at=make.AT + timedelta(hours=1))
    for _each in range(53):
        keep.start(kind="pdp_breach", subject=make.stranger(), **about)
    while sweep_clocks(actor=SYSTEM, at=LATER):
        pass
    with time_machine.travel(LATER, tick=False):
        page = browser(desk, "head", LATER).get("/jam/").content.decode()
        work = browser(desk, "head", LATER).get("/meja/").content.decode()
    assert "The 50 that are late the longest, of 54" in page
    assert "Report the sexual violence to the police" in page
    assert "54 clocks of your desk are late." in work


def test_a_pause_is_shown_with_its_reason_and_is_not_late(desk: Desk) -> None:
    with time_machine.travel(make.AT, tick=False):
        holder = browser(desk, "holder")
        path = f"/pengaduan/{desk.report.pk}/"
        assert "Choose one." in holder.post(f"{path}jeda/", {}).content.decode()
        until = {"why": "survivor"}
        assert "Choose a date." in holder.post(f"{path}jeda/", until).content.decode()
        far = until | {"until": "2026-12-23"}
        assert "7 days at most" in holder.post(f"{path}jeda/", far).content.decode()
        done = holder.post(f"{path}jeda/", until | {"until": "2026-11-24"})
        assert done["Location"] == f"{path}?hasil=jam-dijeda"
    with time_machine.travel(LATER, tick=False):
        holder = browser(desk, "holder", LATER)
        page = holder.get(path).content.decode()
        assert "Paused: Waiting for the survivor" in page
        assert f"{path}jalan/" in page
        assert f"{path}jeda/" not in page
        queue = holder.get("/pengaduan/").content.decode()
        assert "Paused: Waiting for the survivor" in queue
        assert 'class="is-late"' not in queue
        late = holder.get("/pengaduan/?saring=lewat").content.decode()
        assert desk.report.number not in late
        holder.post(f"{path}jalan/")
    assert desk.reload().due_at == make.AT + timedelta(hours=13)


def test_the_head_plans_duty_and_everybody_says_how_she_is_reached(desk: Desk) -> None:
    with time_machine.travel(make.AT, tick=False):
        head, holder = browser(desk, "head"), browser(desk, "holder")
        user = desk.users["holder"]
        shift = {
            "user": user.pk, "weekday": "1", "on": "", "begins_at": "08:00",
            "ends_at": "16:00", "place": "1",
        }  # fmt: skip
        assert "Choose" in head.post("/jam/piket/tambah/", {}).content.decode()
        added = head.post("/jam/piket/tambah/", shift)
        assert added["Location"] == "/jam/piket/?hasil=piket-tambah"
        twice = head.post("/jam/piket/tambah/", shift).content.decode()
        assert "on the list for that time already" in twice

        wrong = holder.post(f"/jam/piket/{user.pk}/nomor/", {"phone": "x", "email": ""})
        assert "Write the telephone number with digits" in wrong.content.decode()
        holder.post(
            f"/jam/piket/{user.pk}/nomor/",
            {"phone": "0812 0000 0000", "email": "piket@kota.example"},
        )
        page = holder.get("/jam/piket/").content.decode()
        assert 'href="tel:081200000000"' in page
        assert "Monday" in page
        assert "/jam/piket/tambah/" not in page
        head.post(f"/jam/piket/{Shift.objects.get().pk}/hapus/")
    assert not Shift.objects.exists()
    assert Reach.objects.get().email == "piket@kota.example"


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("risiko=high", "risk", "high"),
        ("jenis=domestic", "kind", "domestic"),
        ("umur=child", "age", "child"),
        ("tpks=ya", "tpks", True),
    ],
)
def test_the_queue_is_narrowed_by_codes(
    desk: Desk, query: str, field: str, value: object
) -> None:
    others = crowd(desk, 6)
    Report.objects.update(risk="low", kind="", age="adult", tpks=False)
    Report.objects.filter(pk=others[0].pk).update(**{field: value})
    with time_machine.travel(make.AT, tick=False):
        page = browser(desk, "holder").get(f"/pengaduan/?{query}").content.decode()
    shown = [one.number for one in Report.objects.all() if one.number in page]
    assert shown == [others[0].number]


def test_the_queue_is_narrowed_by_holder_and_anything_unknown_narrows_nothing(
    desk: Desk,
) -> None:
    crowd(desk, 3)
    holder = desk.users["holder"].pk
    with time_machine.travel(make.AT, tick=False):
        officer = browser(desk, "holder")
        page = officer.get(f"/pengaduan/?pemegang={holder}").content.decode()
        odd = officer.get("/pengaduan/?risiko=x&jenis=y&umur=z&pemegang=w").content.decode()
    assert [one.number for one in Report.objects.all() if one.number in page] == [
        desk.report.number
    ]
    assert all(one.number in odd for one in Report.objects.all())


def test_a_filter_is_kept_and_dropped_and_no_number_with_it(desk: Desk) -> None:
    with time_machine.travel(make.AT, tick=False):
        officer = browser(desk, "holder")
        officer.post(
            "/pengaduan/saringan/",
            {"nama": "Anak", "umur": "child", "nomor": "A-2611-001", "risiko": "bukan kode"},
        )
        assert Kept.objects.get().query == "umur=child"
        assert 'href="?umur=child">Anak</a>' in officer.get("/pengaduan/").content.decode()
        nothing = officer.post("/pengaduan/saringan/", {"nama": "Kosong"})
        assert "Narrow the list first" in nothing.content.decode()
        officer.post(f"/pengaduan/saringan/{Kept.objects.get().pk}/hapus/")
    assert not Kept.objects.exists()


def test_however_many_are_open_the_queue_costs_the_same_queries(
    desk: Desk, django_assert_max_num_queries: Any
) -> None:
    crowd(desk, 60)
    with time_machine.travel(make.AT, tick=False):
        officer = browser(desk, "holder")
        officer.get("/pengaduan/")
        with django_assert_max_num_queries(13):
            officer.get("/pengaduan/?risiko=medium")
