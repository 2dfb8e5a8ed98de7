"""Deciding in the browser: what can be chosen, what is kept, where one goes on to."""

from typing import Any

import pytest

from ruang.cases.models import Case
from ruang.identity.models import User
from ruang.intake.models import Message
from ruang.intake.states import State
from ruang.territory.facts import city_facts
from ruang.triage.models import Decision
from ruang.triage.states import Outcome
from ruang.vault.texts import open_text
from ruang.web.desk.words import SLUGS
from tests import make
from tests.intake.desk_people import Desk, desk_with
from tests.replay import replayed
from tests.web.parts import links, opened, soup, words

pytestmark = pytest.mark.django_db


@replayed
def a_desk(state: State = State.CLAIMED, **told: Any) -> Desk:
    desk = desk_with(state, story="KENARI", **told)
    User.objects.update(language="en")
    return desk


def url(desk: Desk, slug: str = "") -> str:
    return f"/pengaduan/{desk.report.pk}/putuskan/{slug}"


def sent(desk: Desk, /, **changed: str) -> dict[str, str]:
    said = {
        "text": "Kami tulis di sini.",
        "confirmed": "on",
        "manager": str(desk.users["manager"].pk),
        "deputy": str(desk.users["holder"].pk),
        "desk": str(city_facts().alternate_desk),
        "ground": "territory",
        "minutes": "Wilayah lain.",
        "same_as": make.report_of(make.receipt()).number,
    }
    return {**said, **changed}


def test_every_outcome_has_a_page_and_every_page_an_outcome() -> None:
    desk = a_desk()

    page = make.signed_in(desk.users["holder"]).get(url(desk))

    assert set(SLUGS.values()) == set(Outcome)
    assert [link for link in links(page) if "putuskan" in link] == [
        url(desk, f"{slug}/") for slug in SLUGS
    ]
    assert opened(desk.report.pk) == []


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("slug", list(SLUGS))
def test_the_words_are_in_the_reporters_language(slug: str, language: str) -> None:
    desk = a_desk(language=language)

    page = soup(make.signed_in(desk.users["holder"]).get(url(desk, f"{slug}/")))

    text = page.select_one("textarea[name=text]")
    assert text is not None
    assert ("you" in text.get_text().lower()) == (language == "en")
    assert ("She reads English." in page.get_text()) == (language == "en")
    assert "KENARI" not in str(page)


@pytest.mark.parametrize(
    ("slug", "onward"),
    [("kasus", "/kasus/"), ("rujuk", "/kasus/"), ("konseling", "/pengaduan/"),
     ("bukan", "/pengaduan/"), ("limpahkan", "/pengaduan/berita-acara/"),
     ("sama", "/pengaduan/"), ("bukan-pengaduan", "/pengaduan/")],
)  # fmt: skip
def test_each_outcome_goes_on_to_where_the_work_is(slug: str, onward: str) -> None:
    desk = a_desk()
    officer = make.signed_in(desk.users["holder"])

    answer = officer.post(url(desk, f"{slug}/"), sent(desk))

    assert answer.status_code == 302
    assert onward in answer["Location"]
    message = Message.objects.get(report=desk.report)
    assert open_text(desk.who("reporter").keys, message, "text") == "Kami tulis di sini."
    following = officer.get(answer["Location"])
    assert following.status_code == 200
    assert soup(following).select(".govuk-notification-banner--success")


def test_a_case_manager_who_refers_goes_on_to_ask() -> None:
    desk = a_desk(State.NEW)
    manager = make.signed_in(desk.users["manager"])
    manager.post(f"/pengaduan/{desk.report.pk}/ambil/")

    answer = manager.post(url(desk, "rujuk/"), sent(desk))

    assert answer["Location"] == f"/kasus/{Case.objects.get().pk}/minta/?hasil=kasus-rujuk"
    assert manager.get(answer["Location"]).status_code == 200


def test_who_decides_without_being_on_the_case_goes_back_to_the_codes() -> None:
    desk = a_desk()
    officer = make.signed_in(desk.users["holder"])

    answer = officer.post(
        url(desk, "kasus/"), sent(desk, deputy=str(desk.users["colleague"].pk)), follow=True
    )

    assert "This report became a case" in words(answer)
    assert not [link for link in links(answer) if "/kasus/" in link and link != "/kasus/"]
    told = officer.get(f"/pengaduan/{desk.report.pk}/buka/")
    assert told.status_code == 403
    assert b"KENARI" not in told.content


@pytest.mark.parametrize(
    ("slug", "changed", "sentence"),
    [
        ("kasus", {"manager": "", "deputy": ""}, "Choose one."),
        ("kasus", {"manager": "bukan-uuid"}, "Choose one."),
        ("kasus", {"deputy": "MANAGER"}, "two different people"),
        ("kasus", {"manager": "00000000-0000-0000-0000-000000000000"}, "active members"),
        ("kasus", {"text": "  "}, "Write a few words first"),
        ("limpahkan", {"desk": ""}, "Choose one."),
        ("limpahkan", {"desk": "00000000-0000-0000-0000-000000000000"}, "takes reports"),
        ("konseling", {"text": "\x00"}, "Write a few words first"),
        ("bukan", {"text": "x" * 20_001}, "Divide it into several"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    slug: str, changed: dict[str, str], sentence: str
) -> None:
    desk = a_desk()
    if changed.get("deputy") == "MANAGER":
        changed = {"deputy": str(desk.users["manager"].pk)}

    answer = make.signed_in(desk.users["holder"]).post(
        url(desk, f"{slug}/"), sent(desk, **changed)
    )

    assert answer.status_code == 200
    assert sentence in words(answer)
    assert Case.objects.count() + Decision.objects.count() + Message.objects.count() == 0
    if "text" not in changed:
        assert "Kami tulis di sini." in answer.content.decode()


def test_not_ours_is_not_sent_as_it_stands() -> None:
    desk = a_desk(language="en")
    officer = make.signed_in(desk.users["holder"])
    page = soup(officer.get(url(desk, "bukan/")))
    text = page.select_one("textarea[name=text]")
    assert text is not None

    answer = officer.post(url(desk, "bukan/"), {"text": text.get_text()})

    assert "Write or choose where to go instead" in words(answer)
    assert desk.reload().state == State.CLAIMED


def test_twice_decided_is_once() -> None:
    desk = a_desk()
    officer = make.signed_in(desk.users["holder"])

    first = officer.post(url(desk, "kasus/"), sent(desk))
    second = officer.post(url(desk, "kasus/"), sent(desk))

    assert first.status_code == second.status_code == 302
    assert second["Location"] == f"/pengaduan/{desk.report.pk}/"
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("colleague", 403), ("manager", 403), ("head", 403), ("outsider", 404), ("admin", 404)],
)
def test_only_the_holder_decides(who: str, status: int) -> None:
    desk = a_desk()
    person = make.signed_in(desk.users[who])

    for address in (url(desk), url(desk, "kasus/")):
        assert person.get(address).status_code == status
    assert person.post(url(desk, "kasus/"), sent(desk)).status_code == status
    assert not Case.objects.exists()


def test_a_way_that_does_not_exist() -> None:
    desk = a_desk()

    assert make.signed_in(desk.users["holder"]).get(url(desk, "apa/")).status_code == 404
