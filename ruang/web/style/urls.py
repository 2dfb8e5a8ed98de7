"""The gallery of components, at /gaya/."""

from django.urls import path

from ruang.web.style import views

app_name = "style"
urlpatterns = [
    path("", views.staff, name="staff"),
    path("publik/", views.public, name="public"),
    path("konfirmasi/", views.confirm, name="confirm"),
    path("galat/<int:status>/", views.error, name="error"),
]
