"""What every door has in common: to whom a report is sealed, the row it becomes, its receipt.

The public form and the officer's page store the same things; how they come to them differs.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.intake import clocks
from ruang.intake.models import ReceiptCopy, Report
from ruang.intake.numbers import next_number
from ruang.intake.told import Told
from ruang.kernel.errors import Refused
from ruang.kernel.rows import insert
from ruang.territory import queries as territory
from ruang.vault import carry
from ruang.vault.keyring import Material
from ruang.vault.models import KeyPair, Kind
from ruang.vault.pairs import two_in_force
from ruang.vault.quorum import OWNER
from ruang.vault.suites import Tampered
from ruang.vault.texts import seal_text

CLOSED = _("Reports cannot be taken here yet. Please use one of the telephone numbers.")
SHOWN_AGAIN = timedelta(hours=2)
"""How long a lost receipt can be shown again, unless the code was used."""
RECEIPT = "receipt"


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """What is said after sending.

    :ivar words: the seven words; None when they may not be shown (again), or none were wished
    """

    number: str
    words: str | None
    received_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Form:
    """What makes the last page of one form known again.

    :ivar secret: the form's own, random
    :ivar page: what posts of the very same last page have in common
    """

    secret: bytes
    page: bytes

    @property
    def tag(self) -> bytes:
        """Return what is stored of the form's secret."""
        return carry.tag(self.secret, "form")


def desk_for(actor: Actor, *, office_named: bool) -> UUID:
    """Return the desk it is for: the own one, unless somebody at this office is named."""
    other = territory.city().alternate_desk if office_named else None
    return other or actor.organisation_id


def holders_at(desk: UUID) -> list[KeyPair]:
    """Return the pairs of a desk and of the quorum.

    :raises Refused: while there is nobody it could be sealed to
    """
    holders = two_in_force((desk, Kind.DESK), (OWNER, Kind.QUORUM))
    if len(holders) < 2:
        raise Refused(CLOSED)
    return holders


def report_row(
    report_id: UUID,
    desk: UUID,
    form: Form,
    told: Told,
    keys: dict[str, Material],
    at: datetime,
) -> Report:
    """Return the row of a report, sealed and not saved yet."""
    received_at = told.received_at or at
    return Report(
        id=report_id,
        number=next_number(at),
        received_at=received_at,
        door=told.door,
        language=told.language,
        desk=desk,
        safety=told.safety,
        who=told.who,
        age=told.age,
        helps=[help_.value for help_ in told.helps],
        way=told.way,
        safe_from=told.safe_from,
        safe_until=told.safe_until,
        district=told.district,
        helper_sex=told.helper_sex,
        rank=clocks.first_rank(told.safety),
        due_at=clocks.first_due(territory.city(), told.safety, received_at=received_at, at=at),
        form_tag=form.tag,
        **_sealed(report_id, told, keys),
    )


def _sealed(report_id: UUID, told: Told, keys: dict[str, Material]) -> dict[str, bytes | None]:
    """Return the sealed columns; what was not said is none, but the contact always is one."""
    texts = {
        "contact": ("contact", told.contact.to_text()),
        "story": ("story", told.story),
        "details": ("story", told.details.to_text()),
        "must_not_read": ("story", told.barred.to_text()),
        "recorded": ("contact", told.recorded.to_text()),
    }
    return {
        field: seal_text(keys[key], Report, field, report_id, text)
        if text or field == "contact"
        else None
        for field, (key, text) in texts.items()
    }


def keep_copy(form: Form, report: Report, words: str, at: datetime) -> None:
    """Keep the words under the form's secret, for who lost the answer."""
    said = {"words": words, "page": form.page.hex()}
    blob = carry.seal_under(form.secret, RECEIPT, json.dumps(said).encode())
    insert(ReceiptCopy(form_tag=form.tag, report=report, until=at + SHOWN_AGAIN, blob=blob))


def shown_again(stored: Report, form: Form, at: datetime) -> Receipt:
    """Return the receipt with the words for the very same page, otherwise without them."""
    without = Receipt(stored.number, None, stored.received_at, stored.due_at)
    copy = ReceiptCopy.objects.filter(form_tag=form.tag, until__gt=at).first()
    if copy is None:
        return without
    try:
        said = json.loads(carry.unseal_under(form.secret, RECEIPT, bytes(copy.blob)))
    except Tampered:
        return without
    return replace(without, words=said["words"]) if said["page"] == form.page.hex() else without
