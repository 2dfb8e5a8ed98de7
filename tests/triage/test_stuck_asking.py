"""What waits for a second person does not wait for ever, whoever has left since."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ruang import wiring
from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.approvals.asking import DECIDER
from ruang.approvals.events import ApprovalMoved
from ruang.approvals.models import Approval
from ruang.approvals.states import State, Step
from ruang.audit import feed
from ruang.audit.models import Fact
from ruang.cases import commands as cases
from ruang.cases.models import Case
from ruang.cases.states import Part
from ruang.identity.events import MemberRemoved, MemberSuspended
from ruang.identity.models import Organisation, User
from ruang.identity.states import State as Account
from ruang.intake import commands as intake
from ruang.intake.states import State as Standing
from ruang.kernel.codes import Risk
from ruang.kernel.errors import Refused
from ruang.notify.models import Notice, Reach
from ruang.notify.reactions import tell_asker
from ruang.plans.commands import withdraw_closing
from ruang.referrals.commands import ask_to_close
from ruang.triage.commands import (
    decide_approval,
    end_overtaken,
    sweep_waiting,
    withdraw_asked,
)
from ruang.triage.reactions import end_what_waits_for
from tests import closings, make
from tests.intake.desk_people import desk_with, id_of
from tests.web.parts import soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def closing_by_a_manager_who_left() -> tuple[Case, User, User]:
    """The manager asked her head, then handed the case to a colleague."""
    case = make.case()
    old, deputy = make.lead_of(case), make.lead_of(case, Part.DEPUTY)
    head = make.user(old.organisation, Role.HEAD)
    ask_to_close(
        actor=make.actor(old), case_id=case.pk, proposal=closings.proposal(), decider=head.pk,
        at=make.AT,
    )  # fmt: skip
    new = make.user(old.organisation, Role.CASE_MANAGER)
    cases.change_manager(actor=make.actor(deputy), case_id=case.pk, user_id=new.pk, at=make.AT)
    return case, new, head


def test_who_leads_the_case_now_takes_a_closing_back_and_asks_anew() -> None:
    case, new, head = closing_by_a_manager_who_left()
    by = {"actor": make.actor(new), "case_id": case.pk, "at": make.AT}
    withdraw_closing(**by)
    assert Approval.objects.get().state == State.WITHDRAWN
    ask_to_close(**by, proposal=closings.proposal(), decider=head.pk)
    assert Approval.objects.filter(state=State.ASKED).count() == 1


@pytest.mark.parametrize("how", ["suspended", "role", "moved"])
def test_what_waits_for_somebody_who_decides_no_more_ends_and_is_told(
    how: str, settings: Any
) -> None:
    settings.SMTP = {**settings.SMTP, "host": "mail.example", "sender": "ruang@example.org"}
    case, _new, head = closing_by_a_manager_who_left()
    asked = Approval.objects.get()
    Reach.objects.create(user=asked.asker, desk=case.desk, email="m@example.org")
    sweep_waiting(actor=SYSTEM, at=make.AT)
    asked.refresh_from_db()
    assert asked.state == State.ASKED
    elsewhere = Organisation.objects.exclude(pk=case.desk).first() or make.organisation("Lain")
    changed = {
        "suspended": {"state": Account.SUSPENDED}, "role": {"role": Role.AUDITOR},
        "moved": {"organisation": elsewhere},
    }[how]  # fmt: skip
    User.objects.filter(pk=head.pk).update(**changed)
    sweep_waiting(actor=SYSTEM, at=make.AT)
    asked.refresh_from_db()
    assert asked.state == State.LAPSED
    fact = Fact.objects.filter(name=ApprovalMoved.name).latest("number")
    assert fact.codes["why"] == DECIDER
    tell_asker(feed.one(fact.number), make.AT)
    assert Notice.objects.filter(user=asked.asker, about=asked.pk).exists()


def test_suspending_and_removing_wake_the_worker() -> None:
    for name in (MemberSuspended.name, MemberRemoved.name):
        assert end_what_waits_for in wiring.REACTIONS[name]
    assert "triage.waiting" in wiring.SWEEPS


def test_nobody_but_the_system_sweeps() -> None:
    with pytest.raises(PermissionDenied):
        sweep_waiting(actor=make.actor(make.user(role=Role.ADMIN)), at=make.AT)


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        ("manager", None), ("deputy", None), ("former", None), ("head", NotInSight),
        ("officer", NotInSight), ("partner", NotInSight),
    ],
)  # fmt: skip
def test_who_takes_back_what_was_asked_about_a_case(
    who: str, refused: type[Exception] | None
) -> None:
    case = make.case(risk="high")
    old, deputy = make.lead_of(case), make.lead_of(case, Part.DEPUTY)
    head = make.user(old.organisation, Role.HEAD)
    asked = cases.ask_lowering(
        actor=make.actor(old), case_id=case.pk, risk=Risk.LOW, decider=head.pk, reason="Aman.",
        at=make.AT,
    )  # fmt: skip
    new = make.user(old.organisation, Role.CASE_MANAGER)
    cases.change_manager(actor=make.actor(deputy), case_id=case.pk, user_id=new.pk, at=make.AT)
    people = {
        "manager": new, "deputy": deputy, "former": old, "head": head,
        "officer": make.user(old.organisation, Role.INTAKE_OFFICER),
        "partner": make.user(role=Role.PARTNER_DESK),
    }  # fmt: skip
    act = {"actor": make.actor(people[who]), "approval_id": asked, "at": make.AT}
    if refused is not None:
        with pytest.raises(refused):
            withdraw_asked(**act)
        assert Approval.objects.get().state == State.ASKED
        return
    withdraw_asked(**act)
    assert Approval.objects.get().state == State.WITHDRAWN
    with pytest.raises(Refused, match="decided or withdrawn"):
        withdraw_asked(**act)


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        ("holder", PermissionDenied), ("colleague", None), ("head", PermissionDenied),
        ("outsider", NotInSight),
    ],
)  # fmt: skip
def test_and_about_a_report_that_is_in_other_hands(
    who: str, refused: type[Exception] | None
) -> None:
    desk = desk_with(Standing.CLAIMED)
    by = {"report_id": desk.report.pk, "at": make.AT}
    holder = {"actor": desk.who("holder"), **by}
    intake.rate_report(**holder, risk=Risk.HIGH)
    manager = {"actor": desk.who("manager"), **by}
    intake.pass_on_report(**holder, colleague=id_of(desk, "manager"))
    asked = intake.ask_lowering(
        **manager, risk=Risk.LOW, decider=id_of(desk, "head"), reason="Aman."
    )
    intake.pass_on_report(**manager, colleague=id_of(desk, "colleague"))
    act = {"actor": desk.who(who), "approval_id": asked, "at": make.AT}
    if refused is None:
        withdraw_asked(**act)
    else:
        with pytest.raises(refused):
            withdraw_asked(**act)
    assert Approval.objects.get().state == (State.ASKED if refused else State.WITHDRAWN)


def test_on_the_page_of_the_case_it_is_one_button() -> None:
    case, new, _head = closing_by_a_manager_who_left()
    asked = Approval.objects.get()
    browser = make.signed_in(new)
    address = f"/persetujuan/{asked.pk}/tarik/"
    assert soup(browser.get(f"/kasus/{case.pk}/")).select_one(f'form[action="{address}"]')
    assert soup(browser.get(f"/kasus/{case.pk}/penutupan/")).select_one(
        'form[action$="tarik/"]'
    )
    assert browser.post(address)["Location"] == f"/kasus/{case.pk}/?hasil=ditarik"
    asked.refresh_from_db()
    assert asked.state == State.WITHDRAWN


def test_granted_in_the_same_moment_it_is_granted() -> None:
    case, _new, head = closing_by_a_manager_who_left()
    asked = Approval.objects.get()
    decide_approval(
        actor=make.actor(head), approval_id=asked.pk, step=Step.GRANT, answer="", at=make.AT
    )
    end_overtaken(actor=SYSTEM, subject=case.pk, at=make.AT)
    asked.refresh_from_db()
    assert asked.state == State.GRANTED
