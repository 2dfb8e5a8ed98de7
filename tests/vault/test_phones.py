"""What phones seal: opened by the processes that apply it, and by nobody else."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from ruang.vault import phones, root
from ruang.vault.suites import Tampered
from tests.field_phone import sealed

SAID = {"kind": "log", "note": "kenari"}
TWO = root.Root({1: b"a" * 32, 2: b"b" * 32})


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    before = root._installed
    root.install(root.subkeys(TWO, "web"))
    yield
    root.install(before)


@pytest.mark.parametrize("suite", [2, 3])
def test_it_opens_with_its_id_its_words_and_its_photo(suite: int) -> None:
    entry = uuid4()
    opened = phones.open_sent(sealed(SAID, b"\xff\xd8", entry=entry, suite=suite))
    assert (opened.id, opened.said, opened.data) == (entry, SAID, b"\xff\xd8")
    assert "kenari" not in repr(opened)


@pytest.mark.parametrize("suite", [2, 3])
def test_any_changed_byte_opens_nothing(suite: int) -> None:
    blob = sealed(SAID, suite=suite)
    for at in [*range(0, 110, 3), len(blob) - 1]:
        changed = bytearray(blob)
        changed[at] ^= 1
        with pytest.raises(Tampered):
            phones.open_sent(bytes(changed))


@pytest.mark.parametrize(
    "blob", [b"", b"\x02", b"\x07" * 200, b"\x02" + bytes(300), b"\x03\0\x02" + bytes(300)]
)
def test_what_no_phone_of_ours_made_opens_nothing(blob: bytes) -> None:
    with pytest.raises(Tampered):
        phones.open_sent(blob)


def test_a_well_of_brackets_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.field_phone.json.dumps", lambda _said: "[" * 8_000)
    with pytest.raises(Tampered):
        phones.open_sent(sealed(SAID))


@pytest.mark.parametrize("said", ["text", 3, None, ["list"]])
def test_what_is_no_set_of_answers_is_refused(said: object) -> None:
    with pytest.raises(Tampered):
        phones.open_sent(sealed(said))


def test_an_entry_sealed_under_an_older_root_still_opens() -> None:
    root.install(root.subkeys(root.Root({1: b"a" * 32}), "web"))
    blob = sealed(SAID)
    root.install(root.subkeys(TWO, "web"))
    assert phones.locks().version == 2
    assert phones.open_sent(blob).said == SAID


@pytest.mark.parametrize("process", ["jobs", "cli", "stats"])
def test_no_other_process_opens_it(process: str) -> None:
    blob = sealed(SAID)
    root.install(root.subkeys(TWO, process))
    with pytest.raises(root.NoRoot):
        phones.open_sent(blob)
    with pytest.raises(root.NoRoot):
        phones.locks()


def test_two_entries_of_the_same_words_have_one_length_and_nothing_else_in_common() -> None:
    one, other = sealed(SAID), sealed({"kind": "tell", "fields": {"cerita": "panjang" * 50}})
    assert len(one) == len(other)
    assert one[19:] != sealed(SAID)[19:]


def test_the_order_of_the_curve_is_the_curves() -> None:
    with pytest.raises(ValueError, match=r"[Ii]nvalid|range|order"):
        ec.derive_private_key(phones._ORDER + 1, ec.SECP256R1())
    ec.derive_private_key(phones._ORDER - 1, ec.SECP256R1())
