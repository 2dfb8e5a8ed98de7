"""What happens to a contact until it is decided: told, taken, judged, talked about, decided."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from ruang.access.actor import ANYBODY
from ruang.demo.content.shape import Contact, DeskWork, Message
from ruang.demo.files import files_of
from ruang.demo.world import Act, Told, World
from ruang.intake.commands import (
    Form,
    claim_report,
    pass_on_report,
    rate_report,
    receive_report,
    write_to_reporter,
)
from ruang.intake.queries import opened_report
from ruang.intake.states import Risk, Side
from ruang.previews.previewer import Previewer
from ruang.triage.commands import Leads, Over, decide_report, write_as_reporter
from ruang.triage.queries.follow import follow_page
from ruang.triage.states import Ground, Outcome
from ruang.vault import receipts
from ruang.vault.suites import new_secret


def desk_acts(world: World, contact: Contact, previewer: Previewer) -> Iterator[Act]:
    """Return everything that the desk and the reporter do with a contact before the case."""
    yield Act(contact.received_at, partial(_receive, world, contact, previewer))
    yield from _work(world, contact, contact.desk)
    yield from talk_acts(world, contact.key, contact.thread)
    if contact.desk.then is not None:
        yield from _work(world, contact, contact.desk.then)


def talk_acts(world: World, key: str, thread: Iterable[Message]) -> Iterator[Act]:
    """Return the messages of a thread while it lies at the desk."""
    for message in thread:
        if message.side is Side.REPORTER:
            yield Act(message.at, partial(her_words, world, key, message))
        else:
            yield Act(message.at, partial(answer, world, key, message))


def her_words(world: World, key: str, message: Message, at: datetime) -> None:
    """Let the reporter open her thread and write."""
    with world.stage.reporter(world.told[key].words, at) as actor:
        write_as_reporter(
            actor=actor, text=message.text, kind=message.kind, form_tag=os.urandom(32), at=at
        )


def she_looks(world: World, key: str, at: datetime) -> None:
    """Let the reporter read what is new, and write nothing."""
    with world.stage.reporter(world.told[key].words, at) as actor:
        follow_page(actor=actor, at=at)


def _receive(world: World, contact: Contact, previewer: Previewer, at: datetime) -> None:
    receipt = receive_report(
        actor=ANYBODY,
        form=Form(secret=new_secret(), page=new_secret()),
        told=contact.told,
        files=files_of(contact.key, previewer),
        at=at,
    )
    found = receipts.open_words(receipt.words or "")
    if found is None:
        raise RuntimeError("the receipt opens nothing")
    world.told[contact.key] = Told(found[0], receipt.number, receipt.words or "")


def _work(world: World, contact: Contact, work: DeskWork) -> Iterator[Act]:
    key = contact.key
    if work.claimed_at:
        yield Act(work.claimed_at, partial(_claim, world, key, work.holder))
    if work.rated_at and work.risk:
        yield Act(work.rated_at, partial(_rate, world, key, work.rated_by, work.risk))
    if work.passed_at:
        yield Act(work.passed_at, partial(_pass_on, world, key, work.holder, work.passed_to))
    if work.decided_at and work.outcome:
        yield Act(work.decided_at, partial(_decide, world, contact, work))


def _claim(world: World, key: str, login: str, at: datetime) -> None:
    report_id = world.told[key].report_id
    with world.stage.staff(login, at) as actor:
        claim_report(actor=actor, report_id=report_id, at=at)
        opened_report(actor=actor, report_id=report_id, at=at)


def _rate(world: World, key: str, login: str, risk: Risk, at: datetime) -> None:
    with world.stage.staff(login, at) as actor:
        rate_report(actor=actor, report_id=world.told[key].report_id, risk=risk, at=at)


def _pass_on(world: World, key: str, login: str, to: str, at: datetime) -> None:
    report_id = world.told[key].report_id
    with world.stage.staff(login, at) as actor:
        pass_on_report(actor=actor, report_id=report_id, colleague=world.people[to], at=at)
    with world.stage.staff(to, at) as colleague:
        opened_report(actor=colleague, report_id=report_id, at=at)


def answer(world: World, key: str, message: Message, at: datetime) -> None:
    """Let whoever holds the report write to the reporter."""
    report_id = world.told[key].report_id
    with world.stage.staff(message.by, at) as actor:
        write_to_reporter(actor=actor, report_id=report_id, text=message.text, at=at)


def _decide(world: World, contact: Contact, work: DeskWork, at: datetime) -> None:
    case, leads = contact.case, None
    if case is not None and work is contact.desk:
        leads = Leads(world.people[case.manager], world.people[case.deputy])
    with world.stage.staff(work.decided_by, at) as actor:
        case_id = decide_report(
            actor=actor,
            report_id=world.told[contact.key].report_id,
            outcome=work.outcome or Outcome.COUNSELLING,
            message=work.told,
            leads=leads,
            over=_over(world, work),
            at=at,
        )
    if case_id is not None:
        world.cases[contact.key] = case_id


def _over(world: World, work: DeskWork) -> Over | None:
    """Return to whom the report is handed over, with its minutes."""
    if not work.to_desk:
        return None
    minutes = "Kejadian dan tempat tinggal di wilayah kabupaten. Sudah didengar dan dijawab."
    return Over(world.places[work.to_desk], Ground.TERRITORY, minutes)
