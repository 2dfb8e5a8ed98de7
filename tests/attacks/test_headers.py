"""What every class of answer says to the browser: one table, on the real server."""

from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_hex

import pytest

from tests.attacks.crowd import PHOTO
from tests.attacks.people import Officer, Reporter
from tests.attacks.phone import FORM, Answer, File, Phone, Request, post, press
from tests.attacks.served import Served, served
from tests.patience import until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("served")]

EVERY = {
    "Server": "web",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Whatever it is."""
PAGE = {
    **EVERY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-DNS-Prefetch-Control": "off",
    "Permissions-Policy": "camera=()",
    "Content-Security-Policy": "default-src 'none'",
}
"""What our own code answers with a page, a redirect or a refusal."""
HIDDEN = {**PAGE, "X-Robots-Tag": "noindex"}
"""What no search engine is to list."""
SANDBOXED = {
    **HIDDEN,
    "Content-Security-Policy": "sandbox; default-src 'none'",
}
LIVE = {**EVERY, "Content-Security-Policy": "default-src 'none'", "X-Robots-Tag": "noindex"}
STATIC = {
    "Server": "web",
    "Cache-Control": "immutable",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
POLICY = (
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'",
    "base-uri 'none'", "form-action 'self'",
)  # fmt: skip
FORBIDDEN_IN_POLICY = ("unsafe-inline", "unsafe-eval", "http:", "https:", "*")


class World:
    """A reporter, an officer, a report with a file: what it takes to get every answer."""

    def __init__(self, city: Served) -> None:
        self.city, self.phone = city, Phone(city.port)
        someone = Reporter(city.port)
        self.report = someone.tell(f"tanda-{token_hex(6)}", files=(File("foto.jpg", PHOTO),))
        someone.send(self.report)
        self.officer = Officer(city.port, city.city["officers"][0], city.city["password"])
        self.officer.sign_in()
        rows = city.program("look_inside.py")["reports"]
        self.id = next(one["id"] for one in rows if self.report.mark in one["story"])
        page = self.officer.get(f"/pengaduan/{self.id}/buka/")
        found = [str(one.get("href") or one.get("src")) for one in page.page.select(
            "a[href*='/berkas/'], img[src*='/berkas/']"
        )]  # fmt: skip
        self.file = next(one for one in found if "pratinjau" not in one)
        self.preview = next(one for one in found if "pratinjau" in one)
        self.sheet = str(page.page.select_one("link[rel=stylesheet]")["href"])
        self.desk = page.page.select_one("[data-ruang-live]")["data-ruang-live"]

    def step(self) -> Answer:
        return self.phone.send(press(self.phone.get("/"), "mulai"))

    def foreign(self) -> Answer:
        return self.phone.send(
            Request("/", "POST", b"", {"Content-Type": FORM, "Origin": "null"})
        )

    def without_session(self) -> Answer:
        """A staff form that is sent after the session has ended."""
        sent = press(self.officer.get("/akun/"), form="form[action='/akun/bahasa/']")
        token = {"__Host-csrf": self.officer.phone.cookies["__Host-csrf"]}
        late = Officer(self.city.port, "", "")
        late.phone.cookies = token
        return late.do(sent)

    def taken(self) -> Answer:
        return self.officer.claim(self.id)

    def shown(self) -> Answer:
        """The preview; where there was no time to make it yet, it is asked for again."""

        def made() -> Answer | None:
            answer = self.officer.get(self.preview)
            return None if answer.status == 404 else answer

        found = until(made)
        assert found is not None
        return found

    def live(self) -> Answer:
        """The first words of a stream that stays open."""
        request = Request(f"/langsung/?t={self.desk}", headers=self.officer.phone._cookies())
        return Phone(self.city.port).begin(request)


@pytest.fixture(scope="module")
def world(city: Served) -> World:
    return World(city)


Ask = Callable[[World], Answer]
ANSWERS: dict[str, tuple[Ask, int, dict[str, str]]] = {
    "start": (lambda w: w.phone.get("/"), 200, PAGE),
    "step of the form": (World.step, 200, PAGE),
    "receipt shown again": (lambda w: w.phone.send(w.report.last), 200, PAGE),
    "entry for the words": (lambda w: w.phone.get("/pantau/"), 200, PAGE),
    "thread": (lambda w: Reporter(w.city.port).follow(w.report.words), 200, PAGE),
    "services": (lambda w: w.phone.get("/layanan/"), 200, PAGE),
    "forward": (lambda w: w.phone.get("/lapor/"), 302, PAGE),
    "slash added": (lambda w: w.phone.get("/pantau"), 301, PAGE),
    "health": (lambda w: w.phone.get("/healthz"), 200, PAGE),
    "nothing there": (lambda w: w.phone.get("/tidak-ada/"), 404, HIDDEN),
    "no static file": (lambda w: w.phone.get("/static/x.css"), 404, HIDDEN),
    "forged": (World.foreign, 403, PAGE),
    "unknown host": (
        lambda w: w.phone.send(Request("/", headers={"Host": "jahat.example"})), 400, PAGE,
    ),
    "method": (lambda w: w.officer.get("/keluar/"), 405, HIDDEN),
    "too much text": (
        lambda w: w.phone.send(post("/", [("story", "a" * (33 << 20))])), 413, PAGE,
    ),
    "door": (lambda w: Phone(w.city.port).get("/masuk/"), 200, HIDDEN),
    "turned away": (lambda w: Phone(w.city.port).get("/pengaduan/"), 302, HIDDEN),
    "no session": (World.without_session, 401, HIDDEN),
    "staff page": (lambda w: w.officer.get("/pengaduan/"), 200, HIDDEN),
    "opened report": (lambda w: w.officer.get(f"/pengaduan/{w.id}/buka/"), 200, HIDDEN),
    "staff act": (World.taken, 302, HIDDEN),
    "not in sight": (lambda w: w.officer.get(f"/kasus/{w.id}/"), 404, HIDDEN),
    "no token": (lambda w: w.officer.phone.send(post("/keluar/", [])), 403, HIDDEN),
    "file": (lambda w: w.officer.get(w.file), 200, SANDBOXED),
    "preview": (World.shown, 200, SANDBOXED),
    "live": (World.live, 200, LIVE),
    "live refused": (lambda w: Phone(w.city.port).get("/langsung/?t=desk:1"), 403, LIVE),
    "style sheet": (lambda w: w.phone.get(w.sheet), 200, STATIC),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_every_class_of_answer_has_its_headers(world: World, name: str) -> None:
    ask, status, wanted = ANSWERS[name]
    answer = ask(world)
    assert answer.status == status
    missing = {
        header: (words, answer.header(header))
        for header, words in wanted.items()
        if words not in answer.header(header)
    }
    assert missing == {}
    doubled = [header for header in wanted if len(answer.all(header)) != 1]
    assert doubled == []
    said = answer.header("Content-Security-Policy")
    assert not any(word in said.split() for word in FORBIDDEN_IN_POLICY)
    if wanted in (PAGE, HIDDEN):
        assert all(rule in said for rule in POLICY), said
    assert not answer.header("X-Powered-By")
    assert not answer.header("X-Code")


@pytest.mark.parametrize(
    "name", [name for name, (_, _, wanted) in ANSWERS.items() if wanted in (PAGE, STATIC, LIVE)]
)
def test_what_the_public_is_sent_holds_no_cookie(world: World, name: str) -> None:
    assert ANSWERS[name][0](world).all("Set-Cookie") == []


def test_a_download_is_kept_and_never_shown(world: World) -> None:
    answer = world.officer.get(world.file)
    assert answer.header("Content-Disposition").startswith("attachment")
    assert answer.header("Content-Type") == "application/octet-stream"
    assert answer.body == PHOTO


def test_cookies_of_staff_are_as_narrow_as_cookies_can_be(world: World) -> None:
    door = Phone(world.city.port).get("/masuk/")
    officer = Officer(
        world.city.port, world.city.city["officers"][1], world.city.city["password"]
    )
    signed: list[Answer] = []
    keep = officer._keep
    officer._keep = lambda answer: (signed.append(answer), keep(answer))[1]  # type: ignore[method-assign]
    officer.sign_in()
    lines = [*door.all("Set-Cookie"), *(x for one in signed for x in one.all("Set-Cookie"))]
    assert {line.partition("=")[0] for line in lines} == {"__Host-csrf", "__Host-ruang"}
    for line in lines:
        rules = {part.strip().lower() for part in line.split(";")[1:]}
        assert {"secure", "httponly", "samesite=strict", "path=/"} <= rules, line
        assert not any(rule.startswith(("domain", "max-age", "expires")) for rule in rules), (
            line
        )


@pytest.fixture(scope="module")
def behind_a_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    environ = {"RUANG_HTTPS": "yes", "RUANG_PROXY": "yes", "RUANG_HOSTS": "lapor.example"}
    place: Path = tmp_path_factory.mktemp("https")
    with served(place, environ=environ, is_demo=False) as city:
        yield city


@pytest.mark.parametrize("path", ["/", "/pantau/", "/masuk/", "/tidak-ada/", "/healthz"])
def test_with_https_the_browser_is_told_to_stay_there(
    behind_a_proxy: Served, path: str
) -> None:
    phone = Phone(behind_a_proxy.port)
    safe = {"Host": "lapor.example", "X-Forwarded-Proto": "https"}
    answer = phone.send(Request(path, headers=safe))
    assert answer.header("Strict-Transport-Security").startswith("max-age=31536000")
    plain = phone.send(Request(path, headers={"Host": "lapor.example"}))
    if path != "/healthz":
        assert plain.status == 301
        assert plain.header("Location") == f"https://lapor.example{path}"
