"""Asking a partner: what is needed, what is refused, what is written down."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Due, Fact
from ruang.cases.models import Case
from ruang.cases.states import Closing, Compartment, Part
from ruang.cases.states import State as CaseState
from ruang.consents.states import Basis
from ruang.identity.models import Organisation, User
from ruang.identity.states import State as Account
from ruang.kernel.errors import Refused
from ruang.referrals.clocks import EXPIRY, usual_answer_by
from ruang.referrals.commands import ask_partner
from ruang.referrals.models import Referral
from ruang.referrals.states import State
from ruang.territory.facts import NOT_SET_UP
from ruang.vault import release
from ruang.vault.keyring import take_away
from ruang.vault.models import DataKey, KeyPair, Release
from ruang.vault.texts import open_text
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def case() -> Case:
    return make.case(risk="high")


@pytest.fixture
def desk() -> Organisation:
    return make.partner().organisation


def send(case: Case, receiver: Organisation, *, by: User | None = None,
         tag: bytes | None = None, **changed: object) -> Referral:  # fmt: skip
    return ask_partner(
        actor=make.actor(by or make.lead_of(case)), case_id=case.pk, form_tag=tag,
        ask=make.ask(receiver, **changed), at=make.AT,
    )  # fmt: skip


def test_what_is_written_in_the_open_is_codes_alone(case: Case, desk: Organisation) -> None:
    referral = send(case, desk, compartments=(Compartment.HEALTH,))
    row = Referral.objects.get(pk=referral.pk)
    assert row.number.startswith("R-26-")
    assert row.state == State.SENT
    assert (row.risk, row.age, row.district) == (case.risk, case.age, case.district)
    assert row.sender_id == case.desk
    assert row.compartments == ["health", "plan"]
    text = "|".join(str(getattr(row, name)) for name in row.classes.coded)
    for word in ("Melati", "Kusuma", "advokat"):
        assert word not in text
        for blob in (row.ask, row.names):
            assert word.encode() not in bytes(blob)
    fact = Fact.objects.get(name="referrals.referral_sent")
    assert fact.codes == {"need": "legal", "basis": "consent"}
    assert fact.about == referral.pk
    due = Due.objects.get(kind=EXPIRY)
    assert (due.subject, due.due_at) == (referral.pk, make.AT + timedelta(hours=6))


def test_the_plan_always_goes_along_and_the_thread_never(
    case: Case, desk: Organisation
) -> None:
    referral = send(case, desk, compartments=tuple(Compartment))
    assert "thread" not in referral.compartments
    assert send(case, make.partner().organisation).compartments == ["plan"]
    assert {key.name for key in release.offered(referral.pk)} == {
        *(code.value for code in Compartment if code is not Compartment.THREAD), "names",
    }  # fmt: skip


def test_the_same_form_sent_twice_is_one_request(case: Case, desk: Organisation) -> None:
    one = send(case, desk, tag=b"x" * 32)
    two = send(case, desk, tag=b"x" * 32, text="Lain")
    assert one.pk == two.pk
    assert Referral.objects.count() == 1
    assert Fact.objects.filter(name="referrals.referral_sent").count() == 1


LATER = make.AT + timedelta(days=1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"text": " \n "}, "Write what you ask"),
        ({"text": "x" * 5_001}, "longer than"),
        ({"consent_on": None}, "when she agreed"),
        ({"consent_on": LATER.date()}, "future"),
        ({"consent_way": None}, "how she agreed"),
        ({"basis": Basis.VITAL}, "reason why"),
        ({"basis": Basis.LAW, "basis_note": "\x00 "}, "reason why"),
        ({"names": ""}, "no name is known"),
        ({"nobody_known": True}, "Keep one of the two"),
        ({"answer_by": make.AT}, "over already"),
        ({"share_until": make.AT + timedelta(hours=6)}, "last longer"),
        ({"share_until": make.AT + timedelta(days=800)}, "two years"),
    ],
)
def test_what_is_missing_is_said(
    case: Case, desk: Organisation, changed: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        send(case, desk, **changed)
    assert not Referral.objects.exists()
    assert not Release.objects.exists()
    assert not DataKey.objects.filter(name="request").exists()


def test_consent_today_in_the_city_is_not_in_the_future(case: Case, desk: Organisation) -> None:
    late_evening = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)  # the 24th in Serang
    referral = ask_partner(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, at=late_evening,
        ask=make.ask(desk, consent_on=late_evening.date() + timedelta(days=1),
                     answer_by=late_evening + timedelta(hours=3)),
    )  # fmt: skip
    assert str(referral.consent_on) == "2026-11-24"


def test_no_name_known_is_said_in_so_many_words(case: Case, desk: Organisation) -> None:
    referral = send(case, desk, names="", nobody_known=True)
    assert referral.names is None
    assert "names" in {key.name for key in release.offered(referral.pk)}


def test_without_her_consent_the_ground_is_written_down_and_sealed(
    case: Case, desk: Organisation
) -> None:
    referral = send(case, desk, basis=Basis.VITAL, basis_note="Nyawanya terancam malam ini.")
    assert (referral.consent_on, referral.consent_way) == (None, "")
    assert b"Nyawanya" not in bytes(referral.basis_note)
    manager = make.actor(make.lead_of(case))
    assert open_text(manager.keys, referral, "basis_note") == "Nyawanya terancam malam ini."


def test_who_cannot_be_asked(case: Case) -> None:
    closed = make.partner().organisation
    Organisation.objects.filter(pk=closed.pk).update(is_active=False)
    nobody_active = make.user(None, Role.PARTNER_DESK, state=Account.SUSPENDED).organisation
    only_a_head = make.user(None, Role.HEAD).organisation
    keyless = make.partner().organisation
    KeyPair.objects.filter(owner=keyless.pk).update(retired_at=make.AT)
    own = make.lead_of(case).organisation
    for place in (closed, nobody_active, only_a_head, keyless, own, make.organisation()):
        with pytest.raises(Refused, match="cannot be asked"):
            send(case, place)


def test_a_closed_case_asks_nobody(case: Case, desk: Organisation) -> None:
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED, closed_at=make.AT, closing=Closing.HELPED
    )
    with pytest.raises(Refused, match="closed"):
        send(case, desk)


def test_who_may_ask(case: Case, desk: Organisation) -> None:
    send(case, desk, by=make.lead_of(case, Part.DEPUTY))
    helper = make.partner()
    make.moved(make.referral(case, helper.organisation), make.actor(helper), *_accept())
    with pytest.raises(PermissionDenied):
        send(case, desk, by=helper)
    place = make.lead_of(case).organisation
    for role in (Role.CASE_MANAGER, Role.INTAKE_OFFICER, Role.HEAD, Role.ADMIN):
        with pytest.raises(NotInSight):
            send(case, desk, by=make.user(place, role))


def _accept() -> tuple["make.Step", "make.Step"]:
    return make.Step.TAKE, make.Step.CONFIRM


def test_nobody_shares_what_they_do_not_hold(case: Case, desk: Organisation) -> None:
    take_away(owner=make.lead_of(case).pk, whose=case.pk, names=["health"])
    with pytest.raises(Refused, match="every key"):
        send(case, desk, compartments=(Compartment.HEALTH,))
    assert not Referral.objects.exists()
    send(case, desk, compartments=(Compartment.LEGAL,))


# --- until when an answer is due ----------------------------------------------------------

MONDAY_0930 = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


def city() -> object:
    hours = replace(
        NOT_SET_UP.hours, opens_at=time(8), closes_at=time(16), workdays=frozenset(range(1, 6))
    )
    return replace(NOT_SET_UP, hours=hours)


@pytest.mark.parametrize(
    ("risk", "asked", "due"),
    [
        ("high", "2026-11-23T09:30", "2026-11-23T11:30"),
        ("high", "2026-11-28T23:00", "2026-11-29T01:00"),
        ("medium", "2026-11-23T09:30", "2026-11-23T15:30"),
        ("unrated", "2026-11-23T09:30", "2026-11-23T15:30"),
        ("medium", "2026-11-23T14:00", "2026-11-24T09:00"),
        ("medium", "2026-11-27T20:00", "2026-11-30T14:00"),
        ("low", "2026-11-23T09:30", "2026-11-24T09:30"),
        ("low", "2026-11-27T09:30", "2026-11-30T09:00"),
    ],
)
def test_the_usual_time_to_answer(risk: str, asked: str, due: str) -> None:
    town = city()
    zone = town.hours.zone  # type: ignore[attr-defined]
    at = datetime.fromisoformat(asked).replace(tzinfo=zone)
    found = usual_answer_by(city=town, risk=risk, at=at)  # type: ignore[arg-type]
    assert f"{found.astimezone(zone):%Y-%m-%dT%H:%M}" == due


def test_a_city_that_never_opens_still_has_a_time() -> None:
    at = MONDAY_0930
    assert usual_answer_by(city=NOT_SET_UP, risk="low", at=at) == at + timedelta(hours=24)
