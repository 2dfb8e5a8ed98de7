"""Each save leaves the coded answers for the statistics process, and only that opens them."""

import pytest

from ruang.dossier import commands
from ruang.dossier.states import Kind, Reason
from ruang.kernel.errors import Refused
from ruang.outbox.leave import leave
from ruang.outbox.models import Answers
from ruang.vault import processes, root
from tests import make
from tests.left import ROOT, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_web_process")]


def test_a_save_leaves_codes_and_never_words_dates_or_people() -> None:
    case = make.case()
    actor = make.actor(make.lead_of(case))
    row = commands.add_record(
        actor=actor, case_id=case.pk, kind=Kind.PERSON, at=make.AT,
        values={
            "name": "Melati", "sex": "woman", "born_on": "1990-05-01", "disability": "no",
            "village": "36.73.01.1001", "role": "beneficiary", "phone": "0811",
        },
    )  # fmt: skip
    blob = bytes(Answers.objects.get().blob)
    for said in (b"woman", case.pk.hex.encode(), case.pk.bytes, b"36.73"):
        assert said not in blob
    (left,) = opened()
    assert left["codes"] == {
        "sex": "woman", "disability": False, "village": "36.73.01.1001",
        "role": "beneficiary", "age_group": "25-44",
    }  # fmt: skip
    assert (left["subject"], left["row"], left["version"]) == (case.pk.hex, row.pk.hex, 1)


def test_lists_and_numbers_are_left_as_they_are() -> None:
    case = make.case()
    commands.add_record(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, kind=Kind.INCIDENT,
        values={"forms": ("sexual", "physical"), "chronology": "x"}, at=make.AT,
    )  # fmt: skip
    commands.add_record(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, kind=Kind.ASSESSMENT,
        values={"dependants": "3"}, at=make.AT,
    )  # fmt: skip
    codes = [left["codes"] for left in opened()]
    assert codes == [{"forms": ["physical", "sexual"]}, {"dependants": 3}]


def test_a_later_version_and_a_record_set_aside_leave_their_own() -> None:
    case = make.case()
    actor = make.actor(make.lead_of(case))
    row = commands.add_record(
        actor=actor, case_id=case.pk, kind=Kind.PERSON, values={"sex": "man"}, at=make.AT
    )
    commands.save_record(
        actor=actor, record_id=row.pk, base_version=1, values={"sex": "woman"}, at=make.AT
    )
    commands.retire_record(actor=actor, record_id=row.pk, why=Reason.TWICE, at=make.AT)
    commands.restore_record(actor=actor, record_id=row.pk, at=make.AT)
    assert [(left["version"], left["codes"]) for left in opened()] == [
        (1, {"sex": "man"}), (2, {"sex": "woman"}), (3, {"retired": True}),
        (4, {"sex": "woman"}),
    ]  # fmt: skip


def test_what_is_not_saved_leaves_nothing() -> None:
    case = make.case()
    with pytest.raises(Refused):
        commands.add_record(
            actor=make.actor(make.lead_of(case)), case_id=case.pk, kind=Kind.PERSON,
            values={"sex": "other"}, at=make.AT,
        )  # fmt: skip
    assert not Answers.objects.exists()


@pytest.mark.parametrize("bad", ["x" * 61, None, 1.5, ["ok", 2], {"a": 1}])
def test_only_codes_are_taken(bad: object) -> None:
    with pytest.raises(TypeError):
        leave(
            subject=make.stranger(), kind="person", row=make.stranger(), version_of_row=1,
            codes={"name": bad}, at=make.AT,  # type: ignore[dict-item]
        )  # fmt: skip


def test_two_savings_of_the_same_answers_look_different_and_alike_in_size() -> None:
    case = make.case()
    for sex in ("man", "woman"):
        commands.add_record(
            actor=make.actor(make.lead_of(case)), case_id=case.pk, kind=Kind.PERSON,
            values={"sex": sex}, at=make.AT,
        )  # fmt: skip
    one, two = (bytes(row.blob) for row in Answers.objects.all())
    assert one != two
    assert len(one) == len(two)


def test_no_other_process_opens_them() -> None:
    leave(
        subject=make.stranger(), kind="person", row=make.stranger(), version_of_row=1,
        codes={"sex": "man"}, at=make.AT,
    )  # fmt: skip
    row = Answers.objects.get()
    for process in ("web", "jobs", "cli"):
        root.install(root.subkeys(ROOT, process))
        with pytest.raises(root.NoRoot):
            processes.open_in("stats", row.root_version, bytes(row.blob))
