"""Two officers reach for the same report in the same instant: one has it, one reads why not."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from ruang.audit.models import Fact
from ruang.cases.models import ThreadMessage
from ruang.intake import commands
from ruang.intake.states import State
from ruang.kernel.errors import Refused
from ruang.triage.commands import Leads, decide_report, write_as_reporter
from ruang.triage.states import Outcome
from ruang.vault.texts import open_text
from tests import make
from tests.intake.desk_people import desk_with

pytestmark = pytest.mark.usefixtures("database_on_disk")


@pytest.mark.parametrize("_again", range(3))
def test_of_two_who_claim_at_once_one_wins(_again: int) -> None:
    desk = desk_with()
    facts = Fact.objects.count()
    start = threading.Barrier(2)
    answers: dict[str, str] = {}

    def claim(name: str) -> None:
        try:
            start.wait()
            commands.claim_report(actor=desk.who(name), report_id=desk.report.pk, at=make.AT)
            answers[name] = ""
        except Refused as refusal:
            answers[name] = str(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=claim, args=(n,)) for n in ("holder", "colleague")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    winners = [name for name, refusal in answers.items() if not refusal]
    assert len(winners) == 1
    assert len(answers) == 2
    loser = next(name for name in answers if name != winners[0])
    assert desk.users[winners[0]].name in answers[loser]
    assert (desk.reload().state, desk.report.holder) == (
        State.CLAIMED,
        desk.users[winners[0]].pk,
    )
    assert Fact.objects.count() == facts + 1


@pytest.mark.parametrize("_again", range(3))
def test_what_she_writes_while_it_is_decided_reaches_the_team(_again: int) -> None:
    desk = desk_with(State.CLAIMED)
    start = threading.Barrier(2)
    faults: list[BaseException] = []

    def together(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    def decide() -> None:
        decide_report(
            actor=desk.who("holder"), report_id=desk.report.pk, outcome=Outcome.CASE,
            message="Kami dampingi.", at=make.AT,
            leads=Leads(desk.users["manager"].pk, desk.users["holder"].pk),
        )  # fmt: skip

    def write() -> None:
        write_as_reporter(
            actor=desk.who("reporter"), text="Tunggu, satu hal lagi.", form_tag=b"w" * 32,
            at=make.AT,
        )  # fmt: skip

    threads = [threading.Thread(target=together, args=(act,)) for act in (decide, write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    manager = make.actor(desk.users["manager"])
    texts = [open_text(manager.keys, row, "text") for row in ThreadMessage.objects.all()]
    assert sorted(texts) == ["Kami dampingi.", "Tunggu, satu hal lagi."]
