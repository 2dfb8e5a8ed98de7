"""R-02: the last page sent by several threads in the same instant is one report."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from ruang.access.actor import ANYBODY
from ruang.audit.models import Fact
from ruang.intake.attachments import store_text
from ruang.intake.commands import Form, Receipt, receive_report
from ruang.intake.models import Attachment, ReceiptCopy, Report
from ruang.vault.models import DataKey, KeyPair, PrivateBlob, Wrap
from ruang.vault.suites import new_secret
from tests import make

pytestmark = pytest.mark.usefixtures("database_on_disk")


def rows() -> tuple[int, ...]:
    tables = (Report, Attachment, ReceiptCopy, KeyPair, PrivateBlob, DataKey, Wrap, Fact)
    return tuple(table.objects.count() for table in tables)


@pytest.mark.parametrize("changed", [False, True])
def test_sent_in_parallel_it_is_one_report_with_one_code(changed: bool) -> None:
    make.city()
    secret, page, files = new_secret(), new_secret(), [store_text("bukti", "isi")]
    before = rows()

    def once(number: int) -> Receipt:
        form = Form(secret=secret, page=new_secret() if changed else page)
        try:
            return receive_report(
                actor=ANYBODY,
                form=form,
                told=make.told(story=f"ke-{number}"),
                files=files,
                at=make.AT,
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(once, range(24)))
    shown = [receipt.words for receipt in receipts if receipt.words]
    assert len(set(shown)) == 1
    assert len(shown) == (1 if changed else 24)
    grown = [now - then for now, then in zip(rows(), before, strict=True)]
    assert grown == [1, 1, 1, 1, 1, 2, 6, 1]
