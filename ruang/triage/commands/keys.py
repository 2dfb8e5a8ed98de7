"""The official keys of a case, and what its legal track says already: cases know no records."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access.actor import Actor
from ruang.cases import commands as cases
from ruang.clocks.states import Ended
from ruang.dossier import legal_track
from ruang.kernel.codes import Authority, CaseKind


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
) -> None:
    """Say what kind of matter a case is, whose, and whether it is sexual violence (TPKS).

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if the case is closed, or TPKS is taken back without a reason
    """
    case = cases.identify_case(
        actor=actor, case_id=case_id, kind=kind, authority=authority, tpks=tpks, why=why, at=at
    )
    if case.tpks:
        legal_track.catch_up(case, actor=actor, at=at)
