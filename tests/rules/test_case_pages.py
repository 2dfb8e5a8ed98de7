"""The pages of a case and of a request: who is shown which, in each state; to others none is.

Members see every page of their case, open and closed, with what they cannot open shut; pages
on which manager and deputy decide are theirs alone. She who reported has a page of her own.
"""

from collections.abc import Callable
from typing import Any

import pytest

from ruang.access.actor import Actor
from ruang.cases import queries as cases
from ruang.cases.states import Compartment, Part, Step
from ruang.consents import queries as consents
from ruang.dossier import queries as dossier
from ruang.dossier.states import Kind
from ruang.plans import queries as plans
from ruang.referrals import queries as referrals
from ruang.referrals.states import State
from tests.cases.team import close
from tests.rules.case_people import WHO, Scene, scene
from tests.rules.grid import later, read
from tests.rules.test_referral import OF_IT, RARE, WAY_TO, asked, take

pytestmark = pytest.mark.django_db
OPEN, CLOSED = STATES = ("open", "closed")
GRID = """
step     leads team    partner reporter system second others
member   yy    yy      yy      ..       ..     ..     ..
lead     yy    nn      nn      ..       ..     ..     ..
open     yn    nn      nn      ..       ..     ..     ..
key      yy    nn      nn      nn       nn     ..     ..
"""
LAW = read(GRID, STATES, WHO, "member", "lead", "open", "key")
Page = Callable[..., object]
PAGES: dict[str, dict[str, Page]] = {
    "member": {
        "case": cases.case_head,
        "part": lambda **by: cases.part_page(part=Compartment.HEALTH, **by),
        "messages": cases.thread_page,
        "files": cases.files_page,
        "records": lambda **by: dossier.records_page(kinds=[Kind.PERSON], **by),
        "register": dossier.register_page,
        "plan": plans.plan_page,
        "tasks": plans.tasks_page,
        "follow-ups": plans.follow_up_page,
        "mediation": plans.mediation_page,
        "closing": lambda **by: plans.closing_page(partners_done=True, **by),
        "team": referrals.team_page,
        "requests": referrals.case_requests,
        "consents": consents.consent_list,
    },
    "lead": {
        "bar": lambda **by: referrals.bar_page(desk=None, **by),
        "successors": lambda **by: referrals.successors(part=Part.DEPUTY, **by),
    },
    "open": {"ask": referrals.ask_page, "consent": consents.give_page},
    "key": {
        step.value: lambda step=step, **by: cases.case_keys(wanted=step, **by)
        for step in (Step.RATE, Step.IDENTIFY, Step.LOWER, Step.UNMARK, Step.LEGAL)
    },
}
REQUEST = read(
    """
step  leads    taker    colleague system   others
page  yyyyyyyy yyy....y yyy....y  yyyyyyyy ........
names ........ .y...... ........  ........ ........
""",
    list(State), OF_IT, "page", "names",
)  # fmt: skip


def shown(one: Scene, named: str) -> Callable[[Actor], Any]:
    whose, _colon, name = named.partition(":")
    return lambda actor: PAGES[whose][name](**one.about(actor))


@pytest.mark.parametrize("state", STATES)
def test_who_is_shown_which_page_of_a_case(state: str) -> None:
    one = scene()
    if state == CLOSED:
        close(one.case)
    named = [f"{whose}:{name}" for whose, pages in PAGES.items() for name in pages]
    wrong = LAW.wrong(state, lambda step: shown(one, step), one.acting, named)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", later(State, *RARE))
def test_who_is_shown_which_page_of_a_request(state: State) -> None:
    one = scene()
    referral = asked(one)
    for who, step in WAY_TO[state]:
        take(one.acting(who), referral, step)
    pages: dict[str, Callable[[Actor], Any]] = {
        "page": lambda actor: referrals.referral_page(
            actor=actor, referral_id=referral.pk, at=one.about(actor)["at"]
        ),
        "names": lambda actor: referrals.names_page(actor=actor, referral_id=referral.pk),
    }
    wrong = REQUEST.wrong(state, pages.__getitem__, one.acting)
    assert not wrong, "\n".join(wrong)
