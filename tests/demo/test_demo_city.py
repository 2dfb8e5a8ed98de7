"""The demo as it was loaded: what stands in it, and that no screen of any role is empty."""

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import F, Sum, Value
from django.test import Client
from django.urls import reverse

from ruang import wiring
from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import Role
from ruang.audit.events import Opened, WasRefused
from ruang.audit.models import Due, Fact
from ruang.audit.verify import verify
from ruang.cases.models import Case, CaseFile, Entry, Excluded, Member, ThreadMessage
from ruang.cases.queries import Sieve as CaseSieve
from ruang.cases.queries import case_head, case_list, case_page, part_page
from ruang.cases.states import SHAREABLE, Closing, EntryKind, Part
from ruang.cases.states import State as CaseState
from ruang.consents.states import Basis
from ruang.demo.accounts import Account, accounts, is_demo
from ruang.demo.content import register as invented
from ruang.demo.content.people import PEOPLE
from ruang.demo.examples import FILE, kept_examples
from ruang.demo.load import NotEmpty, is_empty, load
from ruang.demo.passwords import password_of
from ruang.demo.stage import Stage
from ruang.identity import passwords
from ruang.identity.commands import begin_sign_in
from ruang.identity.events import SignInFailed
from ruang.identity.models import Organisation, Session, User
from ruang.identity.queries import (
    Wanted,
    members_page,
    organisations_page,
    readiness_now,
    trail_page,
)
from ruang.identity.states import State as AccountState
from ruang.intake.models import Attachment, Message, ReceiptCopy, Report, UsedNonce
from ruang.intake.queries import Show, Sieve, desk_page, held_reports
from ruang.intake.states import Door, MessageKind
from ruang.intake.states import State as ReportState
from ruang.jobs.worker import Worker
from ruang.kernel.codes import FileKind, Risk, Side
from ruang.prevention.models import Answer, Invited, Request
from ruang.prevention.models import Session as Meeting
from ruang.prevention.states import State as Became
from ruang.referrals.models import Referral
from ruang.referrals.queries import Tab, asked_list, sent_list
from ruang.referrals.states import State as ReferralState
from ruang.register.models import COUNTS, Contact, Rt, Rw, School
from ruang.territory.queries import city as the_city
from ruang.territory.queries import villages
from ruang.triage.events import ReportDecided
from ruang.triage.models import Decision
from ruang.triage.states import Outcome
from ruang.vault import files, pairs, receipts
from ruang.vault.models import Release
from ruang.web.audit.codes import SAY_THEMSELVES, words_of_code
from tests.demo.conftest import Demo

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_it_has_the_size_of_a_city(city: Demo) -> None:
    loaded = city.loaded
    assert loaded.organisations == Organisation.objects.count() >= 25
    assert loaded.people == User.objects.count() >= 118
    assert loaded.contacts == Report.objects.count() >= 118
    assert loaded.cases == Case.objects.count() >= 40
    assert loaded.requests == Referral.objects.count() >= 100
    assert len(the_city().districts) == 6
    assert len(villages(city_code="36.73")) == 67


def test_it_is_marked_as_a_demo_and_takes_reports(city: Demo) -> None:
    assert is_demo()
    assert the_city().is_demo
    assert pairs.is_demo()
    assert readiness_now().is_open


def test_every_state_is_there(city: Demo) -> None:
    assert _values(Report, "state") == set(ReportState)
    assert _values(Case, "state") == set(CaseState)
    assert _values(Referral, "state") == set(ReferralState)
    assert _values(User, "state") == set(AccountState) - {AccountState.REMOVED}
    assert _values(Decision, "outcome") == set(Outcome) - {Outcome.HAND_OVER}
    assert Fact.objects.filter(name=ReportDecided.name, codes__outcome="hand_over").count() >= 3
    assert _values(Report, "door") == set(Door)
    assert _values(Report, "risk") == set(Risk)
    assert _values(Referral, "basis") == set(Basis)
    assert _values(Case, "closing") - {""} == set(Closing) - {Closing.OTHER}
    assert _values(Entry, "kind") == set(EntryKind)
    assert _values(Member, "part") == set(Part)
    assert Excluded.objects.exists()


