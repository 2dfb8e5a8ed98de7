"""What was done by the plan, for the case's shared timeline."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.cases.queries import CaseHead, Moment
from ruang.cases.queries.moments import PAGE, TIES
from ruang.cases.states import Compartment
from ruang.plans.models import FollowUp, Service
from ruang.plans.sealed import ServiceText
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
    said = open_texts(actor.keys, [*services, *follow_ups], "text")
    return (
        *(
            _service(row, text)
            for row, text in zip(services, said[: len(services)], strict=True)
        ),
        *(
            _follow_up(row, text)
            for row, text in zip(follow_ups, said[len(services) :], strict=True)
        ),
    )


def _service(row: Service, text: str | None) -> Moment:
    said = ServiceText.from_text(text or "")
    provider = row.provider.name if row.provider else said.provider
    outcome = Outcome(row.outcome).label
    assert row.over_at is not None  # noqa: S101 - it has ended
    return Moment(
        key=f"s{row.pk.hex}",
        at=row.over_at,
        title=_("Service: %(name)s") % {"name": name_of(row, said)},
        detail=f"{outcome} · {provider}" if provider else outcome,
        by=row.author,
        text=said.note,
        compartment=Compartment.PLAN,
        locked=text is None and bool(row.text),
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
