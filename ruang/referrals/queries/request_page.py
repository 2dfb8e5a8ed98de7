"""One request: what the asked desk reads, what the managers read, and the check of names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.sight import NotInSight
from ruang.audit.trail import openings
from ruang.cases.models import Case
from ruang.cases.states import SHAREABLE, Compartment
from ruang.consents.states import Basis, ConsentWay
from ruang.identity import directory
from ruang.kernel.codes import Age, Risk
from ruang.referrals.models import Referral
from ruang.referrals.policy import RULES, may_check, may_manage
from ruang.referrals.queries.lists import first_look
from ruang.referrals.states import (
    MOVES,
    OFFERED,
    Decline,
    Need,
    Result,
    State,
    Step,
)
from ruang.territory import queries as territory
from ruang.vault.texts import open_text, open_texts


@dataclass(frozen=True, slots=True)
class Sharing:
    """What goes to the partner, what never does, on which ground and until when."""

    compartments: tuple[Compartment, ...]
    withheld: tuple[Compartment, ...]
    basis: Basis
    consent_on: date | None
    consent_way: str | Promise
    until: datetime


@dataclass(frozen=True, slots=True, repr=False)
class ReferralPage:
    """One request, as far as this actor may see it.

    :ivar ask: None when it is locked for this actor (a colleague has accepted it)
    :ivar manages: the actor is manager or deputy of the case
    :ivar is_mine: the actor has taken it
    :ivar case_number: empty until the actor is on the team
    :ivar writes: the parts in which the actor may write a note
    :ivar steps: drawn from the table of moves and the policy: the buttons this actor gets
    """

    id: UUID
    number: str
    need: Need
    risk: Risk
    age: str | Promise
    district: str
    state: State
    asked_at: datetime
    answer_by: datetime
    moved_at: datetime | None
    is_late: bool
    sender: str
    asker: str
    asker_role: str | Promise
    receiver: str
    taker: str
    manages: bool
    is_mine: bool
    case_id: UUID
    case_number: str
    ask: str | None
    basis_note: str | None
    sharing: Sharing
    decline: str | Promise
    decline_note: str
    result: str | Promise
    seen_at: datetime | None
    writes: tuple[Compartment, ...]
    steps: frozenset[Step]

    @property
    def is_offered(self) -> bool:
        """Say whether it still waits for somebody's yes."""
        return self.state in OFFERED


@dataclass(frozen=True, slots=True, repr=False)
class NamesPage:
    """The names of those involved, for the one question: do you know any of them?"""

    id: UUID
    number: str
    need: Need
    district: str
    answer_by: datetime
    names: tuple[str, ...]
    compartments: tuple[Compartment, ...]


def referral_page(*, actor: Actor, referral_id: UUID, at: datetime) -> ReferralPage:
    """Return one request. Reading what is asked is on record, and is what "seen" means.

    :raises NotInSight: if for this actor there is no such request
    """
    row = _one(actor, referral_id)
    people = directory.people([row.asker_id, row.taken_by_id])
    desks = directory.desk_names([row.sender_id, row.receiver_id])
    manages, is_mine = may_manage(actor, row), row.taken_by_id == actor.user_id
    on_team = Case.objects.visible_to(actor).filter(pk=row.case_id).first()
    asker = people.get(row.asker_id)
    taker = people.get(row.taken_by_id) if row.taken_by_id else None
    texts = _opened(row, actor, manages=manages)
    held = _held(row, actor, on_team) if is_mine else ()
    return ReferralPage(
        id=row.pk,
        number=row.number,
        need=Need(row.need),
        risk=Risk(row.risk),
        age=Age(row.age).label if row.age != Age.UNKNOWN else "",
        district=territory.city().district_name(row.district),
        state=State(row.state),
        asked_at=row.asked_at,
        answer_by=row.answer_by,
        moved_at=row.moved_at,
        is_late=row.state in OFFERED and row.answer_by <= at,
        sender=desks.get(row.sender_id, ""),
        asker=asker.name if asker else "",
        asker_role=asker.role.label if asker else "",
        receiver=desks.get(row.receiver_id, ""),
        taker=taker.name if taker else "",
        manages=manages,
        is_mine=is_mine,
        case_id=row.case_id,
        case_number=on_team.number if on_team else "",
        ask=texts["ask"],
        basis_note=texts["basis_note"],
        sharing=_sharing(held or row.compartments, row),
        decline=Decline(row.decline).label if row.decline else "",
        decline_note=texts["decline_note"] or "",
        result=Result(row.result).label if row.result else "",
        seen_at=first_look(row=row, looks=openings([row.pk])) if manages else None,
        writes=held,
        steps=steps_of(row=row, actor=actor),
    )


def names_page(*, actor: Actor, referral_id: UUID) -> NamesPage:
    """Return the names, to the one person who has taken the request and not answered yet.

    :raises NotInSight: for everybody else, and before and after
    """
    row = _one(actor, referral_id)
    if row.state != State.CHECKING or not may_check(actor, row):
        raise NotInSight("names")
    names = open_text(actor.keys, row, "names")
    return NamesPage(
        id=row.pk,
        number=row.number,
        need=Need(row.need),
        district=territory.city().district_name(row.district),
        answer_by=row.answer_by,
        names=tuple(names.splitlines()),
        compartments=_sharing(row.compartments, row).compartments,
    )


def steps_of(*, row: Referral, actor: Actor) -> frozenset[Step]:
    """Return the steps that this actor may take with this request now."""
    return frozenset(
        step
        for step, (sources, _target) in MOVES.items()
        if row.state in sources and RULES[step](actor, row)
    )


def _one(actor: Actor, referral_id: UUID) -> Referral:
    return sight.one(Referral.objects.visible_to(actor), referral_id)


def _opened(row: Referral, actor: Actor, *, manages: bool) -> Mapping[str, str | None]:
    columns: Iterable[str] = ("ask", "basis_note")
    found = {column: open_texts(actor.keys, [row], column)[0] for column in columns}
    note = open_texts(actor.keys, [row], "decline_note")[0] if manages else None
    return {**found, "decline_note": note}


def _sharing(codes: Iterable[str], row: Referral) -> Sharing:
    chosen = set(codes)
    return Sharing(
        compartments=tuple(code for code in SHAREABLE if code.value in chosen),
        withheld=tuple(code for code in Compartment if code.value not in chosen),
        basis=Basis(row.basis),
        consent_on=row.consent_on,
        consent_way=ConsentWay(row.consent_way).label if row.consent_way else "",
        until=row.share_until,
    )


def _held(row: Referral, actor: Actor, case: Case | None) -> tuple[Compartment, ...]:
    """Return the parts of the case that this partner holds now, and may write in."""
    if case is None or row.state != State.ACCEPTED:
        return ()
    member = case.team.filter(user=actor.user_id, ended_at=None).first()
    held = set(member.compartments) if member else set()
    return tuple(code for code in SHAREABLE if code.value in held)
