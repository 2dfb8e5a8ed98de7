"""Which offices a report names as those that must not read it: it is handed to none of them.

"Somebody at the office" is said of the office that takes the city's reports, or of the desk of
whoever wrote the report down. An institution that is named in words is one of them too.
"""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.identity import directory
from ruang.identity.directory import Desk
from ruang.intake.models import Report
from ruang.intake.told import MustNotRead
from ruang.intake.writing import NOT_HELD
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.territory import queries as territory
from ruang.vault.keyring import CannotOpen
from ruang.vault.texts import open_text

NAMED_HERE = _(
    "The report names this office among those that must not read it. Choose another one."
)


def not_named(report: Report, desks: Iterable[Desk], actor: Actor) -> list[Desk]:
    """Return the desks to which this report can be handed, of these.

    :raises Refused: if the report is closed to this desk
    """
    barred, offices = _barred(report, actor), _offices(report)
    return [one for one in desks if not _is_named(one.id, one.name, barred, offices)]


def must_not_be_named(
    report: Report, actor: Actor, *, desk: UUID | None = None, name: str = ""
) -> None:
    """Refuse to let a report go to an office it names.

    :param name: of an institution without a desk here
    :raises Refused: if it names this one, or is closed to this desk
    """
    called = name or (directory.desk_names([desk]).get(desk, "") if desk else "")
    if _is_named(desk, called, _barred(report, actor), _offices(report)):
        raise Refused(NAMED_HERE)


def _barred(report: Report, actor: Actor) -> MustNotRead:
    try:
        return MustNotRead.from_text(open_text(actor.keys, report, "must_not_read"))
    except CannotOpen:
        raise Refused(NOT_HELD) from None


def _offices(report: Report) -> dict[UUID, str]:
    """Return what "the office" is: the city's own desk, and that of who wrote it down."""
    ids = [territory.city().intake_desk]
    if report.recorded_by is not None:
        ids += [one.desk for one in directory.people([report.recorded_by]).values()]
    known = [one for one in ids if one is not None]
    return directory.desk_names(known)


def _is_named(
    desk: UUID | None, name: str, barred: MustNotRead, offices: dict[UUID, str]
) -> bool:
    called = _plain(name)
    if called and called in _plain(barred.names):
        return True
    return barred.office and (desk in offices or called in map(_plain, offices.values()))


def _plain(text: str) -> str:
    return " ".join(tidy(text).casefold().split())
