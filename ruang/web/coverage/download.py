"""The table of every RT as a file: XLSX for offices, CSV for everything else."""

from collections.abc import Sequence

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ruang.prevention.queries.coverage_table import TableRow, coverage_table
from ruang.web.coverage.forms import asked
from ruang.web.request import Request
from ruang.web.tables import Sheet, answer


@require_safe
def table(request: Request) -> HttpResponseBase:
    """Send every standing RT with what it got in the period."""
    rows = coverage_table(actor=request.actor, sieve=asked(request.GET), at=request.at)
    sheet = Sheet(_("Coverage"), _head(), map(_line, rows))
    name = f"jangkauan-{timezone.localtime(request.at):%Y-%m-%d}"
    return answer(sheet, name=name, as_workbook=request.GET.get("bentuk") != "csv")


def _head() -> Sequence[str]:
    return (
        _("Kecamatan"),
        _("Code of the kelurahan"),
        _("Kelurahan"),
        _("RW"),
        _("RT"),
        _("People living there"),
        _("Sessions in the period"),
        _("Latest session in the period"),
    )


def _line(row: TableRow) -> Sequence[str | int]:
    last = timezone.localtime(row.last).date().isoformat() if row.last else ""
    return (
        row.district, row.village_code, row.village, row.rw, row.rt, row.people,
        row.times, last,
    )  # fmt: skip
