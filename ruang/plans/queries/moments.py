"""What was done by the plan, for the case's shared timeline."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.cases.queries import CaseHead, Moment
from ruang.cases.queries.moments import PAGE, TIES
from ruang.cases.states import Compartment
from ruang.plans.health import Said, read
from ruang.plans.models import FollowUp, Service
from ruang.plans.states import Contacted, Outcome, ServiceState
from ruang.plans.words import name_of
from ruang.vault.texts import open_texts

MOST = PAGE + TIES


def plan_moments(
    *, actor: Actor, head: CaseHead, before: datetime | None = None
) -> tuple[Moment, ...]:
    """Return services that ended and follow-ups of a case in sight, one page of them.

    :param before: where the page of the timeline begins
    """
    ended = Service.objects.filter(case=head.id, state=ServiceState.ENDED)
    ended = ended.order_by("-over_at", "-pk")
    asked = FollowUp.objects.filter(case=head.id).order_by("-at", "-pk")
    if before is not None:
        ended, asked = ended.filter(over_at__lt=before), asked.filter(at__lt=before)
    services = list(ended.select_related("provider")[:MOST])
    follow_ups = list(asked[:MOST])
    told = open_texts(actor.keys, follow_ups, "text")
    return (
        *(
            _service(row, said)
            for row, said in zip(services, read(services, actor), strict=True)
        ),
        *(_follow_up(row, text) for row, text in zip(follow_ups, told, strict=True)),
    )


def _service(row: Service, of: Said) -> Moment:
    said = of.text
    is_shut = (of.shut and bool(row.text)) or (of.part is Compartment.HEALTH and of.locked)
    provider = row.provider.name if row.provider else said.provider
    outcome = Outcome(row.outcome).label
    assert row.over_at is not None  # noqa: S101 - it has ended
    return Moment(
        key=f"s{row.pk.hex}",
        at=row.over_at,
        title=_("Service: %(name)s") % {"name": name_of(row, said)},
        detail=f"{outcome} · {provider}" if provider else outcome,
        by=row.author,
        text=None if is_shut else said.note,
        compartment=of.part,
        locked=is_shut,
    )


def _follow_up(row: FollowUp, text: str | None) -> Moment:
    return Moment(
        key=f"u{row.pk.hex}",
        at=row.at,
        title=_("Follow-up"),
        detail=Contacted(row.way).label,
        by=row.author,
        text=text,
        compartment=Compartment.PLAN,
        locked=text is None,
    )
