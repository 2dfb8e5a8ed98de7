"""Identifying on two pages at once: nothing is lost, and what clashes is chosen."""

import pytest

from ruang.access.roles import Role
from ruang.approvals.models import Approval
from ruang.cases.states import Part
from ruang.dossier import commands as dossier
from ruang.dossier.states import Kind
from ruang.identity.models import User
from tests import make
from tests.web.parts import links, soup, words
from tests.web.test_keys_pages import form_of, keys

pytestmark = pytest.mark.django_db


def test_a_page_that_is_old_replaces_nothing_and_a_conflict_shows_both() -> None:
    case = make.case()
    address = f"/kasus/{case.pk}/identifikasi/"
    manager, deputy = (
        make.signed_in(make.lead_of(case, part)) for part in (Part.MANAGER, Part.DEPUTY)
    )
    User.objects.update(language="en")
    old = form_of(manager.get(address))
    deputy.post(address, form_of(deputy.get(address)) | {"kind": "labour"})

    assert manager.post(address, old | {"authority": "ours"}).status_code == 302
    assert keys(case) == ("labour", "ours", False)

    asked = manager.post(address, old | {"kind": "civil", "authority": "ours"})
    assert asked.status_code == 409
    assert keys(case) == ("labour", "ours", False)
    page = words(asked)
    for said in ("Nothing was saved yet", "Labour dispute", "Civil matter", "Saved by"):
        assert said in page
    choice = {str(one["name"]) for one in soup(asked).select("#beda-kind input")}
    assert choice == {"ambil-kind"}
    assert not soup(asked).select("#beda-authority")

    anew = form_of(asked)
    assert anew["kind"] == "civil"
    theirs = manager.post(address, anew | {"ambil-kind": "theirs", "authority": "shared"})
    assert theirs.status_code == 302
    assert keys(case) == ("labour", "shared", False)
    assert manager.post(address, anew | {"ambil-kind": "mine"}).status_code == 302
    assert keys(case) == ("civil", "shared", False)


def test_a_base_that_no_page_sent_is_not_taken() -> None:
    case = make.case()
    manager = make.signed_in(make.lead_of(case))
    User.objects.update(language="en")
    sent = {"kind": "civil", "base": "x,y"}
    assert "too old" in words(manager.post(f"/kasus/{case.pk}/identifikasi/", sent))
    assert keys(case) == ("", "", False)


def test_tpks_stays_while_an_incident_says_so() -> None:
    case = make.case()
    lead = make.lead_of(case)
    User.objects.update(language="en")
    manager = make.signed_in(lead)
    dossier.add_record(
        actor=make.actor(lead), case_id=case.pk, kind=Kind.INCIDENT, at=make.AT,
        values={"tpks": ("rape",)},
    )  # fmt: skip
    address = f"/kasus/{case.pk}/identifikasi/"
    sent = form_of(manager.get(address)) | {"kind": "civil"}
    assert "tpks" not in sent, "there is no box to be unticked"
    assert manager.post(address, sent | {"tpks": ""}).status_code == 302
    assert keys(case) == ("civil", "", True)
    unmark = f"/kasus/{case.pk}/cabut-tpks/"
    assert unmark in links(manager.get(address))
    head = make.user(lead.organisation, Role.HEAD)
    User.objects.update(language="en")
    asked = {"why": "not_applicable", "decider": str(head.pk), "reason": "KENARI"}
    assert "UU 12/2022 ps 23" in words(manager.post(unmark, asked))


def test_a_second_person_lets_the_mark_be_taken_off() -> None:
    case = make.case()
    lead = make.lead_of(case)
    head = make.user(lead.organisation, Role.HEAD)
    User.objects.update(language="en")
    manager, second = make.signed_in(lead), make.signed_in(head)
    room, unmark = f"/kasus/{case.pk}/", f"/kasus/{case.pk}/cabut-tpks/"
    assert unmark not in links(manager.get(room))
    assert "no TPKS mark" in words(manager.get(unmark))
    manager.post(f"{room}identifikasi/", {"kind": "labour", "tpks": "on"})
    assert unmark in links(manager.get(room))
    assert "Choose one" in words(manager.post(unmark, {}))
    said = {"why": "by_mistake", "decider": str(head.pk), "reason": "KENARI salah baca"}
    done = manager.post(unmark, said)
    assert done["Location"] == f"{room}?hasil=tpks-diminta"
    assert keys(case) == ("labour", "", True)

    asked = Approval.objects.get()
    page = words(second.get(f"/persetujuan/{asked.pk}/"))
    for seen in ("Take TPKS off a case", "It was started by mistake", "KENARI salah baca"):
        assert seen in page
    assert second.post(f"/persetujuan/{asked.pk}/setuju/", {}).status_code == 302
    assert keys(case) == ("labour", "", False)
    assert unmark not in links(manager.get(room))
