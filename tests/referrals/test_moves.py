"""Steps of a request: what each writes down, what it needs, and two at once."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Due, Fact
from ruang.cases.models import Case
from ruang.cases.states import Closing, Compartment
from ruang.cases.states import State as CaseState
from ruang.identity.commands import remove_member, suspend_member
from ruang.identity.models import User
from ruang.kernel.errors import Refused
from ruang.referrals.clocks import LAPSE
from ruang.referrals.commands import move_referral
from ruang.referrals.models import Referral
from ruang.referrals.states import State, Step
from ruang.vault.keyring import CannotOpen, readers
from ruang.vault.texts import open_text
from tests import closings, make
from tests.referrals.scene import let_time_pass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def last_fact() -> Fact:
    return Fact.objects.filter(name="referrals.referral_moved").last()


def test_each_step_is_written_down_with_its_code_and_no_words() -> None:
    taker = make.partner()
    referral = make.referral(make.case(), taker.organisation)
    make.moved(referral, make.actor(taker), Step.TAKE, Step.CONFIRM)
    assert Referral.objects.get().moved_at == make.AT
    assert Due.objects.get(kind=LAPSE).due_at == referral.share_until
    move_referral(
        actor=make.actor(taker), referral_id=referral.pk, step=Step.FINISH, at=make.AT,
        code="partly", text="Rahasia sekali",
    )  # fmt: skip
    assert last_fact().codes == {"step": "finish", "code": "partly"}
    assert last_fact().ids == {
        "referral": str(referral.pk), "case": str(referral.case_id),
        "desk": str(taker.organisation_id),
    }  # fmt: skip
    assert "Rahasia" not in str(list(Fact.objects.values("codes", "ids")))


def test_a_code_is_kept_only_where_one_belongs() -> None:
    referral = make.referral()
    move_referral(
        actor=make.actor(make.lead_of(referral.case)), referral_id=referral.pk,
        step=Step.WITHDRAW, at=make.AT, code="anything", text="anything",
    )  # fmt: skip
    assert last_fact().codes["code"] == ""


@pytest.mark.parametrize("code", ["", "given", "no such"])
def test_declining_needs_a_reason_from_the_list(code: str) -> None:
    taker = make.partner()
    referral = make.referral(make.case(), taker.organisation)
    with pytest.raises(Refused, match="reason"):
        move_referral(
            actor=make.actor(taker), referral_id=referral.pk, step=Step.DECLINE, at=make.AT,
            code=code,
        )  # fmt: skip
    with pytest.raises(Refused, match="too long"):
        move_referral(
            actor=make.actor(taker), referral_id=referral.pk, step=Step.DECLINE, at=make.AT,
            code="other", text="x" * 5_001,
        )  # fmt: skip
    assert Referral.objects.get().state == State.SENT


@pytest.mark.parametrize(("code", "text"), [("", "x"), ("declined", "x"), ("given", " ")])
def test_finishing_needs_a_result_and_words(code: str, text: str) -> None:
    taker = make.partner()
    referral = make.referral(make.case(), taker.organisation)
    make.moved(referral, make.actor(taker), Step.TAKE, Step.CONFIRM)
    with pytest.raises(Refused):
        move_referral(
            actor=make.actor(taker), referral_id=referral.pk, step=Step.FINISH, at=make.AT,
            code=code, text=text,
        )  # fmt: skip
    assert Referral.objects.get().state == State.ACCEPTED
    assert referral.case.team.filter(user=taker, ended_at=None).exists()


def test_the_clock_does_not_run_ahead() -> None:
    taker = make.partner()
    referral = make.referral(make.case(), taker.organisation)
    early = timedelta(seconds=1)
    with pytest.raises(Refused, match="still time"):
        make.moved(referral, SYSTEM, Step.EXPIRE, at=referral.answer_by - early)
    make.moved(referral, make.actor(taker), Step.TAKE, Step.CONFIRM)
    with pytest.raises(Refused, match="has not ended"):
        make.moved(referral, SYSTEM, Step.LAPSE, at=referral.share_until - early)


def test_who_is_on_the_team_already_leaves_a_second_request_to_a_colleague() -> None:
    case, taker = make.case(), make.partner()
    colleague = make.user(taker.organisation, Role.PARTNER_DESK)
    first = make.referral(case, taker.organisation)
    make.moved(first, make.actor(taker), Step.TAKE, Step.CONFIRM)
    second = make.referral(case, taker.organisation, Compartment.HEALTH)
    with pytest.raises(Refused, match="colleague"):
        make.moved(second, make.actor(taker), Step.TAKE)
    make.moved(second, make.actor(colleague), Step.TAKE, Step.CONFIRM)
    assert case.team.filter(ended_at=None).count() == 4


def test_nobody_takes_on_what_was_closed_or_is_no_longer_shared() -> None:
    taker = make.partner()
    case = make.case()
    referral = make.referral(case, taker.organisation)
    make.moved(referral, make.actor(taker), Step.TAKE)
    with pytest.raises(Refused, match="is over"):
        make.moved(referral, make.actor(taker), Step.CONFIRM, at=referral.share_until)
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED, closed_at=make.AT, closing=Closing.HELPED
    )
    with pytest.raises(Refused, match="closed"):
        make.moved(referral, make.actor(taker), Step.CONFIRM)
    make.moved(referral, make.actor(taker), Step.PUT_BACK)
    with pytest.raises(Refused, match="closed"):
        make.moved(referral, make.actor(taker), Step.TAKE)


# --- two at once --------------------------------------------------------------------------


def test_the_second_is_told_that_somebody_was_faster() -> None:
    taker = make.partner()
    colleague = make.user(taker.organisation, Role.PARTNER_DESK)
    referral = make.referral(make.case(), taker.organisation)
    make.moved(referral, make.actor(taker), Step.TAKE)
    with pytest.raises(Refused, match="faster"):
        make.moved(referral, make.actor(colleague), Step.TAKE)


@pytest.mark.django_db(transaction=True)
def test_two_accept_at_once_and_one_has_it() -> None:
    taker = make.partner()
    desk = [taker, *(make.user(taker.organisation, Role.PARTNER_DESK) for _ in range(3))]
    referral = make.referral(make.case(), taker.organisation)
    actors = [make.actor(person) for person in desk]
    start = threading.Barrier(len(desk))
    outcomes: list[str] = []

    def accept(n: int) -> None:
        start.wait()
        try:
            move_referral(actor=actors[n], referral_id=referral.pk, step=Step.TAKE, at=make.AT)
            outcomes.append("taken")
        except Refused:
            outcomes.append("refused")
        except Exception as fault:
            outcomes.append(repr(fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=(n,)) for n in range(len(desk))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 3 + ["taken"]
    assert Referral.objects.get().state == State.CHECKING
    assert Fact.objects.filter(name="referrals.referral_moved").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", [0.0, 0.03])
def test_withdrawn_while_it_is_accepted_leaves_nobody_with_a_key(first: float) -> None:
    case, taker = make.case(), make.partner()
    referral = make.referral(case, taker.organisation, Compartment.LEGAL)
    make.moved(referral, make.actor(taker), Step.TAKE)
    moves = {
        Step.CONFIRM: (make.actor(taker), first),
        Step.WITHDRAW: (make.actor(make.lead_of(case)), 0.03 - first),
    }
    faults: list[str] = []

    def act(step: Step) -> None:
        actor, wait = moves[step]
        time.sleep(wait)
        try:
            move_referral(actor=actor, referral_id=referral.pk, step=step, at=make.AT)
        except (Refused, NotInSight):
            pass  # the other one was first
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(step,)) for step in moves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Referral.objects.get().state == State.WITHDRAWN
    assert taker.pk not in readers(case.pk, make.AT)
    assert taker.pk not in readers(referral.pk, make.AT)
    assert not case.team.filter(user=taker, ended_at=None).exists()


# --- by itself ----------------------------------------------------------------------------


def test_nobody_answers_and_the_request_ends_by_itself() -> None:
    taker = make.partner()
    referral = make.referral(make.case(), taker.organisation)
    let_time_pass(referral.answer_by - timedelta(minutes=1))
    assert Referral.objects.get().state == State.SENT
    let_time_pass(referral.answer_by)
    assert Referral.objects.get().state == State.EXPIRED
    assert not Due.objects.filter(subject=referral.pk).exists()
    assert last_fact().role == Role.SYSTEM


def test_what_was_shared_ends_by_itself_on_its_day() -> None:
    taker = make.partner()
    referral = make.referral(make.case(), taker.organisation)
    make.moved(referral, make.actor(taker), Step.TAKE, Step.CONFIRM)
    let_time_pass(referral.answer_by)
    assert Referral.objects.get().state == State.ACCEPTED
    let_time_pass(referral.share_until)
    assert Referral.objects.get().state == State.LAPSED
    assert not Case.objects.visible_to(make.actor(taker)).exists()
    assert not Due.objects.filter(subject=referral.pk).exists()


def test_a_clock_that_comes_too_late_changes_nothing() -> None:
    taker = make.partner()
    referral = make.referral(make.case(), taker.organisation)
    make.moved(referral, make.actor(taker), Step.DECLINE)
    let_time_pass(referral.share_until)
    assert Referral.objects.get().state == State.DECLINED
    assert not Due.objects.filter(subject=referral.pk).exists()


def test_with_the_case_closed_every_open_request_ends() -> None:
    case = make.case()
    helpers = [make.partner() for _ in range(3)]
    waiting, checking, running = (make.referral(case, p.organisation) for p in helpers)
    make.moved(checking, make.actor(helpers[1]), Step.TAKE)
    make.moved(running, make.actor(helpers[2]), Step.TAKE, Step.CONFIRM)
    let_time_pass(make.AT)
    assert {r.state for r in Referral.objects.all()} == {"sent", "checking", "accepted"}
    closings.closed(case)
    let_time_pass(make.AT)
    assert {r.state for r in Referral.objects.all()} == {State.WITHDRAWN}
    assert not case.team.filter(user=helpers[2], ended_at=None).exists()
    assert waiting.number != running.number


def suspended(person: User) -> None:
    head = make.user(person.organisation, Role.HEAD)
    suspend_member(actor=make.actor(head), user_id=person.pk, at=make.AT)


def removed(person: User) -> None:
    head = make.user(person.organisation, Role.HEAD)
    remove_member(actor=make.actor(head), user_id=person.pk, at=make.AT)


@pytest.mark.parametrize("end", [suspended, removed])
def test_when_an_account_ends_a_colleague_can_go_on(end: object) -> None:
    taker = make.partner()
    colleague = make.user(taker.organisation, Role.PARTNER_DESK)
    case, other = make.case(), make.case()
    checking = make.referral(case, taker.organisation, Compartment.LEGAL)
    running = make.referral(other, taker.organisation)
    entry = make.entry(other, "rencana")
    make.moved(checking, make.actor(taker), Step.TAKE)
    make.moved(running, make.actor(taker), Step.TAKE, Step.CONFIRM)
    end(taker)  # type: ignore[operator]
    with pytest.raises(CannotOpen):
        open_text(make.actor(taker).keys, entry, "text")
    let_time_pass(make.AT)
    checking.refresh_from_db()
    running.refresh_from_db()
    assert (checking.state, running.state) == (State.SENT, State.WITHDRAWN)
    assert not other.team.filter(user=taker, ended_at=None).exists()
    make.moved(checking, make.actor(colleague), Step.TAKE, Step.CONFIRM)
    assert case.team.filter(user=colleague, ended_at=None).exists()


def test_who_was_suspended_while_checking_cannot_go_on() -> None:
    taker = make.partner()
    make.user(taker.organisation, Role.PARTNER_DESK)
    referral = make.referral(make.case(), taker.organisation)
    make.moved(referral, make.actor(taker), Step.TAKE)
    suspended(taker)
    with pytest.raises(Refused):
        make.moved(referral, make.actor(taker), Step.CONFIRM)
