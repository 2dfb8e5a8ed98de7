"""Cases: one's own list, and the room of one case."""

from django.urls import path

from ruang.web.cases import adding, keys, views, writing

app_name = "cases"
_ONE = "<uuid:case_id>/"
urlpatterns = [
    path("", views.cases, name="cases"),
    path(_ONE, views.case, name="case"),
    path(f"{_ONE}bagian/<slug:slug>/", views.part, name="part"),
    path(f"{_ONE}berkas/", views.files, name="files"),
    path(f"{_ONE}berkas/tambah/", adding.add_files, name="add_files"),
    path(f"{_ONE}dibuka/", views.looks, name="looks"),
    path(f"{_ONE}pesan/", writing.messages, name="messages"),
    path(f"{_ONE}pesan/dijawab/", writing.answered, name="answered"),
    path(f"{_ONE}dibaca/", writing.read_again, name="read_again"),
    path(f"{_ONE}catat/", writing.note, name="note"),
    path(f"{_ONE}nama/", writing.names, name="names"),
    path(f"{_ONE}kontak/", writing.take_over, name="take_over"),
    path(f"{_ONE}risiko/", writing.rate, name="rate"),
    path(f"{_ONE}turunkan/", keys.lower, name="lower"),
    path(f"{_ONE}cabut-tpks/", keys.unmark, name="unmark"),
    path(f"{_ONE}identifikasi/", keys.identify, name="identify"),
    path(f"{_ONE}tpks/", keys.tpks, name="tpks"),
    path(f"{_ONE}jam/mulai/", keys.start_clock, name="start_clock"),
    path(f"{_ONE}jam/<uuid:clock_id>/<str:slug>/", keys.keep_clock, name="clock"),
]
