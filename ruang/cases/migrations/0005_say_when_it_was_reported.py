"""A case says when it was first told to us: at the latest when it was opened."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F


def from_opening(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the opening for every case; where its report is known, triage says it better."""
    cases = apps.get_model("cases", "Case").objects.using(schema_editor.connection.alias)
    cases.filter(reported_at=None).update(reported_at=F("opened_at"))


def leave(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing to take back: the column goes."""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_keep_what_records_say"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="reported_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(from_opening, leave),
    ]
