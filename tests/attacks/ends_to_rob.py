"""Reports and a case that end, with a canary in what is written down about it."""

from collections.abc import Callable

from ruang.access.actor import Actor
from ruang.cases.states import Closing, Part
from ruang.consents.states import Basis
from ruang.intake.commands import claim_report
from ruang.kernel.codes import Ground
from ruang.referrals.commands import ask_to_close
from ruang.referrals.handing import CaseOver, MinutesText
from ruang.territory.models import City
from ruang.triage.commands import Elsewhere, Over, decide_report
from ruang.triage.states import Outcome
from tests import closings, make

Canary = Callable[[str], str]


def handed_over(officer: Actor, city: City, canary: Canary) -> None:
    """One report goes to the other desk, with minutes that both keep; one goes elsewhere."""
    elsewhere = Elsewhere(
        canary("institution"), canary("its place"), canary("who took it"), canary("how")
    )
    for over in (
        Over(city.alternate_desk, Ground.AUTHORITY, canary("minutes")),
        Over(None, Ground.TERRITORY, canary("minutes for elsewhere"), elsewhere),
    ):
        report = make.report_of(make.receipt(story=canary("story to hand over")))
        about = {"actor": officer, "report_id": report.pk, "at": make.AT}
        claim_report(**about)
        decide_report(outcome=Outcome.HAND_OVER, message=canary("gone"), over=over, **about)


def ended(officer: Actor, canary: Canary) -> None:
    """A report that is none, and why."""
    report = make.report_of(make.receipt(story=canary("no report")))
    about = {"actor": officer, "report_id": report.pk, "at": make.AT}
    claim_report(**about)
    decide_report(
        outcome=Outcome.NOT_A_REPORT, message=canary("nothing"), reason=canary("why"), **about
    )


def closed_elsewhere(canary: Canary) -> None:
    """A case that another institution is to take over, with its minutes."""
    case = make.case()
    said = MinutesText(
        institution=canary("taker"), person=canary("who takes it over"),
        agreed=canary("how she agreed"), done=canary("what was done"),
    )  # fmt: skip
    ask_to_close(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, at=make.AT,
        decider=make.lead_of(case, Part.DEPUTY).pk,
        proposal=closings.proposal(closing=Closing.MOVED),
        over=CaseOver(Ground.TERRITORY, make.AT.date(), Basis.CONSENT, said),
    )  # fmt: skip
