"""What desk and team see of a decision: outcome, case, and who opened what before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require, require_permission
from ruang.audit.trail import Look, openings
from ruang.cases.models import Case
from ruang.identity import directory
from ruang.intake.clocks import level
from ruang.intake.models import Report
from ruang.intake.policy import may_work
from ruang.intake.states import MOVES, Risk, State, Step
from ruang.kernel.official_keys import Key, missing_keys
from ruang.triage.guarding import is_danger
from ruang.triage.models import Decision
from ruang.triage.named import not_named
from ruang.triage.states import Outcome
from ruang.triage.words import to_reporter, to_reporter_elsewhere
from ruang.vault.texts import open_text

MOST_AT_ONCE = 100
"""Reports that are offered to be decided together, at most."""


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """What was decided about a report.

    :ivar case_id: the case it became, if this actor sees that case
    :ivar same_as: the report it repeats, if this actor sees that one
    """

    outcome: Outcome
    at: datetime
    by: str
    case_id: UUID | None
    case_number: str
    same_as: UUID | None
    same_as_number: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A report that repeats another one."""

    id: UUID
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of many reports that could be decided together.

    :ivar is_danger: a high risk, or danger now: it is decided on its own
    """

    id: UUID
    number: str
    received_at: datetime
    files: int
    risk: Risk
    is_danger: bool


@dataclass(frozen=True, slots=True)
class ManyPage:
    """Reports that could be decided together, and the words for their reporters by language."""

    reports: tuple[Chosen, ...]
    words: Mapping[str, Mapping[Outcome, str]]


@dataclass(frozen=True, slots=True)
class DecidePage:
    """What an officer chooses from when she decides.

    :ivar is_danger: a high risk, or danger now: to end it needs a reason
    :ivar missing: which of the three keys nobody has identified yet
    :ivar words: what the reporter is told with each outcome, until it is changed
    """

    report_id: UUID
    number: str
    is_danger: bool
    missing: tuple[Key, ...]
    words: Mapping[Outcome, str]
    words_elsewhere: str
    leads: tuple[directory.Person, ...]
    desks: tuple[directory.Desk, ...]
    services: tuple[directory.Service, ...]


def decision_of(*, actor: Actor, report_id: UUID) -> DecisionShown | None:
    """Return what was decided about a report; None while nothing was."""
    row = Decision.objects.visible_to(actor).filter(report=report_id).first()
    if row is None:
        return None
    case = (
        Case.objects.visible_to(actor).filter(pk=row.case_id).first() if row.case_id else None
    )
    seen = Report.objects.visible_to(actor)
    same = seen.filter(pk=row.same_as_id).first() if row.same_as_id else None
    return DecisionShown(
        outcome=Outcome(row.outcome),
        at=row.at,
        by="".join(directory.names([row.by]).values()),
        case_id=case.pk if case else None,
        case_number=case.number if case else "",
        same_as=same.pk if same else None,
        same_as_number=same.number if same else "",
    )


def reason_of(*, actor: Actor, report_id: UUID) -> str:
    """Return why a danger was ended, for who can open the report; empty where nothing is said.

    :raises CannotOpen: if it is closed to this desk
    """
    row = Decision.objects.visible_to(actor).filter(report=report_id).first()
    return open_text(actor.keys, row, "reason") if row is not None and row.reason else ""


def repeats_of(*, actor: Actor, report_id: UUID) -> tuple[Repeat, ...]:
    """Return the reports that repeat this one, the latest first."""
    rows = Decision.objects.visible_to(actor).filter(same_as=report_id)
    rows = rows.select_related("report").order_by("-at", "report")
    return tuple(Repeat(row.report_id, row.report.number, row.at) for row in rows)


def outcomes_of(*, actor: Actor, report_ids: Iterable[UUID]) -> dict[UUID, Outcome]:
    """Return the outcomes of those of these reports that are decided, by report."""
    rows = Decision.objects.visible_to(actor).filter(report__in=list(report_ids))
    return {pk: Outcome(outcome) for pk, outcome in rows.values_list("report", "outcome")}


def decide_page(
    *, actor: Actor, report_id: UUID, outcome: Outcome | None = None
) -> DecidePage | None:
    """Return what can be decided about a report the actor holds; None if nothing can any more.

    :param outcome: what is being decided; to whom it can be handed is shown for that alone,
        because it is looked up whom the report names
    :raises NotInSight: if it is not at the actor's desk
    :raises PermissionDenied: if somebody else holds it
    """
    report = sight.one(Report.objects.visible_to(actor), report_id)
    if State(report.state) not in MOVES[Step.DECIDE][0]:
        return None
    require(may_work, actor, report)
    others = _others(report, actor) if outcome is Outcome.HAND_OVER else []
    return DecidePage(
        report_id=report.pk,
        number=report.number,
        is_danger=is_danger(report),
        missing=missing_keys(report.kind, report.authority, level(report)),
        words=_words(report.language),
        words_elsewhere=to_reporter_elsewhere(language=report.language),
        leads=tuple(directory.working(report.desk, Permission.CASE_MANAGE)),
        desks=tuple(others),
        services=tuple(one for one in directory.public_services() if one.id != report.desk),
    )


def _others(report: Report, actor: Actor) -> list[directory.Desk]:
    """Return the other desks that take reports, but none that this one must not reach."""
    desks = directory.desks(Permission.REPORT_WORK)
    return not_named(report, [one for one in desks if one.id != report.desk], actor)


def _words(language: str) -> Mapping[Outcome, str]:
    """Return what a reporter of this language is told with each outcome."""
    return {one: to_reporter(one, language=language) for one in Outcome}


def many_page(*, actor: Actor) -> ManyPage:
    """Return the open reports that the actor could decide together, the latest first.

    :raises PermissionDenied: if the actor works no reports
    """
    require_permission(Permission.REPORT_WORK, actor)
    mine = Q(state=State.CLAIMED, holder=actor.user_id)
    rows = Report.objects.visible_to(actor).filter(Q(state=State.NEW) | mine)
    shown = list(rows.order_by("-received_at", "-pk")[:MOST_AT_ONCE])
    return ManyPage(
        reports=tuple(
            Chosen(
                one.pk,
                one.number,
                one.received_at,
                one.file_count,
                Risk(one.risk),
                is_danger(one),
            )
            for one in shown
        ),
        words={code: _words(code) for code in sorted({one.language for one in shown})},
    )


def looks_at_report(*, actor: Actor, report_id: UUID) -> list[Look]:
    """Return who opened what of a report, the latest first.

    :raises NotInSight: if it is not at the actor's desk
    """
    report = sight.one(Report.objects.visible_to(actor), report_id)
    return openings([report.pk])


def looks_at_case(*, actor: Actor, case_id: UUID) -> list[Look]:
    """Return who opened what of a case, and of the report it came from, the latest first.

    :raises NotInSight: if the actor is no member
    """
    case = sight.one(Case.objects.visible_to(actor), case_id)
    rows = Decision.objects.visible_to(actor).filter(case=case)
    return openings([case.pk, *rows.values_list("report", flat=True)])
