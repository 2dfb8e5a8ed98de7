"""A report becomes a case: everything told is in it, and its desk holds nothing any more."""

from collections.abc import Iterable

import pytest
from django.db import models

from ruang.access.actor import Actor
from ruang.access.roles import Role
from ruang.audit.models import Fact
from ruang.cases import commands as cases
from ruang.cases.models import Case, CaseFile, Entry, ThreadMessage
from ruang.cases.states import Compartment, Part
from ruang.intake import commands as intake
from ruang.intake.attachments import store_text
from ruang.intake.models import Attachment, Message, Report
from ruang.intake.states import MessageKind, Risk, Safety, State
from ruang.intake.told import Contact, Details, MustNotRead
from ruang.kernel.filecard import FileCard
from ruang.triage import commands
from ruang.triage.commands import Leads
from ruang.triage.models import Decision
from ruang.triage.states import Outcome
from ruang.vault import quorum
from ruang.vault.files import read_file
from ruang.vault.keyring import CannotOpen, Keyring, readers
from ruang.vault.ledger import Ledger
from ruang.vault.texts import open_text
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of
from tests.replay import replayed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TOLD = {
    "story": "Ayah tiri mengancam dengan parang.",
    "when": "sejak Januari",
    "by_whom": "ayah tiri",
    "must_not_read": "Bu Yati di kelurahan",
    "reach": "0812-0000-1111",
}


@replayed
def a_rich_report(**told: object) -> Desk:
    """With a file from the first, messages both ways, and one with a file."""
    desk = desk_with(State.CLAIMED, **{**TOLD, **told})
    intake.write_to_reporter(
        actor=desk.who("holder"), report_id=desk.report.pk, text="Sudah aman?", at=make.AT
    )
    intake.write_as_reporter(
        actor=desk.who("reporter"),
        report_id=desk.report.pk,
        text="Belum, ini rekamannya.",
        form_tag=b"2" * 32,
        kind=MessageKind.EVIDENCE,
        files=[store_text("rekaman", "isi rekaman")],
        at=make.AT,
    )
    return desk


def decide(desk: Desk, outcome: Outcome = Outcome.CASE, who: str = "holder") -> Case:
    case_id = commands.decide_report(
        actor=desk.who(who),
        report_id=desk.report.pk,
        outcome=outcome,
        message="Kami berdua mendampingi Anda.",
        leads=Leads(manager=id_of(desk, "manager"), deputy=id_of(desk, "holder")),
        at=make.AT,
    )
    return Case.objects.get(pk=case_id)


def opens(actor: Actor, row: models.Model, column: str) -> bool:
    try:
        open_text(actor.keys, row, column)
    except CannotOpen:
        return False
    return True


def everything_of(case: Case) -> Iterable[tuple[models.Model, str]]:
    yield from ((row, "text") for row in Entry.objects.filter(case=case))
    yield from ((row, "text") for row in ThreadMessage.objects.filter(case=case))
    yield from ((row, "meta") for row in CaseFile.objects.filter(case=case))


def everything_of_report(report: Report) -> Iterable[tuple[models.Model, str]]:
    yield from ((report, name) for name in ("contact", "story", "details", "must_not_read"))
    yield from ((row, "text") for row in Message.objects.filter(report=report))
    yield from ((row, "meta") for row in Attachment.objects.filter(report=report))


def fresh(desk: Desk, name: str) -> Actor:
    """The same person in her next request: what she opened before is not remembered."""
    return make.actor(desk.users[name])


