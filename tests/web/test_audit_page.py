"""The trail as auditors and heads read it: what happened, who did it, and the proof."""

import importlib
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

import ruang
from ruang.access.roles import Role
from ruang.audit import verify
from ruang.audit.disclosures import disclose, refuse
from ruang.audit.models import Fact
from ruang.clocks.keep import START
from ruang.clocks.official import ANSWER
from ruang.dossier.states import ADD
from ruang.identity.commands import trail
from ruang.identity.models import User
from ruang.kernel import clock
from ruang.kernel.events import Event
from ruang.plans.writing import COMPLETE, WRITE
from ruang.prevention.commands.asking import CORRECT, RECEIVE
from ruang.prevention.commands.planning import PLAN
from ruang.territory.commands.decided import STARTS
from ruang.triage.commands.decide import ARRIVED
from ruang.vault.ledger import Opening
from ruang.web.audit.codes import LISTS, SAY_THEMSELVES, labels_of, sources_of, value_words
from ruang.web.audit.words import FACTS, FIELDS
from tests import make
from tests.web.parts import soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Any:
    """Two organisations, an auditor, a head, and something each of them opened."""
    place, elsewhere = make.organisation("DP3AKB"), make.organisation("LBH")
    people = {
        "auditor": make.user(elsewhere, Role.AUDITOR),
        "head": make.user(place, Role.HEAD),
        "officer": make.user(place, Role.INTAKE_OFFICER),
        "partner": make.user(elsewhere, Role.PARTNER_DESK),
        "admin": make.user(place, Role.ADMIN),
    }
    User.objects.update(language="en")
    now = clock.now()
    for n, who in enumerate(("officer", "partner")):
        actor = make.actor(people[who])
        opened = Opening(make.stranger(), "story")
        disclose([opened], actor=actor, at=now - timedelta(days=n))
        people[f"about_{who}"] = opened.whose  # type: ignore[assignment]
    refuse(
        actor=make.actor(people["officer"]), rule="may_manage", page="members:remove", at=now
    )
    verify.checkpoint(at=now)
    return people


def read(house: Any, who: str, query: str = "") -> Any:
    return make.signed_in(house[who]).get(f"/audit/{query}")


def rows(answer: Any) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in soup(answer).select("tbody tr")]


@pytest.mark.parametrize("who", ["officer", "partner", "admin"])
def test_who_has_no_business_there_is_refused_and_that_is_on_record(
    house: Any, who: str
) -> None:
    assert read(house, who).status_code == 403
    fact = Fact.objects.order_by("-number")[0]
    assert (fact.name, fact.by) == ("audit.refused", house[who].pk)
    assert fact.codes == {"rule": "audit.read", "page": "audit:trail"}


def test_an_auditor_reads_everything_newest_first_in_plain_words(house: Any) -> None:
    lines = rows(read(house, "auditor"))
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "Was refused" in lines[0]
    assert "members:remove" in lines[0]
    assert "Opened something sealed" in lines[2]
    assert "What was told" in lines[2]
    assert house["officer"].name in lines[2]
    assert house["partner"].name in lines[1]


def test_a_head_reads_what_the_own_people_did_and_nothing_else(house: Any) -> None:
    answer = read(house, "head")
    assert len(rows(answer)) == 2
    assert house["partner"].name not in words(answer)
    assert "LBH" not in str(answer.content, "utf-8")
    other = read(house, "head", f"?orang={house['partner'].pk}")
    assert rows(other) == []
    about = read(house, "head", f"?tentang={house['about_partner']}")
    assert rows(about) == []


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("?jenis=audit.refused", [3]),
        ("?jenis=audit.", [3, 2, 1]),
        ("?jenis=cases.", []),
        ("?orang={officer.pk}", [3, 1]),
        ("?tentang={about_partner}", [2]),
        ("?dari={today}", [3, 1]),
        ("?sampai={yesterday}", [2]),
        ("?sebelum=3", [2, 1]),
        ("?jenis=audit.opened&orang={officer.pk}", [1]),
        ("?orang=nobody&dari=soon&tentang=x&sebelum=-1&jenis=made.up", [3, 2, 1]),
        ("?dari=9999-12-31&sampai=0001-01-01", [3, 2, 1]),
        ("?sampai=9999-12-31", [3, 2, 1]),
        ("?sebelum=99999999999999999999999", [3, 2, 1]),
    ],
)
def test_the_filters(house: Any, query: str, numbers: list[int]) -> None:
    now = clock.now()
    from django.utils import timezone

    today = timezone.localtime(now).date()
    asked = query.format(**house, today=today, yesterday=today - timedelta(days=1))
    found = [int(line.split()[0]) for line in rows(read(house, "auditor", asked))]
    assert found == numbers


def test_pages_follow_each_other_without_a_gap(house: Any) -> None:
    actor = make.actor(house["officer"])
    for _ in range(120):
        refuse(actor=actor, rule="x", page="y", at=clock.now())
    browser, address, seen = make.signed_in(house["auditor"]), "/audit/?jenis=audit.", []
    while address:
        answer = browser.get(address)
        seen += [int(line.split()[0]) for line in rows(answer)]
        older = soup(answer).select_one(".rk-pages a[rel=next]")
        address = f"/audit/{older['href']}" if older else ""
    assert seen == list(range(Fact.objects.count(), 0, -1))


