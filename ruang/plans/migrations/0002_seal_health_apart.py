"""What of health a service was gets a column of its own, under another key (ADR 0060).

Nothing moves here: nobody but the members of a case can open what is to be sealed anew. The next
save by one who holds both keys moves it.
"""

from django.db import migrations

import ruang.vault.texts


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_first_tables")]

    operations = [
        migrations.AddField(
            model_name="service",
            name="health",
            field=ruang.vault.texts.SealedField("plans.service.health", blank=True, null=True),
        ),
    ]
