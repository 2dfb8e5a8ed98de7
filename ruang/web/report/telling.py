"""A form's answers in three other shapes: for the command, for the check, for the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext

from ruang.intake.attachments import StoredFile
from ruang.intake.commands import Receipt
from ruang.intake.states import Age, FileKind, Help, HelperSex, IfOthersAnswer, Safety, Way, Who
from ruang.intake.told import Contact, Told
from ruang.territory import queries as territory
from ruang.web.report.draft import Draft
from ruang.web.report.forms import FORMS, TITLES
from ruang.web.report.steps import ASKED, Step, concerning
from ruang.web.words import Words, moment


@dataclass(frozen=True, slots=True)
class Row:
    """One page's answers as they are shown before sending. ``said`` is None when hidden."""

    step: str
    title: str | Promise
    said: str | None


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file that will be sent. ``name`` is empty once answers are no longer shown."""

    id: str
    kind: str | Promise
    name: str
    size: int


def told(draft: Draft) -> Told:
    """Return what the command takes."""
    said = draft.answers
    return Told(
        safety=Safety(said["safety"]),
        who=Who(said["who"]),
        way=Way(said["way"]),
        helps=tuple(Help(one) for one in said["helps"]),
        age=Age.CHILD if said["who"] == Who.CHILD else Age.UNKNOWN,
        age_said=said.get("age", "") if said["who"] == Who.CHILD else "",
        reach=said.get("reach", ""),
        safe_from=_hour(said.get("safe_from")),
        safe_until=_hour(said.get("safe_until")),
        if_others=IfOthersAnswer(said["if_others"]) if said.get("if_others") else None,
        office_named=bool(said.get("office")),
        must_not_read=said.get("must_not_read", ""),
        story=said.get("story", ""),
        district=said.get("district", ""),
        village=said.get("village", ""),
        when=said.get("when", ""),
        by_whom=said.get("by_whom", ""),
        helper_sex=HelperSex(said.get("helper_sex") or HelperSex.EITHER),
        helper_language=said.get("helper_language", ""),
        language=draft.language,
    )


def check_context(draft: Draft, *, at: datetime) -> dict[str, Any]:
    """Return what she looks at once more before sending."""
    return {"rows": _rows(draft, at), "files": file_lines(draft, at)}


def _rows(draft: Draft, at: datetime) -> list[Row]:
    """Return every page that concerns her, with its answers."""
    shown = draft.is_shown(at)
    pages = [step for step in ASKED if step in concerning(draft.answers)]
    return [
        Row(step.value, TITLES[step], _said(draft, step) if shown else None)
        for step in pages
        if step is not Step.FILES
    ]


def file_lines(draft: Draft, at: datetime) -> list[FileLine]:
    """Return the files that will be sent; names only while answers are shown."""
    shown = draft.is_shown(at)
    return [file_line(one, is_named=shown) for one in draft.files]


def file_line(one: StoredFile, *, is_named: bool = True) -> FileLine:
    """Return how one file is listed."""
    return FileLine(
        id=one.id.hex,
        kind=FileKind(one.family).label,
        name=one.card.name if is_named else "",
        size=one.card.size,
    )


def receipt_values(
    receipt: Receipt, draft: Draft, *, at: datetime, sealed: str
) -> tuple[Words, ...]:
    """Return what the page after sending says to her alone, in the order of its holes."""
    said, opens = draft.answers, territory.city().hours.next_opening(at)
    return (
        receipt.number,
        moment(receipt.received_at, at),
        moment(receipt.due_at, at),
        moment(opens, at) if opens else "",
        Way(said["way"]).label,
        said.get("safe_from", "").replace(":", "."),
        said.get("safe_until", "").replace(":", "."),
        sealed,
    )


def contact_lines(value: Contact) -> list[str]:
    """Return how she is reached, line by line."""
    lines: list[str | Promise] = []
    if value.way in Way.values:
        lines.append(Way(value.way).label)
    lines.append(value.reach)
    if value.safe_from and value.safe_until:
        lines.append(f"{value.safe_from}–{value.safe_until}".replace(":", "."))
    if value.if_others in IfOthersAnswer.values:
        label = IfOthersAnswer(value.if_others).label
        lines.append(gettext("If somebody else answers: %(words)s") % {"words": label})
    return [str(line) for line in lines if line]


def _said(draft: Draft, step: Step) -> str:
    """Return the answers of a page, one on a line."""
    if step is Step.CONTACT:
        return "\n".join(contact_lines(told(draft).contact))
    asked = FORMS[step].base_fields
    lines = [_line(field, draft.answers.get(name)) for name, field in asked.items()]
    if step is Step.PLACE:
        lines[0] = territory.city().district_name(draft.answers.get("district", ""))
    return "\n".join(str(line) for line in lines if line)


def _line(field: forms.Field, value: Any) -> str | Promise:
    if isinstance(field, forms.BooleanField):
        return field.label or "" if value else ""
    if isinstance(field, forms.ChoiceField):
        words: Mapping[Any, Any] = dict(field.choices)  # type: ignore[arg-type]
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(words[one]) for one in values if one and one in words)
    return str(value or "")


def _hour(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
