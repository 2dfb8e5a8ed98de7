"""Writing down on what ground something is shared, and ending it.

Who calls ``move_consent`` ends in the same transaction what rests on it: ``referrals`` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.due import schedule
from ruang.audit.record import record
from ruang.cases.models import Case
from ruang.cases.seats import must_be_open, ordered
from ruang.cases.states import Compartment
from ruang.cases.writing import material
from ruang.consents.anew import STANDS, to_ask_anew
from ruang.consents.coverage import ALWAYS
from ruang.consents.events import ConsentGiven, ConsentMoved
from ruang.consents.models import Consent
from ruang.consents.policy import RULES, may_give
from ruang.consents.states import ONLY_CODES, Basis, ConsentWay, Giver, Purpose, Step
from ruang.identity import directory
from ruang.kernel.codes import Age
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.outbox.leave import leave
from ruang.vault.texts import seal_text

ENDS = "consent_end"
"""The due time of a consent: its own last day."""
LONGEST = timedelta(days=731)
"""Two years: a longer consent is asked for again."""
MOST = 5_000
"""Characters of a reason, or of what was explained."""


@dataclass(frozen=True, slots=True, repr=False)
class Ground:
    """On what ground: her consent with when, how and by whom, or another one with its reason.

    :ivar giver_name: who agreed for her, when it was somebody else
    :ivar explained: what she was told before she agreed
    :ivar reason: of another ground, why a safe guardian agreed and not the parent, or why she
        herself did whose age nobody knows
    """

    basis: Basis
    given_on: date | None = None
    way: ConsentWay | None = None
    giver: Giver | None = None
    giver_name: str = ""
    explained: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Grant:
    """What is shared with whom, for what, until when, and on what ground."""

    organisation: UUID
    purpose: Purpose
    until: datetime
    ground: Ground
    compartments: tuple[Compartment, ...] = ()


@transaction.atomic
def give_consent(
    *, actor: Actor, case_id: UUID, grant: Grant, at: datetime, form_tag: bytes | None = None
) -> Consent:
    """Write down a ground for sharing; the same form sent twice is one.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if something is missing, or the case is closed
    """
    in_sight = Case.objects.visible_to(actor).select_for_update(of=("self",))
    case = sight.one(in_sight, case_id)
    require(may_give, actor, case)
    if form_tag and (before := case.consents.filter(form_tag=form_tag).first()) is not None:
        return before
    must_be_open(case)
    if (missing := _objection(grant, case, at)) is not None:
        raise Refused(missing)
    consent = _row(actor, case, grant, at, form_tag)
    _seal_in(consent, case, grant.ground, actor)
    consent.save(force_insert=True)
    _leave(consent, grant, at)
    schedule(ENDS, consent.pk, consent.until)
    event = ConsentGiven(
        consent.pk, case.pk, grant.organisation,
        purpose=grant.purpose.value, basis=grant.ground.basis.value,
    )  # fmt: skip
    record(event, actor=actor, at=at)
    return consent


@transaction.atomic
def move_consent(*, actor: Actor, consent_id: UUID, step: Step, at: datetime) -> Consent:
    """Take a consent back, let it end when its time is over, or let another one replace it.

    :raises NotInSight: if for this actor there is no such consent
    :raises PermissionDenied: if the actor sees it but may not take this step
    :raises Refused: if it is over already, or not yet
    """
    in_sight = Consent.objects.visible_to(actor).select_for_update(of=("self",))
    consent = sight.one(in_sight, consent_id)
    require(RULES[step], actor, consent)
    consent.take(step, at=at)
    consent.over_at, consent.over_by = at, actor.user_id
    consent.save(update_fields=["state", "over_at", "over_by"])
    event = ConsentMoved(consent.pk, consent.case_id, consent.organisation_id, step=step.value)
    record(event, actor=actor, at=at)
    return consent


@transaction.atomic
def renew_ground(
    *, actor: Actor, consent_id: UUID, ground: Ground, at: datetime, form_tag: bytes | None
) -> tuple[Consent, Consent]:
    """Put what a child agreed to herself on another ground: same place, purpose, parts, day.

    :returns: what was in force, and what takes its place; twice the same for a form sent twice
    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if nothing need be renewed, or the new ground lacks something
    """
    in_sight = Consent.objects.visible_to(actor).select_for_update(of=("self",))
    old = sight.one(in_sight.select_related("case"), consent_id)
    require(RULES[Step.RENEW], actor, old)
    if form_tag and (made := old.case.consents.filter(form_tag=form_tag).first()) is not None:
        return made, made
    if not to_ask_anew([old], age=old.case.age, actor=actor):
        raise Refused(STANDS)
    parts = () if old.purpose in ONLY_CODES else tuple(map(Compartment, old.compartments))
    grant = Grant(old.organisation_id, Purpose(old.purpose), old.until, ground, parts)
    new = give_consent(actor=actor, case_id=old.case_id, grant=grant, at=at, form_tag=form_tag)
    moved = move_consent(actor=actor, consent_id=old.pk, step=Step.RENEW, at=at)
    return moved, new


def _objection(grant: Grant, case: Case, at: datetime) -> "str | Promise | None":
    """Return what is wrong before anything is written; None if nothing."""
    said = [*_about_ground(grant.ground, case, at), *_about_sharing(grant, at)]
    return next((words for words, is_so in said if is_so), None)


def _about_ground(
    ground: Ground, case: Case, at: datetime
) -> "list[tuple[str | Promise, bool]]":
    agreed, today = ground.basis is Basis.CONSENT, timezone.localtime(at).date()
    reason = tidy(ground.reason)
    return [
        (_("Say when she agreed."), agreed and ground.given_on is None),
        (
            _("The day she agreed lies in the future. Check the date."),
            agreed and (ground.given_on or today) > today,
        ),
        (_("Say how she agreed."), agreed and ground.way is None),
        (_("Say who agreed."), agreed and ground.giver is None),
        (
            _(
                "For a child a parent, a guardian or a safe guardian agrees. If none of them "
                "can be asked safely, choose another ground and write down why."
            ),
            agreed and ground.giver is Giver.SELF and case.age == Age.CHILD,
        ),
        (
            _(
                "Nobody has written down yet whether she is a child. Record her age among the "
                "people of the case, let a guardian agree, or write the reason why she agrees "
                "herself."
            ),
            agreed and ground.giver is Giver.SELF and case.age == Age.UNKNOWN and not reason,
        ),
        (_("Write down what was explained before."), agreed and not tidy(ground.explained)),
        (_("Write down the reason why it may be shared."), not agreed and not reason),
        (
            _("Write down why a safe guardian agrees and not the parent."),
            agreed and ground.giver is Giver.SAFE_GUARDIAN and not reason,
        ),
        (
            _("This is too long. A few sentences are enough."),
            max(len(ground.explained), len(reason)) > MOST or len(ground.giver_name) > 200,
        ),
    ]


def _about_sharing(grant: Grant, at: datetime) -> "list[tuple[str | Promise, bool]]":
    known = {desk.id for desk in directory.organisations()}
    return [
        (_("Choose an organisation."), grant.organisation not in known),
        (_("A consent ends on a day that is still to come."), grant.until <= at),
        (_("Share for two years at most."), grant.until > at + LONGEST),
        (
            _("For this purpose codes alone are used: choose no part of the case."),
            grant.purpose in ONLY_CODES and bool(grant.compartments),
        ),
    ]


def _row(
    actor: Actor, case: Case, grant: Grant, at: datetime, form_tag: bytes | None
) -> Consent:
    ground = grant.ground
    agreed = ground.basis is Basis.CONSENT
    opens = () if grant.purpose in ONLY_CODES else (*grant.compartments, ALWAYS)
    return Consent(
        case=case,
        organisation_id=grant.organisation,
        purpose=grant.purpose,
        compartments=ordered(opens),
        basis=ground.basis,
        given_on=ground.given_on if agreed else None,
        way=ground.way.value if agreed and ground.way else "",
        until=grant.until,
        recorded_at=at,
        recorded_by=actor.user_id,
        form_tag=form_tag,
    )


def _leave(consent: Consent, grant: Grant, at: datetime) -> None:
    """Leave what was coded of it for the statistics process: who agreed, how, to what."""
    ground = grant.ground
    agreed = ground.basis is Basis.CONSENT
    leave(
        subject=consent.case_id, kind="consent", row=consent.pk, version_of_row=1, at=at,
        codes={
            "basis": ground.basis.value, "purpose": grant.purpose.value,
            "giver": ground.giver.value if agreed and ground.giver else "",
            "way": ground.way.value if agreed and ground.way else "",
        },
    )  # fmt: skip


def _seal_in(consent: Consent, case: Case, ground: Ground, actor: Actor) -> None:
    """Seal what names or quotes somebody under the key of who it is and how to reach."""
    key = material(case, Compartment.IDENTITY, actor)
    for column, text in _texts(ground).items():
        if text:
            setattr(consent, column, seal_text(key, Consent, column, consent.pk, text))


def _texts(ground: Ground) -> Mapping[str, str]:
    reason = {"reason": tidy(ground.reason)}
    if ground.basis is not Basis.CONSENT:
        return reason
    return {
        **reason,
        "giver": ground.giver.value if ground.giver else "",
        "giver_name": " ".join(tidy(ground.giver_name).split()),
        "explained": tidy(ground.explained),
    }
