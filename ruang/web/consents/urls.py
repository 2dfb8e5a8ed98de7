"""On what ground something of a case is shared, at ``/kasus/<id>/izin/``."""

from django.urls import path

from ruang.web.consents import views

app_name = "consents"
urlpatterns = [
    path("", views.consents, name="consents"),
    path("baru/", views.give, name="give"),
    path("<uuid:consent_id>/perbarui/", views.renew, name="renew"),
    path("<uuid:consent_id>/tarik/", views.withdraw, name="withdraw"),
]
