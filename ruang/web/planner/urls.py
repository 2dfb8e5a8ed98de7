"""Plans of a quarter."""

from django.urls import path

from ruang.web.planner import plans, visits

app_name = "planner"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("baru/", plans.new, name="new"),
    path("bobot/", plans.weights, name="weights"),
    path("<uuid:plan_id>/", plans.plan, name="plan"),
    path("<uuid:plan_id>/maju/", plans.progress, name="progress"),
    path("<uuid:plan_id>/susun/", plans.start, name="start"),
    path("<uuid:plan_id>/berhenti/", plans.stop, name="stop"),
    path("<uuid:plan_id>/terbitkan/", plans.publish, name="publish"),
    path("<uuid:plan_id>/buang/", plans.discard, name="discard"),
    path("<uuid:plan_id>/banding/", plans.compare, name="compare"),
    path("<uuid:plan_id>/cetak/", plans.paper, name="paper"),
    path("<uuid:plan_id>/rencana.xlsx", plans.sheet, name="sheet"),
    path("<uuid:plan_id>/kunjungan/", visits.visits, name="visits"),
    path("<uuid:plan_id>/minggu/", visits.week, name="week"),
    path("<uuid:plan_id>/tambah/", visits.add, name="add"),
    path("<uuid:plan_id>/kunjungan/<uuid:visit_id>/", visits.visit, name="visit"),
    path("<uuid:plan_id>/kunjungan/<uuid:visit_id>/tetap/", visits.keep, name="keep"),
    path("<uuid:plan_id>/kunjungan/<uuid:visit_id>/hapus/", visits.drop, name="drop"),
]
