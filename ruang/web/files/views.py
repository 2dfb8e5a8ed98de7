"""Sending a sealed file. Opening its card is on record before the first chunk leaves."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ruang.access.sight import NotInSight
from ruang.cases.queries import case_file
from ruang.intake.queries import report_file
from ruang.previews.kinds import Kind
from ruang.previews.previewer import Preview
from ruang.vault.opened import OpenedFile
from ruang.web.files.sandbox import shut_in
from ruang.web.previewer import previewer
from ruang.web.request import Request

Find = Callable[..., OpenedFile]
WAIT = 3.0
"""Seconds a member waits for a preview that could not be made when the file came."""


@require_safe
def of_report(
    request: Request, report_id: UUID, file_id: UUID, *, preview: bool = False
) -> HttpResponseBase:
    """Send a file of a report."""
    find = partial(report_file, actor=request.actor, report_id=report_id, file_id=file_id)
    return _preview(find) if preview else _original(find)


@require_safe
def of_case(
    request: Request, case_id: UUID, file_id: UUID, *, preview: bool = False
) -> HttpResponseBase:
    """Send a file of a case."""
    find = partial(case_file, actor=request.actor, case_id=case_id, file_id=file_id)
    return _preview(find) if preview else _original(find)


def _original(find: Find) -> HttpResponseBase:
    """Send the file as it came, to be kept, never to be shown by the browser."""
    file = find(preview=False)
    answer = StreamingHttpResponse(
        _checked(file.chunks), content_type="application/octet-stream"
    )
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    )
    return shut_in(answer, file.size)


def _preview(find: Find) -> HttpResponseBase:
    """Send what we made of it ourselves; if there was no time then, make it now."""
    try:
        file = find(preview=True)
    except NotInSight:
        return _made_now(find)
    answer = StreamingHttpResponse(_checked(file.chunks), content_type=_type(file.kind))
    return shut_in(answer, file.size)


def _made_now(find: Find) -> HttpResponseBase:
    original = find(preview=False)
    if not original.preview_later:
        raise NotInSight("preview")
    data = b"".join(original.chunks)
    made = previewer.preview(data, Kind[original.kind], wait_s=WAIT)
    if not isinstance(made, Preview):
        raise NotInSight("preview")
    answer = HttpResponse(made.body, content_type=made.kind.media_type)
    return shut_in(answer, len(made.body))


def _checked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Open the first chunk before anything is answered: a file that was changed sends nothing.

    :raises Tampered: if it is not what was sealed
    """
    first = next(chunks, b"")
    return chain([first], chunks)


def _type(kind: str) -> str:
    return Kind[kind].media_type
