"""For whom of a case a service is: people whose entry the register takes, each by itself.

Who is in a case is sealed under another key than the plan. Whoever cannot read it is asked for
nobody and learns nobody: the service stays open to be completed by somebody who can.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.dossier.reading import live_people, registered_of
from ruang.kernel.errors import Refused
from ruang.plans.sealed import ServiceText

SAY_WHOM = _("More than one person in this case receives help. Say for whom this service is.")
NOT_HERE = _("Choose from the people of this case.")


@dataclass(frozen=True, slots=True, repr=False)
class Whom:
    """The people for whom a service of a case can be, as far as the actor can read.

    :ivar people: how each is called, by the id of the record
    """

    people: Mapping[UUID, str]

    @property
    def choices(self) -> tuple[tuple[UUID, str], ...]:
        """Return whom there is to choose from; nobody, where there is no choice."""
        return tuple(self.people.items()) if len(self.people) > 1 else ()

    def of(self, said: ServiceText) -> tuple[UUID, ...]:
        """Return for whom a service is; the only one there is needs no saying."""
        return for_these(self.people, said)

    def is_open(self, said: ServiceText) -> bool:
        """Say whether it must still be said for whom a service is."""
        return bool(self.choices) and not self.of(said)

    def names(self, said: ServiceText) -> tuple[str, ...]:
        """Return how those are called whom a service is for, where there is a choice."""
        return tuple(self.people[one] for one in self.of(said)) if self.choices else ()

    def chosen(self, persons: Iterable[UUID], before: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return for whom a service is stored.

        :param before: for whom it was; it stays for who cannot read who is in the case
        :raises Refused: if one is none of these, or none of several is chosen
        """
        asked = frozenset(persons)
        if not asked <= self.people.keys():
            raise Refused(NOT_HERE)
        if self.choices and not asked:
            raise Refused(SAY_WHOM)
        chosen = tuple(one.hex for one in self.people if one in asked or not self.choices)
        return chosen or before


NOBODY = Whom({})


def whom(case: Case, actor: Actor) -> Whom:
    """Return the people for whom a service of this case can be."""
    return Whom(registered_of(case.pk, actor))


def whom_if_several(case: Case, actor: Actor) -> Whom:
    """Return them where there may be several, and open nothing where there can be but one."""
    several = live_people(case.pk, actor).count() > 1
    return whom(case, actor) if several else NOBODY


def for_these(people: Iterable[UUID], said: ServiceText) -> tuple[UUID, ...]:
    """Return which of these people a service is for."""
    listed = tuple(people)
    return (
        listed if len(listed) == 1 else tuple(one for one in listed if one.hex in said.persons)
    )
