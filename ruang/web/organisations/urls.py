"""The city's organisations, for its administrators."""

from django.urls import path

from ruang.web.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("baru/", views.found, name="found"),
    path("<uuid:organisation_id>/", views.organisation, name="organisation"),
    path("<uuid:organisation_id>/undang/", views.invite, name="invite"),
    path("<uuid:organisation_id>/tutup/", views.close, name="close"),
    path("<uuid:organisation_id>/buka/", views.reopen, name="reopen"),
]
