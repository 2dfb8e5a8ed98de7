"""The demo city is set up like every other: organisations, officials, members, the form."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from ruang.access.actor import SYSTEM, Actor
from ruang.access.permissions import Permission
from ruang.access.roles import GRANTS, Role
from ruang.clocks.commands import add_rule
from ruang.clocks.said import OwnRule, RuleWords, Time
from ruang.clocks.states import Moment, Unit
from ruang.demo.content.organisations import ALTERNATE, OFFICE, ORGANISATIONS
from ruang.demo.content.people import PEOPLE
from ruang.demo.content.shape import Person
from ruang.demo.passwords import password_of
from ruang.demo.world import Act, World
from ruang.identity.commands import (
    Official,
    accept_invitation,
    choose_language,
    confirm_member,
    found_organisation,
    invite_member,
    open_reporting,
    seat_officials,
    suspend_member,
)
from ruang.identity.queries import member_page
from ruang.identity.states import State
from ruang.territory.commands import set_desks, set_numbers, set_up_city
from ruang.territory.facts import NOT_SET_UP, Number

CITY, UNIT = "36.73", "DP3AKB Kota Serang"
BEFORE = timedelta(days=400)
"""How long ago the city began. The first contact came in later."""
PACE = timedelta(minutes=4)
DAY = timedelta(days=1)
OF_THE_CITY = OwnRule(
    RuleWords(
        "Balas surat dari lembaga lain", "Answer a letter from another institution",
        "Manajer kasus", "The case manager",
    ),
    Moment.BY_HAND,
    Moment.BY_HAND,
    Time(5, Unit.WORKDAYS, "SK Kepala DP3AKB 12/2025", date(2025, 9, 1), may_pause=True),
)  # fmt: skip
"""A time limit that this city decided for itself."""
LOOK_IN = frozenset({Role.HEAD, Role.ADMIN, Role.AUDITOR, Role.QUORUM_OFFICIAL})
PERSON = {person.login: person for person in PEOPLE}
ADMIN = next(p.login for p in PEOPLE if p.role is Role.ADMIN and p.place == OFFICE)
OFFICIALS = tuple(p for p in PEOPLE if p.role is Role.QUORUM_OFFICIAL)
LATELY = {State.WAITING: 1, State.INVITED: 2}
"""Days ago that those were invited who are not members yet."""


def found_city(world: World, now: datetime) -> None:
    """Set up the city, its organisations, its officials and everybody who worked there then."""
    times = _times(now - BEFORE)
    set_up_city(actor=SYSTEM, code=CITY, unit_name=UNIT, is_demo=True, at=next(times))
    for one in ORGANISATIONS:
        world.places[one.key] = found_organisation(
            actor=SYSTEM, name=one.name, kind=one.kind, phone=one.phone, at=next(times)
        )
    _seat(world, next(times))
    set_desks(
        actor=SYSTEM,
        intake_desk=world.places[OFFICE],
        alternate_desk=world.places[ALTERNATE],
        at=next(times),
    )
    _invite(world, SYSTEM, PERSON[ADMIN], next(times))
    holders: dict[str, str] = {}
    for person in PEOPLE:
        if person.account in LATELY or person.login in {ADMIN, *_logins(OFFICIALS)}:
            continue
        _enter(world, person, next(times), holders)
    at = next(times)
    with world.stage.staff(ADMIN, at) as admin:
        office = Number(
            "DP3AKB", ORGANISATIONS[0].phone, "Senin–Jumat, 08.00–16.00",
            note_en="Monday–Friday, 08:00–16:00",
        )  # fmt: skip
        hotlines = (*NOT_SET_UP.hotlines, office)
        set_numbers(actor=admin, emergency=NOT_SET_UP.emergency, hotlines=hotlines, at=at)
        open_reporting(actor=admin, at=at)
        add_rule(actor=admin, own=OF_THE_CITY, at=at)


def comings_and_goings(world: World, now: datetime) -> Iterator[Act]:
    """Return what happens to accounts later on: who leaves for a time, who is new."""
    for person in PEOPLE:
        if person.account is State.SUSPENDED:
            yield Act(now - 30 * DAY, partial(_suspend, world, person))
        elif person.account in LATELY:
            then = now - LATELY[person.account] * DAY
            yield Act(then, partial(_newcomer, world, person))


def visits(world: World, now: datetime) -> Iterator[Act]:
    """Return the last visits of those who take no reports and no cases."""
    for n, person in enumerate(PEOPLE):
        if person.role in LOOK_IN and person.account is State.ACTIVE:
            at = now - timedelta(hours=30 + 11 * n % 290)
            yield Act(at, partial(_visit, world, person.login))


def _times(start: datetime) -> Iterator[datetime]:
    at = start
    while True:
        yield at
        at += PACE


def _logins(people: tuple[Person, ...]) -> set[str]:
    return {person.login for person in people}


def _seat(world: World, at: datetime) -> None:
    seats = [
        Official(world.places[one.place], one.name, one.login, password_of(one.login))
        for one in OFFICIALS
    ]
    codes = seat_officials(actor=SYSTEM, officials=seats, at=at)
    world.people.update(zip((one.login for one in OFFICIALS), codes, strict=True))


def _invite(world: World, actor: Actor, person: Person, at: datetime) -> bool:
    """Invite somebody, who accepts unless still invited now; say whether she waits for keys."""
    invited = invite_member(
        actor=actor,
        organisation_id=world.places[person.place],
        name=person.name,
        login=person.login,
        role=person.role,
        at=at,
    )
    world.people[person.login] = invited.user_id
    if person.account is State.INVITED:
        return False
    password = password_of(person.login)
    return accept_invitation(actor=SYSTEM, code=invited.code, password=password, at=at).waits


def _enter(world: World, person: Person, at: datetime, holders: dict[str, str]) -> None:
    """Let somebody become a member; a colleague who holds the desk's key hands it over."""
    with world.stage.staff(ADMIN, at) as admin:
        waits = _invite(world, admin, person, at)
    if waits:
        with world.stage.staff(holders[person.place], at) as colleague:
            _confirm(world, colleague, person, at)
    elif Permission.DESK_KEY in GRANTS[person.role]:
        holders.setdefault(person.place, person.login)
    if person.language != "id":
        with world.stage.staff(person.login, at) as actor:
            choose_language(actor=actor, language=person.language, at=at)


def _confirm(world: World, colleague: Actor, person: Person, at: datetime) -> None:
    user_id = world.people[person.login]
    shown = member_page(actor=colleague, user_id=user_id, at=at).fingerprint
    confirm_member(actor=colleague, user_id=user_id, shown=" ".join(shown), at=at)


def _newcomer(world: World, person: Person, at: datetime) -> None:
    with world.stage.staff(_head(person.place), at) as head:
        _invite(world, head, person, at)


def _suspend(world: World, person: Person, at: datetime) -> None:
    with world.stage.staff(_head(person.place), at) as head:
        suspend_member(actor=head, user_id=world.people[person.login], at=at)


def _visit(world: World, login: str, at: datetime) -> None:
    with world.stage.staff(login, at):
        pass


def _head(place: str) -> str:
    return next(p.login for p in PEOPLE if p.place == place and p.role is Role.HEAD)
