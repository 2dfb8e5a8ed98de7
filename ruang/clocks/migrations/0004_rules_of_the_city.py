"""A city corrects every part of a time limit, and adds its own; what it corrected stays."""

from django.db import migrations, models

MOMENTS = [
    ("report_taken", "Somebody takes the report"),
    ("report_decided", "The report is decided"),
    ("case_opened", "The case is opened"),
    ("assessed", "An assessment is recorded"),
    ("plan_said", "What she says to the plan is recorded"),
    ("service_given", "A service was given"),
    ("companion", "A companion is with her"),
    ("follow_up", "She was reached in a follow-up"),
    ("police_report", "The police report is recorded"),
    ("risk_high", "The risk of the case is set to high"),
    ("case_closed", "The case is closed"),
    ("by_hand", "A person says so"),
]


def _words(name: str) -> migrations.AddField:
    field = models.CharField(blank=True, default="", max_length=120)
    return migrations.AddField("cityrule", name, field, preserve_default=False)


def _moment(name: str) -> migrations.AddField:
    field = models.CharField(blank=True, choices=MOMENTS, default="", max_length=14)
    return migrations.AddField("cityrule", name, field, preserve_default=False)


class Migration(migrations.Migration):
    dependencies = [("clocks", "0003_count_rounds")]

    operations = [
        migrations.RenameModel("RuleChange", "CityRule"),
        *(
            _words(name)
            for name in ("title", "title_en", "who", "who_en", "begins", "begins_en")
        ),
        *(_moment(name) for name in ("starts", "meets")),
        migrations.AddField("cityrule", "may_pause", models.BooleanField(default=False)),
        migrations.AlterField(
            "cityrule", "amount", models.PositiveSmallIntegerField(blank=True, null=True)
        ),
        migrations.AlterField(
            "cityrule", "source", models.CharField(blank=True, max_length=200)
        ),
        migrations.AlterField("cityrule", "source_on", models.DateField(blank=True, null=True)),
        migrations.AddConstraint(
            "cityrule",
            models.CheckConstraint(
                condition=models.Q(
                    ("is_active", False),
                    models.Q(("amount__isnull", False), ("source_on__isnull", False)),
                    _connector="OR",
                ),
                name="in_force_with_a_time",
            ),
        ),
    ]
