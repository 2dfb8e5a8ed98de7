"""What an installation still needs, and what the city says of itself."""

from django.urls import path

from ruang.web.setup import views

app_name = "setup"
urlpatterns = [
    path("", views.setup, name="setup"),
    path("nama/", views.names, name="names"),
    path("jam/", views.hours, name="hours"),
    path("nomor/", views.numbers, name="numbers"),
    path("meja/", views.desks, name="desks"),
    path("tenggat/", views.answer_hours, name="answer_hours"),
    path("keluar-cepat/", views.exit_site, name="exit_site"),
    path("formulir/", views.form, name="form"),
]
