"""The door: in by password or printed code, in by invitation, out."""

from django.urls import path

from ruang.web.sign_in import views

app_name = "sign_in"
urlpatterns = [
    path("masuk/", views.sign_in, name="sign_in"),
    path("masuk/kode/", views.with_code, name="with_code"),
    path("masuk/undangan/", views.invitation, name="invitation"),
    path("masuk/lanjut/", views.resumed, name="resumed"),
    path("keluar/", views.sign_out, name="sign_out"),
]
