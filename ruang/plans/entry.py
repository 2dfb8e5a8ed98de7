"""What the register asks of each service: institution, kind, detail, date, for whom."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from hashlib import sha256
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.identity import directory
from ruang.plans.models import Service
from ruang.plans.sealed import ServiceText
from ruang.plans.states import Detail, Kind

Words = str | Promise


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """What can be said of a service after it was recorded.

    :ivar provider: an organisation here; ``provider_name`` somebody outside
    :ivar persons: for whom of the case it is
    """

    kind: Kind | None
    detail: Detail | None = None
    provider: UUID | None = None
    provider_name: str = ""
    persons: tuple[UUID, ...] = ()


def entry_of(row: Service, said: ServiceText) -> Entry:
    """Return what is known of a service."""
    return Entry(
        kind=Kind(row.kind) if row.kind else None,
        detail=Detail(said.detail) if said.detail else None,
        provider=row.provider_id,
        provider_name=said.provider,
        persons=tuple(UUID(one) for one in said.persons),
    )


def edition(known: Entry) -> str:
    """Return what is known of a service by a mark; another once anything of it is changed."""
    return sha256(repr(astuple(known)).encode()).hexdigest()[:16]


def in_words(known: Entry) -> str:
    """Return kind, detail and institution of a service, as far as they are known."""
    desks = directory.desk_names([known.provider] if known.provider else [])
    said = (
        known.kind.label if known.kind else "", known.detail.label if known.detail else "",
        desks.get(known.provider, "") if known.provider else "", known.provider_name,
    )  # fmt: skip
    return " · ".join(str(one) for one in said if one) or "–"


def missing(row: Service, said: ServiceText, *, health: bool) -> Iterator[Words]:
    """Return what the register asks of a service and is not known.

    :param health: whether the reader could say, or read, what of health it was
    """
    if not row.kind:
        yield _("Kind of service (SIMFONI-PPA)")
    if row.provider_id is None and not said.provider:
        yield _("Institution")
    if health and row.kind == Kind.HEALTH and not said.detail:
        yield _("Detail (Visum, medical or psychological)")
    if row.given_on is None:
        yield _("Date: the service has not ended yet")