def test_messages_and_files_of_every_kind_are_there(city: Demo) -> None:
    kinds = _values(Message, "kind") | _values(ThreadMessage, "kind")
    assert kinds == set(MessageKind)
    assert _values(Attachment, "kind") == set(FileKind) - {FileKind.VIDEO}
    assert _values(CaseFile, "kind") >= {FileKind.PHOTO, FileKind.AUDIO, FileKind.DOCUMENT}
    owned = {str(pk) for pk in Attachment.objects.values_list("pk", flat=True)}
    owned |= {str(pk) for pk in CaseFile.objects.values_list("pk", flat=True)}
    assert owned <= {path.name for path in files.folder().iterdir()}


def test_two_changes_of_contact_wait_and_one_was_taken_over(city: Demo) -> None:
    at_the_desk = Message.objects.filter(kind=MessageKind.CONTACT, report__waiting=True)
    in_cases = ThreadMessage.objects.filter(kind=MessageKind.CONTACT, case__waiting=True)
    assert at_the_desk.count() == in_cases.count() == 1
    renewed = Entry.objects.filter(kind=EntryKind.CONTACT, author__isnull=False)
    assert renewed.count() == 1


def test_two_children_have_cases_worked_by_several(city: Demo) -> None:
    children = Case.objects.filter(age="child").annotate(
        asks=models.Count("referrals", distinct=True),
        notes=models.Count("entries", filter=models.Q(entries__kind="note"), distinct=True),
    )
    assert children.filter(asks__gte=4, notes__gte=4).count() >= 2


def test_some_are_late_and_nobody_waits_in_silence_for_long(city: Demo) -> None:
    late = Report.objects.filter(state__in=["new", "claimed"], due_at__lt=city.now)
    assert 2 <= late.count() <= 12
    for case in Case.objects.filter(waiting=True):
        last = case.thread.order_by("-at")[0]
        assert last.side == Side.REPORTER
        assert last.at > city.now - timedelta(days=5), case.number
    for report in Report.objects.filter(waiting=True):
        assert report.messages.order_by("-at")[0].at > city.now - timedelta(days=5)


def test_the_facts_are_in_the_order_of_time_and_proven(city: Demo) -> None:
    times = list(Fact.objects.order_by("number").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] <= city.now
    verdict = verify()
    assert (verdict.facts, verdict.first_bad) == (city.loaded.facts, None)
    names = Counter(Fact.objects.values_list("name", flat=True))
    assert {Opened.name, WasRefused.name, SignInFailed.name} <= set(names)
    assert names["intake.report_received"] == city.loaded.contacts


def test_whatever_is_on_record_is_said_in_words(city: Demo) -> None:
    bare = {
        (name, field, value)
        for name, codes in Fact.objects.values_list("name", "codes")
        for field, value in codes.items()
        if isinstance(value, str) and value and field not in {"compartment", "compartments"}
        if (name, field) not in SAY_THEMSELVES
        if words_of_code(name, field, value) is None
    }
    assert bare == set()


def test_nothing_that_is_due_was_left_undone(city: Demo) -> None:
    """The worker that starts afterwards finds nothing to change, but a plan to work out."""
    before = _coded(Referral, "number", "state"), _coded(Case, "number", "state")
    facts = Fact.objects.count()
    worker = Worker(reactions=wiring.REACTIONS, due=wiring.DUE, sweeps={})
    turns = 0
    while worker.turn(city.now):
        turns += 1
        assert turns < 5_000
    assert turns > 0
    assert (_coded(Referral, "number", "state"), _coded(Case, "number", "state")) == before
    assert Fact.objects.count() == facts
    left = Due.objects.filter(due_at__lte=city.now).values_list("kind", flat=True)
    assert set(left) <= set(wiring.LONG)


def test_packages_are_kept_only_while_a_request_is_open(city: Demo) -> None:
    waiting = [ReferralState.SENT, ReferralState.CHECKING]
    offered = Referral.objects.filter(state__in=waiting)
    assert set(Release.objects.values_list("pk", flat=True)) == set(
        offered.values_list("pk", flat=True)
    )


def test_nobody_stays_signed_in_and_no_copy_of_a_receipt_is_left(city: Demo) -> None:
    assert not Session.objects.filter(ends_at__gt=city.now).exists()
    recent = city.now - timedelta(hours=2)
    assert not ReceiptCopy.objects.filter(until__lte=city.now).exists()
    assert ReceiptCopy.objects.count() <= Report.objects.filter(received_at__gt=recent).count()
    assert not UsedNonce.objects.filter(used_at__lt=city.now - timedelta(days=3)).exists()


