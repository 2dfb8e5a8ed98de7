"""The hours of the desk in words."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from ruang.territory.hours import Hours


def week(hours: Hours) -> str:
    """Return the days and hours: "Senin–Jumat 08.00–16.00"; empty if it never opens."""
    if not hours.workdays:
        return ""
    if hours.opens_at == hours.closes_at:
        times = _("day and night")
    else:
        times = f"{hours.opens_at:%H.%M}–{hours.closes_at:%H.%M}"
    return f"{_days(sorted(hours.workdays))} {times}"


def _days(days: list[int]) -> str:
    names = [str(WEEKDAYS[day - 1]) for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)
