"""The files of a case: what they are, and their opened chunks."""

from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.vault.opened import FileShown, OpenedFile, opened_file, shown
from ruang.vault.texts import open_text, open_texts


def files_of(*, case: Case, actor: Actor) -> tuple[FileShown, ...]:
    """Return the files of a case, the latest first."""
    rows = list(case.files.order_by("-at", "-pk"))
    metas = open_texts(actor.keys, rows, "meta")
    return tuple(
        shown(row.pk, at=row.at, family=row.kind, meta=meta)
        for row, meta in zip(rows, metas, strict=True)
    )


def case_file(*, actor: Actor, case_id: UUID, file_id: UUID, preview: bool) -> OpenedFile:
    """Return a file of a case, or its preview, ready to be sent.

    :raises NotInSight: if there is no such file, or no such preview, for this actor
    :raises CannotOpen: if the actor holds no key of the part it belongs to
    """
    case = sight.one(Case.objects.visible_to(actor), case_id)
    row = sight.one(case.files.all(), file_id)
    return opened_file(row.pk, open_text(actor.keys, row, "meta"), preview=preview)
