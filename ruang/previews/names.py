"""A file name that is safe to store, to show and to save under.

What is taken out: folders, control characters, and the invisible marks that turn the direction
of writing and make `foto<turn>gpj.exe` look like a picture.
"""

import re
import unicodedata

from ruang.previews.kinds import Kind

LONGEST = 80  # characters, extension included
MOST_BYTES = 200  # file systems stop at 255
NAMELESS = "lampiran"

_FORBIDDEN_ON_WINDOWS = re.compile(r'[<>:"|?*]')
_DEVICE_ON_WINDOWS = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_SUFFIX = re.compile(r"\.(?=[^.]*[A-Za-z])[A-Za-z0-9]{1,5}$")  # "12.03.2026" keeps its year


def safe_name(name: str, kind: Kind) -> str:
    """Return the sender's name for the file, harmless and with the extension of what it is."""
    last = re.split(r"[/\\]", name[-4096:])[-1]
    seen = "".join(filter(_is_visible, unicodedata.normalize("NFC", last)))
    seen = _FORBIDDEN_ON_WINDOWS.sub("_", " ".join(seen.split()))
    end = f".{kind.extension}"
    stem = _SUFFIX.sub("", seen)
    stem = stem[: -len(end)] if stem.lower().endswith(end) else stem
    stem = _shortened(stem.strip(" .-"), LONGEST - len(end), MOST_BYTES - len(end))
    if _DEVICE_ON_WINDOWS.match(stem):
        stem = f"_{stem}"
    return f"{stem or NAMELESS}{end}"


def _is_visible(character: str) -> bool:
    """Say whether it is a letter, digit, sign or space, and nothing that only steers."""
    category = unicodedata.category(character)
    return not category.startswith("C") and category not in {"Zl", "Zp"}


def _shortened(stem: str, characters: int, size: int) -> str:
    cut = stem[:characters].encode()[:size].decode(errors="ignore")
    return cut.rstrip(" .-")
