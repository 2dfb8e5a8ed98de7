"""Whom to ask anew: she agreed herself, and the record says since that she is a child.

A child's own word is no consent (UU 27/2022 ps 25). It carries nothing new from that moment,
and cuts off nothing that is under way: that goes on until manager or deputy put it on another
ground or take it back (ADR 0039). It is worked out from what is written down, so that an age
that is corrected once more needs no step of its own.
"""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.consents.models import Consent
from ruang.consents.states import Basis, Giver, State
from ruang.kernel.codes import Age
from ruang.vault.texts import open_texts

CHILD_AGREED = _(
    "She agreed to this herself, and the record says now that she is a child: nothing more is "
    "shared on it. Let a parent, guardian or safe guardian agree, or name another ground and "
    "its reason, under Consent."
)
STANDS = _("This ground stands as it is. To share something else, write down another one.")


def to_ask_anew(rows: Iterable[Consent], *, age: str, actor: Actor) -> frozenset[UUID]:
    """Return which of a case's consents a child gave herself; also where that cannot be read.

    :param age: the age band of the case
    """
    asked = [row for row in rows if can_be(row, age)]
    givers = open_texts(actor.keys, asked, "giver")
    pairs = zip(asked, givers, strict=True)
    return frozenset(row.pk for row, giver in pairs if giver is None or giver == Giver.SELF)


def can_be(row: Consent, age: str) -> bool:
    """Say whether a child can have given this herself, by what is readable without a key."""
    return age == Age.CHILD and row.basis == Basis.CONSENT and row.state == State.GIVEN
