"""Addresses of following a report."""

from django.urls import path

from ruang.web.follow import views

app_name = "follow"
urlpatterns = [path("", views.follow, name="follow")]
