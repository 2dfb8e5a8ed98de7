"""What the year of contacts does not bring by itself: the rarer things, once or twice each."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from django.core.exceptions import PermissionDenied

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.audit.disclosures import refuse
from ruang.cases import commands as cases
from ruang.cases.queries import thread_page
from ruang.cases.states import Compartment, Exclusion, Part
from ruang.demo.content.organisations import OFFICE
from ruang.demo.content.people import logins
from ruang.demo.content.shape import Contact, Note
from ruang.demo.files import stored
from ruang.demo.in_the_case import write
from ruang.demo.stage import NETWORK
from ruang.demo.world import Act, World
from ruang.identity.commands import begin_sign_in, verify_trail
from ruang.intake.commands import claim_report, put_back_report
from ruang.intake.states import IfOthersAnswer, MessageKind, Risk, Way
from ruang.intake.told import Contact as Reach
from ruang.kernel.errors import Refused
from ruang.previews.previewer import Previewer
from ruang.referrals.commands import bar_person, hand_case_on
from ruang.triage.commands import write_as_reporter
from ruang.triage.queries.follow import follow_page

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
AUDITOR = logins("inspektorat", Role.AUDITOR)[0]
HEAD = logins(OFFICE, Role.HEAD)[0]

NEW_NUMBER = Reach.of(
    way=Way.WHATSAPP,
    reach="0899-0000-4711",
    safe_from=time(9),
    safe_until=time(11),
    if_others=IfOthersAnswer.SAY_NOTHING,
)
THROUGH_HER_SISTER = Reach.of(
    way=Way.TRUSTED, reach="Kakak saya, Yanti, di warung depan. Bilang dari koperasi."
)
ONLY_HERE = Reach.of(way=Way.PAGE)
RAISED = (
    "Risiko dinaikkan: ia dibuntuti dua kali minggu ini dan jam kerjanya diketahui. "
    "Penjemputan diatur bergantian, satpam kantor diberi ciri "
    "kendaraan, nomor darurat disimpan ulang."
)
MISTYPED = "kata sandi yang keliru"
NOTED = "Sudah kami ganti. Mulai sekarang kami hanya menulis di halaman ini, tidak menelepon."
MORE_FILES = "ini yang tadi saya ceritakan, baru ketemu"


@dataclass(frozen=True, slots=True)
class NewReach:
    """A change of contact that a reporter sends: how long ago, and whether it is taken over."""

    ago: timedelta
    reach: Reach
    is_taken_over: bool = False


REACHES: Mapping[str, NewReach] = {
    "warung": NewReach(6 * MINUTE, NEW_NUMBER),  # lies at the desk
    "atasan": NewReach(5 * HOUR, THROUGH_HER_SISTER),  # lies in a case
    "dapur": NewReach(9 * DAY, ONLY_HERE, is_taken_over=True),
}
FILES_LATER = {"sebar-foto": ("surat-tulisan-tangan.jpg",), "pondok": ("pesan-suara.ogg",)}


def extra_acts(
    world: World, contacts: Iterable[Contact], now: datetime, previewer: Previewer
) -> Iterator[Act]:
    """Return the rarer things, each at its moment."""
    by_key = {contact.key: contact for contact in contacts}
    for key, new in REACHES.items():
        yield Act(now - new.ago, partial(_new_reach, world, key, new.reach))
        if new.is_taken_over and (case := by_key[key].case):
            yield Act(now - new.ago + 3 * HOUR, partial(_take_over, world, key, case.manager))
    for key, names in FILES_LATER.items():
        yield Act(now - 8 * HOUR, partial(_more_files, world, key, names, previewer))
    yield from _at_the_desk(world, by_key["bayi-menangis"])
    yield from _in_cases(world, by_key, now)
    yield from _on_the_trail(world, by_key, now)


def _at_the_desk(world: World, contact: Contact) -> Iterator[Act]:
    """Somebody takes a report and puts it back."""
    rated = contact.desk.rated_at or contact.received_at
    yield Act(rated + MINUTE, partial(_take_and_let_go, world, contact.key))


def _in_cases(world: World, by_key: Mapping[str, Contact], now: datetime) -> Iterator[Act]:
    raised, handed, barred = by_key["atasan"], by_key["dapur"], by_key["pondok"]
    if raised.case:
        note = Note(now - 6 * HOUR, raised.case.manager, Compartment.PLAN, RAISED)
        yield Act(note.at, partial(_raise_risk, world, raised.key, note))
    if handed.case:
        yield Act(now - 5 * HOUR, partial(_hand_on, world, handed))
    if barred.case:
        yield Act(now - 4 * HOUR, partial(_bar, world, barred))


def _on_the_trail(world: World, by_key: Mapping[str, Contact], now: datetime) -> Iterator[Act]:
    """Things an auditor looks for: a refusal, a wrong password, a proof of the whole trail."""
    yield Act(now - 3 * DAY, partial(_mistyped, HEAD))
    key = by_key["dipalak"].key
    late = by_key["dipalak"].received_at + 5 * HOUR
    yield Act(late, partial(_refused, world, key))
    yield Act(now - 26 * HOUR, partial(_prove, world))


def _new_reach(world: World, key: str, reach: Reach, at: datetime) -> None:
    _she_sends(world, key, reach.to_text(), MessageKind.CONTACT, at)


def _more_files(
    world: World, key: str, names: tuple[str, ...], previewer: Previewer, at: datetime
) -> None:
    files = stored(names, previewer)
    with world.stage.reporter(world.told[key].words, at) as actor:
        write_as_reporter(
            actor=actor,
            text=MORE_FILES,
            kind=MessageKind.EVIDENCE,
            files=files,
            form_tag=os.urandom(32),
            at=at,
        )


def _she_sends(world: World, key: str, text: str, kind: MessageKind, at: datetime) -> None:
    with world.stage.reporter(world.told[key].words, at) as actor:
        follow_page(actor=actor, at=at)
        write_as_reporter(actor=actor, text=text, kind=kind, form_tag=os.urandom(32), at=at)


def _take_over(world: World, key: str, manager: str, at: datetime) -> None:
    case_id = world.cases[key]
    with world.stage.staff(manager, at) as actor:
        thread = thread_page(actor=actor, case_id=case_id, at=at).thread
        written = thread.messages if thread else ()
        changes = [one.id for one in written if one.kind is MessageKind.CONTACT]
        cases.take_over_contact(actor=actor, case_id=case_id, message_id=changes[-1], at=at)
        cases.write_to_reporter(actor=actor, case_id=case_id, text=NOTED, at=at)


def _take_and_let_go(world: World, key: str, at: datetime) -> None:
    report_id = world.told[key].report_id
    with world.stage.staff(logins(OFFICE, Role.INTAKE_OFFICER)[-1], at) as actor:
        claim_report(actor=actor, report_id=report_id, at=at)
        put_back_report(actor=actor, report_id=report_id, at=at)


def _raise_risk(world: World, key: str, note: Note, at: datetime) -> None:
    with world.stage.staff(note.by, at) as actor:
        cases.rate_case(actor=actor, case_id=world.cases[key], risk=Risk.HIGH, at=at)
    write(world, key, note, at)


def _hand_on(world: World, contact: Contact, at: datetime) -> None:
    """The deputy goes on leave, a colleague takes the place."""
    case = contact.case
    if case is None:
        return
    free = [one for one in logins(OFFICE, Role.CASE_MANAGER) if one != case.manager]
    successor = free[(free.index(case.deputy) + 3) % len(free)]
    with world.stage.staff(case.manager, at) as actor:
        hand_case_on(
            actor=actor,
            case_id=world.cases[contact.key],
            part=Part.DEPUTY,
            user_id=world.people[successor],
            at=at,
        )


def _bar(world: World, contact: Contact, at: datetime) -> None:
    """She has named somebody at a partner's who may never see her case."""
    case = contact.case
    if case is None:
        return
    with world.stage.staff(case.manager, at) as actor:
        bar_person(
            actor=actor,
            case_id=world.cases[contact.key],
            user_id=world.people[logins("kua", Role.PARTNER_DESK)[-1]],
            why=Exclusion.SURVIVOR,
            at=at,
        )


def _mistyped(login: str, at: datetime) -> None:
    with suppress(Refused):
        begin_sign_in(actor=SYSTEM, login=login, password=MISTYPED, network=NETWORK, at=at)


def _refused(world: World, key: str, at: datetime) -> None:
    with world.stage.staff(HEAD, at) as head:
        try:
            claim_report(actor=head, report_id=world.told[key].report_id, at=at)
        except PermissionDenied as refusal:
            refuse(actor=head, rule=str(refusal), page="desk:claim", at=at)


def _prove(world: World, at: datetime) -> None:
    with world.stage.staff(AUDITOR, at) as actor:
        verify_trail(actor=actor, at=at)
