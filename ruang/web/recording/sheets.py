"""The page a draft is typed on: what it carries, and what comes back from it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.http import QueryDict

from ruang.intake.attachments import StoredFile, Upload, store
from ruang.intake.drafts import Sheet, Stored
from ruang.intake.queries import stored_draft
from ruang.intake.states import Safety
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.vault import carry
from ruang.vault.suites import Tampered, new_secret
from ruang.web.answers import text
from ruang.web.previewer import previewer
from ruang.web.recording import forms
from ruang.web.request import Request

PURPOSE = "recording"
NO_WINDOW = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a page carries besides what is typed."""

    draft_id: UUID
    carried: str
    version: int
    window: UUID


def blank() -> Sheet:
    """Return a page on which nothing was typed yet."""
    return Sheet(draft_id=uuid7(), secret=new_secret(), version=0, window=uuid4())


def of(stored: Stored) -> Sheet:
    """Return a page that shows a stored draft."""
    return Sheet(
        draft_id=stored.draft_id,
        secret=stored.secret,
        version=stored.version,
        window=uuid4(),
        fields=stored.fields,
        files=stored.files,
    )


def anew(sheet: Sheet) -> Sheet:
    """Return what was typed on a page of its own, with no tie to what it was typed for.

    Files stay with what they were attached to: they cannot belong to two reports.
    """
    return replace(blank(), fields=sheet.fields, is_danger=sheet.is_danger,
                   office_named=sheet.office_named)  # fmt: skip


def hidden(sheet: Sheet) -> Hidden:
    """Return what the page of a draft carries."""
    files = [one.to_text() for one in sheet.files]
    said = {"d": sheet.draft_id.hex, "s": sheet.secret.hex(), "f": files}
    carried = carry.pack(PURPOSE, json.dumps(said).encode())
    return Hidden(sheet.draft_id, carried, sheet.version, sheet.window)


def sent(request: Request, draft_id: UUID, *, has_other: bool) -> Sheet:
    """Return the page that was sent.

    :raises NotInSight: if it carries nothing of this draft, and there is no such draft
    :raises PermissionDenied: if somebody else writes it, and it carries nothing of it
    """
    data = request.POST
    carried = _carried(text(data, "draf"), draft_id)
    if carried is None:
        stored = stored_draft(actor=request.actor, draft_id=draft_id)
        carried = stored.secret, stored.files
    secret, files = carried
    fields = forms.typed(data)
    return Sheet(
        draft_id=draft_id,
        secret=secret,
        version=_number(text(data, "versi")),
        window=_window(data),
        fields=fields,
        files=tuple(one for one in files if one.id.hex != text(data, "hapus")),
        is_danger=fields.get("safety") == (Safety.DANGER.value,),
        office_named=has_other and "office" in fields,
    )


def attached(sheet: Sheet, uploads: Iterable[Upload]) -> tuple[Sheet, tuple[str, ...]]:
    """Seal and store what came along; return the page with it, and what could not be kept."""
    kept, trouble = list(sheet.files), []
    for upload in uploads:
        try:
            kept.append(store(upload, previewer))
        except Refused as refusal:
            trouble.append(f"{(upload.name or '')[:60]}: {refusal}")
    return replace(sheet, files=tuple(kept)), tuple(trouble)


def both(sheet: Sheet, stored: Stored) -> Sheet:
    """Return a page with the files of both: what was attached on either is not lost."""
    here = {one.id for one in sheet.files}
    theirs = tuple(one for one in stored.files if one.id not in here)
    return replace(sheet, version=stored.version, files=(*sheet.files, *theirs))


def _carried(sealed: str, draft_id: UUID) -> tuple[bytes, tuple[StoredFile, ...]] | None:
    try:
        said = json.loads(carry.unpack(PURPOSE, sealed))
    except Tampered:
        return None
    if said["d"] != draft_id.hex:
        return None
    files = tuple(StoredFile.from_text(one) for one in said.get("f", ()))
    return bytes.fromhex(said["s"]), files


def _number(text_: str) -> int:
    return int(text_) if text_.isascii() and text_.isdigit() and len(text_) < 10 else 0


def _window(data: QueryDict) -> UUID:
    try:
        return UUID(text(data, "jendela"))
    except ValueError:
        return NO_WINDOW
