"""Who sees what was decided about a report. Who may decide is the desk's law (intake)."""

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.hidden import of_no_hidden_record
from ruang.access.permissions import Permission
from ruang.cases.models import Case
from ruang.intake.models import Report


def sees_decision(actor: Actor) -> Q:
    """Whoever sees the report, and whoever sees the case it became."""
    reports, cases = Report.objects.visible_to(actor), Case.objects.visible_to(actor)
    return Q(report__in=reports.values("pk")) | Q(case__in=cases.values("pk"))


def sees_hand_over(actor: Actor) -> Q:
    """Both desks, the one that handed over and the one that received; nobody who is barred."""
    if not actor.may(Permission.DESK_SEE):
        return Q(pk__in=[])
    ours = Q(from_desk=actor.organisation_id) | Q(to_desk=actor.organisation_id)
    return ours & of_no_hidden_record(actor.user_id, "report")


def may_read_minutes(actor: Actor, hand_over: object) -> bool:
    """Whoever works reports at either desk; the key of the minutes is theirs."""
    return actor.may(Permission.REPORT_WORK)
