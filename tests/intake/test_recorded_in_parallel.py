"""The same draft finished or saved by several threads in the same instant."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection

from ruang.audit.models import Fact
from ruang.intake.arrival import Receipt
from ruang.intake.commands import Wishes, record_report, save_draft
from ruang.intake.drafts import Overtaken
from ruang.intake.models import Draft, Report
from ruang.intake.queries import stored_draft
from ruang.vault.models import DataKey, KeyPair, Kind
from tests import make
from tests.intake.writers import Room, room, sheet, typed

pytestmark = pytest.mark.usefixtures("database_on_disk")


def together(act: Callable[[int], object], times: int) -> list[object]:
    def one(number: int) -> object:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(times)))


@pytest.fixture
def desk() -> Room:
    return room()


@pytest.mark.parametrize("is_saved", [False, True])
def test_finished_in_parallel_it_is_one_report_with_one_code(
    desk: Room, is_saved: bool
) -> None:
    page = sheet()
    if is_saved:
        version = save_draft(actor=desk.who("writer"), sheet=page, at=make.AT)
        page = replace(page, version=version)

    def finish(_number: int) -> Receipt:
        return record_report(
            actor=desk.who("writer"), sheet=page, told=make.told(), wishes=Wishes(), at=make.AT
        )

    receipts = together(finish, 12)

    assert len({receipt.words for receipt in receipts}) == 1  # type: ignore[attr-defined]
    assert Report.objects.count() == 1
    assert Draft.objects.count() == 0
    assert not DataKey.objects.filter(whose=page.draft_id).exists()
    assert KeyPair.objects.filter(kind=Kind.REPORTER).count() == 1
    assert Fact.objects.filter(name="intake.report_received").count() == 1


def test_of_many_windows_that_save_at_once_one_wins_and_the_others_are_told(
    desk: Room,
) -> None:
    page = sheet()
    version = save_draft(actor=desk.who("writer"), sheet=page, at=make.AT)
    page = replace(page, version=version)

    def save(number: int) -> str:
        mine = typed(page, f"halaman {number}", window=uuid4())
        try:
            save_draft(actor=desk.who("writer"), sheet=mine, at=make.AT)
        except Overtaken:
            return ""
        return mine.fields["story"][0]

    won = [story for story in together(save, 8) if story]

    assert len(won) == 1
    kept = stored_draft(actor=desk.who("writer"), draft_id=page.draft_id)
    assert kept.fields["story"] == (won[0],)
    assert kept.version == 2


def test_a_first_save_sent_twice_at_once_makes_one_draft(desk: Room) -> None:
    page = sheet()

    def save(_number: int) -> int:
        return save_draft(actor=desk.who("writer"), sheet=page, at=make.AT)

    versions = together(save, 6)

    assert sorted(versions) == [1, 2, 3, 4, 5, 6]  # type: ignore[type-var]
    assert Draft.objects.count() == 1
