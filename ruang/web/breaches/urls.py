"""Breaches of personal data, at ``/insiden/``: for head and administrator."""

from django.urls import path

from ruang.web.breaches import views

app_name = "breaches"
urlpatterns = [
    path("", views.breaches, name="breaches"),
    path("catat/", views.record, name="record"),
    path("<uuid:breach_id>/", views.breach, name="breach"),
    path("<uuid:breach_id>/lembar/", views.sheet, name="sheet"),
    path("<uuid:breach_id>/pemberitahuan/", views.notice, name="notice"),
    path("<uuid:breach_id>/jam/<uuid:clock_id>/<slug:slug>/", views.clock, name="clock"),
]
