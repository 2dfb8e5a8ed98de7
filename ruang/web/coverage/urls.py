"""What prevention reached: the map first, then lists and places, down to the RT."""

from django.urls import path

from ruang.web.coverage import boundaries, download, views

app_name = "coverage"
urlpatterns = [
    path("", views.coverage, name="coverage"),
    path("jangkauan/", views.places, name="places"),
    path("jangkauan/kelurahan/<str:code>/", views.village, name="village"),
    path("jangkauan/rw/<uuid:rw_id>/", views.rw, name="rw"),
    path("jangkauan/hasil/", views.outcome, name="outcome"),
    path("jangkauan/unduh/", download.table, name="table"),
    path("jangkauan/batas/", boundaries.boundaries, name="boundaries"),
    path("jangkauan/batas/<uuid:boundaries_id>/", boundaries.check, name="check"),
    path("jangkauan/batas/<uuid:boundaries_id>/buang/", boundaries.drop, name="drop"),
]
