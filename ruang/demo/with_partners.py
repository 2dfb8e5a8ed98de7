"""What becomes of each request to a partner: from asking to the outcome, or to silence."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.cases import commands as cases
from ruang.cases.queries import part_page
from ruang.consents.states import Basis, Giver
from ruang.demo.content.people import logins
from ruang.demo.content.shape import Ask, CaseWork, Contact, Note, Reply
from ruang.demo.world import Act, World
from ruang.kernel.codes import Age
from ruang.referrals.clocks import USUAL_SHARE
from ruang.referrals.commands import Ask as Asked
from ruang.referrals.commands import ask_partner, end_consent, move_referral
from ruang.referrals.queries import names_page, referral_page
from ruang.referrals.states import Step

CHECKED = timedelta(minutes=4)
"""How long somebody looks at the names."""
READ_BY_THEN = timedelta(minutes=50)
DAY = timedelta(days=1)
EXPLAINED = (
    "Bagian mana yang dibaca, oleh siapa, untuk apa, sampai kapan; dan bahwa izin dapat "
    "ditarik kapan saja."
)
BRIEF = frozenset({("isbat", "kua")})
"""Whose agreement was for a short time that is over by now: the contact, the partner."""


def partner_acts(world: World, contact: Contact, now: datetime) -> Iterator[Act]:
    """Return everything that happens to the requests of a case."""
    case = contact.case
    for n, ask in enumerate(case.asks if case else ()):
        if case is not None:
            yield from _Request(world, contact, case, ask, n, now).acts()


class _Request:
    """One request, and whoever does something with it."""

    def __init__(
        self, world: World, contact: Contact, case: CaseWork, ask: Ask, n: int, now: datetime
    ) -> None:
        self._world, self._case, self._ask, self._now = world, case, ask, now
        self._key, self._place = contact.key, (contact.key, n)
        self._first = logins(ask.to, Role.PARTNER_DESK)[0]
        self._until = _share_until(contact, ask)
        self._giver = _giver(contact, ask)
        self._consent: UUID | None = None

    def acts(self) -> Iterator[Act]:
        ask = self._ask
        yield Act(ask.at, self._send)
        if ask.reply is Reply.SILENT and ask.at + READ_BY_THEN < self._now:
            yield Act(ask.at + READ_BY_THEN, self._look)
        if ask.seen_at:
            yield Act(ask.seen_at, partial(self._take, ask.seen_by))
            back = min(ask.seen_at + CHECKED, self._end_of(ask.seen_at))
            yield Act(back, partial(self._move, ask.seen_by, Step.HAND_BACK))
        if ask.taken_at:
            yield Act(ask.taken_at, partial(self._take, ask.taken_by))
        if ask.taken_at and ask.reply is not Reply.CHECKING:
            yield Act(self._end_of(ask.taken_at), self._confirm)
        for note in ask.notes:
            yield Act(note.at, partial(self._note, note))
        yield from self._ending()

    def _ending(self) -> Iterator[Act]:
        ask = self._ask
        if ask.ended_at:
            yield Act(ask.ended_at, self._end)
        if self._until < self._now:
            yield Act(self._until, self._consent_ends)

    def _end_of(self, taken: datetime) -> datetime:
        """Return when the check of the names is over: before anything else happens."""
        ask = self._ask
        later = [at for at in (ask.taken_at, *(n.at for n in ask.notes), ask.ended_at) if at]
        following = min((at for at in later if at > taken), default=self._now)
        return min(taken + CHECKED, taken + (following - taken) / 2)

    def _send(self, at: datetime) -> None:
        ask, world, names = self._ask, self._world, self._case.names.replace("; ", "\n")
        asked = Asked(
            receiver=world.places[ask.to],
            need=ask.need,
            text=ask.text,
            names=names,
            nobody_known=not names,
            basis=ask.basis,
            basis_note=ask.basis_note,
            consent_on=ask.consent_on,
            consent_way=ask.consent_way,
            giver=self._giver,
            explained=EXPLAINED if self._giver else "",
            compartments=ask.compartments,
            share_until=self._until,
            answer_by=ask.answer_by,
        )
        with world.stage.staff(ask.by, at) as actor:
            sent = ask_partner(actor=actor, case_id=world.cases[self._key], ask=asked, at=at)
        world.requests[self._place], self._consent = sent.pk, sent.consent_id

    def _look(self, at: datetime) -> None:
        with self._world.stage.staff(self._first, at) as actor:
            referral_page(actor=actor, referral_id=self._world.requests[self._place], at=at)

    def _take(self, login: str, at: datetime) -> None:
        referral_id = self._world.requests[self._place]
        with self._world.stage.staff(login, at) as actor:
            referral_page(actor=actor, referral_id=referral_id, at=at)
            move_referral(actor=actor, referral_id=referral_id, step=Step.TAKE, at=at)
            names_page(actor=actor, referral_id=referral_id)

    def _confirm(self, at: datetime) -> None:
        self._move(self._ask.taken_by, Step.CONFIRM, at)
        with self._world.stage.staff(self._ask.taken_by, at) as actor:
            for part in self._ask.compartments[:2]:
                case_id = self._world.cases[self._key]
                part_page(actor=actor, case_id=case_id, part=part, at=at)

    def _note(self, note: Note, at: datetime) -> None:
        with self._world.stage.staff(note.by, at) as actor:
            cases.write_note(
                actor=actor,
                case_id=self._world.cases[self._key],
                compartment=note.compartment,
                text=note.text,
                at=at,
            )

    def _end(self, at: datetime) -> None:
        ask = self._ask
        if ask.reply is Reply.DONE or ask.reply is Reply.SECOND:
            code, text = (ask.result.value if ask.result else ""), ask.result_text
            self._move(ask.taken_by, Step.FINISH, at, code, text)
        elif ask.reply is Reply.DECLINED:
            code = ask.decline.value if ask.decline else ""
            self._move(self._first, Step.DECLINE, at, code, ask.decline_note)
        elif ask.reply is Reply.EXPIRED:
            self._by_itself(Step.EXPIRE, at)
        else:
            self._move(ask.by, Step.WITHDRAW, at)

    def _consent_ends(self, at: datetime) -> None:
        """Let the consent end on its last day, and what still rests on it."""
        if self._consent is not None:
            end_consent(actor=SYSTEM, consent_id=self._consent, at=at)

    def _by_itself(self, step: Step, at: datetime) -> None:
        referral_id = self._world.requests[self._place]
        move_referral(actor=SYSTEM, referral_id=referral_id, step=step, at=at)

    def _move(
        self, login: str, step: Step, at: datetime, code: str = "", text: str = ""
    ) -> None:
        referral_id = self._world.requests[self._place]
        with self._world.stage.staff(login, at) as actor:
            move_referral(
                actor=actor, referral_id=referral_id, step=step, at=at, code=code, text=text
            )


def _giver(contact: Contact, ask: Ask) -> Giver | None:
    """Return who agreed: for a child a safe guardian; nobody when the ground is another."""
    if ask.basis is not Basis.CONSENT:
        return None
    return Giver.SAFE_GUARDIAN if contact.told.age is Age.CHILD else Giver.SELF


def _share_until(contact: Contact, ask: Ask) -> datetime:
    """Return until when it is shared: mostly half a year, in one case only briefly."""
    if (contact.key, ask.to) in BRIEF:
        written = max((note.at for note in ask.notes), default=ask.at)
        return max(ask.answer_by, written) + DAY
    return ask.share_until or ask.at + 2 * USUAL_SHARE
