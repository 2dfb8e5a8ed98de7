"""The ciphers refuse everything that is not exactly what was sealed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruang.vault import suites
from ruang.vault.suites import BUCKETS, Tampered


@given(st.binary(max_size=3_000))
def test_padding_gives_back_what_went_in_and_has_eight_lengths(plain: bytes) -> None:
    padded = suites.pad(plain)
    assert suites.unpad(padded) == plain
    assert len(padded) in BUCKETS


def test_what_is_too_long_for_a_text_is_said() -> None:
    with pytest.raises(ValueError, match="too long"):
        suites.pad(bytes(BUCKETS[-1]))


def test_there_are_eight_lengths() -> None:
    assert len(BUCKETS) == 8


@pytest.mark.parametrize("place", [0, 1, 5, 13, 14, -1])
def test_one_changed_bit_of_a_sealed_blob_is_found(place: int) -> None:
    key = suites.new_secret()
    blob = bytearray(suites.seal(key, b"rahasia", "here"))
    blob[place] ^= 1
    with pytest.raises(Tampered):
        suites.unseal(key, bytes(blob), "here")


def test_a_sealed_blob_opens_only_where_and_with_what_it_was_sealed() -> None:
    key = suites.new_secret()
    blob = suites.seal(key, b"rahasia", "here")
    assert suites.unseal(key, blob, "here") == b"rahasia"
    with pytest.raises(Tampered):
        suites.unseal(key, blob, "there")
    with pytest.raises(Tampered):
        suites.unseal(suites.new_secret(), blob, "here")
    with pytest.raises(Tampered):
        suites.unseal(key, blob[:9], "here")


@pytest.mark.parametrize("place", [0, 1, 600, 1_150, -1])
def test_one_changed_bit_of_a_wrap_is_found(place: int) -> None:
    private, public = suites.new_pair()
    blob = bytearray(suites.wrap(public, b"k" * 32, "context"))
    assert suites.unwrap(private, bytes(blob), "context") == b"k" * 32
    blob[place] ^= 1
    with pytest.raises(Tampered):
        suites.unwrap(private, bytes(blob), "context")


def test_a_wrap_opens_only_for_its_holder_in_its_context() -> None:
    private, public = suites.new_pair()
    other, _ = suites.new_pair()
    blob = suites.wrap(public, b"k" * 32, "context")
    with pytest.raises(Tampered):
        suites.unwrap(other, blob, "context")
    with pytest.raises(Tampered):
        suites.unwrap(private, blob, "another context")


def test_derivations_differ_by_label_and_stretching_by_salt() -> None:
    secret = suites.new_secret()
    assert suites.derive(secret, "a") != suites.derive(secret, "b")
    one = suites.stretch("sandi", b"1" * 16, rounds=1, kib=1024)
    assert one != suites.stretch("sandi", b"2" * 16, rounds=1, kib=1024)
