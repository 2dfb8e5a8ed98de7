"""For whom of a case a service is: people whose entry the register takes, each by itself.

Who is in a case is sealed under another key than the plan. Whoever cannot read it is asked for
nobody and learns nobody: the service stays open to be completed by somebody who can.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.dossier.reading import live_people, registered_of
from ruang.kernel.errors import Refused
from ruang.plans.sealed import ServiceText

SAY_WHOM = _("More than one person in this case receives help. Say for whom this service is.")
SET_ASIDE = _(
    "It was for somebody whose record was set aside. It counts for nobody until you say for "
    "whom it was; leave this empty if it was for nobody here."
)
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

    def choices_after(self, before: Collection[UUID]) -> tuple[tuple[UUID, str], ...]:
        """Return whom there is to choose from for a service that is on record already.

        Was it for people who count no more, the only one there is must be chosen too.
        """
        return tuple(self.people.items()) if self.is_gone(before) else self.choices

    def is_gone(self, before: Collection[UUID]) -> bool:
        """Say whether none of those a service was for is among these people any more."""
        return bool(before) and self.people.keys().isdisjoint(before)

    def of(self, said: ServiceText) -> tuple[UUID, ...]:
        """Return for whom a service is; the only one there is needs no saying."""
        return for_these(self.people, said)

    def is_open(self, said: ServiceText) -> bool:
        """Say whether it must still be said for whom a service is."""
        return bool(self.people) and not self.of(said)

    def names(self, said: ServiceText) -> tuple[str, ...]:
        """Return how those are called whom a service is for, where there is a choice."""
        return tuple(self.people[one] for one in self.of(said)) if self.choices else ()

    def chosen(self, persons: Iterable[UUID], before: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return for whom a service is stored.

        Who was set aside stays among them beside somebody who was not: she may come back.

        :param before: for whom it was; it stays for who cannot read who is in the case, and
            while nobody of them counts any more and nobody else is named
        :raises Refused: if one is none of these, or none of several is chosen
        """
        asked = frozenset(persons)
        if not asked <= self.people.keys():
            raise Refused(NOT_HERE)
        was = [UUID(one) for one in before]
        if not asked and (not self.people or self.is_gone(was)):
            return before
        if self.choices and not asked:
            raise Refused(SAY_WHOM)
        away = () if self.is_gone(was) else (one for one in was if one not in self.people)
        named = (one for one in self.people if one in asked or not asked)
        return tuple(one.hex for one in (*named, *away))


NOBODY = Whom({})


def whom(case: Case, actor: Actor) -> Whom:
    """Return the people for whom a service of this case can be."""
    return Whom(registered_of(case.pk, actor))


def whom_if_asked(case: Case, actor: Actor, said: Iterable[ServiceText]) -> Whom:
    """Return them where it may be asked for whom one of these services is.

    Nothing is opened where there can be but one, and none is for somebody set aside.
    """
    live = {one.hex for one in live_people(case.pk, actor).values_list("pk", flat=True)}
    gone = any(text.persons and live.isdisjoint(text.persons) for text in said)
    return whom(case, actor) if len(live) > 1 or gone else NOBODY


def for_these(people: Iterable[UUID], said: ServiceText) -> tuple[UUID, ...]:
    """Return which of these people a service is for: who was named, else the only one.

    What was for somebody who was set aside is for nobody who is left.
    """
    listed = tuple(people)
    if said.persons:
        return tuple(one for one in listed if one.hex in said.persons)
    return listed if len(listed) == 1 else ()
