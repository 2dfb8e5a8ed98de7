"""The pages on which an officer decides on sheets and photos that came too late."""

import pytest

from ruang.prevention.models import Sent, Sheet
from tests import make
from tests.web.parts import soup, words
from tests.web.test_field_pages import HALL, Hall, send

pytestmark = pytest.mark.django_db


def test_the_officer_decides_on_sheets_at_once() -> None:
    hall = Hall()
    hall.session.parts.all().delete()
    about = {"phase": "before", "answers": [[str(hall.question.pk), 1]]}
    for n in range(3):
        blob = hall.entry("sheet", pair=f"{n}" * 32, **about)
        said = send(hall.phone, blob)
        assert (said["state"], said["words"]) == (
            "waiting", "Received. Somebody at the office looks at it.",
        )  # fmt: skip
    officer = make.signed_in(hall.officer)
    url = f"{HALL}kiriman/{Sent.objects.order_by('at', 'id')[0].pk}/"
    listed = officer.get(f"{HALL}menunggu/")
    assert soup(listed).select_one(f'a[href="{url}"]')
    assert "Sheets: 3" in words(listed)
    assert "nobody sees who answered what" in words(officer.get(url))
    assert "Set them aside" in words(officer.get(f"{url}sisihkan/"))
    for browser in (hall.phone, make.signed_in(make.user())):
        for page in (url, f"{url}sisihkan/"):
            assert browser.get(page).status_code == 403
            assert browser.post(page, {"sesi": str(hall.session.pk)}).status_code in {403, 404}
    assert officer.post(url, {"sesi": "bukan"}).status_code == 404
    assert officer.post(url, {"sesi": str(hall.session.pk)}).status_code == 302
    assert officer.get(url).status_code == 404
    assert Sheet.objects.count() == 3
    send(hall.phone, hall.entry("sheet", pair="7" * 32, **about))
    other = f"{HALL}kiriman/{Sent.objects.get().pk}/"
    assert officer.post(f"{other}sisihkan/").status_code == 302
    assert Sent.objects.get().state == "dropped"
