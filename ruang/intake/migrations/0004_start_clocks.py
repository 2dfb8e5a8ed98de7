"""Every open report has a clock: one is started for those that came before there were any."""

from datetime import timedelta

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BATCH = 500
OPEN = ("new", "claimed")
WARN_AT = 0.75


def start_clocks(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Start the clock of each open report that has none, from when it came in."""
    alias = schema_editor.connection.alias
    clocks = apps.get_model("clocks", "Clock")
    reports = apps.get_model("intake", "Report").objects.using(alias).filter(state__in=OPEN)
    ticking = clocks.objects.using(alias).filter(kind="answer", state__in=("running", "paused"))
    waiting = reports.exclude(pk__in=ticking.values("subject")).order_by("pk")
    for row in waiting.iterator(chunk_size=BATCH):
        span = max(row.due_at - row.received_at, timedelta(0))
        soon = row.received_at + span * WARN_AT
        clocks.objects.using(alias).create(
            kind="answer",
            area="report",
            subject=row.pk,
            desk=row.desk,
            owner=row.holder,
            started_at=row.received_at,
            due_at=row.due_at,
            warn_at=soon,
            next_at=min(soon, row.due_at),
        )


def leave(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Keep them: the table of clocks goes with its own migration."""


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0002_find_paused_and_unexplained"),
        ("intake", "0003_keep_drafts"),
    ]

    operations = [migrations.RunPython(start_clocks, leave)]
