"""Two reports whose seven words are shown, so that one can try what a reporter sees.

Real words are shown once and kept nowhere. These are written beside the demo's database, and
read back only while that is a demo.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from ruang.demo.world import World

FILE = "demo-codes.json"
SHOWN = {
    "dapur": "kasus yang sedang didampingi",
    "warung": "laporan yang menunggu jawaban petugas",
}
"""The contacts whose words are shown, and what one sees there."""


@dataclass(frozen=True, slots=True)
class Example:
    """The words of one report."""

    number: str
    words: str
    about: str


def keep_examples(world: World, folder: Path) -> None:
    """Write the words of the two reports, for the owner alone."""
    rows = [
        asdict(Example(world.told[key].number, world.told[key].words, about))
        for key, about in SHOWN.items()
    ]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = folder / f".{FILE}.new"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(rows, out, ensure_ascii=False)
    temporary.replace(folder / FILE)


def kept_examples(folder: Path) -> list[Example]:
    """Return what was written; nothing if somebody has taken it away."""
    try:
        rows = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    return [Example(**row) for row in rows]