def test_a_page_costs_the_same_however_many_facts_there_are(house: Any) -> None:
    browser = make.signed_in(house["auditor"])
    with CaptureQueriesContext(connection, ) as few:  # fmt: skip
        browser.get("/audit/")
    for who in ("officer", "partner"):
        for _ in range(30):
            refuse(actor=make.actor(house[who]), rule="x", page="y", at=clock.now())
    with CaptureQueriesContext(connection) as many:
        browser.get("/audit/")
    assert len(many) == len(few) <= 8


# --- the proof ----------------------------------------------------------------------------


def test_the_last_checkpoint_is_shown_whole(house: Any) -> None:
    row = verify.checkpoint(at=clock.now())
    assert bytes(row.root).hex() in words(read(house, "auditor"))


def test_proving_says_yes_and_is_on_record(house: Any) -> None:
    answer = make.signed_in(house["auditor"]).post("/audit/periksa/")
    assert "all 3 facts are as they were recorded" in words(answer)
    fact = Fact.objects.order_by("-number")[0]
    assert (fact.name, fact.codes) == ("audit.verified", {"facts": 3, "first_bad": 0})
    assert "Had this trail proven" in rows(answer)[0]


def test_a_row_that_was_changed_is_named(house: Any) -> None:
    Fact.objects.filter(number=2).update(by=house["officer"].pk)
    answer = make.signed_in(house["auditor"]).post("/audit/periksa/")
    assert "Row 2 is not what was recorded" in words(answer)
    fact = Fact.objects.order_by("-number")[0]
    assert fact.codes["first_bad"] == 2


def test_a_trail_too_long_for_a_page_is_sent_to_the_command_line(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "MOST", 2)
    answer = make.signed_in(house["auditor"]).post("/audit/periksa/")
    assert "ruang audit verify" in words(answer)
    assert Fact.objects.count() == 3


def test_only_readers_of_the_trail_prove_it(house: Any) -> None:
    assert make.signed_in(house["admin"]).post("/audit/periksa/").status_code == 403


# --- the words ----------------------------------------------------------------------------


def events() -> list[type[Event]]:
    for path in Path(ruang.__file__).parent.glob("*/events.py"):
        importlib.import_module(f"ruang.{path.parent.name}.events")

    def below(kind: type[Event]) -> list[type[Event]]:
        return [one for sub in kind.__subclasses__() for one in (sub, *below(sub))]

    return [event for event in below(Event) if event.__module__.startswith("ruang.")]


def test_every_fact_has_its_sentence_and_every_field_its_label() -> None:
    names = {event.name for event in events()}
    assert names == set(FACTS), names ^ set(FACTS)
    fields = {field for event in events() for field in event.__dataclass_fields__}
    fields -= {"name"}
    assert fields <= set(FIELDS), fields - set(FIELDS)


def coded() -> list[tuple[str, str]]:
    """Every field of every fact that holds a code."""
    return [
        (event.name, field.name)
        for event in events()
        for field in fields(event)
        if field.type in {str, "str"} and field.name not in {"compartment", "compartments"}
    ]


def test_every_code_of_every_fact_has_a_list_it_is_from() -> None:
    bare = {one for one in coded() if not sources_of(*one)}
    assert bare == SAY_THEMSELVES, bare ^ SAY_THEMSELVES
    used = {(name.partition(".")[0], field) for name, field in coded()} | set(coded())
    assert set(LISTS) <= used, set(LISTS) - used


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_code_of_every_list_has_words_in_both_languages(language: str) -> None:
    with translation.override(language):
        for name, field in coded():
            for source in sources_of(name, field):
                for code, label in labels_of(source).items():
                    said = str(value_words(name, field, code))
                    assert said
                    assert str(label)
                    assert said != code, (name, field, code)


def test_what_is_in_the_trail_is_said_in_words() -> None:
    """Codes that commands add to the lists by themselves, in every context that has some."""
    for name, field, code in (
        ("plans.plan_moved", "step", "write"), ("plans.plan_moved", "step", "end"),
        ("plans.plan_moved", "step", COMPLETE), ("plans.plan_moved", "step", "assess"),
        ("plans.plan_moved", "code", "by_law"), ("plans.task_moved", "step", WRITE),
        ("prevention.session_moved", "step", PLAN),
        ("prevention.session_moved", "step", "hold"),
        ("prevention.session_moved", "step", "correct"),
        ("prevention.session_moved", "code", "typed"),
        ("prevention.session_moved", "code", "hosts"),
        ("prevention.facilitator_changed", "thing", "calendar"),
        ("prevention.request_moved", "step", RECEIVE),
        ("prevention.request_moved", "step", CORRECT),
        ("prevention.request_moved", "code", "rw"), ("dossier.record_moved", "step", ADD),
        ("intake.report_moved", "step", ARRIVED), ("clocks.clock_moved", "step", START),
        ("clocks.clock_moved", "kind", ANSWER),
        ("cases.case_moved", "code", START), ("cases.thread_written", "kind", "feedback"),
        ("territory.city_changed", "part", "desks"), ("filters.filter_kept", "page", "desk"),
    ):  # fmt: skip
        assert any(code in labels_of(one) for one in sources_of(name, field)), (name, code)
    for part in STARTS:
        assert any(part in labels_of(one) for one in sources_of("territory.city_reset", "part"))
