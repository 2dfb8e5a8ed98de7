"""Sessions, what is taught at them, who holds them, who asked for them."""

from django.urls import path

from ruang.prevention.states import Unit
from ruang.web.sessions import logging, pile, planning, programmes, requests, team, views

app_name = "sessions"
PLAN = "sesi/rencanakan/"
urlpatterns = [
    path("sesi/", views.sessions, name="sessions"),
    path("sesi/kalender/", views.calendar, name="calendar"),
    path("sesi/baru/", planning.new, name="new"),
    path(PLAN, planning.find, name="find"),
    path(f"{PLAN}rw/<uuid:rw_id>/", planning.plan, {"unit": Unit.RW}, name="plan_rw"),
    path(
        f"{PLAN}sekolah/<uuid:school_id>/",
        planning.plan,
        {"unit": Unit.SCHOOL},
        name="plan_school",
    ),
    path(
        f"{PLAN}komunitas/<uuid:community_id>/",
        planning.plan,
        {"unit": Unit.COMMUNITY},
        name="plan_community",
    ),
    path("sesi/<uuid:session_id>/", views.session, name="session"),
    path("sesi/<uuid:session_id>/pindah/", planning.move, name="move"),
    path("sesi/<uuid:session_id>/batal/", planning.cancel, name="cancel"),
    path("sesi/<uuid:session_id>/catat/", logging.log, name="log"),
    path("sesi/<uuid:session_id>/perbaiki/", logging.correct, name="correct"),
    path("program/", programmes.programmes, name="programmes"),
    path("program/baru/", programmes.write, name="new_programme"),
    path("program/<uuid:programme_id>/", programmes.programme, name="programme"),
    path("program/<uuid:programme_id>/ubah/", programmes.write, name="change_programme"),
    path("program/<uuid:programme_id>/pertanyaan/", programmes.ask, name="ask"),
    path(
        "program/<uuid:programme_id>/pertanyaan/<uuid:question_id>/berhenti/",
        programmes.end_question,
        name="end_question",
    ),
    path("program/<uuid:programme_id>/bahan/", programmes.add, name="add_material"),
    path(
        "program/<uuid:programme_id>/bahan/<uuid:material_id>/berhenti/",
        programmes.end_material,
        name="end_material",
    ),
    path("program/<uuid:programme_id>/berkas/<uuid:version_id>/", programmes.file, name="file"),
    path("fasilitator/", team.people, name="people"),
    path("fasilitator/kader/", team.cadres, name="cadres"),
    path("fasilitator/kader/<uuid:user_id>/", team.cadre, name="cadre"),
    path("fasilitator/baru/<uuid:user_id>/", team.profile, name="new_person"),
    path("fasilitator/<uuid:facilitator_id>/", team.person, name="person"),
    path("fasilitator/<uuid:facilitator_id>/ubah/", team.change, name="change_person"),
    path("fasilitator/<uuid:facilitator_id>/jam/", team.hours, name="hours"),
    path("fasilitator/<uuid:facilitator_id>/tidak-ada/", team.away, name="away"),
    path(
        "fasilitator/<uuid:facilitator_id>/tidak-ada/<int:away_id>/hapus/",
        team.back,
        name="back",
    ),
    path("fasilitator/<uuid:facilitator_id>/langganan/", team.subscribe, name="subscribe"),
    path("fasilitator/<uuid:facilitator_id>/kalender.ics", team.feed, name="feed"),
    path("permintaan/", requests.requests, name="requests"),
    path("permintaan/tumpukan/", pile.pile, name="pile"),
    path("permintaan/tumpukan/<str:slug>/", pile.sort, name="sort_pile"),
    path("permintaan/<uuid:request_id>/antrekan/", pile.release, name="release"),
    path("permintaan/<uuid:request_id>/", requests.request_, name="request"),
    path("permintaan/<uuid:request_id>/tolak/", requests.decline, name="decline"),
]
