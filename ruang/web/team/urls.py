"""The team of a case, at ``/kasus/<id>/tim/``."""

from django.urls import path

from ruang.web.team import views

app_name = "team"
urlpatterns = [
    path("", views.team, name="team"),
    path("tambah/", views.add, name="add"),
    path("larang/", views.bar, name="bar"),
    path("manajer/", views.manager, name="manager"),
    path("wakil/", views.deputy, name="deputy"),
    path("<uuid:user_id>/beri/", views.give, name="give"),
    path("<uuid:user_id>/ambil/", views.take, name="take"),
    path("<uuid:user_id>/keluar/", views.remove, name="remove"),
]
