"""Sealed to one of our own processes: everybody may seal, only that one opens."""

from collections.abc import Iterator

import pytest

from ruang.vault import processes, root
from ruang.vault.suites import Tampered

TWO = root.Root({1: b"a" * 32, 2: b"b" * 32})
SAID = b'{"codes": {"sex": "woman"}}'


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    before = root._installed
    yield
    root.install(before)


def as_process(process: str, of: root.Root = TWO) -> None:
    root.install(root.subkeys(of, process))


def sealed(payload: bytes = SAID) -> tuple[int, bytes]:
    as_process("web")
    return processes.seal_to("stats", payload)


def test_that_process_opens_what_another_sealed() -> None:
    version, blob = sealed()
    as_process("stats")
    assert version == 2
    assert processes.open_in("stats", version, blob) == SAID


@pytest.mark.parametrize("process", ["web", "jobs", "cli"])
def test_no_other_process_opens_it_not_even_the_one_that_sealed(process: str) -> None:
    version, blob = sealed()
    as_process(process)
    with pytest.raises(root.NoRoot):
        processes.open_in("stats", version, blob)


def test_a_process_that_was_not_given_the_public_half_cannot_seal() -> None:
    as_process("jobs")
    with pytest.raises(root.NoRoot):
        processes.seal_to("stats", SAID)


def test_what_was_sealed_under_an_older_root_still_opens() -> None:
    as_process("web", root.Root({1: b"a" * 32}))
    version, blob = processes.seal_to("stats", SAID)
    as_process("stats")
    assert version == 1
    assert processes.open_in("stats", version, blob) == SAID


@pytest.mark.parametrize("at", [2, 40, -1])
def test_one_changed_byte_opens_nothing(at: int) -> None:
    version, blob = sealed()
    changed = bytearray(blob)
    changed[at] ^= 1
    as_process("stats")
    with pytest.raises(Tampered):
        processes.open_in("stats", version, bytes(changed))


def test_the_length_does_not_tell_what_was_said() -> None:
    assert len(sealed(b"x")[1]) == len(sealed(b"y" * 40)[1])
