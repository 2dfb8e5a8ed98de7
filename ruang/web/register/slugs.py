"""The words by which addresses call the kinds of place."""

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ruang.register.states import Kind

SLUGS: dict[str, Kind] = {
    "rw": Kind.RW,
    "rt": Kind.RT,
    "sekolah": Kind.SCHOOL,
    "komunitas": Kind.COMMUNITY,
    "tempat": Kind.VENUE,
}
SLUG_OF = {kind: slug for slug, kind in SLUGS.items()}
MANY: dict[Kind, str | Promise] = {
    Kind.RW: "RW",
    Kind.RT: _("RW and RT"),
    Kind.SCHOOL: _("Schools"),
    Kind.COMMUNITY: _("Communities"),
    Kind.VENUE: _("Venues"),
}
NUMBERS: dict[Kind, str | Promise] = {
    Kind.SCHOOL: _("Pupils"),
    Kind.COMMUNITY: _("Members"),
    Kind.VENUE: pgettext_lazy("of a venue", "Room for"),
}
"""What is counted of each."""


def kind_of(slug: str, *among: Kind) -> Kind:
    """Return the kind that an address names.

    :raises Http404: if it names none, or none of those asked for
    """
    kind = SLUGS.get(slug)
    if kind is None or (among and kind not in among):
        raise Http404
    return kind
