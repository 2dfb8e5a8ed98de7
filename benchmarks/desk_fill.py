"""Fills an installation for the desk's measurement: open reports, and one case of 200 entries.

    python -m benchmarks.desk_fill 1000      until so many reports are open at the desk
    python -m benchmarks.desk_fill case      one case with its full record; prints its id

Reports are rows with sealed texts of the usual size; what only lists show was not sealed for
anybody. The case is made by the commands from a report that came in by the form's command, and
every one of its entries opens.
"""

import sys
from datetime import timedelta
from typing import Any

from benchmarks.installation import PASSWORD
from ruang.cli.keyring import start_django

ENTRIES, MESSAGES = 200, 20
LATEST = 15
"""Notes written after the record: a page of the timeline shows both."""
TEXT = "Penyintas didampingi; tidak perlu bercerita ulang. " * 6


def main_fill(arguments: list[str]) -> None:
    """Do what was asked."""
    start_django(with_keys=True)
    if arguments == ["case"]:
        sys.stdout.write(f"{_case()}\n")
    else:
        _reports(int(arguments[0]))


def _reports(wanted: int) -> None:
    from ruang.clocks.models import Clock
    from ruang.intake.models import Report
    from ruang.intake.states import OPEN, RANK, Risk
    from ruang.kernel.clock import now
    from ruang.vault.suites import new_secret

    first = _received()
    at, levels = now(), (Risk.HIGH, Risk.MEDIUM, Risk.LOW, Risk.UNRATED)
    there = Report.objects.filter(state__in=OPEN).count()
    rows = []
    for number in range(there, wanted):
        risk = levels[number % 4]
        row = Report(
            number=f"B-{number:05d}", received_at=at - timedelta(minutes=number % 2_000)
        )
        for name in (
            "door",
            "desk",
            "safety",
            "who",
            "age",
            "helps",
            "way",
            "contact",
            "story",
        ):
            setattr(row, name, getattr(first, name))
        row.details, row.must_not_read = first.details, first.must_not_read
        row.risk, row.rank, row.form_tag = risk, RANK[risk], new_secret()
        row.due_at = row.received_at + timedelta(hours=6)
        row.district = f"36.73.0{number % 6 + 1}"
        rows.append(row)
    Report.objects.bulk_create(rows, batch_size=500)
    Clock.objects.bulk_create([_clock(row) for row in rows], batch_size=500)


def _clock(row: Any) -> Any:
    from ruang.clocks.models import Clock
    from ruang.clocks.official import ANSWER
    from ruang.clocks.spans import warn_at
    from ruang.clocks.states import Area

    soon = warn_at(row.received_at, row.due_at)
    return Clock(
        kind=ANSWER, area=Area.REPORT, subject=row.pk, desk=row.desk,
        started_at=row.received_at, due_at=row.due_at, warn_at=soon, next_at=soon,
    )  # fmt: skip


def _received() -> Any:
    from ruang.access.actor import ANYBODY
    from ruang.intake.commands import Form, receive_report
    from ruang.intake.models import Report
    from ruang.intake.states import Help, Safety, Way, Who
    from ruang.intake.told import Told
    from ruang.kernel.clock import now
    from ruang.vault.suites import new_secret

    told = Told(
        safety=Safety.SAFE, who=Who.SELF, way=Way.PHONE, helps=(Help.LISTEN, Help.LEGAL),
        reach="0812-0000-1111", story=TEXT * 7, by_whom="tetangga", district="36.73.01",
        must_not_read="Pak Budi",
    )  # fmt: skip
    form = Form(secret=new_secret(), page=new_secret())
    receipt = receive_report(actor=ANYBODY, form=form, told=told, at=now())
    return Report.objects.get(number=receipt.number)


def _case() -> Any:
    from ruang.intake.commands import claim_report
    from ruang.kernel.clock import now
    from ruang.triage.commands import Leads, decide_report
    from ruang.triage.states import Outcome

    report, manager = _received(), _actor("petugas-0")
    claim_report(actor=manager, report_id=report.pk, at=now())
    deputy = _colleague(manager)
    case_id = decide_report(
        actor=manager, report_id=report.pk, outcome=Outcome.CASE, message=TEXT, at=now(),
        leads=Leads(manager.user_id, deputy),
    )  # fmt: skip
    _notes(case_id, manager, ENTRIES - LATEST)
    _record(case_id, manager, deputy)
    _notes(case_id, manager, LATEST)
    _messages(case_id, manager)
    return case_id


def _record(case_id: Any, manager: Any, deputy: Any) -> None:
    from benchmarks.desk_record import Writer, write_record
    from ruang.kernel.clock import now
    from ruang.territory.facts import city_facts

    partner = city_facts().alternate_desk
    assert partner is not None
    write_record(Writer(manager, deputy, partner, case_id, now()))


def _notes(case_id: Any, manager: Any, count: int) -> None:
    from ruang.cases.commands import write_note
    from ruang.cases.states import SHAREABLE
    from ruang.kernel.clock import now

    for number in range(count):
        part = SHAREABLE[number % len(SHAREABLE)]
        write_note(actor=manager, case_id=case_id, compartment=part, text=TEXT, at=now())


def _messages(case_id: Any, manager: Any) -> None:
    from ruang.cases.commands import write_to_reporter
    from ruang.kernel.clock import now

    for _number in range(MESSAGES):
        write_to_reporter(actor=manager, case_id=case_id, text=TEXT, at=now())


def _actor(login: str) -> Any:
    from ruang.access.actor import Actor
    from ruang.access.roles import Role
    from ruang.identity.models import User
    from ruang.kernel.clock import now
    from ruang.vault.keyring import Keyring
    from ruang.vault.ledger import Ledger
    from ruang.vault.models import Kind
    from ruang.vault.pairs import open_with_password, pair_in_force

    user = User.objects.get(login=login)
    pair = pair_in_force(user.pk, Kind.USER)
    assert pair is not None
    keys = {pair.pk: open_with_password(pair, PASSWORD)}
    held = Keyring(keys, at=now(), ledger=Ledger())
    return Actor(user.pk, user.organisation_id, Role(user.role), held)


def _colleague(manager: Any) -> Any:
    """Invite a second member, who is confirmed by the first."""
    from ruang.access.actor import SYSTEM
    from ruang.access.roles import Role
    from ruang.identity import commands
    from ruang.identity.models import User
    from ruang.kernel.clock import now
    from ruang.vault.models import Kind
    from ruang.vault.pairs import fingerprint, pair_in_force

    invited = commands.invite_member(
        actor=SYSTEM, organisation_id=manager.organisation_id, name="Wakil", login="wakil-0",
        role=Role.CASE_MANAGER, at=now(),
    )  # fmt: skip
    commands.accept_invitation(actor=SYSTEM, code=invited.code, password=PASSWORD, at=now())
    deputy = User.objects.get(login="wakil-0")
    pair = pair_in_force(deputy.pk, Kind.USER)
    assert pair is not None
    shown = fingerprint(pair)
    commands.confirm_member(actor=manager, user_id=deputy.pk, shown=shown, at=now())
    return deputy.pk


if __name__ == "__main__":
    main_fill(sys.argv[1:])
