"""A case another institution takes over is closed with minutes, and with a second person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from ruang.access.roles import Role
from ruang.approvals.models import Approval
from ruang.approvals.states import State as Asked
from ruang.audit.models import Fact
from ruang.cases.commands import add_colleague
from ruang.cases.models import Case
from ruang.cases.states import Closing, Compartment, Part, State
from ruang.consents.states import Basis
from ruang.identity.models import Organisation
from ruang.kernel.codes import Ground
from ruang.kernel.errors import Refused
from ruang.referrals.commands import ask_to_close, withdraw_consent
from ruang.referrals.handing import CaseOver, MinutesText
from ruang.referrals.models import CaseHandOver
from ruang.referrals.queries import case_minutes
from tests import closings, make
from tests.cases.team import partner_on
from tests.web.parts import soup, words

pytestmark = pytest.mark.django_db
SAID = MinutesText(
    institution="UPTD PPA Kabupaten Serang", person="Ibu Ratna, kepala seksi",
    agreed="Disetujui lisan, 20 November, sesudah dijelaskan.", done="Asesmen dan visum.",
)  # fmt: skip
OUTSIDE = CaseOver(Ground.TERRITORY, make.AT.date(), Basis.CONSENT, SAID)


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


@pytest.fixture
def case() -> Case:
    make.city()
    return make.case()


def ask(case: Case, over: CaseOver | None, closing: Closing = Closing.MOVED) -> Approval:
    second = make.lead_of(case, Part.DEPUTY)
    row = ask_to_close(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, decider=second.pk, over=over,
        proposal=closings.proposal(closing=closing), at=make.AT,
    )  # fmt: skip
    return Approval.objects.get(pk=row.approval)


def minutes(case: Case) -> Any:
    actor = make.actor(make.lead_of(case))
    return case_minutes(actor=actor, case_id=case.pk, at=make.AT)[1]


def test_it_is_not_closed_as_taken_over_without_minutes(case: Case) -> None:
    with pytest.raises(Refused):
        ask(case, None)
    with pytest.raises(Refused):
        ask(case, OUTSIDE, Closing.HELPED)
    assert not Approval.objects.exists()


def test_minutes_count_once_a_second_person_has_approved(case: Case) -> None:
    asked = ask(case, OUTSIDE)
    facts = Fact.objects.filter(name="referrals.case_handed_over")
    assert facts.count() == 1
    before = minutes(case)
    assert (before.taker, before.approved_by) == ("UPTD PPA Kabupaten Serang", "")
    assert before.said == SAID
    closings.granted(asked)
    case.refresh_from_db()
    assert (case.state, case.closing) == (State.CLOSED, Closing.MOVED)
    assert minutes(case).approved_by == make.lead_of(case, Part.DEPUTY).name


@pytest.mark.parametrize(
    "changed",
    [
        {"said": replace(SAID, institution="")}, {"said": replace(SAID, person=" ")},
        {"said": replace(SAID, agreed="")}, {"said": replace(SAID, done="")},
        {"said": replace(SAID, institution="x" * 201)}, {"desk": make.stranger()},
        {"on": make.AT.date() + timedelta(days=1)},
    ],
)  # fmt: skip
def test_nothing_is_asked_while_the_minutes_lack_something(
    case: Case, changed: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        ask(case, replace(OUTSIDE, **changed))
    assert not CaseHandOver.objects.exists()


class TestToADeskHere:
    @pytest.fixture
    def desk(self, case: Case) -> Organisation:
        return make.partner().organisation

    def over(self, desk: Organisation, **said: Any) -> CaseOver:
        there = replace(SAID, institution="")
        return CaseOver(Ground.AUTHORITY, make.AT.date(), said=there, desk=desk.pk, **said)

    def test_her_consent_to_it_must_be_in_force(self, case: Case, desk: Organisation) -> None:
        with pytest.raises(Refused):
            ask(case, self.over(desk, basis=Basis.CONSENT))
        consent = make.consent(case, desk, Compartment.NARRATIVE)
        manager = make.actor(make.lead_of(case))
        ended = make.consent(case, desk, Compartment.HEALTH)
        withdraw_consent(actor=manager, consent_id=ended.pk, at=make.AT)
        with pytest.raises(Refused):
            ask(case, self.over(desk, basis=Basis.CONSENT, consent=ended.pk))
        ask(case, self.over(desk, basis=Basis.CONSENT, consent=consent.pk))
        assert minutes(case).has_consent
        assert minutes(case).taker == desk.name

    def test_taken_back_before_the_second_person_nothing_is_left_to_approve(
        self, case: Case, desk: Organisation
    ) -> None:
        consent = make.consent(case, desk, Compartment.NARRATIVE)
        asked = ask(case, self.over(desk, basis=Basis.CONSENT, consent=consent.pk))
        manager = make.actor(make.lead_of(case))
        withdraw_consent(actor=manager, consent_id=consent.pk, at=make.AT)
        asked.refresh_from_db()
        assert asked.state == Asked.LAPSED
        with pytest.raises(Refused):
            closings.granted(asked)
        case.refresh_from_db()
        assert case.state == State.OPEN

    def test_another_basis_needs_its_reason_alone(self, case: Case, desk: Organisation) -> None:
        ask(case, self.over(desk, basis=Basis.LAW))
        assert not minutes(case).has_consent

    def test_nobody_takes_over_what_is_theirs(self, case: Case) -> None:
        own = make.lead_of(case).organisation
        with pytest.raises(Refused):
            ask(case, self.over(own, basis=Basis.LAW))


def test_who_reads_the_minutes(case: Case) -> None:
    ask(case, OUTSIDE)
    colleague = make.user(make.lead_of(case).organisation, Role.CASE_MANAGER)
    add_colleague(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, user_id=colleague.pk,
        compartments=[], at=make.AT,
    )  # fmt: skip
    found = case_minutes(actor=make.actor(colleague), case_id=case.pk, at=make.AT)[1]
    assert found is not None
    assert found.said is None, "she was given no identity"
    partner = partner_on(case, Compartment.PLAN, Compartment.IDENTITY)
    assert case_minutes(actor=make.actor(partner), case_id=case.pk, at=make.AT)[1] is None


def test_the_page_asks_for_them_and_prints_them(case: Case) -> None:
    browser = make.signed_in(make.lead_of(case))
    url = f"/kasus/{case.pk}/penutupan/"
    second = make.lead_of(case, Part.DEPUTY)
    sent = {
        "closing": "moved", "note": "Dilimpahkan.", "text": "Anda bisa kembali.",
        "reason": "Wilayah lain.", "decider": str(second.pk),
        **{f"yes_{code}": "on" for code in ("safety", "contact", "person", "feedback")},
        **dict.fromkeys(why_fields(browser.get(url)), "Tidak perlu."),
    }  # fmt: skip
    refused = browser.post(url, sent)
    assert refused.status_code == 200
    assert not CaseHandOver.objects.exists()
    sent |= {
        "ground": "territory", "basis": "consent", "on": make.AT.date().isoformat(),
        "institution": SAID.institution, "person": SAID.person, "agreed": SAID.agreed,
        "done": SAID.done,
    }  # fmt: skip
    assert browser.post(url, sent).status_code == 302
    paper = f"/kasus/{case.pk}/penutupan/berita-acara/"
    assert paper in browser.get(url).content.decode()
    assert "Ibu Ratna" in words(browser.get(paper))
    closings.granted(Approval.objects.get())
    assert second.name in words(browser.get(paper))
    assert paper in browser.get(f"/kasus/{case.pk}/").content.decode()


def why_fields(page: Any) -> list[str]:
    return [str(one["name"]) for one in soup(page).select('[name^="why_"]')]
