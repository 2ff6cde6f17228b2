"""Addresses of the plan of a case."""

from django.urls import path

from herstel_web.planning import views, views_change

PLAN = "practice/cases/<uuid:case_id>/plan"
urlpatterns = [
    path(f"{PLAN}/", views.plan, name="case_plan"),
    path(f"{PLAN}/sheet/", views.sheet, name="case_plan_sheet"),
    path(f"{PLAN}/exercises/", views.library, name="case_plan_library"),
    path(f"{PLAN}/exercises/<slug:exercise_id>/", views.exercise, name="case_plan_exercise"),
    path(f"{PLAN}/change/", views_change.change, name="case_plan_change"),
    path(f"{PLAN}/move/", views_change.move, name="case_plan_move"),
    path(f"{PLAN}/undo/", views_change.undo, name="case_plan_undo"),
    path(f"{PLAN}/drop/", views_change.drop, name="case_plan_drop"),
    path(f"{PLAN}/keep/", views_change.keep, name="case_plan_keep"),
    path(f"{PLAN}/save/", views_change.save, name="case_plan_save"),
]
