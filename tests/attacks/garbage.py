"""Things that are no report: texts, bytes, kinds, hosts, addresses, headers, lines."""

from tests.attacks.phone import FORM

ODD = {
    "nul": "a\x00b",
    "lone surrogate": "a\ud800b",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "right to left": "\u202eabc\u2066",
    "combining": "e" + "\u0301" * 2_000,
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}{% now %}",
    "template": "%(name)s {0} ${jndi:ldap://x} '; DROP TABLE intake_report; --",
    "lines": "a\r\nSet-Cookie: x=1\r\n\r\nb",
    "long": "panjang " * 40_000,
    "emoji": "😭👩‍👧‍👦",
    "number": "9" * 6_000,
    "path": "../../../../etc/passwd\x00.jpg",
}
"""What may be typed."""
PUBLIC_FIELDS = {
    "/": ("isi", "mulai", "b", "bahasa", "kirim", "safety", "who", "helps", "way", "story",
          "ubah", "hapus", "lanjut", "kembali", "berkas", "district", "safe_from"),
    "/pantau/": ("isi", "masuk", "kunci", "kode", "pesan", "ke", "bahasa", "lagi", "kirim",
                 "hapus", "berkas"),
}  # fmt: skip
"""The fields of the public forms."""
RAW = (
    b"isi=%ED%A0%80&kirim=1", b"isi=%00&mulai=%00", b"story=%FF%FE", b"%%%=%&&&==",
    b"\x00\xff\xfe", b"=" * 100_000, b"&" * 100_000, b"a[b][c]=1&a=2&__proto__=3", b"mulai",
)  # fmt: skip
"""Bodies."""
KINDS = (
    FORM, f"{FORM}; charset=utf-7", f"{FORM}; charset=unicode_escape", f"{FORM}; charset=x",
    f"{FORM}; charset=idna", "multipart/form-data; boundary=x", "multipart/form-data",
    "multipart/form-data; boundary=" + "y" * 3_000, "multipart/form-data; boundary=\xff",
    "multipart/mixed; boundary=x", "application/json", "text/plain", "a/b/c;;;=", "",
)  # fmt: skip
"""Content types."""
HOSTS = (
    "jahat.example", "127.0.0.1.jahat.example", "localhost@jahat", "", "a" * 3_000, "[::1",
    "x y",
    "127.0.0.1:x", "\xff",
)  # fmt: skip
PATHS = (
    "/../../etc/passwd", "/static/../../../etc/passwd", "/static/%2e%2e/%2e%2e/settings.py",
    "/static/..%2f..%2f..%2fetc/passwd", "/static//etc/passwd", "/static/%00", "/%00", "/%ff",
    "/static/ruang/..\\..\\x", "//jahat.example/", "/\\jahat.example", "/lapor//",
    "/.git/HEAD",
    "/data/ruang.sqlite3", "/berkas/pengaduan/../../", "/%ed%a0%80/", "/pantau/%0d%0aX:%201/",
    "/" + "a" * 6_000, "/" + "a/" * 2_000, "/?b=" + "x" * 6_000, "/?b=%00%ff&b=en&b=id", "/?%",
    "/pengaduan/00000000-0000-0000-0000-000000000000/", "/pengaduan/%2e%2e/", "/lapor/?b=//x",
    "/masuk/?lanjut=//jahat.example/", "/masuk/?lanjut=https:jahat", "/lapor", "/pantau",
    "/pengaduan", "/static/staticfiles.json", "/metrics", "/admin/", "/__debug__/", "/gaya/",
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    {"Cookie": "\x01\xff; =; ;;; __Host-ruang=" + "A" * 3_000},
    {"Cookie": "__Host-ruang=%00; __Host-csrf=\xff"},
    {"Accept-Language": "x" * 4_000 + ",*;q=9"},
    {"HX-Request": "true", "HX-Current-URL": "javascript:alert(1)"},
    {"X-Forwarded-Host": "jahat.example", "X-Forwarded-Proto": "https"},
    {"X-Forwarded-For": "1.2.3.4" * 500, "Forwarded": "host=jahat.example"},
    {"Content-Encoding": "gzip", "Content-Type": FORM},
    {"Range": "bytes=0-1,5-9,-1", "If-Modified-Since": "x", "If-None-Match": '"' * 99},
    {"Referer": "http://jahat.example/" + "x" * 2_000, "User-Agent": "\xff\x80'"},
    {"X-HTTP-Method-Override": "DELETE", "Last-Event-ID": "9" * 5_000},
    {"Expect": "100-continue"},
    {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": "x"},
    {"Authorization": "Basic \xff", "Content-Type": "a" * 3_000},
)
HOST = b" HTTP/1.1\r\nHost: 127.0.0.1\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
LINES = (
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET\r\n\r\n",
    b"\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00",
    b"\x00" * 500,
    b"GET /" + HOST + b"Content-Length: -1\r\n\r\n",
    b"POST /" + HOST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    b"POST /" + HOST + CHUNKED + b"Content-Length: 4\r\n\r\nzz\r\n",
    b"POST /" + HOST + CHUNKED + b"\r\nFFFFFFFFFFFFFFFFF\r\nx",
    b"POST /" + HOST + CHUNKED + b"\r\n5\r\nmulai\r\n",
    b"POST /" + HOST + b"Content-Length: 99999999999999999999\r\n\r\n",
    b"GET /" + HOST + b" folded: x\r\nx\x00y: z\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 20_000 + b"\r\n",
    b"GET /" + b"a" * 500_000 + b" HTTP/1.1\r\n\r\n",
    b"GET /" + HOST + b"Host: jahat.example\r\n\r\n",
    b"GET http://jahat.example/" + HOST + b"\r\n",
    b"CONNECT jahat.example:443" + HOST + b"\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"OPTIONS *" + HOST + b"\r\n",
)
"""What is no request at all."""
