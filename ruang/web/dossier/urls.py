"""What is written about a case: one set of pages for every kind of record.

The word in the address says which kinds; included last below a case, because it takes any word.
"""

from django.urls import path

from ruang.web.dossier import views, writing

app_name = "dossier"
_LIST = "<slug:slug>/"
_ONE = f"{_LIST}<uuid:record_id>/"
urlpatterns = [
    path("simfoni/", views.register, name="register"),
    path("simfoni/<uuid:record_id>/", writing.enter, name="enter"),
    path("orang/kasus-lain/", writing.elsewhere, name="elsewhere"),
    path(_LIST, views.records, name="records"),
    path(f"{_LIST}baru/", writing.add, name="add"),
    path(_ONE, views.record, name="record"),
    path(f"{_ONE}versi/", views.versions, name="versions"),
    path(f"{_ONE}ubah/", writing.edit, name="edit"),
    path(f"{_ONE}sisihkan/", writing.retire, name="retire"),
    path(f"{_ONE}kembalikan/", writing.restore, name="restore"),
]
