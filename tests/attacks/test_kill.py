"""kill -9 of anything at any moment: nothing acknowledged is lost, nothing is there twice.

Web processes, the worker, the maker of previews, the parent and the whole server die at random
moments while people report, upload, follow, and staff answer. Afterwards everything that was
acknowledged is there, whole and once (security.md R-01). ``RUANG_KILLS`` sets how many.
"""

import json
import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import pytest

from tests.attacks.crowd import Crowd
from tests.attacks.people import Reporter, shown
from tests.attacks.served import Served, served
from tests.patience import STARTING

pytestmark = [pytest.mark.slow, pytest.mark.alone]

KILLS = int(os.environ.get("RUANG_KILLS", "40"))
SECONDS_A_KILL = 1.0
DUE = 60
"""Requests to a partner whose time runs out meanwhile."""
WAYS = {"web": 12, "jobs": 8, "everything": 4, "parent": 3, "previews": 2}
"""How often each dies."""
DUE_WITHIN = STARTING
"""Seconds until what fell due is done although its worker was killed at it: lease and more."""
PHONES = 300
"""How many reports are opened with their words afterwards, at most."""
LONGEST, USUAL = 15.0, 5.0
"""Seconds until a page is answered again: at most, and for all but one in twenty.

They are for a machine on which the first start, from nothing to a page, takes ``STARTS``; on a
slower one, or where others work too, all of it takes as much longer.
"""
STARTS = 2.5


@dataclass
class Story:
    """What happened."""

    crowd: Crowd
    kills: Counter[str] = field(default_factory=Counter)
    recovery: list[float] = field(default_factory=list)
    seconds: float = 0.0
    inside: dict[str, Any] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    verdict: str = ""
    slowness: float = 1.0
    """How much longer than usual a start takes on this machine."""
    errors: Counter[str] = field(default_factory=Counter)
    left: list[str] = field(default_factory=list)


def kill_one(city: Served, dice: random.Random, story: Story) -> None:
    """Kill something, and wait until a page is answered again."""
    missing = [one for one in WAYS if one not in story.kills and one != "previews"]
    few = story.kills.total() >= KILLS - len(missing)
    way = missing[0] if few and missing else dice.choices(list(WAYS), list(WAYS.values()))[0]
    began = time.monotonic()
    if way == "everything":
        city.kill_everything()
        city.start()
    elif way == "parent":
        city.kill_parent()
        city.start()
    else:
        kind = {"web": "config.web", "jobs": "config.jobs", "previews": "ruang.previews"}[way]
        living = city.processes(kind)
        if not living:
            return
        city.kill(dice.choice(living))
    story.kills[way] += 1
    city.wait()
    story.recovery.append(time.monotonic() - began)


def live_through(city: Served, seed: int) -> Story:
    """Let people use the city while things die; then look at everything that is there."""
    dice = random.Random(seed)
    crowd = Crowd(city.port, city.city, reporters=4, officers=2, seed=seed)
    story = Story(crowd)
    began = time.monotonic()
    crowd.start()
    while not has_enough(story) and not crowd.failures:
        time.sleep(dice.uniform(0.1, 2 * SECONDS_A_KILL - 0.1))
        kill_one(city, dice, story)
    crowd.stop()
    story.seconds = time.monotonic() - began
    return story


def has_enough(story: Story) -> bool:
    """Say whether it was enough; where people get little done in a second, it takes longer."""
    crowd, kills = story.crowd, story.kills.total()
    done = min(
        len(crowd.reports) / KILLS,
        crowd.lost / (KILLS / 4),
        sum(map(len, crowd.replies.values())) / (KILLS / 8),
        sum(len(one.files) for one in crowd.reports) / (KILLS / 4),
    )
    return kills >= KILLS and (done > 1 or kills >= 4 * KILLS)


def look(city: Served, story: Story) -> None:
    """Read all of it: with the words, through a member, and in the trail."""
    someone = Reporter(city.port)
    for report in story.crowd.reports[-PHONES:]:
        page = someone.follow(report.words)
        assert page.page.select_one("#status") is not None, f"{report.mark}: {shown(page)}"
        story.threads[report.mark] = [m.get_text() for m in page.page.select(".rk-msg .text")]
    until = time.monotonic() + DUE_WITHIN
    while (inside := city.program("look_inside.py"))["waiting"] and time.monotonic() < until:
        time.sleep(1)
    story.inside, story.left = inside, city.stop()
    story.verdict = city.ruang("audit", "verify").stdout


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    seed = random.randrange(1_000_000)
    place = tmp_path_factory.mktemp("killed")
    with served(place, requests=DUE, seconds=int(KILLS * SECONDS_A_KILL)) as city:
        told = live_through(city, seed)
        assert told.crowd.failures == [], f"seed {seed}: {told.crowd.failures} {city.log()}"
        look(city, told)
        told.asked = city.city["requests"]
        told.slowness = max(1.0, city.started_in / STARTS)
        told.errors = errors_in(city.log_files())
    print(f"\n{figures(told, seed)}")
    return told


