"""New rows go in with a statement that was made once, and are the same as saved ones."""

import json
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, models, transaction
from django.test.utils import isolate_apps

from ruang.audit.models import Fact, Head
from ruang.kernel.ids import uuid7
from ruang.kernel.rows import insert
from ruang.vault.models import DataKey, KeyPair, Kind

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)


def test_an_inserted_row_reads_back_as_a_saved_one_does() -> None:
    def facts(number: int) -> Fact:
        return Fact(
            number=number, at=AT, name="a.b", role="reporter",
            by=uuid7(), organisation=uuid7(), about=uuid7(),
            ids={"a": "1"}, codes={"b": 2, "c": None}, leaf=b"\x00", root=b"\xff",
        )  # fmt: skip

    inserted, saved = facts(1), facts(2)
    insert(inserted)
    saved.save(force_insert=True)
    for row in (inserted, saved):
        again = Fact.objects.get(pk=row.pk)
        for field in Fact._meta.concrete_fields:
            was, is_now = getattr(row, field.attname), getattr(again, field.attname)
            assert (bytes(is_now) if isinstance(was, bytes) else is_now) == was, field.name
        assert json.dumps(again.codes) == json.dumps(row.codes)


def test_it_is_known_to_be_there_and_can_be_saved_again() -> None:
    key = DataKey(whose=uuid7(), name="story", created_at=AT)
    assert key._state.adding
    insert(key)
    assert not key._state.adding
    key.name = "contact"
    key.save()
    assert DataKey.objects.get().name == "contact"


def test_many_rows_go_in_together_or_not_at_all() -> None:
    whose = uuid7()
    keys = [DataKey(whose=whose, name=name, created_at=AT) for name in ("a", "b", "a")]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(*keys)
    assert not DataKey.objects.exists()
    insert(*keys[:2])
    assert DataKey.objects.count() == 2
    insert()


def test_after_a_refusal_the_transaction_is_as_lost_as_after_a_save() -> None:
    pair = KeyPair(owner=uuid7(), kind=Kind.DESK, public=b"p", created_at=AT)
    with transaction.atomic():
        insert(pair)
        with pytest.raises(IntegrityError):
            insert(pair)
        with pytest.raises(transaction.TransactionManagementError):
            Head.objects.exists()
    assert not KeyPair.objects.exists()


@isolate_apps("ruang.vault")
def test_a_model_whose_ids_come_from_the_database_is_refused() -> None:
    class Counted(models.Model):
        id = models.BigAutoField(primary_key=True)

        class Meta:
            app_label = "vault"

    with pytest.raises(TypeError, match="leaves something to the database"):
        insert(Counted())
