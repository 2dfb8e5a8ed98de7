"""Every pause has an end: one that began before ends seven days after it began."""

from datetime import timedelta

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F

LONGEST = timedelta(days=7)


def end_what_pauses(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let each pause end as one that is begun today."""
    clocks = apps.get_model("clocks", "Clock").objects.using(schema_editor.connection.alias)
    clocks.filter(state="paused").update(paused_until=F("paused_at") + LONGEST)


def leave(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing to take back: the column goes."""


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0005_clocks_of_an_office"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="clock",
            name="paused_with_reason",
        ),
        migrations.AddField(
            model_name="clock",
            name="paused_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(end_what_pauses, leave),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("state", "paused")),
                fields=["paused_until"],
                name="clock_pause_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("paused_at__isnull", False),
                        ("paused_until__isnull", False),
                        ("state", "paused"),
                        models.Q(("paused_why", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "paused"), _negated=True),
                        ("paused_at", None),
                        ("paused_until", None),
                        ("paused_why", ""),
                    ),
                    _connector="OR",
                ),
                name="paused_with_reason",
            ),
        ),
    ]
