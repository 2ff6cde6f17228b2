from django.urls import path

from herstel_web.training import check_in_views, offline, session_views, views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/act/", views.act, name="act"),
    path("today/session/<slug:kind>/", session_views.session, name="session"),
    path("week/", views.week, name="week"),
    path("week/calendar/", views.calendar_feed, name="week_calendar"),
    path("exercises/<slug:exercise_id>/", views.exercise, name="exercise"),
    path("check-in/", check_in_views.check_in, name="check_in"),
    path("check-in/saved/", check_in_views.check_in_saved, name="check_in_saved"),
    path("check-in/days/", check_in_views.check_in_days, name="check_in_days"),
    path("check-in/day/<str:day>/", check_in_views.check_in_day, name="check_in_day"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
    path("sync/", offline.sync, name="sync"),
    path("offline/", offline.offline, name="offline"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
]
