"""Room for the consent that each request rests on, and for when it was first answered."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consents", "0001_first_tables"),
        ("referrals", "0001_first_tables"),
    ]

    operations = [
        migrations.AlterField(
            model_name="referral",
            name="basis",
            field=models.CharField(
                choices=[
                    ("consent", "Her consent"),
                    ("vital", "Vital interest: a life or health is in danger"),
                    ("law", "A law requires it"),
                    ("public", "A public duty or service"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="answered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="consent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="consents.consent",
            ),
        ),
    ]
