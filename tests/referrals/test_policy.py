"""Who may take which step of a request from which state: the whole law as one table."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ruang.access.actor import NOBODY, SYSTEM, Actor
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.cases.states import Compartment, Exclusion, Part
from ruang.identity.models import User
from ruang.kernel.errors import Refused
from ruang.referrals.commands import bar_person, move_referral
from ruang.referrals.models import Referral
from ruang.referrals.states import MOVES, State, Step
from tests import make

pytestmark = pytest.mark.django_db
S, T = State, Step

OPEN_FROM = {
    T.TAKE: {S.SENT},
    T.CONFIRM: {S.CHECKING},
    T.HAND_BACK: {S.CHECKING},
    T.PUT_BACK: {S.CHECKING},
    T.DECLINE: {S.SENT, S.CHECKING},
    T.FINISH: {S.ACCEPTED},
    T.WITHDRAW: {S.SENT, S.CHECKING, S.ACCEPTED},
    T.EXPIRE: {S.SENT, S.CHECKING},
    T.LAPSE: {S.ACCEPTED},
}
ALL = set(State)
THEIRS = {S.SENT, S.CHECKING, S.ACCEPTED, S.DONE}
SEES = {
    "manager": ALL,
    "deputy": ALL,
    "system": ALL,
    "taker": THEIRS,
    "colleague": THEIRS,
    "barred colleague": set(),
    "head of the asked desk": set(),
    "partner by another request": set(),
    "outsider": set(),
    "manager of another case": set(),
    "auditor": set(),
    "administrator": set(),
    "reporter": set(),
}
OF_THE_CLOCK = {T.EXPIRE, T.LAPSE, T.WITHDRAW, T.PUT_BACK}
OF_A_MANAGER = {T.WITHDRAW, T.PUT_BACK}
OF_THE_ASKED = {T.TAKE, T.CONFIRM, T.HAND_BACK, T.PUT_BACK, T.DECLINE, T.FINISH}


def may(who: str, step: Step, state: State) -> bool:
    match who:
        case "system":
            return step in OF_THE_CLOCK
        case "manager" | "deputy":
            return step in OF_A_MANAGER
        case "taker" if state is not S.SENT:
            return step in OF_THE_ASKED
        case "taker" | "colleague":
            free = state is S.SENT
            return step is T.TAKE or (step is T.DECLINE and free)
    return False


def expected(who: str, step: Step, state: State) -> type[Exception] | None:
    if state not in SEES[who]:
        return NotInSight
    if not may(who, step, state):
        return PermissionDenied
    return None if state in OPEN_FROM[step] else Refused


LATE = make.AT + timedelta(days=91)
WHEN = {T.EXPIRE: LATE, T.LAPSE: LATE}
WAY_TO: dict[State, tuple[tuple[str, Step], ...]] = {
    S.SENT: (),
    S.CHECKING: (("taker", T.TAKE),),
    S.ACCEPTED: (("taker", T.TAKE), ("taker", T.CONFIRM)),
    S.DECLINED: (("taker", T.TAKE), ("taker", T.DECLINE)),
    S.EXPIRED: (("taker", T.TAKE), ("system", T.EXPIRE)),
    S.WITHDRAWN: (("taker", T.TAKE), ("taker", T.CONFIRM), ("manager", T.WITHDRAW)),
    S.LAPSED: (("taker", T.TAKE), ("taker", T.CONFIRM), ("system", T.LAPSE)),
    S.DONE: (("taker", T.TAKE), ("taker", T.CONFIRM), ("taker", T.FINISH)),
}


def people(case: "make.Case", taker: User) -> dict[str, User]:
    desk = taker.organisation
    other = make.partner()
    make.referral(case, other.organisation)
    second = Referral.objects.get(case=case, receiver=other.organisation)
    make.moved(second, make.actor(other), T.TAKE, T.CONFIRM)
    barred = make.user(desk, Role.PARTNER_DESK)
    bar_person(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, user_id=barred.pk,
        why=Exclusion.SURVIVOR, at=make.AT,
    )  # fmt: skip
    return {
        "manager": make.lead_of(case),
        "deputy": make.lead_of(case, Part.DEPUTY),
        "taker": taker,
        "colleague": make.user(desk, Role.PARTNER_DESK),
        "barred colleague": barred,
        "head of the asked desk": make.user(desk, Role.HEAD),
        "partner by another request": other,
        "outsider": make.partner(),
        "manager of another case": make.lead_of(make.case(make.lead_of(case).organisation)),
        "auditor": make.user(make.lead_of(case).organisation, Role.AUDITOR),
        "administrator": make.user(make.lead_of(case).organisation, Role.ADMIN),
    }


def acting(who: str, known: dict[str, User]) -> Actor:
    """The person in a new request of her own: nothing is remembered of an earlier one."""
    if who == "system":
        return SYSTEM
    if who == "reporter":
        return Actor(uuid4(), NOBODY, Role.REPORTER, make.actor(known["outsider"]).keys)
    return make.actor(known[who])


@pytest.mark.parametrize("state", list(State))
def test_who_may_take_which_step(state: State) -> None:
    case, taker = make.case(), make.partner()
    known = people(case, taker)
    referral = make.referral(case, taker.organisation, Compartment.NARRATIVE)
    for who, step in WAY_TO[state]:
        make.moved(referral, acting(who, known), step, at=WHEN.get(step, make.AT))
    assert referral.state == state
    wrong = []
    for who in SEES:
        for step in Step:
            outcome = attempt(acting(who, known), referral, step)
            if outcome != expected(who, step, state):
                wrong.append((who, step.value, outcome))
    assert not wrong


def attempt(actor: Actor, referral: Referral, step: Step) -> type[Exception] | None:
    """Try one step and undo it; whatever was refused must have left no fact and no change."""
    facts = Fact.objects.count()
    codes = {T.DECLINE: "other", T.FINISH: "given"}
    with transaction.atomic():
        try:
            move_referral(
                actor=actor, referral_id=referral.pk, step=step, at=WHEN.get(step, make.AT),
                code=codes.get(step, ""), text="Selesai.",
            )  # fmt: skip
        except (NotInSight, PermissionDenied, Refused) as refusal:
            assert Fact.objects.count() == facts
            assert Referral.objects.get(pk=referral.pk).state == referral.state
            return type(refusal)
        assert Fact.objects.count() > facts
        assert Referral.objects.get(pk=referral.pk).state == MOVES[step][1]
        transaction.set_rollback(True)
    return None


def test_the_table_of_moves_is_the_one_above() -> None:
    assert {step: set(sources) for step, (sources, _target) in MOVES.items()} == OPEN_FROM
