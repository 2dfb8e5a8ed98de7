"""ROOT: the 32 bytes that are never in the data folder, the database or a backup of them.

``ruang serve`` reads it and hands each process only the sub-keys it needs, over a pipe.
This module knows no Django, so that settings may ask it for their secret.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ruang.vault.suites import derive, pair_from

FILE = "root"
FOR_PROCESS = {
    "web": ("pepper", "carry", "release", "stats.public", "django", "log", "log.public"),
    "jobs": ("django",),
    "cli": ("pepper", "carry", "release", "stats.public", "django", "log.public"),
    "stats": ("stats",),
}
"""Which sub-keys a process gets."""
PUBLIC = ".public"
"""A name that ends so is the public half of the pair behind that sub-key: no secret."""


class NoRoot(RuntimeError):  # noqa: N818 - the state it describes
    """This process was given no such sub-key."""


@dataclass(frozen=True, repr=False)
class Root:
    """The root secrets by version; the highest is the one in force."""

    versions: Mapping[int, bytes]


@dataclass(frozen=True, repr=False)
class Subkeys:
    """Sub-keys by version and name, for one process."""

    by_version: Mapping[int, Mapping[str, bytes]]

    def to_bytes(self) -> bytes:
        """Return the form that goes through the pipe."""
        rows = {
            str(version): {name: key.hex() for name, key in keys.items()}
            for version, keys in self.by_version.items()
        }
        return json.dumps(rows).encode()

    @classmethod
    def from_bytes(cls, payload: bytes) -> "Subkeys":
        """Read what :meth:`to_bytes` wrote."""
        return cls(
            {
                int(version): {name: bytes.fromhex(key) for name, key in keys.items()}
                for version, keys in json.loads(payload).items()
            }
        )


def load(folder: Path) -> Root:
    """Read ROOT, creating it on first use.

    :raises NoRoot: if the file can be read by others than its owner
    """
    path = folder / FILE
    if not path.exists():
        add_version(folder)
    if path.stat().st_mode & 0o077:
        raise NoRoot(f"{FILE} must be readable by its owner alone (mode 0600)")
    rows = (line.split() for line in path.read_text().splitlines() if line.strip())
    return Root({int(version): bytes.fromhex(secret) for version, secret in rows})


def add_version(folder: Path) -> int:
    """Append a new root secret and return its version; old ones stay readable."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE
    old = path.read_text().splitlines() if path.exists() else []
    version = len(old) + 1
    temporary = folder / f".{FILE}.new"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write("".join(f"{line}\n" for line in [*old, f"{version} {secrets.token_hex(32)}"]))
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)
    return version


def subkeys(root: Root, process: str) -> Subkeys:
    """Derive what one kind of process may have."""
    return Subkeys(
        {
            version: {name: _derived(secret, name) for name in FOR_PROCESS[process]}
            for version, secret in root.versions.items()
        }
    )


def _derived(secret: bytes, name: str) -> bytes:
    subkey = derive(secret, f"root|{name.removesuffix(PUBLIC)}")
    return pair_from(subkey)[1] if name.endswith(PUBLIC) else subkey


_installed: Subkeys | None = None


def install(given: Subkeys | None) -> None:
    """Keep the sub-keys of this process in its memory (None forgets them)."""
    global _installed  # noqa: PLW0603 - a process has one set of sub-keys, given at its birth
    _installed = given


def version() -> int:
    """Return the version in force.

    :raises NoRoot: if this process was given no sub-keys
    """
    if _installed is None:
        raise NoRoot("this process was given no sub-keys")
    return max(_installed.by_version)


def versions() -> tuple[int, ...]:
    """Return every version this process can still read, newest first."""
    return tuple(sorted(_installed.by_version, reverse=True)) if _installed else ()


def key(name: str, at_version: int | None = None) -> bytes:
    """Return a sub-key.

    :raises NoRoot: if this process was not given it
    """
    try:
        return _installed.by_version[at_version or version()][name]  # type: ignore[union-attr]
    except (KeyError, AttributeError):
        raise NoRoot(f"this process was not given {name!r}") from None
