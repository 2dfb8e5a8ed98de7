"""Sealing a text of the desk into a report: checked first, under the newest key of its part."""

from datetime import datetime, time

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.intake.models import Message, Report
from ruang.intake.states import MessageKind, Side
from ruang.intake.told import Contact
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.kernel.text import tidy
from ruang.vault.keyring import CannotOpen, Material, current_keys, ring
from ruang.vault.texts import seal_text

LONGEST = 20_000
"""Characters of one message of ours."""
NOT_HELD = _("This report is closed to your desk: it became a case, or went to another desk.")


def put_message(
    report: Report, *, actor: Actor, text: str, at: datetime, form_tag: bytes | None = None
) -> Message:
    """Seal a message of the desk into the thread.

    :raises Refused: if it is empty or too long, or the report is closed to this desk
    """
    plain = tidy(text)
    if not plain:
        raise Refused(_("Nothing was written yet. Write a few words first."))
    if len(plain) > LONGEST:
        raise Refused(_("This is too long for one piece. Divide it into several."))
    material = key_of_part(report, "story", actor)
    message = Message(
        pk=uuid7(), report=report, at=at, side=Side.STAFF, kind=MessageKind.TEXT,
        author=actor.user_id, form_tag=form_tag,
    )  # fmt: skip
    message.text = seal_text(material, Message, "text", message.pk, plain)
    message.save(force_insert=True)
    return message


def key_of_part(report: Report, name: str, actor: Actor) -> Material:
    """Return the newest key of a part of the report.

    :raises Refused: if it is closed to the actor's desk
    """
    try:
        return ring(actor.keys).material(current_keys(report.pk)[name])
    except CannotOpen:
        raise Refused(NOT_HELD) from None


def hours_of(contact: Contact) -> tuple[time | None, time | None]:
    """Return the safe hours of a contact: both or none."""
    try:
        hours = time.fromisoformat(contact.safe_from), time.fromisoformat(contact.safe_until)
    except ValueError:
        return None, None
    return hours
