"""S-28: a ciphertext moved to another field, row, record, epoch or version does not open."""

from itertools import permutations
from uuid import UUID, uuid4

import pytest
from django.apps import apps

from ruang.vault import keyring
from ruang.vault.models import KeyPair, Kind
from ruang.vault.suites import Tampered
from ruang.vault.texts import SealedField, open_text, seal_text
from tests import make

pytestmark = pytest.mark.django_db

COLUMNS = [
    (model, column.name)
    for model in apps.get_models()
    for column in model._meta.get_fields()
    if isinstance(column, SealedField)
]


def test_every_sealed_column_has_a_permanent_id_of_its_own() -> None:
    labels = [model._meta.get_field(name).label for model, name in COLUMNS]
    assert len(labels) == len(set(labels)) >= 13


def test_no_value_opens_in_another_column() -> None:
    person = make.user()
    holder = KeyPair.objects.get(owner=person.pk, kind=Kind.USER)
    key = keyring.new_keys(
        whose=uuid4(), names=["story"], holders=[holder], given_by=uuid4(), at=make.AT
    )["story"]
    row_id = uuid4()
    sealed = {
        (model, name): seal_text(key, model, name, row_id, f"{model.__name__}.{name}")
        for model, name in COLUMNS
    }
    keys = make.actor(person).keys
    for (model, name), blob in sealed.items():
        row = model(pk=row_id, **{name: blob})
        assert open_text(keys, row, name) == f"{model.__name__}.{name}"
    for there, here in permutations(COLUMNS, 2):
        row = there[0](pk=row_id, **{there[1]: sealed[here]})
        with pytest.raises(Tampered):
            open_text(keys, row, there[1])


def test_no_value_opens_in_another_row_under_another_key_or_version() -> None:
    person = make.user()
    holder = KeyPair.objects.get(owner=person.pk, kind=Kind.USER)
    record = uuid4()
    made: list[tuple[UUID, bytes]] = []
    for epoch in range(1, 6):
        keys = keyring.new_keys(
            whose=record, names=["plan", "legal"], holders=[holder], given_by=uuid4(),
            at=make.AT, epoch=epoch,
        )  # fmt: skip
        for key in keys.values():
            for _ in range(10):
                row_id = uuid4()
                model, name = COLUMNS[0]
                made.append((row_id, seal_text(key, model, name, row_id, "isi", version=3)))
    keys = make.actor(person).keys
    model, name = COLUMNS[0]
    for (row_id, _), (_, blob) in permutations(made, 2):
        with pytest.raises(Tampered):
            open_text(keys, model(pk=row_id, **{name: blob}), name)
    row_id, blob = made[0]
    other_key = made[-1][1]
    for forged in (
        blob[:1] + other_key[1:17] + blob[17:],  # the key of another epoch and name
        blob[:17] + (4).to_bytes(4, "big") + blob[21:],  # an older or newer version
    ):
        with pytest.raises(Tampered):
            open_text(keys, model(pk=row_id, **{name: forged}), name)
