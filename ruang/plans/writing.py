"""What every command of a plan does: seal under the plan, know a form again, say the fact."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.states import Compartment, Step
from ruang.cases.writing import LONGEST, NOT_HELD, material
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.outbox.leave import Code
from ruang.outbox.leave import leave as leave_codes
from ruang.plans.events import PlanMoved
from ruang.plans.policy import can_be_mediated, is_sexual_violence
from ruang.plans.states import HELD
from ruang.plans.words import NO_SETTLEMENT, NOT_HELD_YET, NOT_THIS_KIND
from ruang.vault.keyring import CannotOpen
from ruang.vault.texts import open_text, seal_text

Row = TypeVar("Row", bound=models.Model)
WRITE = "write"
"""The step by which something of a plan begins, in its facts."""
COMPLETE = "complete"
"""The step by which a service gets what the register asks of it, in its facts."""


def sealed(
    case: Case,
    model: type[models.Model],
    field: str,
    row: UUID,
    text: str,
    actor: Actor,
    compartment: Compartment = Compartment.PLAN,
    version: int = 1,
) -> bytes:
    """Seal a text of the plan.

    :raises Refused: if the actor holds no key of the part
    """
    return seal_text(material(case, compartment, actor), model, field, row, text, version)


def opened(row: models.Model, field: str, actor: Actor) -> str:
    """Open a text of the plan.

    :raises Refused: if the actor holds no key of it
    """
    try:
        return open_text(actor.keys, row, field)
    except CannotOpen:
        raise Refused(NOT_HELD) from None


def short(text: str) -> str:
    """Return what may be left empty as it is stored.

    :raises Refused: if it is too long
    """
    plain = tidy(text)
    if len(plain) > LONGEST:
        raise Refused(_("This is too long for one piece. Divide it into several."))
    return plain


def today(at: datetime) -> date:
    """Return which day it is here."""
    return timezone.localtime(at).date()


def same(rows: "models.QuerySet[Row]", form_tag: bytes | None) -> Row | None:
    """Return what the same form wrote before; None if it is new."""
    return rows.filter(form_tag=form_tag).first() if form_tag else None


def changed(case: Case, at: datetime) -> None:
    """Say that the case changed, if it is still open.

    :raises Refused: if the case is closed
    """
    case.take(Step.WRITE)
    case.changed_at = at
    case.save(update_fields=["changed_at"])


def must_be_mediable(case: Case) -> None:
    """Refuse whatever is a road to mediation where there is none.

    :raises Refused: naming the article, in a case of sexual violence
    """
    if is_sexual_violence(case):
        raise Refused(NO_SETTLEMENT)
    if not can_be_mediated(case):
        raise Refused(NOT_THIS_KIND)


def must_be_held(case: Case) -> None:
    """Refuse to say that mediation was given before it was assessed, asked for and held.

    :raises Refused: as :func:`must_be_mediable` does too
    """
    must_be_mediable(case)
    if not case.mediations.filter(state__in=HELD).exists():
        raise Refused(NOT_HELD_YET)


def leave(
    case: Case,
    thing: str,
    row: UUID,
    codes: Mapping[str, Code],
    at: datetime,
    *,
    version: int = 1,
) -> None:
    """Leave the coded answers of what was just saved for the statistics process.

    :param thing: what of the plan it is
    :param version: of this row; a later one replaces what was left before
    """
    leave_codes(
        subject=case.pk,
        kind=f"plan_{thing}",
        row=row,
        version_of_row=version,
        codes=codes,
        at=at,
    )


def moved(case: Case, item: UUID, thing: str, step: str, code: str = "") -> PlanMoved:
    """Return the fact that something of the plan moved."""
    return PlanMoved(case.pk, case.desk, item, thing, str(step), str(code))
