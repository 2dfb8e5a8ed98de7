"""Reading what a public form sent: anything at all may come, and nothing of it is an error.

Phones send strange bytes, scanners send worse. What can be read is read and made storable;
what cannot be read is as if it had not been sent.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

from django import forms
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict

from ruang.kernel.text import tidy


class Words(forms.CharField):
    """Anything a person may write, of any length; made storable, never refused."""

    def __init__(self, *, rows: int = 0, required: bool = False, **kwargs: object) -> None:
        attrs: dict[str, object] = {"autocomplete": "off"}
        widget = forms.Textarea({**attrs, "rows": rows}) if rows else forms.TextInput(attrs)
        super().__init__(required=required, strip=False, widget=widget, **kwargs)  # type: ignore[arg-type]
        self.validators = []

    def to_python(self, value: object) -> str:
        """Return the text as it is stored."""
        return tidy(value) if isinstance(value, str) else ""


Files: TypeAlias = "Sequence[UploadedFile[Any]]"
Posted: TypeAlias = "tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]]"


def posted(request: HttpRequest) -> "Posted | None":
    """Return the texts and files of a POST; None if it cannot be read.

    :raises RequestDataTooBig: if more text came than is read
    """
    try:
        sent = request.POST, request.FILES
    except RequestDataTooBig:
        raise
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return None
    return sent


def text(data: QueryDict, name: str) -> str:
    """Return one text of a POST; empty if it was not sent."""
    value = data.get(name, "")
    return value if isinstance(value, str) else ""


def tidied(data: QueryDict) -> QueryDict:
    """Return the texts in storable form, so that they can be shown again."""
    clean = QueryDict(mutable=True)
    for name, values in data.lists():
        clean.setlist(name, [tidy(value) for value in values])
    return clean
