"""Below ``/kader/``."""

from django.urls import path

from ruang.web.cadres import views

app_name = "cadres"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("rujuk/", views.refer, name="refer"),
    path("rujuk/diterima/", views.received, name="received"),
]
