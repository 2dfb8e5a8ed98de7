"""Whether a case is about a child: by the people written down in it, once they are.

The report says it first, often as "not known" or by somebody who guessed. Who may agree to
sharing hangs on it (UU 27/2022 ps 25), so what is recorded of the person herself counts more.
A child who is concerned keeps a case one of a child, whoever else is a beneficiary.
"""

from collections.abc import Iterable
from datetime import date

from ruang.dossier.kinds.person import Role, years_old
from ruang.dossier.schema import Values, one
from ruang.kernel.codes import Age

GROWN_UP = 18
"""Under this somebody is a child (UU 35/2014)."""
CHILDREN = frozenset({Role.CHILD.value, Role.CHILD_IN_LAW.value})


def age_by_people(people: Iterable[Values], *, before: Age, on: date) -> Age:
    """Return the age band of a case on a day; as it was, where the people do not say it."""
    rows = list(people)
    ages = [years_old(said, on) for said in rows if one(said, "role") == Role.BENEFICIARY]
    known = [age for age in ages if age is not None]
    if any(age < GROWN_UP for age in known):
        return Age.CHILD
    if any(_may_be_child(said, on) for said in rows):
        return Age.CHILD if before is Age.UNKNOWN and not known else before
    return Age.ADULT if known and len(known) == len(ages) else before


def _may_be_child(said: Values, on: date) -> bool:
    age = years_old(said, on)
    return one(said, "role") in CHILDREN and (age is None or age < GROWN_UP)
