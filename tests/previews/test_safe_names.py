"""A sender's file name can neither climb, nor lie about its end, nor break a page."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruang.previews.kinds import Kind
from ruang.previews.names import LONGEST, MOST_BYTES, safe_name


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("foto rumah.jpg", Kind.JPEG, "foto rumah.jpg"),
        ("IMG_0001.JPEG", Kind.JPEG, "IMG_0001.jpg"),
        ("surat 12.03.2026", Kind.PDF, "surat 12.03.2026.pdf"),
        ("surat 12.03.2026.pdf", Kind.PDF, "surat 12.03.2026.pdf"),
        ("../../etc/passwd", Kind.TEXT, "passwd.txt"),
        ("..\\..\\windows\\win.ini", Kind.TEXT, "win.txt"),
        ("C:\\Users\\siti\\foto.png", Kind.PNG, "foto.png"),
        ("foto\u202egpj.exe", Kind.PNG, "fotogpj.png"),
        ("\u2066foto\u2069\u200f.exe", Kind.PNG, "foto.png"),
        ("foto.jpg.exe", Kind.JPEG, "foto.jpg"),
        ("foto\x00.php\r\nX: y.jpg", Kind.JPEG, "foto.phpX_ y.jpg"),
        ("a\u2028b\ud800c\ufeff.png", Kind.PNG, "abc.png"),
        ('a"b<c>d|e?f*g:h.png', Kind.PNG, "a_b_c_d_e_f_g_h.png"),
        ("", Kind.JPEG, "lampiran.jpg"),
        (".", Kind.JPEG, "lampiran.jpg"),
        ("...---...", Kind.JPEG, "lampiran.jpg"),
        (".htaccess", Kind.TEXT, "htaccess.txt"),
        ("-rf.txt", Kind.TEXT, "rf.txt"),
        ("CON.txt", Kind.TEXT, "_CON.txt"),
        ("nul", Kind.TEXT, "_nul.txt"),
        ("cafe\u0301.txt", Kind.TEXT, "caf\u00e9.txt"),
        ("x" * 5000 + ".png", Kind.PNG, "x" * (LONGEST - 4) + ".png"),
        ("😔" * 300, Kind.PNG, "😔" * 49 + ".png"),
    ],
)
def test_names(name: str, kind: Kind, safe: str) -> None:
    assert safe_name(name, kind) == safe


@given(st.text(st.characters(), max_size=300), st.sampled_from(Kind))
def test_whatever_comes_the_name_is_harmless(name: str, kind: Kind) -> None:
    safe = safe_name(name, kind)
    assert safe.endswith(f".{kind.extension}")
    assert len(safe) <= LONGEST + 1
    assert len(safe.encode()) <= MOST_BYTES + 1
    assert not set('/\\<>:"|?*\0\r\n') & set(safe)
    assert safe[0] not in ".- "
    assert not any(unicodedata.category(sign)[0] == "C" for sign in safe)
    assert safe_name(safe, kind) == safe
