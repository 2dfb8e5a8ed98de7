"""Settings from the environment: typed, documented by their names, and loud when wrong.

Every name starts with ``RUANG_``. Where a value may be secret, ``NAME_FILE`` names a file that
holds it, so that nothing secret has to stand in the environment. A value that cannot be
understood stops the program with a sentence; so does a name nobody asked for (a misspelt
setting that is silently ignored is how a server ends up open).
"""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

PREFIX = "RUANG_"
_YES = frozenset({"1", "yes", "true", "on"})
_NO = frozenset({"0", "no", "false", "off"})
_asked: set[str] = set()


class Misconfigured(Exception):  # noqa: N818 - its message is all there is to say
    """A setting is missing or cannot be understood. The message names it and what would do."""


def text(name: str, default: str | None = None) -> str:
    """Return a setting as it was written.

    :raises Misconfigured: if it is missing and there is no default
    """
    value = _raw(name)
    if value is None:
        if default is None:
            raise Misconfigured(f"{PREFIX}{name} is missing. Set it, or {PREFIX}{name}_FILE.")
        return default
    return value


def number(name: str, default: int, *, least: int = 0, most: int = 1_000_000_000) -> int:
    """Return a whole number between two bounds.

    :raises Misconfigured: if it is no number or out of bounds
    """
    value = _raw(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise Misconfigured(f"{PREFIX}{name} must be a whole number from {least} to {most}.")
    return int(value)


def flag(name: str, *, default: bool) -> bool:
    """Return yes or no.

    :raises Misconfigured: if it is neither
    """
    value = _raw(name)
    if value is None:
        return default
    if value.lower() not in _YES | _NO:
        raise Misconfigured(f"{PREFIX}{name} must be yes or no.")
    return value.lower() in _YES


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """Return one of these words; the first when missing.

    :raises Misconfigured: if it is another
    """
    value = _raw(name)
    if value is None:
        return choices[0]
    if value.lower() not in choices:
        raise Misconfigured(f"{PREFIX}{name} must be one of: {', '.join(choices)}.")
    return value.lower()


def words(name: str) -> list[str]:
    """Return a list written with commas or spaces between; empty when missing."""
    return (_raw(name) or "").replace(",", " ").split()


def folder(name: str, default: Path) -> Path:
    """Return an absolute folder; a relative one counts from where the program was started.

    :raises Misconfigured: if something that is not a folder stands there
    """
    path = Path(_raw(name) or default).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise Misconfigured(f"{PREFIX}{name} must be a folder; {path} is not one.")
    return path


def database(name: str) -> dict[str, object] | None:
    """Return Django's entry for the PostgreSQL address in a setting, or None when missing.

    The form is ``postgresql://user:password@host:port/name?sslmode=verify-full``. A host that
    begins with ``/`` (written ``%2F``) is the folder of a socket.

    :raises Misconfigured: if it is no such address; the message does not repeat it
    """
    value = _raw(name)
    if value is None:
        return None
    try:
        url = urlsplit(value)
        port = str(url.port or "")
    except ValueError as error:
        raise Misconfigured(f"{PREFIX}{name} is not an address: {error}.") from None
    if url.scheme not in {"postgres", "postgresql"} or len(url.path) < 2:
        raise Misconfigured(f"{PREFIX}{name} must read postgresql://user@host:port/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path[1:]),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(_host(url.netloc)),
        "PORT": port,
        "OPTIONS": dict(parse_qsl(url.query)),
    }


def _host(netloc: str) -> str:
    """Return the host as it was written: the folder of a socket may have capital letters."""
    place = netloc.rpartition("@")[2]
    return place[1 : place.find("]")] if place.startswith("[") else place.partition(":")[0]


def refuse_unknown(environ: Mapping[str, str] = os.environ) -> None:
    """Stop on a name that looks like a setting but that nobody asked for.

    :raises Misconfigured: naming them
    """
    strangers = sorted(n for n in environ if n.startswith(PREFIX) and n not in _asked)
    if strangers:
        raise Misconfigured(f"No such setting: {', '.join(strangers)}. Is it misspelt?")


def expect(*names: str) -> None:
    """Note settings that other parts of the program read, so that they are not strangers."""
    _asked.update(f"{PREFIX}{name}" for name in names)


def _raw(name: str) -> str | None:
    """Return the value, from the environment or from the file it names; empty is missing."""
    key, key_of_file = f"{PREFIX}{name}", f"{PREFIX}{name}_FILE"
    _asked.update((key, key_of_file))
    value, path = os.environ.get(key), os.environ.get(key_of_file)
    if value and path:
        raise Misconfigured(f"Both {key} and {key_of_file} are set. Keep one.")
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not text"
            raise Misconfigured(f"{key_of_file} cannot be read: {reason}.") from None
    return (value or "").strip() or None