def errors_in(logs: str) -> Counter[str]:
    """What the processes logged as wrong, counted."""
    lines = [json.loads(line) for line in logs.splitlines() if line.startswith("{")]
    return Counter(
        f"{one['from']}: {one.get('error') or one['said']}"
        for one in lines
        if one["level"] in {"error", "critical"}
    )


def figures(story: Story, seed: int) -> str:
    """One line for people."""
    reports, recovery = story.inside["reports"], sorted(story.recovery)
    usual = recovery[int(len(recovery) * 0.95)]
    said = Counter(one["story"] for one in reports)
    lost = sum(not any(one.mark in text for text in said) for one in story.crowd.reports)
    return (
        f"kills {story.kills.total()} {dict(story.kills)} in {story.seconds:.0f} s · "
        f"reports {len(reports)} with {sum(len(one['files']) for one in reports)} files · "
        f"messages {sum(len(one.tried) for one in story.crowd.reports)} · "
        f"replies {sum(map(len, story.crowd.replies.values()))} · "
        f"answers lost {story.crowd.lost}, not saved {story.crowd.unsaved} · "
        f"acknowledged and lost {lost} · twice {sum(n - 1 for n in said.values())} · "
        f"back after p50 {median(recovery):.2f} p95 {usual:.2f} max {recovery[-1]:.2f} s · "
        f"files on disk {story.inside['files']} · errors {dict(story.errors)} · seed {seed}"
    )


def test_enough_died_in_the_middle_of_enough(story: Story) -> None:
    assert story.kills.total() >= KILLS
    assert {"web", "jobs", "everything", "parent"} <= set(story.kills)
    assert len(story.crowd.reports) >= KILLS
    assert story.crowd.lost >= KILLS / 4, "hardly an answer was lost: nothing was interrupted"
    assert sum(map(len, story.crowd.replies.values())) >= KILLS / 8


def test_every_report_is_there_once_and_says_what_was_told(story: Story) -> None:
    told = sorted(one["story"].split()[1].strip(".") for one in story.inside["reports"])
    assert told == sorted(one.mark for one in story.crowd.reports)
    assert set(story.inside["received"].values()) == {1}
    assert len(story.inside["received"]) == len(told)


def test_each_report_has_one_code_however_often_it_was_sent(story: Story) -> None:
    assert all(len(one.codes) == 1 for one in story.crowd.reports)
    assert len({one.words for one in story.crowd.reports}) == len(story.crowd.reports)


def test_every_message_and_reply_is_there_once(story: Story) -> None:
    by_mark = {one.mark: one for one in story.crowd.reports}
    for row in story.inside["reports"]:
        sent = by_mark[row["story"].split()[1].strip(".")].tried
        replies = story.crowd.replies.get(row["id"], [])
        assert sorted(row["messages"]) == sorted([*sent, *replies]), row["number"]


def test_the_words_show_what_was_written(story: Story) -> None:
    assert len(story.threads) == min(len(story.crowd.reports), PHONES)
    for report in story.crowd.reports[-PHONES:]:
        shown_there = " ".join(story.threads[report.mark])
        for mark in report.tried:
            assert shown_there.count(mark) == 1, (report.mark, mark)


def test_every_file_is_whole_and_there_once(story: Story) -> None:
    by_mark = {one.mark: one for one in story.crowd.reports}
    for row in story.inside["reports"]:
        sent = by_mark[row["story"].split()[1].strip(".")].files
        assert sorted(row["files"]) == sorted(sent), row["number"]
        assert row["counted"] == len(sent)
    assert sum(len(row["files"]) for row in story.inside["reports"]) >= KILLS / 4


def test_what_fell_due_was_done_once(story: Story) -> None:
    assert story.inside["expired"] == dict.fromkeys(story.asked, 1)
    assert (story.inside["parked"], story.inside["waiting"]) == (0, 0)


def test_the_trail_is_whole(story: Story) -> None:
    assert story.verdict.startswith("audit: ok,"), story.verdict
    assert story.inside["bad"] == ""


def test_the_service_is_back_soon(story: Story) -> None:
    recovery = sorted(story.recovery)
    assert recovery[int(len(recovery) * 0.95)] <= USUAL * story.slowness
    assert recovery[-1] <= LONGEST * story.slowness


def test_nothing_broke_but_what_was_killed(story: Story) -> None:
    assert story.errors == Counter()
    assert story.crowd.unsaved == 0
    assert story.left == [], "a process outlived its parent"
