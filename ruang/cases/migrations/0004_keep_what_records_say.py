"""Whether a record says sexual violence, coded on the case.

What the records of cases that bear TPKS say is sealed, and may be just that: they begin marked.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark_cases_with_tpks(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """Begin with the safe answer, for no migration opens a record."""
    apps.get_model("cases", "Case").objects.filter(tpks=True).update(sexual_by_record=True)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_reopening_notes"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="sexual_by_record",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark_cases_with_tpks, migrations.RunPython.noop),
    ]
