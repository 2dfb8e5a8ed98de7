"""No wrap, no opening; and no opening without somebody writing it down."""

import pickle
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from ruang.access.actor import SYSTEM
from ruang.intake.models import Message
from ruang.intake.states import Side
from ruang.vault import keyring
from ruang.vault.keyring import CannotOpen, Keyring, Material, NoLedger, ring
from ruang.vault.ledger import Ledger, Opening
from ruang.vault.models import KeyPair, Kind, Wrap
from ruang.vault.suites import Tampered
from ruang.vault.texts import key_of, open_text, open_texts, seal_text, version_of
from tests import make

pytestmark = pytest.mark.django_db


def desk_pair(person: "make.User") -> KeyPair:
    return KeyPair.objects.get(owner=person.organisation_id, kind=Kind.DESK, retired_at=None)


def user_pair(person: "make.User") -> KeyPair:
    return KeyPair.objects.get(owner=person.pk, kind=Kind.USER, retired_at=None)


def sealed_for(holder: KeyPair, text: str = "Saya takut pulang.") -> tuple[Message, Material]:
    record = uuid4()
    key = keyring.new_keys(
        whose=record, names=["story"], holders=[holder], given_by=uuid4(), at=make.AT
    )["story"]
    row = Message(report_id=record, at=make.AT, side=Side.REPORTER)
    row.text = seal_text(key, Message, "text", row.pk, text)
    return row, key


def test_a_member_opens_what_came_to_the_desk_and_it_is_noted() -> None:
    person, ledger = make.user(), Ledger()
    row, key = sealed_for(desk_pair(person))
    assert (
        open_text(make.actor(person, ledger=ledger).keys, row, "text") == "Saya takut pulang."
    )
    assert ledger.take() == (Opening(key.whose, "story"),)
    assert ledger.take() == ()


def test_somebody_of_another_desk_opens_nothing() -> None:
    row, _ = sealed_for(desk_pair(make.user()))
    stranger = make.actor(make.user())
    with pytest.raises(CannotOpen):
        open_text(stranger.keys, row, "text")
    assert open_texts(stranger.keys, [row], "text") == [None]


def test_asking_for_a_desk_s_key_does_not_make_it_ones_own() -> None:
    """Whichever wrap the database names first, the one that opens is taken."""
    person, elsewhere = make.user(), desk_pair(make.user())
    row, key = sealed_for(elsewhere)
    keyring.give([key], to=[user_pair(person)], given_by=uuid4(), at=make.AT)
    keys = make.actor(person).keys
    keys.prefetch([elsewhere.pk])
    assert not keys.holds(elsewhere.pk)
    assert open_text(keys, row, "text") == "Saya takut pulang."
    _, other = sealed_for(elsewhere)
    assert not keys.holds(other.key_id)


def test_the_system_opens_nothing() -> None:
    row, _ = sealed_for(desk_pair(make.user()))
    SYSTEM.keys.prefetch([])
    assert not SYSTEM.keys.holds(uuid4())
    with pytest.raises(CannotOpen):
        ring(SYSTEM.keys)
    assert open_texts(SYSTEM.keys, [row], "text") == [None]


def test_where_nobody_writes_it_down_nothing_opens() -> None:
    person = make.user()
    pair = user_pair(person)
    row, _ = sealed_for(pair)
    lonely = Keyring({pair.pk: make.private_of(pair)}, at=make.AT)
    with pytest.raises(NoLedger):
        open_text(lonely, row, "text")


def test_many_texts_cost_one_query_for_wraps(django_assert_num_queries: object) -> None:
    person = make.user()
    rows = [sealed_for(desk_pair(person), f"cerita {n}")[0] for n in range(20)]
    actor = make.actor(person)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert open_texts(actor.keys, rows, "text") == [f"cerita {n}" for n in range(20)]
        assert open_texts(actor.keys, rows[:3], "text") == ["cerita 0", "cerita 1", "cerita 2"]


def test_an_empty_column_is_an_empty_text() -> None:
    assert open_text(make.actor(make.user()).keys, Message(), "text") == ""
    assert key_of(None) is None


def test_a_wrap_with_an_end_opens_nothing_after_it_and_is_swept() -> None:
    person = make.user()
    row, key = sealed_for(desk_pair(make.user()))
    until = make.AT + timedelta(days=1)
    keyring.give([key], to=[user_pair(person)], given_by=uuid4(), at=make.AT, until=until)
    assert open_text(make.actor(person).keys, row, "text")
    later = make.actor(person, at=until)
    assert not later.keys.holds(key.key_id)
    assert keyring.end_expired(until - timedelta(seconds=1)) == 0
    assert keyring.end_expired(until) == 1
    assert not make.actor(person).keys.holds(key.key_id)


def test_giving_again_replaces_the_end() -> None:
    person = make.user()
    row, key = sealed_for(desk_pair(make.user()))
    to = [user_pair(person)]
    keyring.give([key], to=to, given_by=uuid4(), at=make.AT, until=make.AT)
    keyring.give([key], to=to, given_by=uuid4(), at=make.AT)
    assert open_text(make.actor(person).keys, row, "text")
    assert Wrap.objects.filter(holder=to[0], key=key.key_id).count() == 1


def test_taking_away_is_by_record_by_name_or_everything() -> None:
    person = make.user()
    pair = user_pair(person)
    record = uuid4()
    keys = keyring.new_keys(
        whose=record, names=["a", "b", "c"], holders=[pair], given_by=uuid4(), at=make.AT
    )
    assert keyring.current_keys(record) == {n: m.key_id for n, m in keys.items()}
    assert keyring.take_away(owner=person.pk, whose=record, names=["a"]) == 1
    assert make.actor(person).keys.holds(keys["b"].key_id)
    assert keyring.take_away(owner=person.pk, whose=record) == 2
    assert keyring.take_away(owner=person.pk) == 1  # the desk's private key
    assert not make.actor(person).keys.holds(desk_pair(person).pk)


@pytest.mark.parametrize("column", ["given_by", "until", "holder_id", "key_id"])
def test_a_wrap_is_bound_to_who_gave_what_to_whom_until_when(column: str) -> None:
    person, other = make.user(), make.user()
    _, key = sealed_for(user_pair(person))
    second = sealed_for(user_pair(other))[1]
    forged = {
        "given_by": uuid4(),
        "until": make.AT + timedelta(days=999),
        "holder_id": user_pair(other).pk,
        "key_id": second.key_id,
    }
    Wrap.objects.filter(key=second.key_id).delete()
    Wrap.objects.filter(key=key.key_id).update(**{column: forged[column]})
    for someone in (person, other):
        keys = make.actor(someone).keys
        for wanted in (key.key_id, second.key_id):
            try:
                material = ring(keys).material(wanted)
            except (CannotOpen, Tampered):
                continue
            assert (column, wanted, material.key_id) == ()  # a forged wrap opened


def test_versions_and_keys_can_be_read_from_a_blob_without_opening_it() -> None:
    person = make.user()
    _, key = sealed_for(user_pair(person))
    blob = seal_text(key, Message, "text", uuid4(), "isi", version=7)
    assert version_of(blob) == 7
    assert key_of(blob) == key.key_id


def test_a_key_does_not_print_or_pickle() -> None:
    _, key = sealed_for(user_pair(make.user()))
    assert repr(key) == "<Material>"
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_a_column_that_is_not_sealed_cannot_be_sealed() -> None:
    _, key = sealed_for(user_pair(make.user()))
    with pytest.raises(Exception, match="not a sealed column"):
        seal_text(key, Message, "kind", UUID(int=1), "isi")
