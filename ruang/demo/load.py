"""Loads the demo city into an empty database: all of it, or nothing.

Everything goes through the commands, in the order of time, each with its own moment. It is one
transaction: who stops the first `make run` halfway finds an empty database the next time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import translation

from ruang.access.actor import SYSTEM
from ruang.audit.feed import last_number
from ruang.clocks.commands import sweep_clocks
from ruang.demo.at_the_desk import desk_acts
from ruang.demo.breaches import breaches
from ruang.demo.case_kinds import kind_acts
from ruang.demo.content.dossiers import DOSSIERS
from ruang.demo.content.shape import Contact
from ruang.demo.content.year import contacts
from ruang.demo.dossiers import dossier_acts
from ruang.demo.examples import keep_examples
from ruang.demo.extras import extra_acts
from ruang.demo.field import field_acts
from ruang.demo.founding import comings_and_goings, found_city, visits
from ruang.demo.in_the_case import case_acts
from ruang.demo.last_words import last_words
from ruang.demo.office import office_acts
from ruang.demo.plans import plan_acts
from ruang.demo.register import enter_register
from ruang.demo.sessions import prevention_acts
from ruang.demo.world import Act, World
from ruang.identity import directory
from ruang.identity.queries import forget_readiness
from ruang.intake.commands import sweep_receipt_copies, sweep_used_nonces
from ruang.previews.previewer import Previewer
from ruang.territory.facts import forget_city
from ruang.territory.queries import city
from ruang.vault import pairs


class NotEmpty(Exception):  # noqa: N818 - what was found
    """There is something in this database already: a demo is never mixed with anything."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded.

    :ivar long_cases: the cases that are told from end to end, by the key of their contact
    """

    organisations: int
    people: int
    contacts: int
    cases: int
    requests: int
    facts: int
    long_cases: Mapping[str, UUID]


def is_empty() -> bool:
    """Say whether nobody has begun anything in this database."""
    forget_city()
    return not (city().is_set_up or last_number() or directory.organisations())


def load(*, now: datetime, folder: Path) -> Loaded:
    """Load the demo as it stands at this moment.

    :param folder: where the example codes are written, beside the database
    :raises NotEmpty: if there is anything in the database
    """
    previewer = Previewer()
    try:
        with translation.override("id"), transaction.atomic():
            return _load(now, folder, previewer)
    finally:
        previewer.close()
        forget_city()
        forget_readiness()


def _load(now: datetime, folder: Path, previewer: Previewer) -> Loaded:
    if not is_empty():
        raise NotEmpty
    try:
        pairs.begin_demo()
    except RuntimeError:
        raise NotEmpty from None
    world, year = World(), contacts(now=now)
    found_city(world, now)
    enter_register(world, now)
    for act in sorted(_script(world, year, now, previewer), key=lambda act: act.at):
        act.do(act.at)
    sweep_clocks(actor=SYSTEM, at=now)
    world.stage.leave(now)
    sweep_receipt_copies(actor=SYSTEM, at=now)
    sweep_used_nonces(actor=SYSTEM, at=now)
    keep_examples(world, folder)
    return Loaded(
        organisations=len(world.places),
        people=len(world.people),
        contacts=len(world.told),
        cases=len(world.cases),
        requests=len(world.requests),
        facts=last_number(),
        long_cases={key: world.cases[key] for key in DOSSIERS if key in world.cases},
    )


def _script(
    world: World, year: Iterable[Contact], now: datetime, previewer: Previewer
) -> Iterator[Act]:
    for contact in year:
        yield from desk_acts(world, contact, previewer)
        yield from case_acts(world, contact, now)
        yield from dossier_acts(world, contact, now)
        yield from kind_acts(world, contact, now)
    yield from last_words(world, year, now)
    yield from comings_and_goings(world, now)
    yield from breaches(world, now)
    yield from visits(world, now)
    yield from extra_acts(world, year, now, previewer)
    yield from office_acts(world, year, now)
    yield from prevention_acts(world, now)
    yield from field_acts(world, now, previewer)
    yield from plan_acts(world, now)
