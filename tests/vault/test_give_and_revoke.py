"""S-24: after any sequence of giving, taking away, expiring and new epochs, what each holder
reads is exactly what the model says. RUANG_STEPS sets how long the sequences are."""

import os
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest

from ruang.vault import keyring, pairs
from ruang.vault.keyring import CannotOpen, Keyring, Material, ring
from ruang.vault.models import KeyPair, Kind
from tests import make

STEPS = int(os.environ.get("RUANG_STEPS", "3000"))
PEOPLE, DESKS, RECORDS = 6, 3, 4
NAMES = ("identity", "narrative", "plan")


class World:
    """What the vault should say, kept in plain dictionaries."""

    def __init__(self, random: Random) -> None:
        self.random, self.at = random, make.AT
        self.people = [self._pair(Kind.USER) for _ in range(PEOPLE)]
        self.desks = [self._pair(Kind.DESK) for _ in range(DESKS)]
        self.desk_keys = [keyring.keep_private(p, s, self.at) for p, s in self.desks]
        self.keys: dict[tuple[UUID, str, int], Material] = {}
        self.given: dict[tuple[UUID, UUID], object] = {}  # (holder pair, key) -> until or None
        self.records = [uuid4() for _ in range(RECORDS)]
        for record in self.records:
            for name in NAMES:
                self.open_epoch(record, name)

    def _pair(self, kind: Kind) -> tuple[KeyPair, bytes]:
        return pairs.create_pair(owner=uuid4(), kind=kind, at=self.at)

    def holders(self) -> list[KeyPair]:
        return [pair for pair, _ in self.people + self.desks]

    def open_epoch(self, record: UUID, name: str) -> None:
        epoch = 1 + sum(1 for r, n, _ in self.keys if (r, n) == (record, name))
        holders = self.random.sample(self.holders(), 2)
        made = keyring.new_keys(
            whose=record, names=[name], holders=holders, given_by=uuid4(), at=self.at,
            epoch=epoch,
        )  # fmt: skip
        self.keys[record, name, epoch] = made[name]
        for holder in holders:
            self.given[holder.pk, made[name].key_id] = None

    def step(self) -> None:
        getattr(self, self.random.choice(ACTIONS))()

    def give(self) -> None:
        material = self.random.choice(list(self.keys.values()))
        holder = self.random.choice(self.holders())
        until = self.random.choice([None, self.at + timedelta(hours=self.random.randint(0, 9))])
        keyring.give([material], to=[holder], given_by=uuid4(), at=self.at, until=until)
        self.given[holder.pk, material.key_id] = until

    def let_into_desk(self) -> None:
        n, person = self.random.randrange(DESKS), self.random.choice(self.people)[0]
        keyring.give([self.desk_keys[n]], to=[person], given_by=uuid4(), at=self.at)
        self.given[person.pk, self.desk_keys[n].key_id] = None

    def take_one(self) -> None:
        holder, record = self.random.choice(self.holders()), self.random.choice(self.records)
        name = self.random.choice(NAMES)
        keyring.take_away(owner=holder.owner, whose=record, names=[name])
        self._forget(holder, {k.key_id for (r, n, _), k in self.keys.items()
                              if (r, n) == (record, name)})  # fmt: skip

    def take_record(self) -> None:
        holder, record = self.random.choice(self.holders()), self.random.choice(self.records)
        keyring.take_away(owner=holder.owner, whose=record)
        self._forget(holder, {k.key_id for (r, _, _), k in self.keys.items() if r == record})

    def leave(self) -> None:
        holder = self.random.choice(self.people)[0]
        keyring.take_away(owner=holder.owner)
        self._forget(holder, {key for pair, key in self.given if pair == holder.pk})

    def new_epoch(self) -> None:
        self.open_epoch(self.random.choice(self.records), self.random.choice(NAMES))

    def time_passes(self) -> None:
        self.at += timedelta(minutes=self.random.randint(1, 240))
        if self.random.random() < 0.5:
            keyring.end_expired(self.at)

    def _forget(self, holder: KeyPair, keys: set[UUID]) -> None:
        for key in keys:
            self.given.pop((holder.pk, key), None)

    def _holds(self, pair: UUID, key: UUID) -> bool:
        until = self.given.get((pair, key), "never")
        return until is None or (until != "never" and until > self.at)  # type: ignore[operator]

    def check(self, person: tuple[KeyPair, bytes], material: Material) -> None:
        pair, private = person
        through = [
            d.pk for (d, _), k in zip(self.desks, self.desk_keys, strict=True)
            if self._holds(pair.pk, k.key_id)
        ]  # fmt: skip
        expected = any(self._holds(p, material.key_id) for p in [pair.pk, *through])
        held = Keyring({pair.pk: private}, at=self.at)
        assert held.holds(material.key_id) == expected
        if expected:
            assert ring(held).material(material.key_id).secret == material.secret
        else:
            with pytest.raises(CannotOpen):
                held.material(material.key_id)


ACTIONS = (
    "give", "give", "give", "let_into_desk", "take_one", "take_one", "take_record", "leave",
    "new_epoch", "time_passes",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.slow
def test_what_each_holder_reads_is_what_the_model_says() -> None:
    seed = int(os.environ.get("RUANG_SEED", Random().randrange(1_000_000)))
    print(f"RUANG_SEED={seed}")
    make.vault()
    done = 0
    while done < STEPS:
        world = World(Random(seed + done))
        for _ in range(min(500, STEPS - done)):
            world.step()
            done += 1
            person = world.random.choice(world.people)
            world.check(person, world.random.choice(list(world.keys.values())))
        for person in world.people:
            for material in world.keys.values():
                world.check(person, material)
