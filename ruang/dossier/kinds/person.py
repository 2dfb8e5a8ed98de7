"""People of a case. The reported person stands in a compartment of her or his own.

Disability comes first: whoever opens this must know how to communicate before anything else.
Nobody is asked for a NIK to be helped; a wrong one is kept and pointed at. Children in conflict
with the law are as secret as victims (UU 11/2012 ps 19, 97).
"""

from collections.abc import Mapping
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from ruang.cases.states import Compartment
from ruang.dossier.schema import (
    Field,
    Group,
    Names,
    Schema,
    Shape,
    Values,
    Warned,
    Words,
    one,
    words_of,
)
from ruang.dossier.simfoni import Education, Job, Marital, Sex, age_group
from ruang.dossier.states import Kind
from ruang.dossier.values import day
from ruang.territory.reference import nik as nik_of


class Role(models.TextChoices):
    """What somebody is in this case."""

    BENEFICIARY = "beneficiary", _("Survivor (beneficiary)")
    CHILD = "child", _("Child concerned")
    CHILD_IN_LAW = "child_law", _("Child in conflict with the law")
    WITNESS = "witness", _("Witness")
    GUARDIAN = "guardian", _("Guardian")
    SAFE_GUARDIAN = "safe_guardian", _("Safe guardian")
    FAMILY = "family", _("Family")


REGISTERED = (Role.BENEFICIARY, Role.CHILD, Role.CHILD_IN_LAW)
"""Whose entry in the register the data officer makes."""

UNKNOWN = "unknown"
"""Field of a reported person of whom nobody knows who it is."""

ENTRY = ("simfoni_entered", "simfoni_number", "simfoni_on")
"""Fields that say whether the person was entered in the register: of this case alone."""

_DISABILITY = Group(
    _("Disability, and how to communicate"),
    (
        Field("disability", _("Lives with a disability?"), Shape.YES_NO, simfoni=True),
        Field(
            "communication",
            _("How to communicate"),
            Shape.LONG,
            hint=_("Sign language, an interpreter, writing, pictures, somebody she trusts …"),
        ),
    ),
)
_WHO = (
    Field("name", _("Name"), simfoni=True),
    Field("alias", _("Also called")),
    Field(
        "nik",
        "NIK",
        hint=_("Only if it is at hand. Nobody needs one to be helped."),
    ),
    Field("sex", _("Sex"), Shape.CHOICE, Sex, simfoni=True),
    Field("birth_place", _("Place of birth"), simfoni=True),
    Field("born_on", _("Date of birth"), Shape.DATE, simfoni=True, or_else="about_age"),
    Field(
        "about_age",
        _("About how old"),
        Shape.NUMBER,
        hint=_("In years, where the date of birth is not known."),
    ),
)
_NOBODY_KNOWS = Field(
    UNKNOWN,
    _("Does nobody know who it is?"),
    Shape.YES_NO,
    hint=_("Then SIMFONI is told so, and nothing more is asked about this person."),
)
_WHERE = Group(
    _("Where and how to reach"),
    (
        Field("address", _("Address"), Shape.LONG, simfoni=True),
        Field("village", _("Kelurahan"), Shape.VILLAGE),
        Field("phone", _("Telephone"), simfoni=True),
    ),
)
_LIFE = Group(
    _("Life"),
    (
        Field("education", _("Last education"), Shape.CHOICE, Education, simfoni=True),
        Field("religion", _("Religion"), simfoni=True),
        Field("job", _("Work"), Shape.CHOICE, Job, simfoni=True),
        Field("marital", _("Marital status"), Shape.CHOICE, Marital, simfoni=True),
        Field("about", _("What else the team should know"), Shape.LONG),
    ),
)
REGISTER = Group(
    _("Entry in SIMFONI"),
    (
        Field(ENTRY[0], _("Entered in SIMFONI?"), Shape.YES_NO),
        Field(ENTRY[1], _("Number there")),
        Field(ENTRY[2], _("Entered on"), Shape.DATE),
    ),
)


def years_old(values: Values, on: date) -> int | None:
    """Return the age on a day: by the date of birth, else as it was estimated."""
    born = day(values.get("born_on"))
    if born is not None and born <= on:
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    said = one(values, "about_age")
    return int(said) if said.isdigit() else None


def called(values: Values) -> str:
    """Return how a person is called; empty where neither name nor alias is known."""
    return one(values, "name") or one(values, "alias")


def _title(values: Values, names: Names) -> Words:
    roles = words_of(values.get("role"), Role)
    name = called(values) or str(_("Name not known"))
    return f"{name} · {roles[0]}" if roles else name


def _codes(values: Values, on: date) -> Mapping[str, str]:
    age = years_old(values, on)
    return {"age_group": age_group(age).value} if age is not None else {}


def _warnings(values: Values) -> tuple[Warned, ...]:
    nik = one(values, "nik")
    if not nik:
        return ()
    found = nik_of.parse_nik(nik, reference_date=date.max)
    if not found.valid:
        words = _("This cannot be a NIK: digits are missing or wrong. It is kept as it is.")
        return (Warned("nik", words),)
    wrong = []
    sex = one(values, "sex")
    if sex and (found.gender == "P") != (sex == Sex.WOMAN):
        wrong.append(Warned("nik", _("The NIK is that of a person of the other sex.")))
    born = one(values, "born_on")
    if born and str(found.birth_date)[2:] != born[2:]:
        wrong.append(Warned("nik", _("The date of birth in the NIK is another one.")))
    return tuple(wrong)


PERSON = Schema(
    kind=Kind.PERSON,
    compartment=Compartment.IDENTITY,
    add=_("Add a person"),
    groups=(
        _DISABILITY,
        Group(
            _("Who it is"),
            (Field("role", _("What the person is in this case"), Shape.CHOICE, Role), *_WHO),
        ),
        _WHERE,
        _LIFE,
        REGISTER,
    ),
    title=_title,
    codes=_codes,
    warnings=_warnings,
)
SUSPECT = Schema(
    kind=Kind.SUSPECT,
    compartment=Compartment.SUSPECT,
    add=_("Add the reported person"),
    groups=(_DISABILITY, Group(_("Who it is"), (_NOBODY_KNOWS, *_WHO)), _WHERE, _LIFE),
    title=_title,
    note=_("Whoever is reported is called so until a court has given its verdict."),
    codes=_codes,
    warnings=_warnings,
)
