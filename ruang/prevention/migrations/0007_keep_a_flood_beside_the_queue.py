from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("prevention", "0006_count_who_comes_by_code"),
    ]

    operations = [
        migrations.AddField(
            model_name="request",
            name="is_known",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="request",
            name="parked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="request",
            name="declined",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reached", "We have been there recently"),
                    ("no_facilitator", "No facilitator is free in that time"),
                    ("outside", "It is outside the city"),
                    ("not_ours", "Another office does this"),
                    ("twice", "The same request came twice"),
                    ("flood", "Very many requests came at once, and yours was among them"),
                ],
                max_length=14,
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                condition=models.Q(("parked_at", None), ("state", "waiting")),
                fields=["received_at"],
                name="request_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                condition=models.Q(("parked_at__isnull", False)),
                fields=["village", "parked_at"],
                name="request_pile",
            ),
        ),
    ]
