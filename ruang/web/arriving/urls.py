"""Below ``/hadir/``: short, because it is typed from a wall."""

from django.urls import path

from ruang.web.arriving import views

app_name = "arriving"
urlpatterns = [
    path("", views.typed, name="typed"),
    path("<slug:sign>/", views.arrive, name="arrive"),
    path("<slug:sign>/hitung/", views.count, name="count"),
    path("<slug:sign>/terima-kasih/", views.thanks, name="thanks"),
]
