"""One anonymous sheet, kept as it was told: without a day, a place or who handed it round."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ruang.kernel.errors import Refused
from ruang.prevention.booking import local_month
from ruang.prevention.entered import SentSheet
from ruang.prevention.models import Answer, Question, Session, Sheet

FOREIGN = _("A question on this sheet belongs to another programme.")


def keep_sheet(session: Session, sent: SentSheet, at: datetime) -> None:
    """Keep a sheet with its answers, and the month in which it came.

    :raises Refused: if a question is of another programme
    :raises IntegrityError: if it is there, or its code was used in this phase
    """
    told = sent.sheet
    asked = {one.pk: one for one in Question.objects.filter(programme=session.programme_id)}
    sheet = Sheet(
        pk=sent.id, session=session, pair=told.pair, phase=told.phase, month=local_month(at)
    )
    answers = [_answer(sheet, asked.get(one), choice) for one, choice in told.answers]
    sheet.save(force_insert=True)
    Answer.objects.bulk_create(answers)


def _answer(sheet: Sheet, question: Question | None, choice: int | None) -> Answer:
    if question is None or (choice is not None and choice >= len(question.choices)):
        raise Refused(FOREIGN)
    is_right = choice is not None and choice == question.right
    return Answer(sheet=sheet, question=question, choice=choice, is_right=is_right)
