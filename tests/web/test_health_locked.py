"""A partner who holds the plan but not Health walks every page of the case."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.states import Compartment
from ruang.plans import commands
from ruang.plans.commands import Ending, Wanted
from ruang.plans.models import Service
from ruang.plans.states import Detail, Kind, Outcome, ServiceStep
from tests import make
from tests.cases.team import SHARED, partner_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SECRETS = ("KENARI", "MURAI", "Kesehatan: Visum")


def named(
    found: list[URLPattern | URLResolver], space: str = "", outer: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str]]]:
    """Every address of the site, with what stands in it."""
    for one in found:
        inside = outer | one.pattern.converters.keys()
        if isinstance(one, URLResolver):
            yield from named(one.url_patterns, one.namespace or space, inside)
        elif one.name:
            yield f"{space}:{one.name}" if space else one.name, inside


def pages(case: Case, service: Service) -> list[str]:
    known = {"case_id": case.pk, "service_id": service.pk}
    return [
        reverse(name, kwargs={key: known[key] for key in keys})
        for name, keys in named(get_resolver().url_patterns)
        if "case_id" in keys and keys <= known.keys()
    ]


def health_services(case: Case, lead: Actor) -> Service:
    about = {"actor": lead, "case_id": case.pk, "at": make.AT}
    wanted = Wanted(None, Kind.HEALTH, need="KENARI", detail=Detail.VISUM)
    rows = [commands.plan_service(**about, wanted=wanted) for _each in range(2)]
    ending = Ending(Outcome.GIVEN, make.AT.date(), "MURAI")
    commands.move_service(
        **about, service_id=rows[0].pk, step=ServiceStep.END, ending=ending
    )  # fmt: skip
    return rows[1]


def test_none_of_them_says_what_of_health_it_was() -> None:
    case = make.case()
    manager = make.lead_of(case)
    row = health_services(case, make.actor(manager))
    walk = pages(case, row)
    assert len(walk) > 20
    lead, partner = (
        make.signed_in(one)
        for one in (manager, partner_on(case, *SHARED, Compartment.IDENTITY))
    )
    told = "".join(lead.get(address).content.decode() for address in walk)
    assert all(secret in told for secret in SECRETS)
    seen = 0
    for address in walk:
        answer = partner.get(address)
        seen += answer.status_code == 200
        shown = answer.content.decode()
        assert not [secret for secret in SECRETS if secret in shown], address
    assert seen > 10
