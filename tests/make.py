"""Builders: a thing of each kind, saying only what matters to the test."""

import struct
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from uuid import UUID, uuid4

from django.test import Client

from ruang.access.actor import ANYBODY, SYSTEM, Actor
from ruang.access.permissions import Permission
from ruang.access.roles import GRANTS, Role
from ruang.cases.models import Case, Entry, Member
from ruang.cases.states import Compartment, EntryKind, Part
from ruang.consents.commands import Grant as Share
from ruang.consents.commands import Ground, give_consent
from ruang.consents.models import Consent
from ruang.consents.states import Basis, ConsentWay, Giver, Purpose
from ruang.identity import sessions
from ruang.identity.models import Organisation, User
from ruang.identity.states import OrganisationKind, State
from ruang.intake.attachments import StoredFile
from ruang.intake.commands import Form, Receipt, receive_report
from ruang.intake.entry import opened
from ruang.intake.models import Report
from ruang.intake.states import Safety
from ruang.intake.told import Told
from ruang.kernel import clock
from ruang.kernel.codes import RANK, Age, Help, Risk, Way, Who
from ruang.referrals.commands import Ask, ask_partner, move_referral
from ruang.referrals.models import Referral
from ruang.referrals.states import Need, Step
from ruang.territory import commands as territory
from ruang.territory.facts import CityFacts, city_facts, forget_city
from ruang.vault import pairs, quorum, receipts, root
from ruang.vault.keyring import (
    PRIVATE,
    Keyring,
    Material,
    current_keys,
    give,
    keep_private,
    new_keys,
    ring,
)
from ruang.vault.ledger import Ledger
from ruang.vault.models import Cost, DataKey, KeyPair, Kind, Vault
from ruang.vault.models import Way as Opens
from ruang.vault.suites import new_secret, seal
from ruang.vault.texts import seal_text
from tests.replay import replayed

AT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
"""Monday, half past two in the afternoon in Serang."""

PASSWORD = "perahu-kertas-di-sungai"
_numbers = count(1)
_privates: dict[UUID, bytes] = {}
"""The private keys of what was built, by pair: what these people would have in their heads."""


def vault() -> None:
    """A vault at demo cost, once a database."""
    if not Vault.objects.exists():
        pairs.set_cost(Cost.DEMO)


@replayed
def organisation(
    name: str | None = None, kind: OrganisationKind = OrganisationKind.CITY_OFFICE
) -> Organisation:
    """An organisation with a desk and its key."""
    vault()
    made = Organisation.objects.create(
        name=name or f"Lembaga {next(_numbers):05}", kind=kind, created_at=AT
    )
    pair, private = pairs.create_pair(owner=made.pk, kind=Kind.DESK, at=AT)
    _privates[pair.pk] = private
    material = keep_private(pair, private, AT)
    if (officials := quorum.quorum_pair()) is not None:
        give([material], to=[officials], given_by=made.pk, at=AT)
    return made


@replayed
def user(
    at_organisation: Organisation | None = None,
    role: Role = Role.INTAKE_OFFICER,
    *,
    state: State = State.ACTIVE,
) -> User:
    """A person with a key pair who, where the role has it, holds the desk's key."""
    place = at_organisation or organisation()
    number = next(_numbers)
    made = User.objects.create(
        login=f"orang{number:05}",
        name=f"Orang {number:05}",
        organisation=place,
        role=role,
        state=state,
        created_at=AT,
    )
    pair, private = pairs.create_pair(owner=made.pk, kind=Kind.USER, at=AT)
    _privates[pair.pk] = private
    _set_password(pair, private)
    if Permission.DESK_KEY in GRANTS[role] and state is State.ACTIVE:
        desk = KeyPair.objects.get(owner=place.pk, kind=Kind.DESK, retired_at=None)
        key = DataKey(pk=desk.pk, whose=place.pk, name=PRIVATE, epoch=desk.epoch)
        give([Material(key, _privates[desk.pk])], to=[pair], given_by=made.pk, at=AT)
    return made


def _set_password(pair: KeyPair, private: bytes) -> None:
    """What ``pairs.set_password`` does, with the one password stretched once a process."""
    cost = pairs._COSTS[Cost(pairs._cost())]
    head = struct.pack(">BI", *cost) + bytes(16)
    sealed = seal(_password_key(head), private, pairs._bound(pair, Opens.PASSWORD))
    pairs._keep(pair, Opens.PASSWORD, head + sealed, AT)


@cache
def _password_key(head: bytes) -> bytes:
    return pairs._password_key(PASSWORD, head, root.version())


