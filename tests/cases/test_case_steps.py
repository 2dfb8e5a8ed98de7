"""The steps in a case: what each leaves behind. Who may: ``tests/rules/test_case``."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.approvals.models import Approval
from ruang.cases import commands
from ruang.cases.models import Case, Entry, ThreadMessage
from ruang.cases.parting import Parting
from ruang.cases.states import Closing, Compartment, EntryKind, Part, State, Step
from ruang.identity.models import User
from ruang.kernel.codes import MessageKind, Risk
from ruang.kernel.errors import Refused
from ruang.kernel.told import Contact
from ruang.plans.closing import carry_out
from ruang.vault.keyring import Keyring
from ruang.vault.ledger import Ledger
from ruang.vault.models import KeyPair
from ruang.vault.texts import open_text
from tests import closings, make
from tests.cases.team import partner_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
OPEN, X = State.OPEN, State.CLOSED
HELD = Compartment.NARRATIVE


def reporter_of(case: Case) -> Actor:
    pair = KeyPair.objects.get(pk=case.reporter_pair)
    keys = Keyring({pair.pk: make.private_of(pair)}, at=make.AT, ledger=Ledger())
    return Actor(pair.owner, SYSTEM.organisation_id, Role.REPORTER, keys)


def wish_in(case: Case) -> ThreadMessage:
    contact = Contact(way="phone", reach="0815", safe_from="19:00", safe_until="20:00")
    return commands.write_from_reporter(
        actor=reporter_of(case),
        case_id=case.pk,
        text=contact.to_text(),
        kind=MessageKind.CONTACT,
        at=make.AT,
    )


def everybody(case: Case) -> dict[str, Actor]:
    manager = make.lead_of(case)
    people: dict[str, User] = {
        "manager": manager,
        "deputy": make.lead_of(case, Part.DEPUTY),
        "partner": partner_on(case, Compartment.PLAN, HELD),
        "colleague": make.user(manager.organisation, Role.CASE_MANAGER),
        "officer": make.user(manager.organisation, Role.INTAKE_OFFICER),
        "head": make.user(manager.organisation, Role.HEAD),
        "outsider": make.partner(),
    }
    actors = {name: make.actor(person) for name, person in people.items()}
    return {**actors, "reporter": reporter_of(case)}


STEPS: dict[Any, Callable[[Case, Actor], Any]] = {
    Step.WRITE: lambda case, actor: commands.write_note(
        actor=actor, case_id=case.pk, compartment=HELD, text="Sudah ditemui.", at=make.AT
    ),
    "names": lambda case, actor: commands.write_names(
        actor=actor, case_id=case.pk, names="Sari\n Budi ", at=make.AT
    ),
    Step.REOPEN: lambda case, actor: commands.reopen_case(
        actor=actor,
        case_id=case.pk,
        reason="Dia diancam lagi.",
        message="Kita lanjutkan bersama.",
        at=make.AT,
    ),
}


def test_nobody_barred_writes_even_with_the_keys_still_in_hand() -> None:
    case = make.case()
    deputy = make.lead_of(case, Part.DEPUTY)
    case.excluded.create(user=deputy, why="knows", by=deputy.pk, at=make.AT)

    with pytest.raises(NotInSight):
        STEPS[Step.WRITE](case, make.actor(deputy))


@pytest.mark.parametrize("text", ["", " \x00\n", "x" * 20_001])
@pytest.mark.parametrize("step", ["note", "names", "message"])
def test_nothing_and_too_much_are_not_stored(step: str, text: str) -> None:
    case = make.case()
    manager = make.actor(make.lead_of(case))
    write: dict[str, Callable[[], Any]] = {
        "note": lambda: commands.write_note(
            actor=manager, case_id=case.pk, compartment=HELD, text=text, at=make.AT
        ),
        "names": lambda: commands.write_names(
            actor=manager, case_id=case.pk, names=text, at=make.AT
        ),
        "message": lambda: commands.write_to_reporter(
            actor=manager, case_id=case.pk, text=text, at=make.AT
        ),
    }

    with pytest.raises(Refused):
        write[step]()
    assert Entry.objects.count() + ThreadMessage.objects.count() == 0


def test_the_same_form_sent_twice_is_written_once() -> None:
    case = make.case()
    manager = make.actor(make.lead_of(case))
    for text in ("Satu", "Satu", "Diubah"):
        commands.write_note(
            actor=manager, case_id=case.pk, compartment=HELD, text=text, at=make.AT,
            form_tag=b"n" * 32,
        )  # fmt: skip
        commands.write_to_reporter(
            actor=manager, case_id=case.pk, text=text, at=make.AT, form_tag=b"m" * 32
        )

    assert open_text(manager.keys, Entry.objects.get(), "text") == "Satu"
    assert open_text(manager.keys, ThreadMessage.objects.get(), "text") == "Satu"


def test_a_note_is_never_a_way_into_the_thread() -> None:
    case = make.case()

    with pytest.raises(Refused, match="in the thread"):
        commands.write_note(
            actor=make.actor(make.lead_of(case)), case_id=case.pk,
            compartment=Compartment.THREAD, text="Halo", at=make.AT,
        )  # fmt: skip


def test_names_are_one_a_line_and_in_the_identity_part() -> None:
    case = make.case()

    row = STEPS["names"](case, make.actor(make.lead_of(case)))

    assert (row.compartment, row.kind) == (Compartment.IDENTITY, EntryKind.NAMES)
    deputy = make.actor(make.lead_of(case, Part.DEPUTY))
    assert open_text(deputy.keys, row, "text") == "Sari\nBudi"


@pytest.mark.parametrize(
    ("first", "then", "allowed"),
    [("low", "medium", True), ("medium", "low", False), ("high", "high", True),
     ("high", "medium", False), ("high", "low", False), ("unrated", "low", True)],
)  # fmt: skip
def test_nobody_lowers_alone_what_was_judged(first: str, then: str, allowed: bool) -> None:
    case = make.case(risk=first)
    manager = make.actor(make.lead_of(case))

    if allowed:
        commands.rate_case(actor=manager, case_id=case.pk, risk=Risk(then), at=make.AT)
    else:
        with pytest.raises(Refused, match="one person alone"):
            commands.rate_case(actor=manager, case_id=case.pk, risk=Risk(then), at=make.AT)
    case.refresh_from_db()
    assert case.risk == (then if allowed else first)


class TestClosing:
    def test_the_reporter_is_told_and_the_team_finds_the_note(self) -> None:
        case = make.case()
        wish_in(case)
        reporter = reporter_of(case)

        closings.closed(case)

        case.refresh_from_db()
        assert (case.state, case.closing, case.closed_at) == (X, Closing.HELPED, make.AT)
        assert not case.waiting
        last = case.thread.latest("pk")
        assert open_text(reporter.keys, last, "text") == "Anda bisa kembali kapan saja."
        note = case.entries.get(kind=EntryKind.CLOSING)
        assert note.compartment == Compartment.PLAN

    @pytest.mark.parametrize(("note", "message"), [("", "Halo"), ("Catatan", " ")])
    def test_neither_note_nor_message_is_left_out(self, note: str, message: str) -> None:
        case = make.case()

        with pytest.raises(Refused):
            closings.asked_to_close(case, note=note, message=message)
        case.refresh_from_db()
        assert case.state == OPEN
        assert Entry.objects.count() + ThreadMessage.objects.count() == 0

    def test_she_can_come_back_afterwards(self) -> None:
        case = make.case()
        manager = make.actor(make.lead_of(case))
        closings.closed(case)

        commands.write_from_reporter(
            actor=reporter_of(case), case_id=case.pk, text="Dia kembali.", at=make.AT
        )

        case.refresh_from_db()
        assert (case.state, case.waiting) == (X, True)
        assert open_text(manager.keys, case.thread.latest("pk"), "text") == "Dia kembali."


class TestNobodyClosesAlone:
    """Each road to the command that closes, without a second person who said yes."""

    @pytest.mark.parametrize("state", ["asked", "refused", "withdrawn", "none"])
    def test_without_a_granted_request_nothing_closes(self, state: str) -> None:
        case = make.case()
        asked = closings.asked_to_close(case)
        decided = None if state == "asked" else make.AT
        if state != "none":
            Approval.objects.filter(pk=asked.pk).update(state=state, decided_at=decided)
        deputy = make.actor(make.lead_of(case, Part.DEPUTY))
        asked_id = make.stranger() if state == "none" else asked.pk
        with pytest.raises(Refused, match="alone"):
            self.close(case, deputy, asked_id)
        case.refresh_from_db()
        assert case.state == OPEN

    @pytest.mark.parametrize("who", ["officer", "partner", "elsewhere", "reporter"])
    def test_who_is_no_second_person_of_the_desk_closes_nothing(self, who: str) -> None:
        case = make.case()
        asked = closings.asked_to_close(case)
        Approval.objects.filter(pk=asked.pk).update(state="granted", decided_at=make.AT)
        people = everybody(case)
        people["elsewhere"] = make.actor(make.user(role=Role.CASE_MANAGER))
        with pytest.raises(PermissionDenied):
            self.close(case, people[who], asked.pk)

    @pytest.mark.parametrize("who", ["colleague", "head"])
    def test_somebody_elses_word_is_nobodys(self, who: str) -> None:
        case = make.case()
        asked = closings.asked_to_close(case)
        Approval.objects.filter(pk=asked.pk).update(state="granted", decided_at=make.AT)
        with pytest.raises(Refused, match="alone"):
            self.close(case, everybody(case)[who], asked.pk)

    def test_one_word_closes_once(self) -> None:
        case = make.case()
        asked = closings.asked_to_close(case)
        closings.granted(asked)
        STEPS[Step.REOPEN](case, make.actor(make.lead_of(case)))
        with pytest.raises(IntegrityError), transaction.atomic():
            carry_out(Approval.objects.get(pk=asked.pk), SYSTEM, make.AT)
        case.refresh_from_db()
        assert case.state == OPEN

    @staticmethod
    def close(case: Case, actor: Actor, asked: UUID) -> None:
        commands.close_case(
            actor=actor, case_id=case.pk, closing=Closing.HELPED, approval_id=asked,
            parting=Parting(make.stranger(), actor.user_id, b"", None), at=make.AT,
        )  # fmt: skip


class TestReopening:
    def test_the_number_stays_and_she_is_told(self) -> None:
        case = make.case()
        number, reporter = case.number, reporter_of(case)
        closings.closed(case)

        STEPS[Step.REOPEN](case, make.actor(make.lead_of(case)))

        case.refresh_from_db()
        assert (case.number, case.state, case.reopened) == (number, OPEN, 1)
        assert (case.closing, case.closed_at) == ("", None)
        last = case.thread.latest("pk")
        assert open_text(reporter.keys, last, "text") == "Kita lanjutkan bersama."
        assert case.entries.get(kind=EntryKind.REOPENING).compartment == Compartment.PLAN

    def test_it_can_be_closed_again_with_another_word(self) -> None:
        case = make.case()
        for _again in range(2):
            closings.closed(case)
            assert case.state == X
            STEPS[Step.REOPEN](case, make.actor(make.lead_of(case)))
            case.refresh_from_db()
        assert case.reopened == 2

    @pytest.mark.parametrize(("reason", "message"), [("", "Halo"), ("Sebab", " ")])
    def test_neither_reason_nor_message_is_left_out(self, reason: str, message: str) -> None:
        case = closings.closed(make.case())
        with pytest.raises(Refused):
            commands.reopen_case(
                actor=make.actor(make.lead_of(case)), case_id=case.pk, reason=reason,
                message=message, at=make.AT,
            )  # fmt: skip
        case.refresh_from_db()
        assert (case.state, case.reopened) == (X, 0)


def test_another_reporter_finds_nothing() -> None:
    mine, other = make.case(), make.case()

    with pytest.raises(NotInSight):
        commands.write_from_reporter(
            actor=reporter_of(other), case_id=mine.pk, text="Halo", at=make.AT
        )
    assert not ThreadMessage.objects.exists()
