"""Members of an organisation: who is in, who waits, who is let in and out."""

from django.urls import path

from ruang.web.members import views

app_name = "members"
urlpatterns = [
    path("", views.members, name="members"),
    path("undang/", views.invite, name="invite"),
    path("<uuid:user_id>/", views.member, name="member"),
    path("<uuid:user_id>/undang/", views.invite_again, name="invite_again"),
    path("<uuid:user_id>/konfirmasi/", views.confirm, name="confirm"),
    path("<uuid:user_id>/tangguhkan/", views.suspend, name="suspend"),
    path("<uuid:user_id>/kembalikan/", views.let_return, name="return"),
    path("<uuid:user_id>/keluarkan/", views.remove, name="remove"),
]
