"""The report that another one repeats: found by its number, within the same desk's sight."""

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.intake.models import Report
from ruang.kernel.errors import Refused
from ruang.triage.models import Decision
from ruang.triage.states import Outcome


def repeated(report: Report, number: str, actor: Actor) -> Report:
    """Return the report with this number, which the other one repeats.

    :raises Refused: if there is none at this desk, or it repeats another one itself
    """
    wanted = "".join(number.split()).upper()
    found = Report.objects.visible_to(actor).filter(number=wanted).exclude(pk=report.pk).first()
    if found is None:
        raise Refused(_("There is no other report with this number at your desk."))
    own = Decision.objects.visible_to(actor).filter(report=found, outcome=Outcome.SAME_AS)
    if own.exists():
        raise Refused(_("That report repeats another one itself. Give the number of that one."))
    return found
