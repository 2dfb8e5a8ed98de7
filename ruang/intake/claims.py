"""Stored files get an owner: in the transaction of the report or message they came with."""

from collections.abc import Sequence
from datetime import datetime

from ruang.intake.attachments import StoredFile
from ruang.intake.models import Attachment, Message, Report
from ruang.kernel.rows import insert
from ruang.vault.keyring import Material
from ruang.vault.texts import seal_text


def claim_files(
    report: Report,
    files: Sequence[StoredFile],
    key: Material,
    at: datetime,
    message: Message | None = None,
) -> None:
    """Claim stored files for a report, or for a message in its thread."""
    if not files:
        return
    rows = [
        Attachment(
            id=one.id, report=report, message=message, at=at, kind=one.family, bucket=one.bucket
        )
        for one in files
    ]
    for row, one in zip(rows, files, strict=True):
        row.meta = seal_text(key, Attachment, "meta", one.id, one.card.to_text())
    insert(*rows)
