"""The clocks of the standard and of the law, as they were read; each with its source.

A city corrects them on a page (``rules``), because some texts were read in unofficial copies
(domain.md §1), and adds time limits of its own. A step of case management for which no source
gives a time (domain.md §9) stands here without a number, and is off until the city has set one.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.clocks.states import Area, Moment, Unit

ANSWER = "answer"
"""The clock of a report at the desk: until when she is to be answered (hours by risk)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One time limit.

    :ivar kind: permanent code
    :ivar title: what must be done
    :ivar who: who must act
    :ivar begins: what makes it start, in words
    :ivar amount: how long; None while no source and no city has said
    :ivar source: law and article, or the standard; ``source_on`` the date of that text
    :ivar may_pause: whether waiting for somebody stops it
    :ivar starts: the moment that makes it start; None where the program has a rule of its own
    :ivar meets: the moment that meets it, likewise
    :ivar is_own: the city added it
    :ivar has_source: it names a text, and is not the city's own word
    """

    kind: str
    title: str | Promise
    who: str | Promise
    begins: str | Promise
    amount: int | None
    unit: Unit
    source: str | Promise
    source_on: date | None
    area: Area = Area.CASE
    may_pause: bool = False
    is_active: bool = True
    starts: Moment | None = None
    meets: Moment | None = None
    is_own: bool = False
    has_source: bool = True

    @property
    def has_a_time(self) -> bool:
        """Say whether somebody has said how long it is."""
        return self.amount is not None


TPKS_POLICE = "tpks_police"
POLICE_PROTECTION = "police_protect"
KDRT_COURT_ORDER = "kdrt_court_order"
KDRT_PROTECTION = "kdrt_protection"
LPSK_CHECK = "lpsk_check"
RESTITUTION = "restitution"
PDP_BREACH = "pdp_breach"
PDP_RESTRICTION = "pdp_restriction"
STEP_ASSESSMENT = "step_assessment"
STEP_PLAN = "step_plan"
STEP_SERVICE = "step_service"
STEP_COMPANION = "step_companion"
STEP_FOLLOW_UP = "step_follow_up"


def _step(kind: str, title: Promise, starts: Moment, meets: Moment) -> Rule:
    """Return a step of case management without a time: none was found (domain.md §1.2, §9)."""
    who = _("The case manager")
    return Rule(
        kind, title, who, starts.label, None, Unit.WORKDAYS, "", None, may_pause=True,
        is_active=False, starts=starts, meets=meets,
    )  # fmt: skip


_TPKS = "UU 12/2022"
_READ = date(2026, 11, 1)
OFFICIAL: dict[str, Rule] = {
    rule.kind: rule
    for rule in (
        Rule(
            TPKS_POLICE,
            _("Report the sexual violence to the police"),
            _("The unit that received the report"),
            _("The report is marked as sexual violence (TPKS)"),
            72, Unit.HOURS, f"{_TPKS} ps 41(2)-(3)", date(2022, 5, 9),
        ),
        Rule(
            POLICE_PROTECTION,
            _("Temporary protection by the police"),
            _("Police"),
            _("The police report is recorded"),
            24, Unit.HOURS, f"{_TPKS} ps 42(1)", date(2022, 5, 9),
        ),
        Rule(
            KDRT_COURT_ORDER,
            _("Ask the court for a protection order"),
            _("Police"),
            _("Temporary protection by the police is recorded (KDRT)"),
            24, Unit.HOURS, "UU 23/2004 ps 16", date(2004, 9, 22),
        ),
        Rule(
            KDRT_PROTECTION,
            _("Temporary protection by the police ends"),
            _("Police; the case manager prepares what follows"),
            _("Temporary protection by the police is recorded (KDRT)"),
            7, Unit.DAYS, "UU 23/2004 ps 16", date(2004, 9, 22),
        ),
        Rule(
            LPSK_CHECK,
            _("LPSK checks the restitution file"),
            "LPSK",
            _("The restitution file is recorded as handed in"),
            7, Unit.DAYS, "LPSK", _READ,
        ),
        Rule(
            RESTITUTION,
            _("Complete the restitution file"),
            _("Survivor, helped by the companion"),
            _("LPSK asks for what is missing"),
            3, Unit.DAYS, "PP 43/2017", date(2017, 10, 16),
        ),
        Rule(
            PDP_BREACH,
            _("Give notice of a breach of personal data"),
            _("The city"),
            _("A breach is recorded"),
            72, Unit.HOURS, "UU 27/2022 ps 46", date(2022, 10, 17), starts=Moment.BY_HAND,
        ),
        Rule(
            PDP_RESTRICTION,
            _("Answer a request to restrict the use of personal data"),
            _("The city"),
            _("The request is recorded"),
            72, Unit.HOURS, "UU 27/2022", date(2022, 10, 17), starts=Moment.BY_HAND,
        ),
        _step(STEP_ASSESSMENT, _("Assess what she needs"), Moment.CASE_OPENED, Moment.ASSESSED),
        _step(STEP_PLAN, _("Agree on a plan with her"), Moment.ASSESSED, Moment.PLAN_SAID),
        _step(
            STEP_SERVICE, _("Give the first service"), Moment.PLAN_SAID, Moment.SERVICE_GIVEN
        ),
        _step(
            STEP_COMPANION, _("Find her a companion"), Moment.CASE_OPENED, Moment.COMPANION
        ),
        _step(
            STEP_FOLLOW_UP, _("Follow up on how she is"), Moment.SERVICE_GIVEN, Moment.FOLLOW_UP
        ),
    )
}  # fmt: skip
"""Code → the rule as it was read."""
