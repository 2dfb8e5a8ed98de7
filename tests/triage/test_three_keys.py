"""The three keys: what is not identified is confirmed at the decision, and stays in view."""

import pytest
from django.urls import reverse

from ruang.access.roles import Role
from ruang.cases import commands as cases
from ruang.cases.models import Case
from ruang.cases.queries import case_head, unidentified
from ruang.intake import commands as intake
from ruang.intake.states import State
from ruang.kernel.codes import Authority, CaseKind, Risk
from ruang.kernel.errors import Refused
from ruang.kernel.official_keys import Key
from ruang.triage import commands
from ruang.triage.commands import Leads
from ruang.triage.queries import decide_page
from ruang.triage.states import BECOMES_CASE, Outcome
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def decide(desk: Desk, outcome: Outcome = Outcome.CASE, *, confirmed: bool) -> Case:
    return Case.objects.get(
        pk=commands.decide_report(
            actor=desk.who("holder"), report_id=desk.report.pk, outcome=outcome, at=make.AT,
            message="Kami bersama Anda.", confirmed=confirmed,
            leads=Leads(id_of(desk, "manager"), id_of(desk, "colleague")),
        )
    )  # fmt: skip


@pytest.mark.parametrize("outcome", sorted(BECOMES_CASE))
def test_what_is_not_identified_is_confirmed_first(outcome: Outcome) -> None:
    desk = desk_with(State.CLAIMED)
    page = decide_page(actor=desk.who("holder"), report_id=desk.report.pk)
    assert page is not None
    assert page.missing == tuple(Key)
    with pytest.raises(Refused, match="Not identified yet: Kind of matter, Risk, Whose"):
        decide(desk, outcome, confirmed=False)
    decide(desk, outcome, confirmed=True)


def test_what_is_identified_needs_no_word() -> None:
    desk = desk_with(State.CLAIMED)
    about = {"actor": desk.who("holder"), "report_id": desk.report.pk, "at": make.AT}
    intake.rate_report(risk=Risk.LOW, **about)  # type: ignore[arg-type]
    intake.identify_report(
        kind=CaseKind.DOMESTIC,
        authority=Authority.OURS,
        tpks=False,
        **about,  # type: ignore[arg-type]
    )
    decide(desk, confirmed=False)


def test_the_case_and_its_manager_read_it_until_it_is_done() -> None:
    desk = desk_with(State.CLAIMED)
    case = decide(desk, confirmed=True)
    manager = desk.who("manager")
    head = case_head(actor=manager, case_id=case.pk, at=make.AT)
    assert head.missing == tuple(Key)
    assert [one.missing for one in unidentified(actor=manager)] == [tuple(Key)]
    browser = make.signed_in(desk.users["manager"])
    assert case.number in browser.get(reverse("work:work")).content.decode()
    strip = browser.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "Not identified yet" in strip or "Belum diidentifikasi" in strip
    cases.rate_case(actor=manager, case_id=case.pk, risk=Risk.LOW, at=make.AT)
    commands.identify_case(
        actor=manager, case_id=case.pk, kind=CaseKind.DOMESTIC, authority=Authority.OURS,
        tpks=False, at=make.AT,
    )  # fmt: skip
    assert not unidentified(actor=manager)
    assert not case_head(actor=manager, case_id=case.pk, at=make.AT).missing


def test_the_page_asks_to_confirm_it() -> None:
    desk = desk_with(State.CLAIMED)
    make.user(desk.users["holder"].organisation, Role.CASE_MANAGER)
    browser = make.signed_in(desk.users["holder"])
    address = reverse("desk:decide", args=[desk.report.pk, "kasus"])
    assert 'name="confirmed"' in browser.get(address).content.decode()
    said = {
        "text": "Kami bersama Anda.", "manager": str(id_of(desk, "manager")),
        "deputy": str(id_of(desk, "colleague")),
    }  # fmt: skip
    assert browser.post(address, said).status_code == 200
    assert not Case.objects.exists()
    assert browser.post(address, {**said, "confirmed": "on"}).status_code == 302
    assert Case.objects.exists()
