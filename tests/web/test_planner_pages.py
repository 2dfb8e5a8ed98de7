"""Plans in the browser: begun, looked at, moved, published; and what goes wrong on the way."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from ruang.access.roles import Role
from ruang.identity.models import User
from ruang.planner.models import Decision, Plan, Visit
from ruang.planner.settings import Share
from ruang.planner.solving.run import solve
from ruang.planner.states import State
from ruang.prevention.models import Facilitator, Programme, Request, Session, Skill
from ruang.prevention.naming import meeting_place
from ruang.prevention.states import Audience, Unit
from ruang.solvers import covering
from tests import make
from tests.planner.scene import MONDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ROOT = "/pencegahan/rencana/"


@pytest.fixture
def world() -> World:
    made = World()
    User.objects.update(language="en")
    return made


def browser(user: User) -> Client:
    return make.signed_in(user, at=make.AT)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def form_of(world: World, **changed: object) -> dict[str, object]:
    hours = {
        "friday": ("11:30", "13:00"), "dhuhr": ("11:45", "12:30"), "asr": ("15:00", "15:30"),
        "maghrib": ("17:45", "18:30"), "lessons": ("07:30", "12:30"),
    }  # fmt: skip
    return {
        "once": "a",
        "quarter": "2027-1",
        f"p-{world.parents.pk}": "4",
        "people": [str(one.pk) for one in world.people],
        "floor": "80", "places": "0", "seats": "30", "answer_days": "30",
        "seconds": "20", "detour": "40",
        "km_per_hour": "20", "seed": "1",
        **{f"{name}_begins": begins for name, (begins, _ends) in hours.items()},
        **{f"{name}_ends": ends for name, (_begins, ends) in hours.items()},
        **changed,
    }  # fmt: skip


def test_a_plan_is_begun_worked_out_and_put_away(world: World) -> None:
    with time_machine.travel(make.AT, tick=False):
        officer = browser(world.user)
        assert "No plan yet" in text(officer, ROOT)
        page = text(officer, f"{ROOT}baru/")
        assert world.parents.name in page
        assert "No report and no case counts" in page
        assert "Community. 4 people can hold it, 1 at a time." in page
        for changed, words in (
            ({f"p-{world.parents.pk}": ""}, "at least one programme gets"),
            ({f"p-{world.parents.pk}": "9999"}, "too large"),
            ({"people": []}, "at least one facilitator"),
            ({"people": ["\0😀"]}, "Choose from the list"),
            ({"quarter": "1999-9"}, "Choose one"),
            ({"asr_ends": "14:00"}, "ends before it begins"),
            ({"asr_ends": "tea"}, "Write a time"),
        ):
            answer = officer.post(f"{ROOT}baru/", form_of(world, **changed))
            assert words in answer.content.decode(), changed
        district = world.rws[0].village_id[:8]
        spoken = form_of(world, **{f"b-{district}": "jv"})
        odd = officer.post(f"{ROOT}baru/", {**spoken, f"b-{district}": "\0"})
        assert "Choose one" in odd.content.decode()
        made = officer.post(f"{ROOT}baru/", spoken)
        plan = Plan.objects.get()
        assert plan.settings["languages"] == {district: "jv"}
        url = f"{ROOT}{plan.pk}/"
        assert made["Location"] == f"{url}?hasil=rencana-baru"
        assert officer.post(f"{ROOT}baru/", spoken)["Location"] == made["Location"]
        assert "Work it out" in text(officer, url)
        officer.post(f"{url}susun/")
        page = text(officer, url)
        assert "Waiting for the worker" in page
        assert "Stop, and keep the best so far" in page
        assert 'value="0"' in text(officer, f"{url}maju/")
        assert "changed meanwhile" in officer.post(f"{url}susun/").content.decode()
        officer.post(f"{url}berhenti/")
        assert "stops soon" in text(officer, url)
        refused = officer.post(f"{url}buang/").content.decode()
        assert "changed meanwhile" in refused
        Plan.objects.update(state=State.STOPPED)
        assert "Put this plan away?" in text(officer, f"{url}buang/")
        assert officer.post(f"{url}buang/")["Location"] == f"{ROOT}?hasil=rencana-buang"
        assert "Discarded" in text(officer, ROOT)
        again = text(officer, f"{ROOT}baru/?seperti={plan.pk}")
        assert "checked" in again
        assert '<option value="jv" selected' in again
        assert "Javanese of Banten" in text(officer, url)


def test_a_plan_is_looked_at_changed_and_published(world: World) -> None:
    with time_machine.travel(make.AT, tick=False):
        plan = world.proposed()
        first = world.visits(plan)[0]
        officer, url = browser(world.user), f"{ROOT}{plan.pk}/"
        page = text(officer, url)
        assert "By kecamatan" in page
        assert "+33 points" in page
        where = f"{url}kunjungan/{first.pk}/"
        assert where in text(officer, f"{url}kunjungan/")
        assert "govuk-error-summary" not in text(officer, where)
        assert where in text(officer, f"{url}minggu/?hari={MONDAY.isoformat()}")
        people = [str(part.facilitator_id) for part in first.parts.all()]
        slot = {"day": "2027-01-13", "starts": "09:00", "venue": first.venue_id}
        slot["people"] = people
        prayer = officer.post(where, {**slot, "starts": "11:30"}).content.decode()
        assert "It runs into a prayer time." in prayer
        alone = officer.post(where, {**slot, "people": people[:1]}).content.decode()
        assert "Too few facilitators" in alone
        for day in ("0001-01-01", "9999-12-31"):
            far = officer.post(where, {**slot, "day": day}).content.decode()
            assert "This date could not be read" in far, day
        for wrong in ({"day": "x"}, {"people": ["😀"]}, {"venue": "\0"}, {"starts": "99:99"}):
            assert officer.post(where, {**slot, **wrong}).status_code == 200
        assert officer.post(where, slot)["Location"] == f"{where}?hasil=kunjungan-pindah"
        assert "Kept" in text(officer, where)
        assert officer.post(f"{where}tetap/", {"tetap": "0"})["Location"].endswith("lepas")
        gone = Visit.objects.exclude(pk=first.pk).earliest("starts_at")
        officer.post(f"{url}kunjungan/{gone.pk}/hapus/")
        assert officer.get(f"{url}kunjungan/{gone.pk}/").status_code == 404
        add = f"{url}tambah/?program={world.parents.pk}&kelurahan={world.rws[4].village_id}"
        assert "Add and check" in text(officer, add)
        odd = officer.get(f"{url}tambah/?program=%00&kelurahan=%00")
        assert odd.status_code == 200
        added = {**slot, "unit": world.rws[4].pk, "day": "2027-01-14", "venue": ""}
        assert officer.post(add, {**added, "unit": ""}).status_code == 200
        assert "hasil=kunjungan-tambah" in officer.post(add, added)["Location"]
        assert "Publish 3 visits?" in text(officer, f"{url}terbitkan/")
        assert "changed meanwhile" in officer.post(f"{url}terbitkan/").content.decode()
        plan.refresh_from_db()
        done = officer.post(f"{url}terbitkan/", {"version": plan.version})
        assert done["Location"] == f"{url}?hasil=rencana-terbit"
        assert Session.objects.filter(plan=plan.pk).count() == 3
        assert "Published" in text(officer, url)
        assert "changed meanwhile" in officer.post(f"{where}hapus/").content.decode()


def test_it_is_said_how_evenly_a_plan_shares_and_whether_that_is_proven(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    proven, silent = world.solving(), world.solving()
    solve(proven)(make.AT)
    monkeypatch.setattr(covering, "even_out", lambda _problem, chosen, *_: (chosen, ()))
    solve(silent)(make.AT)
    kept = Plan.objects.get(pk=silent).certificate
    assert [one["status"] for one in kept["programmes"]] == ["optimal", "optimal"]
    with time_machine.travel(make.AT, tick=False):
        officer = browser(world.user)
        page = text(officer, f"{ROOT}{proven}/")
        assert "this one gives most to the kecamatan with least" in page
        assert "the least first" in page
        assert "so a kecamatan can stand lower here" in page, "two figures, said apart"
        assert not re.search(r"\d\s+%", page), "45%, as on every other page"
        asked = text(officer, f"{ROOT}baru/")
        assert not re.search(r"\d\s+%", asked)
        page = text(officer, f"{ROOT}{silent}/")
        assert "There was no time left to prove how evenly" in page
        assert "this one gives most" not in page
        for one in kept["programmes"]:
            del one["levels"], one["even"]
        Plan.objects.filter(pk=silent).update(certificate=kept)
        page = text(officer, f"{ROOT}{silent}/")
        assert "how evenly" not in page, "from before anybody asked"


def test_a_community_is_planned_moved_and_added_in_the_browser(world: World) -> None:
    with time_machine.travel(make.AT, tick=False):
        officer = browser(world.user)
        assert world.circles.name in text(officer, f"{ROOT}baru/")
        nothing = {f"p-{world.parents.pk}": "", f"p-{world.circles.pk}": "2"}
        officer.post(f"{ROOT}baru/", form_of(world, **nothing))
        plan = Plan.objects.get()
        url = f"{ROOT}{plan.pk}/"
        officer.post(f"{url}susun/")
        solve(plan.pk)(make.AT)
        visit = plan.visits.earliest("starts_at")
        assert visit.community is not None
        assert visit.community.name in text(officer, f"{url}kunjungan/")
        where = f"{url}kunjungan/{visit.pk}/"
        assert "or where they meet" in text(officer, where)
        people = [str(part.facilitator_id) for part in visit.parts.all()]
        slot = {"day": "2027-01-13", "starts": "09:00", "venue": "", "people": people}
        assert officer.post(where, slot)["Location"] == f"{where}?hasil=kunjungan-pindah"
        assert f"Where {visit.community.name} meets" in text(officer, where)
        there = set(plan.visits.values_list("community_id", flat=True))
        (left,) = [one for one in world.communities if one.pk not in there]
        add = f"{url}tambah/?program={world.circles.pk}&kelurahan={left.village_id}"
        assert left.name in text(officer, add)
        added = {**slot, "unit": left.pk, "day": "2027-01-14"}
        assert "hasil=kunjungan-tambah" in officer.post(add, added)["Location"]
        plan.refresh_from_db()
        officer.post(f"{url}terbitkan/", {"version": plan.version})
        held = Session.objects.filter(plan=plan.pk)
        assert held.count() == 3
        assert {one.community_id for one in held} == {one.pk for one in world.communities}
        assert any(
            meeting_place(one).startswith(f"Where {visit.community.name}") for one in held
        )


def test_a_visit_says_its_language_and_who_speaks_it(world: World) -> None:
    """Whoever moves it sees at once whom she needs beside whoever else comes."""
    Facilitator.objects.filter(pk=world.people[0].pk).update(languages=["id", "jv"])
    Skill.objects.filter(facilitator=world.people[1]).delete()
    Facilitator.objects.filter(pk=world.people[1].pk).update(languages=["jv"])
    district = world.rws[0].village_id[:8]
    plan_id = world.solving(
        shares=(Share(world.circles.pk, 3),), languages={district: "jv"}, floor=0
    )
    solve(plan_id)(make.AT)
    plan = Plan.objects.get(pk=plan_id)
    spoken, usual = (
        plan.visits.filter(language=language).earliest("starts_at") for language in ("jv", "id")
    )
    with time_machine.travel(make.AT, tick=False):
        officer, url = browser(world.user), f"{ROOT}{plan.pk}/"
        page = text(officer, f"{url}kunjungan/{spoken.pk}/")
        assert page.count("Javanese of Banten") == 3, "its language, and two who speak it"
        assert "Can hold this programme, speaks Javanese of Banten" in page
        assert "Speaks Javanese of Banten" in page
        page = text(officer, f"{url}kunjungan/{usual.pk}/")
        assert "Indonesian" in page
        assert "speaks" not in page
        for village, count in ((spoken.village_id, 2), (usual.village_id, 0)):
            add = f"{url}tambah/?program={world.circles.pk}&kelurahan={village}"
            assert text(officer, add).count("peaks Javanese") == count


def test_a_plan_goes_on_paper_and_beside_another(world: World) -> None:
    plan, other = world.proposed(), world.proposed(world.visit(0), world.visit(5))
    with time_machine.travel(make.AT, tick=False):
        head = browser(make.user(role=Role.HEAD))
        User.objects.update(language="en")
        page = text(head, f"{ROOT}{plan.pk}/banding/?dengan={other.pk}")
        assert "2 visits in A alone" in page
        assert "1 visit in B alone" in page
        assert head.get(f"{ROOT}{plan.pk}/banding/?dengan={make.stranger()}").status_code == 404
        assert "3 visits" in text(head, f"{ROOT}{plan.pk}/cetak/")
        sheet = head.get(f"{ROOT}{plan.pk}/rencana.xlsx")
        rows = list(load_workbook(BytesIO(sheet.content)).active.iter_rows(values_only=True))
        assert len(rows) == 4
        assert rows[1][4] == str(world.rws[0])
        assert rows[0][-2:] == ("Language", "Group")
        assert rows[1][-2:] == ("Indonesian", "Parents")
        assert "Publish" not in text(head, f"{ROOT}{plan.pk}/")
        assert head.get(f"{ROOT}{plan.pk}/terbitkan/").status_code == 403
        assert head.get(f"{ROOT}baru/").status_code == 403


def test_how_much_a_kecamatan_counts_is_said_once_a_year(world: World) -> None:
    with time_machine.travel(make.AT, tick=False):
        officer = browser(world.user)
        url = f"{ROOT}bobot/?tahun=2027"
        page = text(officer, url)
        assert "no report and no case can move a visit" in page
        codes = [part.split('"')[0] for part in page.split('name="k-')[1:]]
        said = {f"k-{code}": "normal" for code in set(codes)}
        empty = officer.post(url, {**said, "source": ""})
        assert "Name the published figures" in empty.content.decode()
        wrong = officer.post(url, {**said, f"k-{codes[0]}": "enormous", "source": "x"})
        assert wrong.status_code == 200
        assert not Decision.objects.exists()
        done = officer.post(url, {**said, "source": "Laporan 2026"})
        assert "hasil=rencana-bobot" in done["Location"]
        assert "Laporan 2026" in text(officer, url)
        for odd in ("99999", "😀", "-1", ""):
            assert officer.get(f"{ROOT}bobot/", {"tahun": odd}).status_code == 200
        for odd in ("\0", "0.9999999999999999999.x", "😀"):
            assert officer.get(ROOT, {"sesudah": odd}).status_code == 200


def test_what_a_plan_does_not_keep_or_know_is_said(world: World) -> None:
    """A least share that broke in time, an old request, a year without its decree."""
    Programme.objects.filter(pk=world.parents.pk).update(audiences=["parents", "women"])
    request = Request.objects.create(
        tag=bytes(32), unit=Unit.RW, village_id=world.rws[0].village_id, rw=world.rws[0],
        audience=Audience.TEACHERS, name="Bu Contoh", phone="0800-0000-0003",
        received_at=make.AT - timedelta(days=90),
    )  # fmt: skip
    plan_id = world.solving(shares=(Share(world.parents.pk, 3),))
    solve(plan_id)(make.AT)
    plan = Plan.objects.get(pk=plan_id)
    url = f"{ROOT}{plan_id}/"
    with time_machine.travel(make.AT, tick=False):
        officer = browser(world.user)
        page = text(officer, url)
        assert "Kept by the visits that have a day" in page
        assert "no school holidays and no fasting month are entered" in page
        assert "no programme of this plan goes there for these people" in page
        assert request.name not in page
        assert "The decree about the holidays" not in page
        for one in world.visits(plan)[:2]:
            officer.post(f"{url}kunjungan/{one.pk}/hapus/")
        page = text(officer, url)
        assert "The least share is not kept" in page
        assert "now has 0% of the mean instead of 80%" in page
        Plan.objects.filter(pk=plan_id).update(
            begins_on=date(2028, 1, 1), ends_on=date(2028, 3, 1)
        )
        assert "The decree about the holidays of 2028 is not known here" in text(officer, url)


def test_for_whom_a_visit_is_can_be_changed_in_the_browser(world: World) -> None:
    Programme.objects.filter(pk=world.parents.pk).update(audiences=["parents", "women"])
    plan = world.proposed()
    visit = world.visits(plan)[0]
    where = f"{ROOT}{plan.pk}/kunjungan/{visit.pk}/"
    with time_machine.travel(make.AT, tick=False):
        officer = browser(world.user)
        assert "Parents" in text(officer, where)
        slot = {
            "day": MONDAY.isoformat(), "starts": "09:00", "venue": visit.venue_id,
            "people": [str(part.facilitator_id) for part in visit.parts.all()],
        }  # fmt: skip
        wrong = officer.post(where, {**slot, "audience": "men"}).content.decode()
        assert "Choose one." in wrong
        moved = officer.post(where, {**slot, "audience": "women"})
        assert moved["Location"] == f"{where}?hasil=kunjungan-pindah"
        assert "Women" in text(officer, where)
