"""Who is told that something waits, how often, and that nobody else learns anything by it."""

import random
import re
from datetime import time, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from ruang import wiring
from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.approvals.events import ApprovalAsked, ApprovalMoved
from ruang.approvals.states import Step
from ruang.audit.models import Due
from ruang.breaches.commands import record_breach
from ruang.breaches.states import Data, Kind, People
from ruang.clocks.commands import acknowledge_clock, sweep_clocks
from ruang.clocks.models import Clock
from ruang.identity.models import User
from ruang.identity.states import State
from ruang.intake.commands import Receipt, claim_report, write_as_reporter
from ruang.intake.states import Door, Safety
from ruang.jobs.worker import Worker
from ruang.kernel.codes import Age, Help, Who
from ruang.kernel.events import Event
from ruang.notify import sending
from ruang.notify.commands import Turn, add_shift, deliver_notices, set_reach, sweep_notices
from ruang.notify.models import Notice
from ruang.territory.facts import CityFacts
from tests import make
from tests.notify.sink import Sink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AT = make.AT
HOUR = timedelta(hours=1)
ALL_DAY = Turn(begins_at=time(0), ends_at=time(0), weekday=1)


@pytest.fixture
def city() -> CityFacts:
    return make.city()


def head_of(city: CityFacts) -> User:
    officer = make.officer(city)
    return make.user(officer.organisation, Role.HEAD)


def reached(person: User, planner: User, *, on_duty: bool = True) -> str:
    """A person with an address, on duty all day or not."""
    address = f"{person.login}@kota.example"
    boss = make.actor(planner)
    set_reach(actor=boss, user=person.pk, phone="", email=address, at=AT)
    if on_duty:
        add_shift(actor=boss, user=person.pk, turn=ALL_DAY, at=AT)
    return address


def the_worker() -> Worker:
    return Worker(reactions=wiring.REACTIONS, due={}, sweeps={}, matters=wiring.MATTERS)


def work(at: object = AT, *, deliver: bool = True) -> None:
    """Let the worker do everything that is due."""
    worker = the_worker()
    while worker.turn(at):  # type: ignore[arg-type]
        pass
    assert not Due.objects.filter(attempts__gt=0).exists(), "a reaction failed"
    if deliver:
        deliver_notices(actor=SYSTEM, at=at)  # type: ignore[arg-type]


def test_a_report_without_danger_leaves_the_worker_nothing_to_do(city: CityFacts) -> None:
    make.receipt()
    assert not the_worker().turn(AT)
    assert not Due.objects.filter(due_at__lte=AT).exists()
    make.receipt(safety=Safety.DANGER)
    assert the_worker().turn(AT)


def test_danger_now_reaches_those_on_duty_once(city: CityFacts, post: Sink) -> None:
    head, officer = head_of(city), make.officer(city)
    colleague = make.user(officer.organisation)
    address = reached(officer, head)
    reached(colleague, head, on_duty=False)

    make.receipt(safety=Safety.DANGER)
    work()
    assert post.to() == [address]

    sweep_clocks(actor=SYSTEM, at=AT)
    work()
    assert post.to() == [address], "the clock's first level tells those alone who were not told"


def test_a_breach_of_the_office_is_told_to_whoever_answers_for_it_and_not_to_duty(
    city: CityFacts, post: Sink
) -> None:
    head, officer = head_of(city), make.officer(city)
    admin = make.user(head.organisation, Role.ADMIN)
    reached(officer, head)
    told = [reached(person, head, on_duty=False) for person in (head, admin)]
    record_breach(
        actor=make.actor(admin), kind=Kind.STOLEN, known_on=AT.date(), known_time=None,
        data=[Data.HEALTH], people=People.FEW, at=AT,
    )  # fmt: skip
    for hours in (56, 80):
        sweep_clocks(actor=SYSTEM, at=AT + hours * HOUR)
        work(AT + hours * HOUR)
    assert sorted(post.to()) == sorted(told * 2)


def test_what_is_not_urgent_writes_no_mail(city: CityFacts, post: Sink) -> None:
    reached(make.officer(city), head_of(city))
    make.receipt()
    work()
    assert post.to() == []


def test_a_miss_goes_to_the_head_too_and_on_until_somebody_takes_care(
    city: CityFacts, post: Sink
) -> None:
    head, officer = head_of(city), make.officer(city)
    ours, boss = reached(officer, head), reached(head, head, on_duty=False)
    make.receipt()
    clock = Clock.objects.get()
    for hours in (4.6, 6.1, 6.1, 7.2):
        at = AT + hours * HOUR
        sweep_clocks(actor=SYSTEM, at=at)
        work(at)
    assert sorted(post.to()) == sorted([ours, ours, boss, ours, boss])
    acknowledge_clock(actor=make.actor(officer), clock_id=clock.pk, at=AT + 7.5 * HOUR)
    for hours in (8.3, 9.4, 12):
        sweep_clocks(actor=SYSTEM, at=AT + hours * HOUR)
        work(AT + hours * HOUR)
    assert len(post.to()) == 5