def test_no_password_and_no_words_are_in_the_database(city: Demo) -> None:
    secret = {password_of(person.login) for person in PEOPLE}
    secret |= {example.words for example in kept_examples(city.folder)}
    needles = [text.encode() for text in secret]
    for model in apps.get_models():
        for row in model.objects.values_list():
            kept = b"|".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
            assert not any(needle in kept for needle in needles), model


def test_the_two_example_codes_open_what_they_say(city: Demo) -> None:
    assert (city.folder / FILE).stat().st_mode & 0o077 == 0
    found = kept_examples(city.folder)
    assert len(found) == 2
    for example in found:
        opened = receipts.open_words(example.words)
        assert opened is not None
        assert Report.objects.get(pk=opened[0]).number == example.number


def test_a_second_load_is_refused_and_changes_nothing(city: Demo) -> None:
    facts = Fact.objects.count()
    assert not is_empty()
    with pytest.raises(NotEmpty):
        load(now=city.now, folder=city.folder)
    assert Fact.objects.count() == facts


def test_references_hold(city: Demo) -> None:
    connection.check_constraints()


def test_the_accounts_are_one_a_role_first_of_several_houses(city: Demo) -> None:
    rows = [one.to_json() for one in accounts()]
    assert all(
        set(row) == {"login", "password", "code", "role", "organisation"} for row in rows
    )
    assert len({row["role"] for row in rows[:10]}) == 10 == len({row["role"] for row in rows})
    assert len({row["organisation"] for row in rows[:16]}) >= 7
    assert all(row["code"] is None for row in rows)
    active = User.objects.filter(state=AccountState.ACTIVE).values_list("login", flat=True)
    assert {row["login"] for row in rows} == set(active)


def _values(model: type[models.Model], field: str) -> set[str]:
    return set(model.objects.values_list(field, flat=True).distinct())  # type: ignore[attr-defined]


def _coded(model: type[models.Model], *fields: str) -> list[tuple[object, ...]]:
    return list(model.objects.order_by(fields[0]).values_list(*fields))  # type: ignore[attr-defined]


def test_prevention_has_gone_where_it_was_called_and_three_times_nowhere(city: Demo) -> None:
    states = Counter(Meeting.objects.values_list("state", flat=True))
    assert set(states) == set(Became)
    assert states[Became.HELD] >= 300
    assert states[Became.PLANNED] >= 30
    asked = Counter(Request.objects.values_list("state", flat=True))
    assert asked == {"waiting": 5, "scheduled": 2, "declined": 1}
    reached = Invited.objects.filter(session__state=Became.HELD).values("rt").distinct()
    assert 0.38 <= reached.count() / Rt.objects.count() <= 0.48
    never = {one.name for one in villages(city_code="36.73")} - set(
        reached.values_list("rt__village__name", flat=True)
    )
    assert never == {"Terumbu", "Sawah Luhur", "Kilasah"}
    late = Meeting.objects.filter(state=Became.PLANNED, ends_at__lt=city.now)
    assert 1 <= late.count() <= 12
    assert Answer.objects.filter(sheet__phase="after", is_right=True).exists()


# What each role finds on its screens


@pytest.fixture
def first(city: Demo) -> dict[str, Account]:
    """The account that is named first for each role."""
    found: dict[str, Account] = {}
    for one in accounts():
        found.setdefault(one.role, one)
    return found


def _actor(city: Demo, account: Account) -> Actor:
    with Stage().staff(account.login, city.now) as actor:
        return actor


def test_everybody_can_sign_in(city: Demo) -> None:
    for one in accounts():
        assert begin_sign_in(
            actor=SYSTEM, login=one.login, password=one.password, network="t", at=city.now
        )


def test_the_passwords_would_be_good_enough_for_a_real_city(city: Demo) -> None:
    chosen = [one.password for one in accounts()]
    assert len(set(chosen)) == len(chosen)
    for one in accounts():
        user = User.objects.get(login=one.login)
        about = (one.login, user.name, one.organisation)
        passwords.refuse_weak(one.password, about=about)
        assert len(one.password) >= passwords.SHORTEST


