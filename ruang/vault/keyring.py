"""The keys somebody holds while one request lasts, and the wraps they open.

A key is reached through wraps to the own pair, or to a pair (a desk's) whose private part is
wrapped to the own pair. Everything fetched is remembered until the request ends.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NoReturn
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ruang.access.actor import Keys
from ruang.kernel.rows import insert
from ruang.vault.ledger import Ledger
from ruang.vault.models import DataKey, KeyPair, Wrap
from ruang.vault.suites import new_secret, unwrap, wrap

PRIVATE = "private"
"""Name of the data key that is the private part of a desk's or the quorum's pair."""


class CannotOpen(Exception):  # noqa: N818 - what the holder is told
    """These keys do not open that: it was never given, it was taken away, or it ran out."""


class NoLedger(RuntimeError):  # noqa: N818 - a fault of ours
    """Something sealed was to be opened where nobody would write it down."""


class Material:
    """One key in the open. Opaque: it cannot be printed or pickled."""

    __slots__ = ("epoch", "key_id", "name", "secret", "whose")

    def __init__(self, key: DataKey, secret: bytes) -> None:
        self.key_id, self.whose, self.name, self.epoch = key.pk, key.whose, key.name, key.epoch
        self.secret = secret

    def __repr__(self) -> str:
        return "<Material>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key does not leave the process")


class Keyring:
    """What one holder can open. Implements :class:`ruang.access.actor.Keys`."""

    __slots__ = ("_at", "_desks", "_ledger", "_open", "_privates", "_wraps")

    def __init__(
        self, privates: Mapping[UUID, bytes], *, at: datetime, ledger: Ledger | None = None
    ) -> None:
        self._privates = dict(privates)
        self._at, self._ledger = at, ledger
        self._desks: frozenset[UUID] | None = None
        self._wraps: dict[UUID, list[Wrap]] = {}
        self._open: dict[UUID, Material] = {}

    def __repr__(self) -> str:
        return "<Keyring>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys do not leave the process")

    def prefetch(self, key_ids: Iterable[UUID]) -> None:
        """Fetch the wraps of these keys in one query."""
        asked = set(key_ids)
        if asked <= self._wraps.keys():
            return
        # First whose pairs these are: a desk's pair that is only asked for is not among them.
        holders = self.pairs()
        wanted = asked - self._wraps.keys()
        for key_id in wanted:
            self._wraps[key_id] = []
        for found in self._in_force().filter(key__in=wanted, holder__in=holders):
            self._wraps[found.key_id].append(found)

    def holds(self, key_id: UUID) -> bool:
        """Say whether there is a wrap that these keys open."""
        self.prefetch([key_id])
        return bool(self._wraps[key_id])

    def pairs(self) -> frozenset[UUID]:
        """Return the pairs these keys are the private part of: the own, and those of desks."""
        if self._desks is None:
            self._desks = frozenset()
            mine = self._in_force().filter(holder__in=list(self._privates), key__name=PRIVATE)
            for found in mine:
                self._wraps.setdefault(found.key_id, []).append(found)
            self._desks = frozenset(self._wraps)
        return self._desks | self._privates.keys()

    def material(self, key_id: UUID) -> Material:
        """Open one key.

        :raises CannotOpen: if no wrap of it is in these hands
        """
        if key_id not in self._open:
            if not self.holds(key_id):
                raise CannotOpen(str(key_id))
            found = self._wraps[key_id][0]
            secret = unwrap(self._private(found.holder_id), bytes(found.blob), _context(found))
            self._open[key_id] = Material(found.key, secret)
        return self._open[key_id]

    def note(self, material: Material) -> None:
        """Write down that something under this key was opened.

        :raises NoLedger: if nobody would keep the note
        """
        if self._ledger is None:
            raise NoLedger(material.name)
        self._ledger.note(material.whose, material.name)

    def _private(self, pair_id: UUID) -> bytes:
        return self._privates.get(pair_id) or self.material(pair_id).secret

    def _in_force(self) -> QuerySet[Wrap]:
        return Wrap.objects.select_related("key").filter(Q(until=None) | Q(until__gt=self._at))


def ring(keys: Keys) -> Keyring:
    """Return the keyring behind an actor's opaque keys.

    :raises CannotOpen: if this actor holds none (the system)
    """
    if not isinstance(keys, Keyring):
        raise CannotOpen("this actor holds no keys")
    return keys


def new_keys(
    *,
    whose: UUID,
    names: Iterable[str],
    holders: Iterable[KeyPair],
    given_by: UUID,
    at: datetime,
    epoch: int = 1,
) -> dict[str, Material]:
    """Make one key a name, wrap each to every holder, and return them in the open."""
    keys = [DataKey(whose=whose, name=name, epoch=epoch, created_at=at) for name in names]
    insert(*keys)
    made = [Material(key, new_secret()) for key in keys]
    insert(*_wraps(made, holders, given_by, at, None))  # nobody holds a new key already
    return {material.name: material for material in made}


def keep_private(pair: KeyPair, private: bytes, at: datetime) -> Material:
    """Make the private part of a desk's or the quorum's pair a key that can be given."""
    key = DataKey.objects.create(
        pk=pair.pk, whose=pair.owner, name=PRIVATE, epoch=pair.epoch, created_at=at
    )
    return Material(key, private)


def give(
    materials: Iterable[Material],
    *,
    to: Iterable[KeyPair],
    given_by: UUID,
    at: datetime,
    until: datetime | None = None,
) -> None:
    """Wrap keys to holders. Who already holds one gets the new wrap, with the new end."""
    Wrap.objects.bulk_create(
        _wraps(materials, to, given_by, at, until),
        update_conflicts=True,
        unique_fields=["key", "holder"],
        update_fields=["given_by", "given_at", "until", "blob"],
    )


def _wraps(
    materials: Iterable[Material],
    to: Iterable[KeyPair],
    given_by: UUID,
    at: datetime,
    until: datetime | None,
) -> list[Wrap]:
    holders, wraps = list(to), []
    for material in materials:
        key = DataKey(
            pk=material.key_id,
            whose=material.whose,
            name=material.name,
            epoch=material.epoch,
        )
        for holder in holders:
            row = Wrap(key=key, holder=holder, given_by=given_by, given_at=at, until=until)
            row.blob = wrap(bytes(holder.public), material.secret, _context(row))
            wraps.append(row)
    return wraps


def take_away(*, owner: UUID, whose: UUID | None = None, names: Iterable[str] = ()) -> int:
    """Delete an owner's wraps of somebody's keys (all keys and all records by default)."""
    wraps = Wrap.objects.filter(holder__owner=owner)
    if whose is not None:
        wraps = wraps.filter(key__whose=whose)
    if chosen := list(names):
        wraps = wraps.filter(key__name__in=chosen)
    return wraps.delete()[0]


def destroy_keys(whose: UUID) -> int:
    """Delete the keys of somebody's record, and every wrap: nothing of it opens again."""
    return DataKey.objects.filter(whose=whose).delete()[0]


