"""A first plan at once: on the first day that has enough people free.

Promises come first, then what keeps each kecamatan at its floor, then what counts most. It is
there within a second, so that stopping early leaves something; the router improves on it. Where
a promise or a floor found no time, what stands in its way is taken out again, if that helps.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from ruang.planner.rules import (
    Booked,
    Ground,
    Person,
    closed_to,
    days_apart,
    minutes_between,
)
from ruang.planner.solving.fair import Balance, Item, Scales, next_of, score

GRID = timedelta(minutes=15)
MIDNIGHT = datetime.min.time()
SWAPS = 1500
"""So many exchanges are tried, and no more: the same seed is the same plan on any machine."""


class Diary:
    """Who and which place is taken when, and what is visited when."""

    def __init__(self, ground: Ground, booked: Iterable[Booked]) -> None:
        self.ground = ground
        self._of_person: dict[UUID, list[Booked]] = defaultdict(list)
        self._of_place: dict[UUID, list[Booked]] = defaultdict(list)
        self._of_unit: dict[tuple[UUID, UUID], list[Booked]] = defaultdict(list)
        for one in booked:
            self.write(one)

    def write(self, one: Booked) -> None:
        """Note a session."""
        for who in one.people:
            self._of_person[who].append(one)
        if one.venue:
            self._of_place[one.venue].append(one)
        self._of_unit[one.programme, one.unit].append(one)

    def erase(self, one: Booked) -> None:
        """Take a session out again."""
        for who in one.people:
            self._of_person[who].remove(one)
        if one.venue:
            self._of_place[one.venue].remove(one)
        self._of_unit[one.programme, one.unit].remove(one)

    def is_apart(self, one: Booked) -> bool:
        """Say whether it lies far enough from other visits to the same."""
        least = days_apart(one.every)
        return all(
            abs((one.starts.date() - other.starts.date()).days) >= least
            for other in self._of_unit[one.programme, one.unit]
        )

    def place_is_free(self, one: Booked) -> bool:
        """Say whether the place is open and not taken."""
        if one.venue is None:
            return True
        place = self.ground.places.get(one.venue)
        if place and place.open:
            opens, closes = place.open
            if not (opens <= one.starts.time() and one.ends.time() <= closes):
                return False
        return not any(
            other.starts < one.ends and one.starts < other.ends
            for other in self._of_place[one.venue]
        )

    def is_free(self, who: Person, one: Booked) -> bool:
        """Say whether somebody works then, is not full, and can be there in time."""
        return _works(who, one) and self._has_room(who, one) and self._comes_in_time(who, one)

    def load(self, who: Person) -> int:
        """Return how many sessions somebody holds."""
        return len(self._of_person[who.id])

    def _has_room(self, who: Person, one: Booked) -> bool:
        own = self._of_person[who.id]
        week = one.starts.isocalendar()[:2]
        that_day = sum(1 for other in own if other.starts.date() == one.starts.date())
        that_week = sum(1 for other in own if other.starts.isocalendar()[:2] == week)
        return that_day < who.a_day and that_week < who.a_week

    def _comes_in_time(self, who: Person, one: Booked) -> bool:
        for other in self._of_person[who.id]:
            if other.starts.date() != one.starts.date():
                continue
            way = timedelta(minutes=minutes_between(other.spot, one.spot, self.ground.settings))
            if one.starts < other.ends + way and other.starts < one.ends + way:
                return False
        return True


def first_plan(
    items: Sequence[Item],
    ground: Ground,
    booked: Sequence[Booked],
    team: Sequence[UUID],
    scales: Scales,
    held: Sequence[Booked] = (),
) -> list[Booked]:
    """Return sessions with times and people: those that fit, the most important first.

    :param held: those of the items that have a time already
    """
    by_id = {item.visit.id: item for item in items}
    diary = Diary(ground, [*booked, *held])
    people = [ground.people[who] for who in team if who in ground.people]
    days = list(days_of(ground))
    made = list(held)
    balance = Balance(scales, (by_id[one.id] for one in held))
    done = {one.id for one in held}
    left = sorted(
        (item for item in items if item.visit.id not in done),
        key=lambda one: (-one.prize, str(one.visit.id)),
    )
    for number in range(len(left)):
        item = next_of(left, balance)
        left.remove(item)
        around = days[number % len(days) :] + days[: number % len(days)] if days else []
        found = _fitting(item, diary, people, around)
        if found is not None:
            diary.write(found)
            balance.add(item)
            made.append(found)
    return _mended(made, items, diary, people, scales)


def _mended(
    made: list[Booked],
    items: Sequence[Item],
    diary: Diary,
    people: Sequence[Person],
    scales: Scales,
) -> list[Booked]:
    """Exchange what is held for a promise, or for what a floor needs, that found no time."""
    by_id = {item.visit.id: item for item in items}
    days, tries = list(days_of(diary.ground)), SWAPS
    for item in _wanted(made, items, scales):
        before = score(made, items, scales)
        cheapest = sorted(made, key=lambda one: (by_id[one.id].prize, str(one.id)))
        for victim in cheapest:
            if by_id[victim.id].must or tries <= 0:
                continue
            tries -= 1
            rest = [one for one in made if one is not victim]
            diary.erase(victim)
            found = _fitting(item, diary, people, [victim.starts.date()])
            if found is not None and score([*rest, found], items, scales) > before:
                diary.write(found)
                again = _fitting(by_id[victim.id], diary, people, days)
                made = [*rest, found]
                if again is not None and score([*made, again], items, scales) > before:
                    diary.write(again)
                    made.append(again)
                break
            diary.write(victim)
    return made


def _wanted(made: Sequence[Booked], items: Sequence[Item], scales: Scales) -> list[Item]:
    """Return the promises that found no time, then what kecamatan below their floor need."""
    held = {one.id for one in made}
    balance = Balance(scales, (item for item in items if item.visit.id in held))
    below = {programme: balance.below(programme) for programme in scales}
    left = [item for item in items if item.visit.id not in held]
    musts = [one for one in left if one.must]
    poor = [
        one
        for one in left
        if not one.must and one.district in below.get(one.visit.programme, ())
    ]
    return [*musts, *sorted(poor, key=lambda one: (-one.prize, str(one.visit.id)))]


def starts_of(item: Item, day: date, ground: Ground) -> Iterator[datetime]:
    """Return when a session could begin on a day, by the hours in which there are none."""
    visit = item.visit
    closed = [hours for hours, _why in closed_to(visit, day, ground)]
    length = timedelta(minutes=item.minutes)
    start = datetime.combine(day, MIDNIGHT) + timedelta(hours=6)
    while (end := start + length).date() == day and end.hour < 22:
        if not any(start.time() < ends and begins < end.time() for begins, ends in closed):
            yield start
        start += GRID


def _fitting(
    item: Item, diary: Diary, people: Sequence[Person], days: Sequence[date]
) -> Booked | None:
    visit = item.visit
    able = [who for who in people if visit.programme in who.skills]
    if len(able) < visit.needed:
        return None
    for day in days:
        for start in starts_of(item, day, diary.ground):
            end = start + timedelta(minutes=item.minutes)
            tried = replace(visit, starts=start, ends=end, people=())
            if start < diary.ground.now or not diary.place_is_free(tried):
                continue
            if not diary.is_apart(tried):
                break
            team = _team(tried, diary, able)
            if team:
                return replace(tried, people=team)
    return None


def _team(visit: Booked, diary: Diary, able: Sequence[Person]) -> tuple[UUID, ...]:
    """Return enough free people, one of whom speaks the language; those with least to do."""
    free = [who for who in able if diary.is_free(who, visit)]
    free.sort(key=lambda who: (diary.load(who), str(who.id)))
    speaks = [who for who in free if visit.language in who.languages]
    if len(free) < visit.needed or not speaks:
        return ()
    others = [who for who in free if who is not speaks[0]]
    return tuple(who.id for who in (speaks[0], *others)[: visit.needed])


def _works(who: Person, one: Booked) -> bool:
    day = one.starts.date()
    if any(first <= day <= last for first, last in who.away):
        return False
    return not who.working or any(
        weekday == day.isoweekday() and begins <= one.starts.time() and one.ends.time() <= ends
        for weekday, begins, ends in who.working
    )


def days_of(ground: Ground) -> Iterator[date]:
    """Return the days of a plan that lie ahead, without holidays."""
    day = max(ground.begins_on, ground.now.date())
    while day <= ground.ends_on:
        if day not in ground.holidays:
            yield day
        day += timedelta(days=1)
