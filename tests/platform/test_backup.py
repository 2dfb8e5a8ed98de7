"""A backup is consistent while the server works, opens with ROOT alone, and damage is seen."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import STARTING

ROOT = Path(__file__).resolve().parents[2]
RUANG = [sys.executable, "-m", "ruang.cli"]
pytestmark = pytest.mark.slow


class City:
    """A city that was lived in, on disk, in folders of its own."""

    def __init__(self, place: Path) -> None:
        self.data, self.secrets = place / "data", place / "secrets"

    def environ(self, data: Path | None = None) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "RUANG_DATA": str(data or self.data),
            "RUANG_SECRETS": str(self.secrets),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

    def run(self, *command: str, data: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.environ(data), cwd=ROOT,
            capture_output=True, text=True, check=False, timeout=2 * STARTING,
        )  # fmt: skip

    def begin(self, *command: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            command, env=self.environ(), cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    made = City(tmp_path_factory.mktemp("city"))
    done = made.run(sys.executable, "tests/attacks/city_to_rob.py")
    assert done.returncode == 0, done.stderr[-2_000:]
    return made


@pytest.fixture
def backup(city: City, tmp_path: Path) -> Path:
    done = city.run(*RUANG, "backup", "--to", str(tmp_path / "backup"))
    assert done.returncode == 0, done.stderr
    return tmp_path / "backup"


def test_it_holds_everything_but_root(city: City, backup: Path) -> None:
    secret = (city.secrets / "root").read_text().split()[1]
    files = [path for path in backup.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"manifest.json", "ruang.sqlite3"}
    assert len(list((backup / "files").iterdir())) == len(list((city.data / "files").iterdir()))
    for path in files:
        content = path.read_bytes()
        assert bytes.fromhex(secret) not in content
        assert secret.encode() not in content


def test_into_an_emptied_folder_it_opens_everything(
    city: City, backup: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "emptied"
    done = city.run(*RUANG, "restore", "--from", str(backup), data=empty)
    assert done.returncode == 0, done.stderr
    assert "verified" in done.stdout
    before = sorted(rows(city.data / "ruang.sqlite3"))
    assert sorted(rows(empty / "ruang.sqlite3")) == before
    found, there = opened(city, empty), opened(city, city.data)
    assert found == there
    assert found["opened"] > 30
    assert found["files"] >= 4


def opened(city: City, data: Path) -> dict[str, int]:
    """How much the people there open of it; what became a case opens in the case alone."""
    done = city.run(sys.executable, "tests/platform/open_everything.py", data=data)
    assert done.returncode == 0, done.stderr[-2_000:]
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def rows(database: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(database) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [
            (name, connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0])
            for (name,) in names.fetchall()
            if not name.startswith("sqlite_")
        ]


@pytest.mark.parametrize("damage", ["a flipped byte", "a missing file", "one too many"])
def test_damage_is_refused(city: City, backup: Path, tmp_path: Path, damage: str) -> None:
    victim = next((backup / "files").iterdir())
    if damage == "a flipped byte":
        raw = bytearray(victim.read_bytes())
        raw[len(raw) // 2] ^= 1
        victim.write_bytes(raw)
    elif damage == "a missing file":
        victim.unlink()
    else:
        shutil.copy(victim, victim.with_name("0" * 36))
    empty = tmp_path / "emptied"
    done = city.run(*RUANG, "restore", "--from", str(backup), data=empty)
    assert done.returncode == 1
    assert victim.name in done.stderr or "0" * 36 in done.stderr
    assert not (empty / "ruang.sqlite3").exists()


def test_nothing_is_overwritten(city: City, backup: Path, tmp_path: Path) -> None:
    again = city.run(*RUANG, "backup", "--to", str(backup))
    assert (again.returncode, "not empty" in again.stderr) == (1, True)
    inside = city.run(*RUANG, "backup", "--to", str(city.data / "backup"))
    assert (inside.returncode, "inside RUANG_DATA" in inside.stderr) == (1, True)
    onto = city.run(*RUANG, "restore", "--from", str(backup))
    assert (onto.returncode, "not empty" in onto.stderr) == (1, True)
    nothing = city.run(*RUANG, "restore", "--from", str(tmp_path), data=tmp_path / "x")
    assert (nothing.returncode, "no backup" in nothing.stderr) == (1, True)


def test_it_is_whole_while_others_write(city: City, tmp_path: Path) -> None:
    writers = [city.begin(sys.executable, "tests/platform/write_facts.py") for _ in range(2)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begun\n"
    facts = []
    for number in range(2):
        copy, empty = tmp_path / f"copy{number}", tmp_path / f"emptied{number}"
        done = city.run(*RUANG, "backup", "--to", str(copy))
        assert done.returncode == 0, done.stderr
        done = city.run(*RUANG, "restore", "--from", str(copy), data=empty)
        assert done.returncode == 0, done.stderr
        assert "verified" in done.stdout
        facts.append(json.loads((copy / "manifest.json").read_text())["size"])
    written = [int(writer.communicate("stop", timeout=STARTING)[0]) for writer in writers]
    assert facts[0] < facts[1]
    assert min(written) > 0
