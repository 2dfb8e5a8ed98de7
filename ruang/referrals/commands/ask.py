"""Asking a partner's desk to take part in a case.

What is asked is a small sealed text of its own. The names of those involved, and the keys of
what was chosen to be shared, go into a package that neither the asked desk nor the server opens
alone (vault.md §2, "partner asked").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require
from ruang.audit.due import schedule
from ruang.audit.record import record
from ruang.cases.models import Case
from ruang.cases.states import LEADS, SHAREABLE, Compartment
from ruang.cases.states import State as CaseState
from ruang.consents.commands import Grant, Ground, give_consent
from ruang.consents.coverage import consent_for
from ruang.consents.models import Consent
from ruang.consents.states import Basis, ConsentWay, Giver
from ruang.identity import directory
from ruang.intake.numbers import next_of
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.referrals.clocks import EXPIRY, LONGEST_SHARE
from ruang.referrals.events import ReferralSent
from ruang.referrals.models import Referral
from ruang.referrals.policy import may_ask
from ruang.referrals.purposes import purpose_of
from ruang.referrals.states import NAMES, REQUEST, Need
from ruang.vault import release
from ruang.vault.keyring import CannotOpen, Material, all_keys, give, new_keys, ring
from ruang.vault.models import KeyPair, Kind
from ruang.vault.pairs import pair_in_force, pairs_in_force
from ruang.vault.quorum import quorum_pair
from ruang.vault.texts import seal_text

LONGEST = 5_000
"""Characters of what is asked: it is one thing, not the story."""


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """One thing asked of one desk: for what, on what ground, with what, until when.

    :ivar consent: the consent in force it rests on; without one, what follows writes it down
    :ivar basis_note: the asked desk reads it too
    """

    receiver: UUID
    need: Need
    text: str
    names: str
    nobody_known: bool
    share_until: datetime
    answer_by: datetime
    compartments: tuple[Compartment, ...] = ()
    consent: UUID | None = None
    basis: Basis = Basis.CONSENT
    consent_on: date | None = None
    consent_way: ConsentWay | None = None
    giver: Giver | None = None
    giver_name: str = ""
    explained: str = ""
    basis_note: str = ""


@transaction.atomic
def ask_partner(
    *, actor: Actor, case_id: UUID, ask: Ask, at: datetime, form_tag: bytes | None = None
) -> Referral:
    """Ask a partner's desk. The plan always goes along; the same form sent twice is one.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if something is missing, the desk cannot be asked, or the case is closed
    """
    in_sight = Case.objects.visible_to(actor).select_for_update(of=("self",))
    case = sight.one(in_sight, case_id)
    require(may_ask, actor, case)
    if form_tag and (before := case.referrals.filter(form_tag=form_tag).first()) is not None:
        return before
    if case.state != CaseState.OPEN:
        raise Refused(_("This case was closed. Nobody can be asked for it any more."))
    if (missing := _objection(ask, at)) is not None:
        raise Refused(missing)
    desk = _desk(case, ask.receiver)
    shared = [code for code in SHAREABLE if code in {*ask.compartments, Compartment.PLAN}]
    materials = _materials(actor, case, shared)
    consent = _ground(actor, case, ask, shared, at)
    referral = _row(actor, case, ask, consent, shared, at, form_tag)
    keys = _request_keys(case, referral, actor, at)
    _seal_in(referral, ask, keys)
    referral.save(force_insert=True)
    give([keys[REQUEST]], to=[desk], given_by=actor.user_id, at=at)
    release.offer(request=referral.pk, materials=[keys[NAMES]], desk=desk, until=None)
    release.offer(request=referral.pk, materials=materials, desk=desk, until=ask.share_until)
    schedule(EXPIRY, referral.pk, ask.answer_by)
    record(_sent(referral), actor=actor, at=at)
    return referral


def _objection(ask: Ask, at: datetime) -> "str | Promise | None":
    """Return what is wrong with a request before anything is looked up; None if nothing."""
    return next((words for words, is_so in _objections(ask, at) if is_so), None)


def _objections(ask: Ask, at: datetime) -> "list[tuple[str | Promise, bool]]":
    names, text, note = tidy(ask.names), tidy(ask.text), tidy(ask.basis_note)
    return [
        (_("Write what you ask the partner to do."), not text),
        (
            _("This is longer than a request can be. Ask for one thing; share the rest."),
            max(len(text), len(names), len(note)) > LONGEST,
        ),
        (
            _("Write the names of those involved, or say that no name is known."),
            not names and not ask.nobody_known,
        ),
        (
            _("Names are written, and it says that no name is known. Keep one of the two."),
            bool(names) and ask.nobody_known,
        ),
        (_("The time to answer is over already. Choose a later one."), ask.answer_by <= at),
        (
            _("What is shared has to last longer than the time to answer."),
            ask.share_until <= ask.answer_by,
        ),
        (_("Share for two years at most."), ask.share_until > at + LONGEST_SHARE),
    ]


def _ground(
    actor: Actor, case: Case, ask: Ask, shared: Sequence[Compartment], at: datetime
) -> Consent:
    """Return the consent that the request rests on: one in force, or one written down now."""
    if ask.consent is None:
        return give_consent(actor=actor, case_id=case.pk, grant=_grant(ask, shared), at=at)
    consent = consent_for(
        actor=actor, case=case, consent_id=ask.consent, organisation=ask.receiver,
        purposes=[purpose_of(ask.need)], compartments=shared, at=at,
    )  # fmt: skip
    if ask.share_until > consent.until:
        raise Refused(_("The consent ends before that. Share no longer than it lasts."))
    return consent


def _grant(ask: Ask, shared: Sequence[Compartment]) -> Grant:
    ground = Ground(
        basis=ask.basis,
        given_on=ask.consent_on,
        way=ask.consent_way,
        giver=ask.giver,
        giver_name=ask.giver_name,
        explained=ask.explained,
        reason=ask.basis_note,
    )
    return Grant(
        organisation=ask.receiver,
        purpose=purpose_of(ask.need),
        until=ask.share_until,
        ground=ground,
        compartments=tuple(shared),
    )


def _desk(case: Case, receiver: UUID) -> KeyPair:
    able = {desk.id for desk in directory.desks(Permission.REFERRAL_ANSWER)}
    pair = pair_in_force(receiver, Kind.DESK)
    if receiver == case.desk or receiver not in able or pair is None:
        raise Refused(_("This organisation cannot be asked at present. Choose another one."))
    return pair


def _materials(actor: Actor, case: Case, shared: Sequence[Compartment]) -> list[Material]:
    ids = all_keys(case.pk, [code.value for code in shared])
    actor.keys.prefetch(ids)
    try:
        return [ring(actor.keys).material(key_id) for key_id in ids]
    except CannotOpen:
        raise Refused(
            _("You do not hold every key this needs. Ask the other of manager and deputy.")
        ) from None


def _row(
    actor: Actor,
    case: Case,
    ask: Ask,
    consent: Consent,
    shared: Sequence[Compartment],
    at: datetime,
    form_tag: bytes | None,
) -> Referral:
    year = f"R-{timezone.localtime(at):%y}"
    return Referral(
        number=f"{year}-{next_of(year):04d}",
        case=case,
        asker_id=actor.user_id,
        sender_id=case.desk,
        receiver_id=ask.receiver,
        need=ask.need,
        risk=case.risk,
        rank=case.rank,
        age=case.age,
        district=case.district,
        asked_at=at,
        answer_by=ask.answer_by,
        consent=consent,
        basis=consent.basis,
        consent_on=consent.given_on,
        consent_way=consent.way,
        share_until=ask.share_until,
        compartments=[code.value for code in shared],
        form_tag=form_tag,
    )


def _request_keys(
    case: Case, referral: Referral, actor: Actor, at: datetime
) -> Mapping[str, Material]:
    leads = case.team.filter(ended_at=None, part__in=LEADS).values_list("user", flat=True)
    pairs = pairs_in_force(list(leads), Kind.USER).values()
    quorum = quorum_pair()
    if quorum is None:
        raise Refused(_("The officials of the city have no key yet. Set-up must be finished."))
    return new_keys(
        whose=referral.pk,
        names=[REQUEST, NAMES],
        holders=[*pairs, quorum],
        given_by=actor.user_id,
        at=at,
    )


def _seal_in(referral: Referral, ask: Ask, keys: Mapping[str, Material]) -> None:
    lines = [line.strip() for line in tidy(ask.names).split("\n")]
    names = "\n".join(line for line in lines if line)
    sealed = (
        ("ask", REQUEST, tidy(ask.text)),
        ("basis_note", REQUEST, tidy(ask.basis_note)),
        ("names", NAMES, names),
    )
    for column, key, text in sealed:
        if text:
            blob = seal_text(keys[key], Referral, column, referral.pk, text)
            setattr(referral, column, blob)


def _sent(referral: Referral) -> ReferralSent:
    return ReferralSent(
        referral.pk,
        referral.case_id,
        referral.receiver_id,
        need=str(referral.need),
        basis=str(referral.basis),
    )
