"""What ends when a consent is taken back: said before it is done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.states import SHAREABLE, Compartment, Part
from ruang.consents.coverage import covered
from ruang.consents.queries import ConsentShown, Standing, one_consent, standing
from ruang.identity import directory
from ruang.referrals.models import Referral
from ruang.referrals.purposes import purposes_of
from ruang.referrals.states import RUNNING, Need, State


@dataclass(frozen=True, slots=True)
class Ends:
    """A request that ends with a consent."""

    number: str
    need: Need
    state: State


@dataclass(frozen=True, slots=True)
class Loses:
    """Somebody at the partner who leaves the team, or to whom parts are closed."""

    name: str
    leaves: bool
    parts: tuple[Compartment, ...]


@dataclass(frozen=True, slots=True, repr=False)
class WhatEnds:
    """A consent, and everything that rests on it now."""

    consent: ConsentShown
    requests: tuple[Ends, ...]
    people: tuple[Loses, ...]


def what_ends(*, actor: Actor, case_id: UUID, consent_id: UUID, at: datetime) -> WhatEnds:
    """Return what ends when this consent is taken back.

    :raises NotInSight: if for this actor there is no such consent in this case
    """
    consent = one_consent(actor=actor, case_id=case_id, consent_id=consent_id, at=at)
    resting = Referral.objects.visible_to(actor).filter(consent=consent_id, state__in=RUNNING)
    rows = list(resting.order_by("pk"))
    return WhatEnds(
        consent=consent,
        requests=tuple(Ends(row.number, Need(row.need), State(row.state)) for row in rows),
        people=_people(actor, case_id, consent, rows, at),
    )


def _people(
    actor: Actor, case_id: UUID, consent: ConsentShown, rows: list[Referral], at: datetime
) -> tuple[Loses, ...]:
    case = sight.one(Case.objects.visible_to(actor), case_id)
    leaving = {row.taken_by_id for row in rows if row.state == State.ACCEPTED}
    team = case.team.filter(part=Part.PARTNER, ended_at=None)
    members = list(team.filter(user__organisation=consent.organisation_id).order_by("pk"))
    names = directory.names(member.user_id for member in members)
    still = {
        member.user_id: covered(
            case=case, organisation=consent.organisation_id, at=at, without=consent.id,
            purposes=purposes_of(case_id, member.user_id),
        )
        for member in members
    }  # fmt: skip
    found = [
        Loses(
            name=names.get(member.user_id, ""),
            leaves=member.user_id in leaving,
            parts=tuple(
                part
                for part in SHAREABLE
                if part.value in member.compartments and part.value not in still[member.user_id]
            ),
        )
        for member in members
    ]
    return tuple(one for one in found if one.leaves or one.parts)


def consents_for_more(
    *, actor: Actor, case_id: UUID, user_id: UUID, organisation: UUID | None, at: datetime
) -> tuple[Standing, ...]:
    """Return the consents on which somebody at a partner may be let read more."""
    return standing(
        actor=actor, case_id=case_id, at=at, organisation=organisation,
        purposes=purposes_of(case_id, user_id),
    )  # fmt: skip