def taken_by(officer: User) -> Receipt:
    """A report that came in and was taken at once."""
    receipt = make.receipt()
    report = make.report_of(receipt)
    claim_report(actor=make.actor(officer), report_id=report.pk, at=AT)
    return receipt


def test_a_time_that_is_set_anew_is_told_of_anew(city: CityFacts, post: Sink) -> None:
    head, officer = head_of(city), make.officer(city)
    ours, boss = reached(officer, head), reached(head, head, on_duty=False)
    receipt = taken_by(officer)
    for hours in (4.6, 4.7):
        sweep_clocks(actor=SYSTEM, at=AT + hours * HOUR)
        work(AT + hours * HOUR)
    assert post.to() == [ours]
    write_as_reporter(
        actor=make.reporter(receipt), report_id=make.report_of(receipt).pk, text="Halo?",
        form_tag=b"r" * 32, at=AT + 5 * HOUR,
    )  # fmt: skip
    anew = Clock.objects.get()
    for at, mails in ((anew.warn_at, [ours, ours]), (anew.due_at, [ours, ours, ours, boss])):
        for again in range(2):
            sweep_clocks(actor=SYSTEM, at=at + again * HOUR / 9)
            work(at + again * HOUR / 9)
        assert sorted(post.to()) == sorted(mails)


def test_what_was_found_in_the_round_before_tells_nothing_of_this_one(
    city: CityFacts, post: Sink
) -> None:
    officer = make.officer(city)
    reached(officer, head_of(city))
    receipt = taken_by(officer)
    sweep_clocks(actor=SYSTEM, at=AT + 4.6 * HOUR)
    write_as_reporter(
        actor=make.reporter(receipt), report_id=make.report_of(receipt).pk, text="Halo?",
        form_tag=b"r" * 32, at=AT + 5 * HOUR,
    )  # fmt: skip
    work(AT + 5 * HOUR)
    assert post.to() == []


def test_who_acted_meanwhile_is_told_no_more(city: CityFacts, post: Sink) -> None:
    officer = make.officer(city)
    reached(officer, head_of(city))
    make.receipt()
    sweep_clocks(actor=SYSTEM, at=AT + 7 * HOUR)
    acknowledge_clock(
        actor=make.actor(officer), clock_id=Clock.objects.get().pk, at=AT + 7 * HOUR
    )
    work(AT + 7 * HOUR)
    assert post.to() == []


def test_where_nobody_is_on_duty_everybody_at_the_desk_is_told(
    city: CityFacts, post: Sink
) -> None:
    head, officer = head_of(city), make.officer(city)
    gone = make.user(officer.organisation)
    addresses = [reached(officer, head, on_duty=False), reached(gone, head)]
    User.objects.filter(pk=gone.pk).update(state=State.SUSPENDED)
    make.receipt(safety=Safety.DANGER)
    work()
    assert post.to() == addresses[:1]


def test_a_partner_on_duty_hears_of_a_request_and_the_decider_of_a_question(
    city: CityFacts, post: Sink
) -> None:
    partner, decider = make.partner(), make.user(role=Role.CASE_MANAGER)
    for person in (partner, decider):
        boss = make.user(person.organisation, Role.HEAD)
        reached(person, boss)
    make.referral(receiver=partner.organisation)
    asked = ApprovalAsked(
        approval=make.stranger(), subject=make.stranger(), decider=decider.pk, kind="lower",
        code="low",
    )  # fmt: skip
    recorded(asked)
    work()
    assert set(post.to()) == {f"{one.login}@kota.example" for one in (partner, decider)}


@pytest.mark.parametrize("step", list(Step))
def test_who_asked_is_told_of_what_ended_by_itself(
    city: CityFacts, post: Sink, step: Step
) -> None:
    asker = make.officer(city)
    address = reached(asker, head_of(city))
    asked = make.stranger()
    recorded(ApprovalMoved(asked, make.stranger(), asker.pk, "lower_case", step.value))
    work()
    assert post.to() == [address] * (step is Step.LAPSE)


def recorded(event: Event) -> None:
    from django.db import transaction

    from ruang.audit.record import record

    with transaction.atomic():
        record(event, actor=SYSTEM, at=AT)


def test_what_the_server_did_not_take_goes_later_and_never_twice(
    city: CityFacts, post: Sink
) -> None:
    head, officer = head_of(city), make.officer(city)
    address = reached(officer, head)
    make.receipt(safety=Safety.DANGER)
    post.is_down = True
    work()
    assert Notice.objects.get().tries == 1
    post.is_down = False
    assert deliver_notices(actor=SYSTEM, at=AT) == 0, "not before its time"
    assert deliver_notices(actor=SYSTEM, at=AT + HOUR) == 1
    assert deliver_notices(actor=SYSTEM, at=AT + 2 * HOUR) == 0
    assert post.to() == [address]


