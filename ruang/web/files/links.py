"""Where a file in a list is opened."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.urls import reverse

from ruang.vault.opened import FileShown


@dataclass(frozen=True, slots=True, repr=False)
class FileLink:
    """A file, where its original is, and where its preview is, if there can be one."""

    file: FileShown
    url: str
    preview_url: str

    @classmethod
    def of_report(cls, report_id: UUID, file: FileShown) -> Self:
        """Return the addresses of a file of a report."""
        return cls._of("of_report", "report_preview", report_id, file)

    @classmethod
    def of_case(cls, case_id: UUID, file: FileShown) -> Self:
        """Return the addresses of a file of a case."""
        return cls._of("of_case", "case_preview", case_id, file)

    @classmethod
    def _of(cls, original: str, preview: str, owner: UUID, file: FileShown) -> Self:
        args = [owner, file.id]
        made = reverse(f"files:{preview}", args=args) if file.has_preview else ""
        return cls(file, reverse(f"files:{original}", args=args), made)
