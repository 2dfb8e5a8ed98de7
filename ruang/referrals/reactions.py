"""What happens to requests by itself: time is up, a case closes, an account ends.

Each may come late or twice: what has moved on meanwhile is left as it is.
"""

from datetime import datetime
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.audit.feed import Happened
from ruang.cases.states import Step as CaseStep
from ruang.kernel.errors import Refused
from ruang.referrals import commands
from ruang.referrals.commands import move_referral
from ruang.referrals.models import Referral, ReferralQuerySet
from ruang.referrals.states import RUNNING, State, Step


def expire(referral_id: UUID, at: datetime) -> None:
    """Nobody answered in time: the package is destroyed."""
    _move(referral_id, Step.EXPIRE, at)


def lapse(referral_id: UUID, at: datetime) -> None:
    """The time agreed on is over: what was shared is closed again."""
    _move(referral_id, Step.LAPSE, at)


def end_consent(consent_id: UUID, at: datetime) -> None:
    """The last day of a consent has passed: what rests on it is closed again."""
    try:
        commands.end_consent(actor=SYSTEM, consent_id=consent_id, at=at)
    except Refused:
        return


def end_with_case(fact: Happened, at: datetime) -> None:
    """A case was closed: nobody is asked for it any more, and partners read it no more."""
    if fact.codes["step"] == CaseStep.CLOSE:
        running = _requests().filter(case=UUID(fact.ids["case"]), state__in=RUNNING)
        for referral_id in running.values_list("pk", flat=True):
            _move(referral_id, Step.WITHDRAW, at)


def end_with_account(fact: Happened, at: datetime) -> None:
    """An account was suspended or removed: what was being checked is free for a colleague.

    What was under way ends, because that person's keys are gone: the manager asks again.
    """
    mine = _requests().filter(taken_by=UUID(fact.ids["user"]))
    for referral_id, state in mine.values_list("pk", "state"):
        if state == State.CHECKING:
            _move(referral_id, Step.PUT_BACK, at)
        elif state == State.ACCEPTED:
            _move(referral_id, Step.WITHDRAW, at)


def _requests() -> ReferralQuerySet:
    return Referral.objects.visible_to(SYSTEM).order_by("pk")


def _move(referral_id: UUID, step: Step, at: datetime) -> None:
    try:
        move_referral(actor=SYSTEM, referral_id=referral_id, step=step, at=at)
    except Refused:
        return