def actor(person: User, *, ledger: Ledger | None = None, at: datetime = AT) -> Actor:
    """The person, signed in: with her key open and somebody writing down what it opens."""
    pair = KeyPair.objects.get(owner=person.pk, kind=Kind.USER, retired_at=None)
    held = Keyring({pair.pk: _privates[pair.pk]}, at=at, ledger=ledger or Ledger())
    return Actor(person.pk, person.organisation_id, Role(person.role), held)


def signed_in(person: User, *, at: datetime | None = None) -> Client:
    """A browser in which the person has signed in just now, by a real session."""
    pair = KeyPair.objects.get(owner=person.pk, kind=Kind.USER, retired_at=None)
    cookie, _row = sessions.start(
        user=person,
        pair=pair.pk,
        private=_privates[pair.pk],
        device="Chrome, Android",
        at=at or clock.now(),
    )
    browser = Client()
    browser.cookies[sessions.COOKIE] = cookie
    return browser


@replayed
def officials(places: Iterable[Organisation] = ()) -> list[User]:
    """Three quorum officials of three organisations, and the quorum's key."""
    where = list(places) or [organisation() for _ in range(quorum.SEATS)]
    people = [user(place, Role.QUORUM_OFFICIAL) for place in where]
    held = [KeyPair.objects.get(owner=person.pk, kind=Kind.USER) for person in people]
    codes = {person.pk: pairs.new_code() for person in people}
    made = quorum.create_quorum(held, codes, AT)
    printed_codes.update(codes)
    for desk in KeyPair.objects.filter(kind=Kind.DESK):
        key = DataKey.objects.get(pk=desk.pk)
        give([Material(key, _privates[desk.pk])], to=[made], given_by=people[0].pk, at=AT)
    return people


printed_codes: dict[UUID, str] = {}
"""What was printed for each official."""


def private_of(pair: KeyPair) -> bytes:
    """The private key of a pair that was built here."""
    return _privates[pair.pk]


def stranger() -> UUID:
    """An id that belongs to nobody."""
    return uuid4()


@replayed
def case(
    desk: Organisation | None = None,
    *,
    manager: User | None = None,
    deputy: User | None = None,
    risk: str = "medium",
) -> Case:
    """A case with manager, deputy, a reporter and the quorum, each compartment with its key."""
    if quorum.quorum_pair() is None:
        officials()
    place = desk or (manager.organisation if manager else organisation())
    leads = [
        manager or user(place, Role.CASE_MANAGER),
        deputy or user(place, Role.CASE_MANAGER),
    ]
    reporter, private = pairs.create_pair(owner=uuid4(), kind=Kind.REPORTER, at=AT)
    _privates[reporter.pk] = private
    made = Case.objects.create(
        number=f"K-26-9{next(_numbers):05}", desk=place.pk, opened_at=AT, reported_at=AT,
        changed_at=AT, risk=risk, rank=RANK[Risk(risk)], age=Age.ADULT, who=Who.SELF,
        district="36.73.01", reporter_pair=reporter.pk,
    )  # fmt: skip
    everything = [compartment.value for compartment in Compartment]
    for person, part in zip(leads, (Part.MANAGER, Part.DEPUTY), strict=True):
        Member.objects.create(
            case=made, user=person, part=part, compartments=everything, since=AT
        )
    held = [pairs.pair_in_force(person.pk, Kind.USER) for person in leads]
    holders = [pair for pair in [*held, quorum.quorum_pair()] if pair is not None]
    keys = new_keys(
        whose=made.pk, names=everything, holders=holders, given_by=leads[0].pk, at=AT
    )
    give([keys[Compartment.THREAD]], to=[reporter], given_by=leads[0].pk, at=AT)
    return made


def lead_of(a_case: Case, part: Part = Part.MANAGER) -> User:
    """Its manager, or its deputy."""
    return User.objects.get(pk=a_case.team.get(part=part, ended_at=None).user_id)


@replayed
def entry(
    a_case: Case,
    text: str,
    compartment: Compartment = Compartment.PLAN,
    kind: EntryKind = EntryKind.NOTE,
) -> Entry:
    """A sealed text in a case, written by its manager under the newest key."""
    author = lead_of(a_case)
    key = ring(actor(author).keys).material(current_keys(a_case.pk)[compartment])
    made = Entry(case=a_case, compartment=compartment, kind=kind, at=AT, author=author.pk)
    made.text = seal_text(key, Entry, "text", made.pk, text)
    made.save()
    return made


@replayed
def partner(kind: OrganisationKind = OrganisationKind.LEGAL_AID, name: str = "") -> User:
    """Somebody who answers at a partner's desk."""
    return user(organisation(name or None, kind), Role.PARTNER_DESK)


