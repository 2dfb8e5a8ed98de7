"""The migration that makes a consent of each request, on a database with requests in it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ruang.audit.models import Due
from ruang.cases.states import Compartment
from ruang.consents.commands import ENDS
from ruang.consents.models import Consent
from ruang.consents.states import Basis
from ruang.referrals.models import Referral
from ruang.referrals.states import Step
from tests import make
from tests.migrating import forward

BEFORE = [("referrals", "0001_first_tables")]


@pytest.mark.django_db(transaction=True)
def test_each_old_request_gets_the_consent_it_spoke_of() -> None:
    case = make.case()
    people = {name: make.partner() for name in ("sent", "accepted", "declined", "withdrawn")}
    rows = {
        name: make.referral(case, person.organisation, Compartment.HEALTH)
        for name, person in people.items()
        if name != "sent"
    }
    rows["sent"] = make.referral(
        case, people["sent"].organisation, basis=Basis.VITAL, basis_note="Nyawanya terancam.",
        consent_on=None, consent_way=None,
    )  # fmt: skip
    later = make.AT + timedelta(minutes=20)
    make.moved(
        rows["accepted"], make.actor(people["accepted"]), Step.TAKE, Step.CONFIRM, at=later
    )
    make.moved(rows["declined"], make.actor(people["declined"]), Step.DECLINE, at=later)
    make.moved(rows["withdrawn"], make.actor(make.lead_of(case)), Step.WITHDRAW)
    try:
        MigrationExecutor(connection).migrate(BEFORE)
        with connection.cursor() as cursor:
            columns = connection.introspection.get_table_description(
                cursor, "referrals_referral"
            )
        assert not {"consent_id", "answered_at"} & {column.name for column in columns}
        assert not Consent.objects.exists()
    finally:
        forward()
    found = {name: Referral.objects.get(pk=row.pk) for name, row in rows.items()}
    assert Consent.objects.count() == 4
    for row in found.values():
        consent = row.consent
        assert (consent.case_id, consent.organisation_id) == (row.case_id, row.receiver_id)
        assert (consent.basis, consent.given_on, consent.way) == (
            row.basis, row.consent_on, row.consent_way,
        )  # fmt: skip
        assert (consent.compartments, consent.until) == (row.compartments, row.share_until)
        assert consent.purpose == row.need
    states = {name: row.consent.state for name, row in found.items()}
    assert states == {
        "sent": "given", "accepted": "given", "declined": "ended", "withdrawn": "withdrawn",
    }  # fmt: skip
    assert {due.subject for due in Due.objects.filter(kind=ENDS)} == {
        found["sent"].consent_id, found["accepted"].consent_id,
    }  # fmt: skip
    answered = {name: row.answered_at for name, row in found.items()}
    assert answered == {"sent": None, "accepted": later, "declined": later, "withdrawn": None}
