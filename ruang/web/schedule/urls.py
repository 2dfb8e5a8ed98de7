"""The public schedule, and asking for a session."""

from django.urls import path

from ruang.web.schedule import views

app_name = "schedule"
urlpatterns = [
    path("", views.schedule, name="schedule"),
    path("minta/", views.ask, name="ask"),
    path("permintaan/", views.answer, name="answer"),
    path("saya/<str:secret>.ics", views.own, name="own"),
    path("kalender.ics", views.feed, name="feed"),
    path("kalender-<slug:district>.ics", views.feed, name="feed_of_district"),
]
