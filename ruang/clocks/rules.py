"""The time limits in force here: the official text, what the city corrected, and its own.

A rule is read anew each time: what it says of words, pausing and meeting holds at once for the
clocks that run; what it says of time holds for those that begin from then on.
"""

from dataclasses import fields, replace
from hashlib import sha256

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ruang.clocks.models import CityRule, Clock
from ruang.clocks.official import OFFICIAL, Rule
from ruang.clocks.said import RuleWords
from ruang.clocks.states import Area, Moment, Unit

OWN_SOURCE = _("The city's own")
"""Where a time limit of the city names nothing else."""


def in_force() -> dict[str, Rule]:
    """Return every rule by its code, the city's own last, also those that are off here."""
    rows = {row.kind: row for row in CityRule.objects.order_by("title", "kind")}
    official = {
        kind: _corrected(rule, rows.pop(kind)) if kind in rows else rule
        for kind, rule in OFFICIAL.items()
    }
    return official | {kind: _own(row) for kind, row in rows.items()}


def rule_of(kind: str) -> Rule | None:
    """Return the rule of this code; None if there is none, or it is switched off here."""
    rule = any_rule(kind)
    return rule if rule and rule.is_active else None


def any_rule(kind: str) -> Rule | None:
    """Return the rule of this code, also one that is off here; None if there is none."""
    row = CityRule.objects.filter(pk=kind).first()
    official = OFFICIAL.get(kind)
    if official is None:
        return _own(row) if row else None
    return _corrected(official, row) if row else official


def words_of(kind: str) -> RuleWords:
    """Return what the city itself wrote of a rule; empty where it wrote nothing."""
    row = CityRule.objects.filter(pk=kind).first()
    names = [one.name for one in fields(RuleWords)]
    return RuleWords(**{name: getattr(row, name) for name in names}) if row else RuleWords()


def edition_of(kind: str) -> str:
    """Return what the city's text of a rule is known by; another once anything is changed."""
    row = CityRule.objects.filter(pk=kind).values_list().first()
    return sha256(repr(row).encode()).hexdigest()[:16]


def has_run(kind: str) -> bool:
    """Say whether a clock ever ran by this rule: then it is not removed any more."""
    return Clock.objects.filter(kind=kind).exists()


def _corrected(rule: Rule, row: CityRule) -> Rule:
    return replace(
        rule,
        title=_words(row.title, row.title_en, rule.title),
        who=_words(row.who, row.who_en, rule.who),
        begins=_words(row.begins, row.begins_en, rule.begins),
        amount=row.amount,
        unit=Unit(row.unit),
        source=row.source,
        source_on=row.source_on,
        may_pause=row.may_pause,
        is_active=row.is_active,
    )


def _own(row: CityRule) -> Rule:
    starts = Moment(row.starts)
    return Rule(
        kind=row.kind,
        title=_words(row.title, row.title_en, row.title),
        who=_words(row.who, row.who_en, row.who),
        begins=starts.label,
        amount=row.amount,
        unit=Unit(row.unit),
        source=row.source or OWN_SOURCE,
        source_on=row.source_on,
        area=Area.REPORT if starts is Moment.REPORT_TAKEN else Area.CASE,
        may_pause=row.may_pause,
        is_active=row.is_active,
        starts=starts,
        meets=Moment(row.meets),
        is_own=True,
        has_source=bool(row.source),
    )


def _words(said: str, in_english: str, otherwise: str | Promise) -> str | Promise:
    """Return the city's words in the reader's language; where it wrote none, the others."""
    if not said and not in_english:
        return otherwise
    return _in_language(said, in_english, otherwise)


def _pick(said: str, in_english: str, otherwise: str | Promise) -> str:
    is_english = (get_language() or "").startswith("en")
    return (in_english if is_english else said) or str(otherwise)


_in_language = lazy(_pick, str)
