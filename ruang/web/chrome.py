"""Everything outside <main> on a public page, rendered once and kept.

It depends only on the language, the city's few public words and the static files, so it is
two strings per language, not two templates per request; on the reporting path that is worth
a tenth of a request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe

from ruang.territory import queries as territory

LANGUAGES: Mapping[str, str] = {"id": "Bahasa Indonesia", "en": "English"}
"""The languages of the interface, each under its own name."""


@dataclass(frozen=True, slots=True)
class City:
    """What public pages say about the city. The title is neutral: it stays in histories."""

    title: str = "Layanan Kota Serang"
    unit: str = "DP3AKB Kota Serang"
    exit_url: str = "https://www.bmkg.go.id/"
    privacy_url: str = "/privasi/"


@dataclass(frozen=True, slots=True)
class Chrome:
    """The head and the foot of a page, each in two kinds."""

    top: SafeString
    top_home: SafeString
    foot: SafeString
    foot_form: SafeString


def chrome(*, language: str, city: City) -> Chrome:
    """Return the head and foot of public pages in a language, for a city."""
    return _rendered(
        language if language in LANGUAGES else "id",
        city,
        getattr(staticfiles_storage, "manifest_hash", ""),
    )


@lru_cache(maxsize=32)
def _rendered(language: str, city: City, _static: str) -> Chrome:
    other = "en" if language == "id" else "id"
    shared = {
        "language": language,
        "other": other,
        "other_name": LANGUAGES[other],
        "city": city,
    }

    def render(name: str, **more: bool) -> SafeString:
        return mark_safe(render_to_string(name, {**shared, **more}).strip())  # noqa: S308

    with translation.override(language):
        return Chrome(
            top=render("layout/public_top.html", home=False),
            top_home=render("layout/public_top.html", home=True),
            foot=render("layout/public_foot.html", form=False),
            foot_form=render("layout/public_foot.html", form=True),
        )


def forget() -> None:
    """Drop what was kept; tests that change the settings need it."""
    _rendered.cache_clear()


PLAIN = City()
"""Where a city has not said its own words yet, and wherever asking could fail."""

_last = {"city": PLAIN}


def city_of(request: HttpRequest) -> City:
    """Return the city's public words; plain ones before set-up, and where asking fails."""
    city = getattr(request, "city", None)
    if isinstance(city, City):
        return city
    try:
        facts = territory.city()
    except DatabaseError:
        return PLAIN
    if not facts.is_set_up:
        return PLAIN
    city = City(facts.service_title, facts.unit_short or facts.unit_name, facts.exit_url)
    _last["city"] = city
    return city


def last_city() -> City:
    """Return the city as it was last known, without asking: for when asking may have failed."""
    return _last["city"]


def faces(request: HttpRequest) -> dict[str, object]:
    """Give templates ``city`` and ``chrome``; nothing is fetched until asked for."""
    return {
        "city": SimpleLazyObject(lambda: city_of(request)),
        "chrome": SimpleLazyObject(
            lambda: chrome(language=translation.get_language() or "id", city=city_of(request))
        ),
    }
