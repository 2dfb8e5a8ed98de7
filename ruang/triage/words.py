"""What the reporter is told with a decision, until the officer changes it. In her language.

No name of anybody, no word on what happened: somebody may read over her shoulder. And what an
officer wrote down for somebody, in words for colleagues.
"""

from django.utils import translation
from django.utils.translation import gettext as _

from ruang.intake.told import Recorded
from ruang.triage.states import Outcome


def to_reporter(outcome: Outcome, *, language: str) -> str:
    """Return the message that goes with a decision."""
    with translation.override(language):
        return _texts()[outcome]


def to_reporter_elsewhere(*, language: str) -> str:
    """Return the message that goes with a hand-over to an institution without a desk here."""
    with translation.override(language):
        return _(
            "We have told those whose task it is, and they have taken it over. We sent them "
            "nothing of what you wrote here. You can go on writing to us here, and turn to:"
        )


def recorded_lines(recorded: Recorded) -> tuple[tuple[str, str], ...]:
    """Return what an officer added besides the names, with what was asked."""
    said = (
        (_("From whom it came"), recorded.sender),
        (_("Their number"), recorded.reference),
        (_("Why it is recorded later"), recorded.why_late),
        (_("Note for the desk"), recorded.note),
    )
    return tuple((asked, answer) for asked, answer in said if answer)


def _texts() -> dict[Outcome, str]:
    return {
        Outcome.CASE: _(
            "We have read what you told us. From now on two of us look after this together "
            "with you; they write to you here. You need not tell it again. We try to tell you "
            "before we do anything."
        ),
        Outcome.REFER: _(
            "We have read what you told us. Others can help as well, for instance with health "
            "or legal questions. We try to ask you here before we share anything about you. "
            "You need not tell it again."
        ),
        Outcome.COUNSELLING: _(
            "Thank you for telling us. We are here to listen and to talk with you, at your "
            "pace. Write here whenever you want; if anything changes, we can do more."
        ),
        Outcome.HAND_OVER: _(
            "We hand what you told us to those whose task it is. From now on they read it, "
            "and we no longer do. Your code stays the same; they write to you here."
        ),
        Outcome.NOT_OURS: _(
            "Thank you for telling us. This is not something we can take care of ourselves, "
            "but there is help. You can go to:"
        ),
        Outcome.NOT_A_REPORT: _(
            "Thank you for writing. We could not find in it what we can help with. If you or "
            "somebody else needs help, write to us here in your own words; it costs nothing."
        ),
        Outcome.SAME_AS: _(
            "Thank you for telling us. We take it into account, and you need not tell it "
            "again. You can go on writing to us here."
        ),
    }
