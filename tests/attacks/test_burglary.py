"""S-07: who carries off database, WAL, files, logs and sessions without ROOT reads nothing."""

import base64
import contextlib
import gzip
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.apps import apps

from ruang.vault.texts import SealedField
from tests.patience import STARTING

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def robbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]]]:
    """The data folder of a city that was lived in, and what is hidden there."""
    place = tmp_path_factory.mktemp("city")
    environment = {
        "PATH": os.environ["PATH"],
        "RUANG_DATA": str(place / "data"),
        "RUANG_SECRETS": str(place / "secrets"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/attacks/city_to_rob.py")],
        env=environment, capture_output=True, text=True, check=False, timeout=2 * STARTING,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3_000:]
    return place / "data", json.loads(done.stdout.splitlines()[-1])


def disguises(word: str) -> Iterator[bytes]:
    """The word as a thief would look for it: every encoding we could have leaked it in."""
    plain = word.encode()
    yield plain
    yield word.encode("utf-16-le")
    yield word.encode("utf-16-be")
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    yield quote(word).encode()
    yield json.dumps(word).strip('"').encode()
    for shift in range(3):
        coded = base64.b64encode(bytes(shift) + plain)
        yield coded[4 if shift else 0 : -4].rstrip(b"=")
        yield (
            coded[4 if shift else 0 : -4].rstrip(b"=").translate(bytes.maketrans(b"+/", b"-_"))
        )


def unpacked(raw: bytes) -> Iterator[bytes]:
    """The bytes, and everything in them that is packed."""
    yield raw
    for magic, inflate in ((b"\x1f\x8b\x08", gzip.decompress), (b"\x78\x9c", zlib.decompress)):
        start = raw.find(magic)
        while start >= 0:
            try:
                yield inflate(raw[start:])
            except (OSError, EOFError, zlib.error):
                stream = zlib.decompressobj(31 if magic[0] == 0x1F else 15)
                with contextlib.suppress(zlib.error):
                    yield stream.decompress(raw[start:], 1_000_000)
            start = raw.find(magic, start + 1)


def test_the_city_was_really_lived_in(robbed: tuple[Path, dict[str, list[str]]]) -> None:
    folder, city = robbed
    every = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    }
    assert set(city["columns"]) == every, "a sealed column has no canary: plant one"
    assert len(city["hidden"]) >= 40
    names = {path.name for path in folder.rglob("*") if path.is_file()}
    assert "ruang.sqlite3" in names or os.environ.get("RUANG_DATABASE_URL")
    assert len(list((folder / "files").iterdir())) >= 6


def test_the_people_who_help_read_every_word(robbed: tuple[Path, dict[str, list[str]]]) -> None:
    _, city = robbed
    assert city["seen"] == sorted(city["hidden"])


def test_a_burglar_reads_none(robbed: tuple[Path, dict[str, list[str]]]) -> None:
    folder, city = robbed
    wanted = {form: word for word in city["hidden"] for form in disguises(word[:32])}
    hits = []
    for path in folder.rglob("*"):
        if path.is_file():
            for raw in unpacked(path.read_bytes()):
                hits += [(path.name, word) for form, word in wanted.items() if form in raw]
    assert hits == []


def test_the_search_would_find_it(tmp_path: Path) -> None:
    word = "kenari 000 0123456789abcdef story"
    for number, form in enumerate(disguises(word[:32])):
        assert form in b"".join(unpacked(b"x" + form + b"y")), number
    packed = gzip.compress(b"a" * 99 + word.encode())
    assert any(word.encode() in raw for raw in unpacked(b"front" + packed))
