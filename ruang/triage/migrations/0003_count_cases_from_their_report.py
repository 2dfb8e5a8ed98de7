"""A case that a report became was told to us when that report came in."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BATCH = 500


def from_report(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take over when each report came in; it may have been written down days later."""
    alias = schema_editor.connection.alias
    cases = apps.get_model("cases", "Case").objects.using(alias)
    decisions = apps.get_model("triage", "Decision").objects.using(alias)
    known = decisions.exclude(case=None).order_by("pk")
    pairs = known.values_list("case", "report__received_at")
    for case, received_at in pairs.iterator(chunk_size=BATCH):
        cases.filter(pk=case).update(reported_at=received_at)


def leave(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Keep them: the column goes with its own migration."""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_every_case_was_reported"),
        ("intake", "0006_add_the_door_of_sessions"),
        ("triage", "0002_keep_repeats_and_hand_overs"),
    ]

    operations = [migrations.RunPython(from_report, leave)]
