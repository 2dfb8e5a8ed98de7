"""A lost code: new words open the same thread, the old ones open nothing, and who may do it."""

from uuid import UUID

import pytest

from ruang.access.actor import Actor
from ruang.audit.models import Fact
from ruang.cases.models import Case
from ruang.cases.queries import part_page
from ruang.cases.states import Compartment
from ruang.intake.arrival import Receipt
from ruang.intake.commands import (
    Wishes,
    claim_report,
    issue_new_code,
    record_report,
    write_to_reporter,
)
from ruang.intake.entry import opened, still_open
from ruang.intake.models import ReceiptCopy, Report
from ruang.intake.queries import opened_report
from ruang.intake.states import Checked, Door, State
from ruang.intake.told import Recorded
from ruang.kernel.codes import Who
from ruang.triage.commands import Leads, decide_report, issue_case_code, write_as_reporter
from ruang.triage.minutes import Over
from ruang.triage.queries.follow import FollowPage, follow_page
from ruang.triage.states import Ground, Outcome
from ruang.vault import receipts
from ruang.vault.ledger import Ledger
from tests import make
from tests.intake.writers import Room, room, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def desk() -> Room:
    return room()


def by_words(words: str) -> Actor:
    found = receipts.open_words(words)
    assert found is not None
    return opened(*found, ledger=Ledger(), at=make.AT).actor


def page_of(words: str) -> FollowPage:
    return follow_page(actor=by_words(words), at=make.AT)


def texts(page: FollowPage) -> list[str | None]:
    return [line.text for line in page.messages]


def talked(desk: Room, **told: object) -> tuple[Report, Receipt]:
    """A report in the writer's hands, with a word from each side."""
    receipt = make.receipt(**told)
    report = make.report_of(receipt)
    claim_report(actor=desk.who("writer"), report_id=report.pk, at=make.AT)
    write_as_reporter(
        actor=make.reporter(receipt), text="Dari saya", form_tag=b"1" * 32, at=make.AT
    )
    write_to_reporter(
        actor=desk.who("writer"), report_id=report.pk, text="Dari kami", at=make.AT
    )
    return report, receipt


def new_code(desk: Room, report: Report, who: str = "writer") -> str:
    return issue_new_code(
        actor=desk.who(who), report_id=report.pk, checked=Checked.CALLED, at=make.AT
    )


def as_case(desk: Room, report: Report) -> Case:
    case_id = decide_report(
        actor=desk.who("writer"), report_id=report.pk, outcome=Outcome.CASE,
        message="Kami mendampingi.", at=make.AT,
        leads=Leads(desk.users["manager"].pk, desk.users["deputy"].pk),
    )  # fmt: skip
    return Case.objects.get(pk=case_id)


def case_code(desk: Room, case: UUID, who: str = "manager") -> str:
    return issue_case_code(
        actor=desk.who(who), case_id=case, checked=Checked.IN_PERSON, at=make.AT
    )


def test_new_words_open_the_same_thread_and_the_old_ones_nothing(desk: Room) -> None:
    report, receipt = talked(desk, reach="0812")
    before = page_of(receipt.words or "")

    words = new_code(desk, report)

    assert receipts.open_words(receipt.words or "") is None
    after = page_of(words)
    assert texts(after) == texts(before) == ["Dari saya", "Dari kami"]
    assert after.contact == before.contact
    fact = Fact.objects.get(name="intake.code_issued")
    assert (fact.about, fact.by) == (report.pk, desk.users["writer"].pk)
    assert fact.codes == {"checked": "called"}
    assert not ReceiptCopy.objects.filter(report=report).exists()
    write_as_reporter(actor=by_words(words), text="Lagi", form_tag=b"2" * 32, at=make.AT)
    assert texts(page_of(words))[-1] == "Lagi"


