"""Closed lists that several contexts speak.

A case repeats the codes of the report it came from, a request to a partner those of the case.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Who(models.TextChoices):
    """Answer to the second question: who needs help?"""

    SELF = "self", _("I do")
    CHILD = "child", _("A child")
    KNOWN = "known", _("Somebody I know")
    STRANGER = "stranger", _("Somebody I do not know")


class Help(models.TextChoices):
    """Answers to the third question: what help do you hope for?"""

    LISTEN = "listen", _("To be listened to first")
    SAFE_PLACE = "safe_place", _("A safe place")
    HEALTH = "health", _("Treatment or an examination")
    LEGAL = "legal", _("Legal help or police")
    PSYCHOLOGIST = "psychologist", _("To talk with a psychologist")
    CHILD_HELP = "child_help", _("Help for a child")
    UNSURE = "unsure", _("I do not know yet")


class Way(models.TextChoices):
    """Answers to the fourth question: how may we contact you?"""

    PAGE = "page", _("Only through this page, with the code")
    PHONE = "phone", _("Telephone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    TRUSTED = "trusted", _("Through somebody I trust")


class IfOthersAnswer(models.TextChoices):
    """What we say when somebody else answers the telephone."""

    WRONG_NUMBER = "wrong_number", _("Wrong number")
    HEALTH_POST = "health_post", _("We are from the health post")
    SAY_NOTHING = "say_nothing", _("Do not speak")


class HelperSex(models.TextChoices):
    """Whom she would rather speak with."""

    WOMAN = "woman", _("A woman")
    MAN = "man", _("A man")
    EITHER = "either", _("Either is fine")


class Age(models.TextChoices):
    """Whether it is about a child (under 18, UU 35/2014) or an adult."""

    CHILD = "child", _("Child")
    ADULT = "adult", _("Adult")
    UNKNOWN = "unknown", _("Not known")


class Risk(models.TextChoices):
    """The level a person set; unrated counts as medium until somebody judges."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")
    UNRATED = "unrated", _("Not rated yet")


RANK = {Risk.HIGH: 0, Risk.MEDIUM: 1, Risk.UNRATED: 1, Risk.LOW: 2}
"""Order in the queue: smaller comes first."""
JUDGED = (Risk.HIGH, Risk.MEDIUM, Risk.LOW)
"""The levels a person can set."""
NOT_ALONE = _("A risk is not lowered by one person alone. Ask a second person, with a reason.")
NOT_LOWER = _("This level is not lower than the one in force.")


def lowers(present: Risk, wanted: Risk) -> bool:
    """Say whether a level would be lower than the one a person has set."""
    return present is not Risk.UNRATED and RANK[wanted] > RANK[present]


def below(present: Risk) -> tuple[Risk, ...]:
    """Return the levels to which a second person could let this one be lowered."""
    return tuple(one for one in JUDGED if lowers(present, one))


class CaseKind(models.TextChoices):
    """What kind of matter it is (*jenis kasus*, the first of the three keys; domain.md §1.2).

    The annex that closes this list was not found; it follows the laws that name each kind.
    """

    DOMESTIC = "domestic", _("Violence in the household (UU 23/2004)")
    SEXUAL = "sexual", _("Sexual violence (UU 12/2022)")
    AGAINST_CHILD = "child", _("Violence against a child (UU 35/2014)")
    AGAINST_WOMAN = "woman", _("Other violence against a woman")
    TRAFFICKING = "trafficking", _("Trafficking in persons (UU 21/2007)")
    CHILD_IN_LAW = "child_law", _("Child in conflict with the law (UU 11/2012)")
    CHILD_PROTECTION = "child_need", _("Child in need of special protection (PP 78/2021)")
    CIVIL = "civil", _("Civil matter of women's rights")
    LABOUR = "labour", _("Labour dispute")
    OTHER = "other", _("Other")


class Authority(models.TextChoices):
    """Whose matter it is (*kewenangan*, the third key)."""

    OURS = "ours", _("Ours")
    OTHER_AREA = "other_area", _("Another city or regency")
    PROVINCE = "province", _("Province or central government")
    INSTITUTION = "institution", _("Another institution")
    SHARED = "shared", _("Shared with another institution")


class Side(models.TextChoices):
    """Who wrote a message."""

    REPORTER = "reporter", _("Reporter")
    STAFF = "staff", _("Staff")


class MessageKind(models.TextChoices):
    """What a message is."""

    TEXT = "text", _("Message")
    CONTACT = "contact", _("Change of contact")
    WITHDRAW = "withdraw", _("Wish to stop")
    EVIDENCE = "evidence", _("Added files")
    FEEDBACK = "feedback", _("How the help was")


class Answered(models.TextChoices):
    """Why a message of hers is not answered in writing."""

    CALLED = "called", _("Answered by telephone, in the safe way")
    IN_PERSON = "in_person", _("Answered face to face")
    NO_NEED = "no_need", _("It needs no answer")
    NOT_SAFE = "not_safe", _("Writing to her is not safe now")


class IsTpks(models.TextChoices):
    """Answer to the question whether it is sexual violence (TPKS)."""

    YES = "yes", _("Yes, it is TPKS")
    NO = "no", _("No, it is not")


class FileKind(models.TextChoices):
    """What a file is, by its content."""

    PHOTO = "photo", _("Photo")
    AUDIO = "audio", _("Sound")
    VIDEO = "video", _("Video")
    DOCUMENT = "document", _("Document")


class Ground(models.TextChoices):
    """On what ground a report or a case is handed over (*pelimpahan*, domain.md §5)."""

    AUTHORITY = "authority", _("It is another institution's task")
    TERRITORY = "territory", _("It belongs to another territory")
