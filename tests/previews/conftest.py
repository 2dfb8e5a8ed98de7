"""One warm previewer for the folder, and ways to look at its processes."""

import contextlib
from collections.abc import Iterator

import psutil
import pytest

from ruang.previews import previewer as module
from ruang.previews.kinds import Family
from ruang.previews.previewer import Previewer
from tests.patience import until


@pytest.fixture(scope="session", autouse=True)
def nothing_compiled() -> Iterator[None]:
    """No child keeps what it compiles: what one of them writes, it should not have written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        yield


@pytest.fixture(scope="session")
def shared() -> Iterator[Previewer]:
    with contextlib.closing(Previewer()) as made:
        ready(made)
        yield made


def ready(previewer: Previewer) -> None:
    """Wait until its processes stand; a slow machine takes more than one look."""
    until(lambda: previewer.available().works)


@pytest.fixture
def own() -> Iterator[Previewer]:
    """A previewer of this test's own, to be mistreated."""
    with contextlib.closing(Previewer()) as made:
        yield made


def warm(previewer: Previewer, family: Family = Family.PHOTO) -> psutil.Process:
    process = previewer._children[family]._process
    assert process is not None
    return psutil.Process(process.pid)


@pytest.fixture
def possessed(monkeypatch: pytest.MonkeyPatch) -> Iterator["Possessed"]:
    """A previewer whose photo jobs run the bytes they get as Python: a decoder taken over."""
    made = Possessed(monkeypatch)
    yield made
    made.close()


class Possessed(Previewer):
    BODY = """
import ctypes, errno, json, mmap, os, resource, signal, socket, subprocess, threading, time
import encodings.idna
sys.path.insert(0, sys.argv[1])
from ruang.previews import child, render, sandbox
from ruang.previews.kinds import Family, Kind
libc = ctypes.CDLL(None, use_errno=True)
def possess(data, kind):
    space = dict(globals(), data=data, outcome=None)
    exec(data, space)
    if isinstance(space["outcome"], bytes):
        return space["outcome"]
    return b"\\xff\\xd8\\xff" + json.dumps(space["outcome"]).encode()
render.RENDERERS = {Family.PHOTO: possess}
"""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, before: str = "") -> None:
        super().__init__()
        self._monkeypatch = monkeypatch
        self.before(before)

    def before(self, code: str) -> None:
        """Have the process itself run this at its start."""
        script = f"import sys{self.BODY}{code}\nchild.main()"
        command = list(module.COMMAND)
        command[command.index("-c") + 1] = script
        self._monkeypatch.setattr(module, "COMMAND", tuple(command))
