"""My desk: what waits for each kind of person, and nothing else."""

from typing import Any

import pytest

from ruang.access.roles import ASSIGNABLE, Role
from ruang.cases.commands import write_from_reporter
from ruang.identity.models import User
from ruang.identity.states import State as Account
from ruang.intake.models import Report
from ruang.intake.states import RANK, Risk, Safety, State
from ruang.referrals.states import Step
from tests import make
from tests.cases.test_case_steps import reporter_of
from tests.intake.desk_people import crowd, desk_with
from tests.web.parts import HTMX, links, opened, part, soup, words
from tests.web.test_case_page import questions

pytestmark = pytest.mark.django_db


def work(person: User, **kwargs: Any) -> Any:
    User.objects.filter(pk=person.pk).update(language="en")
    return make.signed_in(person).get("/meja/", **kwargs)


@pytest.mark.parametrize("role", ASSIGNABLE)
def test_where_nothing_waits_it_says_so(role: Role) -> None:
    make.city()

    page = work(make.user(role=role))

    assert page.status_code == 200
    assert "Nothing waits for you" in words(page)


def test_reports_in_hand_and_free_ones_that_cannot_wait() -> None:
    desk = desk_with(State.CLAIMED, story="KENARI")
    urgent = make.report_of(make.receipt(safety=Safety.DANGER))
    later = make.report_of(make.receipt())
    Report.objects.filter(pk=later.pk).update(due_at=make.AT.replace(year=2099))

    page = work(desk.users["holder"])

    assert desk.report.number in part(page, "kerja")
    assert urgent.number in words(page)
    assert later.number not in words(page)
    assert "KENARI" not in page.content.decode()
    assert opened(desk.report.pk) == []
    assert desk.report.number not in words(work(desk.users["colleague"]))
    assert urgent.number not in words(work(desk.users["head"]))


def test_a_message_after_the_decision_is_not_overlooked() -> None:
    desk = desk_with(State.DECIDED)
    Report.objects.filter(pk=desk.report.pk).update(waiting=True)

    assert "New message after the decision" in words(work(desk.users["holder"]))
    assert desk.report.number not in words(work(desk.users["colleague"]))


def test_a_case_in_which_the_reporter_wrote_waits_for_both_leads() -> None:
    case = make.case()
    write_from_reporter(actor=reporter_of(case), case_id=case.pk, text="KENARI", at=make.AT)

    for part_ in ("manager", "deputy"):
        page = work(make.lead_of(case, part_))  # type: ignore[arg-type]
        assert case.number in words(page)
        assert "KENARI" not in page.content.decode()
    assert case.number not in words(work(make.user(make.lead_of(case).organisation)))


def test_a_partner_sees_what_is_asked_and_what_she_took_on() -> None:
    partner = make.partner()
    free = make.referral(None, partner.organisation)
    mine = make.referral(None, partner.organisation)
    make.moved(mine, make.actor(partner), Step.TAKE, Step.CONFIRM)
    colleague = make.user(partner.organisation, Role.PARTNER_DESK)

    hers, theirs = words(work(partner)), words(work(colleague))

    assert free.number in hers
    assert mine.number in hers
    assert "Your tasks under way" in hers
    assert free.number in theirs
    assert mine.number not in theirs
    assert free.case.number not in hers


def test_the_manager_reads_what_partners_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    from ruang.kernel import clock

    monkeypatch.setattr(clock, "now", lambda: make.AT)
    partner = make.partner(name="LBH Kencana")
    asked = make.referral(None, partner.organisation)
    manager = make.lead_of(asked.case)
    assert asked.number not in words(work(manager))

    make.moved(asked, make.actor(partner), Step.DECLINE)

    page = words(work(manager))
    assert asked.number in page
    assert "No capacity now" in page


def test_a_colleague_who_waits_for_a_word_is_announced() -> None:
    desk = desk_with()
    place = desk.users["holder"].organisation
    make.user(place, Role.INTAKE_OFFICER, state=Account.WAITING)

    page = work(desk.users["holder"])

    assert "1 colleague holds no keys" in words(page)
    assert "/anggota/" in links(page)


def test_the_fragment_is_the_same_as_the_page() -> None:
    desk = desk_with(State.CLAIMED)
    make.receipt(safety=Safety.DANGER)

    whole, alone = (work(desk.users["holder"], headers=h) for h in ({}, HTMX))

    assert part(alone, "kerja") == part(whole, "kerja")
    assert b"<html" not in alone.content


def test_the_number_of_questions_does_not_grow() -> None:
    desk = desk_with(State.CLAIMED)
    crowd(desk, 5)
    Report.objects.update(rank=RANK[Risk.HIGH])
    officer = make.signed_in(desk.users["holder"])
    few = questions(officer, "/meja/")
    Report.objects.exclude(pk=desk.report.pk).delete()
    crowd(desk, 100)
    Report.objects.update(rank=RANK[Risk.HIGH])

    assert questions(officer, "/meja/") == few
    assert len(soup(officer.get("/meja/")).select("tbody tr")) == 11
