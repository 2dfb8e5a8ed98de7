"""Identifying on two pages at once: nothing is lost, and what clashes is chosen."""

import pytest

from ruang.cases.states import Part
from ruang.dossier import commands as dossier
from ruang.dossier.states import Kind
from ruang.identity.models import User
from tests import make
from tests.web.parts import soup, words
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
    sent = form_of(manager.get(address)) | {"kind": "civil", "why": "not_applicable"}
    del sent["tpks"]
    assert "UU 12/2022 ps 23" in words(manager.post(address, sent))
    assert keys(case) == ("", "", True)
