"""Every step of a request: taken, checked, accepted, handed back, declined, ended.

Each end takes its keys away at once, whoever holds them: the asked desk's wrap of what was
asked, the package, the names, and the membership with everything it opened.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import SYSTEM, Actor
from ruang.access.require import require
from ruang.audit.due import schedule
from ruang.audit.record import record
from ruang.cases.commands import (
    exclude_oneself,
    join_team,
    leave_team,
    remove_member,
    write_note,
)
from ruang.cases.models import Case
from ruang.cases.states import Compartment, EntryKind
from ruang.cases.states import State as CaseState
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.referrals.clocks import LAPSE
from ruang.referrals.commands.ask import LONGEST
from ruang.referrals.events import ReferralMoved
from ruang.referrals.models import Referral
from ruang.referrals.policy import RULES
from ruang.referrals.states import NAMES, REQUEST, Decline, Result, State, Step
from ruang.vault import release
from ruang.vault.keyring import CannotOpen, current_keys, give, ring, take_away
from ruang.vault.models import KeyPair, Kind
from ruang.vault.pairs import pair_in_force
from ruang.vault.texts import seal_text


@dataclass(frozen=True, slots=True, repr=False)
class Move:
    """One step that somebody takes, with what was said to it.

    :ivar taker: who had taken the request before this step
    """

    referral: Referral
    case: Case
    actor: Actor
    at: datetime
    code: str
    text: str
    taker: UUID | None


@transaction.atomic
def move_referral(
    *,
    actor: Actor,
    referral_id: UUID,
    step: Step,
    at: datetime,
    code: str = "",
    text: str = "",
) -> Referral:
    """Take one step with a request.

    :param code: the reason for declining, or how it ended, from the closed lists
    :param text: a note to who asked, or what came of it; sealed
    :raises NotInSight: if for this actor there is no such request
    :raises PermissionDenied: if the actor sees it but may not take this step
    :raises Refused: if the step is not open now, or something needed for it is missing
    """
    asked = sight.one(Referral.objects.visible_to(actor), referral_id)
    in_order = Case.objects.visible_to(SYSTEM).select_for_update(of=("self",))
    case = sight.one(in_order, asked.case_id)
    in_sight = Referral.objects.visible_to(actor).select_for_update(of=("self",))
    referral = sight.one(in_sight, referral_id)
    require(RULES[step], actor, referral)
    taker = referral.taken_by_id
    referral.take(step, at=at)
    _ACTS[step](Move(referral, case, actor, at, code, text, taker))
    if step in _ANSWERS and referral.answered_at is None:
        referral.answered_at = at
    referral.save()
    said = code if step in _WITH_CODE else ""
    moved = ReferralMoved(
        referral.pk, referral.case_id, referral.receiver_id, step=step.value, code=said
    )
    record(moved, actor=actor, at=at)
    return referral


def _take(move: Move) -> None:
    """Give the names, and nothing else, to one person."""
    referral, me = move.referral, move.actor.user_id
    _must_be_open(move.case)
    if move.case.team.filter(user=me, ended_at=None).exists():
        raise Refused(_("You are on the team of this case. Let a colleague take this request."))
    _release(move, [NAMES])
    referral.taken_by_id = me


def _confirm(move: Move) -> None:
    """Give exactly what was chosen to the person who knows nobody, and join the team."""
    referral, me = move.referral, move.actor.user_id
    _must_be_open(move.case)
    if referral.share_until <= move.at:
        raise Refused(_("The time for which this was shared is over. Ask the case manager."))
    _release(move, referral.compartments)
    key = ring(move.actor.keys).material(current_keys(referral.pk)[REQUEST])
    give(
        [key], to=[_own_pair(me)], given_by=referral.asker_id, at=move.at,
        until=referral.share_until,
    )  # fmt: skip
    take_away(owner=me, whose=referral.pk, names=[NAMES])
    take_away(owner=referral.receiver_id, whose=referral.pk)
    release.destroy(referral.pk)
    schedule(LAPSE, referral.pk, referral.share_until)
    join_team(
        actor=move.actor,
        case_id=referral.case_id,
        compartments=[Compartment(code) for code in referral.compartments],
        until=referral.share_until,
        at=move.at,
    )


def _hand_back(move: Move) -> None:
    """Whoever knows somebody never sees the case again; a colleague may take it.

    What she took on in this case before, not knowing yet, ends with it.
    """
    _free(move)
    mine = Referral.objects.visible_to(SYSTEM).filter(
        case=move.case, taken_by=move.actor.user_id, state=State.ACCEPTED
    )
    for other in mine.order_by("pk").values_list("pk", flat=True):
        move_referral(actor=SYSTEM, referral_id=other, step=Step.WITHDRAW, at=move.at)
    exclude_oneself(actor=move.actor, case_id=move.referral.case_id, at=move.at)


def _put_back(move: Move) -> None:
    _free(move)


def _free(move: Move) -> None:
    if move.taker is not None:
        take_away(owner=move.taker, whose=move.referral.pk, names=[NAMES])
    move.referral.taken_by_id = None


def _decline(move: Move) -> None:
    referral, note = move.referral, tidy(move.text)
    if move.code not in Decline.values:
        raise Refused(_("Choose the reason that fits best."))
    if len(note) > LONGEST:
        raise Refused(_("This note is too long. A few words are enough."))
    if note:
        try:
            key = ring(move.actor.keys).material(current_keys(referral.pk)[REQUEST])
        except CannotOpen:
            raise Refused(_NO_KEY) from None
        blob = seal_text(key, Referral, "decline_note", referral.pk, note)
        referral.decline_note = blob
    referral.decline = move.code
    _end(move)


def _withdraw(move: Move) -> None:
    """Everything that was shared is closed again at once; so does every other end."""
    _end(move)
    on_team = move.case.team.filter(user=move.taker, ended_at=None)
    if move.taker is not None and on_team.exists():
        remove_member(
            actor=move.actor,
            case_id=move.referral.case_id,
            user_id=move.taker,
            at=move.at,
        )


def _expire(move: Move) -> None:
    _end(move)


def _finish(move: Move) -> None:
    """Leave the outcome with the team, and the team."""
    if move.code not in Result.values:
        raise Refused(_("Choose how the help ended."))
    write_note(
        actor=move.actor,
        case_id=move.referral.case_id,
        compartment=Compartment.PLAN,
        text=move.text,
        kind=EntryKind.OUTCOME,
        at=move.at,
    )
    move.referral.result = move.code
    _end(move)
    leave_team(actor=move.actor, case_id=move.referral.case_id, at=move.at)


def _end(move: Move) -> None:
    """Take every key away. The clocks are left: a worker holds them while it waits for us."""
    referral = move.referral
    release.destroy(referral.pk)
    take_away(owner=referral.receiver_id, whose=referral.pk)
    if move.taker is not None:
        take_away(owner=move.taker, whose=referral.pk)


_ACTS: Mapping[Step, Callable[[Move], None]] = {
    Step.TAKE: _take,
    Step.CONFIRM: _confirm,
    Step.HAND_BACK: _hand_back,
    Step.PUT_BACK: _put_back,
    Step.DECLINE: _decline,
    Step.WITHDRAW: _withdraw,
    Step.EXPIRE: _expire,
    Step.LAPSE: _withdraw,
    Step.FINISH: _finish,
}
_ANSWERS = frozenset({Step.CONFIRM, Step.DECLINE})
"""With these the asked desk has answered; taking a request to look at the names is none."""
_WITH_CODE = frozenset({Step.DECLINE, Step.FINISH})
_NO_KEY = _("You do not hold your desk's key yet. Ask a colleague to confirm your account.")


def _release(move: Move, names: list[str]) -> None:
    """Take keys from the package; this needs the desk's key and the server's together."""
    try:
        release.take(
            keys=move.actor.keys,
            request=move.referral.pk,
            names=names,
            to=_own_pair(move.actor.user_id),
            given_by=move.referral.asker_id,
            at=move.at,
        )
    except CannotOpen:
        raise Refused(_NO_KEY) from None


def _own_pair(user_id: UUID) -> KeyPair:
    pair = pair_in_force(user_id, Kind.USER)
    if pair is None:
        raise Refused(_NO_KEY)
    return pair


def _must_be_open(case: Case) -> None:
    if case.state != CaseState.OPEN:
        raise Refused(_("This case was closed. There is nothing left to take on."))
