"""Receipts, releases and the quorum: who together opens what, and who alone opens nothing."""

from itertools import combinations
from uuid import uuid4

import pytest

from ruang.vault import pairs, quorum, receipts, release, root
from ruang.vault.keyring import CannotOpen, Keyring, new_keys, ring
from ruang.vault.models import KeyPair, Kind, Package, PrivateBlob, Release, Share
from ruang.vault.pairs import WrongSecret
from ruang.vault.root import Root
from ruang.vault.suites import Tampered
from tests import make

pytestmark = pytest.mark.django_db


def pair_of(person: "make.User") -> KeyPair:
    return KeyPair.objects.get(owner=person.pk, kind=Kind.USER)


# --- receipts -----------------------------------------------------------------------------


def reporter() -> tuple[KeyPair, bytes, str]:
    seven = receipts.new_words()
    pair, private = pairs.create_pair(owner=uuid4(), kind=Kind.REPORTER, at=make.AT)
    receipts.keep(pair, private, seven, make.AT)
    return pair, private, seven


def test_seven_words_open_the_reporters_key_however_they_are_typed() -> None:
    pair, private, seven = reporter()
    words = seven.split()
    assert len(words) == receipts.COUNT
    numbered = "\n".join(f"{n}. {word}" for n, word in enumerate(words, 1))
    starts = " ".join(word[:4] for word in words)
    for typed in (seven, seven.upper(), seven.replace(" ", "-"), numbered, starts):
        assert receipts.open_words(typed) == (pair.owner, pair.pk, private)


def test_other_words_open_nothing() -> None:
    _, _, seven = reporter()
    words = seven.split()
    for typed in ("", "tujuh", " ".join(words[:6]), " ".join(reversed(words)), seven + " dan"):
        if typed != seven:
            assert receipts.open_words(typed) is None


def test_words_without_the_pepper_open_nothing_and_old_versions_still_do() -> None:
    pair, private, seven = reporter()
    before = root._installed
    try:
        root.install(root.subkeys(Root({1: b"x" * 32}), "web"))
        assert receipts.open_words(seven) is None
        root.install(root.subkeys(Root({1: bytes(range(32)), 2: b"y" * 32}), "web"))
        assert receipts.open_words(seven) == (pair.owner, pair.pk, private)
    finally:
        root.install(before)


def test_a_receipt_blob_moved_to_another_reporter_is_found() -> None:
    _, _, seven = reporter()
    other, _, other_seven = reporter()
    one = PrivateBlob.objects.exclude(pair=other).get(way="receipt")
    two = PrivateBlob.objects.get(pair=other)
    two.blob, one.blob = one.blob, two.blob
    one.save()
    two.save()
    for typed in (seven, other_seven):
        with pytest.raises(Tampered):
            receipts.open_words(typed)


def test_new_words_hold_what_they_are_given_and_the_old_ones_open_nothing() -> None:
    old, private, seven = reporter()
    told = new_keys(
        whose=old.owner, names=["story"], holders=[old], given_by=old.owner, at=make.AT
    )
    assert receipts.is_in_force(old.pk)

    pair, words = receipts.renew(
        owner=old.owner, materials=told.values(), given_by=old.owner, at=make.AT
    )

    assert receipts.open_words(seven) is None
    assert (receipts.is_in_force(old.pk), receipts.is_in_force(pair.pk)) == (False, True)
    found = receipts.open_words(words)
    assert found is not None
    assert found[:2] == (old.owner, pair.pk)
    assert pair.epoch == old.epoch + 1
    key = told["story"].key_id
    assert Keyring({pair.pk: found[2]}, at=make.AT).holds(key)
    assert not Keyring({old.pk: private}, at=make.AT).holds(key)


def test_who_had_no_words_is_given_some() -> None:
    pair, words = receipts.renew(owner=uuid4(), materials=[], given_by=uuid4(), at=make.AT)
    found = receipts.open_words(words)
    assert found is not None
    assert (pair.epoch, found[1]) == (1, pair.pk)


# --- releases -----------------------------------------------------------------------------


def offered() -> tuple["make.User", "make.User", object, dict[str, object]]:
    """A partner's worker, a colleague, a request and what it offers."""
    place = make.organisation()
    worker, colleague = make.user(place), make.user(place)
    desk = KeyPair.objects.get(owner=place.pk, kind=Kind.DESK)
    keys = new_keys(
        whose=uuid4(), names=["identity", "narrative"], holders=[], given_by=uuid4(), at=make.AT
    )
    request = uuid4()
    release.offer(request=request, materials=keys.values(), desk=desk, until=None)
    return worker, colleague, request, keys


def test_before_it_is_taken_neither_the_desk_nor_the_server_opens_it() -> None:
    worker, colleague, request, keys = offered()
    assert {key.name for key in release.offered(request)} == set(keys)
    for person in (worker, colleague):
        for key in keys.values():
            assert not make.actor(person).keys.holds(key.key_id)
    # the server has the release key, but not the desk's
    row = Release.objects.get(request=request)
    secret = root.key("release", row.root_version)
    assert secret not in {bytes(p.blob) for p in Package.objects.all()}
    outsider = make.user()
    with pytest.raises(CannotOpen):
        release.take(
            keys=make.actor(outsider).keys, request=request, names=list(keys),
            to=pair_of(outsider), given_by=outsider.pk, at=make.AT,
        )  # fmt: skip


