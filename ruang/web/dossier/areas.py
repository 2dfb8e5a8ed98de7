"""Which kinds stand on which page, and what the page is called."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access.sight import NotInSight
from ruang.dossier.states import Kind


@dataclass(frozen=True, slots=True)
class Area:
    """One word in the address.

    :ivar empty: what is said where nothing stands yet
    """

    slug: str
    label: str | Promise
    kinds: tuple[Kind, ...]
    empty: str | Promise


SIGNS = "tanda-bahaya"
"""Where danger signs stand."""

AREAS = {
    area.slug: area
    for area in (
        Area(
            "orang",
            _("People"),
            (Kind.PERSON, Kind.SUSPECT, Kind.RELATION),
            _("Nobody has been written down yet. One answer is enough to begin."),
        ),
        Area(
            "kejadian",
            _("Incidents"),
            (Kind.INCIDENT,),
            _("No incident has been written down yet."),
        ),
        Area(
            "asesmen",
            _("Assessment"),
            (Kind.ASSESSMENT,),
            _("No assessment yet. It can be begun now and gone on with later."),
        ),
        Area(
            SIGNS,
            _("Danger signs"),
            (Kind.RISK_ADULT, Kind.RISK_CHILD),
            _("Not asked yet in this case. Ask again at each contact."),
        ),
        Area(
            "rencana-aman",
            _("Safety plan"),
            (Kind.SAFETY_PLAN,),
            _("No safety plan yet. It is made together with her."),
        ),
        Area(
            "hukum",
            _("Legal track"),
            (Kind.LEGAL_STEP,),
            _("No step yet: report to the police, visum, hearings …"),
        ),
    )
}
"""Word in the address → what stands there."""


def area_of(slug: str) -> Area:
    """Return the page behind a word.

    :raises NotInSight: if there is none
    """
    if slug not in AREAS:
        raise NotInSight("area")
    return AREAS[slug]
