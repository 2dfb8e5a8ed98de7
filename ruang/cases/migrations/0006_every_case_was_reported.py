"""No case without a time at which it was told to us."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_say_when_it_was_reported"),
    ]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="reported_at",
            field=models.DateTimeField(),
        ),
    ]
