"""The language of an answer that no page gives: a mistyped address, a form gone stale."""

import re
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils.translation import get_language

from ruang.identity import sessions
from ruang.identity.models import Session, User
from ruang.web.errors import views
from tests import make

pytestmark = pytest.mark.django_db


def language_of(answer: Any) -> str:
    assert answer.status_code == 404
    found = re.search(r'<html lang="(\w+)"', answer.content.decode())
    assert found
    return found[1]


@pytest.mark.parametrize("address", ["/tidak-ada/", "/kasus/tidak/ada/"])
def test_it_is_indonesian_unless_something_says_otherwise(client: Client, address: str) -> None:
    assert language_of(client.get(address)) == "id"
    assert language_of(client.get(f"{address}?b=xx")) == "id"
    assert language_of(client.get(f"{address}?b=en")) == "en"
    assert language_of(client.get(address)) == "id"


@pytest.mark.parametrize(
    ("before", "language"),
    [
        ("http://testserver/layanan/?b=en", "en"),
        ("http://testserver/layanan/", "id"),
        ("http://[/?b=en", "id"),
        ("?b=en&b=zz", "id"),
        ("\x00", "id"),
    ],
)
def test_the_page_before_says_it(client: Client, before: str, language: str) -> None:
    answer = client.get("/tidak-ada/", headers={"Referer": before})
    assert language_of(answer) == language


@pytest.mark.parametrize("address", ["/tidak-ada/", "/kasus/tidak/ada/"])
def test_whoever_is_signed_in_reads_it_in_her_own(address: str) -> None:
    make.city()
    person = make.user(make.organisation())
    User.objects.filter(pk=person.pk).update(language="en")
    browser = make.signed_in(person)
    before = Session.objects.get().seen_at
    assert language_of(browser.get(address)) == "en"
    assert language_of(browser.get(f"{address}?b=id")) == "id"
    assert Session.objects.get().seen_at == before
    Session.objects.update(ends_at=make.AT)
    assert language_of(browser.get(address)) == "id"
    browser.cookies[sessions.COOKIE] = "x" * 43
    assert language_of(browser.get(address)) == "id"


def test_a_silent_database_changes_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(**given: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(sessions, "signed_in", silent)
    client.cookies[sessions.COOKIE] = "x" * 43
    assert language_of(client.get("/tidak-ada/")) == "id"


def test_a_form_refused_before_its_page_speaks_the_language_of_the_person(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "language_without_view", lambda request: "en")
    assert b'lang="en"' in views.csrf_failed(rf.post("/meja/")).content
    assert get_language() == "id"
