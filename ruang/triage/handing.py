"""A report goes to another organisation's desk: the next epoch's keys, which we do not hold.

Every text is sealed anew under them, and the wraps of the desk that hands over are deleted.
The reporter holds both epochs and notices nothing but the message (vault.md §2).
"""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.identity import directory
from ruang.intake import clocks
from ruang.intake.models import Report
from ruang.intake.states import COMPARTMENTS, State
from ruang.intake.writing import NOT_HELD
from ruang.kernel.errors import Refused
from ruang.triage.named import must_not_be_named
from ruang.vault.keyring import (
    CannotOpen,
    Material,
    current_keys,
    new_keys,
    ring,
    take_away,
)
from ruang.vault.models import KeyPair, Kind
from ruang.vault.pairs import pair_in_force
from ruang.vault.quorum import quorum_pair
from ruang.vault.texts import open_text, seal_text, version_of

COLUMNS = {
    "contact": "contact", "recorded": "contact",
    "story": "story", "details": "story", "must_not_read": "story",
}  # fmt: skip
"""Sealed column of a report → the key it is under."""


def hand_over(report: Report, *, to_desk: UUID | None, actor: Actor, at: datetime) -> None:
    """Give a report to another desk; it is new there, with its own clock.

    :raises Refused: if that desk takes no reports, the report names it among those that must
        not read it, or the report is closed to this desk
    """
    able = {desk.id for desk in directory.desks(Permission.REPORT_WORK)}
    pair = pair_in_force(to_desk, Kind.DESK) if to_desk else None
    if pair is None or to_desk not in able - {report.desk}:
        raise Refused(_("Choose a desk that takes reports."))
    must_not_be_named(report, actor, desk=to_desk)
    try:
        keys = _next_keys(report, pair, actor, at)
        _seal_anew(report, keys, actor)
    except CannotOpen:
        raise Refused(NOT_HELD) from None
    take_away(owner=report.desk, whose=report.pk)
    report.desk, report.state, report.holder = pair.owner, State.NEW, None
    clocks.handed_over(report, actor=actor, at=at)


def _next_keys(
    report: Report, desk: KeyPair, actor: Actor, at: datetime
) -> dict[str, Material]:
    """Make the keys of the next epoch, for the other desk, the reporter and the quorum."""
    present = ring(actor.keys).material(current_keys(report.pk)["story"])
    holders = [desk, pair_in_force(report.pk, Kind.REPORTER), quorum_pair()]
    return new_keys(
        whose=report.pk,
        names=COMPARTMENTS,
        holders=[holder for holder in holders if holder is not None],
        given_by=actor.user_id,
        at=at,
        epoch=present.epoch + 1,
    )


def _seal_anew(report: Report, keys: dict[str, Material], actor: Actor) -> None:
    for column, name in COLUMNS.items():
        _reseal(report, column, keys[name], actor)
    for message in report.messages.all():
        _reseal(message, "text", keys["story"], actor)
        message.save(update_fields=["text"])
    for file in report.attachments.all():
        _reseal(file, "meta", keys["story"], actor)
        file.save(update_fields=["meta"])
    for check in report.risk_checks.all():
        _reseal(check, "answers", keys["story"], actor)
        check.save(update_fields=["answers"])


def _reseal(row: models.Model, column: str, key: Material, actor: Actor) -> None:
    blob = getattr(row, column)
    if blob:
        text, version = open_text(actor.keys, row, column), version_of(blob) + 1
        setattr(row, column, seal_text(key, type(row), column, row.pk, text, version))
