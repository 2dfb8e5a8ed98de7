"""Decode a stranger's file and encode something safe from it. Runs only inside the sandbox.

Every decoder is named by what the file was found to be, so that none of the hundreds of others
in these libraries can be reached, and each works on one thread. Nothing but pixels and sound
goes from one side to the other: no place, no device, no comment, no hidden thumbnail.

A process loads the libraries of its own kinds alone: what else lies in its memory makes every
fork dearer, and is one more thing that a file could reach.
"""

import wave
from io import BytesIO

from PIL import Image, ImageFile, ImageOps

from ruang.previews.kinds import Family, Kind

LONGEST_SIDE = 1280
MOST_PIXELS = 50_000_000

NEED_THREADS = {Kind.HEIF}  # its decoder starts one, whatever it is told


def warm_up(apart: Kind | Family) -> None:
    """Load whatever is loaded at first use: afterwards no file can be opened any more.

    :param apart: what this process is for
    """
    sample = BytesIO()
    if apart is Family.AUDIO:
        with wave.open(sample, "wb") as sound:
            sound.setparams((1, 2, 8000, 0, "NONE", ""))
            sound.writeframes(bytes(1600))
        audio(sample.getvalue(), Kind.WAV)
        return
    if apart is Kind.HEIF:
        import pillow_heif

        pillow_heif.register_heif_opener(decode_threads=0, thumbnails=False)
    Image.init()
    for kind in (Kind.PNG, Kind.WEBP, Kind.GIF, Kind.JPEG):
        sample.seek(0)
        Image.new("RGB", (8, 8)).save(sample, kind.name)
        photo(sample.getvalue(), kind)


def photo(data: bytes, kind: Kind) -> bytes:
    """Return the (first) picture upright, at most 1280 pixels long, as a plain JPEG."""
    out = BytesIO()
    # A photo cut short by a lost network still shows, but one that fails is never just black.
    ImageFile.LOAD_TRUNCATED_IMAGES = kind is not Kind.HEIF
    with Image.open(BytesIO(data), formats=[kind.name]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("more pixels than a preview may cost")
        opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        image = opened.convert("RGBA") if opened.mode == "P" else opened
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        ImageOps.exif_transpose(image, in_place=True)
        clean = _on_white(image)
        clean.info.clear()  # Pillow would write a comment found in the original
        clean.save(out, "JPEG", quality=75)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        image.load()
        if image.mode == "RGB":  # the same pixels, not a copy, without what the file said
            return image._new(image.im)  # noqa: SLF001 - no public way shares them
        return image.convert("RGB")
    image = image.convert("RGBA")
    page = Image.new("RGB", image.size, "white")
    page.paste(image, mask=image.getchannel("A"))
    return page


def audio(data: bytes, kind: Kind) -> bytes:
    """Return the first ten minutes in mono as Ogg/Opus."""
    from ruang.previews import sounds

    return sounds.audio(data, kind)


RENDERERS = {Family.PHOTO: photo, Family.AUDIO: audio}
