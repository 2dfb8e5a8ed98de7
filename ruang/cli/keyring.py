"""Reading ROOT on the command line, and never making a second one for data that has one."""

import sqlite3
from contextlib import closing
from pathlib import Path

from config import env
from ruang.cli import Stop
from ruang.cli.processes import BASE, harden
from ruang.vault import root

LOST = (
    "ROOT is missing in {folder}, but there is data. A new one would open nothing of it. "
    "Put back the file 'root', or write the line from the sealed envelope into it (mode 0600)."
)


def folders() -> tuple[Path, Path]:
    """Return the folders of data and of secrets."""
    return env.folder("DATA", BASE / "data"), env.folder("SECRETS", BASE / "secrets")


def open_root() -> root.Root:
    """Read ROOT; make it on first use, when there is nothing yet that another one opens.

    :raises Stop: if it is missing although there is data
    """
    data, secrets = folders()
    if not (secrets / root.FILE).exists() and _has_data(data):
        raise Stop(LOST.format(folder=secrets))
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if data == secrets or data in secrets.parents:
        raise Stop("RUANG_SECRETS must not be inside RUANG_DATA: a backup would contain ROOT.")
    return root.load(secrets)


def start_django(*, with_keys: bool = False) -> None:
    """Set Django up in this process, with the command line's sub-keys if needed."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if with_keys:
        harden()
        root.install(root.subkeys(open_root(), "cli"))
    django.setup()


def _has_tables(database: Path) -> bool:
    """Say whether somebody migrated this SQLite file; a tool may have left an empty one."""
    if not database.exists():
        return False
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    return found is not None


def _has_data(data: Path) -> bool:
    """Say whether there is a database already."""
    address = env.database("DATABASE_URL")
    if address is None:
        return _has_tables(data / "ruang.sqlite3")
    import psycopg

    options = {str(k): str(v) for k, v in dict(address["OPTIONS"]).items()}  # type: ignore[call-overload]
    known = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    options |= {name: str(address[key]) for name, key in known.items() if address[key]}
    try:
        with psycopg.connect(**options, connect_timeout=10) as connection:  # type: ignore[arg-type]
            row = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
    except psycopg.OperationalError as error:
        raise Stop(f"The database does not answer: {type(error).__name__}.") from None
    return row is not None and row[0] is not None
