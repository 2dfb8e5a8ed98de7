"""What pages show of consents: those of a case, and those one can choose from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.audit.feed import Happened
from ruang.audit.trail import histories
from ruang.cases.events import AgeCorrected
from ruang.cases.queries import CaseHead, Moment, case_head
from ruang.cases.states import LEADS, SHAREABLE, Compartment
from ruang.cases.states import State as CaseState
from ruang.consents.anew import can_be, to_ask_anew
from ruang.consents.events import ConsentGiven, ConsentMoved
from ruang.consents.models import Consent
from ruang.consents.policy import RULES
from ruang.consents.states import (
    MOVES,
    ONLY_CODES,
    Basis,
    ConsentWay,
    Giver,
    Purpose,
    State,
    Step,
)
from ruang.identity import directory
from ruang.identity.directory import Desk
from ruang.kernel.codes import Age
from ruang.vault.texts import open_texts

FACTS = (ConsentGiven.name, ConsentMoved.name)
USUAL = timedelta(days=90)


@dataclass(frozen=True, slots=True, repr=False)
class ConsentShown:
    """One consent, as far as this actor may read it.

    :ivar way: how she agreed; empty when the ground is another
    :ivar giver: who agreed; empty when it is locked for this actor or was not written down
    :ivar locked: who agreed, what was said and why is not open to this actor
    :ivar may_withdraw: drawn from the table of moves and the policy
    :ivar ask_anew: a child gave it herself: manager and deputy put it on another ground
    """

    id: UUID
    case_id: UUID
    organisation_id: UUID
    organisation: str
    purpose: Purpose
    compartments: tuple[Compartment, ...]
    basis: Basis
    given_on: date | None
    way: str | Promise
    until: datetime
    state: State
    in_force: bool
    recorded_at: datetime
    recorded_by: str
    over_at: datetime | None
    over_by: str
    giver: str | Promise
    giver_name: str
    explained: str
    reason: str
    locked: bool
    may_withdraw: bool
    ask_anew: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class ConsentList:
    """Every consent of a case that this actor may know of, the latest first."""

    head: CaseHead
    in_force: tuple[ConsentShown, ...]
    over: tuple[ConsentShown, ...]
    may_give: bool


@dataclass(frozen=True, slots=True)
class GivePage:
    """What the form needs that writes a consent down."""

    head: CaseHead
    organisations: tuple[Desk, ...]
    parts: tuple[Compartment, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A consent in force, to choose from."""

    id: UUID
    organisation_id: UUID
    organisation: str
    purpose: Purpose
    compartments: tuple[Compartment, ...]
    basis: Basis
    until: datetime


def consent_list(*, actor: Actor, case_id: UUID, at: datetime) -> ConsentList:
    """Return the consents of a case.

    :raises NotInSight: if the actor is no member of the case
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    rows = (
        Consent.objects.visible_to(actor).filter(case=case_id).order_by("-recorded_at", "-pk")
    ).select_related("case")
    shown = _shown(list(rows), actor, at)
    return ConsentList(
        head=head,
        in_force=tuple(one for one in shown if one.in_force),
        over=tuple(one for one in shown if not one.in_force),
        may_give=_may_give(head, actor),
    )


def asked_anew(*, actor: Actor, head: CaseHead, at: datetime) -> tuple[ConsentShown, ...]:
    """Return to manager and deputy what in an open case a child agreed to herself."""
    if not (head.leads and head.is_open and head.is_child):
        return ()
    rows = Consent.objects.visible_to(actor).filter(case=head.id, basis=Basis.CONSENT)
    shown = _shown(list(rows.in_force(at).select_related("case")), actor, at)
    return tuple(one for one in shown if one.ask_anew)


@dataclass(frozen=True, slots=True)
class AskAnew:
    """A case in which a child agreed to something herself."""

    case_id: UUID
    number: str


def cases_to_ask(*, actor: Actor, at: datetime) -> tuple[AskAnew, ...]:
    """Return the open cases one leads in which a child agreed to something herself.

    Only consents from before it was known are looked into: later ones are a guardian's.
    """
    if not actor.may(Permission.CASE_MANAGE):
        return ()
    rows = Consent.objects.visible_to(actor).in_force(at).filter(
        basis=Basis.CONSENT, case__age=Age.CHILD, case__state=CaseState.OPEN,
        case__team__user=actor.user_id, case__team__ended_at=None, case__team__part__in=LEADS,
    )  # fmt: skip
    listed = list(rows.select_related("case").order_by("case__number", "pk"))
    known = _known_since({row.case_id for row in listed})
    before = [row for row in listed if row.recorded_at <= known.get(row.case_id, _NEVER)]
    anew = to_ask_anew(before, age=Age.CHILD, actor=actor)
    found = {row.case_id: row.case.number for row in before if row.pk in anew}
    return tuple(AskAnew(pk, number) for pk, number in found.items())


_NEVER = datetime.min.replace(tzinfo=UTC)


def _known_since(case_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Return when it was last written down of each of these cases that it is a child's."""
    if not case_ids:
        return {}
    facts = histories(case_ids, [AgeCorrected.name], limit=20 * len(case_ids))
    said = (fact for fact in reversed(facts) if fact.codes["code"] == Age.CHILD)
    return {UUID(fact.ids["case"]): fact.at for fact in said}


