"""A demo is loaded into nothing else than nothing, and its cheap keys are nowhere else."""

import ast
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ruang.access.actor import SYSTEM
from ruang.audit.models import Fact
from ruang.cli import Stop, main
from ruang.cli import demo as command
from ruang.demo import founding
from ruang.demo import load as loading
from ruang.demo.accounts import is_demo, is_half_a_demo
from ruang.demo.content.year import contacts
from ruang.demo.load import NotEmpty, is_empty, load
from ruang.identity.commands import found_organisation
from ruang.identity.models import User
from ruang.identity.states import OrganisationKind
from ruang.kernel import clock
from ruang.territory import commands as territory
from ruang.vault import pairs
from ruang.vault.models import Cost, KeyPair, Vault
from tests import make
from tests.patience import STARTING

ROOT = Path(__file__).parents[2]
FEW = {"dapur", "warung", "atasan", "sebar-foto", "pondok", "bayi-menangis", "dipalak"}
"""Contacts with something extra: a small demo is made of them."""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo of seven contacts and the desks they need."""

    def few(*, now: Any) -> Any:
        return tuple(one for one in contacts(now=now) if one.key in FEW)

    monkeypatch.setattr(loading, "contacts", few)


@pytest.mark.django_db
@pytest.mark.parametrize("began", ["city", "organisation", "cost", "key"])
def test_a_database_with_anything_in_it_is_refused(began: str, tmp_path: Path) -> None:
    match began:
        case "city":
            territory.set_up_city(actor=SYSTEM, code="36.73", unit_name="Dinas", at=make.AT)
        case "organisation":
            kind = OrganisationKind.OTHER
            found_organisation(actor=SYSTEM, name="Satu", kind=kind, at=make.AT)
        case "cost":
            Vault.objects.create(cost=Cost.FULL)
        case "key":
            pairs.create_pair(owner=make.stranger(), kind="user", at=make.AT)  # type: ignore[arg-type]
    facts = Fact.objects.count()
    with pytest.raises(NotEmpty):
        load(now=make.AT, folder=tmp_path)
    assert not pairs.is_demo()
    assert (Fact.objects.count(), User.objects.count()) == (facts, 0)
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.django_db
def test_what_fails_halfway_leaves_nothing(
    small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        assert User.objects.count() > 100
        raise OSError("the disk is full")

    monkeypatch.setattr(loading, "keep_examples", fail)
    with pytest.raises(OSError, match="disk is full"):
        load(now=clock.now(), folder=tmp_path)
    assert is_empty()
    assert (KeyPair.objects.count(), Vault.objects.count()) == (0, 0)
    assert not is_demo()


@pytest.mark.slow
@pytest.mark.django_db
def test_the_same_moment_gives_the_same_facts(
    small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[tuple[object, ...]]] = []

    def note(*_: object) -> None:
        rows = Fact.objects.order_by("number")
        told.append(list(rows.values_list("number", "at", "name", "role", "codes")))
        raise OSError("and once more")

    monkeypatch.setattr(loading, "keep_examples", note)
    now = clock.now()
    for _ in range(2):
        with pytest.raises(OSError, match="once more"):
            load(now=now, folder=tmp_path)
    assert len(told[0]) > 500
    assert told[0] == told[1]


@pytest.mark.django_db
def test_the_demos_cost_is_chosen_before_anything_or_never(tmp_path: Path) -> None:
    pairs.set_cost(Cost.FULL)
    with pytest.raises(RuntimeError, match="no longer be chosen"):
        pairs.begin_demo()
    assert not pairs.is_demo()
    Vault.objects.all().delete()
    pairs.create_pair(owner=make.stranger(), kind="user", at=make.AT)  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="no longer be chosen"):
        pairs.begin_demo()
    assert not pairs.is_demo()


def test_only_the_demo_asks_for_the_demos_cost_and_mark() -> None:
    """Whoever calls one of these by name elsewhere in the product fails here."""
    asks = {"begin_demo": set[str](), "set_cost": set[str](), "is_demo=True": set[str]()}
    for path in (ROOT / "ruang").rglob("*.py"):
        where = str(path.relative_to(ROOT))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in asks:
                asks[called].add(where)
            if called == "set_up_city" and any(k.arg == "is_demo" for k in node.keywords):
                asks["is_demo=True"].add(where)
    assert asks == {
        "begin_demo": {"ruang/demo/load.py"},
        "set_cost": {"ruang/vault/pairs.py"},
        "is_demo=True": {"ruang/demo/founding.py"},
    }


@pytest.mark.django_db
def test_outside_a_demo_no_account_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Stop, match="not a demo"):
        command.refuse_outside_demo()
    make.vault()
    territory.set_up_city(actor=SYSTEM, code="36.73", unit_name="Dinas", at=make.AT)
    assert is_half_a_demo()
    with pytest.raises(Stop, match="not a demo"):
        command.refuse_outside_demo()
    command.print_accounts()
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_a_demo_is_for_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    make.vault()
    territory.set_up_city(
        actor=SYSTEM, code="36.73", unit_name="Dinas", is_demo=True, at=make.AT
    )
    command.refuse_outside_demo()
    command.refuse_wrong_place("127.0.0.1")
    for host in ("0.0.0.0", "10.0.0.7", "::"):
        with pytest.raises(Stop, match="this machine alone"):
            command.refuse_wrong_place(host)
    monkeypatch.setenv("RUANG_HOSTS", "lapor.contoh.example")
    for refuse in (command.refuse_outside_demo, command.print_accounts):
        with pytest.raises(Stop, match="this machine alone"):
            refuse()
    with pytest.raises(Stop, match="this machine alone"):
        command.refuse_wrong_place("127.0.0.1")


@pytest.mark.django_db
def test_a_real_city_may_be_served_to_others() -> None:
    territory.set_up_city(actor=SYSTEM, code="36.73", unit_name="Dinas", at=make.AT)
    command.refuse_wrong_place("0.0.0.0")
    assert not is_half_a_demo()


def test_asking_for_accounts_where_nothing_is_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, secrets = tmp_path / "data", tmp_path / "secrets"
    monkeypatch.setenv("RUANG_DATA", str(data))
    monkeypatch.setenv("RUANG_SECRETS", str(secrets))
    assert main(["demo", "accounts", "--json"]) == 1
    assert "not a demo" in capsys.readouterr().err
    assert not data.exists()
    assert not secrets.exists()


@pytest.mark.slow
def test_a_load_that_was_killed_leaves_an_empty_database(tmp_path: Path) -> None:
    data = tmp_path / "data"
    places = {"RUANG_DATA": str(data), "RUANG_SECRETS": str(tmp_path / "secrets")}
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("RUANG_", "DJANGO_"))}
    loader = subprocess.Popen(
        [sys.executable, "-m", "ruang.cli", "demo", "load"],
        cwd=ROOT, env={**environ, **places}, stdout=subprocess.PIPE, process_group=0,
    )  # fmt: skip
    assert loader.stdout is not None
    try:
        assert loader.stdout.readline().startswith(b"Loading")
        until = time.monotonic() + 4 * STARTING
        while not (data / "files").exists():  # half a year has been played by then
            assert time.monotonic() < until
            assert loader.poll() is None
            time.sleep(0.02)
    finally:
        os.killpg(loader.pid, signal.SIGKILL)
        loader.wait()
        loader.stdout.close()
    with closing(sqlite3.connect(data / "ruang.sqlite3")) as kept:
        tables = (
            "identity_user",
            "audit_fact",
            "vault_vault",
            "vault_keypair",
            "intake_report",
        )
        counts = [
            kept.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
        ]
    assert counts == [0] * len(tables)
    assert not (data / "demo-codes.json").exists()


def test_the_city_is_older_than_its_first_contact() -> None:
    now = clock.now()
    first = contacts(now=now)[0].received_at
    assert now - founding.BEFORE < first - timedelta(days=5)
