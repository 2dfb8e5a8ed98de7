"""What the city has decided where no national text says it, and the way back to the start."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.territory.changing import COLUMNS, city_to_change, put
from ruang.territory.events import CityChanged, CityReset
from ruang.territory.models import CLOSES, OPENS, City

LONGEST_STAY = 366
"""Days. A stay that may last longer is no temporary one."""
LONGEST_PAUSE = 60
"""Days."""
LONGEST_KEPT = 100
"""Years."""
SHORT, SENTENCE, STORY = 40, 200, 600
"""Letters of the unit's short name, of the welcome, of what happens next."""
LANGUAGES = ("id", "en")


@transaction.atomic
def set_shelter(
    *,
    actor: Actor,
    days: int | None,
    more_days: int | None,
    at: datetime,
    base: str | None = None,
) -> None:
    """Say how long a stay in a shelter lasts, and by how much it can be extended.

    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor may not change the city
    :raises ChangedMeanwhile: if somebody changed this part since then
    :raises Refused: if it is no length, or an extension of nothing
    """
    city = city_to_change(actor)
    for length in (days, more_days):
        if length is not None and not 1 <= length <= LONGEST_STAY:
            raise Refused(_("Give a number of days from 1 to %d.") % LONGEST_STAY)
    if more_days is not None and days is None:
        raise Refused(_("First say how long a stay lasts, then by how much it is extended."))
    city.shelter_days, city.shelter_more_days = days, more_days
    put(city, "shelter", base)
    record(CityChanged(city.pk, "shelter"), actor=actor, at=at)


@transaction.atomic
def set_pause(*, actor: Actor, days: int | None, at: datetime, base: str | None = None) -> None:
    """Say how many days a clock pauses at most before it runs on by itself.

    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor may not change the city
    :raises ChangedMeanwhile: if somebody changed this part since then
    :raises Refused: if it is no number of days: a pause without an end is none
    """
    city = city_to_change(actor)
    if days is None or not 1 <= days <= LONGEST_PAUSE:
        raise Refused(_("Give a number of days from 1 to %d.") % LONGEST_PAUSE)
    city.pause_days = days
    put(city, "pause", base)
    record(CityChanged(city.pk, "pause"), actor=actor, at=at)


@transaction.atomic
def set_retention(
    *,
    actor: Actor,
    cases: int | None,
    reports: int | None,
    audit: int | None,
    at: datetime,
    base: str | None = None,
) -> None:
    """Say for how many years things are kept, by the city's archive schedule (JRA).

    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor may not change the city
    :raises ChangedMeanwhile: if somebody changed this part since then
    :raises Refused: if it is no number of years, or the trail would end before what it proves
    """
    city = city_to_change(actor)
    for years in (cases, reports, audit):
        if years is not None and not 1 <= years <= LONGEST_KEPT:
            raise Refused(_("Give a number of years from 1 to %d.") % LONGEST_KEPT)
    longest = max(cases or 0, reports or 0)
    if audit is not None and (audit < longest or cases is None or reports is None):
        raise Refused(_("The audit trail is kept at least as long as what it proves."))
    city.keep_case_years, city.keep_report_years = cases, reports
    city.keep_audit_years = audit
    put(city, "retention", base)
    record(CityChanged(city.pk, "retention"), actor=actor, at=at)


@transaction.atomic
def set_mediation(
    *, actor: Actor, complaint_offences: bool, at: datetime, base: str | None = None
) -> None:
    """Let offences that need a complaint (delik aduan) be mediated, or not.

    Sexual violence never is (UU 12/2022 ps 23); no setting changes that.

    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor may not change the city
    :raises ChangedMeanwhile: if somebody changed this part since then
    """
    city = city_to_change(actor)
    city.may_mediate_complaint_offences = complaint_offences
    put(city, "mediation", base)
    record(CityChanged(city.pk, "mediation"), actor=actor, at=at)


@transaction.atomic
def set_public_words(
    *,
    actor: Actor,
    unit_short: str,
    welcome: Mapping[str, str],
    happens_next: Mapping[str, str],
    at: datetime,
    base: str | None = None,
) -> None:
    """Change what the public pages say in the city's own words; empty says nothing.

    :param welcome: by language; both languages or none
    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor may not change the city
    :raises ChangedMeanwhile: if somebody changed this part since then
    :raises Refused: if a text is too long, or stands in one language only
    """
    city = city_to_change(actor)
    short = " ".join(tidy(unit_short).split())
    if len(short) > SHORT:
        raise Refused(_("This name is too long. Use at most %d letters.") % SHORT)
    city.unit_short = short
    city.welcome = _said(welcome, SENTENCE)
    city.happens_next = _said(happens_next, STORY)
    put(city, "words", base)
    record(CityChanged(city.pk, "words"), actor=actor, at=at)


@transaction.atomic
def reset_part(*, actor: Actor, part: str, at: datetime) -> None:
    """Set a part of the settings back to what a new installation has.

    :raises PermissionDenied: if the actor may not change the city
    :raises Refused: if there is no such part
    """
    city = city_to_change(actor)
    if part not in STARTS:
        raise Refused(_("This has no start to go back to."))
    values = {name: start(city) for name, start in STARTS[part].items()}
    for name, value in values.items():
        setattr(city, name, value)
    city.save(update_fields=list(values))
    record(CityReset(city.pk, part), actor=actor, at=at)


def _said(texts: Mapping[str, str], longest: int) -> dict[str, str]:
    said = {language: tidy(texts.get(language, "")) for language in LANGUAGES}
    if any(len(text) > longest for text in said.values()):
        raise Refused(_("This text is too long. Use at most %d letters.") % longest)
    if any(said.values()) and not all(said.values()):
        raise Refused(_("Write it in both languages, or leave both empty."))
    return said if all(said.values()) else {}


def _default(name: str) -> Callable[[City], Any]:
    return lambda _city: getattr(City(), name)


_START_OF = (
    "numbers", "exit", "answer_hours", "words", "pause", "shelter", "retention", "days",
    "mediation",
)  # fmt: skip
STARTS: Mapping[str, Mapping[str, Callable[[City], Any]]] = {
    **{part: {name: _default(name) for name in COLUMNS[part]} for part in _START_OF},
    "hours": {
        "opens_at": lambda _city: OPENS,
        "closes_at": lambda _city: CLOSES,
        "workdays": _default("workdays"),
        "is_closed_on_holidays": _default("is_closed_on_holidays"),
    },
}
"""Part → its columns, and what each has in a new installation. Names and desks have none."""
