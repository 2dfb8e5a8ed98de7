"""What the city says and has decided, at ``/pengaturan/``: nobody needs a programmer."""

from django.urls import path

from ruang.web.settings import limits, views

app_name = "settings"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("tenggat-hukum/", limits.limits, name="limits"),
    path("tenggat-hukum/tambah/", limits.add, name="add_limit"),
    path("tenggat-hukum/<slug:kind>/", limits.limit, name="limit"),
    path("tenggat-hukum/<slug:kind>/hapus/", limits.remove, name="remove_limit"),
    path("<slug:slug>/", views.part, name="part"),
    path("<slug:slug>/awal/", views.reset, name="reset"),
]
