"""Below ``/pencegahan/lapangan/``: the area of the service worker."""

from django.urls import path

from ruang.web.field import checking, sending, telling, views

app_name = "field"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("kirim/", sending.send, name="send"),
    path("luring/", sending.shell, name="shell"),
    path("bekal/", sending.supplies, name="supplies"),
    path("pekerja.js", sending.worker, name="worker"),
    path("cerita/", telling.tell, name="tell"),
    path("cerita/diterima/", telling.received, name="received"),
    path("menunggu/", checking.waiting, name="waiting"),
    path("menunggu/<uuid:entry_id>/", checking.settle, name="settle"),
    path("menunggu/<uuid:entry_id>/sisihkan/", checking.drop, name="drop"),
    path("kiriman/<uuid:lot_id>/", checking.settle_lot, name="settle_lot"),
    path("kiriman/<uuid:lot_id>/sisihkan/", checking.drop_lot, name="drop_lot"),
    path("foto/", checking.gallery, name="gallery"),
    path("foto/menunggu/", checking.unchecked, name="unchecked"),
    path("foto/<uuid:photo_id>/", checking.picture, name="picture"),
    path("foto/<uuid:photo_id>/tegaskan/", checking.confirm, name="confirm"),
    path("foto/<uuid:photo_id>/tolak/", checking.reject, name="reject"),
    path("<uuid:meeting_id>/", views.session, name="session"),
    path("<uuid:meeting_id>/poster/", views.poster, name="poster"),
    path("<uuid:meeting_id>/catatan/", views.note, name="note"),
    path("<uuid:meeting_id>/tes/<slug:phase>/", views.sheet, name="sheet"),
]