def test_what_was_told_stands_in_the_compartments() -> None:
    desk = a_rich_report()

    case = decide(desk)

    manager = fresh(desk, "manager")
    told = {
        (row.compartment, row.kind): open_text(manager.keys, row, "text")
        for row in Entry.objects.filter(case=case)
    }
    assert Contact.from_text(told["identity", "contact"]).reach == TOLD["reach"]
    assert told["narrative", "story"] == TOLD["story"]
    assert Details.from_text(told["narrative", "details"]).by_whom == TOLD["by_whom"]
    barred = MustNotRead.from_text(told["narrative", "must_not_read"])
    assert barred.names == TOLD["must_not_read"]
    assert len(told) == 4
    thread = ThreadMessage.objects.filter(case=case).order_by("pk")
    assert [open_text(manager.keys, row, "text") for row in thread] == [
        "Sudah aman?",
        "Belum, ini rekamannya.",
        "Kami berdua mendampingi Anda.",
    ]
    file = CaseFile.objects.get(case=case)
    assert (file.compartment, file.message) == (Compartment.EVIDENCE, thread[1])
    card = FileCard.from_text(open_text(manager.keys, file, "meta"))
    assert b"".join(read_file(file.pk, card.key, card.size)) == b"isi rekaman"


def test_the_codes_go_along() -> None:
    desk = a_rich_report(safety=Safety.DANGER, district="36.73.02", language="en")

    case = decide(desk)

    report = desk.reload()
    assert (report.state, report.waiting, report.answered_at) == (State.DECIDED, False, make.AT)
    assert (case.rank, case.risk) == (report.rank, Risk.HIGH)
    assert (case.district, case.language, case.age, case.who, case.helps) == (
        "36.73.02", "en", report.age, report.who, report.helps,
    )  # fmt: skip
    assert case.number.startswith("K-26-")
    assert case.desk == report.desk
    decision = Decision.objects.get(report=report)
    assert (decision.case, decision.by, decision.outcome) == (
        case, id_of(desk, "holder"), Outcome.CASE,
    )  # fmt: skip


def test_a_colleague_outside_the_case_opens_nothing_of_it() -> None:
    desk = a_rich_report()
    before = fresh(desk, "colleague")
    assert all(opens(before, row, column) for row, column in everything_of_report(desk.report))

    case = decide(desk)

    after = fresh(desk, "colleague")
    everything = [*everything_of(case), *everything_of_report(desk.reload())]
    assert len(everything) == 4 + 3 + 1 + 4 + 3 + 1
    assert not [row for row, column in everything if opens(after, row, column)]
    assert desk.report.desk not in readers(desk.report.pk, make.AT)


def test_who_decided_and_is_not_on_the_case_keeps_nothing() -> None:
    desk = a_rich_report()
    case_id = commands.decide_report(
        actor=desk.who("holder"),
        report_id=desk.report.pk,
        outcome=Outcome.CASE,
        message="Dua orang mendampingi Anda.",
        leads=Leads(manager=id_of(desk, "manager"), deputy=id_of(desk, "colleague")),
        at=make.AT,
    )

    case = Case.objects.get(pk=case_id)
    everything = [*everything_of(case), *everything_of_report(desk.reload())]
    assert not [row for row, column in everything if opens(fresh(desk, "holder"), row, column)]
    assert not Case.objects.visible_to(fresh(desk, "holder")).exists()


def test_manager_and_deputy_and_quorum_hold_every_compartment() -> None:
    desk = a_rich_report()

    case = decide(desk)

    held = readers(case.pk, make.AT)
    everything = frozenset(code.value for code in Compartment)
    assert held[id_of(desk, "manager")] == held[id_of(desk, "holder")] == everything
    assert held[quorum.OWNER] == everything
    assert held[desk.report.pk] == {Compartment.THREAD.value}
    assert len(held) == 4
    parts = dict(case.team.values_list("part", "user"))
    assert parts == {
        Part.MANAGER: id_of(desk, "manager"),
        Part.DEPUTY: id_of(desk, "holder"),
    }


