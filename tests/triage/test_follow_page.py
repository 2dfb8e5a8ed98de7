"""What the reporter sees under her words, from the first minute to the closed case."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ruang import wiring
from ruang.access.actor import Actor
from ruang.access.sight import NotInSight
from ruang.audit.disclosures import disclose
from ruang.cases import commands as cases
from ruang.cases.models import Case, CaseFile, ThreadMessage
from ruang.cases.states import Compartment
from ruang.clocks.answers import AT_ONCE
from ruang.identity.states import OrganisationKind
from ruang.intake import commands as intake
from ruang.intake.attachments import store_text
from ruang.intake.models import Message
from ruang.intake.states import Age, FileKind, MessageKind, Safety, State, Way, Who
from ruang.intake.told import Contact
from ruang.referrals.states import Step
from ruang.triage.commands import Leads, decide_report, write_as_reporter
from ruang.triage.models import Decision
from ruang.triage.queries.follow import FollowPage, follow_page
from ruang.triage.states import Outcome, PublicStatus
from ruang.vault.ledger import Ledger, Opening
from ruang.vault.suites import new_secret
from ruang.vault.texts import open_text
from tests import closings, make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def page(desk: Desk, at: object = make.AT) -> FollowPage:
    return follow_page(actor=desk.who("reporter"), at=at)  # type: ignore[arg-type]


def write(desk: Desk, text: str = "Halo", at: object = make.AT, **changed: object) -> None:
    write_as_reporter(
        actor=desk.who("reporter"),
        text=text,
        form_tag=new_secret(),
        at=at,  # type: ignore[arg-type]
        **changed,  # type: ignore[arg-type]
    )


def answer(desk: Desk, text: str, at: object = make.AT) -> None:
    intake.write_to_reporter(
        actor=desk.who("holder"),
        report_id=desk.report.pk,
        text=text,
        at=at,  # type: ignore[arg-type]
    )


def decide(desk: Desk, outcome: Outcome) -> None:
    is_case = outcome in {Outcome.CASE, Outcome.REFER}
    decide_report(
        actor=desk.who("holder"),
        report_id=desk.report.pk,
        outcome=outcome,
        message="Kami mendampingi Anda.",
        leads=Leads(id_of(desk, "manager"), id_of(desk, "colleague")) if is_case else None,
        at=make.AT,
    )


def case_of(desk: Desk) -> Case:
    case = Decision.objects.get(report=desk.report).case
    assert case is not None
    return case


@pytest.mark.parametrize(
    ("outcome", "hers", "somebody_elses"),
    [
        (None, PublicStatus.IN_HAND, PublicStatus.IN_HAND),
        (Outcome.CASE, PublicStatus.IN_HAND, PublicStatus.IN_HAND),
        (Outcome.REFER, PublicStatus.IN_HAND, PublicStatus.IN_HAND),
        (Outcome.COUNSELLING, PublicStatus.IN_HAND, PublicStatus.IN_HAND),
        (Outcome.NOT_OURS, PublicStatus.DONE, PublicStatus.DONE),
    ],
)
@pytest.mark.parametrize("who", [Who.SELF, Who.KNOWN])
def test_the_status_in_plain_words(
    outcome: Outcome | None, hers: PublicStatus, somebody_elses: PublicStatus, who: Who
) -> None:
    desk = desk_with(State.CLAIMED, who=who)
    if outcome:
        decide(desk, outcome)
    assert page(desk).status == (hers if who is Who.SELF else somebody_elses)


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ((), PublicStatus.REFERRED),
        ((Step.TAKE, Step.CONFIRM), PublicStatus.REFERRED),
        ((Step.TAKE, Step.DECLINE), PublicStatus.IN_HAND),
    ],
)
def test_it_is_referred_once_somebody_is_asked_and_has_not_refused(
    steps: tuple[Step, ...], status: PublicStatus
) -> None:
    assert wiring.REACTIONS  # read once, it says who is asked
    desk = desk_with(State.CLAIMED, age=Age.ADULT)
    decide(desk, Outcome.REFER)
    partner = make.partner()
    referral = make.referral(case_of(desk), partner.organisation)
    make.moved(referral, make.actor(partner), *steps)
    assert page(desk).status == status


def test_it_is_received_until_somebody_takes_it_and_done_when_the_case_is_closed() -> None:
    desk = desk_with()
    assert page(desk).status == PublicStatus.RECEIVED
    intake.claim_report(actor=desk.who("holder"), report_id=desk.report.pk, at=make.AT)
    decide(desk, Outcome.CASE)
    closings.closed(case_of(desk))
    assert page(desk).status == PublicStatus.DONE


@pytest.mark.parametrize(
    ("text", "waits"), [("Apakah Anda aman?", True), ("Terima kasih.", False)]
)
def test_a_question_of_ours_waits_for_her_answer(text: str, waits: bool) -> None:
    desk = desk_with(State.CLAIMED)
    answer(desk, text)
    assert (page(desk).status == PublicStatus.WAITING) is waits
    write(desk, at=make.AT + HOUR)
    assert page(desk).status == PublicStatus.IN_HAND


def test_a_new_report_is_promised_to_be_read_by_its_clock() -> None:
    desk = desk_with()
    assert page(desk).answer_by == desk.report.due_at == make.AT + 6 * HOUR


def test_danger_is_promised_half_an_hour_from_when_somebody_is_there() -> None:
    assert page(desk_with(safety=Safety.DANGER)).answer_by == make.AT + AT_ONCE


def test_danger_at_night_is_promised_from_the_opening_of_the_desk() -> None:
    desk = desk_with(safety=Safety.DANGER, at=make.AT.replace(hour=15))
    assert page(desk).answer_by == make.AT.replace(day=24, hour=1, minute=0) + AT_ONCE


def test_an_answer_is_promised_from_her_first_message_that_has_none() -> None:
    desk = desk_with(State.CLAIMED)
    answer(desk, "Halo.")
    assert page(desk).answer_by is None
    write(desk, at=make.AT + HOUR)
    write(desk, at=make.AT + 2 * HOUR)
    due = page(desk).answer_by
    assert due is not None
    assert due > make.AT + HOUR
    answer(desk, "Terima kasih.", at=make.AT + 3 * HOUR)
    assert page(desk).answer_by is None


def test_messages_stand_in_order_with_names_for_who_reports_herself() -> None:
    desk = desk_with(State.CLAIMED)
    answer(desk, "Halo.", make.AT)
    write(desk, "Ya.", make.AT + HOUR)
    lines = page(desk).messages
    assert [(line.mine, line.text) for line in lines] == [(False, "Halo."), (True, "Ya.")]
    assert lines[0].by == desk.users["holder"].name
    assert page(desk).helper == desk.users["holder"].name


def test_who_reports_for_somebody_else_sees_no_names_and_no_steps() -> None:
    desk = desk_with(State.CLAIMED, who=Who.CHILD)
    answer(desk, "Siapa namanya?")
    for name in ("holder", "colleague"):
        opened_by(desk, name)
    decide(desk, Outcome.REFER)
    shown = page(desk)
    assert shown.status == PublicStatus.IN_HAND
    assert (shown.helper, {line.by for line in shown.messages}) == ("", {""})
    assert {(line.name, line.role) for line in shown.openings} == {("", "")}
    everything = repr((shown.messages, shown.openings, shown.helper))
    assert not [user.name for user in desk.users.values() if user.name in everything]


def opened_by(desk: Desk, name: str, *, at: object = make.AT, automatic: bool = False) -> None:
    disclose(
        [Opening(desk.report.pk, "story")],
        actor=desk.who(name),
        at=at,  # type: ignore[arg-type]
        automatic=automatic,
    )


def test_she_sees_who_opened_it_each_person_once_and_never_herself() -> None:
    desk = desk_with(State.CLAIMED)
    assert page(desk).openings == ()
    opened_by(desk, "holder")
    opened_by(desk, "holder", at=make.AT + HOUR)
    opened_by(desk, "colleague")
    opened_by(desk, "manager", automatic=True)
    opened_by(desk, "reporter", at=make.AT + HOUR)
    names = [(line.name, line.at) for line in page(desk).openings]
    assert names == [
        (desk.users["holder"].name, make.AT + HOUR),
        (desk.users["colleague"].name, make.AT),
    ]


def test_a_partner_is_named_by_the_organisation_and_a_safe_house_not_at_all() -> None:
    desk = desk_with(State.CLAIMED)
    decide(desk, Outcome.CASE)
    case = case_of(desk)
    people = [
        make.partner(name="LBH Kencana"),
        make.partner(OrganisationKind.SHELTER, "Rumah Melati"),
    ]
    for hours, person in enumerate(people):
        opening = [Opening(case.pk, Compartment.NARRATIVE.value)]
        disclose(opening, actor=make.actor(person), at=make.AT + hours * HOUR)
    assert [line.name for line in page(desk).openings] == ["", "LBH Kencana"]


def test_after_the_case_opened_the_openings_of_the_case_count_too() -> None:
    desk = desk_with(State.CLAIMED)
    opened_by(desk, "holder")
    decide(desk, Outcome.CASE)
    opening = [Opening(case_of(desk).pk, Compartment.NARRATIVE.value)]
    disclose(opening, actor=desk.who("manager"), at=make.AT + HOUR)
    assert [line.name for line in page(desk).openings] == [
        desk.users["manager"].name,
        desk.users["holder"].name,
    ]


def test_a_change_of_contact_stands_beside_the_old_one_until_it_is_taken_over() -> None:
    desk = desk_with(State.CLAIMED, way=Way.PHONE, reach="0811")
    wanted = Contact.of(way=Way.WHATSAPP, reach="0822")
    write(desk, wanted.to_text(), kind=MessageKind.CONTACT)
    shown = page(desk)
    assert (shown.contact.reach, shown.wish) == ("0811", wanted)

    intake.take_over_contact(
        actor=desk.who("holder"),
        report_id=desk.report.pk,
        message_id=Message.objects.get(kind=MessageKind.CONTACT).pk,
        at=make.AT,
    )
    shown = page(desk)
    assert (shown.contact, shown.wish) == (wanted, None)


def test_in_a_case_too_a_change_of_contact_waits_until_it_is_taken_over() -> None:
    desk = desk_with(State.CLAIMED, way=Way.PHONE, reach="0811")
    decide(desk, Outcome.CASE)
    wanted = Contact.of(way=Way.TRUSTED, reach="Bu Nia 0833")
    write(desk, wanted.to_text(), kind=MessageKind.CONTACT, at=make.AT + HOUR)
    assert page(desk).wish == wanted
    cases.take_over_contact(
        actor=desk.who("manager"),
        case_id=case_of(desk).pk,
        message_id=ThreadMessage.objects.get(kind=MessageKind.CONTACT).pk,
        at=make.AT + 2 * HOUR,
    )
    shown = page(desk)
    assert (shown.contact, shown.wish) == (wanted, None)


def test_the_wish_to_stop_is_shown_and_stops_nothing() -> None:
    desk = desk_with(State.CLAIMED)
    assert not page(desk).wants_to_stop
    write(desk, "Besok pagi", kind=MessageKind.WITHDRAW)
    shown = page(desk)
    assert shown.wants_to_stop
    assert shown.status == PublicStatus.IN_HAND
    assert open_text(desk.who("holder").keys, desk.reload(), "story")


def test_what_she_writes_goes_into_the_case_once_there_is_one() -> None:
    desk = desk_with(State.CLAIMED)
    write(desk, "sebelum")
    decide(desk, Outcome.CASE)
    file = store_text("bukti", "isi")
    write(desk, "sesudah", at=make.AT + HOUR, kind=MessageKind.EVIDENCE, files=[file])
    assert Message.objects.filter(side="reporter").count() == 1
    message = ThreadMessage.objects.get(kind=MessageKind.EVIDENCE)
    assert open_text(desk.who("manager").keys, message, "text") == "sesudah"
    assert CaseFile.objects.get(pk=file.id).compartment == Compartment.THREAD
    lines = page(desk).messages
    assert [line.text for line in lines] == ["sebelum", "Kami mendampingi Anda.", "sesudah"]
    assert [line.files for line in lines] == [0, 0, 1]
    assert case_of(desk).waiting


def test_twice_is_once_in_a_case_too() -> None:
    desk = desk_with(State.CLAIMED)
    decide(desk, Outcome.CASE)
    for _time in range(2):
        write_as_reporter(
            actor=desk.who("reporter"), text="Halo", form_tag=b"1" * 32, at=make.AT
        )
    assert ThreadMessage.objects.filter(side="reporter").count() == 1


def test_of_her_files_she_sees_kinds_and_times_and_nothing_else() -> None:
    desk = desk_with(State.CLAIMED, files=[store_text("rahasia", "isi")])
    later = make.AT + HOUR
    write(desk, "", at=later, kind=MessageKind.EVIDENCE, files=[store_text("lagi", "isi")])
    decide(desk, Outcome.CASE)
    files = page(desk).files
    assert [(file.kind, file.at) for file in files] == [
        (FileKind.DOCUMENT, make.AT),
        (FileKind.DOCUMENT, later),
    ]
    assert "rahasia" not in repr(files)


def test_reading_it_is_noted_as_her_own() -> None:
    desk, ledger = desk_with(), Ledger()
    receipt = make.receipt()
    follow_page(actor=make.reporter(receipt, ledger=ledger), at=make.AT)
    report = make.report_of(receipt)
    assert ledger.take() == (Opening(report.pk, "contact"),)
    assert desk


@pytest.mark.parametrize("name", ["holder", "head", "partner", "outsider", "system"])
def test_it_is_hers_alone(name: str) -> None:
    desk = desk_with(State.CLAIMED)
    actor: Actor = desk.who(name)
    with pytest.raises((NotInSight, PermissionDenied)):
        follow_page(actor=actor, at=make.AT)
    with pytest.raises((NotInSight, PermissionDenied)):
        write_as_reporter(actor=actor, text="Halo", form_tag=new_secret(), at=make.AT)
