"""Who is barred from a case walks every page of the report behind it: nothing is there."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from ruang.cases.commands import exclude_user
from ruang.cases.states import Exclusion
from ruang.intake.models import Attachment
from ruang.web.desk import urls as desk_urls
from ruang.web.files import urls as files_urls
from ruang.web.recording import urls as recording_urls
from tests import make
from tests.intake.desk_people import Desk, id_of
from tests.triage.test_report_becomes_case import a_rich_report, decide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LISTS = (
    "/meja/", "/pengaduan/", "/pengaduan/?saring=diputuskan", "/pengaduan/?nomor={number}",
    "/pengaduan/banyak/", "/pengaduan/berita-acara/", "/jam/", "/persetujuan/", "/kasus/",
    "/insiden/", "/audit/", "/tugas/",
)  # fmt: skip


def addresses(desk: Desk) -> list[str]:
    """Every address that has the id of a report in it."""
    file = Attachment.objects.filter(report=desk.report).first()
    assert file is not None
    known = {
        "report_id": desk.report.pk, "file_id": file.pk, "clock_id": make.stranger(),
        "slug": "buka-kasus",
    }  # fmt: skip
    found = []
    for module in (desk_urls, recording_urls, files_urls):
        for one in module.urlpatterns:
            assert isinstance(one, URLPattern)
            names = one.pattern.converters
            if "report_id" in names:
                kwargs = {name: known.get(name, "x") for name in names}
                found.append(reverse(f"{module.app_name}:{one.name}", kwargs=kwargs))
    return found


def visited(client: Client, desk: Desk) -> dict[str, set[int]]:
    """How each address answers to whoever looks, and to whoever sends."""
    return {
        address: {client.get(address).status_code, client.post(address).status_code} - {405}
        for address in addresses(desk)
    }


@pytest.mark.parametrize("name", ["colleague", "head"])
def test_every_page_of_the_report_answers_as_if_there_were_none(name: str) -> None:
    desk = a_rich_report()
    case = decide(desk)
    secrets = (desk.report.number, case.number, str(desk.report.pk), str(case.pk))
    seen = make.signed_in(desk.users[name])
    before = visited(seen, desk)
    assert len(before) > 20
    assert any(codes != {404} for codes in before.values())
    assert secrets[0] in seen.get(LISTS[2]).content.decode()
    exclude_user(
        actor=make.actor(desk.users["manager"]), case_id=case.pk, user_id=id_of(desk, name),
        why=Exclusion.SURVIVOR, at=make.AT,
    )  # fmt: skip
    client = make.signed_in(desk.users[name])
    after = visited(client, desk)
    told = {address: codes for address, codes in after.items() if codes != {404}}
    assert not told
    for address in LISTS:
        shown = client.get(address.format(number=secrets[0][:-1])).content.decode()
        assert not [secret for secret in secrets if secret in shown], address
