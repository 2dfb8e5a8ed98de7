"""A person's own pages: the account, where one is signed in, waiting for a colleague."""

from django.urls import path

from ruang.web.account import views

app_name = "account"
urlpatterns = [
    path("akun/", views.account, name="account"),
    path("akun/sandi/", views.password, name="password"),
    path("akun/kode/", views.code, name="code"),
    path("akun/bahasa/", views.language, name="language"),
    path("akun/menunggu/", views.waiting, name="waiting"),
    path("sesi/", views.sessions, name="sessions"),
    path("sesi/lainnya/keluar/", views.end_others, name="end_others"),
    path("sesi/<uuid:session_id>/keluar/", views.end_one, name="end_one"),
]
