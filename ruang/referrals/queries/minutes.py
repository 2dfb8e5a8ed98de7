"""The minutes of a case that another institution takes over, to be read and printed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise

from ruang.access.actor import Actor
from ruang.approvals.queries import approvals_about
from ruang.approvals.states import State as Approved
from ruang.cases.queries import CaseHead, case_head
from ruang.consents.queries import Standing, standing
from ruang.consents.states import Basis, Purpose
from ruang.identity import directory
from ruang.identity.directory import Desk
from ruang.kernel.codes import Ground
from ruang.referrals.handing import MinutesText
from ruang.referrals.models import CaseHandOver
from ruang.vault.texts import open_texts


@dataclass(frozen=True, slots=True, repr=False)
class CaseMinutes:
    """The latest minutes of a case.

    :ivar taker: the institution that takes it over
    :ivar said: what stands in them; None where they are locked for this actor
    :ivar approved_by: the second person; empty while nobody has approved
    """

    at: datetime
    by: str
    from_desk: str
    taker: str
    ground: str | Promise
    on: date
    basis: str | Promise
    has_consent: bool
    said: MinutesText | None
    approved_by: str
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Takers:
    """To whom a case can be handed over here, and on which consents in force."""

    desks: tuple[Desk, ...]
    consents: tuple[Standing, ...]


def case_minutes(
    *, actor: Actor, case_id: UUID, at: datetime
) -> tuple[CaseHead, CaseMinutes | None]:
    """Return the minutes that were written last in a case; None if there are none.

    :raises NotInSight: if the actor is no member
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    rows = CaseHandOver.objects.visible_to(actor).filter(case=case_id)
    row = rows.select_related("termination").order_by("-at", "-pk").first()
    return head, _shown(row, head, actor) if row is not None else None


def takers(*, actor: Actor, case_id: UUID, at: datetime) -> Takers:
    """Return to whom a case can be handed over, and her consents to them.

    :raises NotInSight: if the actor is no member
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    held = standing(actor=actor, case_id=case_id, at=at, purposes=Purpose.values)
    others = (desk for desk in directory.organisations() if desk.id != head.desk)
    return Takers(tuple(others), tuple(one for one in held if one.basis is Basis.CONSENT))


def _shown(row: CaseHandOver, head: CaseHead, actor: Actor) -> CaseMinutes:
    (text,) = open_texts(actor.keys, [row], "text")
    said = MinutesText.from_text(text) if text is not None else None
    desks = directory.desk_names([head.desk, *([row.to_desk] if row.to_desk else [])])
    lines = approvals_about(actor=actor, subject=head.id)
    granted = next(
        (one for one in lines if one.id == row.termination.approval
         and one.state is Approved.GRANTED), None,
    )  # fmt: skip
    outside = said.institution if said is not None else ""
    return CaseMinutes(
        at=row.at,
        by=directory.names([row.by]).get(row.by, ""),
        from_desk=desks.get(head.desk, ""),
        taker=desks.get(row.to_desk, "") if row.to_desk else outside,
        ground=Ground(row.ground).label,
        on=row.on,
        basis=Basis(row.basis).label,
        has_consent=row.consent is not None,
        said=said,
        approved_by=granted.decider if granted is not None else "",
        approved_at=granted.decided_at if granted is not None else None,
    )
