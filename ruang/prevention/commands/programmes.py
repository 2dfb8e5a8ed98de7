"""What is taught: programmes, what is asked before and after, and what is taught with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.kernel.text import tidy
from ruang.prevention.events import ProgrammeChanged
from ruang.prevention.models import (
    Material,
    MaterialFile,
    MaterialVersion,
    Programme,
    Question,
)
from ruang.prevention.policy import may_plan
from ruang.prevention.states import Audience, Unit
from ruang.previews.kinds import Kind
from ruang.previews.names import safe_name
from ruang.previews.sniff import sniff

Row = TypeVar("Row", Question, MaterialVersion)
LARGEST = 8_000_000
TAUGHT_WITH = frozenset(
    {Kind.PDF, Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.DOCX, Kind.ODT, Kind.XLSX, Kind.MP3,
     Kind.M4A, Kind.MP4, Kind.TEXT}
)  # fmt: skip
"""What a teaching material may be, by its content."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A programme as it is written down.

    :ivar topics_english: the same topics in the same order; none if nobody wrote them
    """

    name: str
    english: str
    about: str
    about_english: str
    unit: Unit
    audiences: Sequence[Audience]
    topics: Sequence[str]
    minutes: int
    facilitators: int
    every_months: int | None
    is_active: bool = True
    topics_english: Sequence[str] = ()


@transaction.atomic
def save_programme(
    *, actor: Actor, taught: Taught, at: datetime, programme_id: UUID | None = None
) -> UUID:
    """Write a programme down, or change one. What was held of it stays as it was.

    :raises PermissionDenied: if the actor does not plan
    :raises Refused: without a name, under a name there is, or for other places than before
    """
    require(may_plan, actor, None)
    row = _programme(programme_id) if programme_id else Programme(pk=uuid7(), unit=taught.unit)
    row.name, row.english = _words(taught.name, 80), _words(taught.english, 80)
    _must_fit(row, taught)
    row.about, row.about_english = tidy(taught.about), tidy(taught.about_english)
    row.audiences = sorted({one.value for one in taught.audiences})
    row.topics = _lines(taught.topics, 60)
    row.topics_english = _paired(taught.topics_english, row.topics, 60)
    row.minutes, row.facilitators = taught.minutes, taught.facilitators
    row.every_months, row.is_active = taught.every_months, taught.is_active
    row.save()
    _record(row, row.pk, "programme", "write", actor, at)
    return row.pk


def _must_fit(row: Programme, taught: Taught) -> None:
    if not row.name:
        raise Refused(_("Give the programme a name."))
    if Programme.objects.filter(name=row.name).exclude(pk=row.pk).exists():
        raise Refused(_("There is a programme of this name already."))
    if not taught.audiences:
        raise Refused(_("Choose at least one group of people."))
    if row.unit != taught.unit:
        raise Refused(_("What a programme goes to stays. Write down another programme."))
    if not (15 <= taught.minutes <= 600 and 1 <= taught.facilitators <= 9):
        raise Refused(_("A session takes from 15 minutes to 10 hours, and 1 to 9 people."))
    if taught.every_months is not None and not 1 <= taught.every_months <= 60:
        raise Refused(_("Once in 1 to 60 months, or leave it empty."))


@transaction.atomic
def add_question(
    *,
    actor: Actor,
    programme_id: UUID,
    topic: str,
    text: str,
    english: str,
    choices: Sequence[str],
    right: int,
    at: datetime,
    instead_of: UUID | None = None,
    choices_english: Sequence[str] = (),
    form_tag: bytes | None = None,
) -> UUID:
    """Ask something before and after. Another wording is another question: the old one rests.

    The same form sent twice asks it once.

    :raises PermissionDenied: if the actor does not plan
    :raises Refused: if something is missing, the right answer is none of those offered, or the
        very same is asked already
    """
    require(may_plan, actor, None)
    programme = _programme(programme_id)
    if (before := _same(Question.objects.all(), form_tag)) is not None:
        return before.pk
    offered = _lines(choices, 100)
    if not (_words(text, 200) and _words(topic, 60)):
        raise Refused(_("Write the topic and the question."))
    if not 2 <= len(offered) <= 6 or not 0 <= right < len(offered):
        raise Refused(_("Offer two to six answers, and say which is right."))
    last = programme.questions.aggregate(last=Max("place"))["last"] or 0
    row = Question(
        programme=programme, topic=_words(topic, 60), text=_words(text, 200),
        english=_words(english, 200), choices=offered, right=right, place=last + 1,
        choices_english=_paired(choices_english, offered, 100), form_tag=form_tag,
    )  # fmt: skip
    _must_be_new(row)
    if instead_of is not None:
        old = sight.one(programme.questions.select_for_update(), instead_of)
        old.is_active, row.place = False, old.place
        old.save(update_fields=["is_active"])
    row.save(force_insert=True)
    _record(programme, row.pk, "question", "write", actor, at)
    return row.pk


@transaction.atomic
def retire_question(
    *, actor: Actor, programme_id: UUID, question_id: UUID, at: datetime
) -> None:
    """Ask something no more; what was answered stays.

    :raises NotInSight: if it is not of this programme
    :raises PermissionDenied: if the actor does not plan
    """
    require(may_plan, actor, None)
    programme = _programme(programme_id)
    row = sight.one(programme.questions.select_for_update(), question_id)
    row.is_active = False
    row.save(update_fields=["is_active"])
    _record(programme, row.pk, "question", "end", actor, at)


@transaction.atomic
def add_material(
    *,
    actor: Actor,
    programme_id: UUID,
    title: str,
    name: str,
    data: bytes,
    at: datetime,
    material_id: UUID | None = None,
    form_tag: bytes | None = None,
) -> UUID:
    """Keep a teaching material, or a new version of one; the earlier versions stay.

    The same form sent twice keeps it once.

    :raises PermissionDenied: if the actor does not plan
    :raises Refused: without a title, if the file is empty, too large or of no such kind, or if
        it is what is taught with already
    """
    require(may_plan, actor, None)
    programme = _programme(programme_id)
    if (before := _same(MaterialVersion.objects.all(), form_tag)) is not None:
        return before.material_id
    if not 0 < len(data) <= LARGEST:
        raise Refused(_("Choose a file of at most 8 MB."))
    kind = sniff(data)
    if kind not in TAUGHT_WITH or kind is None:
        raise Refused(_("Choose a PDF, picture, sound, video or document without macros."))
    digest = sha256(data).hexdigest()
    material = _material(programme, material_id, title)
    _must_be_another(programme, material_id, digest)
    MaterialFile.objects.get_or_create(digest=digest, defaults={"data": data})
    last = material.versions.aggregate(last=Max("number"))["last"] or 0
    MaterialVersion.objects.create(
        material=material, number=last + 1, file_id=digest, name=safe_name(name, kind),
        kind=kind.name, size=len(data), at=at, by=actor.user_id, form_tag=form_tag,
    )  # fmt: skip
    _record(programme, material.pk, "material", "write", actor, at)
    return material.pk


@transaction.atomic
def retire_material(
    *, actor: Actor, programme_id: UUID, material_id: UUID, at: datetime
) -> None:
    """Teach with something no more; its versions stay.

    :raises NotInSight: if it is not of this programme
    :raises PermissionDenied: if the actor does not plan
    """
    require(may_plan, actor, None)
    programme = _programme(programme_id)
    row = sight.one(programme.materials.select_for_update(), material_id)
    row.is_active, row.ended_at = False, row.ended_at or at
    row.save(update_fields=["is_active", "ended_at"])
    _record(programme, row.pk, "material", "end", actor, at)


def _same(rows: "QuerySet[Row]", form_tag: bytes | None) -> "Row | None":
    """Return what the same form made before; None if it is new."""
    return rows.filter(form_tag=form_tag).first() if form_tag else None


def _must_be_new(row: Question) -> None:
    """Refuse a question that is asked already, word for word.

    :raises Refused: if it is
    """
    asked = Question.objects.filter(
        programme=row.programme, is_active=True, topic=row.topic, text=row.text,
        english=row.english, right=row.right,
    )  # fmt: skip
    choices = (row.choices, row.choices_english)
    if any((one.choices, one.choices_english) == choices for one in asked):
        raise Refused(_("This is asked already, word for word."))


def _must_be_another(programme: Programme, material_id: UUID | None, digest: str) -> None:
    """Refuse a file that is the newest version of what it is to be added to.

    :param material_id: which it is a new version of; None compares with every material
    :raises Refused: naming which it is
    """
    rows = MaterialVersion.objects.filter(
        material__programme=programme, material__is_active=True
    )
    if material_id is not None:
        rows = rows.filter(material=material_id)
    newest = {
        row.material_id: row for row in rows.select_related("material").order_by("number")
    }
    for row in newest.values():
        if row.file_id == digest:
            said = {"title": row.material.title, "number": row.number}
            words = gettext("This file is kept already: %(title)s, version %(number)d.")
            raise Refused(words % said)


def _material(programme: Programme, pk: UUID | None, title: str) -> Material:
    if pk is not None:
        return sight.one(programme.materials.select_for_update(), pk)
    words = _words(title, 120)
    if not words:
        raise Refused(_("Give the material a title."))
    return Material.objects.create(programme=programme, title=words)


def _programme(pk: UUID) -> Programme:
    return sight.one(Programme.objects.select_for_update(), pk)


def _lines(said: Sequence[str], most: int) -> list[str]:
    return [words for one in said if (words := _words(one, most))]


def _paired(said: Sequence[str], lines: Sequence[str], most: int) -> list[str]:
    """Return the English of lines; none if nobody wrote any.

    :raises Refused: if there are not as many
    """
    english = _lines(said, most)
    if english and len(english) != len(lines):
        raise Refused(_("Write as many lines in English, in the same order, or none."))
    return english


def _words(text: str, most: int) -> str:
    words = " ".join(tidy(text).split())
    if len(words) > most:
        raise Refused(_("This is too long. Write it shorter."))
    return words


def _record(
    programme: Programme, item: UUID, thing: str, step: str, actor: Actor, at: datetime
) -> None:
    record(ProgrammeChanged(programme.pk, item, thing, step), actor=actor, at=at)
