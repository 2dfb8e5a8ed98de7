"""A request to a partner's desk: who asks, takes, checks, declines, finishes and withdraws it.

The asked desk sees what is asked and nothing of who. One person takes it, is shown the names
alone, and only after knowing none of them reads what was shared (vault.md §2). What was
declined, ran out or was withdrawn does not exist for that desk any more; for whoever is barred
from the case, or only on its team, there is no request at all.
"""

from datetime import timedelta
from typing import Any

import pytest

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.roles import Role
from ruang.cases.states import Compartment, Exclusion
from ruang.referrals.commands import ask_partner, bar_person, move_referral
from ruang.referrals.models import Referral
from ruang.referrals.states import MOVES, State, Step
from tests import make
from tests.cases.team import close
from tests.rules.case_people import WHO, Scene, scene
from tests.rules.grid import later, read

pytestmark = pytest.mark.django_db
S, T = State, Step
NOT_ASKED = ("partner", "other partner", "reporter", *WHO["second"], *WHO["others"])
OF_IT = {
    "leads": ("manager", "deputy"),
    "taker": ("taker",),
    "colleague": ("taker's colleague",),
    "system": ("system",),
    "others": (*NOT_ASKED, "barred at the asked desk", "head of the asked desk"),
}
GRID = """
step      leads    taker    colleague system   others
see       yyyyyyyy yyy....y yyy....y  yyyyyyyy ........
take      nnnnnnnn yss....s yss....s  nnnnnnnn ........
confirm   nnnnnnnn nys....s nnn....n  nnnnnnnn ........
hand_back nnnnnnnn nys....s nnn....n  nnnnnnnn ........
put_back  syssssss nys....s nnn....n  syssssss ........
decline   nnnnnnnn yys....s ynn....n  nnnnnnnn ........
finish    nnnnnnnn nsy....s nnn....n  nnnnnnnn ........
withdraw  yyysssss nnn....n nnn....n  yyysssss ........
expire    nnnnnnnn nnn....n nnn....n  yyssssss ........
lapse     nnnnnnnn nnn....n nnn....n  ssysssss ........
"""
LAW = read(GRID, list(State), OF_IT, "see")
ASK = read(
    """
step leads team    partner reporter system second others
ask  ys    nn      nn      nn       nn     ..     ..
""",
    ("open", "closed"), WHO,
)  # fmt: skip
LATE = make.AT + timedelta(days=91)
WHEN = {T.EXPIRE: LATE, T.LAPSE: LATE}
CODES = {T.DECLINE: "other", T.FINISH: "given"}
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


def asked(one: Scene) -> Referral:
    """A request to a desk of several people, one of whom is barred from the case."""
    one.users["taker"] = taker = make.partner()
    roles = {
        "taker's colleague": Role.PARTNER_DESK,
        "barred at the asked desk": Role.PARTNER_DESK,
        "head of the asked desk": Role.HEAD,
    }
    for who, role in roles.items():
        one.users[who] = make.user(taker.organisation, role)
    bar_person(
        **one.by(), user_id=one.id_of("barred at the asked desk"), why=Exclusion.SURVIVOR
    )
    ask = make.ask(taker.organisation, Compartment.NARRATIVE)
    return ask_partner(**one.by(), ask=ask)


def take(actor: Actor, referral: Referral, step: str) -> Any:
    if step == "see":
        return sight.one(Referral.objects.visible_to(actor), referral.pk)
    wanted = Step(step)
    move_referral(
        actor=actor, referral_id=referral.pk, step=wanted, at=WHEN.get(wanted, make.AT),
        code=CODES.get(wanted, ""), text="Selesai.",
    )  # fmt: skip
    assert Referral.objects.get(pk=referral.pk).state == MOVES[wanted][1]
    return None


RARE = (S.EXPIRED, S.WITHDRAWN, S.LAPSED, S.DECLINED, S.DONE)


@pytest.mark.parametrize("state", later(State, *RARE))
def test_who_may_do_what(state: State) -> None:
    one = scene()
    referral = asked(one)
    for who, step in WAY_TO[state]:
        take(one.acting(who), referral, step)
    referral.refresh_from_db()
    assert referral.state == state
    wrong = LAW.wrong(state, lambda step: lambda actor: take(actor, referral, step), one.acting)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", ASK.states)
def test_who_asks_a_partner(state: str) -> None:
    one = scene()
    if state == "closed":
        close(one.case)
    ask = make.ask(one.users["outsider"].organisation, Compartment.NARRATIVE)
    wrong = ASK.wrong(
        state,
        lambda _step: lambda actor: ask_partner(**one.about(actor), ask=ask),
        one.acting,
    )
    assert not wrong, "\n".join(wrong)


def test_every_step_is_in_the_table() -> None:
    assert {step.value for step in Step} | {"see"} == LAW.steps
