"""Approvals: what waits for one's word, and one request."""

from django.urls import path

from ruang.web.approvals import views

app_name = "approvals"
urlpatterns = [
    path("", views.approvals, name="approvals"),
    path("<uuid:approval_id>/", views.approval, name="approval"),
    path("<uuid:approval_id>/<str:slug>/", views.decide, name="decide"),
]
