"""What a city corrected before it could own a time limit is what it has afterwards."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ruang.clocks.official import OFFICIAL, TPKS_POLICE
from ruang.clocks.rules import in_force
from ruang.clocks.states import Unit
from tests.migrating import forward

BEFORE = [("clocks", "0003_count_rounds")]


@pytest.mark.django_db(transaction=True)
def test_a_correction_from_before_stays_as_it_was() -> None:
    try:
        executor = MigrationExecutor(connection)
        old = executor.migrate(BEFORE).apps
        old.get_model("clocks", "RuleChange").objects.create(
            kind=TPKS_POLICE, amount=48, unit="hours", source="Perda 1/2027 ps 3",
            source_on=date(2027, 1, 2), is_active=False,
        )  # fmt: skip
    finally:
        forward()
    rule, official = in_force()[TPKS_POLICE], OFFICIAL[TPKS_POLICE]
    assert (rule.amount, rule.unit, rule.source) == (48, Unit.HOURS, "Perda 1/2027 ps 3")
    assert (rule.is_active, rule.may_pause) == (False, False)
    assert (rule.title, rule.who, rule.begins) == (
        official.title,
        official.who,
        official.begins,
    )