def rests_on_agreement(*, actor: Actor, case_id: UUID, at: datetime) -> bool:
    """Say, by codes alone, whether something of a case is shared on agreement."""
    rows = Consent.objects.visible_to(actor).filter(case=case_id, basis=Basis.CONSENT)
    return rows.in_force(at).exists()


def one_consent(*, actor: Actor, case_id: UUID, consent_id: UUID, at: datetime) -> ConsentShown:
    """Return one consent of a case.

    :raises NotInSight: if for this actor there is no such consent in this case
    """
    in_sight = Consent.objects.visible_to(actor).filter(case=case_id).select_related("case")
    row = sight.one(in_sight, consent_id)
    return _shown([row], actor, at)[0]


def give_page(*, actor: Actor, case_id: UUID, at: datetime) -> GivePage:
    """Return what the form needs.

    :raises NotInSight: if the actor is no member of the case
    :raises PermissionDenied: if neither manager nor deputy, or the case is closed
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    if not _may_give(head, actor):
        raise PermissionDenied("may_give")
    return GivePage(
        head=head,
        organisations=tuple(directory.organisations()),
        parts=tuple(part for part in SHAREABLE if part is not Compartment.PLAN),
        until=at + USUAL,
    )


def standing(
    *,
    actor: Actor,
    case_id: UUID,
    at: datetime,
    purposes: Collection[str],
    organisation: UUID | None = None,
) -> tuple[Standing, ...]:
    """Return the consents in force on which parts may be shared for one of these purposes."""
    rows = Consent.objects.visible_to(actor).filter(case=case_id).in_force(at)
    rows = rows.filter(purpose__in=set(purposes) - ONLY_CODES)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    rows = rows.order_by("until", "pk").select_related("case")
    listed = [row for row in rows if row.compartments]
    anew = _anew(listed, actor)
    listed = [row for row in listed if row.pk not in anew]
    names = directory.desk_names(row.organisation_id for row in listed)
    found = [
        Standing(
            id=row.pk,
            organisation_id=row.organisation_id,
            organisation=names.get(row.organisation_id, ""),
            purpose=Purpose(row.purpose),
            compartments=_parts(row.compartments),
            basis=Basis(row.basis),
            until=row.until,
        )
        for row in listed
    ]
    return tuple(sorted(found, key=lambda one: one.organisation.casefold()))


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent in force as she herself reads it under her words.

    :ivar organisation: empty for a safe house: its name could lead somebody there
    """

    id: UUID
    organisation: str
    purpose: Purpose
    compartments: tuple[Compartment, ...]
    until: datetime


def agreed(*, actor: Actor, at: datetime) -> tuple[Agreed, ...]:
    """Return what she agreed to and is in force, by her seven words."""
    rows = Consent.objects.visible_to(actor).in_force(at).order_by("until", "pk")
    listed = list(rows.defer("giver", "giver_name", "explained", "reason"))
    names = directory.public_names(row.organisation_id for row in listed)
    return tuple(
        Agreed(
            id=row.pk,
            organisation=names.get(row.organisation_id, ""),
            purpose=Purpose(row.purpose),
            compartments=_parts(row.compartments),
            until=row.until,
        )
        for row in listed
    )


