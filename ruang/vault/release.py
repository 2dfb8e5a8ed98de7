"""What is offered with a request: the asked desk and the server open it only together.

The sharer seals each key to the desk's pair, and that again to the request's own release pair,
whose private part the server keeps under ROOT. Accepting uses both, in the request of the
person who accepts, to wrap the key to that one person (vault.md §2, "partner accepts"). Adding
to a package needs neither: so whoever makes the next epoch of a key can offer it too.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from ruang.access.actor import Keys
from ruang.vault import root
from ruang.vault.keyring import CannotOpen, Material, give, ring
from ruang.vault.models import DataKey, KeyPair, Package, Release
from ruang.vault.suites import new_pair, seal, unseal, unwrap, wrap


def offer(
    *, request: UUID, materials: Iterable[Material], desk: KeyPair, until: datetime | None
) -> None:
    """Put keys into a request's package. Until it is taken, neither side alone opens it.

    :param until: when the wrap ends that taking will make
    """
    release = Release.objects.filter(pk=request).first() or _new(request)
    rows = []
    for material in materials:
        row = Package(release=release, key_id=material.key_id, holder=desk, until=until)
        inner = wrap(bytes(desk.public), material.secret, _context(row))
        row.blob = wrap(bytes(release.public), inner, _context(row))
        rows.append(row)
    Package.objects.bulk_create(rows)


def take(
    *,
    keys: Keys,
    request: UUID,
    names: Iterable[str],
    to: KeyPair,
    given_by: UUID,
    at: datetime,
) -> None:
    """Wrap the named keys of a request's package, every epoch offered, to one person's pair.

    :raises CannotOpen: if the request has no such package any more, or these keys are not
        the asked desk's
    """
    wanted = set(names)
    release = Release.objects.filter(pk=request).first()
    rows = list(
        Package.objects.select_related("key", "holder").filter(
            release_id=request, key__name__in=wanted
        )
    )
    if release is None or {row.key.name for row in rows} != wanted:
        raise CannotOpen("the package is gone")
    private = unseal(
        root.key("release", release.root_version), bytes(release.blob), f"release|{request}"
    )
    desk = ring(keys)
    for row in rows:
        inner = unwrap(private, bytes(row.blob), _context(row))
        opened = unwrap(desk.material(row.holder_id).secret, inner, _context(row))
        give([Material(row.key, opened)], to=[to], given_by=given_by, at=at, until=row.until)


def offer_next(material: Material) -> None:
    """Put the next epoch of a key into every package that offers the key already."""
    older = Package.objects.select_related("release", "holder").filter(
        key__whose=material.whose, key__name=material.name, key__epoch=material.epoch - 1
    )
    for row in older:
        offer(request=row.release_id, materials=[material], desk=row.holder, until=row.until)


def destroy(request: UUID) -> None:
    """Destroy a request's package and its release key."""
    Release.objects.filter(pk=request).delete()


def offered(request: UUID) -> list[DataKey]:
    """Return the keys that a request still offers."""
    return [row.key for row in Package.objects.select_related("key").filter(release_id=request)]


def _new(request: UUID) -> Release:
    private, public = new_pair()
    version = root.version()
    blob = seal(root.key("release", version), private, f"release|{request}")
    return Release.objects.create(
        request=request, root_version=version, public=public, blob=blob
    )


def _context(row: Package) -> str:
    until = row.until.astimezone(UTC).isoformat() if row.until else "-"
    return f"offer|{row.release_id}|{row.key_id}|{row.holder_id}|{until}"
