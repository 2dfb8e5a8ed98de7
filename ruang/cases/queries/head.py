"""What stays on every page of a case: the strip, the parts on the left, the team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Value
from django.utils.functional import Promise

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.sight import NotInSight
from ruang.cases.models import Case, Dated
from ruang.cases.queries.people import Colleague, Readers, readers_by_part, team_of
from ruang.cases.states import LEADS, MOVES, OWN, Closing, Compartment, Part, State, Step
from ruang.kernel.codes import Age, Authority, CaseKind, Help, Risk, Who
from ruang.kernel.official_keys import Key, missing_keys
from ruang.territory import queries as territory
from ruang.vault.keyring import current_keys


@dataclass(frozen=True, slots=True)
class PartLink:
    """One compartment in the list on the left; a locked one shows that it exists."""

    part: Compartment
    count: int
    locked: bool
    readers: Readers


@dataclass(frozen=True, slots=True)
class CaseHead:
    """The coded facts of a case, the team, and what this actor may do."""

    id: UUID
    number: str
    desk: UUID
    state: State
    kind: CaseKind | None
    authority: Authority | None
    tpks: bool
    risk: Risk
    opened_at: datetime
    closed_at: datetime | None
    closing: str | Promise
    age: str | Promise
    who: str | Promise
    helps: tuple[str | Promise, ...]
    district: str
    language: str
    waiting: bool
    told_again_at: datetime | None
    tpks_question: bool
    reported_at: datetime
    has_reporter: bool
    team: tuple[Colleague, ...]
    parts: tuple[PartLink, ...]
    my_part: Part
    steps: tuple[Step, ...]
    may_ask: bool
    file_count: int
    dates: tuple[Dated, ...]
    reopened: int
    is_child: bool
    is_moved: bool = False

    @property
    def missing(self) -> tuple[Key, ...]:
        """Return which of the three keys nobody has identified yet; of a closed case none."""
        if not self.is_open:
            return ()
        return missing_keys(self.kind or "", self.authority or "", self.risk)

    @property
    def names(self) -> dict[UUID, str]:
        """Return the names of the team, by id."""
        return {one.id: one.name for one in self.team}

    @property
    def leads(self) -> bool:
        """Say whether the actor is manager or deputy."""
        return self.my_part in LEADS

    @property
    def is_open(self) -> bool:
        """Say whether the case is not closed."""
        return self.state is State.OPEN

    def link(self, part: Compartment) -> PartLink:
        """Return one compartment's link."""
        return next(one for one in self.parts if one.part is part)

    def reads(self, part: Compartment) -> bool:
        """Say whether the actor holds a compartment."""
        return not self.link(part).locked


def case_in_sight(*, actor: Actor, case_id: UUID) -> Case:
    """Return the case, with the wraps of its newest keys fetched in one query.

    :raises NotInSight: if this actor is no member
    """
    case = sight.one(Case.objects.visible_to(actor), case_id)
    actor.keys.prefetch(current_keys(case.pk).values())
    return case


def head_of(*, case: Case, actor: Actor, at: datetime) -> CaseHead:
    """Return what every page of a case shows.

    :raises NotInSight: if the actor is no member: who reported sees her case on a page of hers
    """
    team = team_of(case=case, me=actor.user_id, at=at)
    me = next((one for one in team if one.is_me), None)
    if me is None:
        raise NotInSight("case")
    counts = _counts(case)
    helps = [Help(code).label for code in case.helps if code in Help.values]
    return CaseHead(
        id=case.pk,
        number=case.number,
        desk=case.desk,
        state=State(case.state),
        kind=CaseKind(case.kind) if case.kind else None,
        authority=Authority(case.authority) if case.authority else None,
        tpks=case.tpks,
        risk=Risk(case.risk),
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        closing=Closing(case.closing).label if case.closing else "",
        is_moved=case.closing == Closing.MOVED,
        age=Age(case.age).label,
        who=Who(case.who).label,
        helps=tuple(helps),
        district=territory.city().district_name(case.district),
        language=case.language,
        waiting=case.waiting,
        told_again_at=case.told_again_at,
        tpks_question=case.tpks_question,
        reported_at=case.reported_at,
        has_reporter=case.reporter_pair is not None,
        team=team,
        parts=_parts(counts, readers_by_part(team=team), me),
        my_part=me.part,
        steps=_steps(case, actor, me),
        may_ask=_may_ask(case, actor, me),
        file_count=counts.get(_FILES, 0),
        dates=case.dates,
        reopened=case.reopened,
        is_child=case.age == Age.CHILD,
    )


_FILES = "files"


def _counts(case: Case) -> dict[str, int]:
    """Return how much stands in each part, and how many files there are, by one query."""
    thread, files = Value(Compartment.THREAD.value), Value(_FILES)
    entries, *others = (
        rows.order_by().values_list("what").annotate(count=Count("pk"))
        for rows in (
            case.entries.annotate(what=F("compartment")),
            case.thread.annotate(what=thread),
            case.files.annotate(what=files),
        )
    )
    return dict(entries.union(*others, all=True))


def _parts(
    counts: Mapping[str, int], readers: Mapping[Compartment, Readers], me: Colleague
) -> tuple[PartLink, ...]:
    return tuple(
        PartLink(part, counts.get(part.value, 0), part not in me.reads, readers[part])
        for part in Compartment
    )


def _may_ask(case: Case, actor: Actor, me: Colleague) -> bool:
    """Say whether this actor may ask partners to take part."""
    leads = me.part in LEADS and case.state == State.OPEN
    return leads and actor.may(Permission.REFERRAL_ASK)


def _steps(case: Case, actor: Actor, me: Colleague) -> tuple[Step, ...]:
    """Return the buttons this actor gets, by the table of states and the policy."""
    allowed = {Step.WRITE} if actor.may(Permission.CASE_WRITE) else set()
    if me.part in LEADS and actor.may(Permission.CASE_MANAGE):
        allowed |= {Step.REPLY, Step.CHANGE_TEAM, Step.RATE, Step.CLOSE, Step.REOPEN}
        allowed |= {Step.IDENTIFY, Step.LOWER, Step.UNMARK, Step.LEGAL, Step.CONTACT}
        allowed |= {Step.ANSWERED, Step.READ_AGAIN, Step.TPKS}
    if me.part in OWN and actor.may(Permission.CASE_WRITE):
        allowed.add(Step.ENTER)
    if case.reporter_pair is None:
        allowed -= {Step.REPLY, Step.ANSWERED}
    return tuple(step for step in Step if step in allowed and case.state in MOVES[step][0])
