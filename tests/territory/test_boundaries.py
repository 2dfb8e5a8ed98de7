"""Boundaries from a GeoJSON file: matched, looked at, used; hostile files refused in words."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.territory import geojson, queries
from ruang.territory.commands import drop_boundaries, read_boundaries, use_boundaries
from ruang.territory.drawing import draw
from ruang.territory.layout import Middle, places
from ruang.territory.models import BoundarySet
from tests import make
from tests.make_prevention import geojson as file_of

A, B = "36.73.01.1001", "36.73.02.1001"
SQUARE = [[106.1, -6.1], [106.2, -6.1], [106.2, -6.0], [106.1, -6.1]]
in_database = pytest.mark.django_db


def collection(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def feature(coordinates: object = None, kind: str = "Polygon", **about: object) -> object:
    geometry = {"type": kind, "coordinates": [SQUARE] if coordinates is None else coordinates}
    return {"type": "Feature", "properties": about, "geometry": geometry}


def took(content: bytes, source: str = "Peta contoh, 2026", **said: Any) -> Any:
    said = {"actor": SYSTEM, "is_official": False, "at": make.AT, **said}
    return read_boundaries(content=content, source=source, **said)


@in_database
def test_a_file_is_read_looked_at_and_used_and_the_next_takes_its_place() -> None:
    make.city()
    first = took(file_of(A, B, "36.73.01.9999"))
    assert queries.boundaries() is None
    shown = queries.boundaries_to_check(actor=SYSTEM, boundaries_id=first)
    assert set(shown.paths) == {A, B}
    assert shown.unmatched == ("36.73.01.9999",)
    assert shown.paths[A].startswith("M")
    use_boundaries(actor=SYSTEM, boundaries_id=first, at=make.AT)

    second = took(file_of(A), is_official=True)
    third = took(file_of(B), is_official=True)
    assert not BoundarySet.objects.filter(pk=second).exists(), "what was not used is dropped"
    use_boundaries(actor=SYSTEM, boundaries_id=third, at=make.AT)
    found = queries.boundaries()
    assert found is not None
    assert (found.id, found.is_official, set(found.paths)) == (third, True, {B})
    assert BoundarySet.objects.count() == 1
    use_boundaries(actor=SYSTEM, boundaries_id=third, at=make.AT)
    drop_boundaries(actor=SYSTEM, boundaries_id=third, at=make.AT)
    assert queries.boundaries() is None
    with pytest.raises(NotInSight):
        use_boundaries(actor=SYSTEM, boundaries_id=third, at=make.AT)
    names = set(Fact.objects.values_list("name", flat=True))
    assert {f"territory.boundaries_{n}" for n in ("read", "used", "dropped")} <= names


@in_database
def test_kelurahan_are_known_by_code_or_by_name_and_kecamatan() -> None:
    make.city()
    made = took(
        collection(
            feature(NAMOBJ="Sukawana", WADMKC="Curug"),
            feature(nama="Sukawana"),
            feature(kode="3673021001", nama="Kasemen"),
            feature(kode="3673011001", nama="Bukan Serang"),
            feature(desa="Lontar Baru", kecamatan="SERANG"),
            feature([[[SQUARE[0]] * 4]], kind="MultiPolygon", x=A),
            feature([106.1, -6.1], kind="Point", kode="36.73.01.1003"),
        )
    )
    shown = queries.boundaries_to_check(actor=SYSTEM, boundaries_id=made)
    assert set(shown.paths) == {"36.73.04.1007", B, "36.73.01.1009"}
    assert shown.unmatched == ("Sukawana", "Bukan Serang")


@in_database
def test_only_who_keeps_the_register_draws() -> None:
    make.city()
    made = took(file_of(A))
    keeper = make.actor(make.user(role=Role.PREVENTION_OFFICER))
    use_boundaries(actor=keeper, boundaries_id=made, at=make.AT)
    for role in (Role.HEAD, Role.FACILITATOR, Role.CADRE, Role.ADMIN, Role.INTAKE_OFFICER):
        actor = make.actor(make.user(role=role))
        with pytest.raises(PermissionDenied):
            took(file_of(B), actor=actor)
        with pytest.raises(PermissionDenied):
            use_boundaries(actor=actor, boundaries_id=made, at=make.AT)
        with pytest.raises(PermissionDenied):
            drop_boundaries(actor=actor, boundaries_id=made, at=make.AT)
        with pytest.raises(PermissionDenied):
            queries.boundaries_to_check(actor=actor, boundaries_id=made)


@in_database
@pytest.mark.parametrize("source", ["", "  ", "x", "\x00\x00", "p" * 201])
def test_without_a_source_nothing_is_read(source: str) -> None:
    make.city()
    with pytest.raises(Refused):
        took(file_of(A), source=source)


HOSTILE = {
    "empty": b"",
    "no JSON": b"<svg onload=alert(1)>",
    "a zip": b"PK\x03\x04" + bytes(200),
    "not UTF-8": b"\xff\xfe\x00",
    "a list": b"[]",
    "a number": b"7",
    "another type": b'{"type": "Feature", "features": []}',
    "features no list": b'{"type": "FeatureCollection", "features": {"a": 1}}',
    "a feature no object": collection("x"),
    "deep": b'{"type": "FeatureCollection", "features": ' + b"[" * 200_000,
    "deep in a ring": collection(feature([[[[[1, 2]]]]])),
    "NaN": b'{"type": "FeatureCollection", "features": [NaN]}',
    "a number without end": b"1" * 5_000,
    "infinite": collection(feature([SQUARE])).replace(b"106.1", b"1e999"),
    "metres": collection(feature([[[623000.0, 9323000.0]] * 4], kode=A)),
    "words for numbers": collection(feature([[["a", "b"]] * 4], kode=A)),
    "truth for numbers": collection(feature([[[True, False]] * 4], kode=A)),
    "two corners": collection(feature([[[1, 2], [1, 2]]], kode=A)),
    "a ring no list": collection(feature(["abc"], kode=A)),
    "no coordinates": collection(feature(0, kode=A)),
    "too many areas": collection(*[feature()] * 5_001),
    "too many points": collection(feature([SQUARE * 300], kode=A)),
    "too large": b" " * 10_000_001,
    "of another city": collection(feature(kode="32.73.01.1001", nama="Bandung")),
    "without area": collection(feature([[SQUARE[0]] * 4], kode=A)),
    "keys that are odd": collection(feature(**{"\x00": "\x00", "": "", "kode": None})),
}


@in_database
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_leaves_nothing(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geojson, "MOST_POINTS", 1_000)
    make.city()
    with pytest.raises(Refused) as refused:
        took(HOSTILE[what])
    assert str(refused.value).endswith(".")
    assert not BoundarySet.objects.exists()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JSON, st.sampled_from(["Polygon", "MultiPolygon", "GeometryCollection"]))
def test_whatever_stands_in_a_file_is_read_or_refused(anything: object, kind: str) -> None:
    for content in (
        json.dumps(anything).encode(),
        collection(anything),
        collection(feature(anything if anything is not None else 0, kind=kind)),
    ):
        try:
            geojson.read(content)
        except Refused:
            continue


def test_neighbours_still_share_their_edge_when_simplified() -> None:
    """The same points of the file end on the same points of the grid, whatever lies around."""
    edge = [(106.15, -6.0 - step / 1000) for step in range(101)]
    west = (*edge, (106.1, -6.1), (106.1, -6.0), edge[0])
    east = (*edge, (106.2, -6.1), (106.2, -6.0), edge[0])
    drawn = draw({A: [west], B: [east]})
    corners = [set(drawn.paths[code].strip("MZ").split("L")) for code in (A, B)]
    shared = corners[0] & corners[1]
    assert len(shared) == 2
    assert drawn.middles[A][0] == pytest.approx(106.125)
    assert drawn.middles[B][1] == pytest.approx(-6.05)


def test_a_city_without_a_table_stands_by_its_middles_or_by_code() -> None:
    codes = ("32.73.01", "32.73.02", "32.73.03", "32.73.04")
    assert places("32.73", codes, {}) == codes
    middles = {
        codes[0]: Middle(-6.9, 107.6), codes[1]: Middle(-6.8, 107.7),
        codes[2]: Middle(-6.85, 107.5), codes[3]: Middle(-6.95, 107.6),
    }  # fmt: skip
    assert places("32.73", codes, middles) == (codes[2], codes[0], codes[1], codes[3])
    serang = tuple(f"36.73.0{n}" for n in range(1, 7))
    laid = places("36.73", (*serang, "36.73.07"), {})
    assert laid[1] == "36.73.02"
    assert laid[3:6] == ("36.73.06", "36.73.01", "36.73.03")
    assert laid[-1] == "36.73.07"
