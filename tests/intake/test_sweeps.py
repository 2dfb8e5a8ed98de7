"""What goes by itself, and what stays until its time is over."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import ANYBODY, SYSTEM
from ruang.intake.arrival import SHOWN_AGAIN
from ruang.intake.commands import open_follow, sweep_receipt_copies, sweep_used_nonces
from ruang.intake.commands.sweeps import NONCES_KEPT
from ruang.intake.entry import NONCE_FOR, entry_form
from ruang.intake.models import ReceiptCopy, Report, UsedNonce
from ruang.vault.ledger import Ledger
from tests import make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_copies_of_receipts_go_after_two_hours_and_the_reports_stay() -> None:
    make.city()
    make.receipt()
    make.receipt(at=make.AT + SECOND)
    assert sweep_receipt_copies(actor=SYSTEM, at=make.AT + SHOWN_AGAIN) == 1
    assert ReceiptCopy.objects.count() == 1
    assert Report.objects.count() == 2


def test_used_entry_forms_are_remembered_for_longer_than_they_could_be_used() -> None:
    make.city()
    words = make.receipt().words or ""
    open_follow(
        actor=ANYBODY, words=words, entry=entry_form(make.AT), ledger=Ledger(), at=make.AT
    )
    assert sweep_used_nonces(actor=SYSTEM, at=make.AT + NONCE_FOR + SECOND) == 0
    assert UsedNonce.objects.exists()
    assert sweep_used_nonces(actor=SYSTEM, at=make.AT + NONCES_KEPT) == 1


@pytest.mark.parametrize("sweep", [sweep_receipt_copies, sweep_used_nonces])
def test_nobody_but_the_system_sweeps(sweep: object) -> None:
    city = make.city()
    for actor in (ANYBODY, make.actor(make.officer(city))):
        with pytest.raises(PermissionDenied):
            sweep(actor=actor, at=make.AT)  # type: ignore[operator]