@dataclass(frozen=True, slots=True)
class Consented:
    """What the timeline says of a consent, whatever happens to it: codes alone."""

    organisation_id: UUID
    purpose: Purpose
    basis: Basis


def consented(*, actor: Actor, case_id: UUID) -> dict[UUID, Consented]:
    """Return those consents of a case that this actor sees, by id, for the timeline."""
    rows = Consent.objects.visible_to(actor).filter(case=case_id)
    listed = rows.values_list("pk", "organisation", "purpose", "basis")
    return {
        pk: Consented(place, Purpose(purpose), Basis(basis))
        for pk, place, purpose, basis in listed
    }


def consent_moment(*, fact: Happened, about: Consented, names: Mapping[UUID, str]) -> Moment:
    """Return one of :data:`FACTS` as a moment.

    :param names: of the organisations, by id
    """
    titles = {
        Step.WITHDRAW.value: _("A consent was taken back"),
        Step.END.value: _("The time of a consent is over"),
        Step.RENEW.value: _("A consent was put on another ground"),
    }
    step = str(fact.codes.get("step", ""))
    organisation = names.get(about.organisation_id, "")
    return Moment(
        key=f"i{fact.number:012d}",
        at=fact.at,
        title=titles.get(step, _("A ground for sharing was written down")),
        detail=f"{organisation} · {about.purpose.label} · {about.basis.label}",
        by=fact.by,
    )


def _may_give(head: CaseHead, actor: Actor) -> bool:
    return head.leads and head.is_open and actor.may(Permission.CASE_MANAGE)


def _anew(rows: list[Consent], actor: Actor) -> frozenset[UUID]:
    return to_ask_anew(rows, age=rows[0].case.age, actor=actor) if rows else frozenset()


def _shown(rows: list[Consent], actor: Actor, at: datetime) -> tuple[ConsentShown, ...]:
    """Return rows of one case, each with its case."""
    people = directory.names(user for row in rows for user in (row.recorded_by, row.over_by))
    places = directory.desk_names(row.organisation_id for row in rows)
    columns = ("giver", "giver_name", "explained", "reason")
    texts = {column: open_texts(actor.keys, rows, column) for column in columns}
    return tuple(
        ConsentShown(
            id=row.pk,
            case_id=row.case_id,
            organisation_id=row.organisation_id,
            organisation=places.get(row.organisation_id, ""),
            purpose=Purpose(row.purpose),
            compartments=_parts(row.compartments),
            basis=Basis(row.basis),
            given_on=row.given_on,
            way=ConsentWay(row.way).label if row.way else "",
            until=row.until,
            state=State(row.state),
            in_force=row.state == State.GIVEN and row.until > at,
            recorded_at=row.recorded_at,
            recorded_by=people.get(row.recorded_by, ""),
            over_at=row.over_at,
            over_by=people.get(row.over_by, "") if row.over_by else "",
            giver=Giver(code).label if (code := texts["giver"][place]) else "",
            giver_name=texts["giver_name"][place] or "",
            explained=texts["explained"][place] or "",
            reason=texts["reason"][place] or "",
            locked=any(texts[column][place] is None for column in columns),
            may_withdraw=_may(Step.WITHDRAW, row, actor),
            ask_anew=_must_renew(row, texts["giver"][place], actor, at),
        )
        for place, row in enumerate(rows)
    )


def _may(step: Step, row: Consent, actor: Actor) -> bool:
    sources, _target = MOVES[step]
    return row.state in sources and RULES[step](actor, row)


def _must_renew(row: Consent, giver: str | None, actor: Actor, at: datetime) -> bool:
    by_a_child = can_be(row, row.case.age) and giver == Giver.SELF and row.until > at
    return by_a_child and row.case.state == CaseState.OPEN and _may(Step.RENEW, row, actor)


def _parts(codes: Iterable[str]) -> tuple[Compartment, ...]:
    chosen = set(codes)
    return tuple(code for code in SHAREABLE if code.value in chosen)
