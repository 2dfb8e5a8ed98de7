"""Who uses the server in these tests: a reporter with her phone, an officer at the desk."""

import re
import time
from dataclasses import dataclass, field

from tests.attacks.phone import Answer, File, Phone, Request, press

STEPS = ({"safety": "safe"}, {"who": "self"}, {"helps": "listen"}, {"way": "page"})
"""The four questions."""
CUT_OFF = 8
"""So many sign-ins at most are cut off by kills, one after the other."""
WAIT = re.compile(r"Coba lagi dalam (\d+) detik")


@dataclass
class Report:
    """What one reporter did, and what the server said to her.

    :ivar words: her code; empty if she was never told one
    :ivar last: her last POST, to be sent again
    :ivar is_used: her code has opened something
    """

    mark: str
    words: str = ""
    last: Request | None = None
    is_used: bool = False
    files: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    """Messages that she sent, by their marks."""
    unheard: dict[str, Request] = field(default_factory=dict)
    """Those of which she never heard that they arrived: they may or may not have."""
    codes: set[str] = field(default_factory=set)
    """Every code she was ever shown for it: one, however often she sent."""

    @property
    def is_acknowledged(self) -> bool:
        return bool(self.words)


class Reporter:
    """Tells, and follows with her seven words."""

    def __init__(self, port: int) -> None:
        self.phone = Phone(port)

    def answers(self, mark: str, *, files: tuple[File, ...] = ()) -> Answer:
        """Answer everything up to the last page."""
        do = self.phone.insist
        at = do(press(page_or_again(self.phone, "/"), "mulai"))
        for said in STEPS:
            at = do(press(at, "lanjut", **said))
        at = do(press(at, "lanjut"))  # that was enough; she tells more
        at = do(press(at, "lanjut"))  # nobody is kept from reading it
        at = do(press(at, "cukup", story=f"Cerita {mark}. Hujan turun sejak subuh."))
        if files:
            at = do(press(at, "ubah", "files"))
            at = do(press(at, "tambah", files=files))
            at = do(press(at, "lanjut"))
        return at

    def tell(self, mark: str, *, files: tuple[File, ...] = ()) -> Report:
        """Tell everything but the last POST."""
        at = self.answers(mark, files=files)
        made = Report(mark, last=press(at, "kirim"))
        made.files = [one.digest for one in files]
        return made

    def send(self, report: Report) -> Answer:
        """Send the last POST until it is answered."""
        assert report.last is not None
        answer = self.phone.insist(report.last)
        note_receipt(report, answer)
        return answer

    def follow(self, words: str) -> Answer:
        """Open the thread with the words."""
        entry = page_or_again(self.phone, "/pantau/")
        return self.phone.insist(press(entry, "buka", kode=words))

    def write(self, at: Answer, text: str) -> Request:
        """What she sends when she writes a message on the page she is at."""
        return press(at, "kirim", pesan=text)

    def add_files(self, at: Answer, text: str, *files: File) -> Request:
        """What she sends when she adds files."""
        page = self.phone.insist(press(at, "ke", "files"))
        return press(page, "kirim", files=files, pesan=text)


class Officer:
    """Signs in, takes, opens, answers."""

    def __init__(self, port: int, login: str, password: str) -> None:
        self.phone = Phone(port)
        self._login, self._password = login, password

    def sign_in(self) -> None:
        """Sign in; where earlier tries were cut off, wait as long as the page asks for."""
        self.phone.cookies.clear()
        door = self.get("/masuk/")
        said = {"login": self._login, "password": self._password}
        for _ in range(CUT_OFF):
            got = self.do(press(door, form="form:has(input[name=login])", **said))
            asked = WAIT.search(shown(got))
            if asked is None:
                break
            time.sleep(int(asked[1]) + 0.1)
        assert got.status == 302, f"{got.status} {shown(got)}"

    def get(self, path: str) -> Answer:
        return self._keep(self.phone.insist(Request(path)))

    def do(self, request: Request) -> Answer:
        """Send a form until it is answered, with the browser's word on where it comes from."""
        headers = {**request.headers, "Origin": f"http://127.0.0.1:{self.phone.port}"}
        sent = Request(request.path, request.method, request.body, headers)
        return self._keep(self.phone.insist(sent))

    def queue(self) -> list[str]:
        """The ids of the reports in the queue, as the page lists them."""
        links = self.get("/pengaduan/").page.select("tbody th a[href]")
        return [str(link["href"]).rstrip("/").rpartition("/")[2] for link in links]

    def claim(self, report_id: str) -> Answer:
        at = self.get(f"/pengaduan/{report_id}/")
        return self.do(press(at, form=f"form[action$='{report_id}/ambil/']"))

    def reply(self, report_id: str, text: str) -> Request:
        """What is sent when the officer answers on the opened report."""
        at = self.get(f"/pengaduan/{report_id}/buka/")
        return press(at, form="form#balas", text=text)

    def decide(self, report_id: str, slug: str, **said: str) -> Request:
        """What is sent when the officer decides."""
        at = self.get(f"/pengaduan/{report_id}/putuskan/{slug}/")
        form = "main form:has([name=text])"
        options = at.page.select("select[name=deputy] option[value]:not([value=''])")
        if options:
            chosen = at.page.select_one("select[name=manager] option[selected]")
            manager = str(chosen["value"]) if chosen else ""
            said["deputy"] = next(str(o["value"]) for o in options if o["value"] != manager)
        return press(at, form=form, **said)

    def _keep(self, answer: Answer) -> Answer:
        for line in answer.all("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.phone.cookies[name] = value
        return answer


def note_receipt(report: Report, answer: Answer) -> None:
    """Write down the code if this answer shows one."""
    code = answer.page.select_one("#kode")
    if answer.status == 200 and code is not None:
        report.words = " ".join(code.get_text(" ").split())
        report.codes.add(report.words)


def page_or_again(phone: Phone, path: str) -> Answer:
    """Ask for a page until it comes."""
    return phone.insist(Request(path))


def shown(answer: Answer) -> str:
    """What a page says, for a failing test."""
    return " ".join(answer.page.get_text(" ").split())[:600]
