"""Drafts: saved as they are typed, never overwritten silently, never lost, open to the few."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import SYSTEM
from ruang.access.sight import NotInSight
from ruang.audit.models import Due, Fact
from ruang.intake.commands import (
    Wishes,
    discard_draft,
    record_report,
    save_draft,
    show_resting_draft,
    take_over_draft,
)
from ruang.intake.drafts import (
    LONGEST,
    RESTING,
    RESTS,
    RESTS_IN_DANGER,
    Gone,
    Overtaken,
    Sheet,
)
from ruang.intake.models import Draft
from ruang.intake.queries import stored_draft, unfinished
from ruang.intake.states import Discard
from ruang.kernel.errors import Refused
from ruang.vault.keyring import CannotOpen
from ruang.vault.models import DataKey
from ruang.vault.texts import open_text
from tests import make
from tests.intake.writers import Room, room, sheet, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def desk() -> Room:
    return room()


def begun(desk: Room, page: Sheet | None = None, name: str = "writer") -> Sheet:
    """A page that was saved once."""
    first = page or sheet()
    version = save_draft(actor=desk.who(name), sheet=first, at=make.AT)
    return replace(first, version=version)


def steps() -> list[str]:
    rows = Fact.objects.filter(name="intake.draft_moved").order_by("number")
    return [str(row.codes["move"]) for row in rows]


def test_what_is_typed_is_there_again_word_for_word(desk: Room) -> None:
    story = "Baris satu\nbaris dua — “dia” bilang …"
    page = begun(desk, sheet(fields={"story": (story,), "helps": ("listen", "legal")}))

    found = stored_draft(actor=desk.who("writer"), draft_id=page.draft_id)

    assert found.fields == {"story": (story,), "helps": ("listen", "legal")}
    assert (found.secret, found.version, found.saved_at) == (page.secret, 1, make.AT)


def test_saving_again_raises_the_version_and_leaves_one_fact(desk: Room) -> None:
    page = begun(desk)
    for number in range(2, 6):
        page = typed(page, f"{number} kata")
        assert save_draft(actor=desk.who("writer"), sheet=page, at=make.AT) == number
    assert steps() == ["begin"]
    found = stored_draft(actor=desk.who("writer"), draft_id=page.draft_id)
    assert found.fields["story"] == ("5 kata",)


def test_an_answer_that_was_lost_on_the_way_is_no_conflict(desk: Room) -> None:
    """The page still says version 0, because it never heard that it was saved."""
    page = sheet()
    save_draft(actor=desk.who("writer"), sheet=page, at=make.AT)
    version = save_draft(actor=desk.who("writer"), sheet=typed(page, "lebih"), at=make.AT)
    assert version == 2


def test_of_two_pages_the_later_is_told_and_overwrites_nothing(desk: Room) -> None:
    page = begun(desk)
    other = replace(typed(page, "dari tab lain"), window=uuid4())
    save_draft(actor=desk.who("writer"), sheet=other, at=make.AT)

    with pytest.raises(Overtaken) as told:
        save_draft(actor=desk.who("writer"), sheet=typed(page, "dari tab lama"), at=make.AT)

    assert told.value.is_mine
    kept = stored_draft(actor=desk.who("writer"), draft_id=page.draft_id)
    assert kept.fields["story"] == ("dari tab lain",)
    knowing = typed(page, "dari tab lama", version=kept.version)
    assert save_draft(actor=desk.who("writer"), sheet=knowing, at=make.AT) == 3


def test_finishing_from_an_overtaken_page_makes_no_report(desk: Room) -> None:
    page = begun(desk)
    save_draft(actor=desk.who("writer"), sheet=replace(page, window=uuid4()), at=make.AT)
    with pytest.raises(Overtaken):
        record_report(
            actor=desk.who("writer"), sheet=page, told=make.told(), wishes=Wishes(), at=make.AT
        )
    assert make.Report.objects.count() == 0
    assert Draft.objects.count() == 1


def test_a_dropped_call_is_seen_at_the_desk_after_a_quarter_of_an_hour(desk: Room) -> None:
    begun(desk)
    soon, then = make.AT + RESTS - timedelta(seconds=1), make.AT + RESTS

    assert [one.is_mine for one in unfinished(actor=desk.who("writer"), at=soon)] == [True]
    assert unfinished(actor=desk.who("colleague"), at=soon) == ()
    (row,) = unfinished(actor=desk.who("colleague"), at=then)
    assert (row.by, row.is_mine, row.rests) == (desk.users["writer"].name, False, True)
    for who in ("head", "admin", "elsewhere", "partner"):
        assert unfinished(actor=desk.who(who), at=then) == ()


def due_at() -> datetime | None:
    return Due.objects.filter(kind=RESTING).values_list("due_at", flat=True).first()


def test_the_desk_is_told_once_a_rest_and_not_while_it_is_written(desk: Room) -> None:
    page = begun(desk)
    then = make.AT + RESTS
    assert due_at() == then
    save_draft(actor=desk.who("writer"), sheet=typed(page, "lagi"), at=then)
    late = then + timedelta(minutes=1)

    show_resting_draft(actor=SYSTEM, draft_id=page.draft_id, at=late)
    assert steps() == ["begin"]
    assert due_at() == then + RESTS

    show_resting_draft(actor=SYSTEM, draft_id=page.draft_id, at=then + RESTS)
    assert steps() == ["begin", "rest"]
    with pytest.raises(PermissionDenied):
        show_resting_draft(actor=desk.who("writer"), draft_id=page.draft_id, at=late)


def test_a_rest_in_danger_is_short_and_a_finished_draft_rests_no_more(desk: Room) -> None:
    page = begun(desk)
    save_draft(actor=desk.who("writer"), sheet=replace(page, is_danger=True), at=make.AT)
    assert due_at() == make.AT + RESTS_IN_DANGER
    record_report(
        actor=desk.who("writer"), sheet=page, told=make.told(), wishes=Wishes(), at=make.AT
    )
    assert due_at() is None
    show_resting_draft(actor=SYSTEM, draft_id=page.draft_id, at=make.AT + RESTS)
    assert "rest" not in steps()


def test_danger_is_seen_by_the_desk_at_once_and_first(desk: Room) -> None:
    begun(desk, name="colleague")
    page = begun(desk)
    danger = replace(page, is_danger=True)
    save_draft(actor=desk.who("writer"), sheet=danger, at=make.AT)
    save_draft(actor=desk.who("writer"), sheet=danger, at=make.AT)

    (row,) = unfinished(actor=desk.who("manager"), at=make.AT)
    assert (row.is_danger, row.rests) == (True, False)
    (first, _own) = unfinished(actor=desk.who("colleague"), at=make.AT)
    assert first.is_danger
    assert steps() == ["begin", "begin", "danger"]


@pytest.mark.parametrize(("danger", "rest"), [(False, RESTS), (True, RESTS_IN_DANGER)])
def test_a_colleague_goes_on_where_it_stopped(
    desk: Room, danger: bool, rest: timedelta
) -> None:
    page = begun(desk, sheet(is_danger=danger))
    soon, then = make.AT + rest - timedelta(seconds=1), make.AT + rest
    with pytest.raises(Refused, match=f"{desk.users['writer'].name} is writing this"):
        take_over_draft(actor=desk.who("colleague"), draft_id=page.draft_id, at=soon)
    with pytest.raises(Refused, match="your own draft"):
        take_over_draft(actor=desk.who("writer"), draft_id=page.draft_id, at=then)
    for who in ("head", "elsewhere", "partner"):
        with pytest.raises(NotInSight):
            take_over_draft(actor=desk.who(who), draft_id=page.draft_id, at=then)

    take_over_draft(actor=desk.who("colleague"), draft_id=page.draft_id, at=then)

    found = stored_draft(actor=desk.who("colleague"), draft_id=page.draft_id)
    assert found.fields["story"] == ("Dia bilang",)
    with pytest.raises(Overtaken) as told:
        save_draft(actor=desk.who("writer"), sheet=typed(page, "masih di sini"), at=then)
    assert not told.value.is_mine
    assert steps()[-1] == "take_over"


def test_a_discarded_draft_is_gone_and_its_key_with_it(desk: Room) -> None:
    page = begun(desk)
    row = Draft.objects.get()
    with pytest.raises(PermissionDenied):
        discard_draft(
            actor=desk.who("colleague"), draft_id=row.pk, why=Discard.DOUBLE, at=make.AT
        )

    discard_draft(actor=desk.who("writer"), draft_id=row.pk, why=Discard.NO_REPORT, at=make.AT)

    assert Draft.objects.count() == 0
    assert not DataKey.objects.filter(whose=page.draft_id).exists()
    with pytest.raises(CannotOpen):
        open_text(desk.who("writer").keys, row, "text")
    fact = Fact.objects.latest("number")
    assert (fact.codes["move"], fact.codes["why"]) == ("discard", "no_report")
    with pytest.raises(Gone):
        save_draft(actor=desk.who("writer"), sheet=typed(page, "masih"), at=make.AT)


def test_naming_this_office_takes_the_draft_from_the_own_desk(desk: Room) -> None:
    page = begun(desk)
    row = Draft.objects.get()
    assert open_text(desk.who("colleague").keys, row, "text")

    save_draft(actor=desk.who("writer"), sheet=replace(page, office_named=True), at=make.AT)

    row.refresh_from_db()
    assert row.desk == desk.city.alternate_desk
    with pytest.raises(CannotOpen):
        open_text(desk.who("colleague").keys, row, "text")
    assert stored_draft(actor=desk.who("writer"), draft_id=row.pk).version == 2
    assert unfinished(actor=desk.who("colleague"), at=make.AT + RESTS) == ()
    (seen,) = unfinished(actor=desk.who("elsewhere"), at=make.AT + RESTS)
    assert seen.rests
    take_over_draft(actor=desk.who("elsewhere"), draft_id=row.pk, at=make.AT + RESTS)
    assert stored_draft(actor=desk.who("elsewhere"), draft_id=row.pk).version == 3


def test_nothing_that_is_longer_than_a_book_is_taken_and_nothing_is_lost(desk: Room) -> None:
    page = begun(desk)
    with pytest.raises(Refused, match="too long"):
        save_draft(actor=desk.who("writer"), sheet=typed(page, "a" * LONGEST), at=make.AT)
    found = stored_draft(actor=desk.who("writer"), draft_id=page.draft_id)
    assert found.fields["story"] == ("Dia bilang",)