def ask(receiver: Organisation, *shared: Compartment, **changed: object) -> Ask:
    """What is asked of a desk, with her consent."""
    said: dict[str, object] = {
        "receiver": receiver.pk,
        "need": Need.LEGAL,
        "text": "Pendampingan advokat perempuan untuk laporan polisi.",
        "names": "Melati Kusuma\nBayu Kusuma",
        "nobody_known": False,
        "basis": Basis.CONSENT,
        "consent_on": AT.date(),
        "consent_way": ConsentWay.SPOKEN,
        "giver": Giver.SELF,
        "explained": "Apa yang dibagikan, kepada siapa, untuk apa, sampai kapan.",
        "compartments": shared,
        "share_until": AT + timedelta(days=90),
        "answer_by": AT + timedelta(hours=6),
    }
    return Ask(**{**said, **changed})  # type: ignore[arg-type]


@replayed
def referral(
    a_case: Case | None = None,
    receiver: Organisation | None = None,
    *shared: Compartment,
    **changed: object,
) -> Referral:
    """A request that waits for an answer; the asked desk has one person who can answer."""
    about = a_case or case()
    asked = receiver or partner().organisation
    return ask_partner(
        actor=actor(lead_of(about)), case_id=about.pk, ask=ask(asked, *shared, **changed), at=AT
    )


def grant(place: Organisation, *shared: Compartment, **changed: object) -> Share:
    """Her consent for an organisation, for three months."""
    ground = {
        "basis": Basis.CONSENT,
        "given_on": AT.date(),
        "way": ConsentWay.SPOKEN,
        "giver": Giver.SELF,
        "explained": "Apa yang dibagikan, kepada siapa, untuk apa, sampai kapan.",
    }
    said: dict[str, object] = {
        "organisation": place.pk,
        "purpose": Purpose.LEGAL,
        "until": AT + timedelta(days=90),
        "compartments": shared,
    }
    for name, value in changed.items():
        (said if name in said else ground)[name] = value
    return Share(ground=Ground(**ground), **said)  # type: ignore[arg-type]


@replayed
def consent(
    a_case: Case, place: Organisation, *shared: Compartment, **changed: object
) -> Consent:
    """A consent in a case, written down by its manager."""
    return give_consent(
        actor=actor(lead_of(a_case)), case_id=a_case.pk, at=AT,
        grant=grant(place, *shared, **changed),
    )  # fmt: skip


def moved(a_referral: Referral, by: Actor, *steps: Step, at: datetime = AT) -> Referral:
    """A request after somebody's steps; reasons and outcomes are filled in."""
    for step in steps:
        code = {Step.DECLINE: "no_capacity", Step.FINISH: "given"}.get(step, "")
        move_referral(
            actor=by, referral_id=a_referral.pk, step=step, at=at, code=code, text="Selesai."
        )
    a_referral.refresh_from_db()
    return a_referral


def city(*, is_open: bool = True) -> CityFacts:
    """Kota Serang, with a desk of two, an alternate desk and the quorum; its form is open."""
    _city(is_open=is_open)
    forget_city()
    return city_facts()


@replayed
def _city(*, is_open: bool) -> None:
    territory.set_up_city(actor=SYSTEM, code="36.73", unit_name="DP3AKB Kota Serang", at=AT)
    desk, other = organisation("DP3AKB"), organisation("LBH Serang", OrganisationKind.LEGAL_AID)
    territory.set_desks(actor=SYSTEM, intake_desk=desk.pk, alternate_desk=other.pk, at=AT)
    officials()
    for place in (desk, desk, other, other):
        user(place)
    if is_open:
        territory.open_form(actor=SYSTEM, at=AT)


def officer(of: CityFacts) -> User:
    """A member of the desk that takes the reports."""
    able = User.objects.filter(organisation=of.intake_desk, role=Role.INTAKE_OFFICER)
    return able.order_by("created_at", "login")[0]


def told(**changed: object) -> Told:
    """What a report tells."""
    said: dict[str, object] = {
        "safety": Safety.SAFE,
        "who": Who.SELF,
        "helps": (Help.LISTEN,),
        "way": Way.PAGE,
        "story": "Ini cerita saya.",
    }
    return Told(**{**said, **changed})  # type: ignore[arg-type]


@replayed
def receipt(
    *, at: datetime = AT, files: Iterable[StoredFile] = (), **changed: object
) -> Receipt:
    """A report that came in by the form, with its seven words. Needs :func:`city`."""
    form = Form(secret=new_secret(), page=new_secret())
    return receive_report(
        actor=ANYBODY, form=form, told=told(**changed), files=tuple(files), at=at
    )


def report_of(a_receipt: Receipt) -> Report:
    """The report a receipt is for."""
    return Report.objects.get(number=a_receipt.number)


def reporter(a_receipt: Receipt, *, ledger: Ledger | None = None, at: datetime = AT) -> Actor:
    """The reporter, with her words typed in."""
    found = receipts.open_words(a_receipt.words or "")
    assert found is not None
    return opened(*found, ledger=ledger or Ledger(), at=at).actor
