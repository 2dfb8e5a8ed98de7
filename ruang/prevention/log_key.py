"""Notes and cards of photos, sealed to the processes that apply what phones send."""

from uuid import UUID

from ruang.kernel.filecard import FileCard
from ruang.prevention.models import Note, Photo
from ruang.vault import processes
from ruang.vault.phones import PROCESS


def seal_note(row: UUID, text: str) -> tuple[int, bytes]:
    """Return the version of ROOT and a note, sealed for one row."""
    return processes.seal_to(PROCESS, text.encode(), about=f"note|{row}")


def open_note(row: Note) -> str:
    """Open a note."""
    return processes.open_in(
        PROCESS, row.root_version, bytes(row.text), about=f"note|{row.pk}"
    ).decode()


def seal_card(row: UUID, card: FileCard) -> tuple[int, bytes]:
    """Return the version of ROOT and what opens a photo, sealed for one row."""
    return processes.seal_to(PROCESS, card.to_text().encode(), about=f"photo|{row}")


def open_card(row: Photo) -> FileCard:
    """Open what opens a photo."""
    about = f"photo|{row.pk}"
    plain = processes.open_in(PROCESS, row.root_version, bytes(row.card), about=about)
    return FileCard.from_text(plain.decode())
