"""A person of another case of mine: what is known is taken over, nothing is told twice."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases import seats
from ruang.dossier.kinds.person import ENTRY
from ruang.dossier.models import Record
from ruang.dossier.policy import may_write
from ruang.dossier.reading import LINK, people_of
from ruang.dossier.schema import many
from ruang.dossier.states import Kind, Step
from ruang.dossier.writing import moved, opened, put_record
from ruang.kernel.errors import Refused


@transaction.atomic
def take_over_person(*, actor: Actor, case_id: UUID, record_id: UUID, at: datetime) -> Record:
    """Copy a person from another case one is on, and link the two inside the sealed text.

    The other case is not touched: no row and no fact says which two cases share a person.

    :raises NotInSight: if the actor is not on both
    :raises Refused: if it is no person, was set aside, or stands in this case already
    """
    case = seats.locked(actor, case_id)
    require(may_write, actor, case)
    row = sight.one(Record.objects.visible_to(actor).exclude(case=case_id), record_id)
    if row.kind != Kind.PERSON:
        raise Refused(_("This is no person."))
    row.take(Step.SAVE)
    said = opened(row, actor)
    if any(row.pk.hex in many(known, LINK) for _one, known in people_of(case_id, actor)):
        raise Refused(_("This person stands in this case already."))
    kept = {name: value for name, value in said.items() if name not in ENTRY}
    kept[LINK] = (*many(said, LINK), row.pk.hex)
    made = put_record(case, Kind.PERSON, kept, actor=actor, at=at, form_tag=None)
    record(moved(made), actor=actor, at=at)
    return made
