"""Whether a consent in force covers what is to be shared: without one, nothing is."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.states import Compartment
from ruang.consents.anew import CHILD_AGREED, to_ask_anew
from ruang.consents.models import Consent
from ruang.consents.states import ONLY_CODES, State
from ruang.kernel.errors import Refused

ALWAYS = Compartment.PLAN.value
"""Whoever is on a team works in the plan: it goes along with whatever is shared."""


def consent_for(
    *,
    actor: Actor,
    case: Case,
    consent_id: UUID,
    organisation: UUID,
    purposes: Collection[str],
    compartments: Iterable[str],
    at: datetime,
) -> Consent:
    """Return the consent on which these parts may be shared with this organisation now.

    Whatever is shared opens the plan too: where codes alone were agreed to, nothing is.

    :param purposes: for what they are shared; the consent is for one of them

    :raises NotInSight: if there is no such consent in this case for this actor
    :raises Refused: if it is over, for somebody or something else, or a child gave it herself
    """
    in_sight = Consent.objects.visible_to(actor).filter(case=case)
    consent = sight.one(in_sight.select_for_update(of=("self",)), consent_id)
    if consent.state != State.GIVEN or consent.until <= at:
        raise Refused(_("This consent is over. Ask her anew, and write down what she says."))
    if consent.organisation_id != organisation:
        raise Refused(_("This consent is for another organisation. Ask her for this one."))
    if consent.purpose in ONLY_CODES:
        raise Refused(_("This consent is for codes alone. Ask her before anything is opened."))
    if consent.purpose not in purposes:
        raise Refused(_("This consent is for another purpose. Ask her for this one."))
    if to_ask_anew([consent], age=case.age, actor=actor):
        raise Refused(CHILD_AGREED)
    if not set(compartments) <= {*consent.compartments, ALWAYS}:
        raise Refused(_("This consent does not cover every part that was chosen."))
    return consent


def covered(
    *,
    case: Case,
    organisation: UUID,
    purposes: Collection[str],
    at: datetime,
    without: UUID | None = None,
) -> set[str]:
    """Return the parts that some consent in force lets this organisation read for a purpose.

    :param purposes: for what somebody there reads them
    :param without: a consent to look away from: what would still be covered if it ended
    """
    rows = case.consents.in_force(at).filter(
        organisation=organisation, purpose__in=set(purposes) - ONLY_CODES
    )
    if without is not None:
        rows = rows.exclude(pk=without)
    parts = {code for codes in rows.values_list("compartments", flat=True) for code in codes}
    return {*parts, ALWAYS}
