"""The parts of the settings: word in the address, form, command, and what stands beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.territory import commands
from ruang.web.settings import forms, spans
from ruang.web.setup import forms as setup


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the settings.

    :ivar code: what the facts call it
    :ivar note: what whoever changes it should know first
    :ivar resets: it has a start to go back to
    """

    slug: str
    code: str
    title: str | Promise
    form: Any
    command: Callable[..., None]
    note: str | Promise = ""
    resets: bool = True


def _hours(*, workdays: list[str], **given: Any) -> None:
    commands.set_opening_hours(workdays=[int(day) for day in workdays], **given)


def _numbers(*, emergency: str, hotlines: str, **given: Any) -> None:
    commands.set_numbers(
        emergency=setup.lines(emergency), hotlines=setup.lines(hotlines), **given
    )


def _words(*, unit_short: str, actor: Any, at: Any, base: str | None, **texts: str) -> None:
    commands.set_public_words(
        actor=actor,
        unit_short=unit_short,
        welcome={"id": texts["welcome_id"], "en": texts["welcome_en"]},
        happens_next={"id": texts["next_id"], "en": texts["next_en"]},
        at=at,
        base=base,
    )


def _days(*, school_holidays: str, fasting: str, **given: Any) -> None:
    commands.set_days(
        school_holidays=spans.school_holidays(school_holidays),
        fasting=spans.fasting(fasting),
        **given,
    )


PARTS: Mapping[str, Part] = {
    one.slug: one
    for one in (
        Part("nama", "names", _("Names"), setup.Names, commands.set_names, resets=False),
        Part("jam", "hours", _("Duty hours"), setup.Hours, _hours),
        Part(
            "hari-khusus",
            "days",
            _("School holidays and the fasting month"),
            spans.Days,
            _days,
            _(
                "By the school calendar of the office of education, and for the fasting month "
                "as the minister of religion says. Plans of sessions keep to what stands "
                "here; nothing is known before somebody has entered it."
            ),
        ),
        Part("nomor", "numbers", _("Telephone numbers"), setup.Numbers, _numbers),
        Part("kata", "words", _("Words on the public pages"), forms.PublicWords, _words),
        Part(
            "jawaban",
            "answer_hours",
            _("Hours until the first answer"),
            setup.AnswerHours,
            commands.set_answer_hours,
            _(
                "The national standard says: high at once, medium about six hours. It says "
                "nothing that we could read for low; that number is the city's own."
            ),
        ),
        Part(
            "jeda",
            "pause",
            _("Pause of a clock"),
            forms.Pause,
            commands.set_pause,
            _(
                "A clock pauses for a stated reason alone, and never while the risk is high. "
                "After so many days at most it runs on by itself. No national number was found."
            ),
        ),
        Part(
            "penampungan",
            "shelter",
            _("Stay in a shelter"),
            forms.Shelter,
            commands.set_shelter,
            _(
                "No national number was found. Other places write 7 or 14 days that can be "
                "extended. Leave it empty until the city has decided."
            ),
        ),
        Part(
            "retensi",
            "retention",
            _("Years that things are kept"),
            forms.Retention,
            commands.set_retention,
            _(
                "By the city's archive schedule (JRA). While it is empty, nothing is "
                "destroyed because of its age."
            ),
        ),
        Part(
            "mediasi",
            "mediation",
            _("Mediation"),
            forms.Mediation,
            commands.set_mediation,
            _(
                "Sexual violence is never settled out of court (UU 12/2022 ps 23): no setting "
                "changes that. One city's standard also names delik aduan where the woman "
                "wants no prosecution. Ask Bagian Hukum before you allow it."
            ),
        ),
        Part("keluar-cepat", "exit", _("Quick exit"), setup.ExitSite, commands.set_exit),
    )
}
"""Word in the address → the part."""
