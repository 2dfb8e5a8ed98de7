"""The conversation of ``ruang setup``: city, organisations, officials, envelopes."""

from collections.abc import Callable
from datetime import time
from functools import partial
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.cli.talk import Talk
from ruang.identity import commands, passwords, queries
from ruang.identity.states import OrganisationKind, State
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.territory import commands as city_commands
from ruang.territory.facts import Number
from ruang.territory.queries import city
from ruang.vault import root

SEATS = 3


class Founding:
    """Asks only for what is missing, so that it can be broken off and run again."""

    def __init__(self, talk: Talk, *, secrets: Path) -> None:
        self._talk = talk
        self._secrets = secrets

    def run(self) -> None:
        """Ask for everything that is missing, in order."""
        for step in self._steps():
            step()
        self._talk.say()
        self._talk.say(_("Now `ruang serve`, and let the administrator open /masuk/undangan/."))
        self._talk.say(
            _("The form stays closed until two members of the intake desk hold its key.")
        )

    def _steps(self) -> list[Callable[[], None]]:
        steps: list[Callable[[], None]] = []
        if not city().is_set_up:
            steps += [self.tell_city, self.tell_hours]
        if not queries.readiness_now().has_quorum:
            steps += [self.found_organisations, self.seat_officials, self.print_envelopes]
        if city().intake_desk is None:
            steps.append(self.choose_desks)
        if not any(one.state is State.ACTIVE for one in queries.administrators(actor=SYSTEM)):
            steps.append(self.invite_administrator)
        return steps

    def tell_city(self) -> None:
        """Ask which city it is."""
        talk = self._talk
        talk.say(_("Which city does this installation serve?"))

        def act() -> None:
            city_commands.set_up_city(
                actor=SYSTEM,
                code=talk.ask(_("Kemendagri code of the city, such as 36.73")),
                unit_name=talk.ask(_("Name of the unit that answers")),
                at=clock.now(),
            )

        talk.until_accepted(act)
        talk.say(f"  {city().name}")

    def tell_hours(self) -> None:
        """Ask when somebody answers, and under which number."""
        talk = self._talk

        def hours() -> None:
            opens = _clock_time(talk.ask(_("The desk opens at"), "08.00"))
            closes = _clock_time(talk.ask(_("The desk closes at"), "16.00"))
            city_commands.set_opening_hours(
                actor=SYSTEM,
                opens_at=opens,
                closes_at=closes,
                workdays=range(1, 6),
                at=clock.now(),
            )

        def number() -> None:
            own = Number(city().unit_name[:40], talk.ask(_("Telephone number of the unit")))
            city_commands.set_numbers(
                actor=SYSTEM,
                emergency=city().emergency,
                hotlines=[*city().hotlines, own],
                at=clock.now(),
            )

        talk.until_accepted(hours)
        talk.until_accepted(number)

    def found_organisations(self) -> None:
        """Enter organisations until there are three: the office, another desk, one more."""
        talk = self._talk
        while (have := len(queries.organisations_page(actor=SYSTEM))) < SEATS:
            if have == 0:
                talk.say(_("First organisation: the office whose desk takes the reports."))
            else:
                talk.say(_("Another organisation: it takes part, and sends one official."))
            talk.until_accepted(self._found)

    def seat_officials(self) -> None:
        """Enter the three officials of the quorum, each with a password of the own."""
        talk = self._talk
        talk.say()
        talk.say(_("Three officials of three organisations now become the quorum."))
        talk.say(_("Any two of them can recover a lost access; one alone opens nothing."))
        codes = talk.until_accepted(self._seat)
        for user_id, code in codes.items():
            name = self._name_of(user_id)
            talk.show_once(
                _("%(name)s comes to the screen, alone. Enter shows the code.")
                % {"name": name},
                [_("Recovery code of %(name)s:") % {"name": name}, code],
            )

    def print_envelopes(self) -> None:
        """Show ROOT twice, for two sealed envelopes in two places."""
        lines = (self._secrets / root.FILE).read_text().split("\n")
        secret = [line for line in lines if line.strip()]
        for number in (1, 2):
            self._talk.show_once(
                _("Envelope %(number)d of 2. Nobody else looks. Enter shows ROOT.")
                % {"number": number},
                [_("ROOT, as it stands in the file 'root':"), *secret],
            )

    def choose_desks(self) -> None:
        """Ask which desk takes reports, and which those about that desk."""
        talk = self._talk
        places = [(row.id, row.name) for row in queries.organisations_page(actor=SYSTEM)]

        def act() -> None:
            city_commands.set_desks(
                actor=SYSTEM,
                intake_desk=talk.choose(_("Which desk takes the reports?"), places),
                alternate_desk=talk.choose(_("Which desk those about that desk?"), places),
                at=clock.now(),
            )

        talk.until_accepted(act)

    def invite_administrator(self) -> None:
        """Invite the first administrator, or give a lost invitation anew."""
        talk = self._talk
        invited = queries.administrators(actor=SYSTEM)
        if invited:
            made = commands.invite_again(actor=SYSTEM, user_id=invited[0].id, at=clock.now())
        else:
            talk.say(_("The first administrator lets people in, and opens no report."))
            made = talk.until_accepted(self._invite)
        talk.show_once(
            _("The administrator comes to the screen. Enter shows the invitation."),
            [_("Code of the invitation, for seven days:"), made.code],
        )

    def _found(self) -> UUID:
        talk = self._talk
        name = talk.ask(_("Name of the organisation"))
        kinds = [(kind, kind.label) for kind in OrganisationKind]
        kind = talk.choose(_("Kind"), kinds)
        return commands.found_organisation(actor=SYSTEM, name=name, kind=kind, at=clock.now())

    def _seat(self) -> dict[UUID, str]:
        places = {row.id: row.name for row in queries.organisations_page(actor=SYSTEM)}
        officials = []
        for number in range(1, SEATS + 1):
            self._talk.say()
            self._talk.say(_("Official %(number)d of 3") % {"number": number})
            where = self._talk.choose(_("Organisation"), list(places.items()))
            called = places.pop(where)
            name, login = self._talk.ask(_("Name")), self._talk.ask(_("User name"))
            about = (name, login, called)
            password = self._talk.until_accepted(partial(self._password, about))
            officials.append(commands.Official(where, name, login, password))
        return commands.seat_officials(actor=SYSTEM, officials=officials, at=clock.now())

    def _password(self, about: tuple[str, ...]) -> str:
        typed = self._talk.ask_secret(_("Password (15 characters or more, it does not show)"))
        passwords.refuse_weak(passwords.tidy(typed), about=about)
        if self._talk.ask_secret(_("The same once more")) != typed:
            raise Refused(_("The two are not the same. Type both again."))
        return typed

    def _invite(self) -> commands.Invitation:
        places = [(row.id, row.name) for row in queries.organisations_page(actor=SYSTEM)]
        return commands.invite_member(
            actor=SYSTEM,
            organisation_id=self._talk.choose(_("Organisation"), places),
            name=self._talk.ask(_("Name")),
            login=self._talk.ask(_("User name")),
            role=Role.ADMIN,
            at=clock.now(),
        )

    def _name_of(self, user_id: UUID) -> str:
        return queries.member_page(actor=SYSTEM, user_id=user_id, at=clock.now()).name


def _clock_time(typed: str) -> time:
    """Read 08.00 or 8:00.

    :raises Refused: if it is no time of day
    """
    hour, _mark, minute = typed.replace(".", ":").partition(":")
    try:
        return time(int(hour), int(minute or "0"))
    except ValueError:
        raise Refused(_("A time of day reads 08.00.")) from None
