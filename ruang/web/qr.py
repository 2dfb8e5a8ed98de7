"""QR codes as plain SVG in the page: black on white whatever the phone prefers."""

import segno
from django.utils.safestring import SafeString, mark_safe


def drawn(url: str) -> SafeString:
    """Return a picture of an address that old cameras read: large squares, a quiet border."""
    picture = segno.make_qr(url, error="m")
    svg = picture.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    return mark_safe(svg)  # noqa: S308 - drawn by us, of our own address
