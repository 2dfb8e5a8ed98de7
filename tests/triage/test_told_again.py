"""What another report tells of a case goes into the case, and nobody learns of one by it."""

from typing import Any

import pytest

from ruang.audit import feed
from ruang.audit.models import Fact
from ruang.cases import commands as cases
from ruang.cases.events import ToldAgain
from ruang.cases.models import Case, CaseFile
from ruang.cases.queries import case_head, told_again
from ruang.cases.queries.moments import case_moment
from ruang.cases.states import Compartment, EntryKind, Part
from ruang.intake import commands as intake
from ruang.intake.attachments import store_text
from ruang.intake.models import Report
from ruang.intake.states import State
from ruang.kernel.errors import Refused
from ruang.notify import reactions
from ruang.triage import commands
from ruang.triage.commands import Leads
from ruang.triage.models import Decision
from ruang.triage.states import Outcome
from ruang.vault.keyring import CannotOpen
from ruang.vault.suites import new_secret
from ruang.vault.texts import open_text
from tests import closings, make
from tests.cases.team import partner_on
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
STORY = "Saya gurunya. Ada pelaku kedua, dan adiknya juga."


def decide(desk: Desk, report: Report, outcome: Outcome, **changed: Any) -> Any:
    actor = changed.pop("actor", None) or desk.who("holder")
    report.refresh_from_db()
    if report.state == State.NEW:
        intake.claim_report(actor=actor, report_id=report.pk, at=make.AT)
    return commands.decide_report(
        actor=actor, report_id=report.pk, outcome=outcome, message="Kami tulis di sini.",
        leads=Leads(id_of(desk, "manager"), id_of(desk, "deputy")), at=make.AT, **changed,
    )  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    from ruang.access.roles import Role

    made = desk_with(State.CLAIMED)
    here = made.users["holder"].organisation
    made.users |= {"deputy": make.user(here, Role.CASE_MANAGER)}
    decide(made, made.report, Outcome.CASE)
    return made


def texts(case: Case, actor: Any, kind: EntryKind = EntryKind.STORY) -> list[str]:
    rows = case.entries.filter(kind=kind, compartment=Compartment.NARRATIVE).order_by(
        "at", "pk"
    )
    return [open_text(actor.keys, row, "text") for row in rows]


@pytest.mark.parametrize("by_case_number", [False, True])
def test_the_story_and_her_words_stand_in_the_case_for_those_who_read_that_part(
    desk: Desk, by_case_number: bool
) -> None:
    case = Case.objects.get()
    partner = partner_on(case, Compartment.NARRATIVE)
    other = partner_on(case, Compartment.PLAN)
    receipt = make.receipt(story=STORY, files=[store_text("foto", "isi")])
    report = make.report_of(receipt)
    commands.write_as_reporter(
        actor=make.reporter(receipt), text="Adiknya bernama D.", form_tag=new_secret(),
        at=make.AT,
    )  # fmt: skip
    decide(
        desk, report, Outcome.SAME_AS,
        same_as=case.number if by_case_number else desk.report.number,
    )  # fmt: skip
    for who in (make.lead_of(case), make.lead_of(case, Part.DEPUTY), partner):
        told = texts(case, make.actor(who))[-1]
        assert STORY in told
        assert report.number in told
    assert any("bernama D" in one for one in texts(case, desk.who("manager"), EntryKind.NOTE))
    for nobody in (other, desk.users["holder"]):
        with pytest.raises(CannotOpen):
            texts(case, make.actor(nobody))
    assert CaseFile.objects.get(case=case).compartment == Compartment.EVIDENCE
    assert Decision.objects.get(report=report).same_as == desk.report


def test_the_timeline_says_so_and_manager_and_deputy_are_told_until_one_has_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case.objects.get()
    told: list[set[object]] = []
    monkeypatch.setattr(reactions, "_tell", lambda users, *_about: told.append(set(users)))
    decide(
        desk, make.report_of(make.receipt(story=STORY)), Outcome.SAME_AS, same_as=case.number
    )
    fact = feed.one(Fact.objects.filter(name=ToldAgain.name).latest("number").number)
    assert "same" in str(case_moment(fact=fact).title)
    reactions.tell_told_again(fact, make.AT)
    assert told == [{id_of(desk, "manager"), id_of(desk, "deputy")}]
    for name in ("manager", "deputy"):
        assert [one.id for one in told_again(actor=desk.who(name))] == [case.pk]
    assert case_head(actor=desk.who("manager"), case_id=case.pk, at=make.AT).told_again_at
    cases.read_again(actor=desk.who("deputy"), case_id=case.pk, at=make.AT)
    assert not told_again(actor=desk.who("manager"))
    with pytest.raises(Refused):
        cases.read_again(actor=desk.who("manager"), case_id=case.pk, at=make.AT)


def test_a_case_that_she_cannot_know_of_is_no_number_at_all(desk: Desk) -> None:
    case = Case.objects.get()
    words = set()
    for number in (case.number, "K-26-9999", make.case().number):
        with pytest.raises(Refused) as refusal:
            decide(
                desk, make.report_of(make.receipt()), Outcome.SAME_AS, same_as=number,
                actor=desk.who("colleague"),
            )  # fmt: skip
        words.add(str(refusal.value))
    assert len(words) == 1


def test_a_closed_case_is_told_nothing_more(desk: Desk) -> None:
    case = Case.objects.get()
    closings.closed(case)
    with pytest.raises(Refused, match="closed"):
        decide(desk, make.report_of(make.receipt()), Outcome.SAME_AS, same_as=case.number)


def test_it_can_be_opened_again_and_become_a_case_of_its_own(desk: Desk) -> None:
    from ruang.intake.states import Reopened

    report = make.report_of(make.receipt(story=STORY, files=[store_text("foto", "isi")]))
    decide(desk, report, Outcome.SAME_AS, same_as=desk.report.number)
    commands.reopen_report(
        actor=desk.who("holder"), report_id=report.pk, why=Reopened.MISTAKE, at=make.AT
    )
    case_id = decide(desk, report, Outcome.CASE)
    assert Case.objects.get(pk=case_id).entries.filter(kind=EntryKind.STORY).exists()
