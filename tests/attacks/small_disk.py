"""A city on disks so small that a test can fill them, one at a time, and empty them again.

As root the folders of the data, of the sealed files, of the logs and of temporary files each
are a small disk of their own. Anybody can forbid a running process to make any file longer,
which is what a full disk is to it; that needs no mount, and fills everything at once.
"""

import contextlib
import errno
import os
import resource
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil

from tests.attacks.served import Served

DISKS = {"data": "data", "files": "data/files", "logs": "data/logs", "tmp": "tmp"}
"""Each disk, and where it is below the city's place."""
SIZE = "24m"
BLOCK = 64 * 1024


def may_mount() -> bool:
    """Say whether this user, on this machine, can mount anything at all."""
    if os.geteuid() != 0:
        return False
    tried = subprocess.run(
        ["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"],
        capture_output=True, check=False,
    )  # fmt: skip
    return tried.returncode == 0


@contextlib.contextmanager
def mounted(place: Path) -> Iterator[Mapping[str, Path]]:
    """Small disks below a place; afterwards they are gone, with all that was on them."""
    found = {name: place / where for name, where in DISKS.items()}
    done: list[Path] = []
    try:
        for path in found.values():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            options = f"size={SIZE},mode=0700"
            subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", path], check=True)
            done.append(path)
        yield found
    finally:
        for path in reversed(done):
            subprocess.run(["umount", "--lazy", path], check=True)


@contextlib.contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Leave not one byte free on a disk; afterwards all that was free before."""
    filler = disk / "penuh"
    try:
        with filler.open("wb", buffering=0) as out:
            for size in (BLOCK, 1):
                _write_while_there_is_room(out.fileno(), bytes(size))
        yield
    finally:
        filler.unlink(missing_ok=True)


def _write_while_there_is_room(handle: int, block: bytes) -> None:
    try:
        while True:
            os.write(handle, block)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise


@contextlib.contextmanager
def forbidden_to_grow(city: Served) -> Iterator[None]:
    """Let none of the server's processes write past the first byte of any file."""
    before: dict[int, tuple[int, int]] = {}
    try:
        for kind in ("config.web", "config.jobs"):
            for one in city.processes(kind):
                before[one.pid] = one.rlimit(psutil.RLIMIT_FSIZE)
                one.rlimit(psutil.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
        yield
    finally:
        for pid, limits in before.items():
            psutil.Process(pid).rlimit(psutil.RLIMIT_FSIZE, limits)
