"""The register of places: looking, correcting, taking over lists."""

from django.urls import path

from ruang.web.register import importing, keeping, regrouping, views

app_name = "register"
urlpatterns = [
    path("wilayah/", views.city, name="city"),
    path("wilayah/cari/", views.search, name="search"),
    path("wilayah/kecamatan/<str:code>/", views.district, name="district"),
    path("wilayah/kelurahan/<str:code>/", views.village, name="village"),
    path("wilayah/kelurahan/<str:code>/tambah/<str:kind>/", keeping.add, name="add"),
    path("wilayah/daftar/<str:kind>/", views.listed, name="list"),
    path("wilayah/unduh/<str:kind>/", views.download, name="download"),
    path("wilayah/<str:kind>/<uuid:place_id>/", views.place, name="place"),
    path("wilayah/<str:kind>/<uuid:place_id>/ubah/", keeping.change, name="change"),
    path("wilayah/<str:kind>/<uuid:place_id>/akhiri/", keeping.end, name="end"),
    path("wilayah/<str:kind>/<uuid:place_id>/kontak/", keeping.contact, name="contact"),
    path("wilayah/rw/<uuid:rw_id>/rt-baru/", keeping.add_rt, name="add_rt"),
    path("wilayah/rt/<uuid:rt_id>/pecah/", keeping.split, name="split"),
    path("wilayah/rt/<uuid:rt_id>/gabung/", keeping.merge, name="merge"),
    path("wilayah/rw/<uuid:rw_id>/pecah/", regrouping.split_rw, name="split_rw"),
    path("wilayah/rw/<uuid:rw_id>/gabung/", regrouping.merge_rw, name="merge_rw"),
    path("wilayah/rt/<uuid:rt_id>/pindah/", regrouping.move_rt, name="move_rt"),
    path("impor/", importing.lists, name="lists"),
    path("impor/contoh/<str:kind>/", importing.template, name="template"),
    path("impor/<uuid:list_id>/", importing.staged, name="staged"),
    path("impor/<uuid:list_id>/terapkan/", importing.apply, name="apply"),
    path("impor/<uuid:list_id>/buang/", importing.drop, name="drop"),
]
