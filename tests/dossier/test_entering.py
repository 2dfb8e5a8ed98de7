"""The entry in SIMFONI is written down when it was made, though the case is closed by then."""

import pytest

from ruang.access.actor import Actor
from ruang.audit.models import Fact
from ruang.cases.models import Case
from ruang.dossier.commands import add_record, enter_person, save_record
from ruang.dossier.models import Record
from ruang.dossier.queries import register_page
from ruang.dossier.reading import answers
from ruang.dossier.states import Kind
from ruang.dossier.values import Conflict
from ruang.kernel.errors import Refused
from tests import make
from tests.closings import closed
from tests.web.parts import words

pytestmark = pytest.mark.django_db
ENTRY = {"simfoni_entered": "yes", "simfoni_number": "S-77", "simfoni_on": "2026-11-20"}


@pytest.fixture
def case() -> Case:
    make.city()
    return make.case()


def manager(case: Case) -> Actor:
    return make.actor(make.lead_of(case))


def survivor(case: Case) -> Record:
    values = {"role": "beneficiary", "name": "Melati", "about_age": "17"}
    return add_record(
        actor=manager(case), case_id=case.pk, kind=Kind.PERSON, values=values, at=make.AT
    )


def test_number_and_day_are_written_in_a_closed_case_and_nothing_else(case: Case) -> None:
    row = survivor(case)
    closed(case)
    about = {"actor": manager(case), "record_id": row.pk, "base_version": 1, "at": make.AT}
    with pytest.raises(Refused):
        save_record(**about, values=ENTRY)
    enter_person(**about, values={**ENTRY, "name": "Mawar", "about_age": "30"})
    row.refresh_from_db()
    said = answers(row, manager(case))
    assert said["name"] == "Melati"
    assert said["about_age"] == "17"
    assert {name: said[name] for name in ENTRY} == ENTRY
    fact = Fact.objects.latest("number")
    assert (fact.name, fact.codes["step"]) == ("dossier.record_moved", "enter")
    (line,) = register_page(actor=manager(case), case_id=case.pk, at=make.AT).rows
    assert (line.entered, line.number) == (True, "S-77")


def test_two_numbers_at_once_are_shown(case: Case) -> None:
    row = survivor(case)
    closed(case)
    about = {"actor": manager(case), "record_id": row.pk, "base_version": 1, "at": make.AT}
    enter_person(**about, values=ENTRY)
    with pytest.raises(Conflict):
        enter_person(**about, values={"simfoni_number": "S-78"})


def test_only_a_person_is_entered(case: Case) -> None:
    row = add_record(
        actor=manager(case), case_id=case.pk, kind=Kind.SUSPECT, values={"alias": "Bos"},
        at=make.AT,
    )  # fmt: skip
    with pytest.raises(Refused):
        enter_person(
            actor=manager(case), record_id=row.pk, base_version=1, values=ENTRY, at=make.AT
        )


def test_the_page_of_a_closed_case_takes_the_entry(case: Case) -> None:
    row = survivor(case)
    closed(case)
    browser = make.signed_in(make.lead_of(case))
    url = f"/kasus/{case.pk}/simfoni/{row.pk}/"
    assert url in browser.get(f"/kasus/{case.pk}/simfoni/").content.decode()
    page = browser.get(url)
    assert 'name="simfoni_number"' in page.content.decode()
    assert 'name="address"' not in page.content.decode()
    sent = browser.post(url, {"base": "1", "once": "a", **ENTRY})
    assert sent.status_code == 302
    assert "S-77" in words(browser.get(f"/kasus/{case.pk}/simfoni/"))
