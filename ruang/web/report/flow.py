"""One POST of the form: what was pressed, what was typed, and which page comes next.

Pure of HTTP: it takes the texts and files and returns the form as it is now. Nothing that was
typed is lost, whichever button was pressed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from ruang.intake.attachments import PUT_OFF, StoredFile, Upload, shorten, store
from ruang.kernel.errors import Refused
from ruang.previews.previewer import Previewer
from ruang.territory import queries as territory
from ruang.web.answers import Files, Words, text
from ruang.web.chrome import LANGUAGES
from ruang.web.report.draft import Draft
from ruang.web.report.forms import FORMS
from ruang.web.report.steps import OPTIONAL, SENDS, Step, following, preceding

MOST_FILES = 20
"""In one form. More can follow with the code."""
LARGEST_KEPT = 4 * 1024 * 1024
"""Characters of a long text that travel with the page if the disk does not take it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The page that answers a POST.

    :ivar form: what the page asks, with what was answered and what is not right; None for a
        page that shows nothing of hers
    :ivar trouble: sentences about files that were not taken
    :ivar to_start: she went back past the first question
    :ivar send: she pressed *Send*
    """

    draft: Draft
    form: forms.Form | None = None
    trouble: tuple[str, ...] = ()
    to_start: bool = False
    send: bool = False


def turn(
    draft: Draft,
    data: QueryDict,
    uploads: Files,
    *,
    previewer: Previewer,
    at: datetime,
) -> Turn:
    """Return what a POST makes of a form.

    :raises OSError: if a text is too long for the page and the disk does not take it
    """
    draft, trouble = _with_files(draft, uploads, previewer)
    if "bahasa" in data:
        draft = draft.at_step(draft.step, language=_language(data, draft))
    if "kirim" in data and draft.step in SENDS:
        return Turn(draft, send=True)
    if "bahasa" in data:
        return Turn(draft, _as_typed(draft, data), trouble)
    if "hapus" in data:
        draft = _without_file(draft, text(data, "hapus"))
        return Turn(draft, _as_typed(draft, data), trouble)
    if "ubah" in data and draft.step is Step.CHECK:
        draft = draft.at_step(_chosen(text(data, "ubah")), checking=True)
        return Turn(draft, page_form(draft, at))
    form = _bound(draft, data)
    if "kembali" in data and not trouble:
        return _back(draft, form, at)
    return _on(draft, form, data, trouble, at)


def page_form(draft: Draft, at: datetime) -> forms.Form | None:
    """Return what the page asks, with earlier answers; None if it shows nothing of hers."""
    asked = FORMS.get(draft.step)
    if asked is None or not draft.is_shown(at):
        return None
    said = draft.answers
    earlier = {name: said[name] for name in asked.base_fields if name in said}
    return asked(initial=earlier, **_choices(draft.step)) if earlier else None


def blank_form(step: Step) -> forms.Form | None:
    """Return what a page asks, with nothing answered yet."""
    asked = FORMS.get(step)
    return asked(**_choices(step)) if asked else None


def _on(
    draft: Draft,
    form: forms.Form | None,
    data: QueryDict,
    trouble: tuple[str, ...],
    at: datetime,
) -> Turn:
    if form is not None:
        if not (form.is_valid() or _was_answered(draft, form, at)):
            return Turn(draft, form, trouble)
        draft = _with_answers(draft, form, at)
    stay = trouble or (draft.step is Step.FILES and "tambah" in data)
    if draft.step is Step.CHECK or stay:
        return Turn(draft, page_form(draft, at), trouble)
    step, checking = draft.step, draft.checking
    if step is Step.ENOUGH:
        draft = draft.at_step(step, answers={**draft.answers, "more": True})
    enough = "cukup" in data and step in {*OPTIONAL, Step.ENOUGH}
    after = Step.CHECK if enough else following(step, draft.answers, checking=checking)
    draft = draft.at_step(after, checking=checking and after is not Step.CHECK)
    return Turn(draft, page_form(draft, at))


def _back(draft: Draft, form: forms.Form | None, at: datetime) -> Turn:
    """Go back and keep what can be kept; what was changed at the end must be whole."""
    if form is not None and (form.is_valid() or not draft.checking):
        draft = _with_answers(draft, form, at)
    before = preceding(draft.step, draft.answers, checking=draft.checking)
    if before is None:
        return Turn(draft, to_start=True)
    draft = draft.at_step(before, checking=draft.checking and before is not Step.CHECK)
    return Turn(draft, page_form(draft, at))


def _bound(draft: Draft, data: QueryDict) -> forms.Form | None:
    asked = FORMS.get(draft.step)
    return asked(data, **_choices(draft.step)) if asked else None


def _as_typed(draft: Draft, data: QueryDict) -> forms.Form | None:
    """Return the page's form with what was typed, and no word on what is not right yet."""
    form = blank_form(draft.step)
    if form is not None:
        for name, field in form.fields.items():
            typed = field.widget.value_from_datadict(data, {}, name)
            form.initial[name] = typed if typed is not None else ""
    return form