def test_one_address_that_is_refused_keeps_no_other_waiting(
    city: CityFacts, post: Sink
) -> None:
    head, officer = head_of(city), make.officer(city)
    other = make.user(officer.organisation)
    bad, good = reached(officer, head), reached(other, head)
    post.refused.add(bad)
    make.receipt(safety=Safety.DANGER)
    work()
    assert post.to() == [good]


def test_after_a_day_it_is_given_up_and_after_thirty_forgotten(
    city: CityFacts, post: Sink
) -> None:
    reached(make.officer(city), head_of(city))
    make.receipt(safety=Safety.DANGER)
    post.is_down = True
    work()
    deliver_notices(actor=SYSTEM, at=AT + 25 * HOUR)
    assert Notice.objects.get().next_at is None
    assert sweep_notices(actor=SYSTEM, at=AT + 29 * 24 * HOUR) == 0
    assert sweep_notices(actor=SYSTEM, at=AT + 31 * 24 * HOUR) == 1


def test_without_a_mail_server_nothing_waits_to_be_sent(city: CityFacts) -> None:
    reached(make.officer(city), head_of(city))
    make.receipt(safety=Safety.DANGER)
    work()
    assert not Notice.objects.exists()


def test_nobody_but_the_system_delivers(city: CityFacts) -> None:
    for command in (deliver_notices, sweep_notices):
        with pytest.raises(PermissionDenied):
            command(actor=make.actor(head_of(city)), at=AT)


NEVER = re.compile(
    r"ruang|kolaborasi|platform|kekerasan|violence|pelapor|report|pengaduan|kasus|case|http|"
    r"risiko|risk|bahaya|danger|anak|child|/|serang|dp3a|ppa|lbh|\d{3,}",
    re.IGNORECASE,
)


@pytest.mark.parametrize("cases", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_two_hundred_cases_leave_nothing_in_the_mails(
    city: CityFacts, post: Sink, cases: int
) -> None:
    """S-02: whatever came in, the mails are the same words."""
    dice = random.Random(7)
    head, officer = head_of(city), make.officer(city)
    User.objects.filter(pk=officer.pk).update(language="en")
    addresses = {reached(officer, head), reached(make.user(officer.organisation), head)}
    told = set()
    for number in range(cases):
        story = f"Nama saya Melati {number}, jalan Kenanga {dice.randrange(999)}"
        told.add(story)
        receipt = make.receipt(
            safety=dice.choice(list(Safety)), who=dice.choice(list(Who)),
            age=dice.choice(list(Age)), helps=(dice.choice(list(Help)),),
            door=dice.choice(list(Door)), story=story, district=f"36.73.0{number % 6 + 1}",
        )  # fmt: skip
        told |= {receipt.number, str(receipt.words)}
    for hours in (5, 7, 24):
        at = AT + hours * HOUR
        sweep_clocks(actor=SYSTEM, at=at)
        work(at, deliver=False)
    while deliver_notices(actor=SYSTEM, at=AT + 24 * HOUR):
        pass
    assert len(post.mails) > 2 * cases
    clean = {without_envelope(mail) for mail in post.mails}
    assert len(clean) == 2, "one text for each language"
    for text in clean:
        assert not NEVER.search(text), text
    everything = "\n".join([*post.mails, *post.said])
    assert not [word for word in told if word in everything]
    assert set(post.to()) == addresses


def without_envelope(mail: str) -> str:
    """What the person reads, and every header but those a mail server wants."""
    wanted = ("To:", "From:", "Date:", "Message-ID:", "MIME-Version:", "Content-")
    lines = [line for line in mail.splitlines() if not line.startswith(wanted)]
    return "\n".join(lines)


def test_the_words_in_both_languages() -> None:
    said = {code: sending.mail("a@b.example", code).get_content() for code in ("id", "en")}
    assert said["id"] == "Ada yang menunggu di meja Anda. Masuk untuk melihat.\n"
    assert said["en"] == "Something is waiting at your desk. Sign in to see it.\n"


def test_the_headers_name_the_senders_domain_and_no_machine(post: Sink) -> None:
    mail = sending.mail("a@b.example", "id")
    assert str(mail["Message-ID"]).endswith("@kota.example>")
    with sending.line() as line:
        line.send("a@b.example", "id")
    assert post.said[0] == "ehlo kota.example"


def test_ids_in_notices_are_all_that_is_kept(city: CityFacts, post: Sink) -> None:
    reached(make.officer(city), head_of(city))
    make.receipt(safety=Safety.DANGER)
    work()
    notice = Notice.objects.get()
    assert isinstance(notice.about, UUID)
    assert notice.about == Clock.objects.get().pk
