"""What the desk does with a report that is decided, when she writes again."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from ruang.intake import commands
from ruang.kernel import clock
from ruang.kernel.codes import Answered
from ruang.kernel.errors import Refused
from ruang.web.answered import AnsweredBy
from ruang.web.desk.views import show_report
from ruang.web.request import Request
from ruang.web.results import done


@require_POST
def answered(request: Request, report_id: UUID) -> HttpResponseBase:
    """Say why a message after the decision is not answered in writing."""
    form = AnsweredBy(request.POST)
    if not form.is_valid():
        return show_report(request, report_id, answered=form)
    why = Answered(form.cleaned_data["why"])
    try:
        commands.answer_otherwise(
            actor=request.actor, report_id=report_id, why=why, at=clock.now()
        )
    except Refused as refusal:
        return show_report(request, report_id, refusal=str(refusal))
    return done("dijawab", "desk:report", report_id)