def test_a_page_that_the_old_words_opened_closes(desk: Room) -> None:
    report, receipt = talked(desk)
    found = receipts.open_words(receipt.words or "")
    assert found is not None
    held = opened(*found, ledger=Ledger(), at=make.AT).key
    assert still_open(held, ledger=Ledger(), at=make.AT) is not None

    new_code(desk, report)

    assert still_open(held, ledger=Ledger(), at=make.AT) is None


def test_who_reported_for_somebody_else_still_sees_less(desk: Room) -> None:
    report, receipt = talked(desk, who=Who.KNOWN)
    before = page_of(receipt.words or "")
    after = page_of(new_code(desk, report))
    assert not before.is_self
    assert not after.is_self
    assert after.helper == ""
    case = as_case(desk, report)
    assert not page_of(case_code(desk, case.pk)).is_self


@pytest.mark.parametrize("who", ["manager", "deputy"])
def test_the_team_of_a_case_gives_words_that_open_the_whole_thread(
    desk: Room, who: str
) -> None:
    report, receipt = talked(desk, reach="0812")
    case = as_case(desk, report)
    write_as_reporter(
        actor=make.reporter(receipt), text="Di kasus", form_tag=b"3" * 32, at=make.AT
    )

    words = case_code(desk, case.pk, who)

    assert receipts.open_words(receipt.words or "") is None
    page = page_of(words)
    assert texts(page) == ["Dari saya", "Dari kami", "Kami mendampingi.", "Di kasus"]
    assert page.contact.reach == "0812"
    write_as_reporter(actor=by_words(words), text="Lagi", form_tag=b"4" * 32, at=make.AT)
    assert texts(page_of(words))[-1] == "Lagi"
    again = case_code(desk, case.pk, who)
    assert receipts.open_words(words) is None
    assert texts(page_of(again))[-1] == "Lagi"
    assert Fact.objects.filter(name="triage.case_code_issued").count() == 2


def without_code(desk: Room) -> Report:
    receipt = record_report(
        actor=desk.who("writer"), sheet=sheet(), wishes=Wishes(code=False), at=make.AT,
        told=make.told(
            door=Door.LETTER, reach="0813",
            recorded=Recorded(names="Melati\nBayu", sender="Camat", note="Hati-hati"),
        ),
    )  # fmt: skip
    return make.report_of(receipt)


def test_who_wanted_no_code_may_have_one_later_at_the_desk_and_in_the_case(desk: Room) -> None:
    report = without_code(desk)
    write_to_reporter(
        actor=desk.who("writer"), report_id=report.pk, text="Catatan awal", at=make.AT
    )
    assert texts(page_of(new_code(desk, report))) == ["Catatan awal"]

    other = without_code(desk)
    case = as_case(desk, other)
    assert case.reporter_pair is None
    assert other.pk != report.pk
    page = page_of(case_code(desk, case.pk))
    assert texts(page) == ["Kami mendampingi."]
    assert page.contact.reach == "0813"


def test_what_the_officer_added_goes_into_the_identity_of_the_case(desk: Room) -> None:
    report = without_code(desk)
    case = as_case(desk, report)
    page = part_page(
        actor=desk.who("manager"), case_id=case.pk, part=Compartment.IDENTITY, at=make.AT
    )
    assert page.names == "Melati\nBayu"
    assert page.timeline is not None
    written = [line.text for line in page.timeline.lines]
    assert "From whom it came: Camat\nNote for the desk: Hati-hati" in written


def test_a_recorded_report_is_handed_over_whole(desk: Room) -> None:
    report = without_code(desk)
    assert desk.city.alternate_desk is not None
    over = Over(desk.city.alternate_desk, Ground.TERRITORY, "Domisilinya di wilayah lain.")
    decide_report(
        actor=desk.who("writer"), report_id=report.pk, outcome=Outcome.HAND_OVER,
        message="Kami limpahkan.", over=over, at=make.AT,
    )  # fmt: skip

    seen = opened_report(actor=desk.who("elsewhere"), report_id=report.pk, at=make.AT)
    assert seen.recorded.names == "Melati\nBayu"
    assert seen.page.state is State.NEW
