"""What happened in a case, for its shared timeline: one reading of the facts for everything."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.audit.feed import Happened
from ruang.audit.trail import histories
from ruang.cases.queries import CaseHead, Moment
from ruang.cases.queries.moments import FACTS as OF_CASE
from ruang.cases.queries.moments import PAGE, TIES, case_moment
from ruang.consents.queries import FACTS as OF_CONSENTS
from ruang.consents.queries import consent_moment, consented
from ruang.dossier.queries import FACTS as OF_RECORDS
from ruang.dossier.queries import record_moment
from ruang.identity import directory
from ruang.referrals.events import ReferralMoved, ReferralSent
from ruang.referrals.models import Referral
from ruang.referrals.states import MOVES, Need, Step

OF_REQUESTS = (ReferralSent.name, ReferralMoved.name)


def happened_moments(
    *, actor: Actor, head: CaseHead, before: datetime | None = None
) -> tuple[Moment, ...]:
    """Return what happened in a case in sight, as far as this actor may know, for one page.

    :param before: where the page of the timeline begins
    """
    requests = {row.pk: row for row in Referral.objects.visible_to(actor).filter(case=head.id)}
    consents = consented(actor=actor, case_id=head.id)
    asked = (row.receiver_id for row in requests.values())
    names = directory.desk_names({*asked, *(one.organisation_id for one in consents.values())})

    def told(fact: Happened) -> Moment:
        if fact.name in OF_CASE:
            return case_moment(fact=fact)
        if fact.name in OF_RECORDS:
            return record_moment(fact=fact)
        if fact.name in OF_CONSENTS:
            about = consents[UUID(fact.ids["consent"])]
            return consent_moment(fact=fact, about=about, names=names)
        return _moment(fact, requests[UUID(fact.ids["referral"])], names)

    every = (*OF_CASE, *OF_RECORDS, *OF_CONSENTS, *OF_REQUESTS)
    subjects = [head.id, *requests, *consents]
    return tuple(
        told(fact) for fact in histories(subjects, every, before=before, limit=PAGE + TIES)
    )


def _moment(fact: Happened, row: Referral, names: dict[UUID, str]) -> Moment:
    step = str(fact.codes.get("step", ""))
    said = MOVES[Step(step)][1].label if step in Step.values else _("A partner was asked")
    return Moment(
        key=f"r{fact.number:012d}",
        at=fact.at,
        title=said,
        detail=f"{names.get(row.receiver_id, '')} · {Need(row.need).label} · {row.number}",
        by=fact.by,
    )
