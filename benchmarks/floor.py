"""The floor of the last POST: the same sealing and the same rows, in a bare ORM loop, no HTTP.

One thread, plain models, nothing looked up twice, no rule asked: what storing one report costs
at the least with this database and these ciphers. Prints reports a second.
"""

import json
import sys
import time
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from ruang.cli.keyring import start_django

SECONDS = 6.0


def measure() -> None:
    """Measure."""
    start_django(with_keys=True)
    from django.db import transaction

    from ruang.kernel.clock import now

    story, holders = "Saya menulis ini pelan-pelan. " * 65, _holders()
    card = json.dumps({"key": "00" * 32, "name": "IMG_0001.jpg", "kind": "JPEG", "size": 32768})
    done, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        with transaction.atomic():
            _one(now(), story, card, holders, done)
        done += 1
    sys.stdout.write(f"{done / (time.perf_counter() - begun):.1f}\n")


def _holders() -> list[object]:
    from ruang.vault.models import KeyPair, Kind

    desk = KeyPair.objects.filter(kind=Kind.DESK, retired_at=None).order_by("created_at")[0]
    return [desk, KeyPair.objects.get(kind=Kind.QUORUM)]


def _one(at: datetime, story: str, card: str, holders: list[object], number: int) -> None:
    from ruang.audit.models import Fact, Head
    from ruang.audit.tree import grow, root_of
    from ruang.intake.models import Attachment, ReceiptCopy, Report
    from ruang.kernel.ids import uuid7
    from ruang.vault.models import DataKey, KeyPair, PrivateBlob, Wrap
    from ruang.vault.receipts import new_words
    from ruang.vault.suites import derive, new_pair, new_secret, pad, seal, wrap

    report_id, words = uuid7(), new_words().encode()
    private, public = new_pair()
    pair = KeyPair.objects.create(
        owner=report_id, kind="reporter", public=public, created_at=at
    )
    PrivateBlob.objects.create(
        pair=pair, way="receipt", lookup=derive(words, "lookup"), root_version=1, created_at=at,
        blob=seal(derive(words, "key"), private, str(pair.pk)),
    )  # fmt: skip
    keys = [DataKey(whose=report_id, name=n, created_at=at) for n in ("contact", "story")]
    DataKey.objects.bulk_create(keys)
    secrets = [new_secret(), new_secret()]
    Wrap.objects.bulk_create(
        Wrap(
            key=key, holder=holder, given_by=report_id, given_at=at,  # type: ignore[misc]
            blob=wrap(bytes(holder.public), secret, f"{key.pk}|{holder.pk}"),  # type: ignore[attr-defined]
        )
        for key, secret in zip(keys, secrets, strict=True)
        for holder in (*holders, pair)
    )  # fmt: skip

    def sealed(secret: bytes, text: str, where: str) -> bytes:
        return seal(derive(secret, "field"), pad(text.encode()), f"{where}|{report_id}")

    report = Report.objects.create(
        id=report_id, number=f"B-{number}", received_at=at, door="web", desk=uuid4(),
        safety="safe", who="self", helps=["listen", "legal"], way="phone", district="36.73.01",
        due_at=at + timedelta(hours=6), file_count=1, form_tag=new_secret(),
        contact=sealed(secrets[0], '{"way": "phone", "reach": "0812-0000-1111"}', "contact"),
        story=sealed(secrets[1], story, "story"),
        details=sealed(secrets[1], '{"when": "tadi malam", "by_whom": "suami"}', "details"),
        must_not_read=sealed(secrets[1], '{"names": "Pak Budi"}', "must_not_read"),
    )  # fmt: skip
    Attachment.objects.create(
        report=report, at=at, kind="photo", bucket=32768, meta=sealed(secrets[1], card, "meta")
    )
    ReceiptCopy.objects.create(
        form_tag=report.form_tag, report=report, until=at + timedelta(hours=2),
        blob=seal(derive(secrets[0], "page"), words, "receipt"),
    )  # fmt: skip
    head = Head.objects.select_for_update().get(pk=1)
    leaf = sha256(b"\x00" + str((head.size, at, report_id)).encode()).digest()
    head.edge = grow(bytes(head.edge), head.size, leaf)
    head.size += 1
    Fact.objects.create(
        number=head.size, at=at, name="intake.report_received", role="reporter", by=report_id,
        organisation=report_id, about=report_id, ids={"report": str(report_id)}, codes={},
        leaf=leaf, root=root_of(head.edge),
    )  # fmt: skip
    head.save(update_fields=["size", "edge"])


if __name__ == "__main__":
    measure()
