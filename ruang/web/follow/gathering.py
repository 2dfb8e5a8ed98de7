"""What she sent from a page under the words: a kind of message, its text and its files."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from hashlib import sha256

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ruang.intake.attachments import shorten, store
from ruang.intake.states import IfOthersAnswer, MessageKind, Way
from ruang.intake.told import Contact
from ruang.kernel.errors import Refused
from ruang.kernel.told import Feedback
from ruang.web.answers import Files
from ruang.web.follow.forms import FeedbackForm, FilesForm, MessageForm, StopForm
from ruang.web.follow.held import Held
from ruang.web.previewer import previewer
from ruang.web.report.forms import ContactForm

NOTHING = _("Nothing was written yet. Write a few words first.")
NO_FILE = _("Choose a file first.")
TOO_LONG = _("This is more than fits here. Send it as a message instead.")
LONGEST_ANSWER = 5_000
NO_ANSWER = _("Nothing was answered yet. One answer is enough.")

FORMS: Mapping[str, type[forms.Form]] = {
    "main": MessageForm,
    "contact": ContactForm,
    "files": FilesForm,
    "stop": StopForm,
    "feedback": FeedbackForm,
}


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was sent from a page: ready to be written, or what is not right yet.

    :ivar held: with the files that are stored by now and, if all is right, the message
    """

    held: Held
    form: forms.Form
    trouble: tuple[str, ...] = ()


def gather(held: Held, data: QueryDict, uploads: Files) -> Gathered:
    """Read what was sent from a page. Files are sealed and stored here, whatever else is wrong.

    :raises OSError: if a text is too long for a column and the disk does not take it
    """
    sent = [*(one.id.hex for one in held.files), *_marks(uploads)]
    held, trouble = _stored(held, uploads)
    form = FORMS[held.page](data)
    if not form.is_valid() or trouble:
        return Gathered(held, form, trouble)
    kind, text = _READERS[held.page](held, form)
    if kind is None:
        return Gathered(held, form)
    mark = sha256(json.dumps([kind, text, sent]).encode()).hexdigest()
    text, file = shorten("pesan", text)
    files = (*held.files, file) if file else held.files
    return Gathered(replace(held, files=files, kind=kind, text=text, mark=mark), form)


def typed(held: Held, data: QueryDict) -> Held:
    """Return the hold with what was typed on its page, right or not."""
    asked = FORMS.get(held.page)
    if asked is None:
        return held
    return held.typed(
        {
            name: field.widget.value_from_datadict(data, {}, name) or ""
            for name, field in asked().fields.items()
            if name != "berkas" and name in data
        }
    )


def page_form(held: Held) -> forms.Form | None:
    """Return what a page asks, with what was typed there before."""
    asked = FORMS.get(held.page)
    return asked(initial=dict(held.drafts.get(held.page, {}))) if asked else None


def _marks(uploads: Files) -> list[str]:
    """Return what tells files apart by their content: each gets a new id whenever it comes."""
    marks = []
    for upload in uploads:
        marks.append(sha256(upload.read()).hexdigest())
        upload.seek(0)
    return marks


def _stored(held: Held, uploads: Files) -> tuple[Held, tuple[str, ...]]:
    kept, trouble = list(held.files), []
    for upload in uploads if held.page == "files" else ():
        try:
            kept.append(store(upload, previewer))
        except Refused as refusal:
            trouble.append(f"{(upload.name or '')[:60]}: {refusal}")
    return replace(held, files=tuple(kept)), tuple(trouble)


Read = tuple[MessageKind | None, str]


def _message(held: Held, form: forms.Form) -> Read:
    text: str = form.cleaned_data["pesan"]
    if not text:
        form.add_error("pesan", NOTHING)
        return None, ""
    return MessageKind.TEXT, text


def _contact(held: Held, form: forms.Form) -> Read:
    said = form.cleaned_data
    value = Contact.of(
        way=Way(said["way"]),
        reach=said["reach"],
        safe_from=_hour(said["safe_from"]),
        safe_until=_hour(said["safe_until"]),
        if_others=IfOthersAnswer(said["if_others"]) if said["if_others"] else None,
    )
    return MessageKind.CONTACT, value.to_text()


def _files(held: Held, form: forms.Form) -> Read:
    if not held.files:
        form.add_error("berkas", NO_FILE)
        return None, ""
    return MessageKind.EVIDENCE, form.cleaned_data["pesan"]


def _stop(held: Held, form: forms.Form) -> Read:
    return MessageKind.WITHDRAW, form.cleaned_data["pesan"]


def _feedback(held: Held, form: forms.Form) -> Read:
    said = form.cleaned_data
    if len(said["pesan"]) > LONGEST_ANSWER:
        form.add_error("pesan", TOO_LONG)
        return None, ""
    value = Feedback(said["safe"], said["heard"], said["helped"], said["pesan"]).to_text()
    if not value:
        form.add_error(None, NO_ANSWER)
        return None, ""
    return MessageKind.FEEDBACK, value


def _hour(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


_READERS: Mapping[str, Callable[[Held, forms.Form], Read]] = {
    "main": _message,
    "contact": _contact,
    "files": _files,
    "stop": _stop,
    "feedback": _feedback,
}
