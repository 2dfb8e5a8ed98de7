"""The migration that starts clocks, on a database with reports from before there were any."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER
from ruang.intake.commands import claim_report
from ruang.intake.models import Report
from ruang.intake.states import Safety, State
from tests import make
from tests.migrating import forward

BEFORE = [("intake", "0003_keep_drafts")]


@pytest.mark.django_db(transaction=True)
def test_each_open_report_gets_its_clock_and_the_others_none() -> None:
    city = make.city()
    free, held, danger, decided = (
        make.report_of(make.receipt(safety=safety))
        for safety in (Safety.SAFE, Safety.SHORT, Safety.DANGER, Safety.SAFE)
    )
    officer = make.officer(city)
    claim_report(actor=make.actor(officer), report_id=held.pk, at=make.AT)
    Report.objects.filter(pk=decided.pk).update(state=State.DECIDED)
    kept = Clock.objects.get(subject=danger.pk)
    try:
        MigrationExecutor(connection).migrate(BEFORE)
        Clock.objects.exclude(pk=kept.pk).delete()
    finally:
        forward()
    found = {clock.subject: clock for clock in Clock.objects.filter(kind=ANSWER)}
    assert set(found) == {free.pk, held.pk, danger.pk}
    assert found[danger.pk].pk == kept.pk
    for report in (free, held, danger):
        report.refresh_from_db()
        clock = found[report.pk]
        assert (clock.started_at, clock.due_at) == (report.received_at, report.due_at)
        assert (clock.desk, clock.owner) == (report.desk, report.holder)
        assert clock.started_at <= clock.warn_at <= clock.due_at
        assert clock.next_at == clock.warn_at
    assert found[held.pk].owner == officer.pk
