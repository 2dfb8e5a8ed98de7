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
    why: Ended | None = None,
    base: Keys | None = None,
) -> None:
    """Say what kind of matter a case is, whose, and whether it is sexual violence (TPKS).

    :param base: what the form began with; what was left as it was changes nothing
    :raises PermissionDenied: if neither manager nor deputy
    :raises KeysConflict: if somebody saved another answer to the same question meanwhile
    :raises Refused: if the case is closed, TPKS is taken back without a reason, or while a
        record speaks of sexual violence
    """
    case = seats.locked(actor, case_id)
    require(RULES[Step.IDENTIFY], actor, case)
    in_doubt = case.sexual_by_record and not Keys(kind, authority, tpks).whole.tpks
    case = cases.identify_case(
        actor=actor, case_id=case_id, kind=kind, authority=authority, tpks=tpks, why=why,
        denied=in_doubt and is_denied(case_id, actor), base=base, at=at,
    )  # fmt: skip
    if case.tpks:
        legal_track.catch_up(case, actor=actor, at=at)
