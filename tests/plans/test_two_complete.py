"""Two people complete the same service at once: nobody's answer is written over unseen."""

import pytest

from ruang.cases.models import Case
from ruang.cases.states import Part
from ruang.kernel.errors import Refused
from ruang.plans.commands import Entry, Wanted, complete_service, give_service
from ruang.plans.entry import edition
from ruang.plans.models import Service
from ruang.plans.queries import service_said
from ruang.plans.states import Detail, Function, Kind
from tests import make

pytestmark = pytest.mark.django_db
VISIT = Entry(kind=Kind.HEALTH, detail=Detail.MEDICAL, provider_name="RSUD")
ADVICE = Entry(kind=Kind.LEGAL_AID)


@pytest.fixture
def service() -> Service:
    make.city()
    case = make.case()
    return give_service(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, at=make.AT, note="",
        wanted=Wanted(Function.COMPANION, None), on=make.AT.date(),
    )  # fmt: skip


def known(service: Service) -> Entry:
    actor = make.actor(make.lead_of(service.case))
    return service_said(actor=actor, case_id=service.case_id, service_id=service.pk)


def complete(service: Service, part: Part, said: Entry, base: str | None) -> None:
    complete_service(
        actor=make.actor(make.lead_of(service.case, part)), case_id=service.case_id,
        service_id=service.pk, said=said, at=make.AT, base=base,
    )  # fmt: skip


def test_the_second_is_told_what_the_first_saved(service: Service) -> None:
    base = edition(known(service))
    complete(service, Part.DEPUTY, VISIT, base)
    with pytest.raises(Refused) as refusal:
        complete(service, Part.MANAGER, ADVICE, base)
    assert "RSUD" in str(refusal.value)
    assert known(service).kind == Kind.HEALTH
    complete(service, Part.MANAGER, ADVICE, edition(known(service)))
    assert known(service).kind == Kind.LEGAL_AID


def test_the_same_said_twice_is_no_conflict(service: Service) -> None:
    base = edition(known(service))
    complete(service, Part.DEPUTY, VISIT, base)
    complete(service, Part.MANAGER, VISIT, base)
    assert known(service).provider_name == "RSUD"


def test_the_form_carries_the_edition(service: Service) -> None:
    case = Case.objects.get(pk=service.case_id)
    browser = make.signed_in(make.lead_of(case))
    url = f"/kasus/{case.pk}/layanan/{service.pk}/lengkapi/"
    page = browser.get(url)
    assert edition(known(service)) in page.content.decode()
    complete(service, Part.DEPUTY, VISIT, None)
    sent = {"base": edition(Entry(kind=None)), "kind": Kind.LEGAL_AID.value, "once": "a"}
    assert "RSUD" in browser.post(url, sent).content.decode()
    assert known(service).kind == Kind.HEALTH
