"""One column held the nearest of follow-up and legal track: each goes to its own.

An agreement is written once however often its form is sent; a closing keeps which checks were
ticked, for whoever decides.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def tell_apart(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give follow-ups back the day that was set last; any other day is of the legal track.

    What a record says stays sealed: only the day that stood on the case is moved.
    """
    alias = schema_editor.connection.alias
    cases = apps.get_model("cases", "Case").objects.using(alias)
    follow_ups = apps.get_model("plans", "FollowUp").objects.using(alias)
    for case in cases.filter(state="open").iterator(chunk_size=500):
        last = follow_ups.filter(case=case.pk).order_by("at", "pk").last()
        asked = last.next_on if last is not None else None
        legal = None if case.next_on == asked else case.next_on
        if (case.next_on, case.legal_on) != (asked, legal):
            cases.filter(pk=case.pk).update(next_on=asked, legal_on=legal)


def put_together(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the one column hold the nearest of both again."""
    cases = apps.get_model("cases", "Case").objects.using(schema_editor.connection.alias)
    for case in cases.exclude(legal_on=None).iterator(chunk_size=500):
        nearest = min(day for day in (case.next_on, case.legal_on) if day is not None)
        cases.filter(pk=case.pk).update(next_on=nearest)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_keep_each_date_by_itself"),
        ("plans", "0002_seal_health_apart"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="form_tag",
            field=models.BinaryField(blank=True, max_length=32, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="termination",
            name="done",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.RunPython(tell_apart, put_together),
    ]
