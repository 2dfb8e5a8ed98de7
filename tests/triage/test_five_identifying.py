"""R-12 for the official keys: pages that stay open while others save lose nobody's answer."""

import random
from itertools import product
from typing import Any

import pytest

from ruang.cases.models import Case
from ruang.cases.states import Part
from ruang.intake import commands as intake
from ruang.intake.states import State
from ruang.kernel.codes import Authority, CaseKind
from ruang.kernel.errors import Refused
from ruang.kernel.official_keys import FIELDS, Keys, KeysConflict, merged
from ruang.triage import commands
from tests import make
from tests.intake.desk_people import desk_with

NOTHING = Keys(None, None, False)
KINDS = (None, CaseKind.CIVIL, CaseKind.SEXUAL)
AUTHORITIES = (None, Authority.OURS)
ALL = [Keys(*said) for said in product(KINDS, AUTHORITIES, (False, True))]
EVERY = [one for one in ALL if one == one.whole]


def stored(row: Any) -> Keys:
    row.refresh_from_db()
    return Keys.of(row.kind, row.authority, tpks=row.tpks)


def tried(base: Keys, theirs: Keys, mine: Keys) -> Keys | KeysConflict:
    try:
        return merged(base=base, theirs=theirs, mine=mine)
    except KeysConflict as conflict:
        return conflict


@pytest.mark.parametrize("base", EVERY)
def test_an_answer_is_replaced_only_by_who_saw_it(base: Keys) -> None:
    for theirs, mine in product(EVERY, EVERY):
        now = tried(base, theirs, mine)
        if isinstance(now, KeysConflict):
            continue
        assert now == now.whole
        for of in FIELDS.values():
            if of(now) != of(theirs):
                assert of(theirs) == of(base), "replaced unseen"
            if of(mine) != of(base):
                assert of(now) == of(mine), "acknowledged and lost"


@pytest.mark.parametrize("base", EVERY)
def test_a_conflict_asks_for_what_both_changed_and_keeps_the_rest(base: Keys) -> None:
    for theirs, mine in product(EVERY, EVERY):
        found = tried(base, theirs, mine)
        if not isinstance(found, KeysConflict):
            continue
        assert found.fields, "nothing to choose"
        assert theirs != base
        assert mine != base
        for name in set(FIELDS) - set(found.fields):
            of = FIELDS[name]
            assert of(found.mine) == (of(mine) if of(mine) != of(base) else of(theirs))
        again = tried(found.theirs, found.theirs, found.mine)
        assert again == found.mine.whole, "what was chosen is saved"


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_five_pages_on_one_case(seed: int) -> None:
    chance = random.Random(seed)
    case = make.case()
    leads = [make.actor(make.lead_of(case, part)) for part in (Part.MANAGER, Part.DEPUTY)]
    pages, conflicts = [NOTHING] * 5, 0
    for _ in range(40):
        who = chance.randrange(5)
        shown, before = pages[who], stored(case)
        form = chance.choice([one for one in EVERY if one != shown])
        try:
            commands.identify_case(
                actor=leads[who % 2], case_id=case.pk, kind=form.kind, tpks=form.tpks,
                authority=form.authority, base=shown, at=make.AT,
            )  # fmt: skip
        except KeysConflict:
            conflicts += 1
            assert stored(case) == before
            pages[who] = before
            continue
        except Refused:
            assert before.tpks, "only the mark is not taken off by one"
            assert stored(case) == before
            pages[who] = before
            continue
        pages[who] = stored(case)
        for of in FIELDS.values():
            if of(pages[who]) != of(before):
                assert of(shown) == of(before), "replaced unseen"
    assert conflicts, "nobody ever met"


@pytest.mark.django_db
def test_a_page_that_is_old_empties_nothing() -> None:
    case = make.case()
    both = [make.actor(make.lead_of(case, part)) for part in (Part.MANAGER, Part.DEPUTY)]
    for actor, kind, authority in (
        (both[0], CaseKind.LABOUR, None), (both[1], None, Authority.OURS),
    ):  # fmt: skip
        commands.identify_case(
            actor=actor, case_id=case.pk, kind=kind, authority=authority, tpks=False,
            base=NOTHING, at=make.AT,
        )  # fmt: skip
    assert stored(Case.objects.get()) == Keys(CaseKind.LABOUR, Authority.OURS, tpks=False)


@pytest.mark.django_db
def test_of_a_report_neither() -> None:
    desk = desk_with(State.CLAIMED)

    def identify(kind: CaseKind | None, authority: Authority | None, base: Keys) -> None:
        intake.identify_report(
            actor=desk.who("holder"), report_id=desk.report.pk, kind=kind, tpks=False,
            authority=authority, base=base, at=make.AT,
        )  # fmt: skip

    identify(CaseKind.SEXUAL, None, NOTHING)
    identify(None, Authority.OURS, NOTHING)
    assert stored(desk.report) == Keys(CaseKind.SEXUAL, Authority.OURS, tpks=True)
    with pytest.raises(KeysConflict) as caught:
        identify(CaseKind.CIVIL, None, NOTHING)
    assert caught.value.fields == ("kind",)
    assert stored(desk.report) == Keys(CaseKind.SEXUAL, Authority.OURS, tpks=True)
