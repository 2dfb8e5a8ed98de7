import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0002_keep_history_and_staged_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="rw",
            name="came_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successors",
                to="register.rw",
            ),
        ),
        migrations.AddField(
            model_name="rw",
            name="went_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="register.rw",
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="step",
            field=models.CharField(
                choices=[
                    ("add", "Added"),
                    ("change", "Corrected"),
                    ("split", "Split"),
                    ("merge", "Merged"),
                    ("move", "Put into another RW"),
                    ("end", "Ended"),
                    ("list", "Taken over from a list"),
                ],
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="rw",
            constraint=models.CheckConstraint(
                condition=models.Q(("went_into", None), ("ending", "merged"), _connector="OR"),
                name="rw_merged_with_successor",
            ),
        ),
    ]
