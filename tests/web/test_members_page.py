"""Members, organisations and the set-up page, as their readers use them."""

from typing import Any

import pytest
from django.test import Client

from ruang.access.roles import Role
from ruang.cases.states import Part
from ruang.identity import queries
from ruang.identity.models import Organisation, User
from ruang.identity.states import OrganisationKind, State
from ruang.territory.facts import city_facts
from ruang.vault.models import KeyPair, Kind, Wrap
from ruang.web.members import views as members_view
from tests import make
from tests.web.parts import links, soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Any:
    """A city whose office has a desk of two, a head, an administrator; all read English."""
    queries.forget_readiness()
    found = make.city()
    place = Organisation.objects.get(pk=found.intake_desk)
    officer, colleague = User.objects.filter(organisation=place).order_by("login")
    people = {
        "officer": officer,
        "colleague": colleague,
        "head": make.user(place, Role.HEAD),
        "admin": make.user(place, Role.ADMIN),
        "auditor": make.user(place, Role.AUDITOR),
        "stranger": make.user(
            Organisation.objects.get(pk=found.alternate_desk), Role.PARTNER_DESK
        ),
        "newcomer": make.user(place, Role.INTAKE_OFFICER, state=State.WAITING),
    }
    User.objects.update(language="en")
    return {name: User.objects.get(pk=person.pk) for name, person in people.items()}


def as_(person: User) -> Client:
    return make.signed_in(person)


def digits(answer: Any) -> str:
    return str(soup(answer).find("input", {"name": "shown"})["value"])  # type: ignore[index]


# --- the list -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("head", 200), ("admin", 200), ("stranger", 200), ("auditor", 404)],
)
def test_who_sees_the_members(desk: Any, who: str, status: int) -> None:
    assert as_(desk[who]).get("/anggota/").status_code == status


def test_the_list_shows_who_waits_first_and_no_other_house(desk: Any) -> None:
    answer = as_(desk["officer"]).get("/anggota/")
    text = words(answer)
    assert text.index(desk["newcomer"].name) < text.index(desk["officer"].name)
    assert desk["stranger"].name not in text
    assert "LBH" not in text
    assert f"/anggota/{desk['newcomer'].pk}/konfirmasi/" in links(answer)
    assert "/anggota/undang/" not in links(answer)


def test_who_left_is_shown_to_those_alone_who_let_people_in(desk: Any) -> None:
    User.objects.filter(pk=desk["colleague"].pk).update(state=State.REMOVED)
    name = desk["colleague"].name
    assert name not in words(as_(desk["officer"]).get("/anggota/"))
    assert name in words(as_(desk["head"]).get("/anggota/"))


def test_a_member_of_another_house_does_not_exist(desk: Any) -> None:
    for address in ("", "konfirmasi/", "tangguhkan/", "keluarkan/", "undang/"):
        target = f"/anggota/{desk['officer'].pk}/{address}"
        assert as_(desk["stranger"]).post(target).status_code in {404, 405}, address
    assert as_(desk["stranger"]).get(f"/anggota/{desk['officer'].pk}/").status_code == 404


def test_a_long_list_is_searched_by_name_or_user_name(desk: Any) -> None:
    head = as_(desk["head"])
    place = desk["head"].organisation
    assert not soup(head.get("/anggota/")).select("main form[role=search]")
    wanted = make.user(place)
    wanted.name = "Ibu Ĺaras Wulandari"
    wanted.save(update_fields=["name"])
    for _ in range(members_view.FEW):
        make.user(place)
    assert soup(head.get("/anggota/")).select_one("main form[role=search] input[name=nama]")
    for part in ("ĺARAS", " wulan ", wanted.login.upper()):
        answer = head.get("/anggota/", {"nama": part})
        assert [row.td.a.text for row in soup(answer).select("main tbody tr")] == [wanted.name]  # type: ignore[union-attr]
        assert desk["newcomer"].name not in words(answer)
    waiting = words(head.get("/anggota/", {"nama": desk["newcomer"].name}))
    assert "Waiting for a colleague's word" in waiting
    assert "Nobody here" not in waiting