def _with_answers(draft: Draft, form: forms.Form, at: datetime) -> Draft:
    """Store what was answered; once earlier answers are hidden, an empty field changes none."""
    said = {name: value for name, value in form.cleaned_data.items() if name != "berkas"}
    if not draft.is_shown(at):
        said = {name: value for name, value in said.items() if value}
    said, files = _long_texts_to_files(form, said)
    return draft.at_step(
        draft.step, answers={**draft.answers, **said}, files=(*draft.files, *files)
    )


def _was_answered(draft: Draft, form: forms.Form, at: datetime) -> bool:
    """Say whether an empty page was answered earlier, when answers are no longer shown."""
    return (
        not draft.is_shown(at)
        and not any(form.data.get(name) for name in form.fields)
        and any(name in draft.answers for name in form.fields)
    )


def _long_texts_to_files(
    form: forms.Form, said: Mapping[str, Any]
) -> tuple[dict[str, Any], list[StoredFile]]:
    kept, files = dict(said), []
    for name, value in said.items():
        if not isinstance(form.fields[name], Words):
            continue
        try:
            kept[name], file = shorten(name, value)
        except OSError:
            if len(value) > LARGEST_KEPT:
                raise
        else:
            files += [file] if file else []
    return kept, files


def _with_files(
    draft: Draft, uploads: Files, previewer: Previewer
) -> tuple[Draft, tuple[str, ...]]:
    """Store what was sent; a file that cannot be taken loses neither text nor other files."""
    if draft.step is not Step.FILES:
        return draft, ()
    kept, trouble = list(draft.files), []
    for upload in uploads:
        try:
            kept.append(_stored(upload, previewer, is_full=len(kept) >= MOST_FILES))
        except Refused as refusal:
            trouble.append(f"{(upload.name or '')[:60]}: {refusal}")
    return draft.at_step(draft.step, files=tuple(kept)), tuple(trouble)


def _stored(upload: Upload, previewer: Previewer, *, is_full: bool) -> StoredFile:
    if is_full:
        raise Refused(PUT_OFF)
    return store(upload, previewer)


def _without_file(draft: Draft, chosen: str) -> Draft:
    """Leave a file out. The sealed bytes go with whatever nobody claims."""
    files = tuple(one for one in draft.files if one.id.hex != chosen)
    return draft.at_step(draft.step, files=files)


def _chosen(name: str) -> Step:
    return Step(name) if name in FORMS else Step.CHECK


def _language(data: QueryDict, draft: Draft) -> str:
    chosen = text(data, "bahasa")
    return chosen if chosen in LANGUAGES else draft.language


def _choices(step: Step) -> dict[str, Any]:
    if step is not Step.PLACE:
        return {}
    places = territory.city().districts
    return {"districts": tuple((place.code, place.name) for place in places)}
