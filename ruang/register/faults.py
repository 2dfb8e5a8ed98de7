"""Why a line of a list cannot be taken over: a sentence that says what to mend."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Why(StrEnum):
    """What is wrong with a line."""

    FORMULA = "formula"
    NO_VILLAGE = "no_village"
    TWO_VILLAGES = "two_villages"
    OTHER_VILLAGE = "other_village"
    NOT_A_NUMBER = "not_a_number"
    NUMBER_RANGE = "number_range"
    TOO_MANY = "too_many"
    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_IN_LIST = "not_in_list"
    NPSN = "npsn"
    PLACE = "place"
    HOURS = "hours"
    YES_NO = "yes_no"
    PHONE = "phone"
    PHONE_ALONE = "phone_alone"
    SOME_BANDS = "some_bands"
    ONE_SEX = "one_sex"
    SUM = "sum"
    TWICE = "twice"
    NO_RW = "no_rw"
    RW_ENDED = "rw_ended"
    RT_MOVED = "rt_moved"


SENTENCES: dict[Why, Promise] = {
    Why.FORMULA: _("“%(column)s” holds a formula or an error. Copy it and paste its value."),
    Why.NO_VILLAGE: _("There is no kelurahan “%(value)s” in this city. Check name or code."),
    Why.TWO_VILLAGES: _(
        "“%(value)s” exists in more than one kecamatan. Add the kecamatan or the code."
    ),
    Why.OTHER_VILLAGE: _(
        "%(value)s is the code of another kelurahan than the one named beside it. "
        "Correct one of the two."
    ),
    Why.NOT_A_NUMBER: _("“%(value)s” in “%(column)s” is not a whole number."),
    Why.NUMBER_RANGE: _("“%(value)s” in “%(column)s” is not a number from 1 to 999."),
    Why.TOO_MANY: _("%(value)s in “%(column)s” is more than one place can have. Check it."),
    Why.MISSING: _("“%(column)s” is empty. Fill it in."),
    Why.TOO_LONG: _("“%(column)s” is too long. Shorten it."),
    Why.NOT_IN_LIST: _("“%(value)s” in “%(column)s” is not known. Use a word of the template."),
    Why.NPSN: _("“%(value)s” is not an NPSN: it has eight digits or letters."),
    Why.PLACE: _(
        "“%(value)s” is not a place on the map. Write both, such as -6.12 and 106.15."
    ),
    Why.HOURS: _("The hours are not complete. Write both, such as 08:00 and 16:00."),
    Why.YES_NO: _("“%(value)s” in “%(column)s” is neither ya nor tidak."),
    Why.PHONE: _("“%(value)s” is not a telephone number."),
    Why.PHONE_ALONE: _("There is a telephone number, but nobody's name. Add the name."),
    Why.SOME_BANDS: _(
        "Some age bands are empty. Write 0 where nobody lives, or leave all empty."
    ),
    Why.ONE_SEX: _(
        "Only one of the two totals is there. Write how many women and how many men."
    ),
    Why.SUM: _("The age bands add up to %(value)s, which is not what the totals say."),
    Why.TWICE: _("This is the same as in line %(value)s. Keep one of the two."),
    Why.NO_RW: _("There is no RW %(value)s in this kelurahan. Bring the list of RT first."),
    Why.RW_ENDED: _(
        "This RW was split or merged; after it came %(value)s. Write that RW in your file. If "
        "it is a new RW of this number, add it on the page of the kelurahan first."
    ),
    Why.RT_MOVED: _(
        "This RT is in another RW now: it is %(value)s. Write that RW and RT in your file. If "
        "it is a new RT of this number, add it on the page of its RW first."
    ),
}


@dataclass(eq=False)
class Fault(Exception):  # noqa: N818 - what is wrong with a line, not with us
    """One thing that is wrong: in which column, and what stands there."""

    why: Why
    column: str = ""
    value: str = ""


def sentence(why: str, column: str, value: str) -> str:
    """Say it."""
    return str(SENTENCES[Why(why)]) % {"column": column, "value": value}
