"""Deciding: who may, what is missing, and what each outcome leaves behind."""

from typing import Any

import pytest
from django.utils import translation

from ruang.access.roles import Role
from ruang.audit.models import Fact
from ruang.cases.models import Case
from ruang.identity.states import State as Account
from ruang.intake import commands as intake
from ruang.intake.models import Message, Report
from ruang.intake.states import State
from ruang.kernel.errors import Refused
from ruang.territory.facts import city_facts
from ruang.triage import commands
from ruang.triage.commands import Leads, Over
from ruang.triage.models import Decision
from ruang.triage.queries import decide_page, decision_of
from ruang.triage.states import BECOMES_CASE, Ground, Outcome
from ruang.triage.words import to_reporter
from ruang.vault.keyring import CannotOpen
from ruang.vault.texts import open_text
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
N, C, D = State.NEW, State.CLAIMED, State.DECIDED


def other_number(desk: Desk) -> str:
    """Another report at the same desk, told by somebody else."""
    there = Report.objects.filter(desk=desk.report.desk).exclude(pk=desk.report.pk).first()
    return (there or make.report_of(make.receipt())).number


def decide(desk: Desk, outcome: Outcome, who: str = "holder", **changed: Any) -> Any:
    said = {
        "actor": desk.who(who),
        "report_id": desk.report.pk,
        "outcome": outcome,
        "message": "Kami tulis di sini.",
        "leads": Leads(id_of(desk, "manager"), id_of(desk, "colleague")),
        "over": Over(city_facts().alternate_desk or make.stranger(), Ground.TERRITORY, "BA."),
        "same_as": other_number(desk),
        "at": make.AT,
    }
    return commands.decide_report(**{**said, **changed})


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_is_on_record_and_tells_her_once(outcome: Outcome) -> None:
    desk = desk_with(C)
    other_number(desk)
    facts = Fact.objects.count()

    decide(desk, outcome)

    new = 2 if outcome in {*BECOMES_CASE, Outcome.HAND_OVER} else 1
    assert Fact.objects.count() == facts + new
    assert Message.objects.filter(report=desk.report).count() == 1


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("message", ["", " \n ", "x" * 20_001])
def test_she_is_always_told_something(outcome: Outcome, message: str) -> None:
    desk = desk_with(C)

    with pytest.raises(Refused):
        decide(desk, outcome, message=message)
    assert desk.reload().state == C
    assert Message.objects.count() + Case.objects.count() + Decision.objects.count() == 0


def test_not_ours_says_where_to_go_instead() -> None:
    desk = desk_with(C, language="en")
    words = to_reporter(Outcome.NOT_OURS, language="en")

    with pytest.raises(Refused, match="where to go"):
        decide(desk, Outcome.NOT_OURS, message=f"{words}\n")
    decide(desk, Outcome.NOT_OURS, message=f"{words} Posbakum, 0254-000.")
    assert desk.reload().state == D


@pytest.mark.parametrize("outcome", [Outcome.COUNSELLING, Outcome.NOT_OURS])
def test_the_desk_keeps_the_thread_of_what_becomes_no_case(outcome: Outcome) -> None:
    desk = desk_with(C)

    assert decide(desk, outcome) is None

    report = desk.reload()
    assert (report.state, report.holder) == (D, id_of(desk, "holder"))
    decision = decision_of(actor=desk.who("colleague"), report_id=report.pk)
    assert decision is not None
    assert (decision.outcome, decision.case_id) == (outcome, None)
    commands.write_as_reporter(
        actor=desk.who("reporter"), text="Saya masih takut.", form_tag=b"4" * 32, at=make.AT
    )
    assert desk.reload().waiting
    intake.write_to_reporter(
        actor=desk.who("holder"), report_id=report.pk, text="Kami di sini.", at=make.AT
    )
    last = Message.objects.filter(report=report).latest("pk")
    assert open_text(desk.who("reporter").keys, last, "text") == "Kami di sini."


class TestLeads:
    @pytest.mark.parametrize(
        ("manager", "deputy"),
        [
            ("manager", "manager"), ("manager", "head"), ("outsider", "colleague"),
            ("partner", "colleague"), ("manager", "admin"),
        ],
    )  # fmt: skip
    def test_are_two_active_members_of_this_desk(self, manager: str, deputy: str) -> None:
        desk = desk_with(C)

        with pytest.raises(Refused):
            decide(desk, Outcome.CASE, leads=Leads(id_of(desk, manager), id_of(desk, deputy)))
        assert not Case.objects.exists()
        assert desk.reload().state == C

    @pytest.mark.parametrize("state", [Account.WAITING, Account.SUSPENDED, Account.REMOVED])
    def test_are_not_somebody_who_is_away(self, state: Account) -> None:
        desk = desk_with(C)
        away = make.user(desk.users["holder"].organisation, Role.CASE_MANAGER, state=state)

        with pytest.raises(Refused, match="active members"):
            decide(desk, Outcome.CASE, leads=Leads(id_of(desk, "manager"), away.pk))
        assert not Case.objects.exists()

    def test_are_not_left_out(self) -> None:
        desk = desk_with(C)

        with pytest.raises(Refused, match="Choose who manages"):
            decide(desk, Outcome.REFER, leads=None)
        assert not Case.objects.exists()


