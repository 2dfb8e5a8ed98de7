"""Whether danger signs are to be asked for again in a case: at each contact they are."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from ruang.access.actor import Actor
from ruang.cases.models import Case, ThreadMessage
from ruang.cases.queries import CaseHead
from ruang.dossier.kinds.risk import LISTS
from ruang.dossier.models import Record
from ruang.plans.models import FollowUp
from ruang.plans.states import Contacted


def ask_again(*, actor: Actor, head: CaseHead) -> bool:
    """Say whether there was contact since danger signs were asked for in this open case.

    Contact is a message, hers or ours, and a follow-up in which she was reached. What was
    asked before it became a case counts until the case was opened. Codes alone are read.
    """
    if not head.is_open:
        return False
    asked = Record.objects.visible_to(actor).filter(kind__in=LISTS, retired_at=None)
    reached = FollowUp.objects.exclude(way=Contacted.NOT_REACHED)
    written = ThreadMessage.objects.all()
    lasts = (
        Case.objects.visible_to(actor)
        .filter(pk=head.id)
        .values_list(_last(asked, "changed_at"), _last(reached, "at"), _last(written, "at"))
        .get()
    )
    since = lasts[0] or head.opened_at
    return any(last is not None and last > since for last in lasts[1:])


def _last(rows: "QuerySet[Any]", column: str) -> Subquery:
    own = rows.filter(case=OuterRef("pk")).order_by(f"-{column}")
    return Subquery(own.values(column)[:1])
