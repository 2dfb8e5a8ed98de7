"""The face every public and staff page shares: small, without inline code, in two languages."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings as conf
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.test import Client

from ruang.web import chrome
from tests.reading import parsed
from tests.web import gallery

PAGES = ["/", "/gaya/", "/gaya/publik/", "/gaya/konfirmasi/", "/gaya/galat/404/", "/staf/"]
PUBLIC = ["/", "/gaya/publik/", "/gaya/galat/404/", "/gaya/galat/500/", "/nowhere/"]
WEB = Path(chrome.__file__).parent

pytestmark = pytest.mark.usefixtures("faced")


def soup(client: Client, url: str) -> BeautifulSoup:
    return parsed(client.get(url).content)


def assets(page: BeautifulSoup) -> list[str]:
    links = [str(tag["href"]) for tag in page.select("link[rel=stylesheet]")]
    return links + [str(tag["src"]) for tag in page.select("[src]")]


def test_the_first_load_fits_an_old_phone(client: Client) -> None:
    answer = client.get("/")
    found = assets(parsed(answer.content))
    assert len(found) + 1 <= 6
    weight = len(gzip.compress(answer.content))
    for address in found:
        file = finders.find(address.removeprefix(conf.STATIC_URL))
        assert isinstance(file, str), address
        weight += len(gzip.compress(Path(file).read_bytes()))
    assert weight <= 60 * 1024


def test_style_sheets_of_public_pages_fetch_nothing_more(client: Client) -> None:
    for address in assets(soup(client, "/")):
        if "/ruang/" in address:
            text = Path(str(finders.find(address.removeprefix(conf.STATIC_URL)))).read_text()
            assert not [u for u in re.findall(r"url\(([^)]*)\)", text) if "data:" not in u]
            assert "@import" not in text
            assert "@font-face" not in text


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_has_code_or_style_inside(client: Client, url: str, language: str) -> None:
    page = soup(client, f"{url}?b={language}")
    assert page.html is not None
    assert page.html["lang"] == language
    assert not page.select("[style], style")
    assert not page.select("script:not([src])")
    names = {name for tag in page.find_all(True) if isinstance(tag, Tag) for name in tag.attrs}
    assert not [name for name in names if name.startswith(("on", "hx-on"))]
    assert "UNDEFINED" not in str(page)
    assert len(page.select("main#isi")) == 1


def test_templates_hold_no_inline_style() -> None:
    found = [
        str(path)
        for path in WEB.rglob("*.html")
        if re.search(r"\sstyle=|<style|\son(?!e=)\w+=|javascript:", path.read_text("utf-8"))
    ]
    assert found == []


def test_the_policy_allows_what_the_face_needs_and_no_inline_code(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "'unsafe" not in policy
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert "data:" in directives["img-src"]


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_is_neutral_and_has_a_way_out(client: Client, url: str) -> None:
    page = soup(client, url)
    assert page.title is not None
    assert page.title.text == "Layanan Kota Serang"
    assert page.select_one("link[rel=icon]")["href"] == "data:,"  # type: ignore[index]
    first, second = page.select("a[href], button")[:2]
    assert first["href"] == "#isi"
    assert second["data-ruang"] == "exit"
    assert second["rel"] == ["nofollow", "noreferrer"]
    assert str(second["href"]).startswith("https://")
    calls = {str(tag["href"]) for tag in page.select("footer a[href^='tel:']")}
    assert calls == {"tel:112", "tel:110", "tel:129"}
    assert len(page.select("[data-ruang=language]")) == 1


def test_only_home_may_be_found_by_search_engines(client: Client) -> None:
    assert not soup(client, "/").select("meta[name=robots]")
    for url in [*PUBLIC[1:], "/gaya/", "/staf/"]:
        assert soup(client, url).select_one("meta[name=robots]")["content"] == "noindex"  # type: ignore[index]


def test_the_language_control_never_costs_what_was_typed(client: Client) -> None:
    link = soup(client, "/").select_one("[data-ruang=language]")
    assert link is not None
    assert (link.name, link["href"], link["lang"]) == ("a", "?b=en", "en")
    button = soup(client, "/gaya/publik/?b=en").select_one("[data-ruang=language]")
    assert button is not None
    assert (button.name, button["form"]) == ("button", "langkah")
    assert (button["name"], button["value"]) == ("bahasa", "id")
    assert button.has_attr("formnovalidate")


def test_enter_presses_the_first_button_of_the_form_not_the_language(client: Client) -> None:
    text = client.get("/gaya/publik/").content.decode()
    assert (
        text.index('name="lanjut"') < text.index('name="kembali"') < text.index('name="bahasa"')
    )


def test_the_chrome_is_rendered_once_for_a_language_and_a_city() -> None:
    chrome.forget()
    one = chrome.chrome(language="id", city=chrome.PLAIN)
    assert chrome.chrome(language="id", city=chrome.City()) is one
    assert chrome.chrome(language="en", city=chrome.PLAIN) is not one
    other = chrome.chrome(language="id", city=chrome.City(title="Layanan Kota Lain"))
    assert "<title>Layanan Kota Lain</title>" in other.top
    assert "<title>Layanan Kota Serang</title>" in one.top


def test_what_a_city_calls_itself_cannot_break_out_of_the_page() -> None:
    shell = chrome.chrome(language="id", city=chrome.City(title="<script>", unit='"><b>'))
    assert "<script>" not in shell.top
    assert '"><b>' not in shell.foot


def test_an_unknown_language_is_answered_in_indonesian() -> None:
    assert 'lang="id"' in chrome.chrome(language="xx", city=chrome.PLAIN).top


def test_nothing_says_united_kingdom(client: Client) -> None:
    for url in PAGES:
        text = client.get(url).content.decode()
        assert "crown" not in text.lower()
        assert "gov.uk" not in text.lower()
        assert "govuk-header" not in text
        assert "govuk-footer" not in text


def test_the_gallery_is_closed_to_the_public(client: Client, settings: Any) -> None:
    urls = ("/gaya/", "/gaya/publik/", "/gaya/konfirmasi/", "/gaya/galat/403/")
    with gallery.demo(is_demo=False):
        assert [client.get(url).status_code for url in urls] == [404, 404, 404, 404]
        settings.DEBUG = True
        assert [client.get(url).status_code for url in urls] == [200, 200, 200, 403]


def test_a_csrf_token_is_handed_to_htmx(client: Client) -> None:
    body = soup(client, "/staf/").body
    assert body is not None
    token = re.search(r'"X-CSRFToken": "(\w{64})"', str(body["hx-headers:inherited"]))
    assert token


def test_every_component_is_in_the_gallery() -> None:
    shown = "".join(p.read_text(encoding="utf-8") for p in WEB.rglob("*.html"))
    tags = (WEB / "templatetags/ruang.py").read_text(encoding="utf-8")
    for path in (WEB / "components").glob("*.html"):
        name = path.stem
        included = f'"components/{name}.html"' in shown
        by_tag = f'"{name}"' in tags or name.startswith("field_")
        assert included or by_tag, f"{name} is shown nowhere"


def test_no_indent_of_a_template_is_sent() -> None:
    """It is for who reads the template: a third of a long list, on a bad line."""
    source = get_template("desk/desk.html").template.source
    assert "\n" in source
    assert [line for line in source.split("\n") if line.startswith(" ")] == []
