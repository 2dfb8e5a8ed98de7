"""What happens in a case: it is read, written in, talked about with her, and closed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.utils.timezone import localdate

from ruang.access.actor import Actor
from ruang.approvals.asking import deciders
from ruang.approvals.states import Step
from ruang.cases import commands as cases
from ruang.cases.queries import part_page, thread_page
from ruang.cases.states import Closing, Compartment
from ruang.consents.states import Basis
from ruang.demo.at_the_desk import her_words, she_looks
from ruang.demo.content.shape import CaseWork, Contact, Message, Note
from ruang.demo.with_partners import partner_acts
from ruang.demo.world import Act, World
from ruang.intake.states import Side
from ruang.kernel.codes import Ground
from ruang.plans.commands import Proposal
from ruang.plans.states import Check
from ruang.referrals.commands import ask_to_close
from ruang.referrals.handing import CaseOver, MinutesText
from ruang.triage.commands.approving import decide_approval

FIRST_LOOK, NAMED = timedelta(minutes=9), timedelta(minutes=17)
SHE_SEES_THE_END = timedelta(hours=5)
FIRST_READ = (Compartment.IDENTITY, Compartment.NARRATIVE, Compartment.EVIDENCE)


def case_acts(world: World, contact: Contact, now: datetime) -> Iterator[Act]:
    """Return everything that happens in the case a contact became."""
    case, opened = contact.case, contact.desk.decided_at
    if case is None or opened is None:
        return
    key = contact.key
    yield Act(opened + FIRST_LOOK, partial(_first_look, world, key, case.manager))
    if case.names:
        yield Act(opened + NAMED, partial(_name, world, key, case))
    for note in case.notes:
        yield Act(note.at, partial(write, world, key, note))
    for message in case.thread:
        if message.side is Side.REPORTER:
            yield Act(message.at, partial(her_words, world, key, message))
        else:
            yield Act(message.at, partial(answer_in_case, world, key, message))
    yield from partner_acts(world, contact, now)
    if case.closed_at is not None:
        yield Act(case.closed_at, partial(_close, world, key, case))
        if case.thread and case.closed_at + SHE_SEES_THE_END < now:
            yield Act(case.closed_at + SHE_SEES_THE_END, partial(she_looks, world, key))


def read(actor: Actor, case_id: UUID, parts: tuple[Compartment, ...], at: datetime) -> None:
    """Let somebody of the team open parts of a case."""
    for part in parts:
        part_page(actor=actor, case_id=case_id, part=part, at=at)


def write(world: World, key: str, note: Note, at: datetime) -> None:
    """Let somebody of the team write a note."""
    with world.stage.staff(note.by, at) as actor:
        cases.write_note(
            actor=actor,
            case_id=world.cases[key],
            compartment=note.compartment,
            text=note.text,
            at=at,
        )


def _first_look(world: World, key: str, login: str, at: datetime) -> None:
    with world.stage.staff(login, at) as actor:
        thread_page(actor=actor, case_id=world.cases[key], at=at)
        read(actor, world.cases[key], FIRST_READ, at)


def _name(world: World, key: str, case: CaseWork, at: datetime) -> None:
    with world.stage.staff(case.manager, at) as actor:
        cases.write_names(actor=actor, case_id=world.cases[key], names=names_of(case), at=at)


NOT_YET = {
    Check.PARTNERS: "Permintaan yang masih berjalan ikut berakhir dengan penutupan.",
    Check.SIMFONI: "Diinput petugas data pada hari kerja berikutnya.",
    Check.LEGAL: "Sidang berikutnya didampingi lembaga bantuan hukum.",
}
"""What the closing says where the record has it as not done."""


def names_of(case: CaseWork) -> str:
    """Return the names of those involved, one a line."""
    return case.names.replace("; ", "\n")


def answer_in_case(world: World, key: str, message: Message, at: datetime) -> None:
    """Let the manager write to the reporter."""
    with world.stage.staff(message.by, at) as actor:
        cases.write_to_reporter(actor=actor, case_id=world.cases[key], text=message.text, at=at)


def _over(at: datetime) -> CaseOver:
    """Return the minutes of a case that the regency next door takes over."""
    return CaseOver(
        ground=Ground.TERRITORY,
        on=localdate(at),
        basis=Basis.PUBLIC,
        said=MinutesText(
            institution="UPTD PPA Kabupaten Serang",
            person="Kepala Seksi Tindak Lanjut UPTD PPA",
            agreed=(
                "Keluarga anak tinggal di wilayah kabupaten; anak dan pekerja sosial "
                "diberi tahu. Perlindungan anak terlantar adalah tugas publik."
            ),
            done=(
                "Penjangkauan dan asesmen awal sudah dilakukan, kebutuhan mendesak dipenuhi. "
                "Ringkasan asesmen dan kontak pekerja sosial diserahkan."
            ),
        ),
    )


def _close(world: World, key: str, case: CaseWork, at: datetime) -> None:
    """Let the manager ask for the closing, and a second person approve it."""
    proposal = Proposal(
        closing=case.closing or Closing.OTHER,
        note=case.closing_note,
        message=case.closing_message,
        reason="Yang disepakati sudah selesai; pendampingan dapat diakhiri.",
        yes=frozenset(Check),
        why_not=NOT_YET,
    )
    with world.stage.staff(case.manager, at) as actor:
        able = {one.id for one in deciders(actor.organisation_id, actor.user_id)}
        logins = [case.deputy, *world.people]
        second = next(login for login in logins if world.people[login] in able)
        asked = ask_to_close(
            actor=actor,
            case_id=world.cases[key],
            proposal=proposal,
            decider=world.people[second],
            over=_over(at) if proposal.closing is Closing.MOVED else None,
            at=at,
        )
    with world.stage.staff(second, at) as actor:
        decide_approval(
            actor=actor, approval_id=asked.approval, step=Step.GRANT, answer="", at=at
        )
