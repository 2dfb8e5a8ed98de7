"""What the checklist suggests: red flags, monotone, and missing is not no (A-30 … A-35)."""

from itertools import product
from random import Random

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from ruang.kernel.codes import RANK, Age, Risk
from ruang.risk import CHECKLISTS, Answer, Checklist, Filled, fill, suggest
from ruang.risk.checklists import ADULT, CHILD, SOURCE
from ruang.risk.suggesting import raises

LISTS = pytest.mark.parametrize("checklist", [ADULT, CHILD], ids=lambda one: one.code)
Y, N, K = Answer.YES, Answer.NO, Answer.UNKNOWN


@LISTS
@pytest.mark.parametrize("rest", [N, K, None], ids=["no", "unknown", "unanswered"])
def test_a30_any_red_flag_alone_or_with_others_is_high(
    checklist: Checklist, rest: Answer | None
) -> None:
    red = [item.id for item in checklist.red_flags]
    others = {item.id: rest for item in checklist.items if rest and item.id not in red}
    assert 1 <= len(red) <= 12

    for combination in product((True, False), repeat=len(red)):
        answers = others | {
            code: Y if yes else N for code, yes in zip(red, combination, strict=True)
        }
        found = suggest(checklist, answers)
        assert (found.level is Risk.HIGH) is any(combination)
        assert found.red_flags == tuple(
            code for code, yes in zip(red, combination, strict=True) if yes
        )


@LISTS
@settings(max_examples=500, deadline=None)
@given(dice=st.randoms(use_true_random=True))
def test_a31_another_danger_sign_never_lowers_the_level(
    checklist: Checklist, dice: Random
) -> None:
    """Any filling; after it each sign that is not there yet. 500 × 100 times for each list."""
    left = 100
    while left > 0:
        given_ = any_filling(checklist, dice)
        before = RANK[suggest(checklist, given_).level]
        absent = [item.id for item in checklist.items if given_.get(item.id) is not Y]
        for sign in absent[:left]:
            after = suggest(checklist, {**given_, sign: Y}).level
            assert RANK[after] <= before, (given_, sign)
        left -= len(absent)


def any_filling(checklist: Checklist, dice: Random) -> dict[str, Answer]:
    """Every second one without a red flag."""
    ids = [item.id for item in checklist.items]
    shares = (dice.random() ** 3, dice.random(), dice.random(), dice.random())
    drawn = dice.choices((Y, N, K, None), shares, k=len(ids))
    given_ = {code: answer for code, answer in zip(ids, drawn, strict=True) if answer}
    if dice.random() < 0.5:
        given_ |= {item.id: N for item in checklist.red_flags}
    return given_


@LISTS
@pytest.mark.parametrize("missing", [None, K], ids=["unanswered", "unknown"])
def test_a32_missing_is_not_no(checklist: Checklist, missing: Answer | None) -> None:
    ids = [item.id for item in checklist.items]

    for count in range(len(ids) + 1):
        answers = dict.fromkeys(ids, N) | (
            dict.fromkeys(ids[:count], missing) if missing else {}
        )
        for code in ids[:count] if missing is None else ():
            del answers[code]
        found = suggest(checklist, answers)
        assert found.unanswered == tuple(ids[:count])
        assert found.level is (Risk.MEDIUM if count > 0.3 * len(ids) else Risk.LOW)


@LISTS
@settings(max_examples=200, deadline=None)
@given(dice=st.randoms(use_true_random=True))
def test_a32_whichever_are_missing(checklist: Checklist, dice: Random) -> None:
    """A subset of each size, unanswered and not known mixed; the others no, then any."""
    ids = [item.id for item in checklist.items]

    for count in range(len(ids) + 1):
        missing = dice.sample(ids, count)
        answers = {code: N for code in ids if code not in missing} | {
            code: K for code in missing if dice.random() < 0.5
        }
        found = suggest(checklist, answers)
        assert found.unanswered == tuple(code for code in ids if code in missing)
        assert found.level is (Risk.MEDIUM if count > 0.3 * len(ids) else Risk.LOW)

        answers |= {code: Y for code in ids if code not in missing and dice.random() < 0.2}
        found = suggest(checklist, answers)
        assert found.unanswered == tuple(code for code in ids if code in missing)
        assert found.level is not Risk.LOW or count <= 0.3 * len(ids)


@pytest.mark.parametrize("level", list(Risk))
@pytest.mark.parametrize("risk", list(Risk))
def test_a33_the_machine_only_raises(level: Risk, risk: Risk) -> None:
    order = [Risk.LOW, Risk.UNRATED, Risk.MEDIUM, Risk.HIGH]

    assert raises(level, risk) is (order.index(level) > order.index(risk))


@LISTS
def test_a35_what_is_kept_says_wording_version_source_and_every_answer(
    checklist: Checklist,
) -> None:
    answers = {checklist.items[0].id: Y, checklist.items[-1].id: K}
    with translation.override("en"):
        filled, suggestion = fill(checklist, answers)

    kept = Filled.from_text(filled.to_text())

    assert kept == filled
    assert (kept.code, kept.version, kept.source) == (
        checklist.code, checklist.version, SOURCE,
    )  # fmt: skip
    assert (kept.level, kept.answers) == (suggestion.level, answers)
    assert [one.id for one in kept.red_flags] == list(suggestion.red_flags)
    assert [one.id for one in kept.unanswered] == list(suggestion.unanswered)
    with translation.override("id"):
        assert [one.words for one in kept.asked] != [str(one.words) for one in checklist.items]


@LISTS
def test_every_question_has_an_id_of_its_own_and_words_in_both_languages(
    checklist: Checklist,
) -> None:
    ids = [item.id for item in checklist.items]
    assert len(set(ids)) == len(ids)
    for item in checklist.items:
        with translation.override("en"):
            english = str(item.words)
        with translation.override("id"):
            assert str(item.words) != english, item.id


def test_every_age_has_a_list() -> None:
    assert set(CHECKLISTS) == set(Age)
    assert CHECKLISTS[Age.CHILD] is CHILD
