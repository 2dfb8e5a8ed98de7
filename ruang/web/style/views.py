"""Every component in every state, for whoever builds a page. Only with DEBUG or in a demo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ruang.kernel.clock import now
from ruang.territory import queries as territory
from ruang.web.bar import Area, Me
from ruang.web.errors import views as errors
from ruang.web.style import forms

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table in the gallery."""

    number: str
    kind: str
    risk: str
    started_at: datetime
    due_at: datetime
    holder: str

    @property
    def late(self) -> bool:
        """Say whether the clock ran out."""
        return self.due_at < now()


def _is_demo() -> bool:
    return territory.city().is_demo


def _only_for_builders(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not (settings.DEBUG or _is_demo()):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@_only_for_builders
def staff(request: HttpRequest) -> HttpResponse:
    """Show the components of staff pages."""
    at = now()
    rows = [
        Row("A-2611-047", _("Physical"), "high", *_clock(at, -12, 60), ""),
        Row("A-2611-051", _("Threat"), "high", *_clock(at, 4, 30), ""),
        Row("A-2611-049", _("Not sorted yet"), "", *_clock(at, 18, 60), "Dimas P."),
        Row("A-2611-046", _("Psychological"), "medium", *_clock(at, 190, 360), "Rina A."),
        Row("A-2611-050", _("Counselling"), "low", *_clock(at, 1700, 2880), "Rina A."),
    ]
    context = {
        **_bar(),
        "at": at,
        "rows": rows,
        "clocks": _clocks(at),
        "yesterday": at - timedelta(hours=20),
        "names": ("Wulan Sari", "Hendra Nugraha", "Maya Lestari"),
        "tabs": ((_("All"), "?", True), (_("Services"), "?", False), (_("Law"), "?", False)),
        "facts": ((_("Received"), "23 November"), (_("Door"), "Telepon 129")),
        "form": forms.Everything(),
        "wrong": forms.Safe({}),
    }
    return render(request, "style/staff.html", context)


@_only_for_builders
def public(request: HttpRequest) -> HttpResponse:
    """Show the components of public pages; a POST shows the form's mistakes."""
    sent = request.POST if request.method == "POST" else None
    steps = (
        ("ok", _("Received"), _("Today, 14.20")),
        ("on", _("An officer reads your report"), _("By 20.20 today at the latest")),
        ("", _("We contact you"), _("Only in the way you chose")),
    )
    words = ("senja", "melati", "perahu", "tujuh", "kelapa", "angin", "damai")
    context = {
        "form": forms.Safe(sent),
        "more": forms.Everything(sent),
        "words": words,
        "steps": steps,
    }
    return render(request, "style/public.html", context)


@_only_for_builders
def confirm(request: HttpRequest) -> HttpResponse:
    """Show the skeleton of a page that asks before it acts."""
    context = {**_bar(), "back_url": "/gaya/", "do": _("Close the case")}
    return render(request, "style/confirm.html", context)


@_only_for_builders
def error(request: HttpRequest, status: int) -> HttpResponse:
    """Show an error page."""
    troubles = (errors.BAD, errors.FORBIDDEN, errors.MISSING, errors.TOO_LARGE)
    for trouble in (*troubles, errors.BROKEN, errors.BUSY):
        if trouble.status == status:
            return errors.show(request, trouble)
    raise Http404


def _clock(at: datetime, left: int, whole: int) -> tuple[datetime, datetime]:
    due = at + timedelta(minutes=left, seconds=30)
    return due - timedelta(minutes=whole), due


def _clocks(at: datetime) -> list[dict[str, object]]:
    hour = timedelta(hours=1)
    base: dict[str, object] = {
        "due_at": at + 2 * hour,
        "started_at": at - hour,
        "met_at": None,
        "paused": "",
    }
    return [
        base,
        {**base, "paused": _("waiting for the survivor")},
        {**base, "met_at": at},
        {**base, "due_at": at - hour, "met_at": at},
    ]


def _bar() -> dict[str, object]:
    me = Me(
        name="Rina Aulia",
        role=_("Intake officer"),
        organisation="DP3AKB Kota Serang",
        sessions_url="#",
        sign_out_url="#",
        other_language=(("en", "English", "?b=en"), ("id", "Bahasa Indonesia", "?b=id")),
    )
    nav: tuple[Area, ...] = (
        (_("My desk"), "/meja/", False),
        (_("Reports"), "/pengaduan/", True),
        (_("Cases"), "/kasus/", False),
        (_("Referrals"), "/rujukan/", False),
        (_("Members"), "/anggota/", False),
        (_("Audit"), "/audit/", False),
    )
    return {"me": me, "nav": nav, "results": (("success", _("You have claimed this report.")),)}
