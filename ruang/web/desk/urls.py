"""The desk: the queue, one report, what is decided."""

from django.urls import path

from ruang.web.desk import after, deciding, keeping, keys, taking, views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("saringan/", keeping.keep, name="keep_filter"),
    path("saringan/<uuid:filter_id>/hapus/", keeping.drop, name="drop_filter"),
    path("<uuid:report_id>/", views.report, name="report"),
    path("<uuid:report_id>/buka/", views.opened, name="opened"),
    path("<uuid:report_id>/dibuka/", views.looks, name="looks"),
    path("<uuid:report_id>/ambil/", views.claim, name="claim"),
    path("<uuid:report_id>/lepas/", views.put_back, name="put_back"),
    path("<uuid:report_id>/serahkan/", views.pass_on, name="pass_on"),
    path("<uuid:report_id>/ambil-alih/", taking.take_back, name="take_back"),
    path("<uuid:report_id>/bebaskan/", taking.free, name="free"),
    path("<uuid:report_id>/tingkat/", views.rate, name="rate"),
    path("<uuid:report_id>/risiko/", keys.risk, name="risk"),
    path("<uuid:report_id>/turunkan/", keys.lower, name="lower"),
    path("<uuid:report_id>/cabut-tpks/", keys.unmark, name="unmark"),
    path("<uuid:report_id>/identifikasi/", keys.identify, name="identify"),
    path("<uuid:report_id>/tpks/", keys.tpks, name="tpks"),
    path("<uuid:report_id>/jam/<uuid:clock_id>/<str:slug>/", keys.keep_clock, name="clock"),
    path("<uuid:report_id>/jeda/", views.pause, name="pause"),
    path("<uuid:report_id>/jalan/", views.resume, name="resume"),
    path("<uuid:report_id>/balas/", views.reply, name="reply"),
    path("<uuid:report_id>/dijawab/", after.answered, name="answered"),
    path("<uuid:report_id>/buka-lagi/", after.reopen, name="reopen"),
    path("<uuid:report_id>/kontak/", views.take_over, name="take_over"),
    path("banyak/", deciding.many, name="many"),
    path("berita-acara/", deciding.hand_overs, name="hand_overs"),
    path("berita-acara/<uuid:hand_over_id>/", deciding.minutes, name="minutes"),
    path("<uuid:report_id>/limpahkan-luar/", deciding.elsewhere, name="elsewhere"),
    path("<uuid:report_id>/putuskan/", deciding.choose, name="choose"),
    path("<uuid:report_id>/putuskan/<str:slug>/", deciding.decide, name="decide"),
]
