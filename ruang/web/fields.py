"""One question of a form, taken apart into what the field components show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

from ruang.web.words import Words

_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "tick"),
    (forms.HiddenInput, "hidden"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose from."""

    id: str
    value: str
    label: Words
    hint: Words
    chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question as its component shows it. ``kind`` names the component."""

    kind: str
    id: str
    name: str
    type: str
    label: Words
    hint: Words
    errors: tuple[str, ...]
    described: str
    value: Any  # whatever was typed, as the form gives it back
    attrs: SafeString
    choices: tuple[Choice, ...]
    heading: bool
    count: int | None

    @property
    def target(self) -> str:
        """Return the id the error summary links to: the first thing that takes an answer."""
        return self.choices[0].id if self.kind == "choices" and self.choices else self.id


def question(
    field: BoundField,
    *,
    label: Words = "",
    hint: Words = "",
    heading: bool = False,
    count: int | None = None,
    attrs: Mapping[str, Any] | None = None,
) -> Question:
    """Take a bound field apart."""
    widget = field.field.widget
    kind = next((kind for cls, kind in _KINDS if isinstance(widget, cls)), "text")
    hint = hint or field.help_text
    errors = tuple(str(error) for error in field.errors)
    described = _described(field.auto_id, hint=bool(hint), errors=bool(errors))
    more = {**widget.attrs, **(attrs or {})}
    if kind == "text":
        more.setdefault("autocomplete", "off")
    elif kind == "file" and getattr(widget, "allow_multiple_selected", False):
        more["multiple"] = True
    if kind != "choices" and described:
        more["aria-describedby"] = described
    if kind != "choices" and errors:
        more["aria-invalid"] = "true"
    return Question(
        kind=kind,
        id=field.auto_id,
        name=field.html_name,
        type=_type(widget),
        label=label or field.label or "",
        hint=hint,
        errors=errors,
        described=described,
        value=_value(field, widget),
        attrs=flatatt(more),
        choices=tuple(_choices(field)) if kind in {"choices", "select"} else (),
        heading=heading,
        count=count,
    )


def _described(base: str, *, hint: bool, errors: bool) -> str:
    return " ".join(
        f"{base}-{end}" for end, there in (("hint", hint), ("error", errors)) if there
    )


def _type(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxSelectMultiple):  # first: Django derives it from radios
        return "checkbox"
    if isinstance(widget, forms.RadioSelect):
        return "radio"
    return getattr(widget, "input_type", "text") or "text"


def _value(field: BoundField, widget: forms.Widget) -> Any:
    if isinstance(widget, forms.FileInput | forms.PasswordInput):
        return ""
    value = field.value()
    return "" if value is None else value


def _choices(field: BoundField) -> Iterable[Choice]:
    value = field.value()
    chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
    hints: Mapping[str, Words] = getattr(field.field, "hints", {})
    options = getattr(field.field, "choices", ())
    for number, (code, words) in enumerate(options):
        yield Choice(
            id=f"{field.auto_id}_{number}",
            value=str(code),
            label=words,
            hint=hints.get(str(code), ""),
            chosen=str(code) in chosen and value is not None,
        )