def test_taking_gives_the_named_keys_to_one_person_alone() -> None:
    worker, colleague, request, keys = offered()
    release.take(
        keys=make.actor(worker).keys, request=request, names=["identity"],
        to=pair_of(worker), given_by=worker.pk, at=make.AT,
    )  # fmt: skip
    assert make.actor(worker).keys.holds(keys["identity"].key_id)
    assert ring(make.actor(worker).keys).material(keys["identity"].key_id)
    assert not make.actor(worker).keys.holds(keys["narrative"].key_id)
    assert not make.actor(colleague).keys.holds(keys["identity"].key_id)


def test_after_it_is_destroyed_it_cannot_be_taken() -> None:
    worker, _, request, keys = offered()
    release.destroy(request)
    with pytest.raises(CannotOpen):
        release.take(
            keys=make.actor(worker).keys, request=request, names=list(keys),
            to=pair_of(worker), given_by=worker.pk, at=make.AT,
        )  # fmt: skip


def test_a_package_of_another_request_does_not_open() -> None:
    worker, _, request, keys = offered()
    _, _, other, _ = offered()
    mine = Package.objects.filter(release_id=request)
    theirs = Package.objects.filter(release_id=other)
    for one, two in zip(mine, theirs, strict=True):
        Package.objects.filter(pk=one.pk).update(blob=two.blob)
    with pytest.raises(Tampered):
        release.take(
            keys=make.actor(worker).keys, request=request, names=list(keys),
            to=pair_of(worker), given_by=worker.pk, at=make.AT,
        )  # fmt: skip


# --- the quorum ---------------------------------------------------------------------------


@pytest.mark.parametrize("root_is_lost", [False, True])
def test_any_two_officials_open_the_quorums_key(root_is_lost: bool) -> None:
    people = make.officials()
    pair = quorum.quorum_pair()
    assert pair is not None
    before = root._installed
    try:
        if root_is_lost:
            root.install(None)
        for one, other in combinations(people, 2):
            by_code = quorum.half_by_code(pair, one.pk, other.pk, make.printed_codes[one.pk])
            if root_is_lost:
                rest = quorum.half_by_code(pair, other.pk, one.pk, make.printed_codes[other.pk])
            else:
                held = pair_of(other)
                rest = quorum.half_by_key(pair, make.private_of(held), held, one.pk)
            private = quorum.join_halves(by_code, rest)
            keys = new_keys(
                whose=uuid4(), names=["story"], holders=[pair], given_by=uuid4(), at=make.AT
            )
            assert Keyring({pair.pk: private}, at=make.AT).holds(keys["story"].key_id)
            assert (
                ring(Keyring({pair.pk: private}, at=make.AT))
                .material(keys["story"].key_id)
                .secret
                == keys["story"].secret
            )
    finally:
        root.install(before)


def test_one_official_alone_opens_nothing() -> None:
    people = make.officials()
    pair = quorum.quorum_pair()
    assert pair is not None
    key = new_keys(whose=uuid4(), names=["story"], holders=[pair], given_by=uuid4(), at=make.AT)
    one, *others = people
    halves = [
        quorum.half_by_code(pair, one.pk, other.pk, make.printed_codes[one.pk])
        for other in others
    ]
    joined = quorum.join_halves(*halves)
    for private in (*halves, joined):
        with pytest.raises(Tampered):
            ring(Keyring({pair.pk: private}, at=make.AT)).material(key["story"].key_id)
    for other in others:
        with pytest.raises(WrongSecret):
            quorum.half_by_code(pair, other.pk, one.pk, make.printed_codes[one.pk])
        mine = make.private_of(pair_of(one))
        with pytest.raises(Tampered):
            quorum.half_by_key(pair, mine, pair_of(other), one.pk)


def test_a_share_that_was_swapped_is_found() -> None:
    one, two, three = make.officials()
    pair = quorum.quorum_pair()
    assert pair is not None
    first = Share.objects.get(official=one.pk, partner=two.pk, way="recovery")
    other = Share.objects.get(official=one.pk, partner=three.pk, way="recovery")
    Share.objects.filter(pk=first.pk).update(blob=other.blob)
    with pytest.raises(WrongSecret):
        quorum.half_by_code(pair, one.pk, two.pk, make.printed_codes[one.pk])
    with pytest.raises(WrongSecret):
        quorum.half_by_code(pair, one.pk, uuid4(), make.printed_codes[one.pk])


def test_a_quorum_has_three_different_officials_each_with_a_code() -> None:
    people = [pair_of(make.user()) for _ in range(3)]
    codes = {pair.owner: pairs.new_code() for pair in people}
    for wrong_people, wrong_codes in (
        (people[:2], codes),
        ([people[0]] * 3, codes),
        (people, {}),
    ):
        with pytest.raises(ValueError, match="three officials"):
            quorum.create_quorum(wrong_people, wrong_codes, make.AT)
    assert quorum.quorum_pair() is None
