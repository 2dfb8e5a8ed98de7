"""The city's one row, held while a command changes it.

A form remembers in which edition it read its part. Who saves onto another one is told, and
sees both: nobody's change is lost (as with records of a case).
"""

import json
from collections.abc import Mapping
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.kernel.errors import Refused
from ruang.territory import facts
from ruang.territory.models import City
from ruang.territory.policy import may_change, may_set_up

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "names": ("unit_name", "service_title"),
    "hours": ("opens_at", "closes_at", "workdays", "is_closed_on_holidays"),
    "numbers": ("emergency", "hotlines"),
    "exit": ("exit_url",),
    "desks": ("intake_desk", "alternate_desk"),
    "answer_hours": ("hours_high", "hours_medium", "hours_unrated", "hours_low"),
    "words": ("unit_short", "welcome", "happens_next"),
    "pause": ("pause_days",),
    "shelter": ("shelter_days", "shelter_more_days"),
    "retention": ("keep_case_years", "keep_report_years", "keep_audit_years"),
    "days": ("school_holidays", "fasting"),
    "mediation": ("may_mediate_complaint_offences",),
}
"""Part of the settings → its columns."""


class ChangedMeanwhile(Refused):
    """Somebody saved another text of this part while the form was open. Nothing was saved."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody changed this while you had it open. Nothing of yours was saved yet. "
                "Look at what stands there now; saving again puts yours in its place."
            )
        )


def edition(city: City, part: str) -> str:
    """Return what a part of the settings is known by; another once anything is changed."""
    said = [getattr(city, name) for name in COLUMNS[part]]
    text = json.dumps(said, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:16]


def put(city: City, part: str, base: str | None) -> None:
    """Save a part of the settings; the same saved twice is no conflict.

    :param base: the edition that the form began with; None where there was no form
    :raises ChangedMeanwhile: if somebody saved another text of it since then
    """
    stored = edition(City.objects.get(pk=city.pk), part)
    if base is not None and stored not in {base, edition(city, part)}:
        raise ChangedMeanwhile
    city.save(update_fields=COLUMNS[part])


def city_to_change(actor: Actor) -> City:
    """Return the city, locked until the transaction ends; this process forgets what it knew.

    :raises PermissionDenied: if the actor may not change it
    :raises Refused: if no city has been set up
    """
    require(may_set_up, actor, None)
    city = City.objects.select_for_update().first()
    if city is None:
        raise Refused(_("No city has been set up yet. Run the set-up first."))
    require(may_change, actor, city)
    forget_when_done()
    return city


def forget_when_done() -> None:
    """Let readers ask anew, now and when the change is committed."""
    facts.forget_city()
    transaction.on_commit(facts.forget_city)
