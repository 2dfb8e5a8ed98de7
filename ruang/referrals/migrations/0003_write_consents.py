"""Every request rests on a consent: one is made of what each request said of its ground."""

from datetime import datetime
from uuid import UUID

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

RUNNING = ("sent", "checking", "accepted")
ENDED = {"withdrawn": "withdrawn"}
MOVED, ENDS = "referrals.referral_moved", "consent_end"
STEPS = ("confirm", "decline")
NOBODY = UUID(int=0)
"""Who ended each request stands in the trail."""


def write_consents(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make a consent of each request's ground, in force while the request still runs.

    Why and by whom stays sealed in the request itself: nothing here holds a key.
    """
    referrals = apps.get_model("referrals", "Referral").objects.using(
        schema_editor.connection.alias
    )
    consents = apps.get_model("consents", "Consent").objects.using(
        schema_editor.connection.alias
    )
    dues = apps.get_model("audit", "Due").objects.using(schema_editor.connection.alias)
    answered = _first_answers(apps, schema_editor.connection.alias)
    for row in list(referrals.order_by("pk")):
        runs = row.state in RUNNING
        consent = consents.create(
            case_id=row.case_id,
            organisation_id=row.receiver_id,
            purpose=row.need,
            compartments=row.compartments,
            basis=row.basis,
            given_on=row.consent_on,
            way=row.consent_way,
            until=row.share_until,
            state="given" if runs else ENDED.get(row.state, "ended"),
            recorded_at=row.asked_at,
            recorded_by=row.asker_id,
            over_at=None if runs else row.moved_at or row.share_until,
            over_by=None if runs else NOBODY,
        )
        referrals.filter(pk=row.pk).update(consent=consent, answered_at=answered.get(row.pk))
        if runs:
            dues.create(kind=ENDS, subject=consent.pk, due_at=consent.until)


def _first_answers(apps: StateApps, alias: str) -> dict[object, datetime]:
    """Return when each request was first answered: the trail has kept it."""
    found: dict[object, datetime] = {}
    facts = apps.get_model("audit", "Fact").objects.using(alias).filter(name=MOVED)
    for fact in facts.order_by("number").iterator():
        if fact.codes.get("step") in STEPS:
            found.setdefault(fact.about, fact.at)
    return found


def forget_consents(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take away what was made of the requests."""
    alias = schema_editor.connection.alias
    made = apps.get_model("referrals", "Referral").objects.using(alias)
    ids = list(made.values_list("consent", flat=True))
    made.update(consent=None)
    apps.get_model("consents", "Consent").objects.using(alias).filter(pk__in=ids).delete()
    apps.get_model("audit", "Due").objects.using(alias).filter(kind=ENDS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_first_tables"),
        ("referrals", "0002_add_a_consent"),
    ]

    operations = [migrations.RunPython(write_consents, forget_consents)]
