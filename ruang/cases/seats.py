"""Places on the team of a case: finding them, their keys, and the facts about them."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.cases.events import TeamChanged
from ruang.cases.models import Case, Member
from ruang.cases.states import HELPERS, SHAREABLE, Change, Part, State
from ruang.clocks import answers, keep, legal, moments
from ruang.clocks.legal import Holder, running
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Area, Moment
from ruang.kernel.codes import Risk
from ruang.kernel.errors import Refused
from ruang.risk.suggesting import raises
from ruang.vault.keyring import CannotOpen, Material, all_keys, ring
from ruang.vault.models import KeyPair, Kind
from ruang.vault.pairs import pair_in_force


def locked(actor: Actor, case_id: UUID) -> Case:
    """Load a case by sight and hold it: changes of one team come one after the other."""
    in_sight = Case.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, case_id)


def must_be_open(case: Case) -> None:
    """Refuse to share anything from a closed case."""
    if case.state != State.OPEN:
        raise Refused(_("This case was closed: nothing more is shared from it."))


def member_of(case: Case, user_id: UUID) -> Member | None:
    """Return somebody's place on the team now."""
    return case.team.filter(user=user_id, ended_at=None).first()


def partner_on(case: Case, user_id: UUID) -> Member:
    """Return a partner's place on the team.

    :raises Refused: if that person is no partner there
    """
    member = member_of(case, user_id)
    if member is None or member.part != Part.PARTNER:
        raise Refused(_("This person is no partner on this team any more. Reload the page."))
    return member


def helper_on(case: Case, user_id: UUID) -> Member:
    """Return a colleague's or partner's place on the team.

    :raises Refused: if that person is neither there
    """
    member = member_of(case, user_id)
    if member is None or member.part not in HELPERS:
        raise Refused(_("This person is not on this team any more. Reload the page."))
    return member


def pair_of(user_id: UUID) -> KeyPair:
    """Return somebody's key pair.

    :raises Refused: if there is none yet
    """
    pair = pair_in_force(user_id, Kind.USER)
    if pair is None:
        raise Refused(_("This person has no key yet. Ask them to sign in once."))
    return pair


def materials(actor: Actor, whose: UUID, names: Iterable[str] = ()) -> list[Material]:
    """Open every epoch's key of these compartments (all by default), to give them on.

    :raises Refused: if the actor lacks one of them
    """
    ids = all_keys(whose, names)
    actor.keys.prefetch(ids)
    try:
        return [ring(actor.keys).material(key_id) for key_id in ids]
    except CannotOpen:
        raise Refused(
            _("You do not hold every key this needs. Ask the other of manager and deputy.")
        ) from None


def ordered(compartments: Iterable[str]) -> list[str]:
    """Return the codes of what can be shared, each once, in the order of the list."""
    chosen = set(compartments)
    return [code.value for code in SHAREABLE if code.value in chosen]


def changed(
    case: Case,
    user_id: UUID,
    change: Change,
    part: str = "",
    *,
    compartments: Iterable[str] = (),
    code: str = "",
) -> TeamChanged:
    """Return the fact of what happened to somebody's place on the team."""
    return TeamChanged(
        case.pk,
        user_id,
        change=change.value,
        part=part,
        compartments=",".join(compartments),
        code=code,
    )


def legal_holder(case: Case) -> Holder:
    """Return whose clocks of the law a case's are: they wait for its manager."""
    manager = case.team.filter(part=Part.MANAGER, ended_at=None)
    owner = manager.values_list("user", flat=True).first()
    return Holder(case.pk, Area.CASE, case.desk, owner)


def clock_marks(case: Case) -> tuple[str, ...]:
    """Return the clocks that a mark of the case makes apply: a person starts them again."""
    return (TPKS_POLICE,) if case.tpks else ()


def happened(case: Case, moment: Moment, *, actor: Actor, at: datetime) -> None:
    """Tell the clocks what happened in a case, in the transaction in which it did."""
    moments.happened(moment, case.pk, partial(legal_holder, case), actor=actor, at=at)


def raised(case: Case, before: str, *, actor: Actor, at: datetime) -> None:
    """Tell the clocks if the risk of a case was set: none of them pauses once it was raised.

    :param before: the level before; empty where the case begins
    """
    answers.raised(case.pk, Risk(case.risk), actor=actor, at=at)
    is_higher = raises(Risk(case.risk), Risk(before)) if before else case.risk == Risk.HIGH
    if is_higher:
        legal.end_pauses(case.pk, actor=actor, at=at)
    if case.risk == Risk.HIGH and before != Risk.HIGH:
        happened(case, Moment.RISK_HIGH, actor=actor, at=at)


def wait_for_manager(case: Case) -> None:
    """Let the clocks wait for whoever manages the case now, those of the law and hers."""
    owner = legal_holder(case).owner
    for clock in running(case.pk):
        keep.wait_for(clock, owner)
    answers.wait_for(case.pk, owner)
