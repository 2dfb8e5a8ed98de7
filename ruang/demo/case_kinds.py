"""Every case gets its kind in its first hour, also those of which nothing more is written."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from ruang.cases.commands.keys import move_case_clock
from ruang.clocks.queries import clocks_of
from ruang.clocks.states import Step as ClockStep
from ruang.demo.content.dossiers import DOSSIERS
from ruang.demo.content.shape import CaseWork, Contact, Subject
from ruang.demo.world import Act, World
from ruang.kernel.codes import Authority, CaseKind
from ruang.triage.commands import identify_case

SOON, NEXT_DAY, QUIET = timedelta(minutes=45), timedelta(hours=20), timedelta(hours=9)
"""When it is identified, when the police was told, and how long before an end nothing is."""
KINDS: Mapping[Subject, CaseKind] = {
    Subject.HOME: CaseKind.DOMESTIC,
    Subject.CHILD_HOME: CaseKind.AGAINST_CHILD,
    Subject.SEXUAL_CHILD: CaseKind.SEXUAL,
    Subject.SEXUAL_ADULT: CaseKind.SEXUAL,
    Subject.DIGITAL: CaseKind.AGAINST_WOMAN,
    Subject.SCHOOL: CaseKind.AGAINST_CHILD,
    Subject.NEGLECT: CaseKind.CHILD_PROTECTION,
    Subject.EXPLOITED: CaseKind.CHILD_PROTECTION,
    Subject.DATING: CaseKind.AGAINST_WOMAN,
    Subject.MARRIAGE: CaseKind.CIVIL,
    Subject.SUPPORT: CaseKind.CIVIL,
    Subject.PARENTING: CaseKind.OTHER,
    Subject.YOUTH: CaseKind.CHILD_PROTECTION,
    Subject.PAPERS: CaseKind.CIVIL,
    Subject.QUESTION: CaseKind.OTHER,
}


def kind_acts(world: World, contact: Contact, now: datetime) -> Iterator[Act]:
    """Return how a case is identified; the long cases do it themselves."""
    case, decided_at = contact.case, contact.desk.decided_at
    if case is None or decided_at is None or contact.key in DOSSIERS:
        return
    end = (case.closed_at or now) - QUIET
    begin = min(decided_at + SOON, max(end, decided_at))
    yield Act(begin, partial(_identify, world, contact, case))
    if KINDS[contact.subject] is CaseKind.SEXUAL and end > begin:
        at = min(begin + NEXT_DAY, end)
        yield Act(at, partial(_reported, world, contact, case))


def _identify(world: World, contact: Contact, case: CaseWork, at: datetime) -> None:
    with world.stage.staff(case.manager, at) as actor:
        identify_case(
            actor=actor, case_id=world.cases[contact.key], kind=KINDS[contact.subject],
            authority=Authority.OURS, tpks=False, at=at,
        )  # fmt: skip


def _reported(world: World, contact: Contact, case: CaseWork, at: datetime) -> None:
    """The report to the police that the law asks for is made, and the clock is met."""
    case_id = world.cases[contact.key]
    with world.stage.staff(case.manager, at) as actor:
        for line in clocks_of(subject=case_id, live_only=True):
            if line.is_legal:
                move_case_clock(
                    actor=actor, case_id=case_id, clock_id=line.id, step=ClockStep.MEET,
                    code="", at=at,
                )  # fmt: skip
