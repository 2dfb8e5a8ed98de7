"""Writing a consent down, and ending it: who, in which state, and what is needed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Due, Fact
from ruang.cases.models import Case
from ruang.cases.states import Closing, Compartment, Part
from ruang.cases.states import State as CaseState
from ruang.consents.commands import ENDS, give_consent, move_consent
from ruang.consents.models import Consent
from ruang.consents.states import MOVES, Basis, Giver, Purpose, State, Step
from ruang.dossier.commands import add_record
from ruang.dossier.states import Kind
from ruang.identity.models import Organisation, User
from ruang.kernel.codes import Age
from ruang.kernel.errors import Refused
from ruang.referrals.states import Need
from ruang.vault.texts import open_text
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
UNTIL = make.AT + timedelta(days=90)


@pytest.fixture
def case() -> Case:
    return make.case()


@pytest.fixture
def place() -> Organisation:
    return make.partner().organisation


def write(
    case: Case, place: Organisation, *, by: User | None = None, **changed: object
) -> Consent:
    return give_consent(
        actor=make.actor(by or make.lead_of(case)), case_id=case.pk, at=make.AT,
        grant=make.grant(place, Compartment.HEALTH, **changed),
    )  # fmt: skip


def test_codes_are_readable_and_words_are_sealed_under_identity(
    case: Case, place: Organisation
) -> None:
    made = write(
        case, place, giver=Giver.SAFE_GUARDIAN, giver_name="Bibi Ratna",
        reason="Ayahnya terlapor",
    )  # fmt: skip
    row = Consent.objects.get()
    assert (row.pk, row.compartments) == (made.pk, ["health", "plan"])
    readable = "|".join(str(getattr(row, name)) for name in row.classes.coded)
    assert not {"Ratna", "terlapor", "guardian"} & set(readable.split())
    keys = make.actor(make.lead_of(case, Part.DEPUTY)).keys
    assert open_text(keys, row, "giver") == "safe_guardian"
    assert open_text(keys, row, "giver_name") == "Bibi Ratna"
    assert open_text(keys, row, "reason") == "Ayahnya terlapor"
    fact = Fact.objects.get(name="consents.consent_given")
    assert fact.codes == {"purpose": "legal", "basis": "consent"}
    assert Due.objects.get(kind=ENDS).due_at == UNTIL


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"given_on": None}, "when she agreed"),
        ({"given_on": (make.AT + timedelta(days=2)).date()}, "future"),
        ({"way": None}, "how she agreed"),
        ({"giver": None}, "who agreed"),
        ({"explained": " \n"}, "explained before"),
        ({"giver": Giver.SAFE_GUARDIAN}, "why a safe guardian"),
        ({"basis": Basis.VITAL}, "reason why"),
        ({"basis": Basis.PUBLIC, "reason": "\x00 "}, "reason why"),
        ({"explained": "x" * 5_001}, "too long"),
        ({"until": make.AT}, "still to come"),
        ({"until": make.AT + timedelta(days=800)}, "two years"),
        ({"purpose": Purpose.STATISTICS}, "codes alone"),
        ({"organisation": make.stranger()}, "Choose an organisation"),
    ],
)
def test_what_is_missing_is_said(
    case: Case, place: Organisation, changed: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        write(case, place, **changed)
    assert not Consent.objects.exists()
    assert not Due.objects.filter(kind=ENDS).exists()


def test_a_child_does_not_agree_alone(case: Case, place: Organisation) -> None:
    Case.objects.filter(pk=case.pk).update(age=Age.CHILD)
    with pytest.raises(Refused, match="For a child"):
        write(case, place)
    write(case, place, giver=Giver.GUARDIAN)
    write(case, place, giver=Giver.SAFE_GUARDIAN, reason="Ayahnya terlapor.")
    for basis in (Basis.VITAL, Basis.LAW, Basis.PUBLIC):
        other = write(case, place, basis=basis, reason="Nyawanya terancam.")
        assert (other.given_on, other.way, other.giver) == (None, "", None)


def test_whose_age_nobody_knows_agrees_herself_with_a_reason_alone(
    case: Case, place: Organisation
) -> None:
    Case.objects.filter(pk=case.pk).update(age=Age.UNKNOWN)
    with pytest.raises(Refused, match="whether she is a child"):
        write(case, place)
    write(case, place, reason="Ia menunjukkan KTP.")
    write(case, place, giver=Giver.GUARDIAN)
    write(case, place, basis=Basis.VITAL, reason="Nyawanya terancam.")


@pytest.mark.parametrize(
    ("before", "said", "agrees"),
    [
        (Age.UNKNOWN, {"about_age": "15"}, False), (Age.ADULT, {"about_age": "15"}, False),
        (Age.UNKNOWN, {"about_age": "30"}, True), (Age.CHILD, {"about_age": "30"}, True),
        (Age.ADULT, {"born_on": "2015-05-01"}, False),
    ],
)  # fmt: skip
def test_what_is_written_of_her_says_whether_she_agrees_herself(
    case: Case, place: Organisation, before: Age, said: dict[str, str], agrees: bool
) -> None:
    Case.objects.filter(pk=case.pk).update(age=before)
    add_record(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, kind=Kind.PERSON, at=make.AT,
        values={"role": "beneficiary", "name": "Melati", **said},
    )  # fmt: skip
    if agrees:
        write(case, place)
        return
    with pytest.raises(Refused, match="For a child"):
        write(case, place)


def test_statistics_open_no_part_to_anybody(case: Case, place: Organisation) -> None:
    grant = replace(make.grant(place), purpose=Purpose.STATISTICS)
    made = give_consent(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, at=make.AT, grant=grant
    )
    assert made.compartments == []


def test_the_same_form_sent_twice_is_one(case: Case, place: Organisation) -> None:
    actor = make.actor(make.lead_of(case))
    for _ in range(2):
        give_consent(
            actor=actor,
            case_id=case.pk,
            at=make.AT,
            grant=make.grant(place),
            form_tag=b"x" * 32,
        )
    assert Consent.objects.count() == 1
    assert Fact.objects.filter(name="consents.consent_given").count() == 1


def test_who_writes_one_down(case: Case, place: Organisation) -> None:
    write(case, place, by=make.lead_of(case, Part.DEPUTY))
    helper = make.partner()
    make.moved(
        make.referral(case, helper.organisation), make.actor(helper),
        make.Step.TAKE, make.Step.CONFIRM,
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        write(case, place, by=helper)
    home = make.lead_of(case).organisation
    for role in (Role.CASE_MANAGER, Role.INTAKE_OFFICER, Role.HEAD, Role.ADMIN):
        with pytest.raises(NotInSight):
            write(case, place, by=make.user(home, role))
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED, closed_at=make.AT, closing=Closing.HELPED
    )
    with pytest.raises(Refused, match="closed"):
        write(case, place)


WHO = ("manager", "deputy", "own_partner", "other_partner", "colleague", "head", "system")
TABLE: dict[Step, str] = {
    # may: 1, refused: F, does not know of it: N
    Step.WITHDRAW: "11FNNNF",
    Step.END: "FFFNNN1",
    Step.RENEW: "11FNNNF",
}


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("who", WHO)
def test_who_by_state_by_step(who: str, state: State, step: Step) -> None:
    case = make.case()
    helper = make.partner()
    other = make.partner()
    for person in (helper, other):
        make.moved(
            make.referral(case, person.organisation), make.actor(person),
            make.Step.TAKE, make.Step.CONFIRM,
        )  # fmt: skip
    consent = make.consent(case, helper.organisation, Compartment.HEALTH)
    if state is not State.GIVEN:
        Consent.objects.filter(pk=consent.pk).update(
            state=state, over_at=make.AT, over_by=make.lead_of(case).pk
        )
    home = make.lead_of(case).organisation
    actors = {
        "manager": lambda: make.actor(make.lead_of(case)),
        "deputy": lambda: make.actor(make.lead_of(case, Part.DEPUTY)),
        "own_partner": lambda: make.actor(helper),
        "other_partner": lambda: make.actor(other),
        "colleague": lambda: make.actor(make.user(home, Role.CASE_MANAGER)),
        "head": lambda: make.actor(make.user(home, Role.HEAD)),
        "system": lambda: SYSTEM,
    }
    outcome = TABLE[step][WHO.index(who)]
    error = {"F": PermissionDenied, "N": NotInSight}.get(outcome)
    if error is None and state not in MOVES[step][0]:
        error = Refused
    before = Fact.objects.filter(name="consents.consent_moved").count()
    if error is None:
        move_consent(actor=actors[who](), consent_id=consent.pk, step=step, at=UNTIL)
        assert Consent.objects.get(pk=consent.pk).state == MOVES[step][1]
        assert Fact.objects.filter(name="consents.consent_moved").count() == before + 1
        return
    with pytest.raises(error):
        move_consent(actor=actors[who](), consent_id=consent.pk, step=step, at=UNTIL)
    assert Consent.objects.get(pk=consent.pk).state == state
    assert Fact.objects.filter(name="consents.consent_moved").count() == before


def test_it_does_not_end_before_its_day(case: Case, place: Organisation) -> None:
    consent = make.consent(case, place)
    with pytest.raises(Refused, match="not ended yet"):
        move_consent(
            actor=SYSTEM, consent_id=consent.pk, step=Step.END, at=UNTIL - timedelta(seconds=1)
        )


def test_every_need_is_a_purpose() -> None:
    assert {need.value for need in Need} < {purpose.value for purpose in Purpose}
    assert all(
        str(Need(p.value).label) == str(p.label) for p in Purpose if p.value in Need.values
    )


@pytest.mark.parametrize(
    "wrong",
    [{"way": ""}, {"given_on": None}, {"basis": Basis.LAW}, {"state": State.ENDED}],
)
def test_the_database_keeps_the_pairs_too(
    case: Case, place: Organisation, wrong: dict[str, object]
) -> None:
    consent = make.consent(case, place)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(**wrong)