@pytest.mark.parametrize("odd", ["tidak-ada", "\x00", "<b>x</b>", "x" * 5_000, "\u202e", "😀"])
def test_whoever_is_not_found_is_said_and_everybody_is_one_tap_away(
    desk: Any, odd: str
) -> None:
    answer = as_(desk["head"]).get("/anggota/", {"nama": odd})
    assert answer.status_code == 200
    assert "<b>x" not in answer.content.decode()
    found = soup(answer)
    if not found.select("main tbody tr"):
        assert "Nobody here" in words(answer)
        assert found.select_one("main .rk-empty a[href='?']")


# --- inviting -----------------------------------------------------------------------------


def test_a_head_is_offered_the_roles_she_gives_and_no_other(desk: Any) -> None:
    shown = soup(as_(desk["head"]).get("/anggota/undang/"))
    offered = {str(i["value"]) for i in shown.select("input[name=role]")}
    assert offered == {
        "intake_officer",
        "case_manager",
        "partner_desk",
        "prevention_officer",
        "facilitator",
        "cadre",
        "head",
    }
    assert not shown.select("input[name=role][checked]")
    forged = {"name": "X", "login": "xxx", "role": "admin"}
    assert as_(desk["head"]).post("/anggota/undang/", forged).status_code == 200
    assert not User.objects.filter(login="xxx").exists()


def test_the_code_is_shown_once_and_again_only_as_a_new_one(desk: Any) -> None:
    head = as_(desk["head"])
    given = {"name": "Ibu Baru", "login": "Ibu.Baru", "role": "intake_officer"}
    first = head.post("/anggota/undang/", given)
    code = soup(first).find(id="kode-undangan").text  # type: ignore[union-attr]
    user = User.objects.get(login="ibu.baru")
    page = head.get(f"/anggota/{user.pk}/")
    assert code not in str(page.content, "utf-8")
    again = head.post(f"/anggota/{user.pk}/undang/")
    assert soup(again).find(id="kode-undangan").text != code  # type: ignore[union-attr]
    taken = head.post("/anggota/undang/", given)
    assert "taken" in words(taken)
    assert soup(taken).find("input", {"name": "name"})["value"] == "Ibu Baru"  # type: ignore[index]


@pytest.mark.parametrize("value", ["", " ", "\x00", "\u202d", "x" * 5_000, "😀"])
@pytest.mark.parametrize("field", ["name", "login", "role"])
def test_nothing_typed_breaks_the_invitation(desk: Any, field: str, value: str) -> None:
    given = {"name": "Ibu", "login": "ibu.baru", "role": "head", field: value}
    assert as_(desk["head"]).post("/anggota/undang/", given).status_code == 200


# --- confirming ---------------------------------------------------------------------------


def test_comparing_the_numbers_gives_the_keys(desk: Any) -> None:
    newcomer, officer = desk["newcomer"], as_(desk["officer"])
    hers = as_(newcomer).get("/akun/menunggu/")
    page = officer.get(f"/anggota/{newcomer.pk}/konfirmasi/")
    assert digits(page).split() == [span.text for span in soup(hers).select("#sidik span")]

    unticked = officer.post(f"/anggota/{newcomer.pk}/konfirmasi/", {"shown": digits(page)})
    assert "Compare the numbers" in words(unticked)
    other = {"shown": digits(page)[::-1], "same": "on"}
    refused = officer.post(f"/anggota/{newcomer.pk}/konfirmasi/", other)
    assert "have changed meanwhile" in words(refused)
    assert not Wrap.objects.filter(holder__owner=newcomer.pk).exists()

    done = officer.post(
        f"/anggota/{newcomer.pk}/konfirmasi/", {"shown": digits(page), "same": "on"}
    )
    assert done["Location"] == "/anggota/?hasil=dikonfirmasi"
    assert "Confirmed" in words(officer.get(done["Location"]))
    assert Wrap.objects.filter(holder__owner=newcomer.pk).count() == 1
    assert as_(newcomer).get("/pengaduan/").status_code == 200


def test_confirming_twice_says_so_and_harms_nothing(desk: Any) -> None:
    newcomer, officer = desk["newcomer"], as_(desk["officer"])
    address = f"/anggota/{newcomer.pk}/konfirmasi/"
    given = {"shown": digits(officer.get(address)), "same": "on"}
    officer.post(address, given)
    again = officer.post(address, given)
    assert again.status_code == 200
    assert "changed meanwhile" in words(again)
    assert officer.get(address).status_code == 404


