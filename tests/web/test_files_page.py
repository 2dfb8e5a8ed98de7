"""Files on their way to a member: only to who holds the key, on record first, locked in."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ruang.audit.models import Fact
from ruang.cases.models import Case
from ruang.cases.states import Compartment
from ruang.intake.attachments import store
from ruang.intake.models import Attachment
from ruang.intake.states import State
from ruang.previews.kinds import Kind
from ruang.previews.previewer import Busy, Preview
from ruang.triage.commands import Leads, decide_report
from ruang.triage.states import Outcome
from ruang.vault.files import folder
from ruang.web.files import views
from tests import make
from tests.cases.test_team import partner_on
from tests.intake.desk_people import Desk, desk_with
from tests.replay import replayed
from tests.web.parts import opened, soup

pytestmark = pytest.mark.django_db


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
    return out.getvalue()


class Maker:
    """Makes previews without a process: made, or too busy."""

    def __init__(self, *, busy: bool = False) -> None:
        self.busy = busy
        self.body = photo()[:-2] + b"\x00\xff\xd9"

    def preview(self, data: bytes, kind: Kind, *, wait_s: float = 1.0) -> Any:
        return Busy() if self.busy else Preview(self.body, Kind.JPEG)


@replayed
def with_photo(*, busy: bool = False, name: str = "memar.jpg") -> tuple[Desk, Attachment]:
    upload = SimpleUploadedFile(name, photo(), content_type="text/html")
    stored = store(upload, Maker(busy=busy))  # type: ignore[arg-type]
    desk = desk_with(State.CLAIMED, files=[stored])
    return desk, Attachment.objects.get(report=desk.report)


def of_report(desk: Desk, file: Attachment, rest: str = "") -> str:
    return f"/berkas/pengaduan/{desk.report.pk}/{file.pk}/{rest}"


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_original_is_bit_exact_and_never_shown_by_the_browser() -> None:
    desk, file = with_photo(name='../me"mar\u202egpj.jpg')

    answer = make.signed_in(desk.users["holder"]).get(of_report(desk, file))

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert ".." not in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert int(answer["Content-Length"]) == len(photo())
    assert body(answer) == photo()


def test_it_is_on_record_before_the_first_byte() -> None:
    desk, file = with_photo()

    answer = make.signed_in(desk.users["holder"]).get(of_report(desk, file))

    assert opened(desk.report.pk) == [("story", False)], "nothing was read of the answer yet"
    assert body(answer) == photo()


def test_a_preview_is_what_we_made_ourselves() -> None:
    desk, _file = with_photo()
    officer = make.signed_in(desk.users["holder"])
    page = soup(officer.get(f"/pengaduan/{desk.report.pk}/buka/"))

    image = page.select_one("img[loading=lazy]")
    assert image is not None
    answer = officer.get(str(image["src"]))

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert body(answer) == Maker().body


@pytest.mark.parametrize(("busy", "status"), [(False, 200), (True, 404)])
def test_a_preview_that_had_no_time_is_made_when_it_is_asked_for(
    busy: bool, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, file = with_photo(busy=True)
    monkeypatch.setattr(views, "previewer", Maker(busy=busy))

    answer = make.signed_in(desk.users["holder"]).get(of_report(desk, file, "pratinjau/"))

    assert answer.status_code == status
    if status == 200:
        assert body(answer) == Maker().body


def test_a_file_that_was_changed_on_the_disk_sends_nothing() -> None:
    desk, file = with_photo()
    place = folder() / str(file.pk)
    blob = bytearray(place.read_bytes())
    blob[40] ^= 1
    place.write_bytes(bytes(blob))
    browser = make.signed_in(desk.users["holder"])
    browser.raise_request_exception = False

    answer = browser.get(of_report(desk, file))

    assert answer.status_code == 500
    assert photo()[:20] not in answer.content


@pytest.mark.parametrize(
    ("who", "status"),
    [("holder", 200), ("colleague", 200), ("head", 403), ("admin", 404), ("outsider", 404),
     ("partner", 404)],
)  # fmt: skip
@pytest.mark.parametrize("rest", ["", "pratinjau/"])
def test_who_may_have_a_file_of_a_report(who: str, status: int, rest: str) -> None:
    desk, file = with_photo()

    answer = make.signed_in(desk.users[who]).get(of_report(desk, file, rest))

    assert answer.status_code == status
    assert bool(opened(desk.report.pk)) == (status == 200)


def as_case(desk: Desk) -> Case:
    case_id = decide_report(
        actor=desk.who("holder"), report_id=desk.report.pk, outcome=Outcome.CASE,
        message="Kami dampingi.", at=make.AT,
        leads=Leads(desk.users["manager"].pk, desk.users["holder"].pk),
    )  # fmt: skip
    return Case.objects.get(pk=case_id)


def test_in_a_case_it_goes_with_the_key_of_its_part() -> None:
    desk, file = with_photo()
    case = as_case(desk)
    with_key = partner_on(case, Compartment.PLAN, Compartment.EVIDENCE)
    without = partner_on(case, Compartment.PLAN)
    address = f"/berkas/kasus/{case.pk}/{file.pk}/"

    for person in (desk.users["manager"], desk.users["holder"], with_key):
        browser = make.signed_in(person)
        assert body(browser.get(address)) == photo()
        assert body(browser.get(f"{address}pratinjau/")) == Maker().body
        assert address in browser.get(f"/kasus/{case.pk}/berkas/").content.decode()
    locked = make.signed_in(without)
    for rest in ("", "pratinjau/"):
        assert locked.get(f"{address}{rest}").status_code == 403
    assert "memar" not in locked.get(f"/kasus/{case.pk}/berkas/").content.decode()
    theirs = Fact.objects.filter(name="audit.opened", by=without.pk, about=case.pk)
    assert not [fact for fact in theirs if fact.codes["compartment"] == "evidence"]
    for name, status in (("colleague", 404), ("head", 404), ("outsider", 404)):
        assert make.signed_in(desk.users[name]).get(address).status_code == status


def test_after_the_case_was_opened_the_desk_has_the_file_no_more() -> None:
    desk, file = with_photo()
    as_case(desk)

    answer = make.signed_in(desk.users["colleague"]).get(of_report(desk, file))

    assert answer.status_code == 403
    assert photo() not in answer.content


def test_a_file_is_found_only_under_its_own_report_or_case() -> None:
    desk, file = with_photo()
    other = make.report_of(make.receipt())
    officer = make.signed_in(desk.users["holder"])

    assert officer.get(f"/berkas/pengaduan/{other.pk}/{file.pk}/").status_code == 404
    assert officer.get(of_report(desk, file).replace("pengaduan", "kasus")).status_code == 404
    assert officer.get(f"/berkas/pengaduan/{desk.report.pk}/{other.pk}/").status_code == 404
