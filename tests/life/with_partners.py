"""What is asked of partners and shared with them, in a life."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from ruang.cases.models import Case
from ruang.cases.states import SHAREABLE, Compartment, Exclusion, Part
from ruang.consents.commands import give_consent
from ruang.consents.models import Consent
from ruang.consents.states import Basis, Giver, Purpose
from ruang.identity.models import Organisation
from ruang.kernel.codes import Age, Who
from ruang.referrals import commands
from ruang.referrals.models import Referral
from ruang.referrals.states import Need, State, Step
from tests import make
from tests.life.world import RIGHTLY, Act, World, days_on

MORE = [part for part in SHAREABLE if part is not Compartment.PLAN]


def _giver(case: Case) -> dict[str, Any]:
    child = case.age == Age.CHILD
    return {"giver": Giver.GUARDIAN if child else Giver.SELF}


def _place(world: World) -> Organisation:
    return world.any(world.partners).organisation


def consent(world: World) -> None:
    case, place = world.case(), _place(world)
    purposes = [*Need, Purpose.COORDINATION]
    under_way = Referral.objects.filter(state=State.ACCEPTED, case__state="open")
    if under_way and world.chance(0.8):
        row = world.any(under_way)
        case, place, purposes = row.case, row.receiver, [row.need, Purpose.COORDINATION]
    grant = make.grant(
        place, *world.random.sample(MORE, 3), given_on=localdate(world.at), **_giver(case),
        purpose=Purpose(world.any(purposes)), reason="Ia 20-an.",
        until=days_on(world.at, world.random.uniform(6, 60)),
        basis=world.random.choice([Basis.CONSENT, Basis.CONSENT, Basis.VITAL]),
    )  # fmt: skip
    give_consent(**world.on(case), grant=grant)


def ask_a_partner(world: World) -> None:
    case = world.case()
    asked = make.ask(
        _place(world), *world.random.sample(MORE, world.random.randint(0, 2)),
        need=world.random.choice([Need.LEGAL, Need.LEGAL, *Need]), **_giver(case),
        answer_by=world.at + timedelta(hours=world.random.randint(40, 400)),
        share_until=days_on(world.at, world.random.randint(20, 90)),
        consent_on=localdate(world.at), basis_note="Ia 20-an.",
    )  # fmt: skip
    commands.ask_partner(**world.on(case), ask=asked)


def ask_on_a_consent(world: World) -> None:
    given = world.any(Consent.objects.in_force(days_on(world.at, 3)).order_by("-pk")[:12])
    needs = [need for need in Need if need.value == given.purpose]
    need = world.any(needs) if needs and world.chance(0.9) else world.any(list(Need))
    asked = make.ask(
        Organisation.objects.get(pk=given.organisation_id), need=need, consent=given.pk,
        answer_by=days_on(world.at, 2), share_until=days_on(world.at, 3),
    )  # fmt: skip
    commands.ask_partner(**world.on(given.case), ask=asked)


def _at_partner(world: World, state: State) -> Referral:
    return world.any(Referral.objects.filter(state=state).order_by("-pk")[:6])


def _moved(world: World, row: Referral, step: Step) -> None:
    there = [one.pk for one in world.partners if one.organisation_id == row.receiver_id]
    user = row.taken_by_id or world.any(there)
    other = world.actor(world.any(world.partners))
    make.moved(row, world.rightly(user, otherwise=other), step, at=world.at)


def take(world: World) -> None:
    _moved(world, _at_partner(world, State.SENT), Step.TAKE)


def know_nobody(world: World) -> None:
    _moved(world, _at_partner(world, State.CHECKING), Step.CONFIRM)


def know_one(world: World) -> None:
    _moved(world, _at_partner(world, State.CHECKING), Step.HAND_BACK)


def put_down(world: World) -> None:
    _moved(world, _at_partner(world, State.CHECKING), Step.PUT_BACK)


def decline(world: World) -> None:
    _moved(world, _at_partner(world, State.SENT), Step.DECLINE)


def finish(world: World) -> None:
    _moved(world, _at_partner(world, State.ACCEPTED), Step.FINISH)


def withdraw_a_request(world: World) -> None:
    row = _at_partner(world, world.random.choice([State.SENT, State.ACCEPTED]))
    make.moved(row, world.on(row.case)["actor"], Step.WITHDRAW, at=world.at)


def give_more(world: World) -> None:
    rows = Referral.objects.filter(state=State.ACCEPTED).select_related("case")
    row = world.any(rows.order_by("-pk")[:8])
    seat = world.any(row.case.team.filter(user=row.taken_by, ended_at=None))
    part = world.any([part for part in MORE if part.value not in seat.compartments])
    given = list(row.case.consents.in_force(world.at).filter(organisation=row.receiver))
    suited = [one for one in given if one.purpose == row.need and part in one.compartments]
    lead = world.on(row.case)
    if world.chance(RIGHTLY):
        given = suited or [_consent_for(world, row, part, lead)]
    commands.give_more(
        **lead, user_id=row.taken_by_id, consent_id=world.any(given).pk, compartments=[part]
    )


def _consent_for(
    world: World, row: Referral, part: Compartment, lead: dict[str, Any]
) -> Consent:
    """She is asked for one part more, for what the partner does already."""
    grant = make.grant(
        row.receiver, part, given_on=localdate(world.at), **_giver(row.case),
        purpose=Purpose(row.need), reason="Ia 20-an.",
        until=days_on(world.at, world.random.uniform(6, 30)),
    )  # fmt: skip
    return give_consent(**lead, grant=grant)


def withdraw_a_consent(world: World) -> None:
    row = world.any(Consent.objects.in_force(world.at).order_by("-pk")[:8])
    who = world.on(row.case)["actor"]
    commands.withdraw_consent(actor=who, consent_id=row.pk, at=world.at)


def she_takes_it_back(world: World) -> None:
    rows = Consent.objects.in_force(world.at).filter(basis=Basis.CONSENT, case__who=Who.SELF)
    row = world.any(rows.select_related("case").order_by("-pk")[:8])
    commands.withdraw_own_consent(
        actor=world.reporter_of(row.case), consent_id=row.pk, text="Saya menariknya.",
        form_tag=world.random.randbytes(32), at=world.at,
    )  # fmt: skip


def bar_somebody(world: World) -> None:
    who = world.any(world.partners).pk
    commands.bar_person(**world.on(world.case()), user_id=who, why=Exclusion.MANAGER)


def take_off_the_team(world: World) -> None:
    case = world.case()
    seat = world.any(case.team.filter(part=Part.PARTNER, ended_at=None))
    commands.remove_person(**world.on(case), user_id=seat.user_id)


ACTS = [
    Act(consent, 8), Act(ask_a_partner, 10), Act(ask_on_a_consent, 3), Act(take, 30),
    Act(know_nobody, 24), Act(know_one, 5), Act(put_down, 6), Act(decline, 4), Act(finish, 5),
    Act(withdraw_a_request, 4), Act(give_more, 12), Act(withdraw_a_consent, 2),
    Act(she_takes_it_back, 3), Act(bar_somebody), Act(take_off_the_team, 8),
]  # fmt: skip