def test_neither_head_nor_administrator_nor_oneself_confirms(desk: Any) -> None:
    newcomer = desk["newcomer"]
    for who in ("head", "admin", "newcomer"):
        browser = as_(desk[who])
        given = {"shown": "x", "same": "on"}
        answer = browser.post(f"/anggota/{newcomer.pk}/konfirmasi/", given)
        assert answer.status_code in {302, 403}, who
    newcomer.refresh_from_db()
    assert newcomer.state == State.WAITING


# --- suspending and removing --------------------------------------------------------------


@pytest.mark.parametrize("step", ["tangguhkan", "keluarkan"])
def test_sending_somebody_away_takes_effect_at_her_next_request(desk: Any, step: str) -> None:
    """S-24, the pages' part."""
    colleague, head = desk["colleague"], as_(desk["head"])
    hers = as_(colleague)
    assert hers.get("/pengaduan/").status_code == 200
    address = f"/anggota/{colleague.pk}/{step}/"
    asked = head.get(address)
    assert colleague.name in words(asked)
    assert hers.get("/pengaduan/").status_code == 200, "asking does nothing"

    done = head.post(address)
    assert done.status_code == 302
    assert hers.get("/pengaduan/")["Location"].startswith("/masuk/")
    assert not Wrap.objects.filter(holder__owner=colleague.pk).exists()
    epoch = KeyPair.objects.get(
        owner=colleague.organisation_id, kind=Kind.DESK, retired_at=None
    )
    assert epoch.epoch == 2
    assert Wrap.objects.filter(key=epoch.pk, holder__owner=desk["officer"].pk).exists()
    answer = Client().post(
        "/masuk/", {"login": colleague.login, "password": make.PASSWORD, "b": "en"}
    )
    assert "do not match" in words(answer)


def test_why_somebody_cannot_go_is_said_on_the_page(desk: Any) -> None:
    case = make.case()
    manager, deputy = make.lead_of(case), make.lead_of(case, Part.DEPUTY)
    assert manager.organisation_id == deputy.organisation_id
    make.user(manager.organisation, Role.INTAKE_OFFICER)
    head = as_(make.user(manager.organisation, Role.HEAD))
    User.objects.update(language="en")
    assert head.post(f"/anggota/{deputy.pk}/keluarkan/").status_code == 302
    answer = head.post(f"/anggota/{manager.pk}/keluarkan/")
    assert answer.status_code == 200
    assert "alone opens a case" in words(answer)
    assert soup(answer).select_one("[data-ruang=errors] li")
    manager.refresh_from_db()
    assert manager.state == State.ACTIVE


def test_somebody_who_was_suspended_returns_and_waits(desk: Any) -> None:
    head, colleague = as_(desk["head"]), desk["colleague"]
    head.post(f"/anggota/{colleague.pk}/tangguhkan/")
    head.post(f"/anggota/{colleague.pk}/kembalikan/")
    assert as_(colleague).get("/pengaduan/")["Location"] == "/akun/menunggu/"


def test_an_officer_sends_nobody_away(desk: Any) -> None:
    officer = as_(desk["officer"])
    for step in ("tangguhkan", "keluarkan", "kembalikan"):
        address = f"/anggota/{desk['colleague'].pk}/{step}/"
        assert officer.get(address).status_code == 404
        assert officer.post(address).status_code == 403
    desk["colleague"].refresh_from_db()
    assert desk["colleague"].state == State.ACTIVE


# --- organisations ------------------------------------------------------------------------


def test_an_administrator_enters_an_organisation_and_its_first_member(desk: Any) -> None:
    admin = as_(desk["admin"])
    done = admin.post(
        "/organisasi/baru/", {"name": "Rumah Aman Melati", "kind": "shelter", "phone": ""}
    )
    place = Organisation.objects.get(name="Rumah Aman Melati")
    assert done["Location"] == f"/organisasi/{place.pk}/undang/?hasil=organisasi"
    invited = admin.post(
        f"/organisasi/{place.pk}/undang/",
        {"name": "Ibu Melati", "login": "melati", "role": "partner_desk"},
    )
    assert soup(invited).find(id="kode-undangan")
    assert "Ibu Melati" in words(admin.get(f"/organisasi/{place.pk}/"))
    again = admin.post("/organisasi/baru/", {"name": "rumah aman melati", "kind": "shelter"})
    assert "There is an organisation of this name" in words(again)


