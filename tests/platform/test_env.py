"""Settings from the environment: typed, from files where secret, and loud when wrong."""

from pathlib import Path

import pytest

from config import env
from config.env import Misconfigured


def test_a_missing_setting_has_its_default_or_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RUANG_PLACE", raising=False)
    assert env.text("PLACE", "sini") == "sini"
    with pytest.raises(Misconfigured, match="RUANG_PLACE is missing"):
        env.text("PLACE")


@pytest.mark.parametrize(
    ("written", "read"), [("yes", True), ("1", True), ("ON", True), ("no", False), ("0", False)]
)
def test_yes_and_no(monkeypatch: pytest.MonkeyPatch, written: str, read: bool) -> None:
    monkeypatch.setenv("RUANG_SWITCH", written)
    assert env.flag("SWITCH", default=not read) is read


@pytest.mark.parametrize("written", ["maybe", "ya", "2"])
def test_neither_yes_nor_no_stops(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("RUANG_SWITCH", written)
    with pytest.raises(Misconfigured):
        env.flag("SWITCH", default=True)


@pytest.mark.parametrize("written", ["-1", "x", "1e3", "99999999999", "٣"])
def test_a_number_out_of_bounds_stops(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("RUANG_COUNT", written)
    with pytest.raises(Misconfigured, match="whole number"):
        env.number("COUNT", 1, most=100)


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("rahasia\n")
    monkeypatch.setenv("RUANG_TOKEN_FILE", str(tmp_path / "secret"))
    assert env.text("TOKEN") == "rahasia"
    monkeypatch.setenv("RUANG_TOKEN_FILE", str(tmp_path / "gone"))
    with pytest.raises(Misconfigured):
        env.text("TOKEN")


def test_an_address_of_postgresql_is_read_and_never_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RUANG_DATABASE_URL", "postgresql://a:s3cret@h:5433/n?sslmode=require")
    entry = env.database("DATABASE_URL")
    assert entry is not None
    assert (entry["NAME"], entry["PORT"], entry["PASSWORD"]) == ("n", "5433", "s3cret")
    for wrong in (
        "mysql://a:s3cret@h/n",
        "postgresql://a:s3cret@h",
        "postgresql://a:s3cret@h:x/n",
    ):
        monkeypatch.setenv("RUANG_DATABASE_URL", wrong)
        with pytest.raises(Misconfigured) as refused:
            env.database("DATABASE_URL")
        assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("postgresql://u@%2Ftmp%2FSocket.Xy/n", "/tmp/Socket.Xy"),
        ("postgresql://u@[::1]:5432/n", "::1"),
        ("postgresql:///n", ""),
    ],
)
def test_a_host_may_be_a_folder(
    monkeypatch: pytest.MonkeyPatch, address: str, host: str
) -> None:
    monkeypatch.setenv("RUANG_DATABASE_URL", address)
    entry = env.database("DATABASE_URL")
    assert entry is not None
    assert entry["HOST"] == host


def test_a_misspelt_setting_is_not_ignored() -> None:
    with pytest.raises(Misconfigured, match="RUANG_DATABSE"):
        env.refuse_unknown({"RUANG_DATABSE": "x"})
