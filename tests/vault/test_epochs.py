"""The next epoch: who held the newest key gets it, who lost the key does not."""

from datetime import timedelta, timezone
from uuid import UUID, uuid4

import pytest

from ruang.vault import pairs, release, root
from ruang.vault.epochs import next_epoch
from ruang.vault.keyring import (
    CannotOpen,
    Material,
    all_keys,
    current_keys,
    give,
    new_keys,
    readers,
    ring,
    take_away,
)
from ruang.vault.models import DataKey, KeyPair, Kind, Package, Wrap
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(days=30)


def pair_of(person: "make.User") -> KeyPair:
    return KeyPair.objects.get(owner=person.pk, kind=Kind.USER, retired_at=None)


def record_of(*people: "make.User") -> tuple[UUID, dict[str, Material]]:
    whose = uuid4()
    held = [pair_of(person) for person in people]
    keys = new_keys(
        whose=whose, names=["plan", "health"], holders=held, given_by=uuid4(), at=make.AT
    )
    return whose, keys


def follow(whose: UUID, *names: str) -> dict[str, Material]:
    return next_epoch(whose=whose, names=names, given_by=uuid4(), at=make.AT)


def test_those_who_hold_the_newest_key_get_the_next_and_who_lost_it_does_not() -> None:
    stays, leaves = make.user(), make.user()
    whose, old = record_of(stays, leaves)
    take_away(owner=leaves.pk, whose=whose, names=["plan"])
    made = follow(whose, "plan")
    assert current_keys(whose) == {"plan": made["plan"].key_id, "health": old["health"].key_id}
    assert ring(make.actor(stays).keys).material(made["plan"].key_id).secret != (
        old["plan"].secret
    )
    assert (
        ring(make.actor(stays).keys).material(old["plan"].key_id).secret == old["plan"].secret
    )
    assert not make.actor(leaves).keys.holds(made["plan"].key_id)
    assert make.actor(leaves).keys.holds(old["health"].key_id)
    assert all_keys(whose, ["plan"]) == [old["plan"].key_id, made["plan"].key_id]
    assert readers(whose, make.AT) == {
        stays.pk: frozenset({"plan", "health"}),
        leaves.pk: frozenset({"health"}),
    }


def test_the_end_of_a_wrap_goes_along_and_one_that_ended_is_not_renewed() -> None:
    stays, guest, gone = make.user(), make.user(), make.user()
    whose, old = record_of(stays)
    for person, until in ((guest, LATER), (gone, make.AT)):
        give(old.values(), to=[pair_of(person)], given_by=stays.pk, at=make.AT, until=until)
    made = follow(whose, "plan")
    wraps = Wrap.objects.filter(key_id=made["plan"].key_id)
    assert {(w.holder.owner, w.until) for w in wraps} == {(stays.pk, None), (guest.pk, LATER)}
    assert gone.pk not in readers(whose, make.AT)
    assert guest.pk not in readers(whose, LATER)


def test_whoever_has_a_new_pair_gets_it_there_and_who_has_none_does_not() -> None:
    renewed, dropped = make.user(), make.user()
    whose, _ = record_of(renewed, dropped)
    for person in (renewed, dropped):
        pairs.retire_pair(pair_of(person), make.AT)
    fresh, _ = pairs.create_pair(owner=renewed.pk, kind=Kind.USER, at=make.AT, epoch=2)
    made = follow(whose, "plan")
    assert [w.holder for w in Wrap.objects.filter(key_id=made["plan"].key_id)] == [fresh]


def test_a_compartment_that_never_was_has_no_next_epoch() -> None:
    whose, _ = record_of(make.user())
    with pytest.raises(DataKey.DoesNotExist):
        follow(whose, "legal")


# --- with open requests -------------------------------------------------------------------


def asked(material: Material) -> tuple["make.User", UUID]:
    place = make.organisation()
    worker, request = make.user(place), uuid4()
    desk = KeyPair.objects.get(owner=place.pk, kind=Kind.DESK)
    release.offer(request=request, materials=[material], desk=desk, until=LATER)
    return worker, request


def accept(worker: "make.User", request: UUID, *names: str) -> None:
    release.take(
        keys=make.actor(worker).keys, request=request, names=names, to=pair_of(worker),
        given_by=worker.pk, at=make.AT,
    )  # fmt: skip


def test_an_open_request_offers_every_epoch_in_use_and_taking_gives_them_all() -> None:
    manager = make.user()
    whose, old = record_of(manager)
    worker, request = asked(old["plan"])
    other, other_request = asked(old["health"])
    made = [follow(whose, "plan")["plan"] for _ in range(2)]
    assert {key.pk for key in release.offered(request)} == {
        old["plan"].key_id, *(m.key_id for m in made)
    }  # fmt: skip
    assert [key.pk for key in release.offered(other_request)] == [old["health"].key_id]
    assert not make.actor(worker).keys.holds(made[0].key_id)
    accept(worker, request, "plan")
    for material in (old["plan"], *made):
        opened = ring(make.actor(worker).keys).material(material.key_id)
        assert opened.secret == material.secret
        assert Wrap.objects.get(key_id=material.key_id, holder__owner=worker.pk).until == LATER
    assert not make.actor(other).keys.holds(made[0].key_id)


def test_the_next_epoch_is_offered_without_root() -> None:
    whose, old = record_of(make.user())
    worker, request = asked(old["plan"])
    before = root._installed
    try:
        root.install(None)
        made = follow(whose, "plan")["plan"]
    finally:
        root.install(before)
    accept(worker, request, "plan")
    assert make.actor(worker).keys.holds(made.key_id)


def test_a_request_that_is_over_is_offered_nothing_more() -> None:
    whose, old = record_of(make.user())
    worker, request = asked(old["plan"])
    release.destroy(request)
    follow(whose, "plan")
    assert not Package.objects.exists()
    with pytest.raises(CannotOpen):
        accept(worker, request, "plan")


def test_keys_may_be_offered_one_after_the_other_each_with_its_own_end() -> None:
    _, old = record_of(make.user())
    worker, request = asked(old["plan"])
    desk = KeyPair.objects.get(owner=worker.organisation_id, kind=Kind.DESK)
    release.offer(request=request, materials=[old["health"]], desk=desk, until=None)
    accept(worker, request, "health")
    assert Wrap.objects.get(key_id=old["health"].key_id, holder__owner=worker.pk).until is None
    assert not make.actor(worker).keys.holds(old["plan"].key_id)
    accept(worker, request, "plan")
    assert make.actor(worker).keys.holds(old["plan"].key_id)


def test_an_end_said_in_another_time_zone_is_the_same_end() -> None:
    in_serang = LATER.astimezone(timezone(timedelta(hours=7)))
    manager, guest = make.user(), make.user()
    whose, old = record_of(manager)
    give(old.values(), to=[pair_of(guest)], given_by=manager.pk, at=make.AT, until=in_serang)
    assert ring(make.actor(guest).keys).material(old["plan"].key_id)
    place = make.organisation()
    worker, request = make.user(place), uuid4()
    desk = KeyPair.objects.get(owner=place.pk, kind=Kind.DESK)
    release.offer(request=request, materials=[old["plan"]], desk=desk, until=in_serang)
    follow(whose, "plan")
    accept(worker, request, "plan")
    for key_id in all_keys(whose, ["plan"]):
        assert ring(make.actor(worker).keys).material(key_id)
        assert ring(make.actor(guest).keys).material(key_id)
