"""What the desks do besides the year of contacts: duty, reports they record, second persons.

Some of it lies close to now, so that nobody who signs in finds an empty page.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import partial

from ruang.access.roles import Role
from ruang.approvals.asking import deciders
from ruang.approvals.states import Step
from ruang.cases import commands as cases
from ruang.cases.commands.keys import ask_lowering as ask_lower_case
from ruang.cases.states import Closing, Compartment
from ruang.clocks.commands import explain_miss
from ruang.clocks.queries import unexplained
from ruang.clocks.states import Missed, Pause
from ruang.demo.content.organisations import ALTERNATE, NEIGHBOUR, OFFICE
from ruang.demo.content.people import logins
from ruang.demo.content.recorded import HEARD, UNFINISHED, Heard
from ruang.demo.content.shape import Contact
from ruang.demo.world import Act, Told, World
from ruang.filters.commands import keep_filter
from ruang.filters.states import Page
from ruang.intake import commands as intake
from ruang.intake.drafts import Sheet
from ruang.intake.queries import Sieve, desk_page
from ruang.intake.states import MessageKind
from ruang.kernel.codes import Risk
from ruang.kernel.ids import uuid7
from ruang.kernel.told import Feedback
from ruang.notify.commands import Turn, add_shift, set_reach
from ruang.plans.commands import Proposal
from ruang.plans.states import Check
from ruang.referrals.commands import ask_to_close
from ruang.risk import CHECKLISTS
from ruang.triage.commands import decide_approval, decide_report, write_as_reporter
from ruang.triage.states import Outcome
from ruang.vault.suites import new_secret

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DESKS = (OFFICE, ALTERNATE, NEIGHBOUR)
OFFICER = {place: logins(place, Role.INTAKE_OFFICER)[0] for place in DESKS}
HEAD = {place: logins(place, Role.HEAD)[0] for place in DESKS}
SAFER = "Keadaannya membaik dan tempat tinggalnya aman; tanda bahaya sudah ditanyakan ulang."
LOWERED = "sebar-foto"
"""Whose risk a second person has lowered; the others wait."""
WAITING = {"paman-marah": HEAD[OFFICE], "bendahara": "christina.hutabarat"}
"""Cases whose lowering waits → who decides; the head where that person asks."""
CLOSING = "isbat"
COME_BACK, HEARD_FROM = "ibu-mertua", "pacar-antar"
PAUSED = "putus-teror"
NOT_CHECKED = {
    Check.SIMFONI: "Bukan kasus kekerasan; tidak dicatat di SIMFONI.",
    Check.PARTNERS: "Dukcapil masih memeriksa nama; selesai pekan ini.",
}
"""What the record says is not done when the closing is asked for, and why."""
COLLEAGUES = ("rina.aulia", "dimas.prakoso", "hendra.nugraha")
"""Who can join a case of the office, the first who is not on it already."""
REASONS = (Missed.NOBODY_FREE, Missed.NOT_REACHED, Missed.NOT_SAFE, Missed.OVERSIGHT)
SHE_SAYS = Feedback(safe="yes", heard="yes", helped="partly", text="Terima kasih, saya lega.")


def office_acts(world: World, contacts: Iterable[Contact], now: datetime) -> Iterator[Act]:
    """Return what the desks do, each at its moment."""
    by_key = {contact.key: contact for contact in contacts}
    for place in DESKS:
        yield Act(now - 20 * DAY, partial(_plan_duty, world, place))
    yield Act(now - 12 * DAY, partial(_keep, world))
    yield Act(now - 3 * DAY, partial(_explain, world))
    for heard in HEARD:
        yield from _hear(world, heard, now)
    yield Act(now - 5 * MINUTE, partial(_draft, world))
    if held := by_key.get(PAUSED):
        yield Act(now - 3 * MINUTE, partial(_pause, world, held))
    yield from _second_persons(world, by_key, now)
    yield from _afterwards(world, by_key, now)


def _plan_duty(world: World, place: str, at: datetime) -> None:
    """Somebody is on duty at any hour, and the head says how each is reached."""
    officers = logins(place, Role.INTAKE_OFFICER)
    day, night = (time(8), time(20)), (time(20), time(8))
    with world.stage.staff(HEAD[place], at) as head:
        for weekday in range(1, 8):
            for n, (begins, ends) in enumerate((day, night)):
                login = officers[(weekday + n) % len(officers)]
                turn = Turn(begins, ends, weekday=weekday)
                add_shift(actor=head, user=world.people[login], turn=turn, at=at)
        for n, login in enumerate((*officers, HEAD[place])):
            set_reach(
                actor=head, user=world.people[login], phone=f"0899-0000-{8100 + n}",
                email=f"{login}@{place}.example.org", at=at,
            )  # fmt: skip


def _keep(world: World, at: datetime) -> None:
    with world.stage.staff(OFFICER[OFFICE], at) as actor:
        codes = {"umur": "child", "risiko": "high"}
        name = "Anak, risiko tinggi"
        keep_filter(actor=actor, page=Page.DESK, name=name, codes=codes, at=at)


def _explain(world: World, at: datetime) -> None:
    """Everything that was missed long ago has its reason; the last days still wait for it."""
    with world.stage.staff(OFFICER[OFFICE], at) as actor:
        old = [line for line in unexplained(actor=actor, limit=500) if line.over_at]
        for n, line in enumerate(old):
            if line.due_at < at - 20 * DAY:
                why = REASONS[n % len(REASONS)]
                explain_miss(actor=actor, clock_id=line.id, why=why, at=at)


def _hear(world: World, heard: Heard, now: datetime) -> Iterator[Act]:
    officers = logins(heard.place, Role.INTAKE_OFFICER)
    login = OFFICER[heard.place] if heard.code else officers[1]
    at = now - heard.ago
    yield Act(at, partial(_record, world, heard, login))
    yield Act(at + 4 * MINUTE, partial(_judge, world, heard, login))
    if heard.lower:
        yield Act(at + HOUR, partial(_ask_lower, world, heard, login))
    if heard.outcome is not None:
        yield Act(at + 20 * MINUTE, partial(_settle, world, heard, heard.outcome, login))


def _record(world: World, heard: Heard, login: str, at: datetime) -> None:
    sheet = Sheet(draft_id=uuid7(), secret=new_secret(), version=0, window=uuid7())
    wishes = intake.Wishes(code=heard.code)
    with world.stage.staff(login, at) as actor:
        receipt = intake.record_report(
            actor=actor, sheet=sheet, told=heard.told, wishes=wishes, at=at
        )
        (row,) = desk_page(actor=actor, sieve=Sieve(number=receipt.number), at=at).rows
    world.told[heard.key] = Told(row.id, receipt.number, receipt.words or "")


def _judge(world: World, heard: Heard, login: str, at: datetime) -> None:
    report_id = world.told[heard.key].report_id
    with world.stage.staff(login, at) as actor:
        intake.rate_report(actor=actor, report_id=report_id, risk=heard.risk, at=at)
        if heard.signs:
            intake.fill_risk_check(
                actor=actor, report_id=report_id, checklist=CHECKLISTS[heard.told.age],
                answers=dict(heard.signs), at=at,
            )  # fmt: skip


def _ask_lower(world: World, heard: Heard, login: str, at: datetime) -> None:
    wanted = "siti.maesaroh" if heard.place == OFFICE else HEAD[heard.place]
    with world.stage.staff(login, at) as actor:
        intake.ask_lowering(
            actor=actor, report_id=world.told[heard.key].report_id, risk=Risk.LOW,
            decider=world.people[wanted], reason=heard.lower, at=at,
        )  # fmt: skip


def _settle(world: World, heard: Heard, outcome: Outcome, login: str, at: datetime) -> None:
    same = world.told[heard.same_as].number if heard.same_as else ""
    with world.stage.staff(login, at) as actor:
        decide_report(
            actor=actor, report_id=world.told[heard.key].report_id, outcome=outcome,
            message=heard.said, same_as=same, at=at,
        )  # fmt: skip


def _draft(world: World, at: datetime) -> None:
    sheet = Sheet(uuid7(), new_secret(), 0, uuid7(), UNFINISHED)
    with world.stage.staff(OFFICER[OFFICE], at) as actor:
        intake.save_draft(actor=actor, sheet=sheet, at=at)


def _pause(world: World, contact: Contact, at: datetime) -> None:
    report_id = world.told[contact.key].report_id
    with world.stage.staff(contact.desk.holder, at) as actor:
        intake.pause_report_clock(actor=actor, report_id=report_id, why=Pause.SURVIVOR, at=at)


def _second_persons(
    world: World, by_key: Mapping[str, Contact], now: datetime
) -> Iterator[Act]:
    for key, second in WAITING.items():
        if contact := by_key.get(key):
            yield Act(now - 3 * HOUR, partial(_lower, world, contact, second, None))
    if contact := by_key.get(LOWERED):
        yield Act(now - 7 * HOUR, partial(_lower, world, contact, HEAD[OFFICE], SAFER))
    if contact := by_key.get(CLOSING):
        yield Act(now - 2 * HOUR, partial(_propose, world, contact))


def _lower(
    world: World, contact: Contact, second: str, answer: str | None, at: datetime
) -> None:
    """Ask a second person to lower a risk; one that has an answer is granted at once."""
    manager = contact.case.manager if contact.case else ""
    if second == manager:
        second = HEAD[ALTERNATE]
    with world.stage.staff(manager, at) as actor:
        asked = ask_lower_case(
            actor=actor, case_id=world.cases[contact.key], risk=Risk.MEDIUM,
            decider=world.people[second], reason=SAFER, at=at,
        )  # fmt: skip
    if answer is not None:
        with world.stage.staff(second, at) as actor:
            decide_approval(
                actor=actor, approval_id=asked, step=Step.GRANT, answer=answer, at=at
            )


def _propose(world: World, contact: Contact, at: datetime) -> None:
    """Ask for a closing that waits for its second person, who works in English."""
    manager = contact.case.manager if contact.case else ""
    proposal = Proposal(
        closing=Closing.HELPED,
        note="Surat-surat sudah di tangannya. Tidak ada yang tertunda.",
        message="Surat Anda sudah lengkap. Bila nanti perlu, tulis saja di halaman ini.",
        reason="Yang diminta sudah selesai; tinggal satu jawaban mitra pekan ini.",
        yes=frozenset(Check),
        why_not=NOT_CHECKED,
    )
    with world.stage.staff(manager, at) as actor:
        able = {one.id for one in deciders(actor.organisation_id, actor.user_id)}
        second = next(
            world.people[login]
            for login in ("maria.kristanti", "siti.maesaroh")
            if world.people[login] in able
        )
        ask_to_close(
            actor=actor, case_id=world.cases[contact.key], proposal=proposal, decider=second,
            at=at,
        )  # fmt: skip


def _afterwards(world: World, by_key: Mapping[str, Contact], now: datetime) -> Iterator[Act]:
    """One comes back, and one says how the help was."""
    if contact := by_key.get(COME_BACK):
        yield Act(now - 26 * HOUR, partial(_reopen, world, contact))
        yield Act(now - 25 * HOUR, partial(_join, world, contact))
    if contact := by_key.get(HEARD_FROM):
        yield Act(now - 30 * HOUR, partial(_say, world, contact))


def _join(world: World, contact: Contact, at: datetime) -> None:
    """A colleague of the same office helps along, and reads what was told."""
    on_it = {contact.case.manager, contact.case.deputy} if contact.case else set()
    login = next(one for one in COLLEAGUES if one not in on_it)
    with world.stage.staff(contact.case.manager if contact.case else "", at) as actor:
        cases.add_colleague(
            actor=actor, case_id=world.cases[contact.key], user_id=world.people[login],
            compartments=[Compartment.NARRATIVE], at=at,
        )  # fmt: skip


def _reopen(world: World, contact: Contact, at: datetime) -> None:
    with world.stage.staff(contact.case.manager if contact.case else "", at) as actor:
        cases.reopen_case(
            actor=actor, case_id=world.cases[contact.key], at=at,
            reason="Ia menghubungi lagi: suami pulang dan ingin ikut konseling bersama.",
            message="Terima kasih sudah menulis lagi. Kita lanjutkan, tanpa mengulang cerita.",
        )  # fmt: skip


def _say(world: World, contact: Contact, at: datetime) -> None:
    with world.stage.reporter(world.told[contact.key].words, at) as actor:
        write_as_reporter(
            actor=actor, text=SHE_SAYS.to_text(), kind=MessageKind.FEEDBACK,
            form_tag=os.urandom(32), at=at,
        )  # fmt: skip
