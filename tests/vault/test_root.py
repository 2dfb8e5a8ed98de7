"""ROOT stays where it was put, and a process gets its own sub-keys and no others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ruang.vault import carry, root
from ruang.vault.root import NoRoot, Root, Subkeys
from ruang.vault.suites import Tampered


@pytest.fixture(autouse=True)
def _own_root() -> Iterator[None]:
    before = root._installed
    yield
    root.install(before)


def test_it_is_made_once_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = root.load(tmp_path / "secrets")
    assert (tmp_path / "secrets" / root.FILE).stat().st_mode & 0o777 == 0o600
    assert root.load(tmp_path / "secrets").versions == first.versions
    assert len(first.versions[1]) == 32


def test_a_file_others_can_read_is_refused(tmp_path: Path) -> None:
    root.load(tmp_path)
    (tmp_path / root.FILE).chmod(0o640)
    with pytest.raises(NoRoot, match="0600"):
        root.load(tmp_path)


def test_a_new_version_leaves_the_old_one_readable(tmp_path: Path) -> None:
    root.install(root.subkeys(root.load(tmp_path), "web"))
    old = carry.pack("form", b"jawaban")
    assert root.add_version(tmp_path) == 2
    root.install(root.subkeys(root.load(tmp_path), "web"))
    assert root.version() == 2
    assert root.versions() == (2, 1)
    assert carry.unpack("form", old) == b"jawaban"
    assert root.key("carry", 1) != root.key("carry")


@pytest.mark.parametrize("process", list(root.FOR_PROCESS))
def test_a_process_gets_its_own_sub_keys_and_no_others(process: str) -> None:
    given = root.subkeys(Root({1: bytes(32)}), process)
    root.install(Subkeys.from_bytes(given.to_bytes()))
    for name in ("pepper", "carry", "release", "django"):
        if name in root.FOR_PROCESS[process]:
            assert len(root.key(name)) == 32
        else:
            with pytest.raises(NoRoot):
                root.key(name)


def test_the_jobs_process_opens_nothing() -> None:
    assert set(root.FOR_PROCESS["jobs"]) == {"django"}


def test_without_sub_keys_everything_says_so() -> None:
    root.install(None)
    assert root.versions() == ()
    for ask in (root.version, lambda: root.key("carry"), lambda: root.key("carry", 1)):
        with pytest.raises(NoRoot):
            ask()


def test_what_travels_opens_for_its_purpose_alone() -> None:
    text = carry.pack("form", b"jawaban")
    assert carry.unpack("form", text) == b"jawaban"
    for wrong in (text[:-4] + "AAAA", "", "é", "////", "_" + text[1:], text[:3]):
        with pytest.raises(Tampered):
            carry.unpack("form", wrong)
    with pytest.raises(Tampered):
        carry.unpack("follow", text)


def test_a_page_secret_seals_and_is_known_by_its_tag() -> None:
    blob = carry.seal_under(b"s" * 32, "receipt", b"tujuh kata")
    assert carry.unseal_under(b"s" * 32, "receipt", blob) == b"tujuh kata"
    with pytest.raises(Tampered):
        carry.unseal_under(b"t" * 32, "receipt", blob)
    assert carry.tag(b"s" * 32, "form") != carry.tag(b"s" * 32, "receipt")


def test_secrets_do_not_show_themselves() -> None:
    given = root.subkeys(Root({1: bytes(32)}), "web")
    assert given.by_version[1]["pepper"].hex() not in repr(given)
    assert "00" * 8 not in repr(Root({1: bytes(32)}))