def current_keys(whose: UUID) -> dict[str, UUID]:
    """Return the id of the newest key of each compartment of somebody's record, by name."""
    rows = DataKey.objects.filter(whose=whose).order_by("epoch").values_list("name", "pk")
    return dict(rows)


def all_keys(whose: UUID, names: Iterable[str] = ()) -> list[UUID]:
    """Return the ids of every epoch's key of somebody's compartments (all by default)."""
    rows = DataKey.objects.filter(whose=whose)
    if chosen := list(names):
        rows = rows.filter(name__in=chosen)
    return list(rows.order_by("epoch", "name").values_list("pk", flat=True))


def readers(whose: UUID, at: datetime) -> dict[UUID, frozenset[str]]:
    """Return who holds the newest keys of somebody's record: the compartments, by owner."""
    same = DataKey.objects.filter(whose=whose, name=OuterRef("key__name"))
    newer = same.filter(epoch__gt=OuterRef("key__epoch"))
    in_force = Q(until=None) | Q(until__gt=at)
    rows = Wrap.objects.filter(in_force, ~Exists(newer), key__whose=whose)
    found: dict[UUID, frozenset[str]] = {}
    for owner, name in rows.values_list("holder__owner", "key__name"):
        found[owner] = found.get(owner, frozenset()) | {name}
    return found


def end_expired(at: datetime) -> int:
    """Delete every wrap whose end has passed. Needs no key."""
    return Wrap.objects.filter(until__lte=at).delete()[0]


def _context(row: Wrap) -> str:
    """Return what a wrap is bound to: what, whose, epoch, to whom, by whom, until when."""
    until = row.until.astimezone(UTC).isoformat() if row.until else "-"
    what = f"{row.key.name}|{row.key.whose}|{row.key.epoch}|{row.key.pk}"
    return f"wrap|{what}|{row.holder_id}|{row.given_by}|{until}"
