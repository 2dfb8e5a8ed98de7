"""Questions of a form as the field components show them."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms
from django.template import engines
from django.utils import translation

from ruang.web.days import UNREAD, Day
from ruang.web.style.forms import Everything, Safe
from tests.reading import parsed

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield  # type: ignore[misc]


def show(text: str, **context: Any) -> BeautifulSoup:
    page = engines["django"].from_string("{% load ruang %}" + text).render(context)
    assert "UNDEFINED" not in page
    return parsed(page)


def one(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select(selector)
    assert len(found) == 1, (selector, page)
    return found[0]


def test_radios_are_native_nothing_is_chosen_beforehand() -> None:
    page = show("{% field form.safe heading=True %}", form=Safe())
    assert one(page, "legend h1").text == "Are you safe now?"
    assert len(page.select("input[type=radio]")) == 4
    assert not page.select("[checked], [required]")
    assert one(page, "fieldset")["aria-describedby"] == "id_safe-hint"
    assert "The rest can follow later." in page.text


def test_what_was_answered_comes_back() -> None:
    sent = {"safe": "no", "help": ["listen", "health"], "hours": "morning", "agreed": "on"}
    sent |= {"number": "0811", "story": "\n<b>halo</b>"}
    form = Everything(sent)
    page = show(
        "{% field safe.safe %}{% field form.help %}{% field form.hours %}"
        "{% field form.agreed %}{% field form.number %}{% field form.story rows=9 %}",
        form=form,
        safe=Safe(sent),
    )
    chosen = {str(tag["value"]) for tag in page.select("[checked][value]")}
    assert chosen == {"no", "listen", "health"}
    assert one(page, "option[selected]")["value"] == "morning"
    assert one(page, "#id_agreed").has_attr("checked")
    assert one(page, "#id_number")["value"] == "0811"
    assert one(page, "textarea").text.strip("\n") == "<b>halo</b>"
    assert one(page, "textarea")["rows"] == "9"


def test_an_error_is_said_beside_the_field_and_in_the_summary() -> None:
    safe, more = Safe({}), Everything({"help": ["nonsense"]})
    page = show(
        "{% errors safe more extra='Refused.' %}{% field safe.safe %}{% field more.number %}",
        safe=safe,
        more=more,
    )
    links = [str(tag["href"]) for tag in page.select(".govuk-error-summary a")]
    assert links[:3] == ["#id_safe_0", "#id_help_0", "#id_number"]
    for link in ("#id_safe_0", "#id_number"):
        one(page, link)
    assert "Refused." in one(page, ".govuk-error-summary").text
    number = one(page, "#id_number")
    assert number["aria-invalid"] == "true"
    assert number["aria-describedby"] == "id_number-error"
    one(page, "#id_number-error")
    one(page, "#id_safe-error")


def test_no_summary_without_errors() -> None:
    assert show("{% errors form %}", form=Safe()).text == ""


@pytest.mark.parametrize("name", ["number", "story"])
def test_nothing_typed_becomes_code(name: str) -> None:
    form = Everything({name: HOSTILE})
    page = show("{% field form." + name + " %}", form=form)
    assert not page.select("script")
    tag = page.select_one(f"#id_{name}")
    assert tag is not None
    assert HOSTILE in (tag.get("value") or tag.text)


def test_fields_keep_no_memory_in_the_browser() -> None:
    page = show(
        "{% field f.help %}{% field f.number %}{% field f.story %}{% field f.agreed %}"
        "{% field f.hours %}",
        f=Everything(),
    )
    for tag in page.select("input, textarea, select"):
        assert tag["autocomplete"] == "off", tag


def test_a_password_is_never_given_back_and_may_be_filled_by_a_manager() -> None:
    class SignIn(forms.Form):
        password = forms.CharField(
            widget=forms.PasswordInput({"autocomplete": "current-password"})
        )
        secret = forms.CharField(widget=forms.HiddenInput)

    form = SignIn({"password": "hunter2", "secret": HOSTILE})
    page = show("{% field form.password %}{% field form.secret %}", form=form)
    password = one(page, "input[type=password]")
    assert not password.has_attr("value")
    assert password["autocomplete"] == "current-password"
    assert one(page, "input[type=hidden]")["value"] == HOSTILE


def test_a_file_field_takes_several_where_the_widget_does() -> None:
    class Several(forms.ClearableFileInput):
        allow_multiple_selected = True

    class Form(forms.Form):
        files = forms.FileField(widget=Several({"accept": "image/*"}))
        one = forms.FileField()

    page = show("{% field form.files %}{% field form.one %}", form=Form())
    assert one(page, "#id_files").has_attr("multiple")
    assert one(page, "#id_files")["accept"] == "image/*"
    assert not one(page, "#id_one").has_attr("multiple")


def test_a_count_is_said_in_words_before_any_script_runs() -> None:
    page = show("{% field form.story count=200 %}", form=Everything())
    assert one(page, ".rk-count").text.strip() == "At most 200 characters."
    assert one(page, "textarea")["data-most"] == "200"


def test_an_unknown_icon_is_a_fault_of_the_page() -> None:
    with pytest.raises(KeyError):
        show("{% icon 'unicorn' %}")


@pytest.mark.parametrize("sent", ["2026-11-23", "23-11-2026", "23/11/2026", "23.11.2026"])
def test_a_day_is_read_as_people_write_it(sent: str) -> None:
    assert Day().clean(sent) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "sent", ["0001-01-01", "9999-12-31", "1899-12-31", "31-02-2026", "\0", "😀", "٢٠٢٦-١١-٢٣x"]
)
def test_a_day_that_cannot_be_meant_is_said_in_one_sentence(sent: str) -> None:
    """The first and the last day of the calendar have no hour in some other time zone."""
    with pytest.raises(forms.ValidationError) as refused:
        Day().clean(sent)
    assert refused.value.messages == [UNREAD]
