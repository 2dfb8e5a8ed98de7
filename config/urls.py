"""Every address. One line an area; the folder, the namespace and the tests share its name."""

from django.urls import URLPattern, URLResolver, include, path

from ruang import wiring  # noqa: F401 - who answers pages also knows who objects to what
from ruang.web.dossier.views import paper

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ruang.web.report.urls")),
    path("pantau/", include("ruang.web.follow.urls")),
    path("", include("ruang.web.public_pages.urls")),
    path("", include("ruang.web.sign_in.urls")),
    path("", include("ruang.web.account.urls")),
    path("meja/", include("ruang.web.work.urls")),
    path("", include("ruang.web.recording.urls")),
    path("jam/", include("ruang.web.clocks.urls")),
    path("pengaduan/", include("ruang.web.desk.urls")),
    path("kasus/", include("ruang.web.cases.urls")),
    path("persetujuan/", include("ruang.web.approvals.urls")),
    path("berkas/", include("ruang.web.files.urls")),
    path("anggota/", include("ruang.web.members.urls")),
    path("organisasi/", include("ruang.web.organisations.urls")),
    path("audit/", include("ruang.web.audit.urls")),
    path("pasang/", include("ruang.web.setup.urls")),
    path("", include("ruang.web.referrals.urls")),
    path("kasus/<uuid:case_id>/tim/", include("ruang.web.team.urls")),
    path("insiden/", include("ruang.web.breaches.urls")),
    path("pengaturan/", include("ruang.web.settings.urls")),
    path("kasus/<uuid:case_id>/izin/", include("ruang.web.consents.urls")),
    path("kasus/<uuid:case_id>/", include("ruang.web.plans.urls")),
    # last below a case: it takes any word
    path("kasus/<uuid:case_id>/", include("ruang.web.dossier.urls")),
    # its address may be printed below it
    path("catatan/<uuid:case_id>/<uuid:record_id>/", paper, name="paper"),
    path("pencegahan/", include("ruang.web.sessions.urls")),
    path("jadwal/", include("ruang.web.schedule.urls")),
    path("hadir/", include("ruang.web.arriving.urls")),
    path("pencegahan/", include("ruang.web.coverage.urls")),
    path("pencegahan/", include("ruang.web.register.urls")),
    path("pencegahan/lapangan/", include("ruang.web.field.urls")),
    path("kader/", include("ruang.web.cadres.urls")),
    path("pencegahan/rencana/", include("ruang.web.planner.urls")),
    path("gaya/", include("ruang.web.style.urls")),
]

handler400 = "ruang.web.errors.views.bad_request"
handler403 = "ruang.web.errors.views.forbidden"
handler404 = "ruang.web.errors.views.missing"
handler500 = "ruang.web.errors.views.broken"
