"""My desk: what waits for me."""

from django.urls import path

from ruang.web.work import views

app_name = "work"
urlpatterns = [path("", views.work, name="work")]
