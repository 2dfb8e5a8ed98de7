"""Time limits as data of a city: corrected in every part, added, switched off, removed."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.audit.models import Fact
from ruang.clocks import commands, keep, legal, moments, queries, rules
from ruang.clocks.legal import Holder
from ruang.clocks.models import CityRule, Clock
from ruang.clocks.official import OFFICIAL, STEP_ASSESSMENT, TPKS_POLICE
from ruang.clocks.said import RuleWords
from ruang.clocks.states import MEETS, STARTS, Area, Ended, Moment, Pause, State, Unit
from ruang.kernel.errors import Refused
from tests import make
from tests.clocks.own import AT, HOUR, TIME, VISIT, WORDS, added, holder, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
CORRECTED = {
    "amount": 48, "unit": Unit.HOURS, "source": "Perda 1/2027 ps 3",
    "source_on": date(2027, 1, 2), "is_active": True, "at": AT,
}  # fmt: skip


def correct(kind: str = TPKS_POLICE, **said: object) -> CityRule:
    return commands.correct_rule(actor=SYSTEM, kind=kind, **{**CORRECTED, **said})  # type: ignore[arg-type]


class TestWho:
    COMMANDS = {
        "correct": lambda actor: commands.correct_rule(
            actor=actor, kind=TPKS_POLICE, **CORRECTED
        ),
        "restore": lambda actor: commands.restore_rule(actor=actor, kind=TPKS_POLICE, at=AT),
        "add": lambda actor: commands.add_rule(actor=actor, own=VISIT, at=AT),
        "change": lambda actor: commands.change_rule(
            actor=actor, kind=added(), own=VISIT, at=AT
        ),
        "remove": lambda actor: commands.remove_rule(actor=actor, kind=added(), at=AT),
    }

    @pytest.mark.parametrize(
        "role", [one for one in Role if one not in {Role.SYSTEM, Role.REPORTER}]
    )
    @pytest.mark.parametrize("command", list(COMMANDS))
    def test_the_administrator_alone(self, command: str, role: Role) -> None:
        actor = make.actor(make.user(role=role))
        added()
        facts = Fact.objects.count()
        if role is Role.ADMIN:
            self.COMMANDS[command](actor)
            assert Fact.objects.count() > facts
            return
        with pytest.raises(PermissionDenied):
            self.COMMANDS[command](actor)


class TestOfficialText:
    def test_every_part_of_it_is_corrected_and_goes_back(self) -> None:
        words = RuleWords(
            title="Lapor polisi", who="Unit", who_en="The unit", begins="Ditandai"
        )
        correct(may_pause=True, words=words)
        rule = rules.in_force()[TPKS_POLICE]
        assert (str(rule.title), str(rule.who)) == (
            str(OFFICIAL[TPKS_POLICE].title), "The unit",
        )  # fmt: skip
        with translation.override("id"):
            assert (str(rule.title), str(rule.who), str(rule.begins)) == (
                "Lapor polisi", "Unit", "Ditandai",
            )  # fmt: skip
        assert (rule.amount, rule.source, rule.may_pause) == (48, "Perda 1/2027 ps 3", True)
        commands.restore_rule(actor=SYSTEM, kind=TPKS_POLICE, at=AT)
        assert rules.in_force()[TPKS_POLICE] == OFFICIAL[TPKS_POLICE]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"amount": None}, {"amount": 0}, {"amount": 9_000}, {"source": " "},
            {"source": "x" * 201}, {"source_on": None}, {"kind": "nothing"},
            {"words": RuleWords(title="x" * 121)},
        ],
    )  # fmt: skip
    def test_what_says_too_little_or_no_time_is_refused(self, wrong: dict[str, object]) -> None:
        with pytest.raises(Refused):
            correct(**wrong)
        assert not CityRule.objects.exists()

    def test_a_step_without_a_time_is_off_and_says_so_until_a_city_sets_one(self) -> None:
        rule = rules.in_force()[STEP_ASSESSMENT]
        assert (rule.amount, rule.is_active, rule.source) == (None, False, "")
        tell(Moment.CASE_OPENED)
        assert not Clock.objects.exists()
        correct(STEP_ASSESSMENT, amount=None, source="", source_on=None, is_active=False)
        with pytest.raises(Refused, match="how long"):
            correct(STEP_ASSESSMENT, amount=None)
        correct(STEP_ASSESSMENT, amount=3, unit=Unit.WORKDAYS)
        tell(Moment.CASE_OPENED)
        assert Clock.objects.get().kind == STEP_ASSESSMENT
        tell(Moment.ASSESSED, AT + HOUR)
        assert Clock.objects.get().state == State.MET

    def test_what_runs_by_such_a_step_goes_on_when_the_city_takes_its_time_back(self) -> None:
        correct(STEP_ASSESSMENT)
        tell(Moment.CASE_OPENED)
        commands.restore_rule(actor=SYSTEM, kind=STEP_ASSESSMENT, at=AT)
        tell(Moment.CASE_OPENED, subject=make.stranger())
        assert Clock.objects.get().state == State.RUNNING
        tell(Moment.ASSESSED, AT + HOUR)
        assert Clock.objects.get().state == State.MET


class TestOfTheCity:
    def test_it_says_everything_a_page_shows(self) -> None:
        kind = added()
        tell(Moment.ASSESSED)
        (line,) = queries.clocks_of(subject=holder().subject)
        assert (str(line.title), str(line.who)) == ("Visit her", "The companion")
        assert (str(line.source), str(line.begins)) == (
            "The city's own", "An assessment is recorded",
        )  # fmt: skip
        assert (line.kind, line.is_legal, line.area) == (kind, True, Area.CASE)
        with translation.override("id"):
            assert str(line.title) == "Kunjungi dia"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"words": replace(VISIT.words, title=" ")},
            {"words": replace(VISIT.words, who="")},
            {"words": replace(VISIT.words, title="x" * 121)},
            {"starts": Moment.CASE_CLOSED},
            {"meets": Moment.RISK_HIGH},
            {"meets": Moment.ASSESSED},
            {"meets": Moment.CASE_OPENED},
            {"meets": Moment.REPORT_DECIDED},
            {"time": replace(TIME, amount=None)},
            {"time": replace(TIME, amount=0)},
            {"time": replace(TIME, source_on=None)},
        ],
    )
    def test_what_says_too_little_or_can_never_be_met_is_refused(
        self, wrong: dict[str, object]
    ) -> None:
        with pytest.raises(Refused):
            commands.add_rule(actor=SYSTEM, own=replace(VISIT, **wrong), at=AT)  # type: ignore[arg-type]
        assert not CityRule.objects.exists()

    @pytest.mark.parametrize("starts", STARTS)
    def test_every_moment_of_the_list_starts_it(self, starts: Moment) -> None:
        kind = added(starts=starts, meets=Moment.CASE_CLOSED)
        if starts is Moment.BY_HAND:
            legal.start_by_hand(holder(), kind=kind, on=AT.date(), actor=SYSTEM, at=AT)
        else:
            tell(starts)
        clock = Clock.objects.get()
        assert (clock.kind, clock.due_at) == (kind, AT + 48 * HOUR)
        assert (clock.owner, clock.desk) == (holder().owner, holder().desk)

    @pytest.mark.parametrize("meets", MEETS)
    def test_every_moment_of_the_list_meets_it(self, meets: Moment) -> None:
        starts = Moment.REPORT_TAKEN
        added(starts=starts, meets=meets)
        tell(starts)
        others = [one for one in Moment if one not in {meets, starts, Moment.BY_HAND}]
        for one in others:
            tell(one, AT + HOUR)
        assert Clock.objects.get().state == State.RUNNING
        if meets is Moment.BY_HAND:
            keep.meet(Clock.objects.get(), actor=SYSTEM, at=AT + HOUR)
        else:
            tell(meets, AT + HOUR)
        assert Clock.objects.get().state == State.MET

    def test_what_happens_each_time_begins_it_each_time_and_never_wins_time(self) -> None:
        added(starts=Moment.FOLLOW_UP, meets=Moment.FOLLOW_UP)
        for day in range(3):
            tell(Moment.FOLLOW_UP, AT + day * 24 * HOUR)
        states = list(Clock.objects.order_by("started_at").values_list("state", flat=True))
        assert states == [State.MET, State.MET, State.RUNNING]
        kind = added(starts=Moment.SERVICE_GIVEN, meets=Moment.CASE_CLOSED)
        tell(Moment.SERVICE_GIVEN)
        tell(Moment.SERVICE_GIVEN, AT + HOUR)
        assert Clock.objects.get(kind=kind, due_at=AT + 48 * HOUR).state == State.RUNNING

    def test_what_happens_first_begins_it_once(self) -> None:
        added()
        tell(Moment.ASSESSED)
        tell(Moment.FOLLOW_UP, AT + HOUR)
        tell(Moment.ASSESSED, AT + 2 * HOUR)
        assert Clock.objects.get().state == State.MET

    def test_it_may_pause_only_where_the_city_says_so(self) -> None:
        kind = added(time=replace(TIME, may_pause=False))
        tell(Moment.ASSESSED)
        with pytest.raises(Refused, match="not pause"):
            keep.pause(Clock.objects.get(), why=Pause.SURVIVOR, actor=SYSTEM, at=AT)
        changed(kind, time=TIME)
        keep.pause(Clock.objects.get(), why=Pause.SURVIVOR, actor=SYSTEM, at=AT)

    def test_a_change_moves_no_clock_that_runs(self) -> None:
        kind = added()
        tell(Moment.ASSESSED)
        changed(kind, time=replace(TIME, amount=2), meets=Moment.SERVICE_GIVEN)
        assert Clock.objects.get().due_at == AT + 48 * HOUR
        tell(Moment.FOLLOW_UP)
        assert Clock.objects.get().state == State.RUNNING, "what meets it is read anew"
        tell(Moment.SERVICE_GIVEN)
        assert Clock.objects.get().state == State.MET

    def test_one_that_is_switched_off_begins_nothing_and_what_runs_goes_on(self) -> None:
        kind = added()
        tell(Moment.ASSESSED)
        changed(kind, time=replace(TIME, is_active=False))
        tell(Moment.ASSESSED, subject=make.stranger())
        (clock,) = Clock.objects.all()
        assert clock.state == State.RUNNING
        (line,) = queries.clocks_of(subject=clock.subject)
        assert str(line.title) == "Visit her"
        keep.end_all(clock.subject, why=Ended.CLOSED, actor=SYSTEM, at=AT)
        assert Clock.objects.get().state == State.RUNNING
        tell(Moment.FOLLOW_UP, AT + HOUR)
        assert Clock.objects.get().state == State.MET

    def test_it_is_removed_only_if_it_never_ran(self) -> None:
        kind = added()
        tell(Moment.ASSESSED)
        with pytest.raises(Refused, match="Switch it off"):
            commands.remove_rule(actor=SYSTEM, kind=kind, at=AT)
        other = added()
        commands.remove_rule(actor=SYSTEM, kind=other, at=AT)
        assert set(rules.in_force()) == {*OFFICIAL, kind}
        with pytest.raises(Refused):
            commands.remove_rule(actor=SYSTEM, kind=other, at=AT)
        with pytest.raises(Refused):
            commands.remove_rule(actor=SYSTEM, kind=TPKS_POLICE, at=AT)

    def test_what_was_met_by_mistake_runs_again_but_not_what_a_person_met(self) -> None:
        added()
        tell(Moment.ASSESSED)
        tell(Moment.FOLLOW_UP, AT + HOUR)
        subject = holder().subject
        for met_at, state in ((AT, State.MET), (AT + HOUR, State.RUNNING)):
            moments.taken_back(
                Moment.FOLLOW_UP, subject, said_at={met_at}, last=None, actor=SYSTEM,
                at=AT + 2 * HOUR,
            )  # fmt: skip
            assert Clock.objects.get().state == state


def changed(kind: str, **said: object) -> None:
    own = replace(VISIT, **said)  # type: ignore[arg-type]
    commands.change_rule(actor=SYSTEM, kind=kind, own=own, at=AT)


def test_a_moment_that_nothing_waits_for_costs_two_queries(
    django_assert_num_queries: object,
) -> None:
    def unasked() -> Holder:
        raise AssertionError("asked for whose clock it is")

    with django_assert_num_queries(2):  # type: ignore[operator]
        moments.happened(Moment.ASSESSED, make.stranger(), unasked, actor=SYSTEM, at=AT)


def test_a_list_of_clocks_costs_two_queries_however_many_rules(
    django_assert_num_queries: object,
) -> None:
    for _one in range(4):
        added()
    tell(Moment.ASSESSED)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(queries.clocks_of(subject=holder().subject)) == 4


@pytest.mark.parametrize("nothing", ["\u200b", "\u202e\u200f", "\u200d", "…", "👩\u200d👧"])
def test_words_that_nobody_can_read_are_none(nothing: str) -> None:
    for words in (replace(WORDS, title=nothing), replace(WORDS, who=nothing)):
        with pytest.raises(Refused):
            added(words=words)


def test_a_picture_stays_and_a_mark_that_turns_the_line_does_not() -> None:
    said = "Kunjungi\u202e dia 👩\u200d👧 hari\u200b ini"
    kind = added(words=replace(WORDS, title=said, title_en="\u200b"))
    assert str(rules.in_force()[kind].title) == "Kunjungi dia 👩\u200d👧 hari ini"
