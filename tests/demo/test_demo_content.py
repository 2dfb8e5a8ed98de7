"""The demo city: invented, believable, varied, and the same every time."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from ruang.access.permissions import Permission
from ruang.access.roles import GRANTS, Role
from ruang.cases.states import SHAREABLE, Closing
from ruang.consents.states import Basis
from ruang.demo.accounts import FIRST, THEN
from ruang.demo.content.dossier_shape import Agreement, FollowUp, Goal, Item, Of, Paper, Task
from ruang.demo.content.dossiers import DOSSIERS, WORTH_READING
from ruang.demo.content.moments import HOURS
from ruang.demo.content.organisations import ALTERNATE, NEIGHBOUR, OFFICE, ORGANISATIONS
from ruang.demo.content.people import MANAGERS, OFFICERS, PEOPLE
from ruang.demo.content.recorded import HEARD, UNFINISHED
from ruang.demo.content.shape import (
    OPEN_AT_DESK,
    VIOLENCE,
    Ask,
    Contact,
    Course,
    Reply,
)
from ruang.demo.content.year import TALES, contacts
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.states import Kind
from ruang.identity.states import State
from ruang.intake.states import Age, Door, Risk, Side, Way
from ruang.triage.states import Outcome

PREVENTION = {Role.PREVENTION_OFFICER, Role.FACILITATOR, Role.CADRE}
MOMENTS = [
    datetime(2026, 11, 23, 7, 30, tzinfo=UTC),  # a Monday afternoon
    datetime(2026, 11, 21, 20, 0, tzinfo=UTC),  # the night to Sunday
    datetime(2026, 3, 24, 1, 0, tzinfo=UTC),  # in the week of Idulfitri
    datetime(2027, 1, 1, 17, 5, tzinfo=UTC),
]
PERSON = {person.login: person for person in PEOPLE}
PLACE = {place.key: place for place in ORGANISATIONS}


@pytest.fixture(scope="module", params=MOMENTS, ids=lambda m: f"{m:%a_%d_%b}")
def now(request: pytest.FixtureRequest) -> datetime:
    moment: datetime = request.param
    return moment


@pytest.fixture(scope="module")
def year(now: datetime) -> tuple[Contact, ...]:
    return contacts(now=now)


def asks(year: tuple[Contact, ...]) -> Iterator[tuple[Contact, Ask]]:
    for contact in year:
        for ask in contact.case.asks if contact.case else ():
            yield contact, ask


def values(thing: Any, kind: type) -> Iterator[Any]:
    """Everything of a kind that a dataclass holds, however deep."""
    if isinstance(thing, kind):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from values(getattr(thing, field.name), kind)
    elif isinstance(thing, tuple | dict):
        for one in thing.values() if isinstance(thing, dict) else thing:
            yield from values(one, kind)


def test_the_same_moment_gives_the_same_year(now: datetime) -> None:
    assert contacts(now=now) == contacts(now=now)


def test_organisations_and_people_are_many_and_known_by_one_name() -> None:
    assert 25 <= len(ORGANISATIONS) <= 30
    assert len({p.key for p in ORGANISATIONS}) == len({p.name for p in ORGANISATIONS})
    helping = [one for one in PEOPLE if one.role not in PREVENTION]
    assert 115 <= len(helping) <= 135
    assert 8 <= len(PEOPLE) - len(helping) <= 15
    assert len(PERSON) == len({p.name for p in PEOPLE}) == len(PEOPLE)
    assert {p.place for p in PEOPLE} == set(PLACE)
    assert {p.account for p in PEOPLE} == set(State) - {State.REMOVED}
    assert len(set(OFFICERS) & {p.name for p in PEOPLE}) == len(OFFICERS)
    assert len(MANAGERS) >= 8


def test_every_role_is_there_and_the_quorum_is_of_three_organisations() -> None:
    assert {p.role for p in PEOPLE} == set(Role) - {Role.REPORTER, Role.SYSTEM}
    officials = [p.place for p in PEOPLE if p.role is Role.QUORUM_OFFICIAL]
    assert len(officials) == len(set(officials)) == 3


@pytest.mark.parametrize("desk", [OFFICE, ALTERNATE, NEIGHBOUR])
def test_each_desk_can_take_decide_and_lead(desk: str) -> None:
    held = [GRANTS[p.role] for p in PEOPLE if p.place == desk and p.account is State.ACTIVE]
    assert sum(Permission.REPORT_WORK in grants for grants in held) >= 2
    assert sum(Permission.REFERRAL_ASK in grants for grants in held) >= 2
    assert sum(Permission.MEMBER_MANAGE in grants for grants in held) >= 1


def test_no_telephone_number_can_be_dialled() -> None:
    for place in ORGANISATIONS:
        assert re.fullmatch(r"0800-1-000-\d{3}", place.phone)
    told = (contacts(now=MOMENTS[0]), tuple(DOSSIERS.values()), HEARD, *UNFINISHED.values())
    for text in values(told, str):
        for number in re.findall(r"\+?\d[\d -]{6,}\d", text):
            assert number.startswith("0899-0000-"), number


def test_a_year_has_the_numbers_of_2025(year: tuple[Contact, ...]) -> None:
    violence = [c for c in year if c.subject in VIOLENCE]
    assert (len(violence), len(year) - len(violence)) == (65, 58)
    children = sum(c.told.age is Age.CHILD for c in violence)
    assert 0.5 <= children / len(violence) <= 0.68  # 21,652 of 34,561 in 2024
    sexual = sum("sexual" in c.subject or c.subject == "digital" for c in violence)
    assert 0.3 <= sexual / len(violence) <= 0.45


def test_every_story_is_another_one(year: tuple[Contact, ...]) -> None:
    told = [c.told.story for c in year if c.told.story]
    assert len(set(told)) == len(told)
    lengths = [len(story.split()) for story in told]
    assert 12 <= min(lengths) < 25
    assert 150 <= max(lengths) <= 250
    assert sum(n >= 60 for n in lengths) >= 15
    assert 4 <= len(year) - len(told) <= 8
    assert 4 <= sum(c.told.language == "en" for c in year) <= 8
    for one, other in pairwise(sorted(told)):
        assert one[:30] != other[:30]


def test_every_door_district_and_course_is_there(year: tuple[Contact, ...]) -> None:
    recorded = {heard.told.door for heard in HEARD}
    assert {c.told.door for c in year} | recorded == set(Door)
    assert {c.told.district for c in year} - {""} == {f"36.73.{n:02}" for n in range(1, 7)}
    assert {c.course for c in year} == set(Course)
    assert {ask.reply for _, ask in asks(year)} == set(Reply)
    assert {ask.basis for _, ask in asks(year)} == set(Basis)
    settled = {heard.outcome for heard in HEARD}
    assert {c.desk.outcome for c in year} | settled == {None, *Outcome}
    assert {c.case.closing for c in year if c.case} == {None, *Closing} - {Closing.OTHER}
    assert {ask.to for _, ask in asks(year)} >= {"rumah-aman", "unit-ppa", "dindik", "kua"}


def test_the_report_that_names_the_office_goes_elsewhere(year: tuple[Contact, ...]) -> None:
    (named,) = [c for c in year if c.told.office_named]
    people = {named.desk.holder, named.desk.decided_by}
    assert named.case is not None
    people |= {named.case.manager, named.case.deputy, *(n.by for n in named.case.notes)}
    assert {PERSON[login].place for login in people} == {ALTERNATE}


def test_two_children_have_long_cases(year: tuple[Contact, ...]) -> None:
    full = [
        c
        for c in year
        if c.case and c.told.age is Age.CHILD and min(len(c.case.asks), len(c.case.notes)) >= 4
    ]
    assert len(full) >= 2


def test_nothing_is_in_the_future(year: tuple[Contact, ...], now: datetime) -> None:
    for contact in year:
        assert contact.received_at >= now - timedelta(days=366)
        assert contact.last_at < now, contact.key
        for ask in contact.case.asks if contact.case else ():
            assert all(n.at < now for n in ask.notes)


def test_each_thing_follows_the_one_before(year: tuple[Contact, ...]) -> None:
    for contact in year:
        desk = contact.desk
        done = [contact.received_at, desk.claimed_at, desk.rated_at, desk.passed_at,
                desk.decided_at]  # fmt: skip
        times = [at for at in done if at is not None]
        assert times == sorted(times), contact.key
        for line, following in pairwise(contact.thread):
            assert line.at < following.at, contact.key
        if desk.decided_at and desk.outcome is not Outcome.COUNSELLING:
            assert all(m.at < desk.decided_at for m in contact.thread), contact.key
        if desk.claimed_at:
            assert all(m.at > desk.claimed_at for m in contact.thread), contact.key


def test_cases_run_between_opening_and_closing(
    year: tuple[Contact, ...], now: datetime
) -> None:
    for contact in year:
        work, opened = contact.case, contact.desk.decided_at
        assert (work is not None) is (contact.desk.outcome in {Outcome.CASE, Outcome.REFER})
        if work is None or opened is None:
            continue
        assert (work.closed_at is not None) is (contact.course is Course.CLOSED)
        assert bool(work.closing_note and work.closing_message) is bool(work.closing)
        end = work.closed_at or now
        inside = [n.at for n in work.notes] + [m.at for m in work.thread]
        inside += [ask.at for ask in work.asks]
        assert all(opened < at < end for at in inside), contact.key
        assert work.names
        assert work.manager != work.deputy


def test_requests_are_answered_as_they_say(year: tuple[Contact, ...], now: datetime) -> None:
    for contact, ask in asks(year):
        where = f"{contact.key}: {ask.need} {ask.reply}"
        assert contact.case
        end = contact.case.closed_at or now
        came = [ask.at, ask.seen_at, ask.taken_at, *(n.at for n in ask.notes), ask.ended_at]
        times = [at for at in came if at is not None]
        assert times == sorted(times), where
        assert all(at <= end for at in times), where
        for at in (ask.seen_at, ask.taken_at):
            assert at is None or at < ask.answer_by, where
        assert bool(ask.taken_by) is (
            ask.reply in {Reply.CHECKING, Reply.UNDER_WAY, Reply.DONE, Reply.SECOND}
        ), where
        assert bool(ask.decline) is (ask.reply is Reply.DECLINED)
        assert bool(ask.result) is (ask.reply is Reply.DONE)
        assert (ask.basis is Basis.CONSENT) is (ask.consent_on is not None)
        assert (ask.basis is Basis.CONSENT) is (ask.consent_way is not None)
        assert set(ask.compartments) <= set(SHAREABLE)
        assert {n.compartment for n in ask.notes} <= set(ask.compartments), where
        for login in {ask.seen_by, ask.taken_by, *(n.by for n in ask.notes)} - {""}:
            assert PERSON[login].place == ask.to
            assert Permission.REFERRAL_ANSWER in GRANTS[PERSON[login].role]
            assert PERSON[login].account is State.ACTIVE


def test_what_lies_open_lies_open_now(year: tuple[Contact, ...], now: datetime) -> None:
    for _, ask in asks(year):
        if ask.reply in {Reply.SILENT, Reply.CHECKING}:
            assert ask.answer_by > now
            assert ask.ended_at is None
        if ask.reply in {Reply.EXPIRED, Reply.DECLINED, Reply.WITHDRAWN, Reply.DONE}:
            assert ask.ended_at is not None
    closed = [a for c, a in asks(year) if c.course is Course.CLOSED]
    assert all(a.ended_at for a in closed)


def test_some_are_late_and_some_are_not(year: tuple[Contact, ...], now: datetime) -> None:
    for contact in year:
        if contact.course in {Course.FRESH_LATE, Course.CLAIMED_LATE}:
            opening = HOURS.next_opening(contact.received_at)
            assert opening is not None
            assert opening + timedelta(hours=24) <= now, contact.key
        elif contact.course in OPEN_AT_DESK:
            assert contact.received_at > now - timedelta(hours=6), contact.key


def test_the_right_people_did_it(year: tuple[Contact, ...]) -> None:
    for contact in year:
        desk = ALTERNATE if contact.told.office_named else OFFICE
        did = {contact.desk.holder, contact.desk.decided_by, contact.desk.rated_by,
               contact.desk.passed_to, *(m.by for m in contact.thread)} - {""}  # fmt: skip
        if contact.case:
            did |= {contact.case.manager, contact.case.deputy}
            assert all(m.by in {"", contact.case.manager} for m in contact.case.thread)
            for lead in (contact.case.manager, contact.case.deputy):
                assert Permission.REFERRAL_ASK in GRANTS[PERSON[lead].role]
        for login in did:
            assert PERSON[login].place == desk, contact.key
            assert PERSON[login].account is State.ACTIVE
            assert Permission.REPORT_WORK in GRANTS[PERSON[login].role]
        for message in contact.thread:
            assert (message.side is Side.STAFF) is bool(message.by)


def test_who_can_be_rung_left_a_number(year: tuple[Contact, ...]) -> None:
    for contact in year:
        told = contact.told
        assert bool(told.reach) is (told.way is not Way.PAGE), contact.key
        assert (told.safe_from is None) is (told.safe_until is None)


def test_what_we_say_to_her_keeps_to_the_voice(year: tuple[Contact, ...]) -> None:
    ours = [m.text for c in year for m in c.thread if m.side is Side.STAFF]
    ours += [c.desk.told for c in year] + [c.case.closing_message for c in year if c.case]
    ours += [m.text for c in year if c.case for m in c.case.thread if m.side is Side.STAFF]
    for text in ours:
        assert not re.search(r"\b(harus|wajib|bukti|fitnah|pelaku|kamu harus)\b|!", text), text
    for text in [n.text for c in year if c.case for n in c.case.notes]:
        assert "pelaku" not in text


def test_high_risk_is_high_and_empty_is_not() -> None:
    assert sum(tale.risk is Risk.HIGH for tale in TALES) >= 20
    assert len({tale.key for tale in TALES}) == len(TALES) == 123


def test_whoever_of_a_partner_is_named_first_has_work_at_any_moment() -> None:
    partners = [login for login in (*FIRST, *THEN) if PERSON[login].role is Role.PARTNER_DESK]
    assert partners
    for days in range(0, 371, 53):
        moment = MOMENTS[0] + timedelta(days=days, hours=3 * days % 24)
        working = {
            ask.taken_by
            for contact, ask in asks(contacts(now=moment))
            if contact.course is Course.OPEN and ask.reply is Reply.UNDER_WAY
        }
        assert set(partners) <= working, moment


# The ten cases worth reading


def papers(key: str, kind: Kind) -> list[Paper]:
    """The records of a kind in a long case."""
    return [i for i in DOSSIERS[key].items if isinstance(i, Paper) and i.kind is kind]


def test_ten_kinds_of_story_have_a_case_of_their_own(year: tuple[Contact, ...]) -> None:
    by_key = {contact.key: contact for contact in year}
    assert len(set(WORTH_READING.values())) == len(WORTH_READING) == 10
    for key in WORTH_READING.values():
        contact = by_key[key]
        assert contact.case is not None, key
        assert contact.case.asks, key
        for kind in (
            Kind.PERSON, Kind.SUSPECT, Kind.RELATION, Kind.INCIDENT, Kind.ASSESSMENT,
            Kind.SAFETY_PLAN, Kind.LEGAL_STEP,
        ):  # fmt: skip
            assert papers(key, kind) or (key, kind) == ("sebar-foto", Kind.LEGAL_STEP), key
        twice = Counter(paper.label for paper in papers(key, Kind.ASSESSMENT))
        assert max(twice.values()) >= 2, key
        held = {type(item) for item in DOSSIERS[key].items}
        assert held >= {Goal, Agreement, Task, FollowUp}, key


def test_what_each_is_told_about_is_in_its_roles(year: tuple[Contact, ...]) -> None:
    by_key = {contact.key: contact for contact in year}
    told = {kind: by_key[key].told for kind, key in WORTH_READING.items()}
    assert {kind for kind, one in told.items() if one.age is Age.CHILD} == {
        "child", "boy", "trafficking", "child_in_law",
    }  # fmt: skip
    assert told["officer"].office_named
    roles = {p.says["role"] for p in papers(WORTH_READING["child_in_law"], Kind.PERSON)}
    assert "child_law" in roles
    (wheel, *_rest) = papers(WORTH_READING["disabled"], Kind.PERSON)
    assert (wheel.says["disability"], bool(wheel.says["communication"])) == ("yes", True)
    (old, *_rest) = papers(WORTH_READING["elderly"], Kind.PERSON)
    assert int(str(old.says["about_age"])) >= 60


def test_a_long_case_names_only_people_who_stand_in_it_and_answers_of_the_lists() -> None:
    for dossier in DOSSIERS.values():
        known: set[str] = set()
        for item in sorted(dossier.items, key=when):
            if isinstance(item, Paper):
                fields = {field.name for field in SCHEMAS[item.kind].fields}
                assert set(item.says) <= fields, (dossier.key, item.label)
                named = {said.label for said in item.says.values() if isinstance(said, Of)}
                assert named <= known, (dossier.key, item.label)
                known.add(item.label)


def when(item: Item) -> float:
    """Where in a case something stands, as far as its own words say."""
    return item.when if isinstance(item.when, float) else item.when / timedelta(days=30)


def test_nobody_is_called_guilty_in_a_long_case() -> None:
    for text in values(tuple(DOSSIERS.values()), str):
        assert not re.search(r"\bpelaku\b|\bkorban\b(?! tindak pidana)", text.lower()), text
