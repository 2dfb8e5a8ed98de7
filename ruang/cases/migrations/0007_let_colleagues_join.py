"""A colleague of the office that has a case may be on its team, beside manager and deputy."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_every_case_was_reported"),
        ("identity", "0002_three_more_roles"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="member",
            name="one_manager_one_deputy",
        ),
        migrations.AlterField(
            model_name="member",
            name="part",
            field=models.CharField(
                choices=[
                    ("manager", "Case manager"),
                    ("deputy", "Deputy"),
                    ("team", "Colleague of the office"),
                    ("partner", "Partner"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("part__in", ("manager", "deputy"))),
                fields=("case", "part"),
                name="one_manager_one_deputy",
            ),
        ),
    ]
