"""Whoever is barred from a case is told nothing of it, not even that something waits."""

import pytest

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.cases.commands import exclude_user, start_case_clock
from ruang.cases.states import Exclusion
from ruang.clocks.commands import sweep_clocks
from ruang.clocks.official import PDP_RESTRICTION
from tests import make
from tests.notify.sink import Sink
from tests.notify.test_alerts import AT, HOUR, reached, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_clock_of_a_case_is_told_to_nobody_who_is_barred_from_it(post: Sink) -> None:
    case = make.case()
    desk, lead = make.lead_of(case).organisation, make.actor(make.lead_of(case))
    head, officer, other = make.user(desk, Role.HEAD), make.user(desk), make.user(desk)
    told = [reached(other, head), reached(head, head, on_duty=False)]
    reached(officer, head)
    exclude_user(actor=lead, case_id=case.pk, user_id=officer.pk, why=Exclusion.SURVIVOR, at=AT)
    start_case_clock(
        actor=lead, case_id=case.pk, kind=PDP_RESTRICTION, on=AT.date(), source="Surat", at=AT
    )
    for hours in (60, 80):
        sweep_clocks(actor=SYSTEM, at=AT + hours * HOUR)
        work(AT + hours * HOUR)
    assert sorted(post.to()) == sorted([told[0], *told])


def test_a_request_is_told_to_nobody_who_is_barred_from_its_case(post: Sink) -> None:
    case, partner = make.case(), make.partner()
    barred = make.user(partner.organisation, Role.PARTNER_DESK)
    boss = make.user(partner.organisation, Role.HEAD)
    for person in (partner, barred):
        reached(person, boss)
    exclude_user(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, user_id=barred.pk,
        why=Exclusion.SURVIVOR, at=AT,
    )  # fmt: skip
    make.referral(case, receiver=partner.organisation)
    work()
    assert post.to() == [f"{partner.login}@kota.example"]
