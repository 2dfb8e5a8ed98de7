"""Accounts: who lets whom in, gives keys, sends away and lets return; by role, place and state.

An administrator lets people in and out everywhere, a head in the own organisation, and neither
gets anybody's keys by it: a colleague who holds them gives them. Nobody does any of it to
herself, and nobody silences an auditor, an administrator or an official but an administrator.
"""

from collections.abc import Callable
from typing import Any

import pytest

from ruang.access import sight
from ruang.access.actor import ANYBODY, SYSTEM, Actor
from ruang.access.roles import ASSIGNABLE, Role
from ruang.access.sight import NotInSight
from ruang.identity import commands, sessions
from ruang.identity.models import Organisation, User
from ruang.identity.states import OrganisationKind, State, Step
from ruang.vault.models import Kind
from ruang.vault.pairs import fingerprint, pair_in_force
from tests import make
from tests.replay import replayed
from tests.rules.grid import Act, Table, later, read

pytestmark = pytest.mark.django_db
WHO = {
    "colleague": ("officer", "case manager"),
    "head": ("head",),
    "admin": ("admin",),
    "far": ("partner desk",),
    "far_head": ("head of the partner",),
    "system": ("system",),
    "others": (
        "auditor", "prevention officer", "facilitator", "cadre", "quorum official",
    ),
    "anybody": ("anybody",),
}  # fmt: skip
OF_THE_OFFICE = read(
    """
step         colleague head  admin far   far_head system others anybody
see          yyyyy     yyyyy yyyyy ..... .....    yyyyy  yyyyy  .....
invite_again nnnnn     yssss yssss ..... .....    yssss  nnnnn  .....
confirm      sysss     nnnnn nnnnn ..... .....    nnnnn  nnnnn  .....
suspend      nnnnn     syyss syyss ..... .....    nnnnn  nnnnn  .....
return       nnnnn     sssys sssys ..... .....    nnnnn  nnnnn  .....
remove       nnnnn     yyyys yyyys ..... .....    nnnnn  nnnnn  .....
""",
    list(State), WHO, "see",
)  # fmt: skip
TRUSTED = read(
    """
step         colleague head  admin far   far_head system others anybody
see          yyyyy     yyyyy yyyyy ..... .....    yyyyy  yyyyy  .....
invite_again nnnnn     nnnnn yssss ..... .....    yssss  nnnnn  .....
confirm      sysss     nnnnn nnnnn ..... .....    nnnnn  nnnnn  .....
suspend      nnnnn     nnnnn syyss ..... .....    nnnnn  nnnnn  .....
return       nnnnn     nnnnn sssys ..... .....    nnnnn  nnnnn  .....
remove       nnnnn     nnnnn yyyys ..... .....    nnnnn  nnnnn  .....
""",
    list(State), WHO, "see",
)  # fmt: skip
OF_A_PARTNER = read(
    """
step         colleague head  admin far   far_head system others anybody
see          .....     ..... yyyyy yyyyy yyyyy    yyyyy  .....  .....
invite_again .....     ..... yssss nnnnn yssss    yssss  .....  .....
confirm      .....     ..... nnnnn sysss nnnnn    nnnnn  .....  .....
suspend      .....     ..... syyss nnnnn syyss    nnnnn  .....  .....
return       .....     ..... sssys nnnnn sssys    nnnnn  .....  .....
remove       .....     ..... yyyys nnnnn yyyys    nnnnn  .....  .....
""",
    list(State), WHO, "see",
)  # fmt: skip
HERSELF = read(
    """
step         herself
see          yyyyy
sign_in      .yy..
confirm      nnnnn
suspend      nnnnn
return       nnnnn
remove       nnnnn
""",
    list(State), {"herself": ("herself",)}, "see", "sign_in",
)  # fmt: skip
INVITE = read(
    """
step               colleague head admin far far_head system others anybody
intake_officer     nn        yn   yy    nn  ny       yy     nn     ..
case_manager       nn        yn   yy    nn  ny       yy     nn     ..
partner_desk       nn        yn   yy    nn  ny       yy     nn     ..
head               nn        yn   yy    nn  ny       yy     nn     ..
prevention_officer nn        yn   yy    nn  nn       yy     nn     ..
facilitator        nn        yn   yy    nn  nn       yy     nn     ..
cadre              nn        yn   yy    nn  nn       yy     nn     ..
auditor            nn        nn   yy    nn  nn       yy     nn     ..
admin              nn        nn   yy    nn  nn       yy     nn     ..
quorum_official    nn        nn   yy    nn  nn       yy     nn     ..
reporter           nn        nn   nn    nn  nn       nn     nn     ..
system             nn        nn   nn    nn  nn       nn     nn     ..
""",
    ("office", "partner"), WHO,
)  # fmt: skip
ONLY_AN_ADMIN = {Role.AUDITOR, Role.ADMIN, Role.QUORUM_OFFICIAL}
DO: dict[str, Callable[..., Any]] = {
    "invite_again": commands.invite_again,
    "suspend": commands.suspend_member,
    "return": commands.return_member,
    "remove": commands.remove_member,
}


