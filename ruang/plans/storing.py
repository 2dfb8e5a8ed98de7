"""Storing a service: its words sealed part by part, its codes left, old rows moved along."""

from datetime import datetime

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.states import Compartment
from ruang.dossier.reading import live_people
from ruang.outbox.leave import Code
from ruang.plans.health import is_from_before, parted, reads_health, words
from ruang.plans.models import Service
from ruang.plans.sealed import ServiceText
from ruang.plans.states import Kind, ServiceState
from ruang.plans.writing import leave, sealed
from ruang.vault.texts import version_of


def left(row: Service) -> int:
    """Return the version that was last left of this service, also where nothing was sealed."""
    told = 2 if row.state == ServiceState.ENDED else 1
    return max(told, *(version_of(blob) for blob in (row.text, row.health) if blob), 0)


def store(
    case: Case, row: Service, text: ServiceText, actor: Actor, at: datetime, *, version: int
) -> None:
    """Seal the words of a service into its row, and leave its codes; the row is not saved.

    What of health it was stays as it stood where the actor holds no key of it. Whoever holds
    one takes along what other services of the case still hold of it under the plan.

    :param version: of this service; the one after what was left last
    """
    holds = reads_health(case.pk, actor)
    _put(case, row, text, actor, at, version=version, holds=holds)
    if holds:
        _take_along(case, row, actor, at)


def _take_along(case: Case, row: Service, actor: Actor, at: datetime) -> None:
    others = case.services.filter(kind=Kind.HEALTH, health=None).exclude(pk=row.pk)
    for other in others.order_by("pk"):
        text = words(other, actor)
        if is_from_before(text):
            _put(case, other, text, actor, at, version=left(other) + 1, holds=True)
            other.save(update_fields=["text", "health"])


def _put(
    case: Case,
    row: Service,
    text: ServiceText,
    actor: Actor,
    at: datetime,
    *,
    version: int,
    holds: bool,
) -> None:
    is_shut = bool(row.health) and not holds
    if holds or row.kind != Kind.HEALTH:
        plan, health = parted(row.kind, text)
        whole = health.to_text()
        row.health = (
            sealed(case, Service, "health", row.pk, whole, actor, Compartment.HEALTH, version)
            if whole
            else None
        )
    else:
        plan = text
    whole = plan.to_text()
    row.text = (
        sealed(case, Service, "text", row.pk, whole, actor, version=version) if whole else None
    )
    codes: dict[str, Code] = {
        "function": row.function, "kind": row.kind, "payer": text.payer,
        "outside": row.provider_id is None and bool(text.provider), "outcome": row.outcome,
        "people": live_people(case.pk, actor).filter(pk__in=text.persons).count(),
    }  # fmt: skip
    if not is_shut:
        codes["detail"] = text.detail
    leave(case, "service", row.pk, codes, at, version=version)