@pytest.mark.parametrize("role", [role for role in Role if role not in {"reporter", "system"}])
def test_each_role_signs_in_on_the_page_and_lands_at_work(
    first: dict[str, Account], role: Role
) -> None:
    browser, account = Client(), first[role.value]
    said = {"login": account.login, "password": account.password}
    entered = browser.post(reverse("sign_in:sign_in"), said, follow=True)
    assert entered.redirect_chain[-1][0] == reverse("work:work")
    assert User.objects.get(login=account.login).name in entered.content.decode()


def test_the_officers_screens(city: Demo, first: dict[str, Account]) -> None:
    actor = _actor(city, first["intake_officer"])
    for show in (Show.ALL, Show.FREE, Show.MINE, Show.LATE, Show.WAITING, Show.DECIDED):
        page = desk_page(actor=actor, sieve=Sieve(show=show), at=city.now)
        assert page.rows, show
    held = held_reports(actor=actor, at=city.now)
    assert held.mine
    assert held.urgent
    assert members_page(actor=actor, at=city.now).waiting


def test_the_managers_screens(city: Demo, first: dict[str, Account]) -> None:
    actor = _actor(city, first["case_manager"])
    rows = case_list(actor=actor, sieve=CaseSieve()).rows
    assert len(rows) >= 3
    assert sent_list(actor=actor, at=city.now).rows
    with Stage().staff(first["case_manager"].login, city.now) as manager:
        head = case_head(actor=manager, case_id=rows[0].id, at=city.now)
        page = case_page(actor=manager, head=head)
        assert page.timeline.lines
        assert page.thread
        assert page.thread.messages
        full = []
        for row in rows:
            parts = [
                part_page(actor=manager, case_id=row.id, part=part, at=city.now)
                for part in SHAREABLE
            ]
            assert all(shown.timeline for shown in parts)
            full.append(
                all(
                    (shown.timeline and shown.timeline.lines) or shown.reach or shown.files
                    for shown in parts
                )
            )
        assert any(full)


def test_the_partners_screens(city: Demo, first: dict[str, Account]) -> None:
    actor = _actor(city, first["partner_desk"])
    for tab in Tab:
        assert asked_list(actor=actor, tab=tab, at=city.now).rows, tab
    assert case_list(actor=actor, sieve=CaseSieve()).rows


def test_the_heads_screens(city: Demo, first: dict[str, Account]) -> None:
    actor = _actor(city, first["head"])
    assert desk_page(actor=actor, sieve=Sieve(show=Show.ALL), at=city.now).rows
    assert members_page(actor=actor, at=city.now).members
    assert trail_page(actor=actor, wanted=Wanted(), at=city.now).rows


def test_the_auditors_screen(city: Demo, first: dict[str, Account]) -> None:
    page = trail_page(actor=_actor(city, first["auditor"]), wanted=Wanted(), at=city.now)
    assert page.rows


def test_the_administrators_screens(city: Demo, first: dict[str, Account]) -> None:
    actor = _actor(city, first["admin"])
    assert len(organisations_page(actor=actor)) == city.loaded.organisations
    assert members_page(actor=actor, at=city.now).members


def test_the_register_has_the_citys_own_totals_and_no_number_that_rings(city: Demo) -> None:
    told = Rt.objects.filter(ended_on=None).aggregate(
        people=Sum("people"), households=Sum("households"),
        women=Sum(sum((F(name) for name in COUNTS[:6]), Value(0))),
    )  # fmt: skip
    assert told == {
        "people": invented.PEOPLE,
        "households": invented.HOUSEHOLDS,
        "women": invented.WOMEN,
    }
    assert (Rw.objects.count(), Rt.objects.count()) == (invented.RWS, invented.RTS)
    assert Rt.objects.values("village").distinct().count() == 67
    assert min(Rt.objects.values_list("people", flat=True)) > 100
    assert 180 < School.objects.count() < 240
    assert all("Contoh" in name for name in School.objects.values_list("name", flat=True))
    phones = set(Contact.objects.values_list("phone", flat=True))
    assert len(phones) > 400
    assert all(phone.startswith("0800-1-") for phone in phones)
    assert not Rw.objects.filter(latitude=None).exists()
