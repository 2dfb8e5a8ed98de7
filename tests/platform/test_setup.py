"""A real installation from an empty folder: the set-up, the people, and a lost access.

The command line is talked with as at a terminal; everything afterwards goes through commands
in another process, at the real cost of passwords.
"""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import STARTING

ROOT = Path(__file__).resolve().parents[2]
RUANG = [sys.executable, "-m", "ruang.cli"]
PASSWORD = "ombak kecil di tepi laut"
CODE = re.compile(r"\b(?:[A-Z2-7]{4}-){6}[A-Z2-7]{2}\b")
pytestmark = pytest.mark.slow

CITY = ["36.73", "DP3AKB Kota Serang", "08.00", "16.00", "0254-200200"]
PLACES = ["DP3AKB", "1", "LBH Serang", "2", "Universitas", "13"]


def official(number: int, where: str = "1") -> list[str]:
    return [where, f"Pejabat {number}", f"pejabat{number}", PASSWORD, PASSWORD]


OFFICIALS = [*official(1), *official(2), *official(3)]
SHOWN = ["", ""]
"""Enter to show a secret, Enter to wipe it."""
DESKS = ["1", "2"]
ADMIN = ["1", "Ibu Admin", "admin"]


class Machine:
    """An empty machine with its two folders."""

    def __init__(self, place: Path) -> None:
        self.data, self.secrets = place / "data", place / "secrets"
        self.place = place

    def talk(self, *command: str, answers: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*RUANG, *command],
            input="".join(f"{line}\n" for line in answers),
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "RUANG_DATA": str(self.data),
                "RUANG_SECRETS": str(self.secrets),
            },
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=2 * STARTING,
            start_new_session=True,  # no terminal: passwords come from the same pipe
        )

    def ask(self, program: str) -> str:
        """Run some lines with Django and the keys of this machine."""
        begin = (
            "from ruang.cli.keyring import start_django\n"
            "start_django(with_keys=True)\n"
            "from ruang.access.actor import SYSTEM\n"
            "from ruang.identity import commands, queries\n"
            "from ruang.kernel import clock\n"
            "at = clock.now()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", begin + program],
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "RUANG_DATA": str(self.data),
                "RUANG_SECRETS": str(self.secrets),
            },
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=2 * STARTING,
        )
        assert done.returncode == 0, done.stderr[-3_000:]
        return done.stdout.strip()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def set_up(machine: Machine) -> tuple[list[str], str]:
    """Run the whole set-up; return the three officials' codes and the invitation's."""
    answers = [*CITY, *PLACES, *OFFICIALS, *SHOWN * 3, *SHOWN * 2, *DESKS, *ADMIN, *SHOWN]
    done = machine.talk("setup", answers=answers)
    assert done.returncode == 0, (done.stdout[-2_000:], done.stderr[-2_000:])
    codes = CODE.findall(done.stdout)
    assert len(codes) == 4
    return codes[:3], codes[3]


def test_a_city_is_set_up_and_lives_through_a_lost_access(machine: Machine) -> None:
    codes, invitation = set_up(machine)
    root = machine.secrets / "root"
    assert stat.S_IMODE(root.stat().st_mode) == 0o600
    said = machine.ask(
        "r = queries.readiness_now()\n"
        "print(r.has_city, r.has_quorum, r.organisations, r.intake_members, r.is_open)\n"
        f"j = commands.accept_invitation(actor=SYSTEM, code={invitation!r},"
        f" password={PASSWORD!r}, at=at)\n"
        "t = commands.begin_sign_in(actor=SYSTEM, login='admin',"
        f" password={PASSWORD!r}, network='n', at=at)\n"
        "o = commands.finish_sign_in(actor=SYSTEM, token=t, device='', at=at)\n"
        "print(j.waits, bool(o.cookie))"
    )
    assert said == "True True 3 0 False\nFalse True"

    again = machine.talk("setup", answers=[])
    assert again.returncode == 0
    assert not CODE.findall(again.stdout)
    envelopes = machine.talk("setup", "--envelopes", answers=SHOWN * 2)
    assert envelopes.stdout.count(root.read_text().strip()) == 2

    one = machine.talk("recover", "admin", answers=["1", codes[0], "1", codes[0], *SHOWN])
    assert one.returncode == 1
    assert "ruang:" in one.stderr
    two = machine.talk("recover", "admin", answers=["1", codes[0], "2", codes[2], *SHOWN])
    assert two.returncode == 0, (two.stdout, two.stderr)
    (fresh,) = CODE.findall(two.stdout)
    assert _signs_in_with(machine, fresh) == "True"


def test_a_lost_root_is_replaced_and_two_officials_still_open(machine: Machine) -> None:
    codes, invitation = set_up(machine)
    machine.ask(
        f"commands.accept_invitation(actor=SYSTEM, code={invitation!r},"
        f" password={PASSWORD!r}, at=at)"
    )
    answers = ["2", codes[1], "2", codes[2], *SHOWN]
    there = machine.talk("recover", "admin", "--root-is-lost", answers=answers)
    assert there.returncode == 1
    before = (machine.secrets / "root").read_text()
    (machine.secrets / "root").unlink()
    without = machine.talk("recover", "admin", answers=answers)
    assert without.returncode == 1
    assert not (machine.secrets / "root").exists()
    done = machine.talk("recover", "admin", "--root-is-lost", answers=answers)
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert (machine.secrets / "root").read_text() != before
    (fresh,) = CODE.findall(done.stdout)
    assert _signs_in_with(machine, fresh) == "True"


def test_broken_off_it_goes_on_where_it_stopped(machine: Machine) -> None:
    first = machine.talk("setup", answers=[*CITY, *PLACES[:2]])
    assert first.returncode == 1
    assert "terminal" in first.stderr
    weak = [*official(1)[:3], "short", PASSWORD, "not the same"]
    answers = [
        *PLACES[2:],
        *[*weak, PASSWORD, PASSWORD],
        *official(2),
        *official(3),
        *SHOWN * 3,
        *SHOWN * 2,
        "1",
        "1",
        *DESKS,
    ]
    second = machine.talk("setup", answers=answers)
    assert second.returncode == 1, "broken off before the administrator"
    assert len(CODE.findall(second.stdout)) == 3
    third = machine.talk("setup", answers=[*ADMIN, *SHOWN])
    assert third.returncode == 0, third.stderr
    assert len(CODE.findall(third.stdout)) == 1
    fourth = machine.talk("setup", answers=SHOWN)
    assert fourth.returncode == 0
    assert CODE.findall(fourth.stdout) != CODE.findall(third.stdout)


def test_a_mistyped_answer_is_asked_again(machine: Machine) -> None:
    done = machine.talk("setup", answers=["99.99", "X", *CITY[:2], "25.00", "16.00", "08.00"])
    assert "36.73" in done.stdout
    assert "08.00" in done.stdout
    assert done.stdout.count("Kemendagri") == 2


def _signs_in_with(machine: Machine, code: str) -> str:
    return machine.ask(
        f"t = commands.begin_with_code(actor=SYSTEM, login='admin', code={code!r},"
        " network='n', at=at)\n"
        "o = commands.finish_with_code(actor=SYSTEM, token=t,"
        " password='empat belas burung pipit', device='', at=at)\n"
        f"print(o.code != {code!r} and bool(o.cookie))"
    )
