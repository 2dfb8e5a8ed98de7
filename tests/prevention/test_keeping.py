"""Programmes with materials and questions, facilitators with their days, requests, cadres."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import ANYBODY, SYSTEM, Actor
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.prevention import commands
from ruang.prevention.codes import LETTERS, code_of, tag_of
from ruang.prevention.models import (
    Away,
    Facilitator,
    MaterialFile,
    MaterialVersion,
    Programme,
    Question,
    Request,
)
from ruang.prevention.queries import programmes_page, request_page, requests_page
from ruang.prevention.states import (
    Audience,
    Declined,
    Language,
    RequestState,
    Sex,
    Unit,
)
from ruang.register.models import CadreArea
from tests import make, make_prevention
from tests.prevention.scene import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PDF = b"%PDF-1.7\n" + b"x" * 200
TAUGHT = commands.Taught(
    name="Nyapeu  Wacil", english="", about="", about_english="", unit=Unit.RW,
    audiences=(Audience.PARENTS,), topics=("Satu", ""), minutes=90, facilitators=2,
    every_months=12,
)  # fmt: skip


@pytest.fixture
def world() -> World:
    return World()


def test_a_programme_is_written_down_and_changed_but_keeps_what_it_goes_to(
    world: World,
) -> None:
    made = commands.save_programme(actor=world.officer, taught=TAUGHT, at=make.AT)
    row = Programme.objects.get(pk=made)
    assert (row.name, row.topics, row.audiences) == ("Nyapeu Wacil", ["Satu"], ["parents"])
    for change, words in (
        ({"name": " "}, "Give the programme a name"),
        ({"name": world.programme.name}, "of this name already"),
        ({"audiences": ()}, "at least one group"),
        ({"unit": Unit.SCHOOL}, "stays"),
        ({"minutes": 5}, "15 minutes"),
        ({"every_months": 99}, "1 to 60 months"),
        ({"name": "x" * 81}, "too long"),
    ):
        with pytest.raises(Refused, match=words):
            commands.save_programme(
                actor=world.officer, taught=replace(TAUGHT, **change), at=make.AT,
                programme_id=made,
            )  # fmt: skip
    rested = replace(TAUGHT, is_active=False)
    commands.save_programme(actor=world.officer, taught=rested, at=make.AT, programme_id=made)
    assert [one.is_active for one in programmes_page(actor=world.officer)] == [True, False]


def test_another_wording_is_another_question_in_the_same_place(world: World) -> None:
    def ask(text: str, instead: UUID | None = None, **changed: object) -> UUID:
        said = {"topic": "Batas", "english": "", "choices": ["Ya", "Tidak"], "right": 0}
        return commands.add_question(
            actor=world.officer, programme_id=world.programme.pk, text=text, at=make.AT,
            instead_of=instead, **{**said, **changed},
        )  # type: ignore[arg-type]  # fmt: skip

    first = ask("Boleh menolak?")
    other = ask("Nomor?")
    again = ask("Bolehkah menolak?", first)
    rows = Question.objects.order_by("place", "is_active").values_list("pk", "place")
    assert list(rows) == [(first, 1), (again, 1), (other, 2)]
    assert not Question.objects.get(pk=first).is_active
    for changed, words in (
        ({"choices": ["Ya", " "]}, "two to six"),
        ({"right": 2}, "two to six"),
        ({"topic": ""}, "topic"),
    ):
        with pytest.raises(Refused, match=words):
            ask("Lagi?", None, **changed)
    with pytest.raises(NotInSight):
        ask("Lagi?", uuid4())
    commands.retire_question(
        actor=world.officer, programme_id=world.programme.pk, question_id=other, at=make.AT
    )
    assert not Question.objects.get(pk=other).is_active


def test_every_version_of_a_material_stays_and_the_same_file_lies_there_once(
    world: World,
) -> None:
    def add(data: bytes, title: str = "Lembar balik", of: UUID | None = None) -> UUID:
        return commands.add_material(
            actor=world.officer, programme_id=world.programme.pk, title=title,
            name="../lembar\u202efdp.exe", data=data, at=make.AT, material_id=of,
        )  # fmt: skip

    made = add(PDF)
    assert add(PDF + b"2", of=made) == made
    add(PDF, title="Salinan")
    versions = MaterialVersion.objects.filter(material=made).order_by("number")
    assert [(one.number, one.kind, one.name) for one in versions] == [
        (1, "PDF", "lembarfdp.pdf"), (2, "PDF", "lembarfdp.pdf"),
    ]  # fmt: skip
    assert MaterialFile.objects.count() == 2
    for data, title, words in (
        (b"", "x", "8 MB"),
        (b"x" * 8_000_001, "x", "8 MB"),
        (b"MZ\x90\x00 program", "x", "Choose a PDF"),
        (b"<svg onload=alert(1)>", "", "title|Choose a PDF"),
        (PDF, " ", "title"),
    ):
        with pytest.raises(Refused, match=words):
            add(data, title)
    commands.retire_material(
        actor=world.officer, programme_id=world.programme.pk, material_id=made, at=make.AT
    )
    assert MaterialVersion.objects.count() == 3


def test_a_facilitator_is_written_down_with_hours_and_days_away(world: World) -> None:
    person = make.user(role=Role.FACILITATOR)
    profile = commands.Profile(
        Sex.MAN, (Language.SUNDANESE,), make_prevention.VILLAGE, (world.programme.pk, uuid4())
    )

    def save(user: UUID = person.pk, **changed: object) -> UUID:
        return commands.save_facilitator(
            actor=world.officer, user=user, profile=replace(profile, **changed), at=make.AT
        )  # type: ignore[arg-type]

    made = save()
    assert save(sessions_a_day=3) == made
    row = Facilitator.objects.get(pk=made)
    assert (row.languages, row.sessions_a_day, row.skills.count()) == (["su"], 3, 1)
    refusals: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: save(languages=()), "at least one language"),
        (lambda: save(home="36.74.01.1001"), "Choose the kelurahan"),
        (lambda: save(sessions_a_day=9), "At most 1 to 6"),
        (lambda: save(user=make.user().pk), "may hold sessions"),
        (lambda: save(user=uuid4()), "may hold sessions"),
    )
    for act, words in refusals:
        with pytest.raises(Refused, match=words):
            act()
    herself = make.actor(person)
    days = {"facilitator_id": made, "at": make.AT}
    today = make.AT.date()
    commands.add_away(actor=herself, begins_on=today, ends_on=today, **days)
    commands.add_away(actor=herself, begins_on=today, ends_on=today, **days)
    away = Away.objects.get()
    yesterday = today - timedelta(days=1)
    for first, last, words in (
        (today, yesterday, "must not be before"),
        (yesterday, yesterday, "over"),
        (date(2026, 1, 1), date(2028, 1, 1), "a year after"),
    ):
        with pytest.raises(Refused, match=words):
            commands.add_away(actor=herself, begins_on=first, ends_on=last, **days)
    with pytest.raises(PermissionDenied):
        commands.add_away(
            actor=make.actor(world.ani.user), begins_on=today, ends_on=today, **days
        )
    commands.drop_away(actor=world.officer, away_id=away.pk, **days)
    with pytest.raises(NotInSight):
        commands.drop_away(actor=world.officer, away_id=away.pk, **days)


def test_what_a_cadre_has_in_another_kelurahan_stays_hers(world: World) -> None:
    cadre = make.user(role=Role.CADRE)
    there = make_prevention.rw("36.73.01.1001")
    here = world.rw.village_id
    give = {"actor": world.officer, "user": cadre.pk, "at": make.AT}
    commands.set_cadre_area(rws=[there.pk], village=there.village_id, **give)
    commands.set_cadre_area(rws=[world.rw.pk], village=here, **give)
    assert set(CadreArea.objects.values_list("rw", flat=True)) == {there.pk, world.rw.pk}
    commands.set_cadre_area(rws=[], village=here, **give)
    assert CadreArea.objects.get().rw_id == there.pk
    with pytest.raises(Refused, match="no longer in the register"):
        commands.set_cadre_area(rws=[there.pk], village=here, **give)


def test_a_cadre_is_given_rw_and_nobody_else_is(world: World) -> None:
    cadre = make.user(role=Role.CADRE)
    give = {"actor": world.officer, "at": make.AT}
    commands.set_cadre_area(user=cadre.pk, rws=[world.rw.pk], **give)
    assert CadreArea.objects.get().rw_id == world.rw.pk
    commands.set_cadre_area(user=cadre.pk, rws=[], **give)
    assert not CadreArea.objects.exists()
    with pytest.raises(Refused, match="no longer in the register"):
        commands.set_cadre_area(user=cadre.pk, rws=[uuid4()], **give)
    with pytest.raises(Refused, match="account of a cadre"):
        commands.set_cadre_area(user=make.user().pk, rws=[], **give)


def asked(world: World, **changed: object) -> commands.Asked:
    said: dict[str, object] = {
        "unit": Unit.RW, "village": make_prevention.VILLAGE, "audience": Audience.WOMEN,
        "name": "Bu Contoh", "phone": "0800 0000 0001", "rw": world.rw.pk,
    }  # fmt: skip
    return commands.Asked(**{**said, **changed})  # type: ignore[arg-type]


def test_a_request_is_kept_under_a_hash_and_forgotten_a_year_after_the_answer(
    world: World,
) -> None:
    ask = {"actor": ANYBODY, "at": make.AT}
    code = commands.request_session(asked=asked(world), once="a" * 32, **ask)
    other = commands.request_session(asked=asked(world), once="e" * 32, **ask)
    Request.objects.filter(tag=tag_of(other)).update(received_at=make.AT - timedelta(days=340))
    assert commands.request_session(asked=asked(world), once="a" * 32, **ask) == code
    row = Request.objects.latest("received_at")
    assert bytes(row.tag) == tag_of(f" {code.lower()} ")
    assert set(code) <= {*LETTERS, "-"}
    assert code_of("b" * 32) != code
    for changed, words in (
        ({"rw": uuid4()}, "Choose your RW"),
        ({"rw": make_prevention.rw("36.73.01.1001").pk}, "Choose your RW"),
        ({"village": "31.71.01.1001"}, "kelurahan of the city"),
        ({"unit": Unit.COMMUNITY}, "name of the school or community"),
        ({"name": "\x00"}, "Write your name"),
        ({"wished": "x" * 201}, "too long"),
        ({"phone": "0812-x"}, "with digits"),
    ):
        with pytest.raises(Refused, match=words):
            commands.request_session(asked=asked(world, **changed), once="c" * 32, **ask)
    say = {"actor": world.officer, "request_id": row.pk}
    commands.decline_request(**say, reason=Declined.OUTSIDE, at=make.AT)
    with pytest.raises(Refused, match="meanwhile"):
        commands.decline_request(**say, reason=Declined.TWICE, at=make.AT)
    year = make.AT + timedelta(days=366)
    month = make.AT + timedelta(days=30)
    assert commands.sweep_requests(actor=SYSTEM, at=month) == 1  # nobody ever answered it
    assert Request.objects.get(tag=tag_of(other)).phone == ""
    assert commands.sweep_requests(actor=SYSTEM, at=year - timedelta(days=30)) == 0
    assert commands.sweep_requests(actor=SYSTEM, at=year) == 1
    assert commands.sweep_requests(actor=SYSTEM, at=year) == 0
    row.refresh_from_db()
    assert (row.name, row.phone, row.state) == ("–", "", RequestState.DECLINED)


def test_one_number_is_known_however_it_is_written(world: World) -> None:
    ask = {"actor": ANYBODY, "at": make.AT}
    for n, phone in enumerate(("0800 0000 0001", "+62 800-0000-0001", "0800 0000 0002")):
        commands.request_session(asked=asked(world, phone=phone), once=f"{n}" * 32, **ask)
    row = Request.objects.get(phone="0800 0000 0001")
    assert request_page(actor=world.officer, request_id=row.pk).again == 1


def test_the_office_writes_down_what_is_rung_in(world: World) -> None:
    for n in range(5):
        commands.request_session(
            actor=world.officer, asked=asked(world), once=f"{n}" * 32, at=make.AT
        )
    assert Request.objects.count() == 5


ACTS: dict[str, Callable[[World, Actor], object]] = {
    "programme": lambda w, a: commands.save_programme(actor=a, taught=TAUGHT, at=make.AT),
    "facilitator": lambda w, a: commands.save_facilitator(
        actor=a, user=w.ani.user_id, at=make.AT,
        profile=commands.Profile(Sex.WOMAN, (Language.JAVANESE,), make_prevention.VILLAGE, ()),
    ),
    "hours": lambda w, a: commands.set_working(
        actor=a, facilitator_id=w.ani.pk, hours=[], at=make.AT
    ),
    "ask": lambda w, a: commands.request_session(
        actor=a, asked=asked(w), once="x" * 32, at=make.AT
    ),
    "see requests": lambda w, a: requests_page(actor=a, state=RequestState.WAITING),
}  # fmt: skip
YES, NO, UNSEEN = None, PermissionDenied, NotInSight
TABLE: dict[str, tuple[type[Exception] | None, ...]] = {
    # who                programme facilitator hours  ask  see requests
    "officer":            (YES, YES, YES, YES, YES),
    "herself":            (NO, NO, YES, NO, NO),
    "other facilitator":  (NO, NO, NO, NO, NO),
    "anybody":            (NO, NO, UNSEEN, YES, NO),
    "cadre":              (NO, NO, UNSEEN, NO, NO),
    "head":               (NO, NO, NO, NO, NO),
    "intake_officer":     (NO, NO, UNSEEN, NO, NO),
    "admin":              (NO, NO, UNSEEN, NO, NO),
}  # fmt: skip


@pytest.mark.parametrize("name", list(TABLE))
def test_who_keeps_what(world: World, name: str) -> None:
    known = {"officer": world.officer, "anybody": ANYBODY}
    people = {"herself": world.ani.user, "other facilitator": world.budi.user}
    if name in known:
        actor = known[name]
    else:
        actor = make.actor(people[name] if name in people else make.user(role=Role(name)))
    for (act, do), expected in zip(ACTS.items(), TABLE[name], strict=True):
        facts = Fact.objects.count()
        if expected is None:
            do(world, actor)
        else:
            with pytest.raises(expected):
                do(world, actor)
            assert Fact.objects.count() == facts, act
