"""Passwords, printed codes and sessions open a private key; nothing else does."""

import pickle
from uuid import uuid4

import pytest

from ruang.vault import pairs, root
from ruang.vault.models import Cost, KeyPair, Kind, PrivateBlob, Vault, Way
from ruang.vault.pairs import WrongSecret
from ruang.vault.root import Root
from ruang.vault.suites import Tampered
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[KeyPair, bytes]:
    make.vault()
    return pairs.create_pair(owner=uuid4(), kind=Kind.USER, at=make.AT)


def test_the_password_opens_it_and_the_next_one_replaces_it(
    pair: tuple[KeyPair, bytes],
) -> None:
    row, private = pair
    pairs.set_password(row, private, "perahu-di-sungai-1", make.AT)
    assert pairs.open_with_password(row, "perahu-di-sungai-1") == private
    pairs.set_password(row, private, "perahu-di-sungai-2", make.AT)
    with pytest.raises(WrongSecret):
        pairs.open_with_password(row, "perahu-di-sungai-1")
    assert pairs.open_with_password(row, "perahu-di-sungai-2") == private


def test_without_the_pepper_the_right_password_opens_nothing(
    pair: tuple[KeyPair, bytes],
) -> None:
    row, private = pair
    pairs.set_password(row, private, make.PASSWORD, make.AT)
    before = root._installed
    try:
        root.install(root.subkeys(Root({1: b"another root" + bytes(20)}), "web"))
        with pytest.raises(WrongSecret):
            pairs.open_with_password(row, make.PASSWORD)
    finally:
        root.install(before)


def test_the_printed_code_opens_it_also_when_root_is_lost(pair: tuple[KeyPair, bytes]) -> None:
    row, private = pair
    code = pairs.new_code()
    assert len(code.replace("-", "")) == 26
    pairs.set_code(row, private, code, make.AT)
    before = root._installed
    try:
        root.install(None)
        assert pairs.open_with_code(row, code.lower().replace("-", " ")) == private
        with pytest.raises(WrongSecret):
            pairs.open_with_code(row, pairs.new_code())
    finally:
        root.install(before)


def test_who_has_no_password_and_no_code_is_refused(pair: tuple[KeyPair, bytes]) -> None:
    with pytest.raises(WrongSecret):
        pairs.open_with_password(pair[0], make.PASSWORD)
    with pytest.raises(WrongSecret):
        pairs.open_with_code(pair[0], pairs.new_code())


def test_a_session_opens_with_its_own_key_alone(pair: tuple[KeyPair, bytes]) -> None:
    row, private = pair
    blob = pairs.for_session(row.pk, private, b"s" * 32)
    assert pairs.from_session(row.pk, blob, b"s" * 32) == private
    for wrong_pair, wrong_key in ((row.pk, b"t" * 32), (uuid4(), b"s" * 32)):
        with pytest.raises(Tampered):
            pairs.from_session(wrong_pair, blob, wrong_key)


def test_a_demo_password_is_worth_nothing_in_a_real_vault(pair: tuple[KeyPair, bytes]) -> None:
    row, private = pair
    pairs.set_password(row, private, make.PASSWORD, make.AT)
    Vault.objects.update(cost=Cost.FULL)
    with pytest.raises(WrongSecret):
        pairs.open_with_password(row, make.PASSWORD)


def test_the_cost_cannot_be_chosen_once_there_are_keys(pair: tuple[KeyPair, bytes]) -> None:
    with pytest.raises(RuntimeError, match="has keys"):
        pairs.set_cost(Cost.DEMO)


def test_a_demo_vault_is_begun_before_the_first_key_and_only_once() -> None:
    assert not pairs.is_demo()
    pairs.begin_demo()
    assert pairs.is_demo()
    with pytest.raises(RuntimeError, match="no longer be chosen"):
        pairs.set_cost(Cost.FULL)


def test_the_cost_is_full_unless_somebody_says_demo() -> None:
    row, private = pairs.create_pair(owner=uuid4(), kind=Kind.USER, at=make.AT)
    pairs.set_password(row, private, make.PASSWORD, make.AT)
    blob = bytes(PrivateBlob.objects.get(pair=row, way=Way.PASSWORD).blob)
    assert (blob[0], int.from_bytes(blob[1:5], "big")) == (3, 64 * 1024)
    assert pairs.open_with_password(row, make.PASSWORD) == private
    pairs.burn_password_time("siapa pun")


def test_a_retired_pair_is_no_longer_in_force(pair: tuple[KeyPair, bytes]) -> None:
    row, _ = pair
    assert pairs.pair_in_force(row.owner, Kind.USER) == row
    assert pairs.pairs_in_force([row.owner], Kind.USER) == {row.owner: row}
    pairs.retire_pair(row, make.AT)
    assert pairs.pair_in_force(row.owner, Kind.USER) is None


def test_a_pair_may_be_given_its_id(pair: tuple[KeyPair, bytes]) -> None:
    chosen = uuid4()
    row, _ = pairs.create_pair(owner=uuid4(), kind=Kind.DESK, at=make.AT, pk=chosen)
    assert row.pk == chosen


def test_the_fingerprint_is_twelve_groups_that_differ_by_key(
    pair: tuple[KeyPair, bytes],
) -> None:
    other, _ = pairs.create_pair(owner=uuid4(), kind=Kind.USER, at=make.AT)
    assert len(pairs.fingerprint(pair[0]).split()) == 12
    assert pairs.fingerprint(pair[0]) != pairs.fingerprint(other)


def test_keys_and_materials_do_not_print_or_pickle() -> None:
    person = make.user()
    held = make.actor(person).keys
    assert "Keyring" in repr(held)
    with pytest.raises(TypeError):
        pickle.dumps(held)
