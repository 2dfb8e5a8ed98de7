"""The official keys of a case, and what its records say already: cases know no records.

TPKS stays while one of them speaks of sexual violence; here they are looked through.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.cases import commands as cases
from ruang.cases import seats
from ruang.cases.policy import RULES
from ruang.cases.states import Step
from ruang.clocks.states import Ended
from ruang.dossier import legal_track
from ruang.dossier.sexual import is_denied
from ruang.kernel.codes import Authority, CaseKind, IsTpks
from ruang.kernel.official_keys import Keys


@transaction.atomic
def answer_case_tpks(*, actor: Actor, case_id: UUID, answer: IsTpks, at: datetime) -> None:
    """Say whether a case is TPKS, which something in it put in question; yes begins its clock.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if the case is closed, or it is answered already
    """
    case = cases.answer_tpks(actor=actor, case_id=case_id, answer=answer, at=at)
    if answer is IsTpks.YES:
        keys = Keys.of(case.kind, case.authority, tpks=True)
        identify_case(
            actor=actor, case_id=case_id, kind=keys.kind, authority=keys.authority, tpks=True,
            at=at,
        )  # fmt: skip


@transaction.atomic
def identify_case(
    *,
    actor: Actor,
    case_id: UUID,
    kind: CaseKind | None,
    authority: Authority | None,
    tpks: bool,
    at: datetime,
    base: Keys | None = None,
) -> None:
    """Say what kind of matter a case is, whose, and whether it is sexual violence (TPKS).

    :param base: what the form began with; what was left as it was changes nothing
    :raises PermissionDenied: if neither manager nor deputy
    :raises KeysConflict: if somebody saved another answer to the same question meanwhile
    :raises Refused: if the case is closed, or TPKS would be taken off by one person alone
    """
    case = seats.locked(actor, case_id)
    require(RULES[Step.IDENTIFY], actor, case)
    is_marked = case.tpks or Keys(kind, authority, tpks).whole.tpks
    in_doubt = case.sexual_by_record and not is_marked
    case = cases.identify_case(
        actor=actor, case_id=case_id, kind=kind, authority=authority, tpks=tpks,
        denied=in_doubt and is_denied(case_id, actor), base=base, at=at,
    )  # fmt: skip
    if case.tpks:
        legal_track.catch_up(case, actor=actor, at=at)


@transaction.atomic
def ask_unmarking(
    *, actor: Actor, case_id: UUID, why: Ended, decider: UUID, reason: str, at: datetime
) -> UUID:
    """Ask a second person to take TPKS off a case, once its records are looked through.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if a record speaks of sexual violence, or it cannot be asked
    """
    case = seats.locked(actor, case_id)
    require(RULES[Step.UNMARK], actor, case)
    return cases.ask_unmarking(
        actor=actor, case_id=case_id, why=why, decider=decider, reason=reason, at=at,
        denied=case.sexual_by_record and is_denied(case_id, actor),
    )  # fmt: skip
