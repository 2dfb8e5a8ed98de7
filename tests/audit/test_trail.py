"""The trail: written with its change, in commit order; every later change to it is found."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ruang.access.actor import SYSTEM
from ruang.audit import disclosures, due, feed, tree
from ruang.audit.models import Checkpoint, Due, Fact, Head
from ruang.audit.record import record
from ruang.audit.verify import checkpoint, checkpoint_when_due, verify
from ruang.kernel.events import Event
from ruang.vault.ledger import Opening
from tests import make


@dataclass(frozen=True, slots=True)
class Happened(Event):
    name: ClassVar[str] = "test.happened"
    thing: UUID
    other: UUID | None = None
    code: str = "a"
    count: int = 0
    extra: object = None


def write(number: int, **fields: object) -> None:
    with transaction.atomic():
        for _ in range(number):
            record(Happened(uuid4(), **fields), actor=SYSTEM, at=make.AT)  # type: ignore[arg-type]


def reference_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, as it stands there."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    both = reference_root(leaves[:k]) + reference_root(leaves[k:])
    return sha256(b"\x01" + both).digest()


@given(st.integers(0, 130))
def test_the_tree_is_the_one_of_the_standard(size: int) -> None:
    leaves = [tree.leaf_hash({"n": n}) for n in range(size)]
    edge = b""
    for n, leaf in enumerate(leaves):
        edge = tree.grow(edge, n, leaf)
    assert tree.root_of(edge) == reference_root(leaves)


@pytest.mark.django_db
def test_facts_are_numbered_in_order_and_verify() -> None:
    write(37, code="x", other=uuid4(), count=3)
    assert list(Fact.objects.values_list("number", flat=True)) == list(range(1, 38))
    assert verify().first_bad is None
    assert verify().facts == 37
    assert Fact.objects.get(number=1).codes == {"code": "x", "count": 3}


@pytest.mark.django_db
def test_an_empty_trail_verifies_and_has_a_checkpoint() -> None:
    assert verify().first_bad is None
    assert checkpoint(at=make.AT).size == 0


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused() -> None:
    with pytest.raises(TransactionManagementError):
        record(Happened(uuid4()), actor=SYSTEM, at=make.AT)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_fact_and_no_gap() -> None:
    write(2)
    with transaction.atomic():
        record(Happened(uuid4()), actor=SYSTEM, at=make.AT)
        transaction.set_rollback(True)
    write(1)
    assert list(Fact.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert verify().first_bad is None


@pytest.mark.django_db
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(hours=st.lists(st.sampled_from([48, -48, 1, -1, 0, -87_600]), min_size=1, max_size=12))
def test_however_the_system_clock_jumps_the_order_is_that_of_writing(hours: list[int]) -> None:
    """R-05: a number orders, never a time; the tree and what others kept of it hold."""
    at, written, kept = make.AT, [], []
    before = Fact.objects.count()
    for jump in hours:
        at += timedelta(hours=jump)
        thing = uuid4()
        with transaction.atomic():
            record(Happened(thing), actor=SYSTEM, at=at)
        written.append((thing, at))
        point = checkpoint(at=at)
        kept.append((point.size, bytes(point.root).hex()))
    facts = Fact.objects.filter(number__gt=before).order_by("number")
    assert [(fact.about, fact.at) for fact in facts] == written
    assert [fact.number for fact in facts] == list(range(before + 1, before + 1 + len(hours)))
    read = feed.after(before, limit=20)
    assert [one.number for one in read] == [fact.number for fact in facts]
    assert verify(kept=kept).first_bad is None


@pytest.mark.django_db
def test_a_clock_that_was_ahead_holds_up_no_checkpoint() -> None:
    write(1)
    checkpoint_when_due(at=make.AT + timedelta(days=2))
    write(1)
    checkpoint_when_due(at=make.AT)
    assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [1, 2]


SENTENCE = "Ia memukul saya sejak tahun lalu, hampir setiap malam, di rumah."


@pytest.mark.parametrize("content", [SENTENCE, {"a": 1}, 1.5])
def test_content_cannot_be_recorded(content: object) -> None:
    with pytest.raises(TypeError):
        Happened(uuid4(), extra=content).codes()


CHANGES = {
    "code": lambda n: Fact.objects.filter(number=n).update(codes={"code": "b"}),
    "who": lambda n: Fact.objects.filter(number=n).update(by=uuid4()),
    "when": lambda n: Fact.objects.filter(number=n).update(at=make.AT.replace(year=2025)),
    "about": lambda n: Fact.objects.filter(number=n).update(about=uuid4()),
    "name": lambda n: Fact.objects.filter(number=n).update(name="test.other"),
    "leaf": lambda n: Fact.objects.filter(number=n).update(leaf=bytes(32)),
    "root": lambda n: Fact.objects.filter(number=n).update(root=bytes(32)),
    "gone": lambda n: Fact.objects.filter(number=n).delete(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", list(CHANGES))
def test_a_changed_row_is_found_and_named(change: str) -> None:
    write(40)
    checkpoint(at=make.AT)
    for _ in range(25):
        number = Random(change).randint(1, 39)
        point = transaction.savepoint()
        CHANGES[change](number)
        assert verify().first_bad in {number, number + 1 if change == "gone" else number}
        transaction.savepoint_rollback(point)
    assert verify().first_bad is None


@pytest.mark.django_db
def test_two_rows_in_another_order_are_found() -> None:
    write(10)
    one, two = Fact.objects.get(number=4), Fact.objects.get(number=7)
    one.number, two.number = 7, 4
    one.save()
    two.save()
    assert verify().first_bad == 4


@pytest.mark.django_db
def test_a_trail_cut_at_the_end_is_found() -> None:
    write(10)
    Fact.objects.filter(number__gt=8).delete()
    assert verify().first_bad == 9
    Head.objects.update(size=8)  # a thief who thinks of this too
    assert verify().first_bad is None
    assert verify(kept=[(10, "00" * 32)]).first_bad == 9


@pytest.mark.django_db
def test_a_trail_rewritten_whole_is_found_by_whoever_kept_a_checkpoint() -> None:
    write(10)
    kept = checkpoint(at=make.AT)
    root = bytes(kept.root).hex()
    Fact.objects.all().delete()
    Head.objects.all().delete()
    Checkpoint.objects.all().delete()
    write(12)
    assert verify().first_bad is None
    assert verify(kept=[(10, root)]).first_bad == 10


@pytest.mark.django_db
def test_a_checkpoint_that_says_another_root_is_found() -> None:
    write(5)
    checkpoint(at=make.AT)
    checkpoint(at=make.AT)
    assert Checkpoint.objects.count() == 1
    Checkpoint.objects.update(root=bytes(32))
    assert verify().first_bad == 5


@pytest.mark.django_db
def test_openings_and_refusals_are_facts() -> None:
    person = make.actor(make.user())
    report = uuid4()
    disclosures.disclose([], actor=person, at=make.AT)
    assert not Fact.objects.exists()
    opened = [Opening(report, "contact"), Opening(report, "story")]
    disclosures.disclose(opened, actor=person, at=make.AT, automatic=True)
    disclosures.refuse(actor=person, rule="may_open" * 20, page="desk:open", at=make.AT)
    first, second, refused = Fact.objects.all()
    assert (first.about, first.by, first.codes) == (
        report, person.user_id, {"compartment": "contact", "automatic": True},
    )  # fmt: skip
    assert second.codes["compartment"] == "story"
    assert refused.name == "audit.refused"
    assert len(refused.codes["rule"]) == 60


@pytest.mark.django_db
def test_a_due_time_is_one_a_subject_and_moves() -> None:
    subject = uuid4()
    due.schedule("sweep", subject, make.AT)
    due.schedule("sweep", subject, make.AT.replace(hour=20))
    assert Due.objects.get().due_at.hour == 20
    due.cancel("sweep", subject)
    assert not Due.objects.exists()
