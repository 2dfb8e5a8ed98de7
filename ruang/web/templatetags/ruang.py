"""Tags and filters of the pages: ``{% load ruang %}``. Listed in ruang/web/README.md."""

from datetime import datetime, timedelta
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ruang.kernel.clock import now
from ruang.kernel.told import Details, Feedback
from ruang.web import told, words
from ruang.web.bar import prevention_parts
from ruang.web.fields import question

register = template.Library()

_ICONS = {
    "pen": "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
    "phone": "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 "
    "2 0 0 1 2-2",
    "pin": "M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12M12 11.500a2.500 2.500 0 1 0 0-5 "
    "2.500 2.500 0 0 0 0 5",
    "key": "M14 10a4 4 0 1 0-3 3l2 2h2v2h2v2h3v-3l-6-6",
    "tick": "M5 12l5 5L19 7",
    "cross": "M6 6l12 12M18 6L6 18",
    "lock": "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
    "eye": "M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3 2",
    "message": "M4 5h16v11H9l-5 4z",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4",
    "people": "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3 20a6 6 0 0 1 12 0M16 5.500a3 3 0 0 1 0 5M18 "
    "14a6 6 0 0 1 3 6",
    "back": "M15 5l-7 7 7 7",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon. It is decoration: the words beside it say the same."""
    return format_html(
        '<svg class="rk-i" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        _ICONS[name],
    )


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """Show one question of a form.

    Options: ``label``, ``hint``, ``heading=True`` (the label is the page's h1), ``count=500``
    (live count of letters), anything else is an attribute of the input (``rows=6``).
    """
    known = {k: options.pop(k) for k in ("label", "hint", "heading", "count") if k in options}
    attrs = {name.replace("_", "-"): value for name, value in options.items()}
    asked = question(bound, attrs=attrs, **known)
    return _component(f"field_{asked.kind}", {"q": asked})


@register.simple_tag
def errors(*asked: forms.BaseForm, extra: str = "") -> SafeString:
    """Show the summary of everything that is not right yet; nothing when all is right.

    ``extra`` is one more sentence: a refusal of the command.
    """
    lines: list[tuple[str, str]] = [("", extra)] if extra else []
    for form in asked:
        lines += [("", str(error)) for error in form.non_field_errors()]
        for bound in form:
            target = question(bound).target
            lines += [(target, str(error)) for error in bound.errors]
    return _component("error_summary", {"lines": lines}) if lines else mark_safe("")


@register.simple_tag(takes_context=True)
def prevention(context: template.Context, current: str) -> SafeString:
    """Show the parts of prevention, the page with this name as the present one."""
    parts = prevention_parts(actor=context["request"].actor, current=current)
    return _component("prevention_parts", {"parts": parts})


@register.simple_tag
def clock(
    due_at: datetime,
    *,
    at: datetime | None = None,
    started_at: datetime | None = None,
    met_at: datetime | None = None,
    paused: words.Words = "",
    meter: bool = True,
    note: words.Words = "",
) -> SafeString:
    """Show a clock: what is left or how late, in words, with a meter when the start is known.

    ``note`` says who was told when it ran out.
    """
    face = words.clock_face(
        due_at=due_at, at=at or now(), started_at=started_at, met_at=met_at, paused=paused
    )
    return _component("clock", {"face": face, "meter": meter, "note": note})


@register.filter
def moment(when: datetime, at: datetime | None = None) -> str:
    """Say day and time: "hari ini, 14.20"."""
    return words.moment(when, at or now())


@register.filter
def day(when: datetime, at: datetime | None = None) -> str:
    """Say the day: "kemarin", "23 Nov"."""
    return words.day(when, at or now())


@register.filter
def long_day(when: datetime) -> str:
    """Say the day in full: "Senin 23 November 2026"."""
    return words.long_day(when)


@register.filter
def hour(when: datetime) -> str:
    """Say the time of day: "14.20"."""
    return words.hour(when)


@register.filter
def number(value: float) -> str:
    """Say a number: "2.382"."""
    return words.number(value)


@register.filter
def signed(value: int) -> str:
    """Say a change: "+12", "−3", "0"."""
    return words.signed(value)


@register.filter
def span(length: timedelta) -> str:
    """Show a length of time in its two largest units."""
    return words.span(length)


@register.filter
def filesize(octets: int) -> str:
    """Say the size of a file: "2,4 MB"."""
    return words.size(octets)


@register.filter
def answers(details: Details) -> tuple[tuple[words.Words, str], ...]:
    """Say the other answers of a report: what was asked, and the answer."""
    return told.answers(details)


@register.filter
def feedback(said: Feedback) -> list[str]:
    """Say how the help was: one answer a line."""
    return told.feedback_lines(said)


@register.filter
def initials(name: str) -> str:
    """Say two letters for a name."""
    return words.initials(name)


@register.filter
def inside(label: words.Words) -> str:
    """Put a label inside a sentence: "input di SIMFONI-PPA", "BAP"."""
    return words.inside(label)


@register.filter
def in_language(url: str) -> str:
    """Keep the language in a link from one public page to another."""
    return words.in_language(url)


def _component(name: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string(f"components/{name}.html", context))  # noqa: S308
