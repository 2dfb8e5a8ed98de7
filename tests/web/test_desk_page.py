"""The desk in the browser: the queue, a report closed and opened, and every answer to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ruang.audit.models import Fact
from ruang.identity.models import User
from ruang.intake import commands as intake
from ruang.intake.attachments import store_text
from ruang.intake.models import Message, Report
from ruang.intake.states import MessageKind, Risk, State
from ruang.intake.told import Contact
from ruang.kernel import clock
from tests import make
from tests.intake.desk_people import Desk, crowd, desk_with
from tests.replay import replayed
from tests.web.parts import AUTO, HTMX, links, opened, part, soup, words

pytestmark = pytest.mark.django_db
TOLD = {
    "story": "KENARI-CERITA",
    "reach": "0812-KENARI",
    "by_whom": "KENARI-TERLAPOR",
    "must_not_read": "KENARI-LARANGAN",
    "district": "36.73.02",
}
SECRETS = ("KENARI-CERITA", "0812-KENARI", "KENARI-TERLAPOR", "KENARI-LARANGAN", "kenari.txt")


@replayed
def a_desk(state: State = State.CLAIMED) -> Desk:
    desk = desk_with(state, **TOLD, files=[store_text("kenari", "isi")])
    User.objects.update(language="en")
    return desk


def url(desk: Desk, rest: str = "") -> str:
    return f"/pengaduan/{desk.report.pk}/{rest}"


def browser(desk: Desk, name: str = "holder") -> Any:
    return make.signed_in(desk.users[name])


class TestQueue:
    def test_it_shows_codes_and_nothing_that_was_told(self) -> None:
        desk = a_desk(State.NEW)

        answer = browser(desk).get("/pengaduan/")

        assert desk.report.number in words(answer)
        assert "Kasemen" in words(answer)
        assert not [secret for secret in SECRETS if secret in answer.content.decode()]
        assert opened(desk.report.pk) == []

    @pytest.mark.parametrize(
        ("who", "status"),
        [("holder", 200), ("manager", 200), ("head", 200), ("admin", 403), ("auditor", 403),
         ("partner", 403), ("outsider", 200)],
    )  # fmt: skip
    def test_who_sees_it(self, who: str, status: int) -> None:
        desk = a_desk(State.NEW)

        answer = browser(desk, who).get("/pengaduan/")

        assert answer.status_code == status
        assert (desk.report.number in answer.content.decode()) == (
            status == 200 and who != "outsider"
        )
        assert ("/ambil/" in answer.content.decode()) == (who in {"holder", "manager"})

    def test_danger_comes_first_then_risk_then_clock(self) -> None:
        desk = a_desk(State.NEW)
        crowd(desk, 30)

        answer = browser(desk).get("/pengaduan/")

        shown = [row.get_text() for row in soup(answer).select("tbody th b")]
        order = Report.objects.order_by("rank", "due_at", "id").values_list("number", flat=True)
        assert shown == list(order[:50])

    def test_forward_and_back_meets_every_report_once(self) -> None:
        desk = a_desk(State.NEW)
        crowd(desk, 130)
        officer = browser(desk)
        forward: list[list[str]] = []
        address = "/pengaduan/"
        while address:
            answer = officer.get(address)
            forward.append([row.get_text() for row in soup(answer).select("tbody th b")])
            following = soup(answer).select_one('a[rel="next"]')
            address = f"/pengaduan/{following['href']}" if following else ""
        assert [len(page) for page in forward] == [50, 50, 31]
        seen = [number for page in forward for number in page]
        assert len(set(seen)) == 131

        back = soup(answer).select_one('a[rel="prev"]')
        assert back is not None
        again = officer.get(f"/pengaduan/{back['href']}")
        assert [row.get_text() for row in soup(again).select("tbody th b")] == forward[1]

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", 31), ("saring=bebas", 30), ("saring=saya", 1), ("saring=lewat", 20),
            ("saring=segera", 11), ("saring=diputuskan", 0), ("kecamatan=36.73.01", 5),
            ("kecamatan=36.73.02", 6), ("pintu=web", 31), ("pintu=phone", 0),
            ("nomor=2610-02", 10), ("nomor=KENARI", 0), ("saring=apa&pintu=aneh", 31),
            ("setelah=rusak&sebelum=1.2.3", 31), ("nomor=%00%F0%9F%98%80", 0),
            ("saring=bebas&kecamatan=36.73.02", 5),
        ],
    )  # fmt: skip
    def test_filters(self, query: str, expected: int, monkeypatch: Any) -> None:
        desk = a_desk()
        crowd(desk, 30)
        Report.objects.filter(pk=desk.report.pk).update(due_at=make.AT + timedelta(minutes=25))
        officer = make.signed_in(desk.users["holder"], at=make.AT + timedelta(minutes=20))
        monkeypatch.setattr(clock, "now", lambda: make.AT + timedelta(minutes=20))

        answer = officer.get(f"/pengaduan/?{query}")

        assert answer.status_code == 200
        assert len(soup(answer).select("tbody tr")) == expected

    def test_an_empty_queue_says_so(self) -> None:
        desk = a_desk(State.NEW)

        assert "Nobody is waiting" in words(browser(desk, "outsider").get("/pengaduan/"))
        assert "Clear the filter" in words(browser(desk).get("/pengaduan/?nomor=xyz"))

    def test_the_number_of_questions_to_the_database_does_not_grow(self) -> None:
        desk = a_desk(State.NEW)
        officer = browser(desk)
        crowd(desk, 10)
        few = questions(officer, "/pengaduan/")
        Report.objects.exclude(pk=desk.report.pk).delete()
        crowd(desk, 200)

        assert questions(officer, "/pengaduan/") == few <= 8

    def test_the_fragment_is_the_same_as_the_page(self) -> None:
        desk = a_desk()
        crowd(desk, 60)
        officer = browser(desk)

        for query in ("", "?saring=bebas", "?kecamatan=36.73.02"):
            whole = officer.get(f"/pengaduan/{query}")
            alone = officer.get(f"/pengaduan/{query}", headers=HTMX)
            assert part(alone, "antrean") == part(whole, "antrean")
            assert b"<html" not in alone.content


def questions(officer: Any, address: str) -> int:
    officer.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert officer.get(address).status_code == 200
    return len([q for q in caught if q["sql"].lstrip().upper().startswith("SELECT")])


class TestOpening:
    def test_a_report_is_closed_until_it_is_opened(self) -> None:
        desk = a_desk(State.NEW)
        officer = browser(desk)

        closed = officer.get(url(desk))
        assert not [secret for secret in SECRETS if secret in closed.content.decode()]
        assert url(desk, "buka/") in links(closed)
        assert opened(desk.report.pk) == []

        told = officer.get(url(desk, "buka/"))
        assert [secret for secret in SECRETS if secret in told.content.decode()] == list(
            SECRETS
        )
        assert sorted(opened(desk.report.pk)) == [("contact", False), ("story", False)]
        fact = Fact.objects.filter(name="audit.opened").first()
        assert fact is not None
        assert fact.by == desk.users["holder"].pk
        assert "You have opened this before" in words(officer.get(url(desk)))

    def test_what_refreshes_itself_is_on_record_as_automatic(self) -> None:
        desk = a_desk()
        write_as_reporter(desk, "Halo.", MessageKind.TEXT)

        browser(desk).get(url(desk, "buka/"), headers=AUTO)

        assert opened(desk.report.pk) == [("story", True)], "nothing but the messages"
        assert "You have opened this before" not in words(browser(desk).get(url(desk)))

    @pytest.mark.parametrize(
        ("who", "closed", "told"),
        [("colleague", 200, 200), ("head", 200, 403), ("admin", 404, 404),
         ("auditor", 404, 404), ("outsider", 404, 404), ("partner", 404, 404)],
    )  # fmt: skip
    def test_who_may_open(self, who: str, closed: int, told: int) -> None:
        desk = a_desk()
        person = browser(desk, who)

        assert person.get(url(desk)).status_code == closed
        answer = person.get(url(desk, "buka/"))
        assert answer.status_code == told
        if told != 200:
            assert not [s for s in SECRETS if s in answer.content.decode()]
            assert opened(desk.report.pk) == []

    def test_the_rule_for_reaching_her_stands_before_the_number(self) -> None:
        page = browser(desk := a_desk()).get(url(desk, "buka/")).content.decode()

        assert page.index("how to reach her safely") < page.index("0812-KENARI")
        assert page.index("KENARI-LARANGAN") < page.index("KENARI-CERITA")

    def test_a_new_contact_stands_beside_the_old_one_until_it_is_taken_over(self) -> None:
        desk = a_desk()
        wish = write_as_reporter(
            desk, Contact(way="phone", reach="0899-BARU").to_text(), MessageKind.CONTACT
        )
        officer = browser(desk)

        both = words(officer.get(url(desk, "buka/")))
        assert "0812-KENARI" in both
        assert "0899-BARU" in both
        before_new_words = words(officer.get(url(desk, "kode-baru/")))
        assert "0899-BARU" in before_new_words
        assert "Be sure with whom you speak" in before_new_words
        done = officer.post(url(desk, "kontak/"), {"message": str(wish)}, follow=True)
        assert "The new contact is in force" in words(done)
        assert "0812-KENARI" not in words(done)
        assert "0899-BARU" in words(done)

    def test_her_wish_to_stop_is_the_first_thing_one_reads(self) -> None:
        desk = a_desk()
        write_as_reporter(desk, "Sudah cukup.", MessageKind.WITHDRAW)

        page = words(browser(desk).get(url(desk, "buka/")))

        assert "Talk with her safely first" in page

    def test_who_opened_it_can_be_seen(self) -> None:
        desk = a_desk()
        browser(desk, "colleague").get(url(desk, "buka/"))

        page = words(browser(desk).get(url(desk, "dibuka/")))

        assert desk.users["colleague"].name in page
        assert opened(desk.report.pk) == [("contact", False), ("story", False)]

    def test_the_thread_alone_is_the_same_as_in_the_page(self) -> None:
        desk = a_desk()
        write_as_reporter(desk, "Halo.", MessageKind.TEXT)
        officer = browser(desk)

        whole = officer.get(url(desk, "buka/"))
        alone = officer.get(url(desk, "buka/"), headers=HTMX)

        assert part(alone, "pesan") == part(whole, "pesan")
        assert b"KENARI-CERITA" not in alone.content


def write_as_reporter(desk: Desk, text: str, kind: MessageKind) -> Any:
    return intake.write_as_reporter(
        actor=desk.who("reporter"), report_id=desk.report.pk, text=text,
        form_tag=text.encode()[:32].ljust(32), kind=kind, at=make.AT,
    )  # fmt: skip


class TestSteps:
    def test_taking_goes_on_to_the_report_and_the_second_one_reads_who_has_it(self) -> None:
        desk = a_desk(State.NEW)

        first = browser(desk).post(url(desk, "ambil/"), follow=True)
        assert "Taken. The report is in your hands" in words(first)
        second = browser(desk, "colleague").post(url(desk, "ambil/"))
        assert f"{desk.users['holder'].name} has taken this report already" in words(second)
        assert desk.reload().holder == desk.users["holder"].pk

    def test_put_back_and_handed_on(self) -> None:
        desk = a_desk()
        colleague = desk.users["colleague"]

        handed = browser(desk).post(
            url(desk, "serahkan/"), {"colleague": str(colleague.pk)}, follow=True
        )
        assert "Handed to your colleague" in words(handed)
        back = browser(desk, "colleague").post(url(desk, "lepas/"), follow=True)
        assert "Put back" in words(back)
        assert (desk.reload().state, desk.report.holder) == (State.NEW, None)

    @pytest.mark.parametrize("colleague", ["", "x", "00000000-0000-0000-0000-000000000000"])
    def test_nobody_in_particular_is_nobody(self, colleague: str) -> None:
        desk = a_desk()

        answer = browser(desk).post(url(desk, "serahkan/"), {"colleague": colleague})

        assert answer.status_code == 200
        assert soup(answer).select(".govuk-error-summary")
        assert desk.reload().holder == desk.users["holder"].pk

    def test_the_risk_is_set_and_never_lowered_alone(self) -> None:
        desk = a_desk()
        officer = browser(desk)

        officer.post(url(desk, "tingkat/"), {"risk": "high"})
        assert desk.reload().risk == Risk.HIGH
        refused = officer.post(url(desk, "tingkat/"), {"risk": "low"})
        assert "not lowered by one person alone" in words(refused)
        wrong = officer.post(url(desk, "tingkat/"), {"risk": "sangat"})
        assert "Choose a level" in words(wrong)
        assert desk.reload().risk == Risk.HIGH

    def test_from_the_opened_report_one_stays_in_it(self) -> None:
        desk = a_desk()

        answer = browser(desk).post(url(desk, "tingkat/"), {"risk": "high", "dari": "buka"})

        assert answer["Location"].startswith(url(desk, "buka/"))

    def test_an_answer_is_written_once_however_often_it_is_sent(self) -> None:
        desk = a_desk()
        officer = browser(desk)
        form = soup(officer.get(url(desk, "buka/"))).select_one("#balas input[name=once]")
        assert form is not None
        sent = {"once": form["value"], "text": "Kami sudah membaca."}

        for _again in range(3):
            assert officer.post(url(desk, "balas/"), sent).status_code == 302
        officer.post(url(desk, "balas/"), {**sent, "text": "Satu hal lagi."})

        assert Message.objects.count() == 2
        assert "Satu hal lagi." in words(officer.get(url(desk, "buka/")))

    @pytest.mark.parametrize("text", ["", "   \r\n", "\x00"])
    def test_an_empty_answer_says_what_to_do(self, text: str) -> None:
        desk = a_desk()

        answer = browser(desk).post(url(desk, "balas/"), {"text": text})

        assert answer.status_code == 200
        assert "Write a few words first" in words(answer)

    def test_a_refused_answer_keeps_what_was_typed(self) -> None:
        desk = a_desk()
        long = "panjang " * 3_000

        answer = browser(desk).post(url(desk, "balas/"), {"text": long})

        assert "Divide it into several" in words(answer)
        field = soup(answer).select_one("#balas textarea")
        assert field is not None
        assert field.get_text().strip() == long.strip()
        assert not Message.objects.exists()

    @pytest.mark.parametrize("text", ["😀 ok", "\u202eterbalik", "a\u200bb", "é" * 5_000])
    def test_strange_letters_are_stored_as_they_are(self, text: str) -> None:
        desk = a_desk()

        assert browser(desk).post(url(desk, "balas/"), {"text": text}).status_code == 302
        assert text in browser(desk).get(url(desk, "buka/")).content.decode()

    @pytest.mark.parametrize(
        ("rest", "who", "status"),
        [("ambil/", "head", 403), ("ambil/", "outsider", 404), ("lepas/", "colleague", 403),
         ("tingkat/", "colleague", 403), ("risiko/", "colleague", 403),
         ("balas/", "colleague", 403), ("kontak/", "head", 403),
         ("serahkan/", "manager", 403), ("balas/", "partner", 404)],
    )  # fmt: skip
    def test_who_may_not_leaves_a_trace_and_nothing_else(
        self, rest: str, who: str, status: int
    ) -> None:
        desk = a_desk()
        sent = {
            "risk": "high", "text": "Halo", "colleague": str(desk.users["manager"].pk),
            "message": str(make.stranger()),
        }  # fmt: skip
        facts = Fact.objects.count()

        answer = browser(desk, who).post(url(desk, rest), sent)

        assert answer.status_code == status
        new = Fact.objects.filter(number__gt=facts).exclude(name="audit.opened")
        assert {fact.name for fact in new} == ({"audit.refused"} if status == 403 else set())
        assert not Message.objects.exists()
