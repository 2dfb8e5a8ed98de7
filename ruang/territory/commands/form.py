"""Opening and closing the public form."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.territory.changing import city_to_change
from ruang.territory.events import FormClosed, FormOpened


@transaction.atomic
def open_form(*, actor: Actor, at: datetime) -> None:
    """Let the public form take reports.

    Whoever calls this has made sure that somebody can open what comes in: the quorum exists
    and the desk has two members (the rule needs people, whom this context does not know).

    :raises PermissionDenied: if the actor may not change the city
    :raises Refused: if it is open, or a desk is missing
    """
    city = city_to_change(actor)
    if city.opened_at is not None:
        raise Refused(_("The form is open already."))
    if city.intake_desk is None or city.alternate_desk is None:
        raise Refused(_("First say which two desks take the reports."))
    city.opened_at = at
    city.save(update_fields=["opened_at"])
    record(FormOpened(city.pk), actor=actor, at=at)


@transaction.atomic
def close_form(*, actor: Actor, at: datetime) -> None:
    """Take no more reports by the form; it shows the telephone numbers instead.

    :raises PermissionDenied: if the actor may not change the city
    :raises Refused: if it is closed already
    """
    city = city_to_change(actor)
    if city.opened_at is None:
        raise Refused(_("The form is closed already."))
    city.opened_at = None
    city.save(update_fields=["opened_at"])
    record(FormClosed(city.pk), actor=actor, at=at)
