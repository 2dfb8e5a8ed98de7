"""What manager or deputy need to see before giving somebody new words."""

from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.cases.models import Case
from ruang.cases.policy import may_manage
from ruang.cases.states import EntryKind
from ruang.intake.queries import CodePage
from ruang.intake.told import Contact
from ruang.vault.texts import open_text


def case_code_page(*, actor: Actor, case_id: UUID) -> CodePage:
    """Return how the reporter may be reached; it is opened, and on record.

    :raises NotInSight: if the actor is no member
    :raises PermissionDenied: if neither manager nor deputy
    """
    case = sight.one(Case.objects.visible_to(actor), case_id)
    require(may_manage, actor, case)
    row = case.entries.filter(kind=EntryKind.CONTACT).order_by("-at", "-pk").first()
    text = open_text(actor.keys, row, "text") if row is not None else ""
    return CodePage(case.number, Contact.from_text(text), case.reporter_pair is not None)
