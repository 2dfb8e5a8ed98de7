"""How soon a desk answers: counted without names, for the partner and for who asks."""

from datetime import datetime, timedelta

import pytest
import time_machine

from ruang.access.roles import Role
from ruang.cases.models import Case
from ruang.identity.models import User
from ruang.referrals.models import Referral
from ruang.referrals.queries import own_pace, partner_paces
from ruang.referrals.states import Step
from tests import make
from tests.referrals.scene import let_time_pass

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = make.AT + timedelta(days=1)


def answered(case: Case, person: User, after: timedelta, *steps: Step) -> Referral:
    referral = make.referral(case, person.organisation)
    return make.moved(referral, make.actor(person), *steps, at=make.AT + after)


def test_median_share_in_time_and_silence() -> None:
    case, person = make.case(), make.partner()
    colleagues = [make.user(person.organisation, Role.PARTNER_DESK) for _ in range(2)]
    answered(case, person, HOUR, Step.TAKE, Step.CONFIRM)
    answered(case, colleagues[0], 3 * HOUR, Step.DECLINE)
    answered(case, colleagues[1], 5 * HOUR, Step.TAKE, Step.DECLINE)
    make.referral(case, person.organisation)
    let_time_pass(make.AT + 7 * HOUR)
    pace = own_pace(actor=make.actor(person), at=LATER)
    assert pace is not None
    assert (pace.asked, pace.silent, pace.usual, pace.in_time) == (4, 1, 3 * HOUR, 75)
    manager = make.actor(make.lead_of(case))
    (theirs,) = partner_paces(actor=manager, at=LATER)
    assert theirs == pace
    assert own_pace(actor=manager, at=LATER) is None
    assert partner_paces(actor=make.actor(person), at=LATER) == ()


def test_what_still_waits_or_was_withdrawn_says_nothing() -> None:
    case, person = make.case(), make.partner()
    make.referral(case, person.organisation)
    taken = make.referral(case, person.organisation)
    make.moved(taken, make.actor(person), Step.TAKE)
    gone = make.referral(case, person.organisation)
    make.moved(gone, make.actor(make.lead_of(case)), Step.WITHDRAW)
    assert own_pace(actor=make.actor(person), at=LATER) is None
    assert partner_paces(actor=make.actor(make.lead_of(case)), at=LATER) == ()


def test_an_answer_at_once_is_no_missing_answer() -> None:
    case, person = make.case(), make.partner()
    answered(case, person, timedelta(0), Step.DECLINE)
    pace = own_pace(actor=make.actor(person), at=LATER)
    assert pace is not None
    assert (pace.asked, pace.usual, pace.in_time) == (1, timedelta(0), 100)
    with time_machine.travel(LATER, tick=False):
        shown = make.signed_in(person).get("/rujukan/").content.decode()
    box = shown.partition('id="jawaban"')[2].partition("</section>")[0]
    assert "<b>kurang dari 1 menit</b>" in box


def test_others_requests_are_not_counted() -> None:
    case, person = make.case(), make.partner()
    answered(make.case(), make.partner(), HOUR, Step.DECLINE)
    assert own_pace(actor=make.actor(person), at=LATER) is None
    assert partner_paces(actor=make.actor(make.lead_of(case)), at=LATER) == ()


@pytest.mark.parametrize(
    ("steps", "kept"),
    [
        ((Step.TAKE,), None),
        ((Step.TAKE, Step.HAND_BACK), None),
        ((Step.TAKE, Step.PUT_BACK), None),
        ((Step.TAKE, Step.CONFIRM), make.AT + HOUR),
        ((Step.DECLINE,), make.AT + HOUR),
    ],
)
def test_only_a_yes_or_a_no_is_an_answer(
    steps: tuple[Step, ...], kept: datetime | None
) -> None:
    row = answered(make.case(), make.partner(), HOUR, *steps)
    assert row.answered_at == kept


def test_finishing_later_does_not_change_when_it_was_answered() -> None:
    person = make.partner()
    row = answered(make.case(), person, HOUR, Step.TAKE, Step.CONFIRM)
    make.moved(row, make.actor(person), Step.FINISH, at=make.AT + 5 * HOUR)
    assert row.answered_at == make.AT + HOUR
