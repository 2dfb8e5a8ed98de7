"""Pages that are rendered once: what is filled in is hers alone, and stays text."""

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from ruang.web.frames import Frame, hole
from ruang.web.report.forms import FORMS
from ruang.web.report.steps import Step


def code(*words: str) -> Frame:
    return Frame("components/code.html", {"words": words})


def test_values_stand_in_the_holes_of_their_numbers() -> None:
    frame = code(hole(1), hole(0), hole(1))
    assert "<span>b</span> <span>a</span> <span>b</span>" in frame.filled("a", "b")
    assert "<span>d</span> <span>c</span> <span>d</span>" in frame.filled("c", "d")


def test_what_is_filled_in_is_escaped_unless_it_is_a_page_already() -> None:
    frame = code(hole(0))
    assert "<span>&lt;b&gt;</span>" in frame.filled("<b>")
    assert "<span><b></span>" in frame.filled(mark_safe("<b>"))
    assert f"<span>{_('Send')}</span>" in frame.filled(_("Send"))


def test_a_value_cannot_ask_for_another_one() -> None:
    assert f"<span>{hole(1)}</span>" in code(hole(0)).filled(hole(1), "secret")
    assert "secret" not in code(hole(0)).filled(hole(1), "secret")


def test_there_are_only_so_many_holes() -> None:
    hole(31)
    with pytest.raises(ValueError, match="32"):
        hole(32)


@pytest.mark.parametrize("step", FORMS)
def test_forms_share_their_fields_and_change_none(step: Step) -> None:
    asked = FORMS[step]
    before = {name: vars(field).copy() for name, field in asked.base_fields.items()}
    first, second = asked({"office": "on"}), asked()
    assert not first.is_valid() or first.cleaned_data is not None
    first.as_div()
    assert first.fields is not second.fields
    for name, field in asked.base_fields.items():
        assert vars(field) == before[name]
        assert first.fields[name] is second.fields[name]


def test_a_place_is_chosen_among_the_districts_given() -> None:
    form = FORMS[Step.PLACE]
    one = form({"district": "36.73.01"}, districts=(("36.73.01", "Serang"),))
    assert one.is_valid()
    assert not form({"district": "36.73.01"}).is_valid()
    assert not form({"district": "36.73.01"}, districts=(("36.73.02", "Kasemen"),)).is_valid()
