"""What a backup is: a consistent copy of the database, the sealed files, and a manifest.

The database is copied first, through its own means, while it goes on working; then the files,
which are written whole and never changed, so every file the copy speaks of is there. ROOT is
not in it: a backup alone opens nothing.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from ruang.audit import verify
from ruang.cli import Stop, postgres

MANIFEST, FILES = "manifest.json", "files"
SQLITE, POSTGRES = "ruang.sqlite3", "ruang.dump"
PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup.

    :ivar database: name of the copy, which says of what kind it is
    :ivar size: facts at the checkpoint that was made for this backup
    :ivar root: of the tree over them, hex
    :ivar files: name → size and sha256 of everything
    """

    taken_at: str
    database: str
    size: int
    root: str
    files: Mapping[str, list[int | str]]


def take(target: Path, at: datetime) -> Manifest:
    """Write a backup into a new folder and read it back.

    :raises Stop: if the folder is not empty or lies in RUANG_DATA, or a file read back differs
    """
    target, data = target.absolute(), Path(settings.DATA_FOLDER)
    if target == data or data in target.parents:
        raise Stop("A backup inside RUANG_DATA would be lost with it. Choose another folder.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Stop(f"{target.name} is not empty. Choose a new folder.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    (unfinished / FILES).mkdir(mode=0o700, parents=True)
    unfinished.chmod(0o700)
    checkpoint = verify.checkpoint(at=at)
    name = _copy_database(unfinished)
    seen = {name: _seen(unfinished / name)}
    for file in sorted(Path(settings.FILES_FOLDER).glob("[!.]*")):
        copy = unfinished / FILES / file.name
        try:
            seen[f"{FILES}/{file.name}"] = _copy(file, copy)
        except FileNotFoundError:  # swept away meanwhile: nothing in the copy speaks of it
            copy.unlink(missing_ok=True)
    root = bytes(checkpoint.root).hex()
    manifest = Manifest(at.isoformat(), name, checkpoint.size, root, seen)
    _write(unfinished / MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
    check(unfinished)
    if target.exists():
        target.rmdir()
    unfinished.rename(target)
    _sync(target.parent)
    return manifest


def check(folder: Path) -> Manifest:
    """Read a backup through and compare it with its manifest.

    :raises Stop: naming the first file that is missing, is one too many, or differs
    """
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_bytes()))
        expected = {
            name: [int(size), str(digest)] for name, (size, digest) in manifest.files.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        raise Stop(f"{folder.name} is no backup: its manifest cannot be read.") from None
    for name in sorted({*expected, *_names(folder)}):
        if name not in expected:
            raise Stop(f"The backup holds a file that is not its own: {name}.")
        if not (folder / name).is_file() or _seen(folder / name) != expected[name]:
            raise Stop(f"The backup is damaged: {name} is not what was written.")
    return manifest


def put_back(source: Path) -> Manifest:
    """Check a backup and put it into the empty RUANG_DATA, the database last.

    :raises Stop: if RUANG_DATA is not empty, or the backup or its copy is damaged
    """
    manifest, data = check(source), Path(settings.DATA_FOLDER)
    if (connection.vendor == "sqlite") != (manifest.database == SQLITE):
        raise Stop(
            f"This backup is {manifest.database}; the settings name {connection.vendor}."
        )
    if _is_used(data):
        raise Stop("RUANG_DATA is not empty. Move it away first; nothing is overwritten.")
    unfinished = data / ".restoring"
    shutil.rmtree(unfinished, ignore_errors=True)
    (unfinished / FILES).mkdir(mode=0o700, parents=True)
    for name in (MANIFEST, *manifest.files):
        _copy(source / name, unfinished / name)
    check(unfinished)
    place = Path(settings.FILES_FOLDER)
    if place.exists():
        place.rmdir()
    (unfinished / FILES).rename(place)
    _sync(place)
    _restore_database(unfinished / manifest.database)
    _sync(data)
    shutil.rmtree(unfinished)
    return manifest


def _is_used(data: Path) -> bool:
    if connection.vendor == "postgresql" and connection.introspection.table_names():
        return True
    return any(
        path.is_file() and path.relative_to(data).parts[0] not in {"logs", ".restoring"}
        for path in data.rglob("*")
    )


def _copy_database(folder: Path) -> str:
    if connection.vendor != "sqlite":
        dump = f"--file={folder / POSTGRES}"
        postgres.run("pg_dump", connection.settings_dict, "--format=custom", dump)
        (folder / POSTGRES).chmod(0o600)
        return POSTGRES
    place = Path(connection.settings_dict["NAME"])
    if shutil.disk_usage(folder).free < place.stat().st_size * 1.2:
        raise Stop("There is not enough space for a backup there.")
    with (
        closing(sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True, timeout=30)) as source,
        closing(sqlite3.connect(folder / SQLITE)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise Stop(f"The database is damaged: {verdict}.")
    (folder / SQLITE).chmod(0o600)
    return SQLITE


def _restore_database(copy: Path) -> None:
    if connection.vendor == "sqlite":
        copy.rename(connection.settings_dict["NAME"])
        return
    connection.close()
    options = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges")
    name = f"--dbname={connection.settings_dict['NAME']}"
    postgres.run("pg_restore", connection.settings_dict, name, *options, str(copy))


def _names(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if (path.is_file() or path.is_symlink()) and path.name != MANIFEST:
            yield str(path.relative_to(folder))


def _seen(path: Path) -> list[int | str]:
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256")
        return [os.fstat(source.fileno()).st_size, digest.hexdigest()]


def _copy(source: Path, target: Path) -> list[int | str]:
    """Copy durably; return the size and the sha256 of what was read."""
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as read, target.open("xb") as write:
        target.chmod(0o600)
        while piece := read.read(PIECE):
            digest.update(piece)
            size += len(piece)
            write.write(piece)
        write.flush()
        os.fsync(write.fileno())
    return [size, digest.hexdigest()]


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    for folder in (path.parent / FILES, path.parent):
        _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(handle)
    os.close(handle)
