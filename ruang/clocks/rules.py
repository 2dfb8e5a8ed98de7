"""The time limits in force here: the official text, or what the city corrected of it."""

from dataclasses import replace

from ruang.clocks.models import RuleChange
from ruang.clocks.official import OFFICIAL, Rule
from ruang.clocks.states import Unit


def in_force() -> dict[str, Rule]:
    """Return every rule by its code, also those that are switched off here."""
    changes = {change.kind: change for change in RuleChange.objects.all()}
    return {
        kind: _corrected(rule, changes[kind]) if kind in changes else rule
        for kind, rule in OFFICIAL.items()
    }


def rule_of(kind: str) -> Rule | None:
    """Return the rule of this code; None if there is none, or it is switched off here."""
    rule = OFFICIAL.get(kind)
    change = RuleChange.objects.filter(pk=kind).first() if rule else None
    if rule is not None and change is not None:
        rule = _corrected(rule, change)
    return rule if rule and rule.is_active else None


def _corrected(rule: Rule, change: RuleChange) -> Rule:
    return replace(
        rule,
        amount=change.amount,
        unit=Unit(change.unit),
        source=change.source,
        source_on=change.source_on,
        is_active=change.is_active,
    )
