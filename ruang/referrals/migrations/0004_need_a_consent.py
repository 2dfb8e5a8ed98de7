"""From here on no request can be written without the consent it rests on."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_write_consents")]

    operations = [
        migrations.AlterField(
            model_name="referral",
            name="consent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="consents.consent",
            ),
        ),
    ]
