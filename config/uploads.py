"""Files on their way in stay in memory: a temporary file would hold them in clear.

What is over the limit is read and dropped, not refused here, so that the text sent with it
is not lost. The view sees an upload whose ``size`` is the true one and answers in words.
"""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

TOGETHER = 4
"""How many files of the largest size one request may bring in; more is dropped as too large."""


class InMemoryOnly(FileUploadHandler):
    """Keeps a file in memory up to the limit, and counts the rest."""

    kept: BytesIO
    seen: int
    held = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.kept, self.seen = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, or drop it and what was kept before if it has become too much."""
        self.seen += len(raw_data)
        if self._fits():
            self.kept.write(raw_data)
        else:
            self.kept = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """End a file: whole, or empty with its true size."""
        if self._fits():
            self.held += self.seen
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            self.seen,
            self.charset,
            self.content_type_extra,
        )

    def _fits(self) -> bool:
        limit: int = settings.FILE_LIMIT
        return self.seen <= limit and self.held + self.seen <= TOGETHER * limit
