"""A message of hers is answered in time: in a case, and after a decision without a case."""

from datetime import datetime, timedelta

import pytest

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.audit import feed
from ruang.audit.feed import Happened
from ruang.audit.models import Fact
from ruang.cases import commands as cases
from ruang.cases.models import Case
from ruang.cases.states import Part
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER
from ruang.clocks.queries import soon_clocks
from ruang.clocks.states import Area
from ruang.clocks.states import State as ClockState
from ruang.clocks.sweep import sweep
from ruang.identity.models import User
from ruang.intake import commands as intake
from ruang.intake.states import State
from ruang.kernel.codes import Answered, MessageKind, Risk
from ruang.kernel.errors import Refused
from ruang.notify import reactions
from ruang.triage.commands import Leads, decide_report, write_as_reporter
from ruang.triage.queries.follow import follow_page
from ruang.triage.states import Outcome
from ruang.vault.suites import new_secret
from tests import closings, make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = make.AT + HOUR / 2


def decided(outcome: Outcome, risk: Risk = Risk.MEDIUM) -> Desk:
    desk = desk_with(State.CLAIMED)
    about = {"actor": desk.who("holder"), "report_id": desk.report.pk, "at": make.AT}
    intake.rate_report(risk=risk, **about)  # type: ignore[arg-type]
    decide_report(
        outcome=outcome, message="Kami bersama Anda.",
        leads=Leads(id_of(desk, "manager"), id_of(desk, "colleague")), **about,  # type: ignore[arg-type]
    )  # fmt: skip
    return desk


def writes(desk: Desk, at: datetime = LATER, kind: MessageKind = MessageKind.TEXT) -> None:
    who = make.reporter(desk.receipt, at=at)
    write_as_reporter(actor=who, text="Halo", form_tag=new_secret(), kind=kind, at=at)


def promised(desk: Desk, at: datetime = LATER) -> datetime | None:
    return follow_page(actor=make.reporter(desk.receipt, at=at), at=at).answer_by


def clock() -> Clock:
    return Clock.objects.live().get(kind=ANSWER)


@pytest.mark.parametrize("risk", [Risk.HIGH, Risk.MEDIUM, Risk.LOW])
@pytest.mark.parametrize("outcome", [Outcome.CASE, Outcome.COUNSELLING])
def test_the_clock_is_what_she_is_promised(outcome: Outcome, risk: Risk) -> None:
    desk = decided(outcome, risk)
    assert promised(desk) is None
    writes(desk)
    assert promised(desk) == clock().due_at > LATER
    is_case = outcome is Outcome.CASE
    assert clock().area == (Area.CASE if is_case else Area.REPORT)
    assert clock().owner == id_of(desk, "manager" if is_case else "holder")
    assert (clock().warn_at == LATER) is (risk is Risk.HIGH)


@pytest.mark.parametrize("outcome", [Outcome.CASE, Outcome.COUNSELLING])
def test_a_second_message_begins_nothing_and_an_answer_meets_it(outcome: Outcome) -> None:
    desk = decided(outcome)
    writes(desk)
    before = clock()
    writes(desk, LATER + HOUR / 4)
    assert clock().pk == before.pk
    assert clock().due_at == before.due_at
    if outcome is Outcome.CASE:
        case = Case.objects.get()
        lead = make.actor(make.lead_of(case))
        cases.write_to_reporter(actor=lead, case_id=case.pk, text="Kami baca.", at=LATER)
    else:
        intake.write_to_reporter(
            actor=desk.who("holder"), report_id=desk.report.pk, text="Kami baca.", at=LATER
        )
    assert not Clock.objects.live().filter(kind=ANSWER).exists()
    assert promised(desk) is None


@pytest.mark.parametrize("outcome", [Outcome.CASE, Outcome.COUNSELLING])
def test_a_stated_reason_meets_it_too_and_only_once(outcome: Outcome) -> None:
    desk = decided(outcome)
    writes(desk)

    def answer() -> None:
        if outcome is Outcome.CASE:
            case = Case.objects.get()
            cases.answer_otherwise(
                actor=make.actor(make.lead_of(case)), case_id=case.pk, why=Answered.CALLED,
                at=LATER,
            )  # fmt: skip
        else:
            intake.answer_otherwise(
                actor=desk.who("colleague"), report_id=desk.report.pk, why=Answered.CALLED,
                at=LATER,
            )  # fmt: skip

    answer()
    assert Clock.objects.filter(kind=ANSWER).latest("started_at").state == ClockState.MET
    assert Fact.objects.latest("number").codes["code"] == Answered.CALLED
    assert promised(desk) is None
    with pytest.raises(Refused):
        answer()


def test_what_she_says_of_the_help_begins_no_clock() -> None:
    desk = decided(Outcome.CASE)
    writes(desk, kind=MessageKind.FEEDBACK)
    assert not Clock.objects.live().filter(kind=ANSWER).exists()


def test_raising_the_risk_shortens_what_she_waits_for() -> None:
    desk = decided(Outcome.CASE)
    writes(desk)
    case, due = Case.objects.get(), clock().due_at
    lead = make.actor(make.lead_of(case))
    cases.rate_case(actor=lead, case_id=case.pk, risk=Risk.HIGH, at=LATER)
    assert clock().due_at < due
    assert promised(desk) == clock().due_at


def test_it_goes_along_to_a_new_manager_and_ends_with_the_case() -> None:
    desk = decided(Outcome.CASE)
    writes(desk)
    case = Case.objects.get()
    new = make.user(make.lead_of(case).organisation, Role.CASE_MANAGER)
    cases.change_manager(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, user_id=new.pk, at=LATER
    )
    assert clock().owner == new.pk
    at = clock().due_at - HOUR
    assert [one.subject for one in soon_clocks(actor=make.actor(new), at=at)] == [case.pk]
    closings.closed(case)
    assert not Clock.objects.live().filter(kind=ANSWER).exists()
    writes(desk, LATER + 2 * HOUR)
    assert promised(desk) == clock().due_at


def test_duty_manager_and_deputy_hear_of_it_and_then_the_head(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = decided(Outcome.CASE)
    case = Case.objects.get()
    head = make.user(make.lead_of(case).organisation, Role.HEAD)
    told: list[set[object]] = []
    monkeypatch.setattr(reactions, "_tell", lambda users, *_about: told.append(set(users)))
    writes(desk)
    leads = {make.lead_of(case).pk, make.lead_of(case, Part.DEPUTY).pk}
    for at, react in (
        (clock().warn_at, reactions.tell_soon),
        (clock().due_at, reactions.tell_missed),
    ):
        sweep(actor=SYSTEM, at=at)
        react(happened(), at)
    officers = {desk.users[name].pk for name in ("holder", "colleague")}
    assert officers | leads <= told[0]
    assert head.pk not in told[0]
    assert leads | {head.pk} <= told[1]
    assert User.objects.filter(pk__in=told[1]).count() == len(told[1])


def happened() -> Happened:
    """The fact written last, as a reaction gets it."""
    return feed.one(Fact.objects.latest("number").number)
