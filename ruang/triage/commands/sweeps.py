"""Sealed files that nobody claimed: the form they came with was never sent."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require_permission
from ruang.cases.models import CaseFile
from ruang.intake.models import Attachment, Draft
from ruang.kernel.filecard import preview_id
from ruang.vault.files import folder, owned_elsewhere

UNCLAIMED_FOR = timedelta(days=8)
"""One day longer than a form can be sent."""
OWNERS = (Attachment, CaseFile)
"""Every table of reports and cases that owns files. A test fails when one is missing here."""


def sweep_unclaimed_files(*, actor: Actor, at: datetime) -> int:
    """Delete sealed files older than eight days that no row owns; return how many."""
    require_permission(Permission.SYSTEM, actor)
    old = [path for path in _files() if _written_before(path, at - UNCLAIMED_FOR)]
    owned = _owned(actor) if old else set()
    gone = [path for path in old if _is_broken(path) or _id_of(path) not in owned]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _owned(actor: Actor) -> set[UUID]:
    ids: set[UUID] = set(owned_elsewhere())
    for owner in OWNERS:
        for file_id in owner.objects.values_list("pk", flat=True).iterator():
            ids |= {file_id, preview_id(file_id)}
    for waiting in Draft.objects.visible_to(actor).values_list("files", flat=True).iterator():
        for file_id in map(UUID, waiting):
            ids |= {file_id, preview_id(file_id)}
    return ids


def _files() -> list[Path]:
    place = folder()
    found = place.iterdir() if place.exists() else ()
    return [path for path in found if _is_broken(path) or _id_of(path) is not None]


def _written_before(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def _is_broken(path: Path) -> bool:
    """Say whether this is what a write that was cut off left behind."""
    return path.name.startswith(".") and path.name.endswith(".new")


def _id_of(path: Path) -> UUID | None:
    try:
        return UUID(path.name)
    except ValueError:
        return None