def test_an_organisation_is_closed_and_opened_again(desk: Any) -> None:
    admin, hers = as_(desk["admin"]), as_(desk["stranger"])
    place = desk["stranger"].organisation_id
    assert hers.get("/rujukan/").status_code == 200
    admin.post(f"/organisasi/{place}/tutup/")
    assert hers.get("/rujukan/").status_code == 302
    assert as_(desk["stranger"]).get("/rujukan/").status_code == 302
    admin.post(f"/organisasi/{place}/buka/")
    assert as_(desk["stranger"]).get("/rujukan/").status_code == 200
    own = admin.post(f"/organisasi/{desk['admin'].organisation_id}/tutup/")
    assert "own organisation" in words(own)


@pytest.mark.parametrize("who", ["officer", "head", "auditor", "stranger"])
def test_only_administrators_manage_organisations(desk: Any, who: str) -> None:
    browser, place = as_(desk[who]), desk["stranger"].organisation_id
    for address in ("/organisasi/", "/organisasi/baru/", "/pasang/"):
        assert browser.get(address).status_code == 403, address
    for address in (f"/organisasi/{place}/tutup/", "/pasang/nama/", "/pasang/formulir/"):
        assert browser.post(address, {"buka": "0"}).status_code in {403, 404}, address
    assert Organisation.objects.get(pk=place).is_active


# --- the set-up page ----------------------------------------------------------------------

CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("nama", {"unit_name": "UPTD PPA", "service_title": "Layanan Warga"}),
    ("jam", {"opens_at": "07:30", "closes_at": "15.45", "workdays": ["1", "2"]}),
    ("nomor", {"emergency": "Darurat | 112 | 24 jam\n", "hotlines": "SAPA | 129\nUnit|0254-1"}),
    ("tenggat", {"high": "0", "medium": "4", "unrated": "5", "low": "48"}),
    ("keluar-cepat", {"url": "https://www.example.org/cuaca"}),
]


@pytest.mark.parametrize(("part", "given"), CHANGES)
def test_the_city_says_something_else_of_itself(
    desk: Any, part: str, given: dict[str, Any]
) -> None:
    admin, before = as_(desk["admin"]), city_facts()
    if part == "nomor":
        given = {**given, "hotlines": "SAPA | 129\nUnit | 0254-100"}
    answer = admin.post(f"/pasang/{part}/", given)
    assert answer["Location"] == "/pasang/?hasil=kota", words(answer)
    assert city_facts() != before
    assert admin.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("part", [part for part, _ in CHANGES] + ["meja"])
@pytest.mark.parametrize("value", ["", "\x00", "x" * 3_000, "😀 \u202e", "-1"])
def test_nothing_typed_there_breaks_it_and_what_was_typed_stays(
    desk: Any, part: str, value: str
) -> None:
    admin, before = as_(desk["admin"]), city_facts()
    given = dict.fromkeys(
        next((g for p, g in CHANGES if p == part), {"intake_desk": ""}), value
    )
    answer = admin.post(f"/pasang/{part}/", given)
    assert answer.status_code in {200, 302}
    if answer.status_code == 200:
        assert soup(answer).select_one("[data-ruang=errors]")
        assert city_facts() == before


def test_the_form_is_closed_and_opened_when_all_is_there(desk: Any) -> None:
    admin = as_(desk["admin"])
    office, other = desk["admin"].organisation_id, desk["stranger"].organisation_id
    admin.post("/pasang/meja/", {"intake_desk": office, "alternate_desk": other})
    admin.post("/pasang/formulir/", {"buka": "0"})
    assert not city_facts().is_form_open
    User.objects.filter(pk=desk["colleague"].pk).update(state=State.SUSPENDED)
    refused = admin.post("/pasang/formulir/", {"buka": "1"})
    assert "two members of the intake desk" in words(refused)
    User.objects.filter(pk=desk["colleague"].pk).update(state=State.ACTIVE)
    assert admin.post("/pasang/formulir/", {"buka": "1"}).status_code == 302
    assert city_facts().is_form_open
    same = admin.post("/pasang/meja/", {"intake_desk": office, "alternate_desk": office})
    assert "another organisation" in words(same)


def test_kinds_are_all_offered(desk: Any) -> None:
    shown = soup(as_(desk["admin"]).get("/organisasi/baru/"))
    offered = {str(o["value"]) for o in shown.select("select[name=kind] option")}
    assert offered == set(OrganisationKind.values)
