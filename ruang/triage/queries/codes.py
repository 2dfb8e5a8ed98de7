"""What manager or deputy need to see before giving somebody new words."""

from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.cases.models import Case
from ruang.cases.policy import may_manage
from ruang.cases.queries.reach import reach_of
from ruang.intake.queries import CodePage
from ruang.intake.told import Contact


def case_code_page(*, actor: Actor, case_id: UUID) -> CodePage:
    """Return how the reporter may be reached; it is opened, and on record.

    :raises NotInSight: if the actor is no member
    :raises PermissionDenied: if neither manager nor deputy
    """
    case = sight.one(Case.objects.visible_to(actor), case_id)
    require(may_manage, actor, case)
    found = reach_of(case=case, actor=actor, with_thread=True)
    return CodePage(
        number=case.number,
        contact=found.contact or Contact.from_text(""),
        has_code=case.reporter_pair is not None,
        wish=found.wish.contact if found.wish else None,
        wished_at=found.wish.at if found.wish else None,
    )
