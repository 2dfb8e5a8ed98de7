"""Pages for a phone in a hall: with a signal, without JavaScript, and what phones send."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from ruang.access.roles import Role
from ruang.audit.models import Fact
from ruang.identity.models import User
from ruang.intake.models import Report
from ruang.intake.states import Door
from ruang.kernel import clock
from ruang.prevention.models import Attendance, Photo, Question, Sent, Session, Sheet
from ruang.previews.kinds import Kind
from ruang.previews.previewer import Busy, Preview
from ruang.vault.files import folder
from ruang.vault.texts import open_text
from ruang.web.field import forms, sending
from tests import make, make_prevention
from tests.field_phone import sealed
from tests.web.parts import soup, words

pytestmark = pytest.mark.django_db
HALL = "/pencegahan/lapangan/"
SEND = f"{HALL}kirim/"
TOLD = {
    "bahaya": "danger",
    "umur": "child",
    "cara": "trusted",
    "hubungi": "kenari-hubungi",
    "cerita": "kenari-cerita",
}


class Hall:
    """A session today, somebody who holds it, an officer, a question."""

    def __init__(self) -> None:
        self.city = make.city()
        self.programme = make_prevention.programme()
        self.rw = make_prevention.rw()
        self.ani = make_prevention.facilitator(self.programme)
        self.officer = make_prevention.officer()
        self.session = make_prevention.session(
            self.programme, self.rw, by=[self.ani], starts_at=clock.now() - timedelta(hours=1)
        )
        self.question = Question.objects.create(
            programme=self.programme, topic="Batas", text="Milik siapa?", choices=["a", "b"],
            right=1,
        )  # fmt: skip
        User.objects.update(language="en")
        self.phone = make.signed_in(self.ani.user)
        self.url = f"{HALL}{self.session.pk}/"

    def entry(self, kind: str, /, data: bytes = b"", **said: object) -> bytes:
        about = {"v": 1, "kind": kind, "owner": "", "session": str(self.session.pk)}
        return sealed({**about, **said}, data)


@pytest.fixture
def hall() -> Hall:
    return Hall()


def send(browser: Client, blob: bytes) -> dict[str, str]:
    answer = browser.post(SEND, {"entri": SimpleUploadedFile("entri", blob)})
    assert answer.status_code == 200
    found: dict[str, str] = answer.json()
    return found


def jpeg(colour: str = "teal") -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


class Maker:
    """Makes previews without a process."""

    busy = False

    def preview(self, data: bytes, kind: Kind, *, wait_s: float = 1.0) -> Any:
        return Busy() if self.busy else Preview(jpeg("gray"), Kind.JPEG)


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> Maker:
    made = Maker()
    monkeypatch.setattr(sending, "previewer", made)
    return made


def test_without_scripts_a_session_is_found_counted_and_logged(hall: Hall) -> None:
    listed = hall.phone.get(HALL)
    assert str(hall.programme) in words(listed)
    assert soup(listed).select_one(f'a[href="{hall.url}"]')
    page = hall.phone.get(hall.url)
    assert len(soup(page).select("input.rk-number")) == 36
    rts = [one["value"] for one in soup(page).select("input[name=rt]")]
    wrong = {"orang-female-6_12": "2", "baru-female-6_12": "9", "rt": rts}
    assert "part of those who came" in words(hall.phone.post(hall.url, wrong))
    for odd in ("-1", "dua", "9" * 40, "\x00", "😀"):
        again = hall.phone.post(hall.url, {"orang-female-6_12": odd, "rt": rts})
        assert "whole number" in words(again) or "Nobody is counted" in words(again)
    said = {"orang-female-6_12": "14", "baru-female-6_12": "3", "orang-male-6_12": "9"}
    done = hall.phone.post(hall.url, {**said, "rt": rts[:1], "catatan": "Kursi kurang."})
    assert done.status_code == 302
    after = words(hall.phone.get(done["Location"]))
    assert "23 people came" in after
    assert "Kursi kurang." in after
    assert set(Attendance.objects.values_list("people", "first_time")) == {(14, 3), (9, 0)}
    assert "logged already" in words(hall.phone.post(hall.url, {**said, "rt": rts[:1]}))
    hall.phone.post(f"{hall.url}catatan/", {"catatan": "Proyektor ada."})
    assert "Proyektor ada." in words(hall.phone.get(hall.url))


def test_the_phone_goes_round_without_scripts_too(hall: Hall) -> None:
    url, name = f"{hall.url}tes/sebelum/", f"t-{hall.question.pk}"
    assert "Milik siapa?" in words(hall.phone.get(url))
    assert "Make up a code" in words(hall.phone.post(url, {name: "1"}))
    assert hall.phone.post(url, {"kode": "Kucing 7", name: "1"}).status_code == 302
    assert "already" in words(hall.phone.post(url, {"kode": "kucing7", name: "0"}))
    assert hall.phone.get(f"{hall.url}tes/lusa/").status_code == 404
    assert "Kucing" not in str(list(Sheet.objects.values_list("pair")))


def test_what_a_phone_sent_is_answered_in_words_and_twice_the_same(hall: Hall) -> None:
    counted = [["female", "6_12", 14, 3, 1]]
    log = hall.entry("log", counted=counted, rts=None, note="", starts_at=None, at=None)
    first = send(hall.phone, log)
    assert (first["state"], send(hall.phone, log)) == ("done", first)
    other = hall.entry("log", counted=counted, rts=None, starts_at=None, at=None)
    assert send(hall.phone, other)["state"] == "waiting"
    foreign = hall.entry("log", owner=uuid4().hex, counted=counted)
    stranger = make.signed_in(make_prevention.facilitator().user)
    for browser, blob in (
        (hall.phone, foreign),
        (hall.phone, hall.entry("log", owner=["x"])),
        (make.signed_in(make_prevention.facilitator().user), log),
        (hall.phone, b"\x02" * 400),
        (hall.phone, b""),
        (hall.phone, hall.entry("tidak")),
        (hall.phone, hall.entry("tell", door="rumah", fields=TOLD)),
        (hall.phone, hall.entry("tell", door="session", fields=["x"])),
        (stranger, other),
    ):
        assert send(browser, blob)["state"] == "refused"
    assert hall.phone.post(SEND).json()["state"] == "refused"
    assert make.signed_in(make.user()).post(SEND).status_code == 403
    assert Client().post(SEND).status_code in {302, 401}


def snapshot() -> dict[str, list[Any]]:
    """Every row of prevention and of the register, as it stands."""
    return {
        model._meta.label: sorted(map(str, model.objects.values_list()))  # type: ignore[attr-defined]
        for label in ("prevention", "register")
        for model in apps.get_app_config(label).get_models()
    }


@pytest.mark.parametrize("way", ["page", "outbox"])
def test_what_somebody_told_reaches_the_desk_and_leaves_nothing_with_the_session(
    hall: Hall, way: str
) -> None:
    before, facts = snapshot(), Fact.objects.count()
    if way == "page":
        page = hall.phone.get(f"{HALL}cerita/")
        once = soup(page).select_one("input[name=once]")
        assert once is not None
        said = {**TOLD, "once": once["value"]}
        answers = [hall.phone.post(f"{HALL}cerita/", said) for _twice in range(2)]
        assert {one["Location"] for one in answers} == {f"{HALL}cerita/diterima/"}
        answer = hall.phone.get(answers[0]["Location"])
        shown = words(answer)
    else:
        mine = hall.ani.user_id.hex
        blob = hall.entry("tell", door="session", fields=TOLD, owner=mine)
        shown = send(hall.phone, blob)["words"]
        assert send(hall.phone, blob)["words"] == shown
    assert snapshot() == before
    report = Report.objects.get()
    assert (report.door, report.age, report.safety) == (Door.SESSION, "child", "danger")
    assert (report.recorded_by, report.desk) == (None, hall.city.intake_desk)
    assert report.number not in shown
    assert "kenari" not in shown
    new = Fact.objects.filter(number__gt=facts)
    assert {fact.name for fact in new} == {"intake.report_received"}
    traces = str([(f.by, f.organisation, f.role, f.about, f.ids, f.codes) for f in new])
    for hidden in (hall.session.pk, hall.ani.pk, hall.ani.user_id, hall.rw.pk):
        assert str(hidden) not in traces
    desk = make.actor(make.officer(hall.city))
    assert open_text(desk.keys, report, "story") == "kenari-cerita"
    assert hall.ani.user.name in open_text(desk.keys, report, "recorded")
    assert "kenari-hubungi" in open_text(desk.keys, report, "contact")
    assert hall.phone.get(f"/pengaduan/{report.pk}/").status_code == 404


@pytest.mark.parametrize("whose", ["own", "another", "unknown", "nobody", "wrong"])
def test_what_somebody_told_is_never_said_to_be_from_who_happens_to_send_it(
    hall: Hall, whose: str
) -> None:
    budi = make_prevention.facilitator(hall.programme)
    User.objects.update(language="en")
    shared = make.signed_in(budi.user)
    owner = {
        "own": budi.user_id.hex,
        "another": hall.ani.user_id.hex,
        "unknown": "",
        "nobody": uuid4().hex,
        "wrong": ["x"],
    }[whose]
    blob = hall.entry("tell", door="session", fields=TOLD, owner=owner)
    assert send(shared, blob)["state"] == "done"
    desk = make.actor(make.officer(hall.city))
    sealed_in = open_text(desk.keys, Report.objects.get(), "recorded")
    assert (budi.user.name in sealed_in) == (whose == "own")
    assert (f"{hall.ani.user.name}, as the phone says" in sealed_in) == (whose == "another")
    assert ("not known" in sealed_in) == (whose in {"unknown", "nobody", "wrong"})


def test_three_questions_are_asked_for_in_words(hall: Hall) -> None:
    assert words(hall.phone.post(f"{HALL}cerita/", {})).count("Choose one answer.") >= 3
    odd = {**TOLD, "bahaya": "😀", "cerita": "\u202e\x00 a" * 5_000}
    assert hall.phone.post(f"{HALL}cerita/", odd).status_code == 200
    assert not Report.objects.exists()


def test_a_photo_is_shown_outside_its_session_once_a_second_person_confirmed_it(
    hall: Hall, maker: Maker
) -> None:
    maker.busy = True
    blob = hall.entry("photo", jpeg())
    assert send(hall.phone, blob)["state"] == "later"
    maker.busy = False
    assert send(hall.phone, blob)["state"] == send(hall.phone, blob)["state"] == "done"
    assert send(hall.phone, hall.entry("photo", b"%PDF-1.7"))["state"] == "refused"
    photo = Photo.objects.get()
    url = f"{HALL}foto/{photo.pk}/"
    assert len(list(folder().iterdir())) == 1
    assert jpeg("gray") not in b"".join(one.read_bytes() for one in folder().iterdir())
    other = make.signed_in(make_prevention.facilitator().user)
    officer = make.signed_in(hall.officer)
    assert b"".join(hall.phone.get(url).streaming_content) == jpeg("gray")  # type: ignore[arg-type]
    assert other.get(url).status_code == 404
    assert str(photo.pk) not in str(officer.get(f"{HALL}foto/").content)
    assert f"{url}tegaskan/" in str(officer.get(f"{HALL}foto/menunggu/").content)
    assert hall.phone.post(f"{url}tegaskan/").status_code == 403
    for _twice in range(2):
        assert officer.post(f"{url}tegaskan/").status_code == 302
    assert other.get(url).status_code == 200
    assert str(photo.pk) in str(other.get(f"{HALL}foto/").content)
    head = make.signed_in(make.user(role=Role.HEAD))
    assert head.get(url).status_code == 200
    assert head.get(f"{HALL}foto/menunggu/").status_code == 403


def test_what_comes_of_a_session_that_was_cancelled_waits_like_its_log(hall: Hall) -> None:
    about = {"phase": "before", "pair": "0" * 32, "answers": [[str(hall.question.pk), 1]]}
    Session.objects.filter(pk=hall.session.pk).update(
        state="cancelled", over_at=make.AT, over_by=make.stranger(), cancelled="venue"
    )
    for blob in (hall.entry("photo", jpeg()), hall.entry("sheet", **about)):
        assert send(hall.phone, blob)["state"] == "waiting"
    assert (Photo.objects.count(), Sheet.objects.count()) == (0, 0)
    assert set(Sent.objects.values_list("kind", "waits")) == {
        ("photo", "cancelled"), ("sheet", "cancelled"),
    }  # fmt: skip


def test_what_came_before_somebody_else_held_the_session_is_answered_as_before(
    hall: Hall, maker: Maker
) -> None:
    about = {"phase": "before", "pair": "0" * 32, "answers": [[str(hall.question.pk), 1]]}
    photo, sheet = hall.entry("photo", jpeg()), hall.entry("sheet", **about)
    for blob in (photo, sheet):
        assert send(hall.phone, blob)["state"] == "done"
    facts = Fact.objects.count()
    hall.session.parts.all().delete()
    for blob in (photo, sheet):
        assert send(hall.phone, blob)["state"] == "done"
    for blob in (hall.entry("photo", jpeg()), hall.entry("sheet", **about)):
        assert send(hall.phone, blob)["state"] == "waiting"
    assert (Photo.objects.count(), Sheet.objects.count()) == (1, 1)
    new = Fact.objects.order_by("number")[facts:]
    assert {one.name for one in new} == {"prevention.lot_moved"}


def test_a_rejected_photo_is_deleted_and_nobody_confirms_the_own(
    hall: Hall, maker: Maker, django_capture_on_commit_callbacks: Any
) -> None:
    own = make.signed_in(hall.officer)
    assert send(own, hall.entry("photo", jpeg()))["state"] == "done"
    photo = Photo.objects.get()
    url = f"{HALL}foto/{photo.pk}/"
    assert own.post(f"{url}tegaskan/").status_code == 403
    second = make.signed_in(make_prevention.officer())
    with django_capture_on_commit_callbacks(execute=True):
        assert second.post(f"{url}tolak/").status_code == 302
    assert not Photo.objects.exists()
    assert list(folder().iterdir()) == []
    assert second.post(f"{url}tolak/").status_code == 404


def test_the_officer_decides_on_what_waits(hall: Hall) -> None:
    Session.objects.filter(pk=hall.session.pk).update(
        starts_at=clock.now() - timedelta(days=3), ends_at=clock.now() - timedelta(days=2)
    )
    counted = [["female", "6_12", 14, 3, 1]]
    seen = hall.session.starts_at.isoformat()
    log = hall.entry("log", counted=counted, rts=None, note="Hujan.", starts_at=seen)
    assert send(hall.phone, log)["state"] == "waiting"
    officer = make.signed_in(hall.officer)
    row = Sent.objects.get()
    url = f"{HALL}menunggu/{row.pk}/"
    assert soup(officer.get(f"{HALL}menunggu/")).select_one(f'a[href="{url}"]')
    page = officer.get(url)
    assert "moved meanwhile" in words(page)
    assert "Hujan." in words(page)
    assert "waits for somebody" in words(hall.phone.get(hall.url))
    for browser in (hall.phone, make.signed_in(make.user())):
        assert browser.get(url).status_code == 403
    assert officer.post(url, {"sesi": "bukan"}).status_code == 404
    assert "Set this log aside?" in words(officer.get(f"{url}sisihkan/"))
    assert officer.post(url, {"sesi": str(hall.session.pk)}).status_code == 302
    assert officer.get(url).status_code == 404
    assert "Nothing waits." in words(officer.get(f"{HALL}menunggu/"))


def test_the_page_for_no_signal_and_the_worker_hold_code_and_nothing_of_anybody(
    hall: Hall,
) -> None:
    shell = hall.phone.get(f"{HALL}luring/")
    again = make.signed_in(hall.officer).get(f"{HALL}luring/")
    assert shell.content == again.content
    for word in (hall.ani.user.name, hall.ani.user_id.hex, str(hall.session.pk), "csrf"):
        assert word.encode() not in shell.content
    assert "__Host-csrf" not in shell.cookies
    worker = hall.phone.get(f"{HALL}pekerja.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert b"UNDEFINED" not in worker.content + shell.content
    assert Client().get(f"{HALL}luring/").status_code == 302


def test_another_key_or_another_form_is_another_worker(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"{HALL}pekerja.js"
    first = hall.phone.get(url).content
    assert hall.phone.get(url).content == first
    old = sending.public_keys()
    with monkeypatch.context() as rotated:
        rotated.setattr(sending, "public_keys", lambda: {**old, "version": 7})
        second = hall.phone.get(url).content
    monkeypatch.setattr(forms.Tell.base_fields["cerita"], "label", "Lain")
    third = hall.phone.get(url).content
    assert b"ruang-lapangan-7-" in second
    assert len({first, second, third}) == 3


def test_empty_lists_say_what_comes(hall: Hall) -> None:
    empty = make.signed_in(make_prevention.facilitator().user)
    officer = make.signed_in(hall.officer)
    User.objects.update(language="en")
    assert "No session of yours" in words(empty.get(HALL))
    assert "No confirmed photo yet" in words(officer.get(f"{HALL}foto/?sebelum=x"))
    assert "Nothing waits." in words(officer.get(f"{HALL}foto/menunggu/?sebelum={uuid4()}"))
