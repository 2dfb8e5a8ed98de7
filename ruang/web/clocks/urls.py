"""What is late, and who is on duty."""

from django.urls import path

from ruang.web.clocks import duty, views

app_name = "clocks"
urlpatterns = [
    path("", views.clocks, name="clocks"),
    path("<uuid:clock_id>/urus/", views.acknowledge, name="acknowledge"),
    path("<uuid:clock_id>/alasan/", views.explain, name="explain"),
    path("piket/", duty.duty, name="duty"),
    path("piket/tambah/", duty.add, name="add_shift"),
    path("piket/<uuid:shift_id>/hapus/", duty.remove, name="remove_shift"),
    path("piket/<uuid:user_id>/nomor/", duty.reach, name="reach"),
]
