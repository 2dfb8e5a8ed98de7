"""The danger signs of a report, its clocks of the law, and who can let its risk be lowered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.approvals import asking
from ruang.approvals.queries import ApprovalLine, approvals_about
from ruang.clocks.legal import LegalClock, legal_clocks, one_clock
from ruang.identity import directory
from ruang.identity.doers import Doer, last_doer
from ruang.intake import clocks
from ruang.intake.events import ReportMoved
from ruang.intake.models import Report, RiskCheck
from ruang.intake.policy import RULES
from ruang.intake.states import Risk, Safety, Step
from ruang.kernel.codes import Age, Authority, CaseKind, below
from ruang.risk import Filled
from ruang.vault.texts import open_text


@dataclass(frozen=True, slots=True, repr=False)
class CheckShown:
    """One filling-in of the checklist."""

    at: datetime
    by: str
    filled: Filled


@dataclass(frozen=True, slots=True)
class Asking:
    """When somebody asked, and what the answers suggested."""

    at: datetime
    by: str
    suggested: Risk


@dataclass(frozen=True, slots=True, repr=False)
class RiskPage:
    """What the page with the checklist shows.

    :ivar latest: the answers of the last time, to begin from
    :ivar before: every time it was asked, the latest first
    """

    report_id: UUID
    number: str
    age: Age
    risk: Risk
    latest: CheckShown | None
    before: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class LoweringPage:
    """Whom one can ask to let the risk be lowered, and to what."""

    report_id: UUID
    number: str
    risk: Risk
    lower: tuple[Risk, ...]
    deciders: tuple[directory.Person, ...]
    approvals: tuple[ApprovalLine, ...]


@dataclass(frozen=True, slots=True)
class Identified:
    """The official keys of a report: kind of matter, authority, TPKS."""

    id: UUID
    number: str
    kind: CaseKind | None
    authority: Authority | None
    tpks: bool
    deciders: tuple[directory.Person, ...] = ()


def risk_page(*, actor: Actor, report_id: UUID) -> RiskPage:
    """Open the danger signs of a report.

    :raises NotInSight: if it is not at the actor's desk
    :raises PermissionDenied: if somebody else holds the report
    :raises CannotOpen: if it is closed to this desk
    """
    report = sight.one(Report.objects.visible_to(actor), report_id)
    require(RULES[Step.CHECK], actor, report)
    rows = list(report.risk_checks.order_by("-at", "-pk"))
    names = directory.names(row.by for row in rows)
    return RiskPage(
        report_id=report.pk,
        number=report.number,
        age=Age(report.age),
        risk=Risk(report.risk),
        latest=latest_check(report=report, actor=actor),
        before=tuple(
            Asking(row.at, names.get(row.by, ""), Risk(row.suggested)) for row in rows
        ),
    )


def lowering_page(*, actor: Actor, report_id: UUID) -> LoweringPage:
    """Return who can be asked to let the risk of a report be lowered.

    :raises NotInSight: if it is not at the actor's desk
    :raises PermissionDenied: if somebody else holds the report
    """
    report = sight.one(Report.objects.visible_to(actor), report_id)
    require(RULES[Step.LOWER], actor, report)
    is_danger = report.safety == Safety.DANGER
    return LoweringPage(
        report_id=report.pk,
        number=report.number,
        risk=Risk(report.risk),
        lower=() if is_danger else below(Risk(report.risk)),
        deciders=tuple(asking.deciders(report.desk, actor.user_id)),
        approvals=approvals_about(actor=actor, subject=report.pk),
    )


def identified(*, actor: Actor, report_id: UUID, wanted: Step = Step.IDENTIFY) -> Identified:
    """Return the official keys of a report, for who may set them, or have TPKS taken off.

    :param wanted: the step this is shown for
    :raises NotInSight: if it is not at the actor's desk
    :raises PermissionDenied: if somebody else holds the report
    """
    report = sight.one(Report.objects.visible_to(actor), report_id)
    require(RULES[wanted], actor, report)
    is_asking = wanted is Step.UNMARK and report.tpks
    return Identified(
        id=report.pk,
        number=report.number,
        kind=CaseKind(report.kind) if report.kind else None,
        authority=Authority(report.authority) if report.authority else None,
        tpks=report.tpks,
        deciders=tuple(asking.deciders(report.desk, actor.user_id)) if is_asking else (),
    )


def report_identified(*, actor: Actor, report_id: UUID) -> Doer | None:
    """Return who set the official keys of a report last; None if nobody has.

    :raises NotInSight: if it is not at the actor's desk
    """
    report = sight.one(Report.objects.visible_to(actor), report_id)
    return last_doer(report.pk, ReportMoved.name, Step.IDENTIFY)


def report_clock(*, actor: Actor, report_id: UUID, clock_id: UUID, at: datetime) -> LegalClock:
    """Return one clock of the law of a report, for who may keep it.

    :raises NotInSight: if there is no such report or clock for this actor
    :raises PermissionDenied: if the actor works no reports
    """
    report = sight.one(Report.objects.visible_to(actor), report_id)
    require(RULES[Step.LEGAL], actor, report)
    return one_clock(
        subject=report.pk, clock_id=clock_id, at=at, is_high=clocks.is_high(report)
    )


def report_clocks(*, actor: Actor, report_id: UUID, at: datetime) -> tuple[LegalClock, ...]:
    """Return the clocks of the law of a report.

    :raises NotInSight: if it is not at the actor's desk
    """
    report = sight.one(Report.objects.visible_to(actor), report_id)
    return legal_clocks(subject=report.pk, at=at, is_high=clocks.is_high(report))


def latest_check(*, report: Report, actor: Actor) -> CheckShown | None:
    """Open the answers of the last time the danger signs were asked for."""
    row: RiskCheck | None = report.risk_checks.order_by("-at", "-pk").first()
    if row is None:
        return None
    names = directory.names([row.by])
    filled = Filled.from_text(open_text(actor.keys, row, "answers"))
    return CheckShown(row.at, names.get(row.by, ""), filled)
