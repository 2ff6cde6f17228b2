"""Addresses of the progress of a case."""

from django.urls import path

from herstel_web.follow_up import views

PROGRESS = "practice/cases/<uuid:case_id>/progress"
urlpatterns = [
    path(f"{PROGRESS}/", views.progress, name="case_progress"),
    path(f"{PROGRESS}/decide/", views.decide, name="case_progress_decide"),
    path(f"{PROGRESS}/check-ins/<int:check_in_id>/", views.correct, name="case_progress_check_in"),
]