class Scene:
    """An office and a partner, with somebody in each role, who all hold their keys."""

    def __init__(self) -> None:
        self.users, self.office, self.partner = _built()
        self.whom: User = self.users["officer"]

    def acting(self, who: str) -> Actor:
        known = {"system": SYSTEM, "anybody": ANYBODY}
        if who in known:
            return known[who]
        return make.actor(self.whom if who == "herself" else self.users[who])

    def somebody(self, place: Organisation, role: Role, state: State, step: str) -> Act:
        """Somebody in this role and state, to whom a step is to be done."""
        self.whom = made = make.user(place, role, state=state)
        about = {"user_id": made.pk, "at": make.AT}
        if step == "see":
            return lambda actor: sight.one(User.objects.visible_to(actor), made.pk)
        if step == "sign_in":
            return lambda actor: stays_signed_in(made)
        if step == Step.CONFIRM:
            pair = pair_in_force(made.pk, Kind.USER)
            shown = fingerprint(pair) if pair else ""
            return lambda actor: commands.confirm_member(actor=actor, shown=shown, **about)
        return lambda actor: DO[step](actor=actor, **about)

    def walk(self, table: Table, place: Organisation, role: Role, state: State) -> None:
        wrong = table.wrong(
            state, lambda step: self.somebody(place, role, state, step), self.acting
        )
        assert not wrong, "\n".join(wrong)


def stays_signed_in(person: User) -> None:
    """What each request asks anew: whether the person behind the cookie is somebody still."""
    cookie = make.signed_in(person, at=make.AT).cookies[sessions.COOKIE].value
    if sessions.signed_in(cookie=cookie, at=make.AT) is None:
        raise NotInSight("person")


@replayed
def _built() -> tuple[dict[str, User], Organisation, Organisation]:
    make.officials()
    office = make.organisation("DP3AKB")
    partner = make.organisation("LBH Harapan", OrganisationKind.LEGAL_AID)
    named = {who for people in WHO.values() for who in people} - {"system", "anybody"}
    roles = {"officer": Role.INTAKE_OFFICER, "head of the partner": Role.HEAD}
    users = {}
    for who in sorted(named):
        role = roles.get(who) or Role(who.replace(" ", "_"))
        users[who] = make.user(partner if who in {"partner desk", "head of the partner"}
                               else office, role)  # fmt: skip
    return users, office, partner


QUICK = {Role.INTAKE_OFFICER, Role.AUDITOR}


@pytest.mark.parametrize("role", later(ASSIGNABLE, *(set(ASSIGNABLE) - QUICK)))
def test_who_does_what_with_an_account_of_the_office(role: Role) -> None:
    scene = Scene()
    for state in State:
        table = TRUSTED if role in ONLY_AN_ADMIN else OF_THE_OFFICE
        scene.walk(table, scene.office, role, state)
        scene.walk(HERSELF, scene.office, role, state)


@pytest.mark.parametrize("state", list(State))
def test_who_does_what_with_an_account_of_a_partner(state: State) -> None:
    scene = Scene()
    scene.walk(OF_A_PARTNER, scene.partner, Role.PARTNER_DESK, state)


@pytest.mark.parametrize("where", INVITE.states)
def test_who_invites_whom_where(where: str) -> None:
    scene = Scene()
    place = scene.office if where == "office" else scene.partner
    wrong = INVITE.wrong(
        where,
        lambda role: lambda actor: commands.invite_member(
            actor=actor, organisation_id=place.pk, name="Ibu Baru", login="baru",
            role=Role(role), at=make.AT,
        ),
        scene.acting,
    )  # fmt: skip
    assert not wrong, "\n".join(wrong)


def test_every_step_and_role_is_in_a_table() -> None:
    """Who has the invitation's code joins: the door acts for her, whoever she is."""
    assert {step.value for step in Step} - {"join"} <= OF_THE_OFFICE.steps
    assert {role.value for role in Role} == INVITE.steps
