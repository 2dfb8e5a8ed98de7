"""The public pages that only tell."""

import re
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import OperationalError
from django.test import Client

from ruang.identity.models import Organisation
from ruang.identity.states import OrganisationKind
from tests import make
from tests.web.walk import Walk

pytestmark = pytest.mark.django_db
PAGES = (
    "/", "/pantau/", "/layanan/", "/privasi/", "/jejak/",
    "/jadwal/", "/jadwal/minta/", "/jadwal/permintaan/",
)  # fmt: skip
NOT_YET = ("/telepon/", "/mitra/", "/statistik/")


def test_the_directory_shows_services_with_numbers_and_hours(client: Client) -> None:
    make.city()
    Organisation.objects.filter(name="LBH Serang").update(phone="0254-000111")
    walk = Walk(client, address="/layanan/").open()
    assert "Senin–Jumat 08.00–16.00" in walk.text
    assert "LBH Serang 0254-000111" in walk.text
    assert walk.main.find("a", href="tel:0254-000111")


def test_it_never_shows_a_safe_house_or_who_has_stopped(client: Client) -> None:
    make.city()
    make.organisation("Rumah Melati", OrganisationKind.SHELTER)
    make.organisation("Inspektorat", OrganisationKind.OTHER)
    make.organisation("Kejaksaan", OrganisationKind.PROSECUTION)
    gone = make.organisation("Lembaga Lama")
    Organisation.objects.filter(pk=gone.pk).update(is_active=False)
    page = client.get("/layanan/").content.decode()
    assert "Rumah Melati" not in page
    assert "Lembaga Lama" not in page
    for office in ("Inspektorat", "Kejaksaan"):
        assert office not in page, "nobody walks in there for help"


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_public_page_has_the_exit_the_numbers_and_both_languages(
    client: Client, address: str, language: str
) -> None:
    make.city()
    walk = Walk(client, address=address).open(f"?b={language}")
    page = walk.soup
    assert page.html is not None
    assert page.html["lang"] == language
    exit_link = page.find(attrs={"data-ruang": "exit"})
    assert exit_link is not None
    assert exit_link["rel"] == ["nofollow", "noreferrer"]
    assert page.find(attrs={"data-ruang": "language"})
    assert {"tel:112", "tel:110", "tel:129"} <= {a.get("href") for a in page.find_all("a")}
    assert page.title is not None
    assert page.title.string == "Layanan Kota Serang"
    assert "UNDEFINED" not in str(page)
    assert not client.cookies


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_leads_to_one_that_is_not_there_or_forgets_the_language(
    client: Client, address: str, language: str
) -> None:
    make.city()
    walk = Walk(client, address=address).open(f"?b={language}")
    for link in walk.main.find_all("a", href=re.compile("^/")):
        href = str(link["href"])
        assert not href.startswith(NOT_YET)
        assert client.get(href).status_code == 200, href
        if language == "en" and href.rstrip("/"):
            assert parse_qs(urlsplit(href).query)["b"] == ["en"], href


def test_nothing_comes_from_elsewhere(client: Client) -> None:
    make.city()
    for address in PAGES:
        page = Walk(client, address=address).open().soup
        for tag, name in (("script", "src"), ("link", "href"), ("img", "src")):
            for one in page.find_all(tag):
                assert str(one.get(name, "/")).startswith(("/", "data:"))


def test_health_says_whether_the_database_answers(client: Client) -> None:
    assert client.get("/healthz").content == b"ok, the form is closed\n"
    make.city()
    from ruang.identity.queries.readiness import forget_readiness

    forget_readiness()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    with patch("ruang.audit.feed.last_number", side_effect=OperationalError):
        assert client.get("/healthz").status_code == 503