def test_the_reporter_still_reads_everything_she_told_and_the_thread_goes_on() -> None:
    desk = a_rich_report()

    case = decide(desk)

    reporter = desk.who("reporter")
    assert all(opens(reporter, *row) for row in everything_of_report(desk.reload()))
    thread = ThreadMessage.objects.filter(case=case)
    assert all(opens(reporter, row, "text") for row in thread)
    assert not [row for row in Entry.objects.filter(case=case) if opens(reporter, row, "text")]
    commands.write_as_reporter(
        actor=reporter,
        text="Terima kasih.",
        form_tag=b"3" * 32,
        files=[store_text("surat", "isi surat")],
        at=make.AT,
    )
    case.refresh_from_db()
    assert case.waiting
    hers = thread.latest("pk")
    manager = fresh(desk, "manager")
    assert open_text(manager.keys, hers, "text") == "Terima kasih."
    file = CaseFile.objects.get(message=hers)
    assert FileCard.from_text(open_text(manager.keys, file, "meta")).name == "surat.txt"
    cases.write_to_reporter(actor=manager, case_id=case.pk, text="Sama-sama.", at=make.AT)
    case.refresh_from_db()
    assert not case.waiting
    assert open_text(reporter.keys, thread.latest("pk"), "text") == "Sama-sama."


def test_two_of_three_officials_open_every_compartment() -> None:
    desk = a_rich_report()

    case = decide(desk)

    everybody = quorum_alone()
    texts = [row for row in everything_of(case) if isinstance(row[0], Entry)]
    assert texts
    assert all(opens(everybody, *row) for row in everything_of(case))


def quorum_alone() -> Actor:
    """What two officials open together with their printed codes, and nothing else."""
    pair = quorum.quorum_pair()
    assert pair is not None
    one, other = sorted(quorum.seats(pair) & make.printed_codes.keys())[:2]
    halves = [
        quorum.half_by_code(pair, official, partner, make.printed_codes[official])
        for official, partner in ((one, other), (other, one))
    ]
    keys = Keyring({pair.pk: quorum.join_halves(*halves)}, at=make.AT, ledger=Ledger())
    return Actor(one, make.stranger(), Role.QUORUM_OFFICIAL, keys)


def test_one_fact_says_the_case_was_opened_and_one_what_was_decided() -> None:
    desk = a_rich_report()
    before = Fact.objects.count()

    case = decide(desk)

    facts = {fact.name: fact for fact in Fact.objects.filter(number__gt=before)}
    assert set(facts) == {"cases.case_opened", "triage.report_decided"}
    decided = facts["triage.report_decided"]
    assert decided.ids["case"] == str(case.pk)
    assert decided.about == desk.report.pk
    assert decided.codes["outcome"] == "case"
    said = str([fact.codes for fact in facts.values()])
    assert not [text for text in TOLD.values() if text in said]


def test_numbers_of_cases_follow_each_other() -> None:
    first = decide(a_rich_report())
    desk = desk_with_another(first)

    second = decide(desk)

    assert int(second.number[-4:]) == int(first.number[-4:]) + 1


def desk_with_another(case: Case) -> Desk:
    """Another report at the same desk, held by the same officer."""
    report = Report.objects.get(pk=Decision.objects.get(case=case).report_id)
    receipt = make.receipt(story="Yang kedua.")
    team = {row.part: row.user for row in case.team.select_related("user")}
    users = {"manager": team[Part.MANAGER], "holder": team[Part.DEPUTY]}
    another = make.report_of(receipt)
    intake.claim_report(actor=make.actor(users["holder"]), report_id=another.pk, at=make.AT)
    assert another.desk == report.desk
    return Desk(another, receipt, users)


def test_a_message_sent_again_after_the_decision_is_not_written_twice() -> None:
    desk = a_rich_report()
    said = {"actor": desk.who("reporter"), "text": "Satu kali.", "form_tag": b"9" * 32}
    commands.write_as_reporter(**said, at=make.AT)

    case = decide(desk)
    commands.write_as_reporter(**said, at=make.AT)

    texts = [
        open_text(desk.who("reporter").keys, row, "text")
        for row in ThreadMessage.objects.filter(case=case)
    ]
    assert texts.count("Satu kali.") == 1
