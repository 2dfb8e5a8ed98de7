"""Which files a person may send. Whatever is not on this page is refused.

Not on it, on purpose: pictures and pages that can carry script (SVG, HTML), programs, archives,
documents with macros. A member of `Kind` is stored by its name: `Kind["JPEG"]`.
"""

from collections.abc import Mapping
from enum import Enum, StrEnum


class Family(StrEnum):
    """What is done with a file: photos and sound get previews, the others are downloads."""

    PHOTO = "photo"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"


_OFFICE = "application/vnd.openxmlformats-officedocument."


class Kind(Enum):
    """Family, media type and extension of what may be sent."""

    JPEG = (Family.PHOTO, "image/jpeg", "jpg")
    PNG = (Family.PHOTO, "image/png", "png")
    WEBP = (Family.PHOTO, "image/webp", "webp")
    GIF = (Family.PHOTO, "image/gif", "gif")
    HEIF = (Family.PHOTO, "image/heic", "heic")

    M4A = (Family.AUDIO, "audio/mp4", "m4a")
    AAC = (Family.AUDIO, "audio/aac", "aac")
    AMR = (Family.AUDIO, "audio/amr", "amr")
    AMR_WB = (Family.AUDIO, "audio/amr-wb", "awb")
    AUDIO_3GP = (Family.AUDIO, "audio/3gpp", "3gp")
    OGG = (Family.AUDIO, "audio/ogg", "ogg")
    MP3 = (Family.AUDIO, "audio/mpeg", "mp3")
    WAV = (Family.AUDIO, "audio/wav", "wav")
    AUDIO_WEBM = (Family.AUDIO, "audio/webm", "webm")

    MP4 = (Family.VIDEO, "video/mp4", "mp4")
    VIDEO_3GP = (Family.VIDEO, "video/3gpp", "3gp")
    MOV = (Family.VIDEO, "video/quicktime", "mov")
    VIDEO_WEBM = (Family.VIDEO, "video/webm", "webm")

    PDF = (Family.DOCUMENT, "application/pdf", "pdf")
    DOCX = (Family.DOCUMENT, f"{_OFFICE}wordprocessingml.document", "docx")
    XLSX = (Family.DOCUMENT, f"{_OFFICE}spreadsheetml.sheet", "xlsx")
    ODT = (Family.DOCUMENT, "application/vnd.oasis.opendocument.text", "odt")
    TEXT = (Family.DOCUMENT, "text/plain", "txt")

    def __init__(self, family: Family, media_type: str, extension: str) -> None:
        self.family = family
        self.media_type = media_type
        self.extension = extension


APART: Mapping[str, Kind | Family] = {
    "photo": Family.PHOTO,
    "audio": Family.AUDIO,
    "heif": Kind.HEIF,
}
"""What has a process for previews of its own: most photos, sound, and the one kind of photo
whose library makes every fork of the others twice as dear."""
