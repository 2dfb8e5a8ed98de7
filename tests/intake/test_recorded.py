"""A report an officer wrote down: whole or not at all, once, to the right desk, with or
without seven words.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import ANYBODY
from ruang.audit.models import Fact
from ruang.intake.arrival import SHOWN_AGAIN, Receipt
from ruang.intake.commands import Wishes, discard_draft, record_report, save_draft
from ruang.intake.drafts import Gone, Sheet
from ruang.intake.models import Draft, Report
from ruang.intake.queries import opened_report
from ruang.intake.states import RANK, Discard, Door, Risk, Safety, State
from ruang.intake.told import Recorded
from ruang.kernel.codes import Who
from ruang.kernel.errors import Refused
from ruang.triage.queries.follow import follow_page
from ruang.vault.keyring import readers
from ruang.vault.models import DataKey, KeyPair, Kind
from tests import make
from tests.intake.writers import Room, room, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def desk() -> Room:
    return room()


def written(
    desk: Room,
    page: Sheet | None = None,
    *,
    who: str = "writer",
    wishes: Wishes | None = None,
    **told: object,
) -> Receipt:
    """A report that was written down; on the telephone unless said otherwise."""
    return record_report(
        actor=desk.who(who),
        sheet=page or sheet(),
        told=make.told(**{"door": Door.PHONE, **told}),
        wishes=wishes or Wishes(),
        at=make.AT,
    )


def saved(desk: Room, page: Sheet) -> Sheet:
    version = save_draft(actor=desk.who("writer"), sheet=page, at=make.AT)
    return replace(page, version=version)


def test_it_is_in_the_hands_of_whoever_wrote_it_and_the_draft_is_gone(desk: Room) -> None:
    page = saved(desk, sheet())
    receipt = written(desk, page, recorded=Recorded(names="Ibu Sari", note="ada anak kecil"))

    report = make.report_of(receipt)
    writer = desk.users["writer"].pk
    assert (report.state, report.holder, report.recorded_by) == (State.CLAIMED, writer, writer)
    assert report.door == Door.PHONE
    assert Draft.objects.count() == 0
    assert not DataKey.objects.filter(whose=page.draft_id).exists()
    seen = opened_report(actor=desk.who("writer"), report_id=report.pk, at=make.AT)
    assert (seen.recorded.names, seen.recorded.note) == ("Ibu Sari", "ada anak kecil")
    assert seen.page.hands.recorded_by == desk.users["writer"].name
    names = list(Fact.objects.order_by("number").values_list("name", flat=True))[-3:]
    assert names == ["intake.report_received", "intake.draft_moved", "intake.report_moved"]
    assert Fact.objects.latest("number").by == writer


def test_it_can_be_left_free_for_the_desk(desk: Room) -> None:
    report = make.report_of(written(desk, wishes=Wishes(keeps=False)))
    assert (report.state, report.holder) == (State.NEW, None)
    opened = opened_report(actor=desk.who("colleague"), report_id=report.pk, at=make.AT)
    assert opened.story == "Ini cerita saya."


def test_danger_is_first_in_the_queue_at_once(desk: Room) -> None:
    report = make.report_of(written(desk, safety=Safety.DANGER))
    assert (report.rank, report.due_at) == (RANK[Risk.HIGH], make.AT)
    fact = Fact.objects.get(name="intake.report_received")
    assert fact.codes["danger"] is True


def test_the_words_open_the_thread_as_those_of_the_form_do(desk: Room) -> None:
    receipt = written(desk)
    page = follow_page(actor=make.reporter(receipt), at=make.AT)
    assert (page.number, page.is_self) == (receipt.number, True)


def test_who_speaks_for_somebody_else_sees_less(desk: Room) -> None:
    told = make.told(who=Who.KNOWN, door=Door.WALK_IN)
    receipt = record_report(
        actor=desk.who("writer"), sheet=sheet(), told=told, wishes=Wishes(), at=make.AT
    )
    page = follow_page(actor=make.reporter(receipt), at=make.AT)
    assert not page.is_self
    assert page.helper == ""


def test_without_a_code_nobody_outside_holds_a_key(desk: Room) -> None:
    receipt = written(desk, wishes=Wishes(code=False))
    report = make.report_of(receipt)
    assert receipt.words is None
    assert not KeyPair.objects.filter(owner=report.pk, kind=Kind.REPORTER).exists()
    assert set(readers(report.pk, make.AT)) == {report.desk, make.quorum.OWNER}


def test_naming_this_office_seals_it_to_the_other_desk_alone(desk: Room) -> None:
    page = saved(desk, sheet(office_named=True))
    report = make.report_of(written(desk, page, office_named=True))

    assert report.desk == desk.city.alternate_desk
    assert (report.state, report.holder) == (State.NEW, None)
    assert desk.city.intake_desk not in readers(report.pk, make.AT)
    assert not Report.objects.visible_to(desk.who("writer")).exists()
    told = opened_report(actor=desk.who("elsewhere"), report_id=report.pk, at=make.AT)
    assert told.must_not_read.office


def test_a_letter_counts_from_when_it_came(desk: Room) -> None:
    came = make.AT - timedelta(days=3)
    with pytest.raises(Refused, match="why it is recorded later"):
        written(desk, door=Door.LETTER, received_at=came)
    with pytest.raises(Refused, match="later than now"):
        written(desk, door=Door.LETTER, received_at=make.AT + timedelta(minutes=1))
    assert Report.objects.count() == 0

    said = Recorded(sender="Camat Kasemen", reference="411/22", why_late="libur")
    report = make.report_of(written(desk, door=Door.LETTER, received_at=came, recorded=said))

    assert report.received_at == came
    assert report.due_at < make.AT
    seen = opened_report(actor=desk.who("writer"), report_id=report.pk, at=make.AT)
    assert seen.recorded == said


def test_finishing_twice_is_one_report_and_the_words_are_shown_again(desk: Room) -> None:
    page = saved(desk, sheet())
    first = written(desk, page)
    facts = Fact.objects.count()

    again = written(desk, page)

    assert (again.number, again.words) == (first.number, first.words)
    assert Report.objects.count() == 1
    assert Fact.objects.count() == facts
    changed = written(desk, replace(page, fields={"story": ("lain",)}))
    assert (changed.number, changed.words) == (first.number, None)
    with pytest.raises(Gone):
        written(desk, page, who="colleague")
    late = record_report(
        actor=desk.who("writer"), sheet=page, told=make.told(), wishes=Wishes(),
        at=make.AT + SHOWN_AGAIN,
    )  # fmt: skip
    assert late.words is None
    with pytest.raises(Gone):
        save_draft(actor=desk.who("writer"), sheet=page, at=make.AT)


def test_what_was_discarded_is_not_finished(desk: Room) -> None:
    page = saved(desk, sheet())
    discard_draft(
        actor=desk.who("writer"), draft_id=page.draft_id, why=Discard.MISTAKE, at=make.AT
    )
    with pytest.raises(Gone):
        written(desk, page)
    assert Report.objects.count() == 0


@pytest.mark.parametrize("who", ["head", "admin", "auditor", "partner"])
def test_only_who_works_reports_writes_one_down(desk: Room, who: str) -> None:
    with pytest.raises(PermissionDenied):
        written(desk, who=who)
    with pytest.raises(PermissionDenied):
        record_report(
            actor=ANYBODY, sheet=sheet(), told=make.told(), wishes=Wishes(), at=make.AT
        )
    assert Report.objects.count() == 0


class Killed(BaseException):
    """The process ends here."""


PLACES = ("report_row", "keep_copy", "destroy_keys", "record_all")


@contextmanager
def killed_at(name: str) -> Iterator[None]:
    with patch(f"ruang.intake.commands.recorded.{name}", side_effect=Killed):
        yield


@pytest.mark.parametrize("place", PLACES)
def test_whatever_ends_in_the_middle_the_draft_is_whole(desk: Room, place: str) -> None:
    page = saved(desk, sheet())
    keys, facts = DataKey.objects.count(), Fact.objects.count()
    with killed_at(place), pytest.raises(Killed):
        written(desk, page)
    assert Report.objects.count() == 0
    assert Draft.objects.count() == 1
    assert (DataKey.objects.count(), Fact.objects.count()) == (keys, facts)
    assert written(desk, page).words