def test_a_referral_begins_as_a_case() -> None:
    desk = desk_with(C)

    case_id = decide(desk, Outcome.REFER)

    decision = decision_of(actor=desk.who("manager"), report_id=desk.report.pk)
    assert decision is not None
    assert (decision.outcome, decision.case_id) == (Outcome.REFER, case_id)
    outside = decision_of(actor=desk.who("holder"), report_id=desk.report.pk)
    assert outside is not None
    assert (outside.outcome, outside.case_id, outside.case_number) == (Outcome.REFER, None, "")


def test_what_can_be_chosen_is_what_is_accepted() -> None:
    desk = desk_with(C)

    page = decide_page(
        actor=desk.who("holder"), report_id=desk.report.pk, outcome=Outcome.HAND_OVER
    )

    assert page is not None
    assert city_facts().alternate_desk in {one.id for one in page.desks}
    assert desk.report.desk not in {one.id for one in page.desks}
    assert {"holder", "colleague", "manager"} <= {
        name for name, user in desk.users.items() if user.pk in {p.id for p in page.leads}
    }
    assert id_of(desk, "head") not in {p.id for p in page.leads}
    decide(desk, Outcome.CASE)
    assert (
        decide_page(
            actor=desk.who("holder"), report_id=desk.report.pk, outcome=Outcome.HAND_OVER
        )
        is None
    )


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_words_speak_her_language(outcome: Outcome) -> None:
    with translation.override("id"):
        assert to_reporter(outcome, language="en").startswith(("We ", "Thank you"))
    with translation.override("en"):
        indonesian = to_reporter(outcome, language="id")
    assert indonesian != to_reporter(outcome, language="en"), "not translated"
    for word in ("pelaku", "korban", "kekerasan", "bukti", "wajib", "harus", "!"):
        assert word not in indonesian.lower()


class TestHandOver:
    def test_the_other_desk_reads_it_and_this_one_no_more(self) -> None:
        desk = desk_with(C, story="Tentang kantor itu.", must_not_read="Pak Camat")
        intake.write_to_reporter(
            actor=desk.who("holder"), report_id=desk.report.pk, text="Sebentar.", at=make.AT
        )
        there = make.user(organisation_of(city_facts().alternate_desk), Role.INTAKE_OFFICER)

        decide(desk, Outcome.HAND_OVER)

        report = desk.reload()
        assert (report.desk, report.state, report.holder) == (
            city_facts().alternate_desk, N, None,
        )  # fmt: skip
        other = make.actor(there)
        assert open_text(other.keys, report, "story") == "Tentang kantor itu."
        texts = [
            open_text(other.keys, row, "text")
            for row in Message.objects.filter(report=report).order_by("pk")
        ]
        assert texts == ["Sebentar.", "Kami tulis di sini."]
        before = make.actor(desk.users["holder"])
        for row, column in [(report, "story"), *((m, "text") for m in report.messages.all())]:
            with pytest.raises(CannotOpen):
                open_text(before.keys, row, column)
        assert not Report.objects.visible_to(before).filter(pk=report.pk).exists()
        assert not Decision.objects.exists()

    def test_the_reporter_notices_only_the_message(self) -> None:
        desk = desk_with(C, story="Cerita.")
        decide(desk, Outcome.HAND_OVER)

        report, reporter = desk.reload(), desk.who("reporter")
        assert open_text(reporter.keys, report, "story") == "Cerita."
        commands.write_as_reporter(actor=reporter, text="Baik.", form_tag=b"5" * 32, at=make.AT)
        there = make.user(organisation_of(report.desk), Role.INTAKE_OFFICER)
        last = Message.objects.filter(report=report).latest("pk")
        assert open_text(make.actor(there).keys, last, "text") == "Baik."

    def test_it_can_go_on_to_a_case_there(self) -> None:
        desk = desk_with(C, story="Cerita.")
        decide(desk, Outcome.HAND_OVER)
        place = organisation_of(desk.reload().desk)
        one, two = (make.user(place, Role.CASE_MANAGER) for _ in range(2))
        intake.claim_report(actor=make.actor(one), report_id=desk.report.pk, at=make.AT)

        case_id = commands.decide_report(
            actor=make.actor(one),
            report_id=desk.report.pk,
            outcome=Outcome.CASE,
            message="Kami dampingi.",
            leads=Leads(one.pk, two.pk),
            at=make.AT,
        )

        case = Case.objects.get(pk=case_id)
        story = case.entries.get(kind="story")
        assert open_text(make.actor(two).keys, story, "text") == "Cerita."
        assert case.desk == place.pk

    @pytest.mark.parametrize("to", ["own", "nowhere", "none", "partner"])
    def test_only_to_a_desk_that_takes_reports(self, to: str) -> None:
        desk = desk_with(C)
        to_desk = {
            "own": desk.report.desk,
            "nowhere": make.stranger(),
            "none": None,
            "partner": desk.users["partner"].organisation_id,
        }[to]
        over = Over(to_desk, Ground.TERRITORY, "BA.") if to_desk else None

        with pytest.raises(Refused, match="desk that takes reports"):
            decide(desk, Outcome.HAND_OVER, over=over)
        assert desk.reload().state == C
        assert not Message.objects.exists()

    def test_both_desks_hear_of_it(self) -> None:
        desk = desk_with(C)
        before = Fact.objects.count()

        decide(desk, Outcome.HAND_OVER)

        heard = [fact.ids["desk"] for fact in Fact.objects.filter(number__gt=before)]
        assert set(heard) == {str(desk.report.desk), str(desk.reload().desk)}


def organisation_of(desk_id: Any) -> Any:
    from ruang.identity.models import Organisation

    return Organisation.objects.get(pk=desk_id)
