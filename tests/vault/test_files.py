"""Sealed files: whole or refused, and gone without a trace when writing fails."""

import os
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ruang.vault import files
from ruang.vault.suites import Tampered


@given(size=st.integers(0, 3 * files.CHUNK + 5))
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
def test_a_file_comes_back_bit_for_bit(size: int) -> None:
    data, file_id = os.urandom(size), uuid4()
    key = files.write_file(file_id, data)
    assert b"".join(files.read_file(file_id, key, size)) == data
    files.remove_file(file_id)


def test_its_size_on_disk_is_one_of_few() -> None:
    sizes = {files.padded_size(size) for size in range(25 * 1024 * 1024)[::9_973]}
    assert len(sizes) < 90
    for size in (1, 4_096, 4_097, 65_536, 65_537, 10_000_000):
        assert size <= files.padded_size(size) <= max(4_096, size * 4)
        if size > files.CHUNK:
            assert files.padded_size(size) <= size * 1.13 + 1


@pytest.mark.parametrize("place", [0, 3, 8, 40_000, 70_000, -1])
def test_one_changed_bit_is_found(place: int) -> None:
    data, file_id = os.urandom(100_000), uuid4()
    key = files.write_file(file_id, data)
    path = files.folder() / str(file_id)
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)
    with pytest.raises(Tampered):
        list(files.read_file(file_id, key, len(data)))


@pytest.mark.parametrize("cut", [1, 8, 65_560, 65_561])
def test_a_file_cut_short_is_found(cut: int) -> None:
    data, file_id = os.urandom(200_000), uuid4()
    key = files.write_file(file_id, data)
    path = files.folder() / str(file_id)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(Tampered):
        list(files.read_file(file_id, key, len(data)))


def test_chunks_cannot_be_put_in_another_order_nor_files_swapped() -> None:
    data, one, other = os.urandom(files.CHUNK * 2), uuid4(), uuid4()
    key = files.write_file(one, data)
    path = files.folder() / str(one)
    raw = path.read_bytes()
    head, first, second = raw[:8], raw[8:65_560], raw[65_560:]
    path.write_bytes(head + second + first)
    with pytest.raises(Tampered):
        list(files.read_file(one, key, len(data)))
    (files.folder() / str(other)).write_bytes(raw)
    with pytest.raises(Tampered):
        list(files.read_file(other, key, len(data)))


def test_a_size_that_is_not_the_files_is_found() -> None:
    file_id = uuid4()
    key = files.write_file(file_id, b"abc")
    with pytest.raises(Tampered):
        list(files.read_file(file_id, key, 10_000_000))


def test_a_failed_write_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write_file(uuid4(), b"isi")
    assert list(Path(files.folder()).iterdir()) == []


def test_what_is_written_is_not_what_was_given() -> None:
    file_id = uuid4()
    files.write_file(file_id, b"kenari kuning " * 50)
    assert b"kenari" not in (files.folder() / str(file_id)).read_bytes()
    with pytest.raises(FileNotFoundError):
        list(files.read_file(uuid4(), bytes(32), 1))
