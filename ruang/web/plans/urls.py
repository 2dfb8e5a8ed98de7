"""The plan of a case: goals, services, tasks, mediation, follow-up, closing."""

from django.urls import path

from ruang.web.plans import ending, moving, tasks, views, writing

app_name = "plans"
urlpatterns = [
    path("rencana-intervensi/", views.plan, name="plan"),
    path("tujuan/", writing.goal, name="goal"),
    path("tujuan/<uuid:goal_id>/", writing.end_goal, name="end_goal"),
    path("kesepakatan/", writing.agreement, name="agreement"),
    path("layanan/", writing.service, name="service"),
    path("layanan/diberikan/", writing.given, name="given"),
    path("layanan/<uuid:service_id>/mulai/", writing.begin, name="begin"),
    path("layanan/<uuid:service_id>/", writing.end_service, name="end_service"),
    path("layanan/<uuid:service_id>/lengkapi/", writing.complete, name="complete"),
    path("tugas/", tasks.tasks, name="tasks"),
    path("tugas/baru/", tasks.task, name="task"),
    path("tugas/<uuid:task_id>/selesai/", tasks.finish, name="finish"),
    path("tugas/<uuid:task_id>/", tasks.cancel, name="cancel"),
    path("mediasi/", views.mediation, name="mediation"),
    path("pemantauan/", views.follow_up, name="follow_up"),
    path("penutupan/", ending.closing, name="closing"),
    path("penutupan/tarik/", ending.withdraw, name="withdraw"),
    path("penutupan/berita-acara/", moving.minutes, name="minutes"),
    path("buka-lagi/", ending.reopen, name="reopen"),
]
