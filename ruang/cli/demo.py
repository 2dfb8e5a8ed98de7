"""``ruang demo load|accounts``: only in a demo database, only on this machine."""

import argparse
import json

from ruang.cli import Stop
from ruang.cli.keyring import folders, start_django

NOT_DEMO = "This is not a demo database: its people have passwords of their own."
NOT_EMPTY = "There is something in this database; a demo is only loaded into an empty one."
NOT_READY = "The database is not up to date. Start `ruang serve` once; it migrates."
NOT_HERE = (
    "The demo is for this machine alone: everybody can work out its passwords. Take away "
    "RUANG_HOSTS and serve on 127.0.0.1; a real city begins with `ruang setup`."
)
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    sub = parser.add_subparsers(dest="what", required=True)
    sub.add_parser("load", help="load the demo city into an empty database")
    accounts = sub.add_parser("accounts", help="list the demo's logins")
    accounts.add_argument("--json", action="store_true", help="all of them, as JSON")


def run(given: argparse.Namespace) -> int:
    """Load, or list."""
    if given.what == "load":
        start_django(with_keys=True)
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        if not load_if_empty():
            raise Stop(NOT_EMPTY)
        return 0
    refuse_without_database()
    start_django()
    refuse_outside_demo()
    if given.json:
        from ruang.demo.accounts import accounts

        print(json.dumps([one.to_json() for one in accounts()], ensure_ascii=False, indent=1))
    else:
        print_accounts()
    return 0


def load_if_empty(*, host: str = "127.0.0.1") -> bool:
    """Load the demo if nobody has begun anything here; say whether that was so."""
    from ruang.demo import load
    from ruang.kernel import clock

    if not load.is_empty():
        return False
    refuse_elsewhere(host)
    print("Loading the demo city. This is done once and takes about half a minute.", flush=True)
    try:
        loaded = load.load(now=clock.now(), folder=folders()[0])
    except load.NotEmpty:
        raise Stop(NOT_EMPTY) from None
    print(
        f"{loaded.organisations} organisations, {loaded.people} people, "
        f"{loaded.contacts} contacts, {loaded.cases} cases, {loaded.requests} requests.",
        flush=True,
    )
    return True


def print_accounts() -> None:
    """Print one login a role, some of other houses, and the two codes; nothing elsewhere."""
    from ruang.demo.accounts import accounts, is_demo, shown_first
    from ruang.demo.examples import kept_examples

    if not is_demo():
        return
    refuse_elsewhere()
    print("\n  Demo: everybody and everything in it is invented.\n")
    for one in accounts()[: shown_first()]:
        print(f"  {one.role:<16} {one.login:<20} {one.password:<36} {one.organisation}")
    print("\n  All of them: .venv/bin/ruang demo accounts --json")
    for example in kept_examples(folders()[0]):
        print(f"\n  /pantau/  {example.words}\n            {example.number}: {example.about}")
    print(flush=True)


def refuse_wrong_place(host: str) -> None:
    """Stop before others can call a vault whose passwords are as cheap to guess as a demo's.

    :raises Stop: saying what to do
    """
    from ruang.vault import pairs

    if pairs.is_demo():
        refuse_elsewhere(host)


def refuse_outside_demo() -> None:
    """Stop unless this is a demo database on this machine.

    :raises Stop: saying why
    """
    from django.db import DatabaseError

    from ruang.demo.accounts import is_demo

    try:
        found = is_demo()
    except DatabaseError:
        raise Stop(NOT_READY) from None
    if not found:
        raise Stop(NOT_DEMO)
    refuse_elsewhere()


def refuse_without_database() -> None:
    """Stop where there is no database yet: looking into it would make an empty one.

    :raises Stop: saying so
    """
    from config import env

    data, _ = folders()
    if env.database("DATABASE_URL") is None and not (data / "ruang.sqlite3").exists():
        raise Stop(NOT_DEMO)


def refuse_elsewhere(host: str = "127.0.0.1") -> None:
    """Stop if callers from elsewhere are let in.

    :raises Stop: saying so
    """
    from config import env

    if env.words("HOSTS") or host not in LOOPBACK:
        raise Stop(NOT_HERE)
