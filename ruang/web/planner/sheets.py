"""A plan as a sheet: one visit a row."""

from collections.abc import Sequence

from django.utils.translation import gettext

from ruang.planner.queries import PaperPage, VisitLine
from ruang.web.tables import Sheet


def sheet_of(page: PaperPage) -> Sheet:
    """Return a plan as a table."""
    return Sheet(gettext("Plan"), _head(), map(_line, page.lines))


def _line(visit: VisitLine) -> Sequence[object]:
    return (
        visit.starts.date(),
        visit.starts.time(),
        visit.ends.time(),
        visit.programme,
        visit.where,
        visit.village,
        visit.district_name,
        visit.place,
        ", ".join(visit.people),
        str(visit.language.label),
        str(visit.audience.label),
    )


def _head() -> Sequence[str]:
    return (
        gettext("Day"),
        gettext("From"),
        gettext("Until"),
        gettext("Programme"),
        gettext("RW, school or community"),
        gettext("Kelurahan"),
        gettext("Kecamatan"),
        gettext("Place"),
        gettext("Facilitators"),
        gettext("Language"),
        gettext("Group"),
    )
