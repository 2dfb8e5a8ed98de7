"""The minutes of a case that another institution takes over."""

import django.db.models.deletion
from django.db import migrations, models

import ruang.kernel.ids
import ruang.vault.texts


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_let_colleagues_join"),
        ("plans", "0001_first_tables"),
        ("referrals", "0004_need_a_consent"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseHandOver",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ruang.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("authority", "It is another institution's task"),
                            ("territory", "It belongs to another territory"),
                        ],
                        max_length=9,
                    ),
                ),
                ("to_desk", models.UUIDField(blank=True, null=True)),
                ("on", models.DateField()),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("consent", "Her consent"),
                            ("vital", "Vital interest: a life or health is in danger"),
                            ("law", "A law requires it"),
                            ("public", "A public duty or service"),
                        ],
                        max_length=8,
                    ),
                ),
                ("consent", models.UUIDField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "text",
                    ruang.vault.texts.SealedField(
                        "referrals.case_hand_over.text", blank=True, null=True
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_overs",
                        to="cases.case",
                    ),
                ),
                (
                    "termination",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.termination",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consent", None),
                            models.Q(
                                ("basis", "consent"),
                                ("consent__isnull", False),
                                ("to_desk__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="handed_over_on_a_consent",
                    )
                ],
            },
        ),
    ]
