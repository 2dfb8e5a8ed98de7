"""Somebody told a facilitator or a cadre, who passes it on to the desk.

It is stored as any report is, sealed to the desk. The trail names nobody: not who passed it on
(that is sealed inside), no session, no place. Whoever passes it on opens nothing afterwards.
"""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from ruang.access.actor import ANYBODY, Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.intake import clocks
from ruang.intake.arrival import CLOSED, Form, holders_at, report_row
from ruang.intake.events import ReportReceived
from ruang.intake.models import Report
from ruang.intake.policy import may_relay
from ruang.intake.states import COMPARTMENTS, Safety
from ruang.intake.told import Told
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.kernel.rows import insert
from ruang.territory import queries as territory
from ruang.vault.keyring import new_keys


def relay_report(*, actor: Actor, form: Form, told: Told, at: datetime) -> None:
    """Store what somebody told; the same form again changes nothing and says the same.

    :raises PermissionDenied: if the actor neither holds sessions nor is a cadre
    :raises Refused: while there is nobody who could read it
    """
    require(may_relay, actor, told)
    try:
        with transaction.atomic():
            _store(form, told, at)
    except IntegrityError:
        if not Report.objects.filter(form_tag=form.tag).exists():
            raise


def _store(form: Form, told: Told, at: datetime) -> None:
    city = territory.city()
    desk = city.alternate_desk if told.office_named else city.intake_desk
    if desk is None:
        raise Refused(CLOSED)
    report_id, holders = uuid7(), holders_at(desk)
    keys = new_keys(
        whose=report_id, names=COMPARTMENTS, holders=holders, given_by=report_id, at=at
    )
    report = report_row(report_id, desk, form, told, keys, at)
    insert(report)
    clocks.begin(report)
    danger = told.safety is Safety.DANGER
    received = ReportReceived(report_id, desk, door=told.door.value, danger=danger)
    record(received, actor=replace(ANYBODY, user_id=report_id), at=at)
