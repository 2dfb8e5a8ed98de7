"""What must be true before a report ends, so that no danger ends unseen (ADR 0047)."""

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.audit.trail import opened_by
from ruang.intake.clocks import level
from ruang.intake.models import Report
from ruang.intake.states import RANK, Risk
from ruang.intake.writing import key_of_part
from ruang.kernel.errors import Refused
from ruang.kernel.official_keys import missing_keys
from ruang.kernel.text import tidy
from ruang.triage.models import Decision
from ruang.triage.states import BECOMES_CASE, OVER, Outcome
from ruang.vault.texts import seal_text

LONGEST = 5_000
"""Characters of a reason."""


def is_danger(report: Report) -> bool:
    """Say whether it is a high risk, or told of danger now."""
    return report.rank == RANK[Risk.HIGH]


def must_be_looked_at(report: Report, outcome: Outcome, reason: str, actor: Actor) -> None:
    """Refuse to let a danger end by who has not opened it, or gives no reason in writing.

    :raises Refused: if it is not opened, or no reason is given
    """
    if outcome not in OVER or not is_danger(report):
        return
    if not opened_by([report.pk], actor.user_id):
        raise Refused(_("High risk or danger now: open it first, and read what was told."))
    plain = tidy(reason)
    if not plain or len(plain) > LONGEST:
        raise Refused(_("High risk or danger now: write why nothing more is to be done."))


def must_be_answered(report: Report, outcome: Outcome, *, leaves: bool) -> None:
    """Refuse to end a report while it is open whether it is sexual violence (TPKS).

    What becomes a case, or goes to another desk, takes the question along.

    :param leaves: it goes to a desk that is here
    :raises Refused: if nobody has answered
    """
    if report.tpks_question and outcome not in BECOMES_CASE and not leaves:
        raise Refused(
            _(
                "Say first whether it is sexual violence (TPKS): what was answered says that "
                "it may be."
            )
        )


def must_be_identified(report: Report, outcome: Outcome, *, confirmed: bool) -> None:
    """Refuse to make a case of what is not identified, unless that was read and confirmed.

    :raises Refused: if nobody has confirmed it
    """
    if confirmed or outcome not in BECOMES_CASE:
        return
    if missing := missing_keys(report.kind, report.authority, level(report)):
        listed = ", ".join(str(one.label) for one in missing)
        raise Refused(_("Not identified yet: %(keys)s. Confirm that.") % {"keys": listed})


def sealed_reason(report: Report, outcome: Outcome, reason: str, actor: Actor) -> bytes | None:
    """Return the reason as it is kept with the decision; None where none is asked for."""
    plain = tidy(reason)
    if outcome not in OVER or not plain:
        return None
    key = key_of_part(report, "story", actor)
    return seal_text(key, Decision, "reason", report.pk, plain)
