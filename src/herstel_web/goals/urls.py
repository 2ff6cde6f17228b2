from django.urls import path

from herstel_web.goals import views

urlpatterns = [
    path("goal/", views.goal, name="goal"),
    path("practice/cases/<uuid:case_id>/plan/goal/", views.case_goal, name="case_plan_goal"),
]
