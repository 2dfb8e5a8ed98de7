"""Programmes with their questions and materials, and a file of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.identity import directory
from ruang.prevention.listing import must_see
from ruang.prevention.models import MaterialVersion, Programme, Question, Session
from ruang.prevention.naming import (
    choices_of,
    programme_about,
    programme_name,
    question_text,
    topic_name,
)
from ruang.prevention.policy import may_plan
from ruang.prevention.states import Audience, State, Unit
from ruang.previews.kinds import Kind


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One programme in the list."""

    id: UUID
    name: str
    about: str
    unit: Unit
    audiences: tuple[Audience, ...]
    minutes: int
    facilitators: int
    every_months: int | None
    is_active: bool
    questions: int
    held: int


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question, with its answers and which is right; as it is written and in English.

    :ivar named: its topic, in the language of the page
    :ivar shown: the question and its answers, in the language of the page
    """

    id: UUID
    topic: str
    text: str
    english: str
    choices: tuple[tuple[str, bool], ...]
    choices_english: tuple[str, ...]
    named: str
    shown: tuple[str, tuple[tuple[str, bool], ...]]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a material."""

    id: UUID
    number: int
    name: str
    kind: Kind
    size: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One material, newest version first."""

    id: UUID
    title: str
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """One programme; as it is written, for whoever changes it."""

    row: ProgrammeRow
    name: str
    english: str
    about: str
    about_english: str
    topics: tuple[str, ...]
    topics_english: tuple[str, ...]
    topic_names: tuple[str, ...]
    questions: tuple[QuestionLine, ...]
    materials: tuple[MaterialLine, ...]
    may_plan: bool


@dataclass(frozen=True, slots=True)
class FileShown:
    """A material as it is sent."""

    name: str
    media_type: str
    data: bytes


def programmes_page(*, actor: Actor) -> tuple[ProgrammeRow, ...]:
    """Return every programme, those that are taught first.

    :raises PermissionDenied: for whoever does not work in prevention
    """
    must_see(actor)
    asked = Count("questions", filter=Q(questions__is_active=True))
    held = dict(
        Session.objects.visible_to(actor)
        .filter(state=State.HELD)
        .values_list("programme")
        .annotate(n=Count("pk"))
    )
    rows = Programme.objects.annotate(asked=asked).order_by("-is_active", "name")
    return tuple(_row(one, one.asked, held.get(one.pk, 0)) for one in rows)


def programme_page(*, actor: Actor, programme_id: UUID) -> ProgrammePage:
    """Return one programme.

    :raises NotInSight: if there is none
    :raises PermissionDenied: for whoever does not work in prevention
    """
    must_see(actor)
    row = sight.one(Programme.objects.all(), programme_id)
    questions = list(row.questions.filter(is_active=True).order_by("place", "pk"))
    held = Session.objects.visible_to(actor).filter(programme=row, state=State.HELD).count()
    return ProgrammePage(
        row=_row(row, len(questions), held), name=row.name, english=row.english,
        about=row.about, about_english=row.about_english, topics=tuple(row.topics),
        topics_english=tuple(row.topics_english),
        topic_names=tuple(topic_name(row, one) for one in row.topics),
        questions=tuple(_question(one, row) for one in questions),
        materials=_materials(row), may_plan=may_plan(actor, row),
    )  # fmt: skip


def material_file(*, actor: Actor, programme_id: UUID, version_id: UUID) -> FileShown:
    """Return a version of a material.

    :raises NotInSight: if there is none
    :raises PermissionDenied: for whoever does not work in prevention
    """
    must_see(actor)
    of_it = MaterialVersion.objects.filter(material__programme=programme_id)
    row = sight.one(of_it.select_related("file"), version_id)
    return FileShown(row.name, Kind[row.kind].media_type, bytes(row.file.data))


def _row(one: Programme, questions: int, held: int) -> ProgrammeRow:
    return ProgrammeRow(
        id=one.pk, name=programme_name(one), about=programme_about(one), unit=Unit(one.unit),
        audiences=tuple(Audience(code) for code in one.audiences), minutes=one.minutes,
        facilitators=one.facilitators, every_months=one.every_months,
        is_active=one.is_active, questions=questions, held=held,
    )  # fmt: skip


def _question(one: Question, programme: Programme) -> QuestionLine:
    def lines(choices: Sequence[str]) -> tuple[tuple[str, bool], ...]:
        return tuple((words, n == one.right) for n, words in enumerate(choices))

    return QuestionLine(
        one.pk, one.topic, one.text, one.english, lines(one.choices),
        tuple(one.choices_english), topic_name(programme, one.topic),
        (question_text(one), lines(choices_of(one))),
    )  # fmt: skip


def _materials(programme: Programme) -> tuple[MaterialLine, ...]:
    rows = list(
        MaterialVersion.objects.filter(material__programme=programme, material__is_active=True)
        .select_related("material")
        .order_by("material__title", "material", "-number")
    )
    names = directory.names(row.by for row in rows)
    found: dict[UUID, tuple[str, list[VersionLine]]] = {}
    for row in rows:
        _title, lines = found.setdefault(row.material_id, (row.material.title, []))
        kind = Kind[row.kind]
        by = names.get(row.by, "")
        lines.append(VersionLine(row.pk, row.number, row.name, kind, row.size, row.at, by))
    return tuple(MaterialLine(pk, title, tuple(v)) for pk, (title, v) in found.items())
