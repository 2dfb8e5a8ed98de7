"""Requests to partners: ``/rujukan/`` for who is asked, ``/kasus/<id>/minta/`` for who asks."""

from django.urls import path

from ruang.web.referrals import asking, views

app_name = "referrals"
_ONE = "rujukan/<uuid:referral_id>/"
_CASE = "kasus/<uuid:case_id>/"
urlpatterns = [
    path("rujukan/", views.asked, name="asked"),
    path("rujukan/kami-minta/", views.sent, name="sent"),
    path(_ONE, views.referral, name="referral"),
    path(f"{_ONE}terima/", views.take, name="take"),
    path(f"{_ONE}nama/", views.names, name="names"),
    path(f"{_ONE}kenal/", views.hand_back, name="hand_back"),
    path(f"{_ONE}lepas/", views.put_back, name="put_back"),
    path(f"{_ONE}tolak/", views.decline, name="decline"),
    path(f"{_ONE}catatan/", views.note, name="note"),
    path(f"{_ONE}selesai/", views.finish, name="finish"),
    path(f"{_ONE}tarik/", views.withdraw, name="withdraw"),
    path(f"{_CASE}rujukan/", asking.of_case, name="of_case"),
    path(f"{_CASE}minta/", asking.ask, name="ask"),
]
