"""What was changed from a version on, put on top of what is saved now; clashes are shown."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.models import Record
from ruang.dossier.reading import answers, at_version
from ruang.dossier.schema import Value, Values
from ruang.dossier.states import Kind
from ruang.dossier.values import Clash, Conflict, cleaned, mine_to_save, with_changes
from ruang.kernel.errors import Refused


def on_top(
    row: Record, version: int, values: Mapping[str, Value], theirs: Values, actor: Actor
) -> Values:
    """Return everything saved, with what was changed from a version on put on top of it.

    :param theirs: what is saved now
    :raises Conflict: if somebody saved another answer to the same field meanwhile
    :raises Refused: if an answer cannot be saved, or the version is not of this record
    """
    mine = cleaned(SCHEMAS[Kind(row.kind)], values)
    base = _base(row, version, theirs, actor)
    changes, clashes = mine_to_save(base=base, theirs=theirs, mine=mine)
    now = with_changes(theirs, changes)
    if clashes:
        found = tuple(_clash(row, name, base, theirs, mine, actor) for name in clashes)
        raise Conflict(row.version, now, found)
    return now


def _base(row: Record, version: int, theirs: Values, actor: Actor) -> Values:
    if not 1 <= version <= row.version:
        raise Refused(_("This page is not of this record. Reload it."))
    return theirs if version == row.version else at_version(row, version, actor)


def _clash(
    row: Record, name: str, base: Values, theirs: Values, mine: Values, actor: Actor
) -> Clash:
    """Return one clash, with who saved the other answer: the last save that changed it."""
    at, by, newer = row.changed_at, row.changed_by, theirs.get(name)
    for old in row.versions.order_by("-version"):
        if answers(old, actor).get(name) != newer:
            break
        at, by = old.at, old.by
    return Clash(name, base.get(name, ""), theirs.get(name, ""), mine[name], by, at)
