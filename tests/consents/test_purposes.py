"""A consent names one purpose and carries no other: request by request, part by part."""

from dataclasses import replace

import pytest
from django.urls import reverse

from ruang.cases.models import Case
from ruang.cases.states import Compartment
from ruang.consents.models import Consent
from ruang.consents.queries import standing
from ruang.consents.states import ONLY_CODES, Basis, Purpose
from ruang.identity.models import Organisation, User
from ruang.kernel.errors import Refused
from ruang.referrals import commands
from ruang.referrals.models import Referral
from ruang.referrals.states import Need, Step
from ruang.vault.keyring import readers
from tests import make
from tests.reading import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def ask_on(case: Case, consent: Consent, need: Need, *shared: Compartment) -> Referral:
    asked = make.ask(Organisation.objects.get(pk=consent.organisation_id), *shared, need=need)
    return commands.ask_partner(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, at=make.AT,
        ask=replace(asked, consent=consent.pk),
    )  # fmt: skip


def more_on(case: Case, consent: Consent, person: User, *parts: Compartment) -> None:
    commands.give_more(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, user_id=person.pk,
        compartments=parts, consent_id=consent.pk, at=make.AT,
    )  # fmt: skip


def reads(case: Case, person: User) -> set[str]:
    return set(readers(case.pk, make.AT).get(person.pk, frozenset()))


def on_team(case: Case, need: Need) -> User:
    person = make.partner()
    asked = make.referral(case, person.organisation, need=need)
    make.moved(asked, make.actor(person), Step.TAKE, Step.CONFIRM)
    return person


def test_every_purpose_carries_the_request_it_names_and_no_other() -> None:
    case, place = make.case(), make.partner().organisation
    for purpose in Purpose:
        consent = make.consent(case, place, purpose=purpose)
        for need in Need:
            if need.value == purpose.value:
                assert ask_on(case, consent, need).consent == consent
                continue
            words = "codes alone" if purpose in ONLY_CODES else "another purpose"
            with pytest.raises(Refused, match=words):
                ask_on(case, consent, need)
    assert Referral.objects.count() == len(Need)


@pytest.mark.parametrize("basis", [Basis.VITAL, Basis.LAW, Basis.PUBLIC])
def test_another_ground_names_its_purpose_too(basis: Basis) -> None:
    case, place = make.case(), make.partner().organisation
    ground = {"basis": basis, "reason": "Nyawanya terancam."}
    consent = make.consent(case, place, Compartment.HEALTH, purpose=Purpose.HEALTH, **ground)
    with pytest.raises(Refused, match="another purpose"):
        ask_on(case, consent, Need.POLICE, Compartment.HEALTH)


@pytest.mark.parametrize("need", list(Need))
def test_somebody_on_the_team_is_given_more_for_what_was_asked_of_her(need: Need) -> None:
    case = make.case()
    person = on_team(case, need)
    before = reads(case, person)
    carries = {need.value: Compartment.HEALTH, Purpose.COORDINATION.value: Compartment.LEGAL}
    for purpose in Purpose:
        part = carries.get(purpose.value, Compartment.EVIDENCE)
        shared = () if purpose in ONLY_CODES else (part,)
        consent = make.consent(case, person.organisation, *shared, purpose=purpose)
        if purpose.value in carries:
            more_on(case, consent, person, part)
            continue
        with pytest.raises(Refused, match=r"codes alone|another purpose"):
            more_on(case, consent, person, part)
    assert reads(case, person) == {*before, *carries.values()}


def test_what_another_purpose_covers_does_not_keep_a_part_open() -> None:
    case = make.case()
    person = on_team(case, Need.LEGAL)
    legal = make.consent(case, person.organisation, Compartment.HEALTH)
    make.consent(case, person.organisation, Compartment.HEALTH, purpose=Purpose.POLICE)
    more_on(case, legal, person, Compartment.HEALTH)
    assert "health" in reads(case, person)

    commands.withdraw_consent(
        actor=make.actor(make.lead_of(case)), consent_id=legal.pk, at=make.AT
    )

    assert "health" not in reads(case, person)


def test_pages_offer_those_that_would_carry_it() -> None:
    case = make.case()
    person = on_team(case, Need.LEGAL)
    health, legal = (
        make.consent(case, person.organisation, Compartment.HEALTH, purpose=purpose)
        for purpose in (Purpose.HEALTH, Purpose.LEGAL)
    )
    together = make.consent(
        case, person.organisation, Compartment.HEALTH, purpose=Purpose.COORDINATION
    )
    make.consent(case, person.organisation, purpose=Purpose.STATISTICS)
    manager = make.signed_in(make.lead_of(case))

    def offered(url: str) -> set[str]:
        boxes = parsed(manager.get(url).content).select("[name=consent]")
        return {str(box["value"]) for box in boxes} - {""}

    ask = reverse("referrals:ask", args=[case.pk])
    assert offered(f"{ask}?need=health") == {str(health.pk)}
    assert offered(f"{ask}?need=police") == set()
    assert str(legal.pk) in offered(f"{ask}?need=legal")
    give = offered(reverse("team:give", args=[case.pk, person.pk]))
    assert give == {str(legal.pk), str(together.pk)}
    actor = make.actor(make.lead_of(case))
    every = standing(actor=actor, case_id=case.pk, at=make.AT, purposes=list(Purpose))
    assert Purpose.STATISTICS not in {one.purpose for one in every}
