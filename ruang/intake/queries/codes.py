"""What an officer needs to see before giving somebody new words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.intake.models import Report
from ruang.intake.policy import RULES
from ruang.intake.queries.report_page import report_thread
from ruang.intake.states import Step
from ruang.intake.told import Contact
from ruang.vault.models import Kind
from ruang.vault.pairs import pair_in_force
from ruang.vault.texts import open_text


@dataclass(frozen=True, slots=True, repr=False)
class CodePage:
    """How the reporter may be reached, and whether there are words that will die.

    :ivar wish: another contact that was sent under the words, and nobody took over yet
    """

    number: str
    contact: Contact
    has_code: bool
    wish: Contact | None = None
    wished_at: datetime | None = None


def code_page(*, actor: Actor, report_id: UUID) -> CodePage:
    """Return it; the contact and the messages are opened, and on record.

    :raises NotInSight: if it is not at the actor's desk
    :raises PermissionDenied: if somebody else holds it
    :raises CannotOpen: if it is closed to this desk
    """
    report = sight.one(Report.objects.visible_to(actor), report_id)
    require(RULES[Step.NEW_CODE], actor, report)
    contact = Contact.from_text(open_text(actor.keys, report, "contact"))
    wish = report_thread(actor=actor, report_id=report.pk).wish(contact)
    return CodePage(
        number=report.number,
        contact=contact,
        has_code=pair_in_force(report.pk, Kind.REPORTER) is not None,
        wish=wish.contact if wish else None,
        wished_at=wish.at if wish else None,
    )
