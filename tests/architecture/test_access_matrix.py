"""S-14: every address × every kind of person. What is not in the table fails.

Each cell is asked over HTTP with a real session: by GET, and where a page only takes a POST, by
an empty POST, which an allowed person is told to fill in and a refused one never reaches.
"""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import make
from tests.architecture.access_table import KINDS, ON_THE_TEAM, TABLE
from tests.architecture.access_world import World, build
from tests.rules.grid import later

pytestmark = pytest.mark.django_db

WORDS = {
    "D": "the door",
    "W": "told to wait",
    "I": "let in",
    "F": "refused",
    "N": "knows of nothing",
}


def addresses(
    resolver: URLResolver, namespace: str = "", about: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every named address, with the names of what it is about."""
    for entry in resolver.url_patterns:
        keys = (*about, *entry.pattern.converters)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, inner, keys)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", keys


ADDRESSES = dict(addresses(get_resolver()))


def test_every_address_is_in_the_table_and_the_table_has_no_other() -> None:
    assert set(TABLE) == set(ADDRESSES)
    for name, cells in TABLE.items():
        assert len(cells) == len(KINDS), name
        assert set(cells) <= set(WORDS), name


@pytest.fixture
def world() -> World:
    return build()


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*KINDS, *ON_THE_TEAM])
def test_each_person_gets_what_the_table_says(kind: str, world: World) -> None:
    wrong = []
    for name, cells in TABLE.items():
        url = reverse(name, kwargs=world.about(name, ADDRESSES[name]))
        like = "colleague" if kind in ON_THE_TEAM else kind
        expected = ON_THE_TEAM.get(kind, {}).get(name, cells[KINDS.index(like)])
        got = asked(world, kind, url)
        if got != expected:
            wrong.append(f"{name}: {WORDS[got]}, not {WORDS[expected]}")
    assert not wrong, "; ".join(wrong)


def asked(world: World, kind: str, url: str) -> str:
    """What this person gets there; nothing is left behind."""
    with transaction.atomic():
        client = Client() if kind == "nobody" else make.signed_in(world.people[kind])
        response = client.get(url)
        if response.status_code == 405:
            response = client.post(url)
        transaction.set_rollback(True)
    return cell(response)


def cell(response: HttpResponse) -> str:
    if response.status_code in {301, 302} and response["Location"].startswith("/masuk/"):
        return "D"
    if response.status_code == 302 and response["Location"] == reverse("account:waiting"):
        return "W"
    letters = {401: "D", 403: "F", 404: "N"}
    assert response.status_code < 500
    return letters.get(response.status_code, "I")


INSIDERS = ("officer", "manager", "partner", "admin", "prevention_officer")


@pytest.mark.parametrize("kind", later(INSIDERS, *INSIDERS[2:]))
def test_an_id_that_is_nobodys_or_another_things_opens_nothing(kind: str, world: World) -> None:
    """At each address an id of nobody and two of other things; at the next one, other two."""
    others = world.ids_as_uuids()
    turn = [others[place:] + others[:place] for place in range(len(others))]
    browser = make.signed_in(world.people[kind])
    for number, name in enumerate(about_something()):
        strangers = strange_to(name, turn[number * 2 % len(others)], world)
        opens_nothing(browser, name, [make.stranger(), *strangers[:2]], world)


@pytest.mark.slow
@pytest.mark.parametrize("kind", INSIDERS)
def test_ids_of_other_things_open_nothing(kind: str, world: World) -> None:
    """At each address the id of everything else: their number grows by the square."""
    browser = make.signed_in(world.people[kind])
    for name in about_something():
        opens_nothing(browser, name, strange_to(name, world.ids_as_uuids(), world), world)


def about_something() -> list[str]:
    """The addresses that name a thing by its id."""
    return [
        name
        for name, keys in ADDRESSES.items()
        if any(key.endswith("_id") for key in keys)
        and not name.startswith(("style:", "sign_in:"))
    ]


def strange_to(name: str, ids: list[UUID], world: World) -> list[UUID]:
    """Those ids that are not of the things the address is about."""
    own = {str(value) for value in world.about(name, ADDRESSES[name]).values()}
    return [one for one in ids if str(one) not in own]


def with_id(name: str, stranger: UUID, world: World) -> dict[str, object]:
    """What stands in the address: this id for each id, everything else as it is."""
    known = world.about(name, ADDRESSES[name])
    return {k: stranger if isinstance(v, UUID) else v for k, v in known.items()}


def opens_nothing(browser: Client, name: str, strangers: list[UUID], world: World) -> None:
    for stranger in strangers:
        url = reverse(name, kwargs=with_id(name, stranger, world))
        response = browser.get(url)
        if response.status_code == 405:
            response = browser.post(url)
        assert response.status_code in {302, 403, 404}, (name, response.status_code)
