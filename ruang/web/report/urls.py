"""Addresses of the reporting form."""

from django.urls import path

from ruang.web.report import views

app_name = "report"
urlpatterns = [
    path("", views.report, name="report"),
    path("lapor/", views.forward, name="forward"),
]
