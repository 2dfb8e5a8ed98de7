"""Tells what is in a city on disk: through its members' own sessions, row by row, file by file.

Run as a program like ``city_to_serve.py``; it prints one line of JSON.
"""

import json
import os
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import django


def main() -> None:
    from ruang.vault import root

    root.install(root.subkeys(root.load(Path(os.environ["RUANG_SECRETS"])), "cli"))
    django.setup()
    print(json.dumps(everything()))


def everything() -> dict[str, object]:
    from ruang.audit import due, verify
    from ruang.audit.models import Due, Fact
    from ruang.triage.models import Decision

    verdict = verify.verify()
    moves = Fact.objects.filter(name="referrals.referral_moved", codes__step="expire")
    received = Fact.objects.filter(name="intake.report_received")
    return {
        "reports": reports(),
        "received": Counter(str(fact.about) for fact in received),
        "expired": Counter(str(fact.about) for fact in moves),
        "waiting": Due.objects.filter(kind="referral_expiry").count(),
        "parked": len(due.parked()),
        "facts": verdict.facts,
        "bad": verdict.why,
        "moved": Counter(
            f"{fact.about} {fact.codes['step']}"
            for fact in Fact.objects.filter(name="intake.report_moved")
        ),
        "decided": Counter(
            str(row) for row in Decision.objects.values_list("report", flat=True)
        ),
        "files": files_on_disk(),
    }


def reports() -> list[dict[str, object]]:
    """Every report with what an officer of its desk reads in it."""
    from ruang.intake.models import Report
    from ruang.vault.texts import open_text

    keys = officer_keys()
    return [
        {
            "id": str(report.pk),
            "number": report.number,
            "story": open_text(keys, report, "story") if report.story else "",
            "messages": [open_text(keys, one, "text") for one in report.messages.all()],
            "files": [whole_file(keys, one) for one in report.attachments.all()],
            "counted": report.file_count,
        }
        for report in Report.objects.order_by("number")
    ]


def officer_keys() -> object:
    """The keys of the first officer of the desk, by password, as at the door."""
    from ruang.access.actor import SYSTEM
    from ruang.identity import sessions
    from ruang.identity.commands import begin_sign_in, finish_sign_in
    from ruang.identity.models import User
    from ruang.kernel import clock
    from ruang.territory.facts import city_facts
    from ruang.vault.ledger import Ledger
    from tests import make

    at = clock.now()
    person = User.objects.filter(organisation=city_facts().intake_desk).order_by("login")[0]
    token = begin_sign_in(
        actor=SYSTEM, login=person.login, password=make.PASSWORD, network="x", at=at
    )
    opened = finish_sign_in(actor=SYSTEM, token=token, device="", at=at)
    who = sessions.signed_in(cookie=opened.cookie, at=at, ledger=Ledger())
    assert who is not None
    return who.actor.keys


def whole_file(keys: object, row: object) -> str:
    """The hash of a file and of its preview; what is wrong with it, if anything is."""
    from ruang.kernel.filecard import FileCard, preview_id
    from ruang.vault.files import read_file
    from ruang.vault.suites import Tampered
    from ruang.vault.texts import open_text

    card = FileCard.from_text(open_text(keys, row, "meta"))  # type: ignore[arg-type]
    try:
        content = b"".join(read_file(row.pk, card.key, card.size))  # type: ignore[attr-defined]
        if card.preview:
            shown = preview_id(row.pk)  # type: ignore[attr-defined]
            b"".join(read_file(shown, card.preview.key, card.preview.size))
    except (Tampered, OSError) as error:
        return f"half: {error!r}"
    return sha256(content).hexdigest()


def files_on_disk() -> dict[str, int]:
    """How many sealed files lie there: of somebody, of nobody yet, and cut off in writing."""
    from ruang.intake.models import Attachment
    from ruang.kernel.filecard import preview_id
    from ruang.vault.files import folder

    owned = set()
    for file_id in Attachment.objects.values_list("pk", flat=True):
        owned |= {str(file_id), str(preview_id(file_id))}
    found = folder()
    names = [path.name for path in found.iterdir()] if found.exists() else []
    cut = [name for name in names if name.startswith(".") and name.endswith(".new")]
    return {
        "owned": len(owned & set(names)),
        "unclaimed": len(set(names) - owned - set(cut)),
        "cut off": len(cut),
    }


if __name__ == "__main__":
    sys.exit(main())
