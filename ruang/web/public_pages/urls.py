"""Addresses of the public pages that only tell."""

from django.urls import path

from ruang.web.public_pages import views

app_name = "public_pages"
urlpatterns = [
    path("layanan/", views.services, name="services"),
    path("privasi/", views.privacy, name="privacy"),
    path("jejak/", views.traces, name="traces"),
    path("healthz", views.health, name="health"),
]
