"""Sealed files: of a report at the desk, of a case."""

from django.urls import path

from ruang.web.files import views

app_name = "files"
_REPORT = "pengaduan/<uuid:report_id>/<uuid:file_id>/"
_CASE = "kasus/<uuid:case_id>/<uuid:file_id>/"
urlpatterns = [
    path(_REPORT, views.of_report, name="of_report"),
    path(f"{_REPORT}pratinjau/", views.of_report, {"preview": True}, name="report_preview"),
    path(_CASE, views.of_case, name="of_case"),
    path(f"{_CASE}pratinjau/", views.of_case, {"preview": True}, name="case_preview"),
]
