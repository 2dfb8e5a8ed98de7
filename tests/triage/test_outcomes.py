"""What each outcome leaves: minutes, a repetition that is seen, clocks that go on."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.cases.commands import change_manager
from ruang.cases.models import Case
from ruang.cases.states import EntryKind
from ruang.clocks.models import Clock
from ruang.clocks.states import Area
from ruang.identity.models import Organisation
from ruang.intake import commands as intake
from ruang.intake.models import Message, Report
from ruang.intake.states import State
from ruang.kernel.errors import Refused
from ruang.risk import Answer
from ruang.risk.checklists import ADULT
from ruang.territory.facts import city_facts
from ruang.triage import commands, queries
from ruang.triage.commands import Leads, Over
from ruang.triage.models import Decision, HandOver
from ruang.triage.queries.follow import follow_page
from ruang.triage.states import Ground, Outcome, PublicStatus
from ruang.vault.texts import open_text
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
N, C, D = State.NEW, State.CLAIMED, State.DECIDED


def decide(desk: Desk, outcome: Outcome, **changed: Any) -> Any:
    said = {
        "actor": desk.who("holder"), "report_id": desk.report.pk, "outcome": outcome,
        "message": "Kami tulis di sini.", "at": make.AT,
        "leads": Leads(id_of(desk, "manager"), id_of(desk, "colleague")),
    }  # fmt: skip
    return commands.decide_report(**{**said, **changed})


def over(text: str = "Sudah ditelepon.") -> Over:
    desk = city_facts().alternate_desk
    assert desk is not None
    return Over(desk, Ground.TERRITORY, text)


def mark(desk: Desk) -> None:
    intake.identify_report(
        actor=desk.who("holder"), report_id=desk.report.pk, kind=None, authority=None,
        tpks=True, at=make.AT + timedelta(hours=2),
    )  # fmt: skip


class TestClockOfTheLaw:
    def test_goes_on_in_the_case_with_the_time_it_has(self) -> None:
        desk = desk_with(C)
        mark(desk)

        before = Clock.objects.get(subject=desk.report.pk, kind="tpks_police")

        case_id = decide(desk, Outcome.CASE, at=make.AT + timedelta(hours=5))

        after = Clock.objects.get(kind="tpks_police")
        assert (after.pk, after.subject) == (before.pk, case_id)
        assert (after.started_at, after.due_at) == (before.started_at, before.due_at)
        assert (after.area, after.owner) == (Area.CASE, id_of(desk, "manager"))
        assert Case.objects.get().tpks

    def test_that_was_met_does_not_begin_again_in_the_case(self) -> None:
        desk = desk_with(C)
        mark(desk)
        clock = Clock.objects.get(subject=desk.report.pk, kind="tpks_police")
        from ruang.clocks.states import Step

        intake.move_report_clock(
            actor=desk.who("holder"), report_id=desk.report.pk, clock_id=clock.pk,
            step=Step.MEET, code="", at=make.AT,
        )  # fmt: skip

        case_id = decide(desk, Outcome.CASE)
        assert not Clock.objects.filter(subject=case_id, kind="tpks_police").exists()

    def test_goes_along_to_the_other_desk(self) -> None:
        desk = desk_with(C)
        mark(desk)
        due = Clock.objects.get(subject=desk.report.pk, kind="tpks_police").due_at

        decide(desk, Outcome.HAND_OVER, over=over())

        clock = Clock.objects.live().get(subject=desk.report.pk, kind="tpks_police")
        assert (clock.desk, clock.owner, clock.due_at) == (desk.reload().desk, None, due)

    @pytest.mark.parametrize("outcome", [Outcome.COUNSELLING, Outcome.NOT_OURS])
    def test_runs_on_after_what_becomes_no_case(self, outcome: Outcome) -> None:
        desk = desk_with(C)
        mark(desk)

        decide(desk, outcome)
        assert Clock.objects.live().filter(subject=desk.report.pk, kind="tpks_police").exists()

    @pytest.mark.parametrize("outcome", [Outcome.NOT_A_REPORT, Outcome.SAME_AS])
    def test_is_not_lost_with_what_is_put_away(self, outcome: Outcome) -> None:
        desk = desk_with(C)
        mark(desk)
        other = make.report_of(make.receipt())

        with pytest.raises(Refused, match="clock of the law runs"):
            decide(desk, outcome, same_as=other.number)
        assert desk.reload().state == C

    def test_in_a_case_it_counts_from_the_report(self) -> None:
        desk = desk_with(C)
        case_id = decide(desk, Outcome.CASE, at=make.AT + timedelta(hours=30))

        commands.identify_case(
            actor=desk.who("manager"), case_id=case_id, kind=None, authority=None, tpks=True,
            at=make.AT + timedelta(hours=40),
        )  # fmt: skip

        clock = Clock.objects.get(subject=case_id, kind="tpks_police")
        assert clock.started_at == desk.report.received_at
        assert clock.due_at == desk.report.received_at + timedelta(hours=72)


def test_the_danger_signs_go_along_into_the_case() -> None:
    desk = desk_with(C)
    intake.fill_risk_check(
        actor=desk.who("holder"), report_id=desk.report.pk, checklist=ADULT,
        answers={"weapon": Answer.YES, "held": Answer.NO}, at=make.AT,
    )  # fmt: skip

    case_id = decide(desk, Outcome.CASE)

    note = Case.objects.get(pk=case_id).entries.get(kind=EntryKind.NOTE)
    text = open_text(make.actor(desk.users["manager"]).keys, note, "text")
    asked = {item.id: item.words for item in ADULT.items}
    assert text.startswith("Tanda bahaya ditanyakan"), "in the words of the city"
    assert str(asked["weapon"]) in text, "in the words it was asked in"
    assert str(asked["held"]) not in text, "a no is not listed"
    assert text.count("\n– ") == 19


class TestSameAs:
    def test_links_the_two_and_who_holds_the_other_sees_it(self) -> None:
        desk = desk_with(C)
        other = make.report_of(make.receipt())

        decide(desk, Outcome.SAME_AS, same_as=f" {other.number.lower()} ")

        assert Decision.objects.get().same_as == other
        seen = queries.repeats_of(actor=desk.who("colleague"), report_id=other.pk)
        assert [one.number for one in seen] == [desk.report.number]
        shown = queries.decision_of(actor=desk.who("colleague"), report_id=desk.report.pk)
        assert shown is not None
        assert (shown.same_as, shown.same_as_number) == (other.pk, other.number)

    @pytest.mark.parametrize("which", ["own", "none", "empty", "elsewhere", "repetition"])
    def test_only_another_report_of_this_desk_that_repeats_nothing(self, which: str) -> None:
        desk = desk_with(C)
        first, second, away = (make.report_of(make.receipt()) for _ in range(3))
        Decision.objects.create(
            report=second, outcome=Outcome.SAME_AS, at=make.AT, by=make.stranger(),
            same_as=first,
        )  # fmt: skip
        Report.objects.filter(pk=away.pk).update(desk=make.stranger())
        number = {
            "own": desk.report.number, "none": "A-0000-000", "empty": "",
            "elsewhere": away.number, "repetition": second.number,
        }[which]  # fmt: skip

        with pytest.raises(Refused, match="number"):
            decide(desk, Outcome.SAME_AS, same_as=number)
        assert desk.reload().state == C

    def test_the_reporter_reads_no_number_and_no_step_of_the_other(self) -> None:
        desk = desk_with(C)
        other = make.report_of(make.receipt())
        decide(desk, Outcome.SAME_AS, same_as=other.number)

        page = follow_page(actor=desk.who("reporter"), at=make.AT)
        assert page.status is PublicStatus.IN_HAND
        assert other.number not in repr([line.text for line in page.messages])
        Decision.objects.create(
            report=other, outcome=Outcome.NOT_OURS, at=make.AT, by=make.stranger()
        )
        assert follow_page(actor=desk.who("reporter"), at=make.AT).status is PublicStatus.DONE


def test_not_ours_names_the_places_she_can_go_to() -> None:
    desk = desk_with(C)
    place = make.organisation(name="LBH Banten")

    decide(desk, Outcome.NOT_OURS, message="Anda dapat pergi ke:", instead=[place.pk])

    text = open_text(desk.who("reporter").keys, Message.objects.get(), "text")
    assert text.startswith("Anda dapat pergi ke:\n– LBH Banten")


def test_not_a_report_is_over_for_the_reporter() -> None:
    desk = desk_with(C)

    decide(desk, Outcome.NOT_A_REPORT)
    assert follow_page(actor=desk.who("reporter"), at=make.AT).status is PublicStatus.DONE


class TestMinutes:
    def test_both_desks_keep_them_and_nobody_else_reads_them(self) -> None:
        desk = desk_with(C)
        there = make.user(
            Organisation.objects.get(pk=city_facts().alternate_desk), Role.INTAKE_OFFICER
        )
        decide(desk, Outcome.HAND_OVER, over=over("Sudah ditelepon dua kali."))
        row = HandOver.objects.get()

        for actor in (make.actor(desk.users["holder"]), make.actor(there)):
            page = queries.minutes_page(actor=actor, hand_over_id=row.pk)
            assert page.text == "Sudah ditelepon dua kali."
            assert page.line.number == desk.report.number
            assert page.line.is_ours is (actor.user_id != there.pk)
        with pytest.raises(PermissionDenied):
            queries.minutes_page(actor=desk.who("head"), hand_over_id=row.pk)
        for who in ("outsider", "partner", "admin", "reporter"):
            with pytest.raises(NotInSight):
                queries.minutes_page(actor=desk.who(who), hand_over_id=row.pk)
        assert [one.id for one in queries.hand_overs(actor=desk.who("head"))] == [row.pk]

    @pytest.mark.parametrize("text", ["", "  ", "x" * 5_001])
    def test_are_written_or_nothing_is_handed_over(self, text: str) -> None:
        desk = desk_with(C)

        with pytest.raises(Refused, match="minutes"):
            decide(desk, Outcome.HAND_OVER, over=over(text))
        assert (desk.reload().state, HandOver.objects.count()) == (C, 0)

    def test_danger_signs_are_read_at_the_other_desk(self) -> None:
        desk = desk_with(C)
        intake.fill_risk_check(
            actor=desk.who("holder"), report_id=desk.report.pk, checklist=ADULT,
            answers={"weapon": Answer.YES}, at=make.AT,
        )  # fmt: skip
        there = make.user(
            Organisation.objects.get(pk=city_facts().alternate_desk), Role.INTAKE_OFFICER
        )

        decide(desk, Outcome.HAND_OVER, over=over())

        row = desk.reload().risk_checks.get()
        assert "weapon" in open_text(make.actor(there).keys, row, "answers")


class TestFlood:
    @staticmethod
    def many(desk: Desk, reports: list[Report], outcome: Outcome, **changed: Any) -> Any:
        said = {
            "actor": desk.who("holder"), "report_ids": [one.pk for one in reports],
            "outcome": outcome, "messages": {"id": "Terima kasih.", "en": "Thank you."},
            "at": make.AT,
        }  # fmt: skip
        return commands.decide_many(**{**said, **changed})

    def test_each_is_decided_for_itself_and_each_reporter_told(self) -> None:
        desk = desk_with(C)
        more = [make.report_of(make.receipt(language=code)) for code in ("id", "en")]

        left = self.many(desk, [desk.report, *more], Outcome.NOT_A_REPORT)

        assert left == ()
        assert set(Report.objects.values_list("state", flat=True)) == {D}
        assert Decision.objects.count() == 3
        texts = {
            open_text(desk.who("holder").keys, one, "text") for one in Message.objects.all()
        }
        assert texts == {"Terima kasih.", "Thank you."}

    def test_what_cannot_be_decided_holds_nothing_back(self) -> None:
        desk = desk_with(C)
        held, done_, free = (make.report_of(make.receipt()) for _ in range(3))
        intake.claim_report(actor=desk.who("colleague"), report_id=held.pk, at=make.AT)
        Report.objects.filter(pk=done_.pk).update(state=D)

        left = self.many(desk, [held, done_, free], Outcome.NOT_A_REPORT)

        assert [one.number for one in left] == [held.number, done_.number]
        free.refresh_from_db()
        held.refresh_from_db()
        assert (free.state, held.state) == (D, C)

    def test_same_as_leaves_the_one_that_is_repeated(self) -> None:
        desk = desk_with(C)
        first, second = (make.report_of(make.receipt()) for _ in range(2))

        left = self.many(desk, [first, second], Outcome.SAME_AS, same_as=second.number)

        assert [one.number for one in left] == [second.number]
        assert Decision.objects.get().report == first
        second.refresh_from_db()
        assert (second.state, second.holder) == (N, None), "not even taken"

    @pytest.mark.parametrize("outcome", [Outcome.CASE, Outcome.NOT_OURS, Outcome.HAND_OVER])
    def test_only_what_is_nobodys_help(self, outcome: Outcome) -> None:
        desk = desk_with(C)

        with pytest.raises(Refused, match="on its own"):
            self.many(desk, [desk.report], outcome)

    def test_no_report_of_another_desk(self) -> None:
        desk = desk_with(C)

        with pytest.raises(NotInSight):
            self.many(desk, [desk.report], Outcome.NOT_A_REPORT, actor=desk.who("outsider"))


def test_clocks_of_the_law_wait_for_whoever_holds_it_now() -> None:
    desk = desk_with(C)
    mark(desk)
    intake.pass_on_report(
        actor=desk.who("holder"), report_id=desk.report.pk,
        colleague=id_of(desk, "colleague"), at=make.AT,
    )  # fmt: skip
    clock = Clock.objects.live().get(subject=desk.report.pk, kind="tpks_police")
    assert clock.owner == id_of(desk, "colleague")

    case_id = decide(desk, Outcome.CASE, actor=desk.who("colleague"))
    assert case_id is not None
    change_manager(
        actor=desk.who("manager"), case_id=case_id, user_id=id_of(desk, "holder"), at=make.AT
    )
    assert Clock.objects.live().get(subject=case_id).owner == id_of(desk, "holder")
