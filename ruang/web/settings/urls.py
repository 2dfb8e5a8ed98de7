"""What the city says and has decided, at ``/pengaturan/``: nobody needs a programmer."""

from django.urls import path

from ruang.web.settings import views

app_name = "settings"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("tenggat-hukum/", views.limits, name="limits"),
    path("tenggat-hukum/<slug:kind>/", views.limit, name="limit"),
    path("<slug:slug>/", views.part, name="part"),
    path("<slug:slug>/awal/", views.reset, name="reset"),
]
