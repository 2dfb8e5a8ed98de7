"""The trail: who did and opened what."""

from django.urls import path

from ruang.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.trail, name="trail"),
    path("periksa/", views.prove, name="prove"),
]
