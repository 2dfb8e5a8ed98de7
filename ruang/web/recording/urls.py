"""Writing a report down for somebody, and giving new words to who lost them."""

from django.urls import path

from ruang.web.recording import codes, views

app_name = "recording"
urlpatterns = [
    path("pengaduan/catat/", views.record, name="record"),
    path("pengaduan/catat/<uuid:draft_id>/", views.draft, name="draft"),
    path("pengaduan/catat/<uuid:draft_id>/simpan/", views.save, name="save"),
    path("pengaduan/catat/<uuid:draft_id>/lanjutkan/", views.take_over, name="take_over"),
    path("pengaduan/catat/<uuid:draft_id>/buang/", views.discard, name="discard"),
    path("pengaduan/<uuid:report_id>/kode-baru/", codes.of_report, name="report_code"),
    path("kasus/<uuid:case_id>/kode-baru/", codes.of_case, name="case_code"),
]
