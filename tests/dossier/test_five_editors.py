"""R-12 with real sessions: five people, one record, forty savings in an order of chance."""

import random

import pytest

from ruang.cases.states import Compartment, Part
from ruang.dossier import commands
from ruang.dossier.models import Record
from ruang.dossier.reading import answers, at_version
from ruang.dossier.states import Kind
from ruang.dossier.values import Conflict, differing
from tests import make
from tests.cases.test_team import partner_on

pytestmark = pytest.mark.django_db
FIELDS = ("name", "alias", "phone")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_replaced_answer_was_seen_by_who_replaced_it(seed: int) -> None:
    chance = random.Random(seed)
    case = make.case()
    people = [make.lead_of(case), make.lead_of(case, Part.DEPUTY)]
    people += [partner_on(case, Compartment.IDENTITY) for _ in range(3)]
    editors = [make.actor(person) for person in people]
    row = commands.add_record(
        actor=editors[0], case_id=case.pk, kind=Kind.PERSON, values={"name": "a"}, at=make.AT
    )
    pages = [(1, {"name": "a"})] * 5
    conflicts = 0
    for _ in range(40):
        who = chance.randrange(5)
        version, shown = pages[who]
        form = {name: shown.get(name, "") for name in FIELDS}
        form[chance.choice(FIELDS)] = chance.choice(["a", "b", "c", ""]) or "d"
        before = answers(Record.objects.get(pk=row.pk), editors[who])
        try:
            commands.save_record(
                actor=editors[who], record_id=row.pk, base_version=version, values=form,
                at=make.AT,
            )  # fmt: skip
        except Conflict as conflict:
            conflicts += 1
            assert answers(Record.objects.get(pk=row.pk), editors[who]) == before
            shown = {name: str(before.get(name, "")) for name in FIELDS}
            pages[who] = (conflict.version, shown)
            continue
        now = Record.objects.get(pk=row.pk)
        after = answers(now, editors[who])
        for name in differing(before, after):
            assert shown.get(name, "") == before.get(name, ""), "replaced unseen"
            assert after.get(name, "") == form[name]
        pages[who] = (now.version, {name: str(after.get(name, "")) for name in FIELDS})
    assert conflicts, "nobody ever met"
    now = Record.objects.get(pk=row.pk)
    for number in range(1, now.version + 1):
        assert at_version(now, number, editors[0])
